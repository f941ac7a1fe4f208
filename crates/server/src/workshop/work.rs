//! The kinds of work that the workshop does.

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Draws or speaks a captcha.
    Captcha,
    /// Makes a file, a plan or the catalogue ready for sending.
    Pack,
    /// Sets a race up.
    Setup,
    /// Makes a race again from its log.
    Load,
    /// Writes the state of a race down that leaves the memory.
    Save,
    /// Looks ahead in a copy of a race.
    Search,
    /// Replays a race for a report.
    Report,
}

/// How long a job takes, so that short ones need not wait for long ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Some milliseconds.
    Quick,
    /// Up to a second, in most cases.
    Middle,
    /// Some seconds for a large race.
    Long,
}

pub(super) const CLASSES: [Class; 3] = [Class::Quick, Class::Middle, Class::Long];

impl Work {
    pub(super) fn class(self) -> Class {
        match self {
            Self::Captcha => Class::Quick,
            Self::Pack | Self::Setup | Self::Load | Self::Save => Class::Middle,
            // It asks a shard for the copy, and the shard may have a race loaded first, which takes a thread of its own.
            Self::Search | Self::Report => Class::Long,
        }
    }

    /// The name in the metrics.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Captcha => "captcha",
            Self::Pack => "pack",
            Self::Setup => "setup",
            Self::Load => "load",
            Self::Save => "save",
            Self::Search => "search",
            Self::Report => "report",
        }
    }
}
