//! People and what they like.

use catalogue::limits::LIKES_MAX;
use catalogue::{CatalogueError, GuestKey, PersonId, Unfit};

use crate::given::*;

pub(crate) async fn k1_likes_sent_twice_and_at_once_stand_once(given: Given) {
    let catalogue = given.open().await;
    let concert = simple(&catalogue).await.id;
    let person = catalogue.take_in(GuestKey(1), NOW).await.unwrap();
    let likes: Vec<_> = (0..8)
        .map(|_| {
            let catalogue = catalogue.clone();
            tokio::spawn(async move { catalogue.like(person, concert, NOW).await })
        })
        .collect();
    for like in likes {
        like.await.unwrap().unwrap();
    }
    assert_eq!(titles(&catalogue.favourites(person, &all()).await.unwrap()), ["겨울 바다"]);
    assert!(catalogue.likes(person, concert).await.unwrap());
    let beside = given.beside().await;
    let twice = format!(
        "INSERT INTO favourites (person, concert, liked_at_ms) VALUES ({person}, {concert}, 0)"
    );
    beside.refuses(&twice).await;
    for _ in 0..2 {
        catalogue.unlike(person, concert).await.unwrap();
        assert!(!catalogue.likes(person, concert).await.unwrap());
    }
}

pub(crate) async fn k1_a_concert_that_does_not_exist_cannot_be_liked(given: Given) {
    let catalogue = given.open().await;
    let concert = simple(&catalogue).await.id;
    let person = catalogue.take_in(GuestKey(1), NOW).await.unwrap();
    let refused = catalogue.like(person, NOWHERE, NOW).await;
    assert!(matches!(refused, Err(CatalogueError::Missing("concert"))));
    let refused = catalogue.like(PersonId(4711), concert, NOW).await;
    assert!(matches!(refused, Err(CatalogueError::Missing("person"))));
}

pub(crate) async fn k16_favourites_are_listed_the_newest_first_and_end_at_a_limit(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let new: Vec<_> = (0..5).map(|number| concert(&number.to_string(), venue, NOW)).collect();
    let kept = catalogue.add_concerts(&new).await.unwrap();
    let person = catalogue.take_in(GuestKey(1), NOW).await.unwrap();
    let other = catalogue.take_in(GuestKey(2), NOW).await.unwrap();
    for (minute, number) in [3, 0, 4, 1].into_iter().enumerate() {
        let now = NOW.after(i64::try_from(minute / 2).unwrap());
        catalogue.like(person, kept[number].id, now).await.unwrap();
    }
    let first = catalogue.favourites(person, &rows(3, None)).await.unwrap();
    assert_eq!(titles(&first), ["4", "1", "3"]);
    let second = catalogue.favourites(person, &rows(3, first.next.clone())).await.unwrap();
    assert_eq!(titles(&second), ["0"]);
    assert_eq!(second.next, None);
    assert_eq!(catalogue.favourites(other, &all()).await.unwrap().rows.len(), 0);
    assert!(catalogue.favourites(other, &rows(3, first.next)).await.is_err());
    // Fill up to the limit beside the catalogue, on concerts that look like one another.
    let more: Vec<_> = (0..LIKES_MAX).map(|_| concert("more", venue, NOW)).collect();
    catalogue.add_concerts(&more).await.unwrap();
    let beside = given.beside().await;
    let fill = format!(
        "INSERT INTO favourites (person, concert, liked_at_ms)
         SELECT {person}, id, 0 FROM concerts WHERE title = 'more' ORDER BY id LIMIT {}",
        LIKES_MAX - 4
    );
    beside.run(&fill).await.unwrap();
    let refused = catalogue.like(person, kept[2].id, NOW).await;
    assert!(matches!(refused, Err(CatalogueError::Unfit(Unfit::Likes))));
    // What one likes already is no like more.
    catalogue.like(person, kept[3].id, NOW).await.unwrap();
    assert!(!catalogue.likes(person, kept[2].id).await.unwrap());
}

pub(crate) async fn k17_a_guest_becomes_one_person_however_many_requests_come_at_once(
    given: Given,
) {
    let catalogue = given.open().await;
    assert_eq!(catalogue.person(GuestKey(u128::MAX)).await.unwrap(), None);
    let requests: Vec<_> = (0..8)
        .map(|_| {
            let catalogue = catalogue.clone();
            tokio::spawn(async move { catalogue.take_in(GuestKey(u128::MAX), NOW).await })
        })
        .collect();
    let mut people = Vec::new();
    for request in requests {
        people.push(request.await.unwrap().unwrap());
    }
    people.dedup();
    assert_eq!(people.len(), 1);
    assert_eq!(catalogue.person(GuestKey(u128::MAX)).await.unwrap(), Some(people[0]));
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM people";
    assert_eq!(given.beside().await.read(count).await, "1");
    let other = catalogue.take_in(GuestKey(0), NOW).await.unwrap();
    assert_ne!(other, people[0]);
    assert!(!catalogue.is_administrator(other).await.unwrap());
    for _ in 0..2 {
        catalogue.grant(other, NOW).await.unwrap();
    }
    assert!(catalogue.is_administrator(other).await.unwrap());
    assert!(!catalogue.is_administrator(people[0]).await.unwrap());
}
