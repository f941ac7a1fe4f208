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
