//! What a race is set up from: a recipe, a seed, and how many people take part.

use crowd::CROWD_VERSION;
use sale::RULES_VERSION;
use scenario::Recipe;

use crate::course::Course;
use crate::error::CommandError;
use crate::record::Header;

/// A course and the numbers beside it.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) recipe: Recipe,
    pub(crate) staged: scenario::Course,
    pub(crate) seed: u64,
    pub(crate) people: u32,
}

impl Setup {
    /// A race that has not begun.
    pub(crate) fn course(&self) -> Result<Course, CommandError> {
        let scenario = self.staged.scenario.clone();
        Course::new(scenario, self.seed, self.people).map_err(CommandError::input)
    }

    /// What a record or a journal keeps of it.
    pub(crate) fn header(&self) -> Header {
        Header {
            rules: RULES_VERSION,
            crowd: CROWD_VERSION,
            seed: self.seed,
            people: self.people,
            recipe: self.recipe.to_json(),
        }
    }

    /// The race in a few words.
    pub(crate) fn in_words(&self) -> String {
        let rivals = crate::text::grouped(self.recipe.rivals());
        let person = if self.people > 0 { " and a person" } else { "" };
        let (name, style, seed) = (self.recipe.name(), self.recipe.style(), self.seed);
        format!("{name}, {style}, {rivals} rivals{person}, seed {seed}")
    }
}
