//! The observer: follows a sale by its events alone. It keeps simple books of where each visitor is
//! and who owns each seat, and panics at any event that must not happen.
//!
//! It shares no code with the sale: it uses sets instead of counters, and lists instead of bitmaps.

mod bucket;
mod paying;

use std::collections::{BTreeMap, BTreeSet};

use sale::limits::PAYING;
use sale::{
    BookingId, CancelledSeats, Departure, Discount, Event, HoldAt, Layout, Moment, PaymentId,
    Place, Return, Rules, Sale, Seat, SeatState, Seats, Stage, Stamped, Standing, Visitor, Won,
};

use crate::observer::bucket::Bucket;

/// Follows one sale by its events.
#[derive(Clone, Debug)]
pub struct Observer {
    rules: Rules,
    layout: Layout,
    now: Moment,
    stage: Stage,
    chairs: Vec<Chair>,
    people: BTreeMap<Visitor, Whereabouts>,
    /// The visitors in the queue, by place.
    line: BTreeMap<Place, Visitor>,
    inside: BTreeSet<Visitor>,
    places_given: u32,
    bookings: Vec<Paid>,
    payments_begun: u32,
    /// Whose payment ended last without a booking, and when.
    payment_ended: Option<(Visitor, Moment)>,
    /// The held seats for which a price was chosen.
    discounts: BTreeMap<(Visitor, Seat), Discount>,
    /// Buckets with the highest and the lowest rate that the noise of admission allows.
    fastest: Option<Bucket>,
    slowest: Option<Bucket>,
}

/// A seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chair {
    taken: Taken,
    /// When it was last taken.
    since: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    By(Visitor),
    Paid(Visitor),
    /// The booking was cancelled, and its seats return with the next batch.
    Returning(Visitor),
    Free,
}

/// Where a visitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whereabouts {
    Away,
    Pooled,
    Waiting(Place),
    /// The visitor gave the place up, and will leave or get a place at the end in the same moment.
    BetweenPlaces,
    Inside {
        until: Moment,
        hold_until: Option<Moment>,
        /// The payment that is under way, and when it ends by itself.
        payment: Option<(PaymentId, Moment)>,
    },
}

/// A booking.
#[derive(Clone, Copy, Debug)]
struct Paid {
    visitor: Visitor,
    seats: Seats,
    total: Won,
    is_live: bool,
}

impl Observer {
    /// An observer of a sale in which nothing has happened yet.
    pub fn new(rules: Rules, layout: Layout) -> Self {
        let chair = Chair { taken: Taken::Free, since: Moment::START };
        Self {
            chairs: vec![chair; layout.seat_count() as usize],
            rules,
            layout,
            now: Moment::START,
            stage: Stage::Before,
            people: BTreeMap::new(),
            line: BTreeMap::new(),
            inside: BTreeSet::new(),
            places_given: 0,
            bookings: Vec::new(),
            payments_begun: 0,
            payment_ended: None,
            discounts: BTreeMap::new(),
            fastest: None,
            slowest: None,
        }
    }

    /// Takes in an event.
    ///
    /// # Panics
    ///
    /// If the event must not happen (rules G4, G6).
    pub fn see(&mut self, stamped: &Stamped) {
        let Stamped { at, event } = *stamped;
        assert!(self.now <= at, "events come in order of time: {stamped:?} after {:?}", self.now);
        self.now = at;
        if self.stage == Stage::Closed {
            let is_clearing = matches!(event, Event::SeatsReturned { .. } | Event::Left { .. });
            assert!(is_clearing, "only seats and visitors go after the closing: {stamped:?}");
        }
        match event {
            Event::Opened => self.open(),
            Event::Paused => self.stage = Stage::Paused,
            Event::Resumed => self.stage = Stage::Open,
            Event::Closed => self.stage = Stage::Closed,
            Event::PressedEarly { visitor } => {
                assert_eq!(self.stage, Stage::Before, "early is before the opening: {stamped:?}");
                assert_eq!(self.of(visitor), Whereabouts::Away, "{stamped:?}");
            }
            Event::Pooled { visitor } => {
                assert_eq!(self.of(visitor), Whereabouts::Away, "{stamped:?}");
                self.people.insert(visitor, Whereabouts::Pooled);
            }
            Event::LotteryDrawn { entrants, .. } => {
                let pooled = self.people.values().filter(|at| **at == Whereabouts::Pooled);
                assert_eq!(
                    pooled.count(),
                    entrants as usize,
                    "every visitor in the pool takes part"
                );
            }
            Event::Placed { visitor, place } => self.place(visitor, place),
            Event::PlaceGivenUp { visitor, place } => {
                assert_eq!(self.line.remove(&place), Some(visitor), "{stamped:?}");
                self.people.insert(visitor, Whereabouts::BetweenPlaces);
            }
            Event::Admitted { visitor, place, until } => self.admit(visitor, place, until),
            Event::CaptchaPassed { visitor }
            | Event::CaptchaMissed { visitor }
            | Event::CaptchaPutOff { visitor } => {
                assert!(self.inside.contains(&visitor), "a captcha needs a pass: {stamped:?}");
            }
            Event::SeatsHeld { visitor, seats, until } => self.hold(visitor, &seats, until),
            Event::SeatMissed { visitor, seat, late_by } => {
                let chair = self.chair(seat);
                assert_ne!(chair.taken, Taken::Free, "only a taken seat is missed: {stamped:?}");
                assert_eq!(at.since(chair.since), late_by, "how late it was: {stamped:?}");
                assert!(self.inside.contains(&visitor), "a seat needs a pass: {stamped:?}");
            }
            Event::SeatsReturned { visitor, seats, cause } => self.free(visitor, &seats, cause),
            Event::Booked { visitor, booking, seats, total } => {
                self.book(visitor, booking, &seats, total);
            }
            Event::Left { visitor, cause } => self.leave(visitor, cause),
            Event::PaymentBegun { visitor, payment, until } => {
                self.begin_payment(visitor, payment, until);
            }
            Event::PaymentEnded { visitor, payment } => self.end_payment(visitor, payment),
            Event::BookingCancelled { visitor, booking } => self.cancel(visitor, booking),
            Event::PriceChosen { visitor, seats, discount } => {
                assert!(self.inside.contains(&visitor), "a price needs a pass: {stamped:?}");
                self.discounts.extend(seats.iter().map(|seat| ((visitor, seat), discount)));
            }
        }
    }

    /// The moment of the last event.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The states of all seats, in the order of their numbers.
    pub fn seat_states(&self) -> Vec<protocol::SeatState> {
        let state = |chair: &Chair| match chair.taken {
            Taken::Free => protocol::SeatState::Free,
            Taken::By(_) => protocol::SeatState::Held,
            Taken::Paid(_) | Taken::Returning(_) => protocol::SeatState::Sold,
        };
        self.chairs.iter().map(state).collect()
    }

    fn of(&self, visitor: Visitor) -> Whereabouts {
        self.people.get(&visitor).copied().unwrap_or(Whereabouts::Away)
    }

    fn chair(&self, seat: Seat) -> Chair {
        self.chairs[seat.0 as usize]
    }

    /// Notes who has a seat. A seat that is paid for counts as taken since it was held.
    fn take(&mut self, seat: Seat, taken: Taken) {
        let chair = &mut self.chairs[seat.0 as usize];
        if chair.taken == Taken::Free {
            chair.since = self.now;
        }
        chair.taken = taken;
    }

    fn open(&mut self) {
        assert_eq!(self.stage, Stage::Before, "a sale opens once");
        self.stage = Stage::Open;
        self.fastest = Some(Bucket::fastest(&self.rules.admission, self.now));
        self.slowest = Some(Bucket::slowest(&self.rules.admission, self.now));
    }

    fn place(&mut self, visitor: Visitor, place: Place) {
        self.places_given += 1;
        assert_eq!(place.0, self.places_given, "places are given in order, each once");
        let before = self.of(visitor);
        let has_none =
            matches!(before, Whereabouts::Away | Whereabouts::Pooled | Whereabouts::BetweenPlaces);
        assert!(has_none, "{visitor:?} has a place already: {before:?}");
        self.line.insert(place, visitor);
        self.people.insert(visitor, Whereabouts::Waiting(place));
    }

    fn admit(&mut self, visitor: Visitor, place: Place, until: Moment) {
        assert_eq!(self.stage, Stage::Open, "only an open sale admits visitors");
        let first = self.line.pop_first();
        assert_eq!(first, Some((place, visitor)), "the visitor with the first place is admitted");
        assert_eq!(self.of(visitor), Whereabouts::Waiting(place));
        assert_eq!(until, self.now + self.rules.pass, "a pass lasts as the rules say");
        assert!(self.inside.insert(visitor), "{visitor:?} is admitted twice");
        let (inside, most) = (self.inside.len(), self.rules.admission.inside_max);
        assert!(inside <= most as usize, "{inside} are inside, at most {most} may be");
        let (fastest, slowest) = (self.fastest.as_mut(), self.slowest.as_mut());
        let has_one = fastest.expect("the sale has opened").take(self.now);
        assert!(has_one, "{visitor:?} is admitted sooner than the fastest rate allows");
        slowest.expect("the sale has opened").take(self.now);
        let inside = Whereabouts::Inside { until, hold_until: None, payment: None };
        self.people.insert(visitor, inside);
    }

    fn hold(&mut self, visitor: Visitor, seats: &Seats, until: Moment) {
        let Whereabouts::Inside { until: pass_until, hold_until, payment } = self.of(visitor)
        else {
            panic!("{visitor:?} holds seats from outside");
        };
        assert_eq!(payment, None, "a hold does not change while it is paid");
        let lasts = match self.rules.hold_at {
            HoldAt::Click | HoldAt::Done => self.rules.hold,
            // These rules hold nothing but what a payment is under way for.
            HoldAt::Payment => PAYING,
        };
        let due = hold_until.unwrap_or(self.now + lasts);
        assert_eq!(until, due, "the first seat of a hold decides its end");
        assert!(hold_until.is_none() || self.rules.hold_at == HoldAt::Click, "one hold at a time");
        for seat in seats.iter() {
            let taken = self.chair(seat).taken;
            assert_eq!(taken, Taken::Free, "{seat:?} is taken, and {visitor:?} holds it");
            self.take(seat, Taken::By(visitor));
        }
        self.check_limit(visitor);
        let inside = Whereabouts::Inside { until: pass_until, hold_until: Some(until), payment };
        self.people.insert(visitor, inside);
    }

    fn check_limit(&self, visitor: Visitor) {
        let mine = [Taken::By(visitor), Taken::Paid(visitor)];
        let count = self.chairs.iter().filter(|chair| mine.contains(&chair.taken)).count();
        let most = usize::from(self.rules.seats_max);
        assert!(count <= most, "{visitor:?} has {count} seats, at most {most} are allowed");
    }

    fn holds_any(&self, visitor: Visitor) -> bool {
        self.chairs.iter().any(|chair| chair.taken == Taken::By(visitor))
    }

    fn free(&mut self, visitor: Visitor, seats: &Seats, cause: Return) {
        for seat in seats.iter() {
            self.discounts.remove(&(visitor, seat));
        }
        let expected = match cause {
            Return::Cancelled => match self.rules.cancelled {
                CancelledSeats::AtOnce => Taken::Paid(visitor),
                CancelledSeats::InBatches { .. } => Taken::Returning(visitor),
            },
            Return::Released
            | Return::Left
            | Return::HoldEnded
            | Return::Closed
            | Return::PaymentEnded => Taken::By(visitor),
        };
        for seat in seats.iter() {
            let taken = self.chair(seat).taken;
            assert_eq!(taken, expected, "{visitor:?} returns {seat:?} ({cause:?})");
            self.take(seat, Taken::Free);
        }
        if cause == Return::Cancelled {
            if let CancelledSeats::InBatches { every } = self.rules.cancelled {
                let open_ns = self.now.as_nanos().saturating_sub(self.rules.opens_at.as_nanos());
                assert_eq!(open_ns % every.as_nanos(), 0, "cancelled seats return with a batch");
                return;
            }
            let mut live = self.bookings.iter_mut().filter(|paid| paid.is_live);
            let paid = live.find(|paid| paid.visitor == visitor && paid.seats == *seats);
            paid.expect("a live booking has exactly the cancelled seats").is_live = false;
            return;
        }
        let Whereabouts::Inside { until, hold_until, payment } = self.of(visitor) else {
            panic!("{visitor:?} returns held seats from outside");
        };
        assert_eq!(payment, None, "no seat returns while it is paid");
        self.check_end(visitor, hold_until, cause);
        let rest = self.holds_any(visitor);
        assert!(cause == Return::Released || !rest, "a hold ends as a whole: {cause:?}");
        let hold_until = hold_until.filter(|_| rest);
        self.people.insert(visitor, Whereabouts::Inside { until, hold_until, payment });
    }

    /// Takes in that a booking was cancelled whose seats return with the next batch.
    fn cancel(&mut self, visitor: Visitor, booking: BookingId) {
        let paid = &mut self.bookings[booking.0 as usize];
        assert!(paid.is_live && paid.visitor == visitor, "a visitor cancels an own live booking");
        paid.is_live = false;
        let seats = paid.seats;
        for seat in seats.iter() {
            assert_eq!(self.chair(seat).taken, Taken::Paid(visitor));
            let chair = &mut self.chairs[seat.0 as usize];
            chair.taken = Taken::Returning(visitor);
        }
    }

    fn book(&mut self, visitor: Visitor, booking: BookingId, seats: &Seats, total: Won) {
        assert_eq!(booking.0 as usize, self.bookings.len(), "bookings are numbered in order");
        let Whereabouts::Inside { until, hold_until, payment } = self.of(visitor) else {
            panic!("{visitor:?} pays from outside");
        };
        let expected = match (payment, self.rules.hold_at) {
            (Some((_, end)), _) => {
                assert!(self.now < end, "the payment has not ended");
                Taken::By(visitor)
            }
            (None, HoldAt::Click | HoldAt::Done) => {
                assert!(hold_until.is_some_and(|end| self.now < end), "the hold has not ended");
                Taken::By(visitor)
            }
            (None, HoldAt::Payment) => Taken::Free,
        };
        for seat in seats.iter() {
            let taken = self.chair(seat).taken;
            assert_eq!(taken, expected, "{seat:?} is sold to {visitor:?}");
            self.take(seat, Taken::Paid(visitor));
        }
        assert!(!self.holds_any(visitor), "a hold is paid as a whole");
        self.check_limit(visitor);
        self.check_total(visitor, seats, total);
        self.bookings.push(Paid { visitor, seats: *seats, total, is_live: true });
        let inside = Whereabouts::Inside { until, hold_until: None, payment: None };
        self.people.insert(visitor, inside);
    }

    fn check_total(&self, visitor: Visitor, seats: &Seats, total: Won) {
        let price = |seat, percent| self.layout.price_of(seat) * (100 - percent) / 100;
        let sum = |percent_of: &dyn Fn(Seat) -> Won| -> Won {
            seats.iter().map(|seat| price(seat, percent_of(seat)) + self.rules.fee_won).sum()
        };
        if self.rules.hold_at == HoldAt::Payment {
            // These rules have no holds: there is no event when the sale drops a choice and its
            // prices, so the observer cannot know the discounts.
            assert!(total <= sum(&|_| 0), "the total is at most the regular prices and the fees");
            return;
        }
        let chosen = |seat| match self.discounts.get(&(visitor, seat)) {
            None | Some(&Discount::NONE) => 0,
            Some(discount) => Won::from(self.rules.discounts[usize::from(discount.0) - 1]),
        };
        assert_eq!(total, sum(&chosen), "the total is the chosen prices and the fees");
    }

    fn leave(&mut self, visitor: Visitor, cause: Departure) {
        self.discounts.retain(|&(of, _), _| of != visitor);
        match self.of(visitor) {
            Whereabouts::Pooled | Whereabouts::BetweenPlaces => {}
            Whereabouts::Inside { until, payment, .. } => {
                assert_eq!(payment, None, "{visitor:?} leaves while paying");
                assert!(!self.holds_any(visitor), "{visitor:?} leaves with seats held");
                assert!(self.inside.remove(&visitor), "{visitor:?} is counted as inside");
                let in_time = cause != Departure::PassEnded || self.now >= until;
                assert!(in_time, "{visitor:?} is put out before the pass ends");
            }
            at @ (Whereabouts::Away | Whereabouts::Waiting(_)) => {
                panic!("{visitor:?} leaves from {at:?}")
            }
        }
        self.people.insert(visitor, Whereabouts::Away);
    }

    /// Compares these books with the sale. The observer must have seen every event of it.
    ///
    /// # Panics
    ///
    /// If they differ, or something is overdue.
    pub fn check(&self, sale: &Sale) {
        sale.audit();
        assert_eq!(self.stage, sale.stage());
        self.check_seats(sale);
        self.check_line(sale);
        self.check_deadlines(sale);
        assert_eq!(
            self.inside.len(),
            sale.inside_count() as usize,
            "the number of visitors inside"
        );
        assert!(
            self.stage != Stage::Closed || self.inside.is_empty(),
            "nobody is inside a closed sale"
        );
        let room = self.inside.len() < self.rules.admission.inside_max as usize;
        let is_kept_out = self.stage == Stage::Open && room && !self.line.is_empty();
        let is_due = self.slowest.as_ref().is_some_and(|bucket| bucket.is_due(sale.now()));
        assert!(!is_kept_out || !is_due, "a visitor waits although an admission is due");
    }

    fn check_seats(&self, sale: &Sale) {
        for (index, chair) in (0..).zip(&self.chairs) {
            let seat = Seat(index);
            let expected = match chair.taken {
                Taken::Free => (SeatState::Free, None),
                Taken::By(visitor) => (SeatState::Held, Some(visitor)),
                Taken::Paid(visitor) | Taken::Returning(visitor) => {
                    (SeatState::Sold, Some(visitor))
                }
            };
            assert_eq!((sale.seat_state(seat), sale.seat_owner(seat)), expected, "{seat:?}");
        }
        assert_eq!(self.bookings.len(), sale.bookings().len());
        let mut sold = BTreeSet::new();
        for (mine, theirs) in self.bookings.iter().zip(sale.bookings()) {
            assert_eq!((mine.visitor, mine.total), (theirs.visitor, theirs.total));
            assert_eq!(mine.seats, theirs.seats);
            assert_eq!(mine.is_live, theirs.cancelled_at.is_none());
            for seat in mine.seats.iter().filter(|_| mine.is_live) {
                assert!(sold.insert(seat), "{seat:?} is in two live bookings");
                assert_eq!(self.chair(seat).taken, Taken::Paid(mine.visitor));
            }
        }
        let is_returning = |chair: &&Chair| matches!(chair.taken, Taken::Returning(_));
        let returning = self.chairs.iter().filter(is_returning).count();
        assert_eq!(
            sold.len() + returning,
            sale.sold_count() as usize,
            "every sold seat is in a booking, or returns with a batch"
        );
    }

    /// Checks every position in the queue by counting the visitors before it.
    fn check_line(&self, sale: &Sale) {
        assert_eq!(self.places_given, sale.places_given());
        assert_eq!(
            self.line.len(),
            sale.waiting_count() as usize,
            "the number of waiting visitors"
        );
        for (counted, (&place, &visitor)) in (1..).zip(&self.line) {
            let Standing::Waiting { place: theirs, position } = sale.standing(visitor) else {
                panic!("{visitor:?} waits at {place:?}, but the sale says otherwise");
            };
            assert_eq!((theirs, position), (place, counted), "the position of {visitor:?}");
        }
    }

    fn check_deadlines(&self, sale: &Sale) {
        for visitor in &self.inside {
            let Whereabouts::Inside { until, hold_until, payment } = self.of(*visitor) else {
                panic!(
                    "{visitor:?} is in one of the observer's books of who is inside, not in both"
                );
            };
            let end = hold_until.unwrap_or(until);
            let end = payment.map_or(end, |(_, paying_until)| end.max(paying_until));
            assert_eq!(payment, payment_of(sale, *visitor), "what {visitor:?} pays");
            assert!(end > sale.now(), "{visitor:?} is inside past {end:?}, it is {:?}", sale.now());
        }
    }
}

/// The payment of a visitor that is under way in the sale itself.
fn payment_of(sale: &Sale, visitor: Visitor) -> Option<(PaymentId, Moment)> {
    let Standing::Inside { hold, .. } = sale.standing(visitor) else { return None };
    let payment = hold?.payment?;
    Some((payment.id, payment.until))
}

#[cfg(test)]
mod tests;
