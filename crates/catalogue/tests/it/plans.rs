//! How SQLite finds the rows of each list: in an index, without sorting. PostgreSQL plans by counts, which a small table does
//! not show; the benchmark measures it.

use std::path::Path;

use catalogue::limits;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use crate::given::Given;

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
async fn k31_no_list_reads_a_whole_table_or_sorts() {
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
