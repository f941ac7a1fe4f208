//! The table is whole: every refusal has its own code, and words in both languages.

use std::collections::BTreeSet;

use sale::Refusal;

use super::of_refusal;

#[test]
fn a9_every_refusal_has_a_code_of_its_own_and_words() {
    let mut codes = BTreeSet::new();
    for refusal in Refusal::ALL {
        let entry = of_refusal(refusal);
        assert!(codes.insert(entry.code), "{} stands twice", entry.code);
        assert!(entry.status.is_client_error() || entry.status.is_server_error());
        for words in [entry.ko, entry.en] {
            assert!(![words.title, words.detail, words.hint].contains(&""), "{refusal:?}");
        }
        assert!(entry.en.detail.is_ascii() && !entry.ko.detail.is_ascii(), "{refusal:?}");
    }
}

/// Whoever writes a client reads the document: what it lists is what can come.
#[test]
fn a9_the_document_lists_every_code() {
    let coded = |text: &'static str, before: &str, quote: char| -> BTreeSet<&'static str> {
        let parts = text.lines().filter(|line| line.contains(before));
        parts.flat_map(|line| line.split(quote).skip(1).step_by(2)).collect()
    };
    let table = coded(include_str!("../words.rs"), "=> entry!(", '"');
    let document = include_str!("../../../../docs/API.md");
    let (_, problems) = document.split_once("\n## Problems\n").unwrap();
    let (_, rows) = problems.split_once("\n|---|---|\n").unwrap();
    assert_eq!(coded(rows, "| `", '`'), table);
    assert!(table.contains("seat-taken"));
}
