//! Crates without `std`: for them the compiler refuses every clock, random source and socket.

use super::{
    lines::numbered,
    tree::{Fault, Tree},
};

/// Decided in `docs/decisions/0003-pure-core-no-std.md`.
pub(crate) const CRATES: [&str; 2] = ["sale", "crowd"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for name in CRATES {
        let root = format!("crates/{name}/src/lib.rs");
        let folder = format!("crates/{name}/src/");
        for (file, text) in tree.texts_with("rs").filter(|(file, _)| file.path.starts_with(&folder))
        {
            if file.path == root && !text.lines().any(|line| line.trim() == "#![no_std]") {
                faults.push(file.fault(1, "this crate does without std: write `#![no_std]`"));
            }
            faults.extend(std_brought_back(text).map(|line| {
                file.fault(line, "this brings std back: keep it under `#[cfg(test)]`")
            }));
        }
    }
    faults
}

/// Lines that link `std` into a build that is not a test.
fn std_brought_back(text: &str) -> impl Iterator<Item = usize> {
    let mut previous = "";
    numbered(text).filter_map(move |(line, content)| {
        let content = content.trim();
        let brings = content.trim_start_matches("pub ").starts_with("extern crate std");
        let is_guarded = previous == "#[cfg(test)]";
        previous = content;
        (brings && !is_guarded).then_some(line)
    })
}
