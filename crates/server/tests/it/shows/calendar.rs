//! The calendar, and files for calendars.

use protocol::Calendar;
use reqwest::StatusCode;

use super::{DAY, MINUTE, Shows, put, refused, venue};
use crate::test_server::Fan;

/// The first of January 2100 in UTC.
const FAR: i64 = 4_102_444_800_000;

async fn calendar(fan: &Fan, query: &str) -> Vec<(String, u32)> {
    let answer = fan.get(&format!("/api/calendar?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    let calendar: Calendar = answer.json();
    let entries = calendar.entries.into_iter();
    entries.map(|entry| (entry.concert.title, entry.performance_count)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn k43_the_calendar_shows_the_openings_of_days_at_the_venue() {
    let shows = Shows::open(None).await;
    let york = venue(&shows.host, "Lantern Hall", "New York", "America/New_York").await;
    let kept = |title: &str, venue: &str, opens_at: i64| {
        super::concert(title, venue, opens_at, opens_at + 20 * DAY)
    };
    // Both open on the second of January there, the first nearly a day before the other.
    let mut seoul = kept("서울", &shows.venue, FAR + 16 * 60 * MINUTE);
    let mut second = seoul["performances"][0].clone();
    second["starts_at_ms"] = (FAR + 22 * DAY).into();
    seoul["performances"].as_array_mut().unwrap().push(second);
    let seoul = shows.keep(&seoul).await;
    shows.keep(&kept("York", &york, FAR + 47 * 60 * MINUTE)).await;
    let fan = shows.server.fan();
    let found = [("서울".to_owned(), 2), ("York".to_owned(), 1)];
    assert_eq!(calendar(&fan, "from=2100-01-02&to=2100-01-02").await, found);
    assert_eq!(calendar(&fan, "from=2100-01-01&to=2100-01-01").await, []);
    // Only what is liked.
    let liked = "from=2100-01-01&to=2100-01-31&liked=true";
    assert_eq!(calendar(&fan, liked).await, []);
    put(&fan, &format!("/api/concerts/{}/like", seoul.id)).await;
    assert_eq!(calendar(&fan, liked).await, found[..1]);
    for query in [
        "from=2100-01-01",
        "to=2100-01-01",
        "from=2100-01-01&to=2100-04-11",
        "from=2100-01-02&to=2100-01-01",
        "from=2100-01-01&to=2100-01-02&liked=maybe",
        "from=&to=",
    ] {
        refused(&fan, &format!("/api/calendar?{query}"), 422, "query-invalid").await;
    }
    calendar(&fan, "from=2100-01-01&to=2100-04-10").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k43_openings_can_be_put_into_a_calendar() {
    let shows = Shows::open(None).await;
    let (first, second) = (shows.add("겨울; 바다, 노래", 50).await, shows.add("지난", -5).await);
    let fan = shows.server.fan();
    let file = fan.get(&format!("/api/concerts/{}/opening.ics", first.id)).await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    let text = file.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.contains(&format!("UID:performance-{}@tingting\r\n", first.performances[0])));
    assert!(text.contains(r"겨울\; 바다\, 노래"), "{text}");
    assert!(text.contains("TRIGGER:-PT10M\r\n") && text.contains("/concerts/"), "{text}");
    refused(&fan, "/api/concerts/999999/opening.ics", 404, "no-such-concert").await;
    // Of the liked ones those that are still to come.
    let empty = fan.get("/api/likes/openings.ics").await.text();
    assert!(!empty.contains("BEGIN:VEVENT"));
    for kept in [&first, &second] {
        put(&fan, &format!("/api/concerts/{}/like", kept.id)).await;
    }
    let text = fan.get("/api/likes/openings.ics").await.text();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    assert!(text.contains(&format!("performance-{}@", first.performances[0])));
}
