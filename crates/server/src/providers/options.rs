//! What the operator says of a provider.

use std::fmt;

/// A provider by which people can log in.
#[derive(Clone, Debug)]
pub struct ProviderOptions {
    /// Its name in addresses: lower-case letters, digits and hyphens.
    pub id: String,
    /// What people read on the button.
    pub name: String,
    /// The address that its tokens name, and under which it describes itself.
    pub issuer: String,
    /// As which it knows this server.
    pub client_id: String,
    /// With what the server shows that it is that client. `None` for a client without a secret.
    pub client_secret: Option<Secret>,
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl Secret {
    /// Hides a text.
    pub fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Whether a text can be the name of a provider in addresses.
pub(crate) fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(is_plain)
}

impl ProviderOptions {
    /// Why no server can use these options; `None` if it can.
    pub fn fault(&self) -> Option<&'static str> {
        let is_text = |text: &str, max: usize| {
            !text.trim().is_empty()
                && text.chars().count() <= max
                && !text.contains(char::is_control)
        };
        if !is_id(&self.id) {
            return Some("its id must be 1 to 32 lower-case letters, digits and hyphens");
        }
        if !is_text(&self.name, 40) {
            return Some("its name must have 1 to 40 characters");
        }
        if !super::fetch::is_safe(&self.issuer) {
            return Some("its issuer must be an https address, or http on this machine");
        }
        if !is_text(&self.client_id, 500) {
            return Some("its client_id must have 1 to 500 characters");
        }
        let is_fit = self.client_secret.as_ref().is_none_or(|Secret(text)| is_text(text, 4000));
        (!is_fit).then_some("its secret must be one line of 1 to 4,000 characters")
    }
}
