//! Why a race cannot be made from files.

use crate::fault::Fault;
use crate::kind::Kind;
use crate::name::NOT_A_NAME;
use crate::plan::SpecError;

/// Why a race cannot be made from files, with the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// No file has that name.
    #[error("there is no {kind} named `{name}`")]
    Unknown {
        /// The kind of file that was looked for.
        kind: Kind,
        /// The name that no file has.
        name: String,
        /// The names that files of this kind have.
        known: Vec<String>,
    },
    /// A name that a file may not have, because it could lead out of the folder.
    #[error("`{name}` is no name of a {kind}: it {NOT_A_NAME}")]
    Name {
        /// The kind of file that was looked for.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The path of the file.
        path: String,
        /// Why it cannot be read.
        #[source]
        source: std::io::Error,
    },
    /// A file is no TOML, or a key is unknown, missing or of the wrong type.
    #[error("the {kind} `{name}` is not understood")]
    Parse {
        /// The kind of the file.
        kind: Kind,
        /// The name of the file.
        name: String,
        /// Where in the file and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A plan file from which no hall can be laid out.
    #[error("the plan `{name}` makes no hall: {error}")]
    Plan {
        /// The name of the plan.
        name: String,
        /// Where in the file and why.
        error: SpecError,
    },
    /// A value that was read and that no race can be played with.
    #[error("the {kind} `{name}` cannot be played: {fault}")]
    Unplayable {
        /// The kind of the file.
        kind: Kind,
        /// The name of the file.
        name: String,
        /// Where in the file and why.
        fault: Fault,
    },
    /// A record holds something else in place of a recipe.
    #[error("the recorded scenario is not understood: {0}")]
    Recorded(#[source] serde_json::Error),
}

impl ScenarioError {
    /// One line that tells what to do about the error; `None` if there is nothing to tell.
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
