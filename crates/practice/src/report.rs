//! Reports: one member's way through a race, compared step by step with the rivals of that race.
//!
//! A race is replayed, and everything in a report is counted from its events, except the moment of the
//! press, which the member's client notes.
//! A percentile is taken over the rivals who did the same step before the member's run ended.
//!
//! ```text
//!  journal ─▶ Retold: Practice + Chronicle ─▶ Findings of one member ─▶ protocol::Report
//! ```

mod beside;
mod chronicle;
mod distribution;
mod findings;
mod loss;
mod press;
mod quickest;
mod results;
mod retold;
mod stride;
mod taken;
mod wording;

pub use chronicle::{Catch, Chronicle, Fate, OnAdmission};
pub use distribution::{Bin, Distribution};
pub use findings::Findings;
pub use loss::{Loss, LossKind};
pub use results::results;
pub use retold::Retold;
pub use stride::Stride;
pub use wording::{Subject, answer};

pub use crate::step::Step;

#[cfg(test)]
mod tests;
