//! Pictures from seeds.

use super::*;

#[test]
fn k21_a_picture_is_a_function_of_its_seed_and_words() {
    let first = poster(1, "겨울 바다", "물마루홀");
    assert_eq!(first, poster(1, "겨울 바다", "물마루홀"));
    let others: std::collections::BTreeSet<String> =
        (0..500).map(|seed| poster(seed, "", "")).collect();
    assert!(others.len() > 490, "{} of 500 posters differ", others.len());
    assert_ne!(portrait(1, "한별"), portrait(2, "한별"));
}

#[test]
fn k21_a_picture_refers_to_nothing_outside_and_words_stay_words() {
    for seed in 0..50 {
        for svg in [
            poster(seed, "</svg><script>alert(1)</script> \"&\u{0}", "<a href='x'>"),
            portrait(seed, "<image href=\"http://a\"/>"),
        ] {
            assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"), "{svg}");
            assert_eq!(svg.matches("</svg>").count(), 1);
            for word in ["<script", "<image", "<a ", "style=", "\u{0}"] {
                assert!(!svg.contains(word), "{word} in {svg}");
            }
            assert!(svg.len() < 8_000);
        }
    }
}

#[test]
fn a_long_title_is_broken_into_lines_that_fit() {
    assert_eq!(
        lines("별빛 아래 겨울바다 콘서트"),
        ["별빛 아래", "겨울바다 콘서트"].map(String::from)
    );
    assert_eq!(lines("").len(), 0);
    assert_eq!(lines(&"가".repeat(100)).len(), LINES_MAX);
}
