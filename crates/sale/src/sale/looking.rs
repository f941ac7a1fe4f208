//! What a sale says of itself: how far it is, where a visitor stands, and whose each seat is.
//! Nothing here changes anything.

use crate::booking::Booking;
use crate::captcha::Challenge;
use crate::digest::Hash;
use crate::inside::{Captcha, Insider};
use crate::layout::Layout;
use crate::lottery::{self, Commitment};
use crate::moment::Moment;
use crate::names::{BookingId, PaymentId, Place, Seat, Section, Visitor};
use crate::rules::Rules;
use crate::sale::{PaymentFate, Sale, Stage, Standing};
use crate::seating::SeatState;
use crate::visitors::Presence;

impl Sale {
    /// The time up to which everything due has happened.
    pub fn now(&self) -> Moment {
        self.state.now
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The seats by section and price.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How far the sale is.
    pub fn stage(&self) -> Stage {
        self.state.stage
    }

    /// The digest of all events so far.
    pub fn hash(&self) -> Hash {
        self.state.digest.hash()
    }

    /// How many events there were so far.
    pub fn event_count(&self) -> u64 {
        self.state.digest.count()
    }

    /// The commitment to the lottery's seed, to be published before the opening (rule Q6).
    pub fn lottery_commitment(&self) -> Commitment {
        Commitment::to(lottery::seed_of(self.chance.seed))
    }

    /// How many places were given so far.
    pub fn places_given(&self) -> u32 {
        self.state.queue.given()
    }

    /// How many places were served or given up, counted up to the place that was served last.
    pub fn places_served(&self) -> u32 {
        self.state.queue.served()
    }

    /// How many visitors are in the queue.
    pub fn waiting_count(&self) -> u32 {
        self.state.queue.waiting()
    }

    /// How many visitors are inside.
    pub fn inside_count(&self) -> u32 {
        self.state.inside.count()
    }

    /// The visitor who waits at a place, if one still does.
    pub fn waiting_at(&self, place: Place) -> Option<Visitor> {
        self.state.queue.visitor_at(place)
    }

    /// How many seats are free.
    pub fn free_count(&self) -> u32 {
        self.state.seating.free_count()
    }

    /// When the first of the live holds ends, if its visitor neither pays nor releases the seats before; `None` without a
    /// live hold. It passes over the deadlines of holds that are over.
    pub fn first_hold_end(&self) -> Option<Moment> {
        self.state.holds.iter().find(|due| self.is_live_hold(due)).map(|due| due.at)
    }

    /// When the next batch of cancelled seats returns; `None` if no seat waits for one.
    pub fn cancelled_return_at(&self) -> Option<Moment> {
        self.state.returns_at
    }

    /// How many seats a visitor has paid for and not cancelled.
    pub fn seats_booked(&self, visitor: Visitor) -> u8 {
        self.state.visitors.seats_booked(visitor)
    }

    /// How many seats are paid.
    pub fn sold_count(&self) -> u32 {
        self.state.seating.sold_count()
    }

    /// How many seats of a section are free.
    ///
    /// # Panics
    ///
    /// If there is no such section.
    pub fn free_in(&self, section: Section) -> u32 {
        self.state.seating.free_in(section)
    }

    /// Whether the seat is free.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn is_free(&self, seat: Seat) -> bool {
        self.assert_seat(seat);
        self.state.seating.is_free(seat)
    }

    /// The state of a seat.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn seat_state(&self, seat: Seat) -> SeatState {
        self.assert_seat(seat);
        self.state.seating.state(seat)
    }

    /// The visitor who holds a seat or has paid for it; `None` if it is free.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn seat_owner(&self, seat: Seat) -> Option<Visitor> {
        self.state.seating.owner(seat)
    }

    /// The bitmaps of the seats have bits past the last seat, so they would answer for any seat.
    fn assert_seat(&self, seat: Seat) {
        assert!(seat.0 < self.layout.seat_count(), "seat is in the layout");
    }

    /// All bookings in the order of payment, cancelled ones included.
    pub fn bookings(&self) -> &[Booking] {
        &self.state.bookings
    }

    /// A booking by its number.
    pub fn booking(&self, booking: BookingId) -> Option<&Booking> {
        self.state.bookings.get(booking.0 as usize)
    }

    /// What has become of a payment; `None` if none of this number was begun. One that led to a booking is found by
    /// looking at all bookings.
    pub fn payment(&self, payment: PaymentId) -> Option<PaymentFate> {
        if payment.0 >= self.state.payments_begun {
            return None;
        }
        // Deadlines are in the order in which payments began, so in the order of their numbers.
        let due = self.state.payments.binary_search_by_key(&payment.0, |due| due.serial);
        let due = due.ok().map(|at| self.state.payments[at]);
        if let Some(due) = due.filter(|due| self.is_live_payment(due)) {
            return Some(PaymentFate::UnderWay { until: due.at });
        }
        let mut bookings = (0..).map(BookingId).zip(&self.state.bookings);
        let paid = bookings.find(|(_, row)| row.payment == Some(payment));
        Some(paid.map_or(PaymentFate::Over, |(booking, _)| PaymentFate::Booked(booking)))
    }

    /// Where a visitor stands.
    pub fn standing(&self, visitor: Visitor) -> Standing {
        match self.state.visitors.presence(visitor) {
            Presence::Away { locked_until_ms } => {
                Standing::Away { locked_until: Moment::from_millis(locked_until_ms.into()) }
            }
            Presence::Pooled { .. } => Standing::Pooled,
            Presence::Waiting { place } => {
                let position = self.state.queue.position(place);
                Standing::Waiting { place, position: position.expect("who waits has a position") }
            }
            Presence::Inside { slot } => {
                let insider = self.state.inside.get(slot).expect("who is inside has a slot");
                insider.standing()
            }
        }
    }

    /// The captcha that the visitor has yet to answer, now or later; `None` if there is none. Its
    /// letters are for drawing the image.
    pub fn challenge(&self, visitor: Visitor) -> Option<Challenge> {
        let Presence::Inside { slot } = self.state.visitors.presence(visitor) else {
            return None;
        };
        let insider = self.state.inside.get(slot)?;
        (insider.captcha != Captcha::Passed).then(|| self.challenge_of(insider))
    }

    pub(crate) fn challenge_of(&self, insider: &Insider) -> Challenge {
        let letters = self.rules.captcha.letters;
        Challenge::new(self.chance, insider.place, insider.challenge, letters)
    }
}

impl Insider {
    fn standing(&self) -> Standing {
        Standing::Inside {
            place: self.place,
            admitted_at: self.admitted_at,
            until: self.until,
            captcha_due: self.captcha != Captcha::Passed,
            viewed: self.viewed,
            hold: self.hold,
        }
    }
}
