//! Scenario files: each names the other files of a race, and its times.

use sale::CancelledSeats;
use sale::limits::SEATS_PER_VISITOR_MAX;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::times::seconds;
use crate::title::Title;

/// The longest time for which an opening is open, in seconds: 400 days, as in the catalogue.
const OPEN_S_MAX: f64 = 400.0 * 86_400.0;

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
    /// What makes the race the opening of a performance; left out if it is none.
    pub(crate) opening: Option<OpeningText>,
}

impl ScenarioFile {
    /// Checks the times. Each is a day at most, but for the length of an opening.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        const DAY_S: f64 = 86_400.0;
        if !(0.0..=DAY_S).contains(&self.lobby) {
            return Err(Fault::value("lobby", "must be 0 to 86,400"));
        }
        if let Some(opening) = &self.opening {
            return opening.check(self.length);
        }
        if !(self.length > 0.0 && self.length <= DAY_S) {
            return Err(Fault::value("length", "must be above 0 and at most 86,400"));
        }
        Ok(())
    }
}

/// The part of a scenario file that makes its race an opening.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpeningText {
    /// Seats that one person may have over all bookings.
    pub(crate) seats_max: u8,
    /// The time between two batches of cancelled seats; if it is left out, they return at once.
    pub(crate) batches_s: Option<u32>,
    /// Whether it is a rehearsal, into which people come once.
    #[serde(default)]
    pub(crate) is_rehearsal: bool,
}

impl OpeningText {
    /// When the seats of a cancelled booking can be had again.
    pub(crate) fn cancelled(&self) -> CancelledSeats {
        self.batches_s.map_or(CancelledSeats::AtOnce, |every| CancelledSeats::InBatches {
            every: seconds(every.into()),
        })
    }

    pub(crate) fn check(&self, length: f64) -> Result<(), Fault> {
        if !(length > 0.0 && length <= OPEN_S_MAX) {
            return Err(Fault::value("length", "must be above 0 and at most 34,560,000"));
        }
        if !(1..=SEATS_PER_VISITOR_MAX).contains(&self.seats_max) {
            return Err(Fault::value("opening.seats_max", "must be 1 to 16"));
        }
        if self.batches_s.is_some_and(|every| !(1..=86_400).contains(&every)) {
            return Err(Fault::value("opening.batches_s", "must be 1 to 86,400"));
        }
        Ok(())
    }
}
