//! The kinds of scenario files.

use std::fmt;

/// The kind of a file. The files of each kind lie in a folder of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Names the other files of a race and its times.
    Scenario,
    /// The spec of a hall.
    Plan,
    /// What the sale demands, and how a client shows it.
    Style,
    /// How many rivals come, and how fast visitors are let in.
    Demand,
    /// The personas of the crowd.
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
