//! Every document has one title.

use super::{
    lines::prose,
    tree::{Fault, Tree},
};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts_with("md") {
        let titles: Vec<usize> = prose(text)
            .filter(|(_, line)| line.starts_with("# ") || line.contains("<h1"))
            .map(|(line, _)| line)
            .collect();
        match titles.as_slice() {
            [_] => {}
            [] => faults.push(file.fault(1, "give it a title: one line that begins with `# `")),
            [_, others @ ..] => faults.extend(
                others
                    .iter()
                    .map(|&line| file.fault(line, "a second title: make it a `## ` heading")),
            ),
        }
    }
    faults
}
