//! Comparisons: one figure of the crowd beside its reference, and parts of a kind.

/// One thing compared with its reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub what: String,
    /// What it should be.
    pub reference: String,
    /// What it is.
    pub measured: String,
    /// How it lies to the reference, where that is one number.
    pub deviation: Option<f64>,
    /// Whether it is within what is allowed.
    pub is_met: bool,
}

/// Some comparisons of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its heading.
    pub title: &'static str,
    /// What is compared with what, and what is allowed.
    pub about: String,
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// Whether the whole fails if one of them is not met.
    pub is_required: bool,
    /// Why something in it is not met, as far as is known.
    pub reason: &'static str,
}

impl Part {
    /// Whether every comparison is met.
    pub fn is_met(&self) -> bool {
        self.comparisons.iter().all(|comparison| comparison.is_met)
    }
}
