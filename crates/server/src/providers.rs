//! Providers: those who tell the server who somebody is, by OpenID Connect.
//!
//! ```text
//!  browser ─ /login/… ─▶ server ─ 303 ─▶ browser ─▶ provider
//!  browser ◀─ session ── server ◀─ code ─ browser ◀── 303 ──┘
//!                          └── code, secret ──▶ provider ──▶ token: issuer, subject, nonce
//! ```
//!
//! It keeps nothing of anybody, and never logs a code, a token or a secret.

mod fetch;
mod options;
mod provider;

pub use options::{ProviderOptions, Secret};
pub(crate) use provider::{Asked, Begun, Person, Provider};

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::limits::LOG_INS_AT_ONCE;
use fetch::Fetch;

/// All providers of a server.
#[derive(Debug)]
pub(crate) struct Providers {
    all: Vec<Arc<Provider>>,
    fetch: Arc<Fetch>,
    /// Limits the requests to providers, so that a slow one keeps nobody waiting but those who log in.
    pub(crate) places: Semaphore,
}

impl Providers {
    pub(crate) fn new(options: Vec<ProviderOptions>) -> Self {
        let all = options.into_iter().map(Provider::new).map(Arc::new).collect();
        Self { all, fetch: Arc::default(), places: Semaphore::new(LOG_INS_AT_ONCE) }
    }

    /// The provider with this id.
    pub(crate) fn get(&self, id: &str) -> Option<Asked> {
        let provider = self.all.iter().find(|provider| provider.options.id == id)?;
        Some(Asked { provider: Arc::clone(provider), fetch: Arc::clone(&self.fetch) })
    }

    /// The id and the name of each, in the order of the configuration.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|one| (one.options.id.as_str(), one.options.name.as_str()))
    }

    /// The id of the provider whose tokens name this issuer.
    pub(crate) fn of_issuer(&self, issuer: &str) -> Option<&str> {
        let one = self.all.iter().find(|one| one.options.issuer == issuer)?;
        Some(one.options.id.as_str())
    }
}

#[cfg(test)]
mod tests;
