//! No half-finished merge.

use super::{
    lines::numbered,
    tree::{Fault, Tree},
};

const MARKERS: [&str; 3] = ["<<<<<<< ", ">>>>>>> ", "||||||| "];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts() {
        for (line, content) in numbered(text) {
            if MARKERS.iter().any(|marker| content.starts_with(marker)) {
                faults.push(file.fault(line, "a conflict marker: finish the merge"));
            }
        }
    }
    faults
}
