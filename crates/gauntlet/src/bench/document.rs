//! Writes `docs/BENCHMARKS.md`. Each bench has a section and writes only that.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The text before the sections.
const HEAD: &str = "# Benchmarks

Figures of `cargo xtask bench race|sale|journal|http|catalogue|whatif`. Each run writes its own section. A figure
alone depends on the machine and on what else the machine does, so each stands beside a probe that
ran in turns with it. Compare the ratio of the two. Figures are medians, with the least and the
greatest.
";

/// A row of a table: what was measured, and the figure.
#[derive(Clone, Debug)]
pub struct Row(pub String, pub String);

/// The text of a section: its title, how it was measured, on which machine, and the table.
pub fn section(title: &str, method: &str, machine: &str, rows: &[Row]) -> String {
    let mut text =
        format!("## {title}\n\n{method}\n\n{machine}.\n\n| what | figure |\n| --- | --- |\n");
    for Row(what, figure) in rows {
        writeln!(text, "| {what} | {figure} |").expect("memory takes every write");
    }
    text
}

/// Writes a section into the document, instead of the old one with the same title.
///
/// # Errors
///
/// If the file cannot be read or written.
pub fn write(title: &str, section: &str) -> io::Result<()> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/BENCHMARKS.md");
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
        other => other?,
    };
    fs::write(path, with(&text, title, section))
}

fn with(text: &str, title: &str, section: &str) -> String {
    let heading = format!("## {title}\n");
    let mut parts: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        if parts.is_empty() || line.starts_with("## ") {
            parts.push(String::new());
        }
        parts.last_mut().expect("just pushed").push_str(line);
    }
    match parts.iter_mut().find(|part| part.starts_with(&heading)) {
        Some(part) => section.clone_into(part),
        None => parts.push(section.to_owned()),
    }
    let trimmed: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    trimmed.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_writes_its_own_section_only() {
        let one = with("# Title\n\nHead.\n", "Race", "## Race\n\nold\n");
        let two = with(&one, "Sale", "## Sale\n\nkept\n");
        let three = with(&two, "Race", "## Race\n\nnew\n");
        assert_eq!(three, "# Title\n\nHead.\n\n## Race\n\nnew\n\n## Sale\n\nkept\n");
    }
}
