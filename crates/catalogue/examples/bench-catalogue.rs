//! `cargo xtask bench catalogue`: makes a catalogue in the original's numbers on both databases, and measures how long
//! making it and its lists and searches take. Writes its sections of `docs/BENCHMARKS.md`.
//!
//! Without a place, it makes a file and a PostgreSQL of its own, which are gone at the end. `FILE` or `postgres://…`
//! measures there and writes nothing; what an earlier run made is used again. `--quick` makes 3,000 concerts and writes
//! nothing.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "the PostgreSQL of the tests fails loudly")]

#[path = "../tests/it/postgres.rs"]
mod postgres;

use std::error::Error;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use catalogue::{
    Catalogue, CatalogueError, CatalogueOptions, CursorKey, Day, Days, Grade, Home, OriginalScale,
    PageQuery, PlanOffer, Search, SearchOrder, Stage, Stock, UtcMs, Zone,
};
use gauntlet::bench::document::{Row, section, write};
use gauntlet::bench::machine;
use sale::random::Stream;

use crate::postgres::Postgres;

const SEED: u64 = 20_231_123;
/// Calls of each kind that are measured.
const CALLS: u64 = 400;
/// Concerts of a quick run.
const QUICK: OriginalScale = OriginalScale { concerts: 3_000 };

const KINDS: [&str; 6] = [
    "search by words",
    "search by any mix",
    "first and second page of a search",
    "on sale",
    "opening soon",
    "calendar of three days",
];

const METHOD: &str = "The original service's numbers: 302,400 concerts with two to four performances each, 675,324 \
people, 96 venues and 100 performers, made by the generator. Then 400 calls of each kind, one after the other, in this \
process, each for a page of twenty: *any mix* has words, title, performer, city and a range of days each with a chance of \
one half. Promised: made within ten minutes, and searches with a p95 below 50 ms.";

const WORDS: [&str; 16] = [
    "콘서트",
    "겨울",
    "별의",
    "은하수 등대",
    "ㅂㄴㅇ",
    "ㄷㄷㅋㅅㅌ",
    "바다의 노래",
    "Winter",
    "lantern tour",
    "冬の",
    "灯台",
    "달무리",
    "paper heron",
    "없는공연이름",
    "별",
    "나침반의 약속 리사이틀",
];
const CITIES: [&str; 4] = ["서울", "부산", "경북", "울산"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let is_quick = args.iter().any(|arg| arg == "--quick");
    let mut places = args.iter().filter(|arg| !arg.starts_with("--"));
    let place = places.next();
    let concerts = places.next().and_then(|count| count.parse().ok());
    let scale = match concerts {
        Some(concerts) => OriginalScale { concerts },
        None if is_quick => QUICK,
        None => OriginalScale::WHOLE,
    };
    if let Some(place) = place {
        let is_url = place.starts_with("postgres");
        let home = if is_url { Home::Postgres(place.clone()) } else { Home::File(place.into()) };
        return bench("given", home, scale).await.map(drop);
    }
    let folder = tempfile::tempdir()?;
    let file = bench("SQLite", Home::File(folder.path().join("catalogue.sqlite3")), scale).await?;
    drop(folder);
    let postgres = Postgres::start();
    let database = bench("PostgreSQL", postgres.home("postgres"), scale).await?;
    if !is_quick {
        for (title, text) in [("Catalogue on SQLite", file), ("Catalogue on PostgreSQL", database)]
        {
            write(title, &text)?;
        }
    }
    Ok(())
}

/// Fills and measures a catalogue, and returns its section of the document.
async fn bench(name: &str, home: Home, scale: OriginalScale) -> Result<String, Box<dyn Error>> {
    let options = CatalogueOptions { home, cursor_key: CursorKey([1; 32]) };
    let catalogue = Catalogue::open(options).await?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = UtcMs(i64::try_from(since.as_millis()).unwrap_or_default());
    let mut rows = generate(&catalogue, scale, now).await?;
    rows.extend(measure(&catalogue, now).await?);
    catalogue.close().await?;
    let text = section(&format!("Catalogue on {name}"), METHOD, &machine::describe(), &rows);
    println!("{text}");
    Ok(text)
}

async fn generate(
    catalogue: &Catalogue,
    scale: OriginalScale,
    now: UtcMs,
) -> Result<Vec<Row>, CatalogueError> {
    let begin = Instant::now();
    let (mut told, mut rows) = (begin, Vec::new());
    let tell = |progress: catalogue::Progress| {
        if told.elapsed() > Duration::from_secs(10) {
            told = Instant::now();
            println!("{:>7.1} s  {progress:?}", begin.elapsed().as_secs_f64());
        }
        if progress.done == progress.total {
            let what = match progress.stage {
                Stage::People => "people",
                Stage::Concerts => "people and concerts",
                Stage::Indexes => "people, concerts and indexes",
            };
            let (what, time) = (format!("{what} made"), begin.elapsed().as_secs_f64());
            rows.push(Row(what, format!("{time:.0} s")));
        }
    };
    catalogue.generate_original(scale, now, SEED, &stock(), tell).await?;
    Ok(rows)
}

async fn measure(catalogue: &Catalogue, now: UtcMs) -> Result<Vec<Row>, CatalogueError> {
    let today = Zone::named("Asia/Seoul")?.day_at(now).unwrap_or(Day(0));
    let mut rows = Vec::new();
    for ((kind, name), seed) in KINDS.into_iter().enumerate().zip(1..) {
        let mut times = Vec::new();
        let mut slowest = (Duration::ZERO, String::new());
        for call in 0..CALLS {
            let draw = Stream::new(SEED, seed, call);
            let begin = Instant::now();
            let what = one_call(catalogue, kind, draw, now, today).await?;
            let time = begin.elapsed();
            if time > slowest.0 {
                slowest = (time, what);
            }
            times.push(time);
        }
        times.sort_unstable();
        let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1000.0;
        println!("slowest {name}: {:.1} ms {}", slowest.0.as_secs_f64() * 1000.0, slowest.1);
        let figure = format!("{:.1}, {:.1}, {:.1} ms", at(50), at(95), at(99));
        rows.push(Row(format!("{name}: p50, p95, p99"), figure));
    }
    Ok(rows)
}

async fn one_call(
    catalogue: &Catalogue,
    kind: usize,
    draw: Stream,
    now: UtcMs,
    today: Day,
) -> Result<String, CatalogueError> {
    let query = PageQuery { after: None, rows: 20 };
    let ago = i64::try_from(draw.below(9, 600)).unwrap_or_default() * 86_400_000;
    match kind {
        0 => {
            let word = pick(&WORDS, draw, 0).to_owned();
            let search = Search { words: Some(word), ..Search::default() };
            catalogue.search(&search, &query).await?;
            Ok(format!("{:?}", search.words))
        }
        1 => {
            let search = mix(draw, today);
            catalogue.search(&search, &query).await?;
            Ok(format!("{search:?}"))
        }
        2 => {
            let search = mix(draw, today);
            let first = catalogue.search(&search, &query).await?;
            catalogue.search(&search, &PageQuery { after: first.next, rows: 20 }).await?;
            Ok(format!("both pages of {search:?}"))
        }
        3 => catalogue.on_sale(now.after(-ago), &query).await.map(|_| String::new()),
        4 => catalogue.opening_soon(now.after(-ago), &query).await.map(|_| String::new()),
        _ => {
            let from = today.after(i32::try_from(draw.below(3, 700)).unwrap_or_default());
            let calendar = catalogue.calendar(Days { from, to: from.after(2) }, None).await?;
            Ok(format!("{} entries", calendar.entries.len()))
        }
    }
}

/// A search in which each part stands with a chance of one half.
fn mix(draw: Stream, today: Day) -> Search {
    let some = |position: u64| draw.below(position, 2) == 0;
    let word = |position: u64| Some(pick(&WORDS, draw, position).to_owned());
    let from = today.after(i32::try_from(draw.below(20, 1000)).unwrap_or_default() - 500);
    let to = from.after(i32::try_from(draw.below(21, 60)).unwrap_or_default());
    Search {
        words: some(10).then(|| word(11)).flatten(),
        title: some(12).then(|| word(13)).flatten(),
        performer: some(14).then(|| Some("달무리".to_owned())).flatten(),
        city: some(15).then(|| pick(&CITIES, draw, 16).to_owned()),
        days: some(17).then_some(Days { from, to }),
        order: if some(18) { SearchOrder::EarliestFirst } else { SearchOrder::LatestFirst },
    }
}

fn pick<'a>(texts: &[&'a str], draw: Stream, position: u64) -> &'a str {
    texts[usize::try_from(draw.below(position, texts.len() as u64)).unwrap_or_default()]
}

fn stock() -> Stock {
    let grade = |name: &str, price_won: u64| Grade { name: name.to_owned(), price_won };
    let plan = |name: &str| PlanOffer {
        name: name.to_owned(),
        grades: vec![
            grade("VIP", 198_000),
            grade("R", 165_000),
            grade("S", 154_000),
            grade("A", 132_000),
        ],
    };
    Stock {
        plans: ["theatre", "hall", "arena", "dome"].map(plan).to_vec(),
        styles: ["n-style", "m-style"].map(str::to_owned).to_vec(),
    }
}
