//! One step of a run, with the times of the rivals who did the same step.

use sale::{Moment, Span};

use crate::report::distribution::Distribution;
use crate::step::Step;

/// One step of a run, with the times of the rivals who did the same step.
#[derive(Clone, Debug, PartialEq)]
pub struct Stride {
    /// The step.
    pub step: Step,
    /// When the visitor did it, in race time; `None` if not done.
    pub at: Option<Moment>,
    /// How long it took the visitor; `None` if not done.
    pub took: Option<Span>,
    /// How long it took the rivals who did it before the visitor's run ended.
    pub rivals: Distribution,
}
