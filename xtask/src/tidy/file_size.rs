//! No large files: every clone carries every version of them for ever.

use super::tree::{Fault, Tree};

const SIZE_BYTES_MAX: u64 = 500_000;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.files
        .iter()
        .filter(|file| file.size_bytes > SIZE_BYTES_MAX)
        .map(|file| {
            file.fault(
                1,
                format!(
                    "{} bytes: commit what generates it, or make it smaller than {SIZE_BYTES_MAX}",
                    file.size_bytes
                ),
            )
        })
        .collect()
}
