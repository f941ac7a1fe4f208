//! Why files do not make a race.

use crate::fault::Fault;
use crate::kind::Kind;
use crate::name::NOT_A_NAME;
use crate::plan::SpecError;

/// A scenario that cannot be staged.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// There is no file of that name.
    #[error("there is no {kind} named `{name}`")]
    Unknown {
        /// What was looked for.
        kind: Kind,
        /// By which name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A name that could lead out of the folder.
    #[error("`{name}` is no name of a {kind}: it {NOT_A_NAME}")]
    Name {
        /// What was looked for.
        kind: Kind,
        /// By which name.
        name: String,
    },
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is not the TOML it should be.
    #[error("the {kind} `{name}` is not understood")]
    Parse {
        /// What it is.
        kind: Kind,
        /// Its name.
        name: String,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A plan that makes no hall.
    #[error("the plan `{name}` makes no hall: {error}")]
    Plan {
        /// Its name.
        name: String,
        /// Where in its file and why.
        error: SpecError,
    },
    /// A value that was read and that no race can be played with.
    #[error("the {kind} `{name}` cannot be played: {fault}")]
    Unplayable {
        /// The kind of the file that holds it.
        kind: Kind,
        /// The file's name.
        name: String,
        /// Where in the file and why.
        fault: Fault,
    },
    /// A recorded recipe that is not one.
    #[error("the recorded scenario is not understood: {0}")]
    Recorded(#[source] serde_json::Error),
}

impl ScenarioError {
    /// What to do about it, in one line, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { known, .. } => Some(format!("known names: {}", known.join(", "))),
            Self::Parse { .. } | Self::Plan { .. } | Self::Unplayable { .. } => {
                Some("mend the file, or leave it out to use the built-in one".to_owned())
            }
            Self::Name { .. } | Self::Read { .. } | Self::Recorded(_) => None,
        }
    }
}
