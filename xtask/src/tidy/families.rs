//! The families of rules: `docs/RULES.md` lists them, and `CONTRIBUTING.md` shows the same ones.

use std::collections::BTreeMap;

use super::{
    lines::prose,
    tree::{Fault, Tree},
};

pub(super) const BOOK: &str = "docs/RULES.md";
const GUIDE: &str = "CONTRIBUTING.md";

/// A letter, and what its rules are about.
pub(super) type Families<'a> = BTreeMap<&'a str, String>;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let (Some(book), Some(guide)) = (tree.text(BOOK), tree.text(GUIDE)) else { return Vec::new() };
    let (stated, (line, shown)) = (stated(book), shown(guide));
    let fault = |message| Fault { path: GUIDE.to_owned(), line, message };
    let missing = stated.iter().filter(|(letter, family)| shown.get(*letter) != Some(*family));
    let missing = missing
        .map(|(letter, family)| format!("{BOOK} calls {letter} `{family}`: say the same here"));
    let surplus = shown.keys().filter(|letter| !stated.contains_key(*letter));
    let surplus = surplus.map(|letter| format!("{BOOK} has no family {letter}: remove it here"));
    missing.chain(surplus).map(fault).collect()
}

/// The families of a book of rules, from the paragraph ``Letters: **Q** queue, …``.
pub(super) fn stated(book: &str) -> Families<'_> {
    let paragraph = book.split("\n\n").find(|paragraph| paragraph.starts_with("Letters:"));
    let words: Vec<&str> = paragraph.unwrap_or_default().split("**").skip(1).collect();
    let family = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.trim_end_matches([',', '.']).to_owned()
    };
    words.chunks_exact(2).map(|pair| (pair[0], family(pair[1]))).collect()
}

/// The families of the table in the guide, with the line on which it begins.
fn shown(guide: &str) -> (usize, Families<'_>) {
    let mut table = prose(guide).skip_while(|(_, line)| !line.starts_with("| letter |"));
    let Some((head, _)) = table.next() else { return (1, Families::new()) };
    let rows = table.skip(1).take_while(|(_, line)| line.starts_with('|'));
    let cells = rows.flat_map(|(_, line)| line.trim_matches('|').split('|').map(str::trim));
    let cells: Vec<&str> = cells.collect();
    let families = cells.chunks_exact(2).filter(|pair| !pair[0].is_empty());
    (head, families.map(|pair| (pair[0], pair[1].to_owned())).collect())
}
