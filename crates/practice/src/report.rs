//! Reports: one member's way through a race, step by step, beside the rivals' ways.
//!
//! Everything is folded from events while a race is replayed; nothing is estimated. A percentile is taken
//! over the rivals who took the same step in the same race before the member's run ended.
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
mod retold;
mod stride;
mod wording;

pub use chronicle::{Catch, Chronicle, Conflict, OnAdmission};
pub use distribution::{Bin, Distribution};
pub use findings::Findings;
pub use loss::{Loss, LossKind};
pub use retold::Retold;
pub use stride::Stride;
pub use wording::{Subject, answer};

pub use crate::step::Step;

#[cfg(test)]
mod tests;
