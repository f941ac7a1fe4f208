//! Paths to which people are sent: only those of this site.

use crate::limits::HANDOVER_PATH_MAX;

/// Whether a text is a path of this site and leads nowhere else.
pub(super) fn is_own_path(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_plain && text.len() <= HANDOVER_PATH_MAX && text.starts_with('/') && !text.starts_with("//")
}

#[cfg(test)]
mod tests;
