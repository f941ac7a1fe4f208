//! How the rows of each list are found: in an index, without sorting and without counting. SQLite tells its plan. PostgreSQL plans by
//! counts, so it is given many concerts, and then tells how many rows it read.

use std::path::Path;
use std::time::Duration;

use catalogue::{Search, limits};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use crate::given::*;
use crate::postgres::Postgres;

async fn plan(connection: &DatabaseConnection, sql: &str) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    lines.join("\n")
}

async fn opened(folder: &Path) -> DatabaseConnection {
    let given = Given::file(folder);
    let catalogue = given.open().await;
    catalogue.close().await.unwrap();
    let file = folder.join("a catalogue?&.sqlite3");
    let file = file.to_str().unwrap().replace('?', "%3f").replace(' ', "%20");
    Database::connect(format!("sqlite://{file}")).await.unwrap()
}

/// The statements of the lists with numbers in the place of parameters. They have to be kept like those of `src/`.
#[tokio::test]
async fn k31_o44_no_list_reads_a_whole_table_or_sorts() {
    let folder = tempfile::tempdir().unwrap();
    let connection = opened(folder.path()).await;
    assert_eq!(limits::PAGE_ROWS_MAX, 100);
    for sql in [
        "SELECT performance FROM openings WHERE opens_at_ms <= 5 AND opens_at_ms > 1
             AND closes_at_ms > 5 AND ended_at_ms IS NULL AND (opens_at_ms, performance) < (5, 7)
             ORDER BY opens_at_ms DESC, performance DESC LIMIT 101",
        "SELECT performance FROM openings WHERE opens_at_ms > 5 AND (opens_at_ms, performance) > (5, 7)
             ORDER BY opens_at_ms, performance LIMIT 101",
        "SELECT 1 FROM openings WHERE concert = 5 AND opens_at_ms > 5 AND (opens_at_ms, performance) < (5, 7)",
        "SELECT concert FROM favourites WHERE person = 5 AND (liked_at_ms, concert) < (5, 7)
             ORDER BY liked_at_ms DESC, concert DESC LIMIT 101",
        "SELECT number FROM bookings WHERE person = 5 AND (booked_at_ms, sale, number) < (5, 7, 9)
             ORDER BY booked_at_ms DESC, sale DESC, number DESC LIMIT 101",
        "SELECT rowid FROM concert_search WHERE concert_search MATCH 'title : \"abc\"' AND rowid > 5
             ORDER BY rowid LIMIT 101",
        "SELECT id FROM concerts WHERE (first_day << 40 | id) > 5 ORDER BY (first_day << 40 | id) LIMIT 101",
        "SELECT (c.first_day << 40 | c.id) FROM concerts c WHERE (c.first_day << 40 | c.id) > 5
             AND c.last_day >= 7 ORDER BY (c.first_day << 40 | c.id) LIMIT 101",
        "SELECT MAX(last_day - first_day) FROM concerts",
        "SELECT * FROM openings WHERE COALESCE(sale, 0) = 0 AND opens_at_ms <= 5 AND opens_at_ms > 1
             AND closes_at_ms > 5 ORDER BY opens_at_ms, performance LIMIT 1000",
        "SELECT * FROM openings WHERE sale IS NOT NULL AND ended_at_ms IS NULL AND performance > 5
             ORDER BY performance LIMIT 1000",
        "SELECT concert FROM openings WHERE opens_on BETWEEN 5 AND 7",
        "SELECT person FROM guests WHERE guest = x'00'",
        "SELECT * FROM openings WHERE sale = 5",
        "SELECT name FROM grades WHERE concert = 5 ORDER BY position",
        "SELECT id FROM performances WHERE concert = 5 ORDER BY starts_at_ms",
    ] {
        let plan = plan(&connection, sql).await;
        let is_scan = plan.lines().any(|line| line.contains("SCAN") && !line.contains("VIRTUAL TABLE INDEX"));
        assert!(!is_scan && !plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}

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
