//! Crates that only compute: they reach no clock, file, thread, socket, process or environment.
//!
//! So the same input gives the same result on every machine, and a browser can run them. Their tests may use all of it.

use super::{
    source::Source,
    tree::{Fault, Tree},
};

pub(crate) const CRATES: [&str; 4] = ["sale", "crowd", "protocol", "practice"];

/// The parts of `std` that reach outside the program.
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "process", "thread", "time"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for name in CRATES {
        let folder = format!("crates/{name}/src/");
        let files = tree.texts_with("rs").filter(|(file, _)| file.path.starts_with(&folder));
        for (file, text) in files.filter(|(file, _)| !file.is_test()) {
            let uses = outside(&Source::parse(text));
            faults.extend(uses.into_iter().map(|(line, part)| {
                file.fault(
                    line,
                    format!("`{name}` only computes and may not use `std::{part}`: {}", hint(part)),
                )
            }));
        }
    }
    faults
}

fn hint(part: &str) -> &'static str {
    match part {
        "time" => "take the moment as an argument; for a duration, use `core::time::Duration`",
        _ => "let the caller do it and hand in the result",
    }
}

/// Where the code names a part of `std` that reaches outside, and which.
fn outside(source: &Source<'_>) -> Vec<(usize, &'static str)> {
    let used = source.uses.iter().map(|used| &used.path);
    let mut found: Vec<(usize, &str)> = used
        .chain(&source.paths)
        .filter_map(|path| {
            let segments = path.segments.strip_prefix(&["::"]).unwrap_or(&path.segments);
            let ["std", part, ..] = segments else { return None };
            OUTSIDE.into_iter().find(|outside| outside == part).map(|part| (path.line, part))
        })
        .collect();
    found.extend(source.inline.iter().flat_map(|(_, inline)| outside(inline)));
    found
}
