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
    /// How often a person may come in. Rivals come once, whatever it is.
    pub visits: Visits,
}

/// How often a person may come into one sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visits {
    /// Once: the end of the visit is the end of the person's race, and a hall that is sold out ends it for everybody.
    One,
    /// Again and again until the sale closes, within the limit of seats. Seats may return to a hall that is sold out.
    Many,
}
