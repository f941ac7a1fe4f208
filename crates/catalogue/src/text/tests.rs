//! What a search finds in a text.

use proptest::prelude::*;

use super::*;

/// Whether a search finds a text, as both databases decide it.
fn finds(search: &str, text: &str) -> bool {
    let kept = kept([text]);
    patterns(search).unwrap().iter().all(|pattern| kept.contains(pattern.as_str()))
}

#[test]
fn letters_initials_and_beginnings_are_kept_apart() {
    insta::assert_snapshot!(kept(["겨울 바다 Live"]), @"ㄱㅕㅇㅜㄹㅂㅏㄷㅏlive ᄀᄋᄇᄃ ㆍㆍㄱㅕ ㆍㆍᄀᄋ ㆍㆍㅂㅏ ㆍㆍᄇᄃ ㆍㆍli");
    insta::assert_snapshot!(kept(["값 과일"]), @"ㄱㅏㅂㅅㄱㅗㅏㅇㅣㄹ ᄀᄀᄋ ㆍㆍㄱㅏ ㆍㆍᄀ ㆍㆍㄱㅗ ㆍㆍᄀᄋ");
}

#[test]
fn k12_korean_is_found_by_syllables_letters_and_initials() {
    let title = "별빛 아래 겨울바다 콘서트";
    for search in [
        "겨울",
        "울바",
        "바다",
        "별빛아래",
        "빛아",
        "겨울 콘서트",
        "콘서트 별빛",
        "겨우",
        "겨울바",
        "겨울밗",
        "ㅂㅂ",
        "ㄱㅇㅂㄷ",
        "ㅇㅂㄷㅋ",
        "ㅋㅅㅌ",
        "ㅂ",
        "ㄱ",
        "별",
        "겨",
        "코",
        "바ㄷ",
        "  겨울  ",
        "겨울!",
    ] {
        assert_eq!(finds(search, title), search != "겨울밗", "{search}");
    }
    for search in ["여름", "겨울산", "ㅎ", "ㄱㄱㄱ", "다바", "바", "래"] {
        assert!(!finds(search, title), "{search}");
    }
}

#[test]
fn k12_consonants_that_a_keyboard_joined_are_initials_too() {
    assert!(finds("ㄳ", "가수의 밤"));
    assert!(finds("ㅄ", "봄소풍"));
}

#[test]
fn k12_case_width_marks_and_kana_make_no_difference() {
    for (search, text) in [
        ("live", "Blue LIVE"),
        ("ＬＩＶＥ", "blue live"),
        ("cafe", "Café del Sol"),
        ("café", "CAFE"),
        ("らいぶ", "冬のライブ"),
        ("ライブ", "らいぶ"),
        ("がく", "ガクタイ"),
        ("冬の", "冬のライブ"),
        ("冬", "冬のライブ"),
        ("2026", "Tour 2026"),
        ("er 20", "Tour 2026"),
    ] {
        assert_eq!(finds(search, text), search != "er 20", "{search} in {text}");
    }
}

#[test]
fn k12_nothing_to_look_for_is_no_pattern() {
    for search in ["", "  ", "!?%_\"'", "ㆍ", "a b c d e f g h i"] {
        assert_eq!(patterns(search), None, "{search:?}");
    }
}

#[test]
fn a_whole_text_is_equal_only_to_itself() {
    assert_eq!(whole("서울"), whole(" 서울 "));
    assert!(!whole("서울시").contains(&whole("서울")));
}

proptest! {
    #[test]
    fn k12_every_run_of_two_syllables_is_found(text in "[가-힣]{2,12}", at in 0..11_usize, len in 2..6_usize) {
        let syllables: Vec<char> = text.chars().collect();
        let at = at % (syllables.len() - 1);
        let part: String = syllables[at..(at + len).min(syllables.len())].iter().collect();
        prop_assert!(finds(&part, &text), "{part} in {text}");
    }

    #[test]
    fn k12_a_pattern_holds_letters_and_digits_only_and_three_of_them(search in ".{0,40}") {
        for pattern in patterns(&search).into_iter().flatten() {
            prop_assert!(pattern.chars().all(char::is_alphanumeric), "{pattern:?}");
            prop_assert!(pattern.chars().count() >= GROUP);
        }
    }
}
