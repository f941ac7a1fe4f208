//! Every note of work that is still to do names its owner.

use super::{
    lines::numbered,
    tree::{Fault, Tree},
};

/// Written in two parts, so that the check does not find them in this file.
const MARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Only files of code are checked. Documents may write about the marks.
const CODE: [&str; 9] = ["rs", "toml", "ts", "tsx", "js", "css", "html", "yml", "json"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts() {
        if !file.extension().is_some_and(|extension| CODE.contains(&extension)) {
            continue;
        }
        for (line, content) in numbered(text) {
            if MARKS.iter().any(|mark| is_unowned(content, mark)) {
                faults.push(
                    file.fault(
                        line,
                        format!("name its owner, as in `{}(name)`, or do it", MARKS[0]),
                    ),
                );
            }
        }
    }
    faults
}

fn is_unowned(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_word = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let after = &line[at + mark.len()..];
        let continues = after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        is_word && !continues && !has_owner(after)
    })
}

fn has_owner(after: &str) -> bool {
    after
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .is_some_and(|(name, _)| !name.trim().is_empty())
}
