//! Reads and writes the files that the command line names.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::Context;

use crate::error::CommandError;
use crate::output::Output;

/// Reads a whole file of at most `bytes_max` bytes. `what` names its kind in the error for a longer file.
///
/// # Errors
///
/// When it does not exist, is a directory, is too long or cannot be read.
pub(crate) fn read(path: &Path, bytes_max: u64, what: &str) -> Result<Vec<u8>, CommandError> {
    let file = File::open(path)
        .with_context(|| format!("cannot open {}", path.display()))
        .map_err(|error| CommandError::input(error).hint("check the path of the file"))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        let message = format!("{} is a directory", path.display());
        return Err(CommandError::refused(message).hint("name a file in it"));
    }
    let mut bytes = Vec::new();
    // Asking for one byte more shows whether the file is too long, also on a pipe.
    file.take(bytes_max + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))
        .map_err(CommandError::input)?;
    if bytes.len() as u64 > bytes_max {
        let kibibytes = bytes_max / 1024;
        let (size, unit) =
            if kibibytes < 1024 { (kibibytes, "KiB") } else { (kibibytes / 1024, "MiB") };
        let message = format!("{} is longer than {size} {unit}", path.display());
        return Err(
            CommandError::refused(message).hint(format!("no {what} needs as much: is it one?"))
        );
    }
    Ok(bytes)
}

/// Writes bytes to the file, or to standard output if `path` is `None`.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn write(
    path: Option<&Path>,
    bytes: &[u8],
    output: &Output,
) -> Result<(), CommandError> {
    let Some(path) = path else { return output.write(bytes) };
    fs::write(path, bytes)
        .with_context(|| format!("cannot write {}", path.display()))
        .map_err(|error| CommandError::input(error).hint("check the folder and its permissions"))
}
