//! What the cases begin with: an empty catalogue, and short ways to fill it.

use std::path::Path;

use catalogue::{
    CancelledSeats, Card, Catalogue, CatalogueOptions, ConcertId, CursorKey, Day, Grade, Home,
    KeptConcert, NewConcert, NewOpening, NewPerformance, NewPerformer, NewVenue, Origin, Page,
    PageQuery, PerformerId, PlanOffer, Stock, UtcMs, VenueId, Zone,
};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbErr};

use crate::postgres::Postgres;

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

/// A moment that the cases call now: 2026-11-29, six in the morning in UTC.
pub(crate) const NOW: UtcMs = UtcMs(1_795_932_000_000);

/// An empty database.
#[derive(Clone)]
pub(crate) struct Given {
    home: Home,
}

impl Given {
    pub(crate) fn file(folder: &Path) -> Self {
        Self { home: Home::File(folder.join("a catalogue?&.sqlite3")) }
    }

    pub(crate) async fn database(server: &Postgres, name: &str) -> Self {
        // A name of a database has 63 bytes at most.
        let name = &name[..name.len().min(40)];
        let Home::Postgres(url) = server.home("postgres") else { unreachable!() };
        let connection = Database::connect(url).await.unwrap();
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        connection.close().await.unwrap();
        Self { home: server.home(name) }
    }

    pub(crate) fn options(&self) -> CatalogueOptions {
        CatalogueOptions { home: self.home.clone(), cursor_key: CursorKey([1; 32]) }
    }

    pub(crate) async fn open(&self) -> Catalogue {
        Catalogue::open(self.options()).await.unwrap()
    }

    /// A connection beside the catalogue, with which a case does what no code of ours does.
    pub(crate) async fn beside(&self) -> Beside {
        let url = match &self.home {
            Home::Postgres(url) => url.clone(),
            Home::File(path) => {
                let path = path.to_str().unwrap().replace('?', "%3f").replace(' ', "%20");
                format!("sqlite://{path}")
            }
        };
        Beside(Database::connect(url).await.unwrap())
    }
}

/// A connection that knows none of our rules.
pub(crate) struct Beside(DatabaseConnection);

impl Beside {
    pub(crate) async fn run(&self, sql: &str) -> Result<u64, DbErr> {
        Ok(self.0.execute_unprepared(sql).await?.rows_affected())
    }

    pub(crate) async fn refuses(&self, sql: &str) {
        assert!(self.run(sql).await.is_err(), "not refused: {sql}");
    }

    /// The first column of all rows as one text.
    pub(crate) async fn read(&self, sql: &str) -> String {
        let statement = sea_orm::Statement::from_string(self.0.get_database_backend(), sql);
        let rows = self.0.query_all_raw(statement).await.unwrap();
        let texts: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        texts.join("\n")
    }
}

pub(crate) fn all() -> PageQuery {
    PageQuery { after: None, rows: 100 }
}

pub(crate) fn rows(rows: u32, after: Option<String>) -> PageQuery {
    PageQuery { after, rows }
}

pub(crate) fn titles(page: &Page<Card>) -> Vec<&str> {
    page.rows.iter().map(|card| card.title.as_str()).collect()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) async fn venue(catalogue: &Catalogue, name: &str, city: &str, zone: &str) -> VenueId {
    let venue = NewVenue {
        name: name.to_owned(),
        city: city.to_owned(),
        zone: zone.to_owned(),
        plan: "hall".to_owned(),
    };
    catalogue.add_venues(&[venue]).await.unwrap()[0]
}

pub(crate) async fn performer(catalogue: &Catalogue, name: &str) -> PerformerId {
    let performer = NewPerformer { name: name.to_owned(), picture_seed: u64::MAX };
    catalogue.add_performers(&[performer]).await.unwrap()[0]
}

/// A concert with one performance, ten days after its opening, which is open for an hour.
pub(crate) fn concert(title: &str, venue: VenueId, opens_at: UtcMs) -> NewConcert {
    NewConcert {
        title: title.to_owned(),
        description: String::new(),
        venue,
        performers: Vec::new(),
        poster_seed: u64::MAX - 1,
        grades: vec![grade("VIP", 198_000), grade("R", 165_000)],
        performances: vec![performance(opens_at, opens_at.after(10 * DAY))],
        origin: Origin::Host,
    }
}

/// A concert with one performance at seven on a day, which opened and closed before.
pub(crate) fn concert_on(title: &str, venue: VenueId, zone: &str, on: &str) -> NewConcert {
    let starts_at = Zone::named(zone).unwrap().moment(day(on), 19, 0).unwrap();
    let mut concert = concert(title, venue, NOW);
    concert.performances = vec![performance(starts_at.after(-9 * DAY), starts_at)];
    concert
}

pub(crate) fn performance(opens_at: UtcMs, starts_at: UtcMs) -> NewPerformance {
    NewPerformance {
        starts_at,
        opening: NewOpening {
            opens_at,
            closes_at: opens_at.after(60 * MINUTE),
            style: "n-style".to_owned(),
            rivals: 1000,
            seats_per_person: 4,
            cancelled_seats: CancelledSeats::InBatches,
            guests_may_enter: true,
        },
    }
}

pub(crate) fn grade(name: &str, price_won: u64) -> Grade {
    Grade { name: name.to_owned(), price_won }
}

pub(crate) async fn add(catalogue: &Catalogue, concert: NewConcert) -> KeptConcert {
    catalogue.add_concerts(&[concert]).await.unwrap().remove(0)
}

/// A venue in Seoul and a concert there that opens now.
pub(crate) async fn simple(catalogue: &Catalogue) -> KeptConcert {
    let venue = venue(catalogue, "물마루홀", "서울", "Asia/Seoul").await;
    add(catalogue, concert("겨울 바다", venue, NOW)).await
}

pub(crate) fn stock() -> Stock {
    let plan = |name: &str| PlanOffer {
        name: name.to_owned(),
        grades: vec![grade("VIP", 198_000), grade("R", 165_000), grade("S", 143_000)],
    };
    Stock {
        plans: vec![plan("hall"), plan("theatre")],
        styles: vec!["n-style".to_owned(), "m-style".to_owned()],
    }
}

pub(crate) const NOWHERE: ConcertId = ConcertId(999_999);
