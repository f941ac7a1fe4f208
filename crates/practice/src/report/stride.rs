//! One step of a run, beside the rivals who took it too.

use sale::{Moment, Span};

use crate::report::distribution::Distribution;
use crate::step::Step;

/// One step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Stride {
    /// Which.
    pub step: Step,
    /// When it was done; `None` if it was not.
    pub at: Option<Moment>,
    /// How long it took.
    pub took: Option<Span>,
    /// How long it took the rivals who did it too.
    pub rivals: Distribution,
}
