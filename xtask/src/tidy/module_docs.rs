//! Every Rust file begins by saying what it is.

use super::tree::{Fault, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts_with("rs")
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(file, _)| {
            file.fault(
                1,
                "begin with a `//!` sentence: what this module is, and what it must never do",
            )
        })
        .collect()
}
