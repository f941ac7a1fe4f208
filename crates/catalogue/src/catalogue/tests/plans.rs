//! How SQLite finds the rows of every list: the statements are those that the lists really ask.

use std::sync::{Arc, Mutex};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::super::*;
use crate::{
    Booked, BookedSeat, BookingNumber, Day, Days, Grade, GuestKey, LogSeq, PlanOffer, SaleEvent,
    SaleNumber, Search, SearchOrder, Stock, UtcMs,
};

const NOW: UtcMs = UtcMs(1_795_932_000_000);
const ALL: PageQuery = PageQuery { after: None, rows: 100 };

/// What may be sorted: the few rows of one concert or one person, and the days of a calendar.
const SMALL: [&str; 4] =
    ["openings WHERE concert = $1", "p.concert = $1", "b.person = $1", "opens_on BETWEEN"];

async fn opened(folder: &std::path::Path) -> Catalogue {
    let home = Home::File(folder.join("catalogue.sqlite3"));
    Catalogue::open(CatalogueOptions { home, cursor_key: CursorKey([1; 32]) }).await.unwrap()
}

fn stock() -> Stock {
    let grades = vec![Grade { name: "R".to_owned(), price_won: 165_000 }];
    let plans = vec![PlanOffer { name: "hall".to_owned(), grades }];
    Stock { plans, styles: vec!["n-style".to_owned()] }
}

/// A catalogue with the concerts of the demo, and a guest who likes one and has booked a seat of it.
async fn filled(catalogue: &Catalogue) -> (crate::PersonId, SaleNumber, crate::Card) {
    catalogue.renew_demo(NOW, 7, &stock()).await.unwrap();
    let soon = catalogue.opening_soon(NOW, &ALL).await.unwrap().rows.remove(0);
    let (sale, guest) = (SaleNumber(5), GuestKey(1));
    catalogue.begin_opening(soon.performance, sale).await.unwrap();
    let seat = BookedSeat { seat: 1, place: "1".into(), grade: "R".into(), price_won: 1 };
    let booked = Booked {
        booking: BookingNumber(0),
        guest,
        at: NOW,
        total_won: 1,
        payment: None,
        seats: vec![seat],
    };
    catalogue.apply(sale, LogSeq(1), &[SaleEvent::Booked(booked)]).await.unwrap();
    let person = catalogue.take_in(guest, NOW).await.unwrap();
    catalogue.like(person, soon.card.id, NOW).await.unwrap();
    (person, sale, soon.card)
}

/// Everything that the catalogue asks its readers from now on.
fn hear(catalogue: &mut Catalogue) -> Arc<Mutex<Vec<Statement>>> {
    let heard = Arc::<Mutex<Vec<Statement>>>::default();
    let hearing = Arc::clone(&heard);
    catalogue.connections.read.set_metric_callback(move |info| {
        hearing.lock().unwrap().push(info.statement.clone());
    });
    heard
}

async fn plan(catalogue: &Catalogue, asked: &Statement) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
    let values = asked.values.clone().map(|values| values.0).unwrap_or_default();
    let explain = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    let rows = catalogue.read().query_all_raw(explain).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    lines.join("\n")
}

#[tokio::test]
async fn k31_o44_no_list_reads_a_whole_table_or_sorts() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogue = opened(folder.path()).await;
    let (person, sale, card) = filled(&catalogue).await;
    let heard = hear(&mut catalogue);
    catalogue.on_sale(NOW, &ALL).await.unwrap();
    catalogue.opening_soon(NOW, &ALL).await.unwrap();
    catalogue.favourites(person, &ALL).await.unwrap();
    catalogue.bookings(person, &ALL).await.unwrap();
    catalogue.points(person, &ALL).await.unwrap();
    catalogue.concert(card.id).await.unwrap();
    let days = Days { from: Day(20_000), to: Day(21_000) };
    catalogue.calendar(days, None).await.unwrap();
    catalogue.openings_to_begin(NOW, NOW).await.unwrap();
    catalogue.opening_of(sale).await.unwrap();
    catalogue.entered_by(person).await.unwrap();
    for order in [SearchOrder::EarliestFirst, SearchOrder::LatestFirst] {
        for search in searches(&card) {
            catalogue.search(&Search { order, ..search }, &ALL).await.unwrap();
        }
    }
    let asked = std::mem::take(&mut *heard.lock().unwrap());
    assert!(asked.len() > 30, "{}", asked.len());
    for one in &asked {
        let plan = plan(&catalogue, one).await;
        let is_scan = |line: &str| line.contains("SCAN") && !line.contains("VIRTUAL TABLE INDEX");
        assert!(!plan.lines().any(is_scan), "{}\n{plan}", one.sql);
        let is_small = SMALL.iter().any(|small| one.sql.contains(small));
        assert!(is_small || !plan.contains("TEMP B-TREE"), "{}\n{plan}", one.sql);
    }
}

/// Each filter by itself, and several at once.
fn searches(card: &crate::Card) -> Vec<Search> {
    let none = Search::default;
    let days = Some(Days { from: card.first_day, to: card.last_day });
    vec![
        none(),
        Search { words: Some("밤".to_owned()), ..none() },
        Search { words: Some("ㅂ 밤".to_owned()), ..none() },
        Search { title: Some("밤".to_owned()), ..none() },
        Search { performer: Some("ㅁ".to_owned()), ..none() },
        Search { city: Some(card.city.clone()), ..none() },
        Search { days, ..none() },
        Search { words: Some("밤".to_owned()), city: Some(card.city.clone()), days, ..none() },
    ]
}
