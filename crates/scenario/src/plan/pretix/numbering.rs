//! Names that are used once: a name that comes again gets a counter behind it.

use std::collections::{BTreeMap, BTreeSet};

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    taken: BTreeSet<String>,
    /// The next counter of each name that came again. If each name began at 2 anew, a file in which all names are equal would take
    /// hours.
    next: BTreeMap<String, u32>,
}

impl Numbering {
    /// Takes the name if it is free, else the first free one of `name-2`, `name-3` …
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        while !self.taken.insert(candidate.clone()) {
            let next = self.next.entry(name.to_owned()).or_insert(2);
            candidate = format!("{name}-{next}");
            *next += 1;
        }
        candidate
    }
}
