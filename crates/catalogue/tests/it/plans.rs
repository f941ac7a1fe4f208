//! How PostgreSQL finds the rows of each list: in an index, without counting. It plans by counts, so it is given many concerts, and then tells
//! how many rows it read. What SQLite does is told beside the catalogue itself.

use std::time::Duration;

use catalogue::Search;

use crate::given::*;
use crate::postgres::Postgres;

/// So many that PostgreSQL reads no whole table if there is an index.
const CONCERTS: i64 = 6_000;
/// The rows of a page.
const ROWS: u32 = 20;

/// Concerts of which one in a thousand is in winter, and all but the last hundred open soon.
async fn fill(given: &Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    let concerts: Vec<_> = (0..CONCERTS)
        .map(|number| {
            let season = if number % 1_000 == 0 { "겨울밤" } else { "여름낮" };
            let opens_at = NOW.after((CONCERTS - 100 - number) * MINUTE);
            concert(&format!("{season} {number}"), venue, opens_at)
        })
        .collect();
    for part in concerts.chunks(500) {
        catalogue.add_concerts(part).await.unwrap();
    }
    catalogue.close().await.unwrap();
}

/// What PostgreSQL read of the tables of concerts: how many times a whole table, and how many rows and entries of indexes.
async fn read_so_far(beside: &Beside) -> (i64, i64) {
    let sum = async |columns: &str, view: &str| -> i64 {
        let sql = format!(
            "SELECT CAST(SUM({columns}) AS TEXT) FROM {view}
             WHERE relname IN ('concerts', 'openings', 'performances', 'concert_search')"
        );
        beside.read(&sql).await.parse().unwrap()
    };
    let scans = sum("seq_scan", "pg_stat_user_tables").await;
    let rows = sum("seq_tup_read", "pg_stat_user_tables").await;
    let entries = sum("idx_tup_read", "pg_stat_user_indexes").await;
    (scans, rows + entries)
}

#[tokio::test]
async fn o44_o45_on_postgresql_a_search_and_a_page_read_few_rows_and_count_none() {
    let server = Postgres::start();
    let given = Given::database(&server, "plans").await;
    fill(&given).await;
    let beside = given.beside().await;
    beside.run("VACUUM ANALYZE").await.unwrap();
    let words = |words: &str| Search { words: Some(words.to_owned()), ..Search::default() };
    for (list, whole) in
        [("common words", false), ("rare words", true), ("on sale", false), ("soon", false)]
    {
        let (before, alone) = (read_so_far(&beside).await, connections(&beside).await);
        let catalogue = given.open().await;
        let query = rows(ROWS, None);
        let next = match list {
            "common words" => catalogue.search(&words("여름"), &query).await.unwrap().next,
            "rare words" => catalogue.search(&words("겨울"), &query).await.unwrap().next,
            "on sale" => catalogue.on_sale(NOW, &query).await.unwrap().next,
            _ => catalogue.opening_soon(NOW, &query).await.unwrap().next,
        };
        assert_eq!(next.is_none(), whole, "{list}");
        catalogue.close().await.unwrap();
        all_have_told(&beside, alone).await;
        let after = read_so_far(&beside).await;
        assert_eq!(after.0 - before.0, 0, "{list}: reads no whole table");
        let rows = after.1 - before.1;
        assert!(
            (6..600).contains(&rows),
            "{list}: reads {rows} of {CONCERTS} rows for a page of {ROWS}"
        );
    }
}

/// How many connections the database has.
async fn connections(beside: &Beside) -> i64 {
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity
         WHERE datname = current_database() AND backend_type = 'client backend'";
    beside.read(count).await.parse().unwrap()
}

/// Waits until the database has no more connections than before: each tells what it read when it ends.
async fn all_have_told(beside: &Beside, before: i64) {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    let ended = async {
        while connections(beside).await > before {
            looks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), ended).await.unwrap();
}
