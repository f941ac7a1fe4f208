//! What a race is set up from: a recipe, a seed, and how many people take part.

use practice::{About, Header, Versions};
use protocol::Title;
use scenario::{Recipe, Staged};

use crate::error::CommandError;
use crate::narrated::Narrated;

/// A staged recipe and the numbers beside it.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) recipe: Recipe,
    pub(crate) staged: Staged,
    pub(crate) seed: u64,
    pub(crate) people: u32,
}

impl Setup {
    /// A race that has not begun and that nobody has joined.
    pub(crate) fn narrated(&self) -> Result<Narrated, CommandError> {
        let scenario = self.staged.scenario.clone();
        Narrated::new(scenario, self.seed, self.staged.ends_at).map_err(CommandError::input)
    }

    /// What a recording or a journal keeps of it, beside the recipe.
    pub(crate) fn header(&self) -> Header {
        let (recipe, title) = (&self.recipe, &self.staged.title);
        let about = About {
            scenario: recipe.name().to_owned(),
            title: Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() },
            plan: recipe.plan().to_owned(),
            demand: recipe.demand().to_owned(),
            style: recipe.style().to_owned(),
            rivals: recipe.rivals(),
            seats: self.staged.scenario.layout.seat_count(),
        };
        let (versions, ends_at) = (Versions::HERE, self.staged.ends_at);
        Header { versions, seed: self.seed, ends_at, begun: None, about }
    }

    /// The race in a few words.
    pub(crate) fn in_words(&self) -> String {
        let rivals = crate::text::grouped(self.recipe.rivals());
        let person = if self.people > 0 { " and a person" } else { "" };
        let (name, style, seed) = (self.recipe.name(), self.recipe.style(), self.seed);
        format!("{name}, {style}, {rivals} rivals{person}, seed {seed}")
    }
}
