//! Lists, the calendar and the page of a concert.

use std::collections::BTreeSet;

use catalogue::{Catalogue, Days, GuestKey, Listed, Page, SaleEvent, SaleNumber, UtcMs};

use crate::given::*;

fn listed(page: &Page<Listed>) -> Vec<(&str, i64)> {
    let rows = page.rows.iter();
    rows.map(|row| (row.card.title.as_str(), (row.opens_at.0 - NOW.0) / MINUTE)).collect()
}

/// Concerts that open so many minutes after now, each with the title of that number.
async fn openings(catalogue: &Catalogue, minutes: &[i64]) {
    let venue = venue(catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    for minute in minutes {
        add(catalogue, concert(&minute.to_string(), venue, NOW.after(minute * MINUTE))).await;
    }
}

pub(crate) async fn k6_on_sale_lists_what_is_open_the_latest_opening_first(given: Given) {
    let catalogue = given.open().await;
    openings(&catalogue, &[-60, -59, -5, 0, 1, -300]).await;
    let page = catalogue.on_sale(NOW, &all()).await.unwrap();
    assert_eq!(listed(&page), [("0", 0), ("-5", -5), ("-59", -59)]);
    assert_eq!(page.next, None);
    // A sale that is over before its window ends is not on sale.
    let sold_out = page.rows[1].performance;
    catalogue.begin_opening(sold_out, SaleNumber(9)).await.unwrap();
    let ended = [SaleEvent::Ended { at: NOW }];
    catalogue.apply(SaleNumber(9), catalogue::LogSeq(1), &ended).await.unwrap();
    let page = catalogue.on_sale(NOW, &all()).await.unwrap();
    assert_eq!(listed(&page), [("0", 0), ("-59", -59)]);
}

pub(crate) async fn k7_opening_soon_lists_what_opens_the_nearest_first(given: Given) {
    let catalogue = given.open().await;
    openings(&catalogue, &[30, 5, 0, -5, 1]).await;
    // Three performances, of which two open together and one opened before.
    let mut many = concert("many", page_venue(&catalogue).await, NOW.after(-MINUTE));
    for (opens, starts) in [(10, 20), (10, 21), (12, 22)] {
        let opens_at = NOW.after(opens * MINUTE);
        many.performances.push(performance(opens_at, NOW.after(starts * DAY)));
    }
    let kept = add(&catalogue, many).await;
    let page = catalogue.opening_soon(NOW, &all()).await.unwrap();
    assert_eq!(listed(&page), [("1", 1), ("5", 5), ("many", 10), ("30", 30)]);
    assert_eq!(page.rows[2].performance, kept.performances[1]);
    let page = catalogue.on_sale(NOW, &all()).await.unwrap();
    assert_eq!(listed(&page), [("0", 0), ("many", -1), ("-5", -5)]);
    // Each concert once, although two of its openings are open.
    let page = catalogue.on_sale(NOW.after(12 * MINUTE), &all()).await.unwrap();
    assert_eq!(listed(&page), [("many", 12), ("5", 5), ("1", 1), ("0", 0), ("-5", -5)]);
    // A page is full, and holds no place for what it does not show.
    let page = catalogue.on_sale(NOW.after(12 * MINUTE), &rows(3, None)).await.unwrap();
    assert_eq!(listed(&page), [("many", 12), ("5", 5), ("1", 1)]);
    let page = catalogue.opening_soon(NOW, &rows(4, None)).await.unwrap();
    assert_eq!((page.rows.len(), page.next), (4, None));
}

async fn page_venue(catalogue: &Catalogue) -> catalogue::VenueId {
    venue(catalogue, "은물결 콘서트홀", "부산", "Asia/Seoul").await
}

pub(crate) async fn k9_pages_show_each_concert_once_while_others_are_added(given: Given) {
    let catalogue = given.open().await;
    let minutes: Vec<i64> = (0..25).chain([7, 7, 7]).collect();
    openings(&catalogue, &minutes).await;
    let venue = page_venue(&catalogue).await;
    let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let now = NOW.after(-1);
        let page = catalogue.opening_soon(now, &rows(4, after)).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.card.id));
        // One before and one behind the place of the cursor.
        for minute in [0, 100 + pages] {
            add(&catalogue, concert("late", venue, NOW.after(minute * MINUTE))).await;
        }
        pages += 1;
        after = page.next;
        if after.is_none() || pages > 15 {
            break;
        }
    }
    let distinct: BTreeSet<_> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len());
    assert!(seen.len() >= minutes.len(), "{}", seen.len());
    // A cursor of one list is none of another.
    let first = catalogue.opening_soon(NOW, &rows(4, None)).await.unwrap();
    assert!(catalogue.on_sale(NOW, &rows(4, first.next)).await.is_err());
    // A page is never larger than the limit.
    let page = catalogue.opening_soon(NOW, &rows(u32::MAX, None)).await.unwrap();
    assert!(page.rows.len() <= 100);
}

pub(crate) async fn k15_the_calendar_shows_the_openings_of_days_at_the_venue(given: Given) {
    let catalogue = given.open().await;
    let seoul = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let london = venue(&catalogue, "Foghorn Hall", "런던", "Europe/London").await;
    // Half past three in the afternoon of the 29th in London, half past midnight of the 30th in Seoul.
    let moment = UtcMs(NOW.0 + 9 * 60 * MINUTE + 30 * MINUTE);
    let mut twice = concert("twice", seoul, moment);
    twice.performances.push(performance(moment, moment.after(12 * DAY)));
    let twice = add(&catalogue, twice).await;
    add(&catalogue, concert("london", london, moment)).await;
    add(&catalogue, concert("later", seoul, moment.after(3 * DAY))).await;
    let days = |from: &str, to: &str| Days { from: day(from), to: day(to) };
    let entries = async |days: Days, person| {
        let calendar = catalogue.calendar(days, person).await.unwrap();
        assert!(!calendar.is_cut);
        let entries = calendar.entries.into_iter();
        entries.map(|entry| (entry.card.title, entry.performance_count)).collect::<Vec<_>>()
    };
    let expected = |list: &[(&str, u32)]| -> Vec<(String, u32)> {
        list.iter().map(|(title, count)| ((*title).to_owned(), *count)).collect()
    };
    assert_eq!(entries(days("2026-11-29", "2026-11-29"), None).await, expected(&[("london", 1)]));
    assert_eq!(entries(days("2026-11-30", "2026-11-30"), None).await, expected(&[("twice", 2)]));
    let all_days = days("2026-11-01", "2026-12-31");
    assert_eq!(entries(all_days, None).await.len(), 3);
    assert_eq!(entries(days("2026-12-31", "2026-11-01"), None).await.len(), 0);
    let person = catalogue.take_in(GuestKey(5), NOW).await.unwrap();
    assert_eq!(entries(all_days, Some(person)).await, expected(&[]));
    catalogue.like(person, twice.id, NOW).await.unwrap();
    assert_eq!(entries(all_days, Some(person)).await, expected(&[("twice", 2)]));
}

pub(crate) async fn k18_the_page_of_a_concert_has_everything(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let second = performer(&catalogue, "Paper Heron Trio").await;
    let first = performer(&catalogue, "달무리 밴드").await;
    let mut new = concert("겨울 바다", venue, NOW);
    new.description.push_str("두 시간");
    new.performers = vec![first, second];
    new.performances.insert(0, performance(NOW.after(DAY), NOW.after(12 * DAY)));
    let kept = add(&catalogue, new.clone()).await;
    let page = catalogue.concert(kept.id).await.unwrap().unwrap();
    assert_eq!((page.card.title.as_str(), page.description.as_str()), ("겨울 바다", "두 시간"));
    assert_eq!((page.card.venue.as_str(), page.card.city.as_str()), ("물마루홀", "서울"));
    assert_eq!((page.card.zone.as_str(), page.plan.as_str()), ("Asia/Seoul", "hall"));
    assert_eq!((page.card.first_day, page.card.last_day), (day("2026-12-09"), day("2026-12-11")));
    assert_eq!(page.card.books_from, NOW);
    assert_eq!(page.card.books_until, NOW.after(DAY + 60 * MINUTE));
    assert_eq!(page.card.poster_seed, new.poster_seed);
    assert_eq!(page.card.performers, ["달무리 밴드", "Paper Heron Trio"]);
    assert_eq!(page.performers[0].picture_seed, u64::MAX);
    assert_eq!(page.grades, new.grades);
    let ids: Vec<_> = page.performances.iter().map(|one| one.id).collect();
    assert_eq!(ids, [kept.performances[1], kept.performances[0]]);
    for one in &page.performances {
        assert_eq!(one.opening.performance, one.id);
        assert_eq!(one.opening.concert, kept.id);
    }
    let opening = &page.performances[0].opening;
    assert_eq!((opening.opens_at, opening.rivals, opening.seats_per_person), (NOW, 1000, 4));
    assert_eq!(opening.cancelled_seats, catalogue::CancelledSeats::InBatches);
    assert_eq!((opening.sale, opening.ended_at), (None, None));
    assert_eq!(catalogue.concert(NOWHERE).await.unwrap(), None);
}
