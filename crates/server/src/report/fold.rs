//! One pass over a race's events, keeping what concerns its person.

use crowd::Race;
use crowd::report::{Observer, Report};
use journal::{Logged, Record};
use protocol::{Booking, CurvePoint};
use sale::{
    CaptchaStep, Command, Departure, Event, Hash, Machine, Moment, Outcome, Place, Refusal, Span,
    Stage, Stamped, Visitor,
};

use crate::play::Ending;
use crate::to_protocol::millis;

/// How far a race goes on before its events are taken.
const SLICE: Span = Span::from_millis(50);

/// A race being replayed, and what its events came to.
#[derive(Debug)]
pub(super) struct Fold {
    race: Race,
    observer: Observer,
    me: Visitor,
    ends_at: Moment,
    opens_at: Moment,
    ended: Option<(Ending, Moment)>,
    free: u32,
    sold: u32,
    given: u32,
    own_places: u32,
    seconds: Vec<CurvePoint>,
    pub(super) place: Option<Place>,
    pub(super) rivals_ahead: Option<u32>,
    pub(super) refreshes: u32,
    pub(super) captchas_asked: u32,
    pub(super) placed_at: Option<Moment>,
}

impl Fold {
    pub(super) fn new(race: Race, ends_at: Moment) -> Self {
        let (me, seats) = (race.person(0), race.sale().layout().seat_count());
        let opens_at = race.sale().rules().opens_at;
        Self {
            observer: Observer::new(&race, me),
            race,
            me,
            ends_at,
            opens_at,
            ended: None,
            free: seats,
            sold: 0,
            given: 0,
            own_places: 0,
            seconds: Vec::new(),
            place: None,
            rivals_ahead: None,
            refreshes: 0,
            captchas_asked: 0,
            placed_at: None,
        }
    }

    /// The steps, and the rivals beside them.
    pub(super) fn told(&self) -> Report {
        self.observer.report(&self.race)
    }

    /// How and when the run ended.
    pub(super) fn ended(&self) -> Option<(Ending, Moment)> {
        self.ended
    }

    /// A command that leaves no event of its own.
    pub(super) fn note(&mut self, logged: Logged<'_>) {
        if let Logged::Decided(Record { command: Command::RenewCaptcha { .. }, .. }, _) = logged {
            self.captchas_asked += 1;
        }
    }

    /// Goes on from the last command to the end of the run.
    pub(super) fn finish(&mut self) {
        while self.ended.is_none() && self.race.sale().stage() != Stage::Closed {
            let Some(due_at) = self.race.poll_timeout().filter(|&at| at <= self.ends_at) else {
                break;
            };
            self.race.advance(due_at);
            self.drain();
        }
        self.ended.get_or_insert((Ending::TimeOver, self.ends_at));
    }

    fn advance_sliced(&mut self, now: Moment) {
        while let Some(due_at) = self.race.poll_timeout().filter(|&due_at| due_at + SLICE < now) {
            self.race.advance(due_at + SLICE);
            self.drain();
        }
        self.race.advance(now);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(stamped) = self.race.poll_event() {
            self.observer.see(&self.race, &stamped);
            let Stamped { at, event } = stamped;
            self.count(at, &event);
            self.observe(at, &event);
        }
    }

    /// What everybody did.
    fn count(&mut self, at: Moment, event: &Event) {
        match *event {
            Event::Placed { .. } => self.given += 1,
            Event::SeatsHeld { seats, .. } => self.free -= len(seats.len()),
            Event::SeatsReturned { seats, cause, .. } => {
                self.free += len(seats.len());
                if cause == sale::Return::Cancelled {
                    self.sold -= len(seats.len());
                }
            }
            Event::Booked { seats, visitor, .. } => {
                self.sold += len(seats.len());
                let total = self.race.sale().layout().seat_count();
                // Where nothing is held before, paying is what takes a seat.
                self.free = self.free.min(total - self.sold);
                if self.sold == total && visitor != self.me {
                    self.ended.get_or_insert((Ending::SoldOut, at));
                }
            }
            Event::Opened
            | Event::Paused
            | Event::Resumed
            | Event::Closed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::SeatMissed { .. }
            | Event::Left { .. } => return,
        }
        self.point(at);
    }

    /// The curve's point of this second, newest state last.
    fn point(&mut self, at: Moment) {
        if at < self.opens_at || self.ended.is_some_and(|(_, ended_at)| at > ended_at) {
            return;
        }
        let s = u32::try_from(at.since(self.opens_at).as_millis() / 1000).unwrap_or(u32::MAX);
        let point = CurvePoint { s, free: self.free, sold: self.sold };
        match self.seconds.last_mut() {
            Some(last) if last.s == s => *last = point,
            _ => self.seconds.push(point),
        }
    }

    /// What concerns the person.
    fn observe(&mut self, at: Moment, event: &Event) {
        match *event {
            Event::Placed { visitor, place } if visitor == self.me => {
                self.ended = None;
                self.own_places += 1;
                self.refreshes = self.own_places - 1;
                self.place = Some(place);
                self.rivals_ahead = Some(self.given - self.own_places);
                self.placed_at = Some(at);
            }
            Event::Admitted { visitor, .. } if visitor == self.me => {
                let is_asked = self.race.sale().rules().captcha.step != CaptchaStep::Never;
                self.captchas_asked += u32::from(is_asked);
            }
            Event::Left { visitor, cause } if visitor == self.me => self.leave(at, cause),
            Event::Closed => {
                let is_time_over = at >= self.ends_at;
                let ending = if is_time_over { Ending::TimeOver } else { Ending::Closed };
                self.ended.get_or_insert((ending, at));
            }
            Event::Opened
            | Event::Paused
            | Event::Resumed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::Placed { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::SeatsHeld { .. }
            | Event::SeatMissed { .. }
            | Event::SeatsReturned { .. }
            | Event::Booked { .. }
            | Event::Left { .. } => {}
        }
    }

    fn leave(&mut self, at: Moment, cause: Departure) {
        let ending = match cause {
            Departure::Left => Ending::Left,
            Departure::Lost => Ending::Lost,
            Departure::PassEnded => Ending::PassEnded,
            Departure::HoldEnded => Ending::HoldEnded,
            Departure::Paid => Ending::Paid,
            Departure::Closed => return,
        };
        self.ended.get_or_insert((ending, at));
    }

    pub(super) fn booking(&self) -> Option<Booking> {
        let sale = self.race.sale();
        let (id, booking) =
            (0u32..).zip(sale.bookings()).find(|(_, booking)| booking.visitor == self.me)?;
        Some(Booking {
            id,
            seats: booking.seats.iter().map(|seat| seat.0).collect(),
            total_won: booking.total,
            paid_at_ms: millis(booking.paid_at),
        })
    }

    pub(super) fn curve(&self) -> Vec<CurvePoint> {
        self.seconds.clone()
    }
}

impl Machine for Fold {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.advance_sliced(now);
        let outcome = self.race.handle(now, command);
        self.drain();
        outcome
    }

    fn advance(&mut self, now: Moment) {
        self.advance_sliced(now);
    }

    fn now(&self) -> Moment {
        self.race.sale().now()
    }

    fn hash(&self) -> Hash {
        self.race.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.race.snapshot()
    }
}

fn len(count: usize) -> u32 {
    u32::try_from(count).expect("at most SEATS_PER_HOLD_MAX")
}
