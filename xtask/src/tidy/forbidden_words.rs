//! No names of private tools and no private paths: they mean nothing to a reader elsewhere.

use super::{
    lines::numbered,
    tree::{Fault, Tree},
};

/// Written in two parts, so that the check does not find them in this file.
const WORDS: [&str; 4] = [
    concat!("farm", "-bench"),
    concat!("farm", "-studio"),
    concat!("sub", "agents"),
    concat!("/wo", "rk/"),
];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts() {
        for (line, content) in numbered(text) {
            let content = content.to_lowercase();
            for word in WORDS.iter().filter(|word| content.contains(*word)) {
                faults.push(file.fault(
                    line,
                    format!("`{word}` means nothing to a reader elsewhere: say it another way"),
                ));
            }
        }
    }
    faults
}
