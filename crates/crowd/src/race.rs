//! The race: a sale and its crowd advanced together in order of time.
//!
//! People's commands come in through [`Race::handle`]; everything else follows from the scenario
//! and the seed. So a scenario, a seed and a list of commands determine the whole race.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::snapshot::{SnapshotError, decode, encode};
use sale::{
    Chance, Command, Hash, Machine, Moment, Outcome, Refusal, Sale, SaleError, Stage, Stamped,
    Visitor,
};
use xxhash_rust::xxh3::xxh3_128;

use crate::crowd::{self, Crowd};
use crate::dist::Dist;
use crate::hall::Hall;
use crate::persona::{Persona, PersonaError};
use crate::scenario::Scenario;
use crate::tally::Tally;

/// The purpose of deriving the sale's and the crowd's seeds from the race's.
const SEED: u64 = 0x7261_6365;

/// The form of a race's snapshot, apart from that of the sale in it. It changes with the shape of the
/// crowd's state, not with its behaviour.
pub const FORM: u16 = 0x0103;

/// A sale with a crowd.
///
/// ```
/// use crowd::Race;
/// use sale::{Command, Event, Span};
/// use scenario::{Course, Library, Overrides, Recipe};
///
/// let recipe = Recipe::load(&Library::built_in(), "first-time", &Overrides::default())?;
/// let course = Course::new(recipe)?;
/// let opens_at = course.scenario.rules.opens_at;
/// let mut race = Race::new(course.scenario, 7)?;
///
/// // A person presses 0.3 s after the opening, among the rivals.
/// let me = race.person(0);
/// let mut rivals_before_me = 0;
/// let pressed_at = opens_at + Span::from_millis(300);
/// race.handle(pressed_at, Command::Enter { visitor: me }, |_, stamped| {
///     if let Event::Placed { visitor, .. } = stamped.event
///         && visitor != me
///     {
///         rivals_before_me += 1;
///     }
/// })?;
/// assert!(rivals_before_me > 0);
///
/// // The rivals go on by themselves until the race's time is up.
/// race.advance(course.ends_at, crowd::ignore);
/// assert_eq!(race.tally().sold(), race.sale().sold_count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Race {
    sale: Sale,
    crowd: Crowd,
    /// Tells races with another crowd, hall or seed apart. The sale's own snapshot does so for
    /// rules and layouts.
    fingerprint: u128,
    rivals: u32,
    tally: Tally,
}

/// For callers of [`Race::advance`] and [`Race::handle`] who need no events.
pub fn ignore(_race: &Race, _event: &Stamped) {}

/// Why a race cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RaceError {
    /// The rules cannot be played.
    #[error("the rules cannot be played")]
    Sale(#[from] SaleError),
    /// The crowd cannot be played.
    #[error("the crowd cannot be played")]
    Crowd(#[from] PersonaError),
}

/// What a snapshot holds.
#[derive(BorshSerialize, BorshDeserialize)]
struct Saved {
    fingerprint: u128,
    sale: Vec<u8>,
    crowd: crowd::State,
    tally: Tally,
}

impl Race {
    /// A race that has not begun. `chance` decides all that nobody chooses in it; a seed is a chance.
    ///
    /// # Errors
    ///
    /// [`RaceError`] if the scenario cannot be played.
    ///
    /// # Panics
    ///
    /// If the hall is not that of the layout.
    pub fn new(scenario: Scenario, chance: impl Into<Chance>) -> Result<Self, RaceError> {
        Self::with_chance(scenario, chance.into())
    }

    fn with_chance(scenario: Scenario, chance: Chance) -> Result<Self, RaceError> {
        scenario.crowd.check()?;
        assert!(scenario.hall.is_of(&scenario.layout), "the hall is that of the layout");
        let fingerprint = fingerprint(&scenario, chance);
        let (of_sale, of_crowd) = (Self::chance_of_sale(chance), chance.seed.derived(SEED, 1));
        let (rivals, opens_at) = (scenario.crowd.rivals, scenario.rules.opens_at);
        let tally = Tally::new(opens_at, scenario.rules.hold_at, scenario.layout.seat_count());
        let sale = Sale::new(scenario.rules, scenario.layout, of_sale)?;
        let crowd = Crowd::new(scenario.crowd, scenario.hall, of_crowd, opens_at);
        Ok(Self { sale, crowd, fingerprint, rivals, tally })
    }

    /// The chance of the sale in a race of `chance`: a seed of its own, and the race's secret.
    pub fn chance_of_sale(chance: impl Into<Chance>) -> Chance {
        let chance = chance.into();
        Chance { seed: chance.seed.derived(SEED, 0), ..chance }
    }

    /// The race that `bytes` are a snapshot of.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`]: nothing is guessed from bytes that are not whole, or of another scenario or
    /// seed.
    pub fn restore(
        scenario: Scenario,
        chance: impl Into<Chance>,
        bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        let chance = chance.into();
        let saved: Saved = decode(FORM, bytes)?;
        let (rules, layout) = (scenario.rules.clone(), scenario.layout.clone());
        let fresh = Self::with_chance(scenario, chance).map_err(|_| SnapshotError::Foreign)?;
        if saved.fingerprint != fresh.fingerprint {
            return Err(SnapshotError::Foreign);
        }
        let sale = Sale::restore(rules, layout, Self::chance_of_sale(chance), &saved.sale)?;
        let crowd = fresh.crowd.resumed(saved.crowd);
        Ok(Self { sale, crowd, tally: saved.tally, ..fresh })
    }

    /// The visitor that the `number`-th person of this race is, from 0. Rivals come first.
    pub fn person(&self, number: u32) -> Visitor {
        Visitor(self.rivals.saturating_add(number))
    }

    /// Whether a visitor is a rival, and of which kind. For reports; the sale does not know.
    pub fn persona_of(&self, visitor: Visitor) -> Option<&Persona> {
        self.crowd.persona_of(visitor)
    }

    /// The times between two refreshes of the seat map, in seconds.
    pub fn map_refresh(&self) -> &Dist {
        &self.crowd.rules().map_refresh
    }

    /// How many rivals come in all.
    pub fn rival_count(&self) -> u32 {
        self.rivals
    }

    /// Decides a person's command at `now`, or at the first moment after what the rivals did by
    /// then. Whether the command is that person's own is for the caller to know. `see` is shown
    /// every event as in [`advance`](Self::advance).
    ///
    /// # Errors
    ///
    /// The sale's refusal.
    pub fn handle(
        &mut self,
        now: Moment,
        command: Command,
        mut see: impl FnMut(&Self, &Stamped),
    ) -> Result<Outcome, Refusal> {
        self.advance_to(now, &mut see);
        let outcome = self.sale.handle(self.sale.stamp(now), command);
        self.show_events(&mut see);
        outcome
    }

    /// Lets the race go on until `now`. `see` is shown every event right after it happened: the race
    /// beside it has done what the event tells and nothing that came later, so [`tally`](Self::tally)
    /// then holds the counts of exactly this event. A second of a hot opening may be half a million
    /// events; none of them is kept.
    pub fn advance(&mut self, now: Moment, mut see: impl FnMut(&Self, &Stamped)) {
        self.advance_to(now, &mut see);
    }

    /// Lets the race go on towards `now` as [`advance`](Self::advance) does, but for at most `beats_max`
    /// beats: each is what one rival does, or what the sale does at one moment. Returns whether the race has
    /// reached `now`. For a shell that has other races too.
    pub fn advance_some(
        &mut self,
        now: Moment,
        beats_max: u32,
        mut see: impl FnMut(&Self, &Stamped),
    ) -> bool {
        let is_there = (0..beats_max).any(|_| !self.beat(now, &mut see));
        if is_there {
            self.rest_until(now, &mut see);
        }
        is_there
    }

    fn advance_to(&mut self, now: Moment, see: &mut impl FnMut(&Self, &Stamped)) {
        while self.beat(now, see) {}
        self.rest_until(now, see);
    }

    /// Does what is due next, if it is due by `now`. Returns false if nothing is.
    fn beat(&mut self, now: Moment, see: &mut impl FnMut(&Self, &Stamped)) -> bool {
        let rival_at = self.crowd.next_at();
        match self.sale.poll_timeout() {
            Some(due_at) if due_at <= now && rival_at.is_none_or(|at| due_at <= at) => {
                self.sale.advance(due_at);
            }
            _ if rival_at.is_some_and(|at| at <= now) => self.crowd.step(&mut self.sale),
            _ => return false,
        }
        self.show_events(see);
        true
    }

    fn rest_until(&mut self, now: Moment, see: &mut impl FnMut(&Self, &Stamped)) {
        self.sale.advance(now);
        self.show_events(see);
    }

    fn show_events(&mut self, see: &mut impl FnMut(&Self, &Stamped)) {
        while let Some(stamped) = self.sale.poll_event() {
            self.crowd.observe(&self.sale, &stamped);
            self.tally.add(&stamped);
            see(self, &stamped);
        }
    }

    /// When something will happen next, if nobody does anything.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let next = [self.crowd.next_at(), self.sale.poll_timeout()];
        next.into_iter().flatten().min().filter(|&at| at != Moment::NEVER)
    }

    /// The sale.
    pub fn sale(&self) -> &Sale {
        &self.sale
    }

    /// Quality and neighbours of the seats.
    pub fn hall(&self) -> &Hall {
        self.crowd.hall()
    }

    /// Counts and times so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Whether nothing more can be won or lost: every seat is paid, the sale is closed, or nobody
    /// is left.
    pub fn is_over(&self) -> bool {
        let sold_out = self.sale.sold_count() == self.sale.layout().seat_count();
        let nobody = self.crowd.is_quiet()
            && self.sale.waiting_count() == 0
            && self.sale.inside_count() == 0
            && self.sale.stage() != Stage::Before;
        sold_out || nobody || self.sale.stage() == Stage::Closed
    }

    /// The digest of every event so far.
    pub fn hash(&self) -> Hash {
        self.sale.hash()
    }

    /// The whole state as bytes, to go on from with [`restore`](Self::restore).
    pub fn snapshot(&self) -> Vec<u8> {
        let saved = Saved {
            fingerprint: self.fingerprint,
            sale: self.sale.snapshot(),
            crowd: self.crowd.state().clone(),
            tally: self.tally.clone(),
        };
        encode(FORM, &saved)
    }
}

/// Tells crowds, halls and chances apart.
fn fingerprint(scenario: &Scenario, chance: Chance) -> u128 {
    let parts = (&scenario.crowd, &scenario.hall, chance.seed.low());
    let mut bytes = borsh::to_vec(&parts).expect("every number was checked");
    bytes.extend(chance.extra_bytes());
    xxh3_128(&bytes)
}

impl Machine for Race {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.handle(now, command, ignore)
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now, ignore);
    }

    fn now(&self) -> Moment {
        self.sale.now()
    }

    fn hash(&self) -> Hash {
        self.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.snapshot()
    }
}
