//! Reads a configuration file, and says what is wrong with it. It shows no value that stands in the file: there may be a
//! secret in every line, also in one where it does not belong.

use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::file;
use crate::error::CommandError;

/// The largest configuration file, in bytes. A complete one has a dozen lines.
const BYTES_MAX: u64 = 64 * 1024;

/// Reads the file at `path`. `hint` says which keys there are. Rule L24.
///
/// # Errors
///
/// When it cannot be read, is no TOML, or has a key or a value that does not belong there.
pub(super) fn read<T: DeserializeOwned>(path: &Path, hint: &str) -> Result<T, CommandError> {
    let bytes = file::read(path, BYTES_MAX, "configuration")?;
    let text = String::from_utf8_lossy(&bytes);
    toml::from_str(&text).map_err(|error| {
        let cause = fault(&text, error.span(), error.message());
        let message = format!("{} is no configuration", path.display());
        CommandError::input(anyhow::Error::msg(cause).context(message)).hint(hint)
    })
}

/// Where the fault is and what it is, without the text that stands there.
fn fault(text: &str, span: Option<Range<usize>>, message: &str) -> String {
    let what = without_value(message);
    let Some(before) = span.and_then(|span| text.get(..span.start)) else { return what };
    let (line, column) =
        before.split('\n').fold((0, 0), |(line, _), it| (line + 1, it.chars().count() + 1));
    format!("line {line}, column {column}: {what}")
}

/// A message of the parser or of `serde`, without the value that it is about. Such a value stands in quotation marks or
/// backticks behind the words that say its kind, and before what was expected in its place. Names of keys stay.
fn without_value(message: &str) -> String {
    const WITH_VALUE: [&str; 4] =
        ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "];
    if !WITH_VALUE.iter().any(|kind| message.starts_with(kind)) {
        return message.to_owned();
    }
    let end = message.find(['"', '`']).unwrap_or(message.len());
    // The value may have the same words in it.
    match message.rsplit_once(", expected ") {
        Some((found, expected)) => {
            format!("{}, expected {expected}", found[..end.min(found.len())].trim_end())
        }
        None => message[..end].trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests;
