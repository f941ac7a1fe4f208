//! Titles in lines.

use super::*;

const WIDTH: u32 = 252;

fn set(title: &str) -> (u32, Vec<String>) {
    let title = Title::set(title, WIDTH);
    (title.size(), title.lines().map(|(_, line)| line.to_owned()).collect())
}

#[test]
fn a_title_breaks_at_spaces_and_is_set_as_large_as_fits() {
    let (size, lines) = set("별빛 아래");
    assert_eq!((size, lines), (44, vec!["별빛 아래".to_owned()]));
    let (size, lines) = set("여름밤 고요한 바다의 기억 단독 콘서트");
    assert!(size < 44, "{size}");
    assert_eq!(lines.join(" "), "여름밤 고요한 바다의 기억 단독 콘서트");
}

#[test]
fn no_line_is_wider_than_the_poster_and_no_title_higher_than_half_of_it() {
    for title in [
        "",
        "가",
        &"가".repeat(100),
        &"가나 ".repeat(50),
        &"W".repeat(100),
        "Midsummer Dazzling Umbrella Dance Festival",
    ] {
        let (size, lines) = set(title);
        for line in &lines {
            assert!(width_of(line, size) <= WIDTH, "{line} at {size}");
        }
        assert!(Title::set(title, WIDTH).height() <= 210, "{title}");
        assert!(lines.len() <= LINES_MAX);
    }
}
