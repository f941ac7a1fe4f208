//! Scenario files: each names the other files of a race, and its times.

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
    /// The time from the start to the opening.
    pub(crate) lobby: f64,
    /// The time from the opening to the end.
    pub(crate) length: f64,
    /// How many visitors are let in per second, if not as many as the demand tier says.
    pub(crate) admissions_per_s: Option<f64>,
    /// The share of rivals that are programs, if not the one that the demand tier says.
    pub(crate) program_share: Option<f64>,
}

impl ScenarioFile {
    /// Checks the times. Each is a day at most.
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
