//! The table is complete: every code has words in both languages and stands in the document.

use std::collections::{BTreeMap, BTreeSet};

use protocol::ProblemCode;

use super::wording;

#[test]
fn a9_o26_every_problem_has_a_status_of_a_failure_and_words_in_both_languages() {
    let mut told = BTreeSet::new();
    for &code in ProblemCode::ALL {
        let row = wording(code);
        assert!(row.status.is_client_error() || row.status.is_server_error(), "{code}");
        for words in [row.ko, row.en] {
            assert!(![words.title, words.detail, words.hint].contains(&""), "{code}");
        }
        assert!(!row.ko.detail.is_ascii(), "{code}");
        for words in [row.ko, row.en] {
            assert!(
                told.insert([words.title, words.detail]),
                "{code} has the words of another code"
            );
        }
    }
}

#[test]
fn a9_the_document_lists_every_code_under_its_status() {
    let table = table_of_codes();
    let document = include_str!("../../../../docs/API.md");
    assert!(document.contains(&table), "put this table into docs/API.md:\n{table}");
}

/// The table of docs/API.md: one row for each status, made from the enumeration and the table of words.
fn table_of_codes() -> String {
    let mut codes_by_status = BTreeMap::<u16, Vec<String>>::new();
    for &code in ProblemCode::ALL {
        let status = wording(code).status.as_u16();
        codes_by_status.entry(status).or_default().push(format!("`{code}`"));
    }
    let row =
        |(status, codes): (u16, Vec<String>)| format!("| {status} | {} |\n", codes.join(", "));
    let rows: String = codes_by_status.into_iter().map(row).collect();
    format!("| status | codes |\n|---|---|\n{rows}")
}
