//! Lists of openings, and their pages.

use std::collections::HashSet;

use super::{Shows, page, refused, titles};

/// On sale and opening soon, in their orders, with the opening that counts.
pub(super) async fn on_sale_and_soon(shows: &Shows) {
    for (title, opens_in) in
        [("열림 5", -5), ("열림 50", -50), ("끝남", -70), ("곧 30", 30), ("곧 2", 2)]
    {
        shows.add(title, opens_in).await;
    }
    let fan = shows.server.fan();
    let on_sale = ["열림 5", "열림 50"];
    assert_eq!(titles(&fan, "/api/concerts").await, on_sale);
    assert_eq!(titles(&fan, "/api/concerts?list=on-sale").await, on_sale);
    assert_eq!(titles(&fan, "/api/concerts?list=soon").await, ["곧 2", "곧 30"]);
    let soon = page(&fan, "/api/concerts?list=soon").await;
    let opening = soon.concerts[0].opening.as_ref().unwrap();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this century")]
    let opens_at = (shows.now + 2 * super::MINUTE) as f64;
    assert!((opening.opens_at_ms - opens_at).abs() < 0.5);
    assert_eq!(soon.next, None);
    let banners: Vec<protocol::ConcertCard> = fan.get("/api/banners").await.json();
    let banners: Vec<&str> = banners.iter().map(|banner| banner.title.as_str()).collect();
    assert_eq!(banners, ["곧 2", "곧 30", "열림 5", "열림 50"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_on_sale_lists_what_is_open_and_soon_what_opens_next() {
    on_sale_and_soon(&Shows::open(None).await).await;
}

/// The pages of a list show each concert once, and a cursor fits its own list alone.
pub(super) async fn cursors(shows: &Shows) {
    for number in 0..8 {
        shows.add(&format!("콘서트 {number}"), 10 + number).await;
    }
    let fan = shows.server.fan();
    let (mut seen, mut path) = (Vec::new(), "/api/concerts?list=soon&rows=3".to_owned());
    let mut cursors = Vec::new();
    loop {
        let page = page(&fan, &path).await;
        seen.extend(page.concerts.into_iter().map(|concert| concert.title));
        let Some(next) = page.next else { break };
        path = format!("/api/concerts?list=soon&rows=3&after={next}");
        cursors.push(next);
        // One that comes between two pages hides none and doubles none.
        shows.add(&format!("나중 {}", cursors.len()), 1).await;
    }
    assert_eq!(seen, (0..8).map(|number| format!("콘서트 {number}")).collect::<Vec<_>>());
    assert_eq!(cursors.iter().collect::<HashSet<_>>().len(), 2);
    let cursor = &cursors[0];
    let mut forged = cursor.clone().into_bytes();
    forged[20] = if forged[20] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    for path in [
        format!("/api/concerts?list=soon&after={forged}"),
        format!("/api/concerts?list=on-sale&after={cursor}"),
        format!("/api/concerts?words=%EC%BD%98%EC%84%9C%ED%8A%B8&after={cursor}"),
        "/api/concerts?list=soon&after=2".to_owned(),
        format!("/api/concerts?list=soon&after={}", "A".repeat(5000)),
    ] {
        refused(&fan, &path, 422, "cursor-invalid").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k40_pages_show_each_concert_once_and_a_forged_cursor_is_refused() {
    let mut shows = Shows::open(None).await;
    cursors(&shows).await;
    // A list goes on after a restart.
    let fan = shows.server.fan();
    let first = page(&fan, "/api/concerts?list=soon&rows=2").await;
    shows.server.stop().await;
    shows.server.start().await;
    let fan = fan.moved(&shows.server);
    let path = format!("/api/concerts?list=soon&rows=2&after={}", first.next.unwrap());
    let second = page(&fan, &path).await;
    assert_eq!(second.concerts.len(), 2);
    assert!(
        second
            .concerts
            .iter()
            .all(|concert| { first.concerts.iter().all(|before| before.id != concert.id) })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_an_unknown_list_order_or_parameter_is_refused_with_the_reason() {
    let shows = Shows::open(None).await;
    let fan = shows.server.fan();
    for query in [
        "list=now",
        "list=",
        "order=opening",
        "orderBy=now",
        "page=1",
        "words=a&words=b",
        "rows=0",
        "rows=101",
        "rows=-1",
        "rows=many",
        "list=soon&words=a",
        "list=on-sale&order=latest",
        "from=2026-2-1",
        "from=20260201",
        "to=2026-02-30",
        "from=2026-02-02&to=2026-02-01",
    ] {
        let answer = refused(&fan, &format!("/api/concerts?{query}"), 422, "query-invalid").await;
        let problem: protocol::Problem = answer.json();
        assert!(!problem.more["reason"].as_str().unwrap().is_empty(), "{query}");
    }
    for path in ["/api/likes?rows=0", "/api/likes?list=soon", "/api/calendar"] {
        refused(&fan, path, 422, "query-invalid").await;
    }
}
