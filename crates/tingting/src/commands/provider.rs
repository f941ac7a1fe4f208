//! The providers of the configuration file: those by whom people can log in.

use std::collections::HashSet;
use std::path::PathBuf;

use serde::Deserialize;
use server::{ProviderOptions, Secret};

use super::file;
use crate::error::CommandError;

/// The largest file of a secret, in bytes. Secrets have some dozen.
const SECRET_BYTES_MAX: u64 = 4096;

/// The most providers. A page with more buttons helps nobody.
const PROVIDERS_MAX: usize = 8;

/// A provider as the configuration file has it. Its secret is in the file itself, or better in a file of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table [[providers]]")]
pub(super) struct Provider {
    id: String,
    name: String,
    issuer: String,
    client_id: String,
    client_secret: Option<String>,
    client_secret_file: Option<PathBuf>,
}

/// Never shows the secret.
impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The providers of the configuration file, checked.
pub(super) fn providers(asked: Vec<Provider>) -> Result<Vec<ProviderOptions>, CommandError> {
    if asked.len() > PROVIDERS_MAX {
        let message = "there are too many providers";
        return Err(CommandError::refused(message).hint("a server has 8 at most"));
    }
    let mut ids = HashSet::new();
    let mut providers = Vec::with_capacity(asked.len());
    for provider in asked {
        let id = provider.id.clone();
        let provider = options(provider)?;
        if let Some(fault) = provider.fault() {
            return Err(CommandError::refused(format!("the provider `{id}` is unfit")).hint(fault));
        }
        if !ids.insert(id.clone()) {
            let message = format!("there are two providers `{id}`");
            return Err(CommandError::refused(message).hint("give each an id of its own"));
        }
        providers.push(provider);
    }
    Ok(providers)
}

fn options(provider: Provider) -> Result<ProviderOptions, CommandError> {
    let Provider { id, name, issuer, client_id, client_secret, client_secret_file } = provider;
    let secret = match (client_secret, client_secret_file) {
        (Some(_), Some(_)) => {
            let message = format!("the provider `{id}` has two secrets");
            let hint = "name client_secret or client_secret_file, not both";
            return Err(CommandError::refused(message).hint(hint));
        }
        (Some(secret), None) => Some(secret),
        (None, Some(path)) => {
            let bytes = file::read(&path, SECRET_BYTES_MAX, "secret")?;
            Some(String::from_utf8_lossy(&bytes).trim().to_owned())
        }
        (None, None) => None,
    };
    let client_secret = secret.map(Secret::new);
    Ok(ProviderOptions { id, name, issuer, client_id, client_secret })
}
