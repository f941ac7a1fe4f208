//! The control socket: commands of the operator to a running server. Rule K45.
//!
//! A file in the data folder that only its owner may open. A connection carries one [`Errand`] and one [`Answer`], each
//! a line of JSON.

mod ask;
#[cfg(unix)]
mod serve;

use serde::{Deserialize, Serialize};

pub use ask::{ControlError, ask};
#[cfg(unix)]
pub(crate) use serve::serve;

use std::path::{Path, PathBuf};

/// The name of the socket in the data folder.
const SOCKET_FILE: &str = "control.sock";

/// Bytes of an errand or an answer.
const LINE_BYTES_MAX: u64 = 4 * 1024;

/// What the operator wants of a running server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "errand", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Errand {
    /// Make a person an administrator.
    Grant {
        /// A guest: the first 32 characters of the cookie, or the whole cookie. Or how a provider knows the person: its address
        /// and the person's name there, with a space between.
        who: String,
    },
    /// Make anew what the catalogue shows of all sales.
    Rebuild,
}

/// What became of an errand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// It is done.
    Done {
        /// How many sales were made anew; 0 for another errand.
        sales: u64,
    },
    /// It was refused, or failed.
    Refused {
        /// Why.
        reason: String,
    },
}

/// Where the socket of a data folder is.
fn socket_path(data: &Path) -> PathBuf {
    data.join(SOCKET_FILE)
}
