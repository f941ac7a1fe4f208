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
    for seed in 0..200 {
        for svg in [
            poster(seed, "</svg><script>alert(1)</script> \"&\u{0}", "<a href='x'>"),
            portrait(seed, "<image href=\"http://a\"/>"),
        ] {
            assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"), "{svg}");
            assert_eq!(svg.matches("</svg>").count(), 1);
            for word in ["<script", "<image", "<a ", "style=", "\u{0}"] {
                assert!(!svg.contains(word), "{word} in {svg}");
            }
            assert!(svg.len() < 8_000, "{} bytes", svg.len());
        }
    }
}

/// What a screen makes of two colours, from 1 to 21, as the rules of accessible pages reckon it.
fn contrast(one: &str, other: &str) -> f64 {
    let light = |colour: &str| {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let share = f64::from(value) / 255.0;
            if share <= 0.039_28 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_words_of_every_poster_are_easy_to_read_on_its_ground() {
    for seed in 0..200 {
        let palette = Palette::drawn(Stream::new(seed, POSTER, 0));
        let found = contrast(palette.ink, palette.ground);
        assert!(found > 10.0, "{} on {}: {found:.1}", palette.ink, palette.ground);
    }
}
