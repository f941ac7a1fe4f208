//! Realism: the crowd beside what is known of real on-sales, comparison by comparison, as a document.
//!
//! The reference is the project's notes on real sales: a fitted arrival mixture, a throw-away model
//! calibrated on press reports, and estimates of behaviour. Nothing here changes a number of the
//! crowd; it only says which of them come out right.

mod cases;
mod comparison;
mod curve;
mod document;
mod parts;
mod play;
mod watch;

pub use cases::{Cases, gather};
pub use comparison::{Comparison, Part};
pub use document::document;

/// All parts, from what was measured.
pub fn compare(cases: &Cases) -> Vec<Part> {
    parts::all(cases)
}
