//! Scenario files: the names of a race's other files, and its times.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::title::Title;

/// A scenario file. Times in seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScenarioFile {
    pub(crate) title: Title,
    pub(crate) plan: String,
    pub(crate) demand: String,
    pub(crate) style: String,
    pub(crate) people: String,
    pub(crate) rivals: Option<u32>,
    /// From the start to the opening.
    pub(crate) lobby: f64,
    /// From the opening to the end.
    pub(crate) length: f64,
    /// Admissions a second, where they are not the demand tier's.
    pub(crate) admissions_per_s: Option<f64>,
    /// Share of programs, where it is not the demand tier's.
    pub(crate) bot_share: Option<f64>,
}

impl ScenarioFile {
    /// Checks the times, which end in a day at the most.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        const DAY_S: f64 = 86_400.0;
        if !(0.0..=DAY_S).contains(&self.lobby) {
            return Err(Fault::value("lobby", "must be 0 to 86,400"));
        }
        if !(self.length > 0.0 && self.length <= DAY_S) {
            return Err(Fault::value("length", "must be above 0 and at most 86,400"));
        }
        Ok(())
    }
}
