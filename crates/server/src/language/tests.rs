//! How `Accept-Language` chooses the language.

use super::Language;

#[test]
fn a6_the_preferred_language_is_chosen() {
    for (accept, language) in [
        ("", Language::Korean),
        ("en", Language::English),
        ("en-US,en;q=0.9,ko;q=0.8", Language::English),
        ("ko-KR,ko;q=0.9,en;q=0.8", Language::Korean),
        ("fr,en;q=0.1", Language::English),
        ("ja", Language::Korean),
        ("en;q=0,ko;q=0", Language::Korean),
        ("en;q=nonsense", Language::Korean),
    ] {
        assert_eq!(Language::of(accept), language, "{accept}");
    }
}
