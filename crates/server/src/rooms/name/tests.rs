//! Tests: which texts are names, and how equal names are told apart.

use std::collections::HashSet;

use super::*;

#[test]
fn a65_a_name_is_kept_in_one_form_without_spaces_around_it() {
    for (text, name) in [
        ("민지", "민지"),
        ("  민지 \u{3000} 1반  ", "민지 1반"),
        ("\u{1106}\u{1175}\u{11ab}", "민"),
        ("e\u{301}", "é"),
        ("❤\u{fe0f}", "❤"),
        ("ไก่", "ไก่"),
        ("<b>x</b>", "<b>x</b>"),
        ("👩🏽", "👩🏽"),
    ] {
        assert_eq!(name_of(text).as_deref(), Ok(name), "{text:?}");
    }
    assert!(name_of(&"가".repeat(20)).is_ok());
}

#[test]
fn a65_what_cannot_be_seen_is_no_name() {
    for text in [
        "",
        "   ",
        "\u{3164}",   // the filler of Hangul, a letter without a shape
        "a\u{200b}b", // a space without width
        "a\u{200d}b", // a joiner without width
        "a\u{202e}b", // turns the text around
        "a\u{2066}b", // isolates a direction
        "a\u{7}b",    // rings
        "a\nb",
        "a\u{2028}b",
        "a\u{feff}",
        "a\u{e000}",                     // private use
        "a\u{378}",                      // unassigned
        "\u{2800}",                      // a pattern of Braille without dots
        "\u{301}a",                      // a mark on nothing
        "a\u{316}\u{317}\u{318}\u{319}", // a pile of marks
        "a \u{301}",
    ] {
        assert_eq!(name_of(text), Err(NameInvalid), "{text:?}");
    }
    assert_eq!(name_of(&"가".repeat(21)), Err(NameInvalid));
    assert_eq!(name_of(&"a".repeat(100_000)), Err(NameInvalid));
}

#[test]
fn a65_equal_names_get_numbers() {
    let mut taken = HashSet::new();
    for (name, given) in [
        ("Mina", "Mina"),
        ("mina", "mina 2"),
        ("ＭＩＮＡ", "ＭＩＮＡ 3"),
        ("Mina 2", "Mina 2 2"),
        ("Straße", "Straße"),
        ("STRASSE", "STRASSE 2"),
    ] {
        let distinct = distinct(name, |key| taken.contains(key));
        assert_eq!(distinct, given);
        assert!(taken.insert(key_of(&distinct)));
    }
}

#[test]
fn a108_a_long_name_with_its_number_is_a_name_like_any_other() {
    for (name, given) in [
        ("가".repeat(20), format!("{} 2", "가".repeat(18))),
        (format!("{} bcd", "a".repeat(16)), format!("{} b 2", "a".repeat(16))),
        (format!("{} bc", "a".repeat(17)), format!("{} 2", "a".repeat(17))),
    ] {
        let own = key_of(&name);
        let distinct = distinct(&name, |key| key == own);
        assert_eq!(distinct, given);
        assert_eq!(name_of(&distinct), Ok(distinct.clone()), "it may be sent back");
    }
    let mut taken = HashSet::new();
    for _ in 0..12 {
        let distinct = distinct(&"가".repeat(20), |key| taken.contains(key));
        assert_eq!(name_of(&distinct).as_ref(), Ok(&distinct));
        assert!(taken.insert(key_of(&distinct)));
    }
}
