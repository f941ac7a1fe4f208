//! A race with one person in it: the machine that the journal makes durable.
//!
//! Beside the race it keeps what the person's run came to, as far as the sale does not: how it ended,
//! which requests were answered with what, what its client noted. All of it follows from what is in the
//! log, so a replay gives it again; snapshots hold it too.

use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::{CROWD_VERSION, Race, Scenario};
use journal::{BoxError, Note, Record};
use protocol::Feed;
use sale::snapshot::{decode, encode};
use sale::{
    BookingId, CaptchaStep, Command, Departure, Event, Hash, Machine, Moment, Outcome, Place,
    RULES_VERSION, Refusal, Return, Sale, Seat, Span, Stage, Stamped, Standing, Visitor,
};

use crate::limits::MARKS_MAX;
use crate::to_protocol::seat_state;

/// The version of a snapshot's own part.
const VERSION: u16 = 2;

/// How far a race goes on before its events are taken: a second of a hot opening is half a million.
const SLICE: Span = Span::from_millis(50);

/// A race and its person.
#[derive(Debug)]
pub(crate) struct Play {
    race: Race,
    me: Visitor,
    ends_at: Moment,
    run: Run,
    feed: Feed,
    /// Goes up whenever where the person stands, or how far the sale is, may have changed.
    version: u64,
}

/// What the person's run came to.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Run {
    pub(crate) ended: Option<Ended>,
    pub(crate) place: Option<Place>,
    pub(crate) booking: Option<BookingId>,
    /// Whether the captcha was put off: it is due, and yet seats may be looked at.
    pub(crate) has_put_off: bool,
    /// Seats paid by anybody.
    sold: u32,
    /// Accepted commands by their tags.
    answers: BTreeMap<u64, Answered>,
    pub(crate) marks: Vec<Mark>,
    /// The tags of requests that brought marks.
    marked: BTreeSet<u64>,
}

/// How and when a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Ended {
    pub(crate) ending: Ending,
    pub(crate) at: Moment,
}

/// How a run ended. The order of the variants is part of a snapshot: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Ending {
    Paid,
    Left,
    Lost,
    PassEnded,
    HoldEnded,
    Closed,
    TimeOver,
    SoldOut,
}

/// An accepted command, kept so that asking twice is answered once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Answered {
    pub(crate) at: Moment,
    pub(crate) command: Command,
    pub(crate) outcome: Outcome,
}

/// Something the client says it saw or did.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Mark {
    pub(crate) name: String,
    /// Unix milliseconds by the client's estimate of the server's clock.
    pub(crate) at_ms: f64,
    pub(crate) error_ms: Option<f64>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Saved {
    race: Vec<u8>,
    run: Run,
}

impl Play {
    pub(crate) fn new(scenario: Scenario, seed: u64, ends_at: Moment) -> Result<Self, BoxError> {
        Ok(Self::with(Race::new(scenario, seed)?, ends_at, Run::default()))
    }

    /// Goes on from a snapshot.
    pub(crate) fn restore(
        scenario: Scenario,
        seed: u64,
        ends_at: Moment,
        bytes: &[u8],
    ) -> Result<Self, BoxError> {
        let Saved { race, run } = decode(VERSION, bytes)?;
        Ok(Self::with(Race::restore(scenario, seed, &race)?, ends_at, run))
    }

    fn with(race: Race, ends_at: Moment, run: Run) -> Self {
        let sale = race.sale();
        let seats = (0..sale.layout().seat_count()).map(|seat| sale.seat_state(Seat(seat)));
        let feed = Feed::new(seats.map(seat_state));
        let me = race.person(0);
        Self { race, me, ends_at, run, feed, version: 1 }
    }

    /// Which version a snapshot is made under.
    pub(crate) fn snapshot_version() -> u16 {
        RULES_VERSION << 8 | CROWD_VERSION
    }

    pub(crate) fn sale(&self) -> &Sale {
        self.race.sale()
    }

    pub(crate) fn me(&self) -> Visitor {
        self.me
    }

    pub(crate) fn run(&self) -> &Run {
        &self.run
    }

    pub(crate) fn feed(&self) -> &Feed {
        &self.feed
    }

    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn standing(&self) -> Standing {
        self.sale().standing(self.me)
    }

    /// When something will happen next, if nobody does anything.
    pub(crate) fn poll_timeout(&self) -> Option<Moment> {
        self.race.poll_timeout()
    }

    /// Whether the person may see which seats are free.
    pub(crate) fn may_see_map(&self) -> bool {
        let Standing::Inside { captcha_due, .. } = self.standing() else { return false };
        let before_map = self.sale().rules().captcha.step == CaptchaStep::BeforeMap;
        self.run.ended.is_none() && !(before_map && captcha_due && !self.run.has_put_off)
    }

    /// What a request with this tag was answered with.
    pub(crate) fn answered(&self, tag: u64) -> Option<&Answered> {
        self.run.answers.get(&tag)
    }

    pub(crate) fn answer_count(&self) -> usize {
        self.run.answers.len()
    }

    /// Keeps what came of a command that is on disk.
    pub(crate) fn keep(&mut self, record: &Record, outcome: Outcome) {
        if record.tag != 0 {
            let answered = Answered { at: record.at, command: record.command, outcome };
            self.run.answers.insert(record.tag, answered);
        }
        self.version += 1;
    }

    /// How many marks there would be with these; nothing if they do not fit. Those that came with a tag
    /// that is known already are there already.
    pub(crate) fn marks_with(&self, tag: u64, marks: &[Mark]) -> Option<usize> {
        let Run { marks: kept, marked, .. } = &self.run;
        let count = if marked.contains(&tag) { kept.len() } else { kept.len() + marks.len() };
        let fits = count <= MARKS_MAX && (marked.contains(&tag) || marked.len() < MARKS_MAX);
        fits.then_some(count)
    }

    /// Whether marks came with this tag before.
    pub(crate) fn has_marked(&self, tag: u64) -> bool {
        self.run.marked.contains(&tag)
    }

    /// Keeps marks, once a tag.
    pub(crate) fn add_marks(&mut self, tag: u64, marks: Vec<Mark>) {
        if self.run.marked.insert(tag) {
            self.run.marks.extend(marks);
        }
    }

    /// Keeps the marks of a note in the log.
    pub(crate) fn keep_note(&mut self, note: &Note<'_>) -> Result<(), BoxError> {
        self.add_marks(note.tag, borsh::from_slice(note.bytes)?);
        Ok(())
    }

    /// Lets the race go on until `now`, a slice at a time.
    pub(crate) fn advance(&mut self, now: Moment) {
        while let Some(due_at) = self.race.poll_timeout().filter(|&due_at| due_at + SLICE < now) {
            self.race.advance(due_at + SLICE);
            self.drain();
        }
        self.race.advance(now);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(Stamped { at, event }) = self.race.poll_event() {
            self.observe(at, &event);
        }
    }

    fn observe(&mut self, at: Moment, event: &Event) {
        use protocol::SeatState::{Free, Held, Sold};
        match *event {
            Event::Opened | Event::Paused | Event::Resumed => self.version += 1,
            Event::Closed => {
                let is_time_over = at >= self.ends_at;
                self.end(at, if is_time_over { Ending::TimeOver } else { Ending::Closed });
                self.version += 1;
            }
            Event::Placed { visitor, place } if visitor == self.me => {
                self.run.place = Some(place);
                // A refresh that goes to the end leaves and comes again at one moment.
                self.run.ended = None;
                self.version += 1;
            }
            Event::Left { visitor, cause } if visitor == self.me => self.leave(at, cause),
            Event::SeatsHeld { seats, .. } => self.paint(seats.as_slice(), Held),
            Event::SeatsReturned { seats, cause, .. } => {
                if cause == Return::Cancelled {
                    self.run.sold -= count(seats.as_slice());
                }
                self.paint(seats.as_slice(), Free);
            }
            Event::Booked { visitor, booking, seats, .. } => {
                self.run.sold += count(seats.as_slice());
                self.paint(seats.as_slice(), Sold);
                if visitor == self.me {
                    self.run.booking = Some(booking);
                    self.version += 1;
                } else if self.run.sold == self.sale().layout().seat_count() {
                    self.end(at, Ending::SoldOut);
                }
            }
            Event::Admitted { visitor, .. } | Event::CaptchaPassed { visitor }
                if visitor == self.me =>
            {
                self.run.has_put_off = false;
                self.version += 1;
            }
            Event::CaptchaPutOff { visitor } if visitor == self.me => {
                self.run.has_put_off = true;
                self.version += 1;
            }
            Event::Admitted { visitor, .. }
            | Event::PressedEarly { visitor }
            | Event::Pooled { visitor }
            | Event::PlaceGivenUp { visitor, .. }
            | Event::CaptchaPassed { visitor }
            | Event::CaptchaMissed { visitor }
            | Event::CaptchaPutOff { visitor }
            | Event::PriceChosen { visitor, .. }
            | Event::SeatMissed { visitor, .. }
            | Event::Left { visitor, .. }
            | Event::Placed { visitor, .. } => self.version += u64::from(visitor == self.me),
            Event::LotteryDrawn { .. } => {}
        }
    }

    fn leave(&mut self, at: Moment, cause: Departure) {
        let ending = match cause {
            Departure::Left => Ending::Left,
            Departure::Lost => Ending::Lost,
            Departure::PassEnded => Ending::PassEnded,
            Departure::HoldEnded => Ending::HoldEnded,
            Departure::Paid => Ending::Paid,
            // Told by the event before this one.
            Departure::Closed => return,
        };
        self.end(at, ending);
    }

    fn end(&mut self, at: Moment, ending: Ending) {
        self.run.ended.get_or_insert(Ended { ending, at });
        self.version += 1;
    }

    fn paint(&mut self, seats: &[Seat], state: protocol::SeatState) {
        for seat in seats {
            self.feed.set(seat.0, state);
        }
    }

    /// Whether nothing the person does can change anything any more.
    pub(crate) fn is_over(&self) -> bool {
        self.run.ended.is_some() || self.sale().stage() == Stage::Closed
    }
}

impl Machine for Play {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.advance(now);
        let outcome = self.race.handle(now, command);
        self.drain();
        outcome
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now);
    }

    fn now(&self) -> Moment {
        self.sale().now()
    }

    fn hash(&self) -> Hash {
        self.race.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        encode(VERSION, &Saved { race: self.race.snapshot(), run: self.run.clone() })
    }
}

fn count(seats: &[Seat]) -> u32 {
    u32::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX")
}
