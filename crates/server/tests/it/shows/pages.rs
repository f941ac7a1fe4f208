//! The page of a concert, pictures and tags.

use protocol::{Concert, OpeningStage, Performance};
use reqwest::StatusCode;

use super::{DAY, Shows, performer, put, refused};
use crate::test_server::Fan;

async fn concert(fan: &Fan, id: &str) -> Concert {
    fan.get(&format!("/api/concerts/{id}")).await.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn k38_the_page_of_a_concert_tells_everything_about_it() {
    let shows = Shows::open(None).await;
    let band = performer(&shows.host, "달무리").await;
    let mut new = shows.concert("겨울 바다", 50);
    new["description"] = "바다의 노래".into();
    new["performers"] = serde_json::json!([band]);
    let mut later = new["performances"][0].clone();
    later["starts_at_ms"] = (shows.now + 30 * DAY).into();
    later["opens_at_ms"] = (shows.now + DAY).into();
    later["closes_at_ms"] = (shows.now + 2 * DAY).into();
    later["rivals"] = 1000.into();
    new["performances"].as_array_mut().unwrap().push(later);
    let kept = shows.keep(&new).await;
    let found = concert(&shows.server.fan(), &kept.id).await;
    assert_eq!(
        (found.card.title.as_str(), found.description.as_str()),
        ("겨울 바다", "바다의 노래")
    );
    assert_eq!((found.card.venue.as_str(), found.card.zone.as_str()), ("물마루홀", "Asia/Seoul"));
    assert_eq!(found.venue_id, shows.venue);
    assert_eq!((found.grades[0].name.as_str(), found.grades[0].price_won), ("R", 50_000));
    assert_eq!(found.performers[0].name, "달무리");
    let plan = shows.host.get(&format!("/api/plans/{}", found.plan.address.unwrap())).await;
    assert_eq!(plan.json::<protocol::PlanView>().name, "nook");
    let ids: Vec<&str> = found.performances.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, kept.performances);
    let [first, second] = &found.performances[..] else { panic!("two performances") };
    assert_eq!(first.opening.stage, OpeningStage::Before);
    assert!(!first.opening.is_practice);
    assert_eq!(second.opening.stage, OpeningStage::Before);
    assert!(second.opening.is_practice);
    assert_eq!((first.seats_left.as_ref(), first.opening.race.as_deref()), (None, None));
    let path = format!("/api/performances/{}", first.id);
    assert_eq!(&shows.host.get(&path).await.json::<Performance>(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn k38_what_does_not_exist_is_not_found_and_never_a_fault() {
    let shows = Shows::open(None).await;
    let fan = shows.server.fan();
    for id in ["1", "0", "-1", "1.5", "x", "%00", "99999999999999999999"] {
        refused(&fan, &format!("/api/concerts/{id}"), 404, "no-such-concert").await;
        refused(&fan, &format!("/api/concerts/{id}/poster.svg"), 404, "no-such-concert").await;
        refused(&fan, &format!("/api/performances/{id}"), 404, "no-such-performance").await;
        refused(&fan, &format!("/api/performers/{id}/picture.svg"), 404, "not-found").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k42_a_client_that_has_the_answer_is_told_so() {
    let shows = Shows::open(None).await;
    let kept = shows.add("가", 50).await;
    let fan = shows.server.fan();
    fan.get("/api/clock").await;
    let (page, list) = (format!("/api/concerts/{}", kept.id), "/api/concerts?list=soon");
    for path in [page.as_str(), list, "/api/likes", "/api/banners"] {
        let first = fan.get(path).await;
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(first.headers["cache-control"], "private, no-cache", "{path}");
        let again = [("if-none-match", tag.as_str())];
        let second = fan.send(reqwest::Method::GET, path, &again, None).await;
        assert_eq!((second.status, second.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        // A like changes what is told.
        put(&fan, &format!("{page}/like")).await;
        let third = fan.send(reqwest::Method::GET, path, &again, None).await;
        assert_eq!(third.status, StatusCode::OK, "{path}");
        super::delete(&fan, &format!("{page}/like")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k42_a_poster_is_kept_for_ever_at_its_path_and_holds_no_script() {
    let shows = Shows::open(None).await;
    let band = performer(&shows.host, "<script>alert(1)</script>").await;
    let mut new = shows.concert("\"><script>alert(1)</script>&", 50);
    new["performers"] = serde_json::json!([band]);
    let kept = shows.keep(&new).await;
    let fan = shows.server.fan();
    let found = concert(&shows.server.fan(), &kept.id).await;
    for path in [&found.card.poster, &found.performers[0].picture] {
        let picture = fan.get(path).await;
        assert_eq!(picture.status, StatusCode::OK);
        assert_eq!(picture.headers["content-type"], "image/svg+xml");
        assert_eq!(picture.headers["cache-control"], "public, max-age=31536000, immutable");
        assert!(!picture.headers.contains_key("set-cookie"), "a cache would give it to others");
        let policy = picture.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"));
        let text = picture.text();
        assert!(text.starts_with("<svg") && !text.contains("<script"), "{text}");
        let (bare, _) = path.split_once('?').unwrap();
        for other in [bare.to_owned(), format!("{bare}?v=0000000000000000")] {
            assert_eq!(fan.get(&other).await.headers["cache-control"], "no-cache", "{other}");
        }
    }
    // Another title is another path.
    let mut changed = new;
    changed["title"] = "나".into();
    let path = format!("/api/admin/concerts/{}", kept.id);
    let body = Some(changed.to_string().into_bytes());
    let answer = shows.host.send(reqwest::Method::PUT, &path, &[], body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_ne!(concert(&fan, &kept.id).await.card.poster, found.card.poster);
}
