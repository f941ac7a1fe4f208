//! Kinds of files. Each kind has its folder.

use std::fmt;

/// What a file describes. Each kind has its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A whole race: plan, demand, style, people.
    Scenario,
    /// A hall.
    Plan,
    /// A set of rules.
    Style,
    /// How many come and how fast they are let in.
    Demand,
    /// Personas.
    People,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Scenario, Self::Plan, Self::Style, Self::Demand, Self::People];

    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Scenario => "scenarios",
            Self::Plan => "plans",
            Self::Style => "styles",
            Self::Demand => "demand",
            Self::People => "people",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scenario => "scenario",
            Self::Plan => "plan",
            Self::Style => "style",
            Self::Demand => "demand tier",
            Self::People => "people file",
        })
    }
}
