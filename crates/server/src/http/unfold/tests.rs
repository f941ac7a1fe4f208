//! Tests: what chat apps are shown of a link.

use super::*;

const BUILT: &str = "<html><head><title>팅팅</title><meta name=\"x\" /></head><body></body></html>";

#[test]
fn a78_the_page_of_a_room_has_a_title_and_a_picture_that_cannot_break_out() {
    let said = Said { title: "\"><script>alert(1)</script>".to_owned(), line: "line" };
    let page = unfold(BUILT, &said, "http://a.example/pictures/room.png");
    assert!(!page.contains("<script>") && page.matches("<title>").count() == 1);
    assert!(page.contains("&quot;&gt;&lt;script&gt;"));
    let image = r#"<meta property="og:image" content="http://a.example/pictures/room.png" />"#;
    assert!(page.contains(image) && page.contains("<meta name=\"x\" />"));
}

#[test]
fn a78_the_address_of_the_picture_names_the_host_of_the_request() {
    let with = |host: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        headers
    };
    let (plain, secure) = ("http://a.example:8080", "https://a.example:8080");
    assert_eq!(absolute(&with("a.example:8080"), false), format!("{plain}{PICTURE_PATH}"));
    assert_eq!(absolute(&with("a.example:8080"), true), format!("{secure}{PICTURE_PATH}"));
    for odd in ["x@a.example", "a b", "\"><b>", ""] {
        assert_eq!(absolute(&with(odd), false), PICTURE_PATH, "{odd}");
    }
    assert_eq!(absolute(&HeaderMap::new(), true), PICTURE_PATH);
}
