//! Rules and tests name each other: every rule in `docs/RULES.md` has a test, every test named after a rule has its rule.
//!
//! A rule is a line `- **S1** …`. Its tests in Rust are functions `s1_…`; one that shows two rules is called `s1_h2_…`. Its tests
//! in TypeScript have titles `S1: …` or `S1 H2: …`.

use std::collections::BTreeMap;

use super::{
    families::{self, BOOK, Families},
    lines::{numbered, prose},
    tree::{Fault, File, Tree},
};

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let book = tree.files.iter().find(|file| file.path == BOOK);
    let rules =
        book.map(|file| stated(file.text.as_deref().unwrap_or_default())).unwrap_or_default();
    let families = families::stated(tree.text(BOOK).unwrap_or_default());
    let mut faults = Vec::new();
    let mut is_tested: BTreeMap<&str, bool> = BTreeMap::new();
    for (line, id) in &rules {
        if !is_id(id, &families) {
            let message = format!(
                "{id} has no family: begin it with a letter that the top of this file lists"
            );
            faults.push(fault(*line, message));
        } else if is_tested.insert(id, false).is_some() {
            faults.push(fault(
                *line,
                format!("{id} is here twice: give each rule a number of its own"),
            ));
        }
    }
    for (file, text) in tree.texts() {
        let claims = match file.extension() {
            Some("rs") => shown(file, text, &families),
            Some("ts") if file.path.ends_with(".test.ts") => titled(text, &families),
            _ => continue,
        };
        for (line, id) in claims {
            if let Some(tested) = is_tested.get_mut(id.as_str()) {
                *tested = true;
            } else {
                let message = format!(
                    "{BOOK} has no rule {id}: write it there, or begin the name with another word"
                );
                faults.push(file.fault(line, message));
            }
        }
    }
    for (line, id) in &rules {
        if is_tested.get(id) == Some(&false) {
            let name = id.to_lowercase();
            let message = format!("no test shows {id}: write `fn {name}_…` or `test(\"{id}: …\"`");
            faults.push(fault(*line, message));
        }
    }
    faults
}

fn fault(line: usize, message: String) -> Fault {
    Fault { path: BOOK.to_owned(), line, message }
}

/// The rules of the book, with their lines.
fn stated(book: &str) -> Vec<(usize, &str)> {
    prose(book)
        .filter_map(|(line, content)| {
            let (id, _) = content.trim_start().strip_prefix("- **")?.split_once("**")?;
            let has_number = id.ends_with(|c: char| c.is_ascii_digit());
            (has_number && id.starts_with(|c: char| c.is_ascii_uppercase())).then_some((line, id))
        })
        .collect()
}

/// The rules that a file's tests claim to show, with their lines.
fn shown(file: &File, text: &str, families: &Families<'_>) -> Vec<(usize, String)> {
    let mut is_test = file.is_test();
    let mut found = Vec::new();
    for (line, content) in numbered(text) {
        let content = content.trim();
        // The house style puts tests last, so everything after the attribute belongs to them.
        is_test |= content == "#[cfg(test)]" || content == "#[test]";
        if let Some(name) = function_name(content).filter(|_| is_test) {
            found.extend(claimed(name, families).map(|id| (line, id)));
        }
    }
    found
}

/// The rules that the titles of a TypeScript file's tests claim to show, with their lines.
fn titled(text: &str, families: &Families<'_>) -> Vec<(usize, String)> {
    let titles = numbered(text).filter_map(|(line, content)| Some((line, title(content.trim())?)));
    let claims = titles.filter_map(|(line, title)| {
        let ids: Vec<&str> = title.split_once(": ")?.0.split(' ').collect();
        ids.iter().all(|id| is_id(id, families)).then_some((line, ids))
    });
    claims.flat_map(|(line, ids)| ids.into_iter().map(move |id| (line, id.to_owned()))).collect()
}

/// What follows the opening quote of a test's title.
fn title(line: &str) -> Option<&str> {
    line.strip_prefix("test(")?.strip_prefix(['"', '`', '\''])
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    let name = line.trim_start_matches("async ").strip_prefix("fn ")?;
    name.split(['(', '<']).next()
}

/// The rule ids at the beginning of a test's name.
fn claimed<'a>(name: &'a str, families: &'a Families<'_>) -> impl Iterator<Item = String> + 'a {
    name.split('_').map(str::to_uppercase).take_while(|word| is_id(word, families))
}

fn is_id(word: &str, families: &Families<'_>) -> bool {
    let number = families.keys().find_map(|letter| word.strip_prefix(letter));
    number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
