//! Which sales begin, and which are under way.

use catalogue::{Catalogue, LogSeq, PerformanceId, SaleEvent, SaleNumber, SeatsLeft, SeatsSeen};

use crate::given::*;

pub(crate) async fn k19_openings_are_asked_for_before_they_open_until_each_has_a_sale(
    given: Given,
) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let mut performances = Vec::new();
    for minute in [1, 5, 600, -30, -61] {
        let kept = add(&catalogue, concert("겨울", venue, NOW.after(minute * MINUTE))).await;
        performances.push(kept.performances[0]);
    }
    let due = async |catalogue: &Catalogue| {
        let due = catalogue.openings_to_begin(NOW, NOW.after(10 * MINUTE)).await.unwrap();
        due.into_iter().map(|opening| opening.performance).collect::<Vec<_>>()
    };
    // The one that would have closed is past; the one of ten hours later is not due.
    let expected = [performances[3], performances[0], performances[1]];
    assert_eq!(due(&catalogue).await, expected);
    catalogue.begin_opening(performances[0], SaleNumber(u64::MAX)).await.unwrap();
    assert_eq!(due(&catalogue).await, [performances[3], performances[1]]);
    let under_way = catalogue.openings_under_way(PerformanceId(0)).await.unwrap();
    let under_way: Vec<_> = under_way.iter().map(|one| (one.performance, one.sale)).collect();
    assert_eq!(under_way, [(performances[0], Some(SaleNumber(u64::MAX)))]);
    let behind = catalogue.openings_under_way(performances[0]).await.unwrap();
    assert_eq!(behind, []);
    let ended = [SaleEvent::Ended { at: NOW }];
    catalogue.apply(SaleNumber(u64::MAX), LogSeq(4), &ended).await.unwrap();
    assert_eq!(catalogue.openings_under_way(PerformanceId(0)).await.unwrap(), []);
    let opening = catalogue.opening_of(SaleNumber(u64::MAX)).await.unwrap().unwrap();
    assert_eq!((opening.performance, opening.ended_at), (performances[0], Some(NOW)));
    assert_eq!(catalogue.opening(performances[0]).await.unwrap(), Some(opening));
}

pub(crate) async fn k20_an_opening_has_one_sale(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let first = add(&catalogue, concert("겨울", venue, NOW)).await.performances[0];
    let second = add(&catalogue, concert("여름", venue, NOW)).await.performances[0];
    let begun = catalogue.begin_opening(first, SaleNumber(7)).await.unwrap();
    assert_eq!(begun, SaleNumber(7));
    // Whoever comes second is told the sale that there is.
    assert_eq!(catalogue.begin_opening(first, SaleNumber(8)).await.unwrap(), SaleNumber(7));
    // A sale belongs to one opening.
    assert!(catalogue.begin_opening(second, SaleNumber(7)).await.is_err());
    assert!(catalogue.begin_opening(PerformanceId(4711), SaleNumber(9)).await.is_err());
    assert_eq!(catalogue.opening_of(SaleNumber(8)).await.unwrap(), None);
}

pub(crate) async fn k34_a_page_shows_the_seats_left_that_were_seen_last(given: Given) {
    let catalogue = given.open().await;
    let kept = simple(&catalogue).await;
    let performance = kept.performances[0];
    let left = |section: &str, grade: &str, seats: u32| SeatsLeft {
        section: section.to_owned(),
        grade: grade.to_owned(),
        seats,
    };
    let seen = async || {
        let page = catalogue.concert(kept.id).await.unwrap().unwrap();
        page.performances[0].seats.clone()
    };
    assert_eq!(seen().await, None);
    let first = vec![left("1층 A", "VIP", 12), left("1층 B", "R", 0), left("1층 B", "S", 7)];
    catalogue.set_seats_left(performance, NOW, &first).await.unwrap();
    assert_eq!(seen().await, Some(SeatsSeen { seen_at: NOW, left: first.clone() }));
    let second = vec![left("1층 B", "S", 6)];
    catalogue.set_seats_left(performance, NOW.after(5), &second).await.unwrap();
    catalogue.set_seats_left(performance, NOW.after(4), &first).await.unwrap();
    assert_eq!(seen().await, Some(SeatsSeen { seen_at: NOW.after(5), left: second.clone() }));
    // What cannot be kept changes nothing.
    let twice = [left("1층 B", "S", 1), left("1층 B", "S", 2)];
    assert!(catalogue.set_seats_left(performance, NOW.after(6), &twice).await.is_err());
    assert!(catalogue.set_seats_left(PerformanceId(4711), NOW, &first).await.is_err());
    assert_eq!(seen().await, Some(SeatsSeen { seen_at: NOW.after(5), left: second }));
}
