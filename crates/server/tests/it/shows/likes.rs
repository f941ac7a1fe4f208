//! Likes.

use futures_util::future::join_all;
use reqwest::StatusCode;

use super::{Shows, delete, page, put, refused, titles};

/// A like counts once, and taking it back as well.
pub(super) async fn once(shows: &Shows) {
    let (first, second) = (shows.add("가", 5).await, shows.add("나", 6).await);
    let fan = shows.server.fan();
    // A visitor who never liked anything likes nothing.
    let card = &page(&fan, "/api/concerts?list=soon").await.concerts[0];
    assert_eq!(card.liked, None);
    assert_eq!(titles(&fan, "/api/likes").await, [""; 0]);
    let path = format!("/api/concerts/{}/like", first.id);
    let likes = join_all((0..20).map(|_| put(&fan, &path))).await;
    assert!(likes.iter().all(|status| *status == StatusCode::NO_CONTENT), "{likes:?}");
    assert_eq!(titles(&fan, "/api/likes").await, ["가"]);
    put(&fan, &format!("/api/concerts/{}/like", second.id)).await;
    assert_eq!(titles(&fan, "/api/likes").await, ["나", "가"]);
    assert_eq!(page(&fan, "/api/concerts?list=soon").await.concerts[0].liked, Some(true));
    // Others do not see it.
    assert_eq!(titles(&shows.server.fan(), "/api/likes").await, [""; 0]);
    for _ in 0..2 {
        assert_eq!(delete(&fan, &path).await, StatusCode::NO_CONTENT);
        assert_eq!(titles(&fan, "/api/likes").await, ["나"]);
    }
    let card = &page(&fan, "/api/concerts?list=soon").await.concerts[0];
    assert_eq!(card.liked, Some(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn k41_a_like_counts_once_however_often_and_at_once_it_is_said() {
    once(&Shows::open(None).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k41_a_like_of_what_does_not_exist_is_refused_and_likes_outlive_a_restart() {
    let mut shows = Shows::open(None).await;
    let kept = shows.add("가", 5).await;
    let fan = shows.server.fan();
    fan.get("/api/likes").await;
    for id in ["999999", "0", "-1", "041", "x", "99999999999999999999"] {
        let answer =
            fan.send(reqwest::Method::PUT, &format!("/api/concerts/{id}/like"), &[], None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
        assert_eq!(answer.code(), "no-such-concert", "{id}");
    }
    put(&fan, &format!("/api/concerts/{}/like", kept.id)).await;
    shows.server.stop().await;
    shows.server.start().await;
    let fan = fan.moved(&shows.server);
    assert_eq!(titles(&fan, "/api/likes").await, ["가"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn k41_the_likes_of_one_person_are_no_list_of_another() {
    let shows = Shows::open(None).await;
    let (fan, other) = (shows.server.fan(), shows.server.fan());
    fan.get("/api/likes").await;
    other.get("/api/likes").await;
    for number in 0..3 {
        let kept = shows.add(&format!("{number}"), 5).await;
        for one in [&fan, &other] {
            assert_eq!(
                put(one, &format!("/api/concerts/{}/like", kept.id)).await,
                StatusCode::NO_CONTENT
            );
        }
    }
    let first = page(&fan, "/api/likes?rows=1").await;
    let path = format!("/api/likes?rows=1&after={}", first.next.unwrap());
    assert_eq!(titles(&fan, &path).await, ["1"]);
    refused(&other, &path, 422, "cursor-invalid").await;
}
