//! Makes a catalogue in the original's numbers, and measures how long its lists and searches take in this process.
//!
//! `cargo xtask bench catalogue FILE|postgres://… [CONCERTS]`. What an earlier run made is used again.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use catalogue::{
    Catalogue, CatalogueError, CatalogueOptions, CursorKey, Day, Days, Grade, Home, OriginalScale,
    PageQuery, PlanOffer, Search, SearchOrder, Stock, UtcMs, Zone,
};
use sale::random::Stream;

const SEED: u64 = 20_231_123;
/// Calls of each kind that are measured.
const CALLS: u64 = 400;

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
async fn main() -> Result<(), CatalogueError> {
    let mut args = std::env::args().skip(1);
    let place = args.next().unwrap_or_else(|| "catalogue.sqlite3".to_owned());
    let concerts = args.next().and_then(|count| count.parse().ok());
    let scale = concerts.map_or(OriginalScale::WHOLE, |concerts| OriginalScale { concerts });
    let home = if place.starts_with("postgres") {
        Home::Postgres(place)
    } else {
        Home::File(place.into())
    };
    let options = CatalogueOptions { home, cursor_key: CursorKey([1; 32]) };
    let catalogue = Catalogue::open(options).await?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = UtcMs(i64::try_from(since.as_millis()).unwrap_or_default());
    generate(&catalogue, scale, now).await?;
    measure(&catalogue, now).await?;
    catalogue.close().await
}

async fn generate(
    catalogue: &Catalogue,
    scale: OriginalScale,
    now: UtcMs,
) -> Result<(), CatalogueError> {
    let begin = Instant::now();
    let mut told = begin;
    let tell = |progress: catalogue::Progress| {
        if told.elapsed() > Duration::from_secs(10) || progress.done == progress.total {
            told = Instant::now();
            println!("{:>7.1} s  {progress:?}", begin.elapsed().as_secs_f64());
        }
    };
    catalogue.generate_original(scale, now, SEED, &stock(), tell).await
}

async fn measure(catalogue: &Catalogue, now: UtcMs) -> Result<(), CatalogueError> {
    let today = Zone::named("Asia/Seoul")?.day_at(now).unwrap_or(Day(0));
    for (kind, seed) in (0..).zip(1..=6_u64) {
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
        println!(
            "{:<16} p50 {:>7.2} ms  p95 {:>7.2} ms  p99 {:>7.2} ms  slowest {:>7.2} ms {}",
            ["words", "any mix", "second pages", "on sale", "opening soon", "calendar"][kind],
            at(50),
            at(95),
            at(99),
            slowest.0.as_secs_f64() * 1000.0,
            slowest.1,
        );
    }
    Ok(())
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
