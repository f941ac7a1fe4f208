//! Invented names.

use std::collections::BTreeSet;

use super::*;

#[test]
fn k26_titles_differ_and_are_in_three_languages() {
    let titles: BTreeSet<String> = (0..20_000).map(|number| title(7, number).0).collect();
    assert_eq!(titles.len(), 20_000);
    let count = |test: fn(char) -> bool| titles.iter().filter(|title| title.contains(test)).count();
    let (korean, kana) =
        (count(|c| ('가'..='힣').contains(&c)), count(|c| ('ぁ'..='ヶ').contains(&c)));
    assert!((11_000..13_000).contains(&korean), "{korean}");
    assert!((3_500..4_500).contains(&kana), "{kana}");
    assert!(titles.iter().all(|title| title.chars().count() <= crate::limits::NAME_CHARS_MAX));
    assert_eq!(title(7, 4711), title(7, 4711));
}

#[test]
fn k26_a_hundred_performers_and_ninety_six_venues_have_names_of_their_own() {
    let stock = Stock {
        plans: vec![PlanOffer { name: "hall".to_owned(), grades: Vec::new() }],
        styles: vec!["n-style".to_owned()],
    };
    let performers: BTreeSet<String> = performers(7).into_iter().map(|one| one.name).collect();
    assert_eq!(performers.len(), 100);
    let venues: BTreeSet<_> = venues(&stock).into_iter().map(|one| (one.city, one.name)).collect();
    assert_eq!(venues.len(), 96);
}
