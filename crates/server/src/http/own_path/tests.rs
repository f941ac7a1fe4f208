//! Nobody is sent elsewhere.

use super::*;

#[test]
fn l9_a_path_of_this_site_leads_nowhere_else() {
    for path in ["/", "/me", "/concerts/12?tab=seats#here", "/a//b"] {
        assert!(is_own_path(path), "{path}");
    }
    let long = format!("/{}", "a".repeat(HANDOVER_PATH_MAX));
    for other in [
        "",
        "me",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        " /me",
        "/좌석",
        &long,
    ] {
        assert!(!is_own_path(other), "{other:?}");
    }
}
