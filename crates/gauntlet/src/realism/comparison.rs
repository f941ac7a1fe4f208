//! Comparisons of a figure of the crowd with its reference, and the parts of the document that hold
//! them.

/// One figure compared with its reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The name of the figure.
    pub what: String,
    /// The figure that is expected.
    pub reference: String,
    /// The figure that was measured.
    pub measured: String,
    /// The deviation as a share of the reference: 0.1 is 10 % above it. `None` if the reference is
    /// a range.
    pub deviation: Option<f64>,
    /// Whether the figure is as near to the reference as it must be.
    pub is_met: bool,
}

/// A part of the document: comparisons of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The heading of the part.
    pub title: &'static str,
    /// What the part compares, and which deviation is allowed.
    pub about: String,
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// Whether the program must end with an error if a comparison is not met.
    pub is_required: bool,
    /// Why a comparison is not met, as far as is known.
    pub reason: &'static str,
}

impl Part {
    /// Whether every comparison is met.
    pub fn is_met(&self) -> bool {
        self.comparisons.iter().all(|comparison| comparison.is_met)
    }
}
