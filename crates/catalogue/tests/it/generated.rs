//! Generated concerts.

use catalogue::{
    Catalogue, Days, Engine, GuestKey, LogSeq, OriginalScale, SaleNumber, Search, Stage,
};

use crate::given::*;
use crate::projection::booked;

async fn numbers(given: &Given) -> String {
    let beside = given.beside().await;
    let mut numbers = Vec::new();
    for table in
        ["venues", "performers", "people", "concerts", "performances", "openings", "grades"]
    {
        let count = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}");
        numbers.push(format!("{table} {}", beside.read(&count).await));
    }
    numbers.join(", ")
}

async fn soon(catalogue: &Catalogue) -> Vec<(String, u64, i64)> {
    let page = catalogue.opening_soon(NOW, &all()).await.unwrap();
    let rows = page.rows.into_iter();
    rows.map(|row| (row.card.title, row.card.poster_seed, row.opens_at.0)).collect()
}

pub(crate) async fn k26_equal_seeds_give_equal_concerts(given: Given) {
    let catalogue = given.open().await;
    catalogue.renew_demo(NOW, 7, &stock()).await.unwrap();
    let first = soon(&catalogue).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Given::file(folder.path()).open().await;
    other.renew_demo(NOW, 7, &stock()).await.unwrap();
    assert_eq!(soon(&other).await, first);
    let folder = tempfile::tempdir().unwrap();
    let other = Given::file(folder.path()).open().await;
    other.renew_demo(NOW, 8, &stock()).await.unwrap();
    assert_ne!(soon(&other).await, first);
}

pub(crate) async fn k27_the_demo_renews_itself_and_forgets_within_a_bound(given: Given) {
    let catalogue = given.open().await;
    let renewed = catalogue.renew_demo(NOW, 7, &stock()).await.unwrap();
    assert!((38..=42).contains(&renewed.added), "{renewed:?}");
    assert_eq!(catalogue.renew_demo(NOW, 7, &stock()).await.unwrap().added, 0);
    let soon = catalogue.opening_soon(NOW, &all()).await.unwrap();
    assert!(soon.rows[0].opens_at.0 - NOW.0 <= 4 * MINUTE);
    assert!(!catalogue.on_sale(NOW, &all()).await.unwrap().rows.is_empty());
    let days = Days { from: day("2026-11-29"), to: day("2026-12-06") };
    assert!(catalogue.calendar(days, None).await.unwrap().entries.len() >= 30);
    // One that somebody booked stays for the sake of the booking.
    let (performance, sale) = (soon.rows[0].performance, SaleNumber(77));
    catalogue.begin_opening(performance, sale).await.unwrap();
    catalogue.apply(sale, LogSeq(1), &[booked(1, 5, &[1])]).await.unwrap();
    let unbooked = SaleNumber(78);
    catalogue.begin_opening(soon.rows[1].performance, unbooked).await.unwrap();
    let mut forgotten = Vec::new();
    for hours in (2..80).step_by(6) {
        let now = NOW.after(hours * 60 * MINUTE);
        let renewed = catalogue.renew_demo(now, 7, &stock()).await.unwrap();
        assert!(renewed.added <= 42, "{renewed:?}");
        forgotten.extend(renewed.forgotten);
        assert!(!catalogue.on_sale(now, &all()).await.unwrap().rows.is_empty());
        let soon = catalogue.opening_soon(now, &all()).await.unwrap();
        assert!(soon.rows[0].opens_at.0 - now.0 <= 4 * MINUTE);
    }
    assert_eq!(forgotten, [unbooked]);
    let person = catalogue.person(GuestKey(5)).await.unwrap().unwrap();
    assert_eq!(catalogue.bookings(person, &all()).await.unwrap().rows.len(), 1);
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM concerts";
    let kept: u32 = given.beside().await.read(count).await.parse().unwrap();
    assert!(kept < 400, "{kept}");
    // It stays until a month after its last performance. Then that one goes too, and no row of what is gone can be found.
    let last = "SELECT CAST(MAX(starts_at_ms) AS TEXT) FROM openings WHERE concert =
         (SELECT concert FROM openings WHERE sale = 77)";
    let last = catalogue::UtcMs(given.beside().await.read(last).await.parse().unwrap());
    assert!(last.0 > NOW.0 + DAY, "it is played long after it was sold");
    let renewed = catalogue.renew_demo(last.after(30 * DAY - 1), 7, &stock()).await.unwrap();
    assert!(!renewed.forgotten.contains(&sale));
    assert_eq!(catalogue.bookings(person, &all()).await.unwrap().rows.len(), 1);
    let now = last.after(30 * DAY);
    let mut renewed = catalogue.renew_demo(now, 7, &stock()).await.unwrap();
    assert!(renewed.forgotten.contains(&sale));
    assert_eq!(catalogue.bookings(person, &all()).await.unwrap().rows.len(), 0);
    renewed = catalogue.renew_demo(now, 7, &stock()).await.unwrap();
    assert_eq!(renewed.forgotten, []);
    let search = Search { words: Some("ㅋㅅㅌ".to_owned()), ..Search::default() };
    let found = catalogue.search(&search, &all()).await.unwrap();
    assert!(!found.rows.is_empty());
    assert!(found.rows.iter().all(|card| card.books_until.0 > now.0 - 2 * DAY));
}

pub(crate) async fn k28_the_original_in_small_has_its_proportions_and_goes_on_after_a_stop(
    given: Given,
) {
    let catalogue = given.open().await;
    let make = async |concerts: u64| {
        let mut stages = Vec::new();
        let scale = OriginalScale { concerts };
        let keep = |progress: catalogue::Progress| stages.push(progress);
        catalogue.generate_original(scale, NOW, 7, &stock(), keep).await.unwrap();
        stages
    };
    let stages = make(1200).await;
    assert_eq!(stages.last().unwrap().stage, Stage::Indexes);
    assert!(stages.iter().all(|one| one.done <= one.total));
    let first = numbers(&given).await;
    let (head, rest) = first.split_once(", performances ").unwrap();
    assert_eq!(head, "venues 96, performers 100, people 2679, concerts 1200");
    let performances: u32 = rest.split(',').next().unwrap().parse().unwrap();
    assert!((3300..3900).contains(&performances), "{performances}");
    // Again: nothing more. Further: only what is missing.
    make(1200).await;
    assert_eq!(numbers(&given).await, first);
    make(1300).await;
    assert!(numbers(&given).await.contains("people 2903, concerts 1300"));
    // Some are on sale, some open soon, some are long past.
    assert!(!catalogue.on_sale(NOW, &all()).await.unwrap().rows.is_empty());
    assert_eq!(catalogue.opening_soon(NOW, &all()).await.unwrap().rows.len(), 100);
    let page = catalogue.search(&Search::default(), &all()).await.unwrap();
    assert!(page.rows[0].last_day < day("2023-01-01"));
    assert_eq!(page.rows.len(), 100);
}

/// The names of all indexes.
async fn indexes(given: &Given, engine: Engine) -> String {
    let sql = match engine {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name",
        Engine::Postgres => {
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexdef"
        }
    };
    given.beside().await.read(sql).await
}

pub(crate) async fn k60_a_run_that_is_broken_off_leaves_no_index_out(given: Given) {
    let catalogue = given.open().await;
    let engine = catalogue.engine();
    let usual = indexes(&given, engine).await;
    assert!(usual.contains("openings_by_moment") && usual.contains("guests_by_person"));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut stop = Some(stop);
    // More than SQLite's index of letters has room for trees.
    let scale = OriginalScale { concerts: 4200 };
    let tell = |progress: catalogue::Progress| {
        if progress.stage == Stage::Concerts {
            drop(stop.take());
        }
    };
    let stock = stock();
    let make = catalogue.generate_original(scale, NOW, 7, &stock, tell);
    tokio::select! {
        biased;
        _ = stopped => {}
        _ = make => panic!("it was not broken off"),
    }
    let left = indexes(&given, engine).await;
    assert!(!left.contains("openings_by_moment"), "they were set aside: {left}");
    assert!(left.contains("booking_seats_one_live"), "rules stay: {left}");
    catalogue.close().await.unwrap();
    let catalogue = given.open().await;
    assert_eq!(indexes(&given, engine).await, usual);
    catalogue.generate_original(scale, NOW, 7, &stock, |_| {}).await.unwrap();
    assert_eq!(indexes(&given, engine).await, usual);
    let search = Search { words: Some("ㅋㅅㅌ".to_owned()), ..Search::default() };
    assert!(!catalogue.search(&search, &all()).await.unwrap().rows.is_empty());
}
