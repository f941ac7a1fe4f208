//! The audit: compares everything that the state keeps in two places. For tests and after recovery.

use crate::hold::Hold;
use crate::names::Visitor;
use crate::sale::{Sale, State};
use crate::seating::SeatState;
use crate::visitors::Presence;

impl Sale {
    /// Compares everything that the state keeps in two places. Takes time in proportion to the
    /// number of seats, visitors and bookings.
    ///
    /// # Panics
    ///
    /// If the state contradicts itself.
    pub fn audit(&self) {
        self.state.seating.audit(&self.layout);
        audit_visitors(&self.state);
        let limit = self.rules.admission.inside_max;
        assert!(self.inside_count() <= limit, "no more visitors are inside than the rules allow");
        self.audit_holds();
        self.audit_bookings();
    }

    fn audit_holds(&self) {
        let mut held = 0;
        for insider in self.state.inside.iter() {
            // Where seats become the visitor's only by paying, a choice holds nothing.
            let hold = insider.hold.filter(Hold::is_promise);
            for seat in hold.iter().flat_map(|hold| hold.seats.iter()) {
                held += 1;
                assert_eq!(self.seat_state(seat), SeatState::Held, "a seat in a hold is held");
                let owner = self.seat_owner(seat);
                assert_eq!(
                    owner,
                    Some(insider.visitor),
                    "a held seat belongs to the visitor who holds it"
                );
            }
        }
        let paying = self.state.inside.iter().filter_map(|insider| insider.hold?.payment).count();
        let due = self.state.payments.iter().filter(|due| self.is_live_payment(due)).count();
        assert_eq!(paying, due, "every payment under way has one deadline");
        let counted = self.layout.seat_count() - self.free_count() - self.sold_count();
        assert_eq!(held, counted, "every held seat is in one hold");
    }

    fn audit_bookings(&self) {
        let mut sold = 0;
        // Until its batch, the seat of a cancelled booking is still sold.
        let returning = self.state.returning.iter().map(|id| &self.state.bookings[id.0 as usize]);
        let live = self.state.bookings.iter().filter(|row| row.cancelled_at.is_none());
        for booking in live.chain(returning) {
            for seat in booking.seats.iter() {
                sold += 1;
                assert_eq!(self.seat_state(seat), SeatState::Sold, "a seat in a booking is sold");
                let owner = self.seat_owner(seat);
                assert_eq!(
                    owner,
                    Some(booking.visitor),
                    "a sold seat belongs to the visitor who paid"
                );
            }
        }
        assert_eq!(sold, self.sold_count(), "every sold seat is in one booking");
        let waits = !self.state.returning.is_empty();
        assert_eq!(waits, self.state.returns_at.is_some(), "a batch comes if seats wait for it");
    }
}

fn audit_visitors(state: &State) {
    let (mut waiting, mut inside) = (0, 0);
    for number in 0..state.visitors.len() {
        let visitor = Visitor(u32::try_from(number).expect("at most VISITORS_MAX"));
        match state.visitors.presence(visitor) {
            Presence::Away { .. } => {}
            Presence::Pooled { index } => {
                let found = state.pool.get(index as usize).copied().flatten();
                assert_eq!(
                    found,
                    Some(visitor),
                    "the pool has the visitor at the index of the row"
                );
            }
            Presence::Waiting { place } => {
                waiting += 1;
                let found = state.queue.visitor_at(place);
                assert_eq!(
                    found,
                    Some(visitor),
                    "the queue has the visitor at the place of the row"
                );
            }
            Presence::Inside { slot } => {
                inside += 1;
                let found = state.inside.get(slot).map(|insider| insider.visitor);
                assert_eq!(found, Some(visitor), "the slot of the row has the visitor in it");
            }
        }
    }
    assert_eq!(waiting, state.queue.waiting(), "the count of visitors who wait is right");
    assert_eq!(inside, state.inside.count(), "the count of visitors inside is right");
}
