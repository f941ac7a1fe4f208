//! What the server knows of the sales under way: which race each is, and how it stood when it was last looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use catalogue::{
    Catalogue, CatalogueError, Opening, PerformanceId, SaleNumber, SeatsLeft, SeatsSeen,
};
use journal::Seq;
use tokio::sync::Notify;

use super::places::Places;
use super::stuck::Stuck;
use super::turns::Turns;
use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::limits::PLACES_KEPT;
use crate::shard::SaleSeen;
use crate::shows::{unix, utc_ms};

/// The sales under way. It is made anew from the catalogue at each start.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    sales: Mutex<BTreeMap<PerformanceId, UnderWay>>,
    /// Who may come into each race of an opening, and until when.
    terms: Mutex<HashMap<RaceId, Terms>>,
    /// The races whose log has news for the catalogue.
    news: Mutex<BTreeSet<RaceId>>,
    /// The sales whose news the catalogue refuses.
    pub(super) stuck: Stuck,
    /// Wakes the keeper when there is news.
    pub(super) wake: Notify,
    /// One opening begins at a time, so that no sale is made twice.
    pub(super) beginning: tokio::sync::Mutex<()>,
    /// One batch of news is told at a time, so that the catalogue hears of it in order.
    pub(super) telling: tokio::sync::Mutex<Told>,
    /// One look for somebody who asks at a time: the others read what it saw.
    pub(super) looking: tokio::sync::Mutex<()>,
    /// A booking is cancelled, or somebody comes in with it, one after the other.
    pub(crate) turns: Turns,
}

/// Who may come into the race of an opening, and until when.
#[derive(Clone, Copy, Debug)]
struct Terms {
    is_for_accounts: bool,
    /// When the performance begins.
    starts_at: UnixTime,
}

/// A sale under way.
#[derive(Clone, Debug)]
pub(crate) struct UnderWay {
    pub(crate) race: RaceId,
    pub(crate) seen: Option<Arc<Seen>>,
}

/// How a sale stood when it was looked at.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) at: UnixTime,
    pub(crate) stage: sale::Stage,
    pub(crate) opens_at: UnixTime,
    pub(crate) ends_at: UnixTime,
    pub(crate) free: u32,
    pub(crate) left: Vec<SeatsLeft>,
}

/// News of a race that are being told. Unless they are told by then, they go back where they are dropped: also when the request that
/// tells them ends, because whoever sent it has gone.
#[derive(Debug)]
pub(super) struct News<'a> {
    openings: &'a Openings,
    race: RaceId,
    are_told: bool,
}

impl News<'_> {
    /// Notes that the catalogue has heard them.
    pub(super) fn are_told(mut self) {
        self.are_told = true;
    }
}

impl Drop for News<'_> {
    fn drop(&mut self) {
        if !self.are_told {
            self.openings.news().insert(self.race);
        }
    }
}

/// How far the logs were told, and the names of seats.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(super) read: HashMap<RaceId, Seq>,
    places: Vec<(RaceId, Arc<Places>)>,
}

impl Openings {
    /// Nothing under way yet, but known who may come into each sale under way: people may come before the keeper has looked
    /// at any.
    pub(crate) async fn load(catalogue: &Catalogue) -> Result<Self, CatalogueError> {
        let openings = Self::default();
        let mut after = PerformanceId(i64::MIN);
        loop {
            let page = catalogue.openings_under_way(after).await?;
            let Some(last) = page.last() else { return Ok(openings) };
            after = last.performance;
            for opening in &page {
                if let Some(SaleNumber(sale)) = opening.sale {
                    openings.note_terms(opening, RaceId(sale));
                }
            }
        }
    }

    /// Notes who may come into the sale of an opening, and until when.
    pub(super) fn note_terms(&self, opening: &Opening, race: RaceId) {
        let is_for_accounts = !opening.guests_may_enter;
        let terms = Terms { is_for_accounts, starts_at: unix(opening.starts_at) };
        self.terms().insert(race, terms);
    }

    /// Whether nobody may come into a race without an account (rule L16).
    pub(crate) fn is_for_accounts(&self, race: RaceId) -> bool {
        self.terms().get(&race).is_some_and(|terms| terms.is_for_accounts)
    }

    /// Whether the performance that a race sells has begun, so that nobody takes a seat of it any more (rule O12). The race does not
    /// know: its time stands still while the server is away.
    pub(crate) fn has_begun(&self, race: RaceId, now: UnixTime) -> bool {
        self.terms().get(&race).is_some_and(|terms| terms.starts_at <= now)
    }

    fn terms(&self) -> MutexGuard<'_, HashMap<RaceId, Terms>> {
        self.terms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the log of a race has news for the catalogue.
    pub(crate) fn note_news(&self, race: RaceId) {
        self.news().insert(race);
        self.wake.notify_one();
    }

    /// The races that have news.
    pub(super) fn races_with_news(&self) -> BTreeSet<RaceId> {
        self.news().clone()
    }

    /// Whether the catalogue has heard all of a race.
    pub(crate) fn is_told(&self, race: RaceId) -> bool {
        !self.news().contains(&race)
    }

    /// Takes the news of a race; `None` if there are none.
    pub(super) fn take_news(&self, race: RaceId) -> Option<News<'_>> {
        let is_there = self.news().remove(&race);
        is_there.then_some(News { openings: self, race, are_told: false })
    }

    /// Forgets the news of a race that goes.
    pub(super) fn drop_news(&self, race: RaceId) {
        self.news().remove(&race);
        self.stuck.remove(race);
    }

    /// Forgets who could come into a race that is gone.
    pub(super) fn drop_terms(&self, race: RaceId) {
        self.terms().remove(&race);
    }

    /// Notes which race the sale of a performance is.
    pub(super) fn add(&self, performance: PerformanceId, race: RaceId) {
        self.sales().entry(performance).or_insert(UnderWay { race, seen: None });
    }

    /// Notes how a sale stood. What was seen before that changes nothing.
    pub(super) fn see(&self, performance: PerformanceId, seen: Arc<Seen>) {
        if let Some(sale) = self.sales().get_mut(&performance)
            && sale.seen.as_ref().is_none_or(|before| before.at <= seen.at)
        {
            sale.seen = Some(seen);
        }
    }

    /// Forgets a sale that is over.
    pub(super) fn remove(&self, performance: PerformanceId) {
        self.sales().remove(&performance);
    }

    /// The sale of a performance, if it is under way.
    pub(crate) fn of(&self, performance: PerformanceId) -> Option<UnderWay> {
        self.sales().get(&performance).cloned()
    }

    /// All sales under way.
    pub(super) fn all(&self) -> Vec<(PerformanceId, UnderWay)> {
        self.sales().iter().map(|(id, sale)| (*id, sale.clone())).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.sales().len()
    }

    fn sales(&self) -> MutexGuard<'_, BTreeMap<PerformanceId, UnderWay>> {
        // No code panics between two changes that belong together.
        self.sales.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn news(&self) -> MutexGuard<'_, BTreeSet<RaceId>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Told {
    pub(super) fn places_of(&self, race: RaceId) -> Option<Arc<Places>> {
        self.places.iter().find(|(of, _)| *of == race).map(|(_, places)| Arc::clone(places))
    }

    pub(super) fn keep_places(&mut self, race: RaceId, places: Arc<Places>) {
        if self.places.len() >= PLACES_KEPT {
            self.places.remove(0);
        }
        self.places.push((race, places));
    }
}

impl Seen {
    /// The seats left, as the catalogue keeps them.
    pub(crate) fn seats(&self) -> SeatsSeen {
        SeatsSeen { seen_at: utc_ms(self.at), left: self.left.clone() }
    }

    pub(super) fn new(at: UnixTime, seen: SaleSeen) -> Self {
        let SaleSeen { stage, opens_at, ends_at, free, sections, grades, left } = seen;
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let mut by_name: BTreeMap<(String, String), u32> = BTreeMap::new();
        for one in left {
            let section = name(&sections, usize::from(one.section));
            let grade = name(&grades, usize::from(one.grade));
            // Sections on two floors may have one name.
            *by_name.entry((section, grade)).or_default() += one.seats;
        }
        let left = by_name
            .into_iter()
            .map(|((section, grade), seats)| SeatsLeft { section, grade, seats })
            .collect();
        Self { at, stage, opens_at, ends_at, free, left }
    }
}
