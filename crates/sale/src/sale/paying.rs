//! Paying for a hold, choosing prices, and cancelling a booking.

use crate::booking::Booking;
use crate::command::{Departure, Outcome};
use crate::event::{Event, Return};
use crate::hold::Hold;
use crate::inside::Captcha;
use crate::moment::{Moment, Span};
use crate::names::{BookingId, Discount, Seat, Seats, Visitor, Won};
use crate::refusal::Refusal;
use crate::rules::{CancelledSeats, CaptchaStep};
use crate::sale::{Sale, Stage};

impl Sale {
    pub(super) fn pay(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let (slot, hold) = self.payable(visitor)?;
        if let Some(missed) = self.miss_choice(visitor, slot, &hold) {
            return Ok(missed);
        }
        Ok(self.book(visitor, slot, &hold))
    }

    /// The hold that a visitor may pay for, and the slot it is in.
    pub(super) fn payable(&self, visitor: Visitor) -> Result<(u32, Hold), Refusal> {
        let slot = self.slot_of_idle(visitor)?;
        let insider = self.state.inside.get(slot).expect("the slot is taken");
        let hold = insider.hold.ok_or(Refusal::NoHold)?;
        if self.rules.captcha.step == CaptchaStep::BeforePay && insider.captcha != Captcha::Passed {
            return Err(Refusal::CaptchaDue);
        }
        Ok((slot, hold))
    }

    /// Takes the choice from a visitor to whom no seats were promised, if another one has a seat of it
    /// (rule B7).
    pub(super) fn miss_choice(
        &mut self,
        visitor: Visitor,
        slot: u32,
        hold: &Hold,
    ) -> Option<Outcome> {
        if hold.is_promise() {
            return None;
        }
        let taken = hold.seats.iter().find(|&seat| !self.is_free(seat))?;
        self.state.inside.at(slot).hold = None;
        Some(self.miss_seat(visitor, taken))
    }

    pub(super) fn book(&mut self, visitor: Visitor, slot: u32, hold: &Hold) -> Outcome {
        let now = self.state.now;
        for seat in hold.seats.iter() {
            if hold.is_promise() {
                self.state.seating.sell_held(seat, visitor);
            } else {
                self.state.seating.sell_free(&self.layout, now, seat, visitor);
            }
        }
        let (seats, total) = (hold.seats, self.total_of(hold));
        let booking =
            BookingId(u32::try_from(self.state.bookings.len()).expect("at most one a place"));
        self.state.bookings.push(Booking {
            visitor,
            seats,
            total,
            paid_at: now,
            cancelled_at: None,
            payment: hold.payment.map(|payment| payment.id),
        });
        self.state.visitors.add_booked(visitor, count(&seats));
        self.state.inside.at(slot).hold = None;
        self.emit(Event::Booked { visitor, booking, seats, total });
        self.depart(slot, Departure::Paid);
        Outcome::Booked { booking, total }
    }

    pub(super) fn choose_price(
        &mut self,
        visitor: Visitor,
        seats: &Seats,
        discount: Discount,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_of_idle(visitor)?;
        let mut hold = self.state.inside.at(slot).hold.ok_or(Refusal::NoHold)?;
        if usize::from(discount.0) > self.rules.discounts.len() {
            return Err(Refusal::NoSuchPrice);
        }
        for seat in seats.iter() {
            if !hold.price(seat, discount) {
                return Err(Refusal::NotHeld);
            }
        }
        self.state.inside.at(slot).hold = Some(hold);
        self.emit(Event::PriceChosen { visitor, seats: *seats, discount });
        Ok(Outcome::PriceChosen { total: self.total_of(&hold) })
    }

    /// What a hold costs, fees included (rules B2, B8).
    pub fn total_of(&self, hold: &Hold) -> Won {
        hold.priced().map(|(seat, discount)| self.price_of(seat, discount)).sum()
    }

    /// What a seat costs at a discount, its fee included, in whole won.
    fn price_of(&self, seat: Seat, discount: Discount) -> Won {
        let percent = match discount {
            Discount::NONE => 0,
            Discount(number) => self.rules.discounts[usize::from(number) - 1],
        };
        self.layout.price_of(seat) * Won::from(100 - percent) / 100 + self.rules.fee_won
    }

    pub(super) fn cancel_booking(
        &mut self,
        visitor: Visitor,
        booking: BookingId,
    ) -> Result<Outcome, Refusal> {
        if self.state.stage == Stage::Before {
            return Err(Refusal::NotOpen);
        }
        let now = self.state.now;
        let row = self.state.bookings.get_mut(booking.0 as usize);
        let row = row
            .filter(|row| row.visitor == visitor && row.cancelled_at.is_none())
            .ok_or(Refusal::NoSuchBooking)?;
        row.cancelled_at = Some(now);
        let seats = row.seats;
        self.state.visitors.remove_booked(visitor, count(&seats));
        match self.rules.cancelled {
            CancelledSeats::AtOnce => self.give_back(visitor, seats, Return::Cancelled),
            CancelledSeats::InBatches { every } => {
                self.state.returning.push(booking);
                self.state.returns_at = Some(self.batch_after(now, every));
                self.emit(Event::BookingCancelled { visitor, booking });
            }
        }
        Ok(Outcome::Cancelled)
    }

    /// When the first batch of cancelled seats after `now` returns (rule B10).
    fn batch_after(&self, now: Moment, every: Span) -> Moment {
        let open_ns = now.as_nanos().saturating_sub(self.rules.opens_at.as_nanos());
        let batches = open_ns / every.as_nanos() + 1;
        self.rules.opens_at + Span::from_nanos(every.as_nanos().saturating_mul(batches))
    }

    /// Returns the seats of all bookings that were cancelled since the last batch.
    pub(super) fn return_cancelled(&mut self) {
        self.state.returns_at = None;
        for booking in core::mem::take(&mut self.state.returning) {
            let Booking { visitor, seats, .. } = self.state.bookings[booking.0 as usize];
            self.give_back(visitor, seats, Return::Cancelled);
        }
    }
}

fn count(seats: &Seats) -> u8 {
    u8::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX")
}
