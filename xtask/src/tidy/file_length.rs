//! No Rust file is longer than a person can read in one go. Files of tests may be.

use super::tree::{Fault, Tree};

const LINE_COUNT_MAX: usize = 600;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts_with("rs")
        .filter(|(file, _)| !file.is_test())
        .filter_map(|(file, text)| {
            let line_count = text.lines().count();
            (line_count > LINE_COUNT_MAX).then(|| {
                file.fault(
                    LINE_COUNT_MAX + 1,
                    format!("{line_count} lines: split it where a part has a name, below {LINE_COUNT_MAX} each"),
                )
            })
        })
        .collect()
}
