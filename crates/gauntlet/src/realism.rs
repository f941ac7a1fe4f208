//! Realism: compares the crowd with what is known of real on-sales, and writes a document about it.
//!
//! The reference is the project's notes on real sales: a fitted mixture of arrivals, a throw-away
//! model calibrated on press reports, and estimates of behaviour. Nothing here changes a number of
//! the crowd; it only says which figures come out right.

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

/// All parts of the document, made from the races that were played.
pub fn compare(cases: &Cases) -> Vec<Part> {
    parts::all(cases)
}
