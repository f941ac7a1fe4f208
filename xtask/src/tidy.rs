//! The house rules that no compiler checks. Each file holds one check, which looks at the whole project.
//!
//! A check is a function from the [`Tree`] to its [`Fault`]s. It reads no disk and starts no program, so a few lines of text
//! are enough to test it.

use std::process::ExitCode;

use anyhow::bail;

use self::tree::{Fault, Tree};
use crate::{misuse::no_arguments, output, process::root, tools};

mod architecture;
pub(crate) mod bare_crates;
mod circles;
mod conflict_markers;
mod data_references;
mod edges;
mod families;
mod file_length;
mod file_size;
mod forbidden_words;
mod glossary;
mod headings;
mod lines;
mod links;
mod lint_table;
mod module_docs;
mod packages;
pub(crate) mod pure_crates;
mod rules;
mod secrets;
mod source;
mod test_files;
mod tokens;
mod tree;
mod unowned_todo;

type Check = fn(&Tree) -> Vec<Fault>;

const CHECKS: [Check; 18] = [
    bare_crates::check,
    circles::check,
    conflict_markers::check,
    data_references::check,
    families::check,
    file_length::check,
    file_size::check,
    forbidden_words::check,
    glossary::check,
    headings::check,
    links::check,
    lint_table::check,
    module_docs::check,
    pure_crates::check,
    rules::check,
    secrets::check,
    test_files::check,
    unowned_todo::check,
];

/// `cargo xtask tidy`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    no_arguments("tidy", args)?;
    tools::ensure_for_tidy()?;
    check_project()?;
    output::line("tidy: no faults");
    Ok(ExitCode::SUCCESS)
}

/// Runs every check on the project around us.
pub(crate) fn check_project() -> anyhow::Result<()> {
    let tree = Tree::read(&root())?;
    let mut faults: Vec<Fault> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    let packages = packages::read()?;
    faults.extend(architecture::check(&packages, &tree));
    faults.extend(edges::check(&packages, tree.text("Cargo.lock").unwrap_or_default()));
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort();
    for fault in &faults {
        output::line(&fault.to_string());
    }
    bail!("tidy found {}", count(faults.len(), "fault"));
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests;
