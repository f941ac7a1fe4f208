//! The house rules that no compiler knows: one check a file, each over the whole tree of the project.
//!
//! A check is a function from the [`Tree`] to its [`Fault`]s. It reads no disk and starts no program, so that its test is
//! a few lines of text.

use std::{fmt, fs, path::Path, process::Command, process::ExitCode};

use anyhow::{Context as _, bail};

use crate::{
    no_arguments, output,
    process::{capture, root},
    tools,
};

pub(crate) mod bare_crates;
mod conflict_markers;
mod data_references;
mod edges;
mod file_length;
mod file_size;
mod forbidden_words;
mod headings;
mod links;
mod lint_table;
mod module_docs;
mod rules;
mod test_files;
mod unowned_todo;

type Check = fn(&Tree) -> Vec<Fault>;

const CHECKS: [Check; 13] = [
    bare_crates::check,
    conflict_markers::check,
    data_references::check,
    file_length::check,
    file_size::check,
    forbidden_words::check,
    headings::check,
    links::check,
    lint_table::check,
    module_docs::check,
    rules::check,
    test_files::check,
    unowned_todo::check,
];

/// Everything that belongs to the project: what is committed, and what would be.
struct Tree {
    /// Sorted by path.
    files: Vec<File>,
}

/// One file of the project.
struct File {
    /// From the root, with `/` on every system.
    path: String,
    size_bytes: u64,
    /// Nothing for a file that is not text.
    text: Option<String>,
}

/// A broken rule, where it is broken, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    path: String,
    /// From 1.
    line: usize,
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// `cargo xtask tidy`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    no_arguments("tidy", args)?;
    tools::ensure_for_tidy()?;
    check_project()?;
    output::line("tidy: nothing to mend");
    Ok(ExitCode::SUCCESS)
}

/// Runs every check on the project around us.
pub(crate) fn check_project() -> anyhow::Result<()> {
    let tree = Tree::read(&root())?;
    let mut faults: Vec<Fault> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    faults.extend(edges::check(&edges::packages()?, tree.text("Cargo.lock").unwrap_or_default()));
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort();
    for fault in &faults {
        output::line(&fault.to_string());
    }
    bail!("tidy found {} to mend", count(faults.len(), "thing"));
}

impl Tree {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let listing = capture(
            Command::new("git")
                .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
                .current_dir(root),
        )?;
        let mut paths: Vec<&str> = listing.split_terminator('\0').collect();
        // A file in conflict is listed once for each of its sides.
        paths.sort_unstable();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            let place = root.join(path);
            // A file deleted but not yet committed is still listed; a link is the business of what it points at.
            if !fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()) {
                continue;
            }
            let bytes = fs::read(&place).with_context(|| format!("cannot read {path}"))?;
            files.push(File::new(path, bytes));
        }
        Ok(Self { files })
    }

    fn text(&self, path: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files[at].text.as_deref()
    }

    /// The files that are text, with their text.
    fn texts(&self) -> impl Iterator<Item = (&File, &str)> {
        self.files.iter().filter_map(|file| Some((file, file.text.as_deref()?)))
    }

    /// The text files whose names end so, with their text.
    fn texts_with(&self, extension: &str) -> impl Iterator<Item = (&File, &str)> {
        self.texts().filter(move |(file, _)| file.extension() == Some(extension))
    }
}

impl File {
    fn new(path: &str, bytes: Vec<u8>) -> Self {
        let size_bytes = bytes.len() as u64;
        let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
        Self { path: path.to_owned(), size_bytes, text }
    }

    fn extension(&self) -> Option<&str> {
        Path::new(&self.path).extension()?.to_str()
    }

    /// Whether a Rust file holds nothing but tests.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.split('/').any(|part| part == "tests")
    }

    fn fault(&self, line: usize, message: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, message: message.into() }
    }
}

/// Lines with their numbers, from 1.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// The lines of a Markdown text that are prose: code blocks are left out.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<&str> = None;
    numbered(text).filter(move |(_, line)| {
        let line = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => {
                fence = mark;
                false
            }
            (Some(open), Some(close)) if open == close => {
                fence = None;
                false
            }
            (Some(_), _) => false,
            (None, None) => true,
        }
    })
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests;
