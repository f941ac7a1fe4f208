//! The table of crates in `docs/ARCHITECTURE.md` says what the manifests say.
//!
//! A row is ``| `crowd` | `sale` | … |``: a crate, and those of our crates that it is built on. Crates stand below all that
//! use them.

use std::collections::BTreeSet;

use super::{
    lines::prose,
    packages::Package,
    tree::{Fault, Tree},
};

const DOCUMENT: &str = "docs/ARCHITECTURE.md";

/// The head of the table.
const HEAD: &str = "| crate | uses |";

struct Row<'a> {
    line: usize,
    name: &'a str,
    uses: BTreeSet<&'a str>,
}

pub(super) fn check(packages: &[Package], tree: &Tree) -> Vec<Fault> {
    let Some(text) = tree.text(DOCUMENT) else { return Vec::new() };
    let rows = rows(text);
    let mut faults = Vec::new();
    for package in packages {
        let uses: BTreeSet<&str> = package
            .built_on()
            .filter(|name| packages.iter().any(|other| other.name == *name))
            .collect();
        match rows.iter().find(|row| row.name == package.name) {
            Some(row) => faults.extend(differences(row, &uses)),
            None => faults
                .push(fault(1, format!("the table of crates lacks a row for `{}`", package.name))),
        }
    }
    for (at, row) in rows.iter().enumerate() {
        if packages.iter().all(|package| package.name != row.name) {
            faults
                .push(fault(row.line, format!("there is no crate `{}`: remove the row", row.name)));
        }
        for used in rows[..at].iter().filter(|above| row.uses.contains(above.name)) {
            let message =
                format!("`{}` uses `{}`: move its row above that one", row.name, used.name);
            faults.push(fault(row.line, message));
        }
    }
    faults
}

fn differences(row: &Row<'_>, uses: &BTreeSet<&str>) -> Vec<Fault> {
    let missing = uses.difference(&row.uses);
    let missing = missing.map(|used| format!("`{}` uses `{used}`: add it to the row", row.name));
    let surplus = row.uses.difference(uses);
    let surplus =
        surplus.map(|used| format!("`{}` does not use `{used}`: remove it from the row", row.name));
    missing.chain(surplus).map(|message| fault(row.line, message)).collect()
}

fn rows(text: &str) -> Vec<Row<'_>> {
    prose(text)
        .skip_while(|(_, line)| !line.starts_with(HEAD))
        .skip(2)
        .take_while(|(_, line)| line.starts_with('|'))
        .filter_map(|(line, content)| {
            let mut cells = content.split('|').skip(1);
            let name = quoted(cells.next()?).next()?;
            Some(Row { line, name, uses: quoted(cells.next()?).collect() })
        })
        .collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn fault(line: usize, message: String) -> Fault {
    Fault { path: DOCUMENT.to_owned(), line, message }
}

#[cfg(test)]
mod tests;
