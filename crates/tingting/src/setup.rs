//! What a race is set up from: a recipe, a seed, and how many people take part.

use practice::{About, Fair, Header, Practice, Title, Versions};
use scenario::Course;

use crate::error::CommandError;
use crate::narrated::{Narrated, narrate};

/// The options of one race, read and checked.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) course: Course,
    pub(crate) seed: u64,
    pub(crate) people: u32,
}

impl Setup {
    /// A race that has not begun and that nobody has joined.
    ///
    /// # Errors
    ///
    /// When no race can be made from the scenario.
    pub(crate) fn narrated(&self) -> Result<Narrated, CommandError> {
        let scenario = self.course.scenario.clone();
        let practice = Practice::new(scenario, self.seed, self.course.ends_at);
        practice.map(narrate).map_err(CommandError::input)
    }

    /// The header of the race in a recording or a journal.
    pub(crate) fn header(&self) -> Header {
        let (recipe, title) = (&self.course.recipe, &self.course.title);
        let about = About {
            scenario: recipe.name().to_owned(),
            title: Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() },
            plan: recipe.plan().to_owned(),
            demand: recipe.demand().to_owned(),
            style: recipe.style().to_owned(),
            rivals: recipe.rivals(),
            seats: self.course.scenario.layout.seat_count(),
            exercise: None,
            performance: None,
            rehearses: None,
        };
        let (versions, ends_at) = (Versions::HERE, self.course.ends_at);
        let fair = Fair::chosen(self.seed);
        Header { versions, fair, shared: false, ends_at, begun: None, about }
    }

    /// The race in a few words.
    pub(crate) fn in_words(&self) -> String {
        let rivals = crate::text::grouped(self.course.recipe.rivals());
        let person = if self.people > 0 { " and a person" } else { "" };
        let (name, style, seed) =
            (self.course.recipe.name(), self.course.recipe.style(), self.seed);
        format!("{name}, {style}, {rivals} rivals{person}, seed {seed}")
    }
}
