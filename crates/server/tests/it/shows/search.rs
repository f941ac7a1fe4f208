//! The search.

use super::{DAY, MINUTE, Shows, concert, performer, refused, titles, venue};

/// The first of January 2100 in UTC, far ahead of any test.
const FAR: i64 = 4_102_444_800_000;

/// A text as a parameter of an address.
fn word(text: &str) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    text.bytes().flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A concert that is played once, at this moment.
fn played_at(title: &str, venue: &str, starts_at: i64) -> serde_json::Value {
    concert(title, venue, starts_at - 5 * DAY, starts_at)
}

/// Any mix of words, performer, city and days.
pub(super) async fn any_mix(shows: &Shows) {
    let busan = venue(&shows.host, "은물결", "부산", "Asia/Seoul").await;
    let band = performer(&shows.host, "달무리").await;
    let mut winter = played_at("겨울 바다 콘서트", &shows.venue, FAR);
    winter["performers"] = serde_json::json!([band]);
    shows.keep(&winter).await;
    shows.keep(&played_at("겨울 산", &busan, FAR + DAY)).await;
    shows.keep(&played_at("Summer Night", &busan, FAR + 2 * DAY)).await;
    let fan = shows.server.fan();
    let (winter, mountain, summer) = ("겨울 바다 콘서트", "겨울 산", "Summer Night");
    for (query, found) in [
        (format!("words={}", word("겨울")), vec![winter, mountain]),
        (format!("words={}", word("ㄱㅇㅂㄷ")), vec![winter]),
        (format!("words={}", word("달무리")), vec![winter]),
        (format!("title={}", word("달무리")), vec![]),
        (format!("performer={}", word("달무리")), vec![winter]),
        ("words=summer".to_owned(), vec![summer]),
        (format!("city={}", word("부산")), vec![mountain, summer]),
        (format!("city={}&words={}", word("부산"), word("겨울")), vec![mountain]),
        (format!("city={}", word("대구")), vec![]),
        ("from=2100-01-03".to_owned(), vec![summer]),
        ("to=2100-01-01".to_owned(), vec![winter]),
        ("from=2100-01-02&to=2100-01-02".to_owned(), vec![mountain]),
        (format!("from=2100-01-02&city={}&words=night", word("부산")), vec![summer]),
        ("order=latest".to_owned(), vec![summer, mountain, winter]),
        ("order=earliest".to_owned(), vec![winter, mountain, summer]),
    ] {
        assert_eq!(titles(&fan, &format!("/api/concerts?{query}")).await, found, "{query}");
    }
    let cities: Vec<String> = fan.get("/api/cities").await.json();
    assert_eq!(cities, ["부산", "서울"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_a_search_takes_any_mix_and_either_end_of_a_range_alone() {
    any_mix(&Shows::open(None).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_an_empty_part_of_a_search_matches_everything() {
    let shows = Shows::open(None).await;
    shows.keep(&played_at("가", &shows.venue, FAR)).await;
    shows.keep(&played_at("나", &shows.venue, FAR + DAY)).await;
    let fan = shows.server.fan();
    for query in
        ["words=", "words=&city=&performer=&title=", "city=", "from=&to=", "words=+&after="]
    {
        assert_eq!(titles(&fan, &format!("/api/concerts?{query}")).await, ["가", "나"], "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_a_range_of_days_holds_the_whole_of_its_last_day_at_the_venue() {
    let shows = Shows::open(None).await;
    let york = venue(&shows.host, "Lantern Hall", "New York", "America/New_York").await;
    // 23:50 on the first of January at each venue.
    let late = 23 * 60 * MINUTE + 50 * MINUTE;
    shows.keep(&played_at("서울의 밤", &shows.venue, FAR - 9 * 60 * MINUTE + late)).await;
    shows.keep(&played_at("York Night", &york, FAR + 5 * 60 * MINUTE + late)).await;
    let fan = shows.server.fan();
    let on = |day: &str| format!("/api/concerts?from={day}&to={day}");
    assert_eq!(titles(&fan, &on("2100-01-01")).await, ["서울의 밤", "York Night"]);
    assert_eq!(titles(&fan, &on("2100-01-02")).await, [""; 0]);
    assert_eq!(titles(&fan, &on("2099-12-31")).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_whatever_is_searched_for_is_answered_or_refused_and_never_a_fault() {
    let shows = Shows::open(None).await;
    shows.keep(&played_at("가나다", &shows.venue, FAR)).await;
    let fan = shows.server.fan();
    for text in
        ["'", "\"", "%", "_", "' OR 1=1 --", "*", "AND", "NEAR(a b)", "{title}:x", "\u{0}", "🎫"]
    {
        let answer = fan.get(&format!("/api/concerts?words={}", word(text))).await;
        assert!([200, 422].contains(&answer.status.as_u16()), "{text}: {}", answer.text());
        if answer.status == 200 {
            let found: protocol::ConcertPage = answer.json();
            assert!(found.concerts.is_empty(), "{text}");
        }
    }
    let long = word(&"가".repeat(200));
    refused(&fan, &format!("/api/concerts?words={long}"), 422, "query-invalid").await;
    refused(&fan, "/api/concerts?words=%FF", 422, "query-invalid").await;
}
