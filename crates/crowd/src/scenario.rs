//! Everything a race needs but its seed.

use sale::{Layout, Rules};

use crate::hall::Hall;
use crate::persona::CrowdRules;

/// Plan, rules and crowd of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What the sale demands.
    pub rules: Rules,
    /// Seats by section and price.
    pub layout: Layout,
    /// Which of them are better, and which stand side by side.
    pub hall: Hall,
    /// Who comes.
    pub crowd: CrowdRules,
}
