//! The URL of the catalogue's database.

use std::fmt;
use std::str::FromStr;

/// What the URL of a PostgreSQL database begins with.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The URL of a PostgreSQL database. It may hold a password, so it is shown without the person, the password and the
/// options: `postgres://host:5432/name`.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

/// The error for a text that is no URL of a PostgreSQL database. It does not repeat the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a database is written as postgres://person:password@host:port/name")]
pub struct DatabaseUrlInvalid;

impl DatabaseUrl {
    /// The whole URL, for the one who connects.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlInvalid;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlInvalid> {
        let is_postgres = SCHEMES.iter().any(|scheme| {
            text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        });
        if is_postgres { Ok(Self(text.to_owned())) } else { Err(DatabaseUrlInvalid) }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", &self.0));
        // The last `@`: whatever stands before it may be part of a password.
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        let place = place.split(['?', '#']).next().unwrap_or_default();
        write!(f, "{scheme}://{place}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
