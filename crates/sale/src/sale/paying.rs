//! Paying for a hold, and cancelling what was paid.

use crate::booking::Booking;
use crate::command::{Departure, Outcome};
use crate::event::{Event, Return};
use crate::hold::Hold;
use crate::inside::Captcha;
use crate::moment::Moment;
use crate::names::{BookingId, Seats, Visitor, Won};
use crate::refusal::Refusal;
use crate::rules::CaptchaStep;
use crate::sale::{Sale, Stage};

impl Sale {
    pub(super) fn pay(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let slot = self.slot_of(visitor)?;
        let insider = self.state.inside.at(slot);
        let hold = insider.hold.ok_or(Refusal::NoHold)?;
        if self.rules.captcha.step == CaptchaStep::BeforePay && insider.captcha != Captcha::Passed {
            return Err(Refusal::CaptchaDue);
        }
        if hold.until == Moment::NEVER
            && let Some(taken) = hold.seats.iter().find(|&seat| !self.is_free(seat))
        {
            self.state.inside.at(slot).hold = None;
            return Ok(self.miss_seat(visitor, taken));
        }
        Ok(self.book(visitor, slot, &hold))
    }

    fn book(&mut self, visitor: Visitor, slot: u32, hold: &Hold) -> Outcome {
        let now = self.state.now;
        for seat in hold.seats.iter() {
            if hold.until == Moment::NEVER {
                self.state.seating.sell_free(&self.layout, now, seat, visitor);
            } else {
                self.state.seating.sell_held(seat, visitor);
            }
        }
        let (seats, total) = (hold.seats, self.price_of(&hold.seats));
        let booking =
            BookingId(u32::try_from(self.state.bookings.len()).expect("at most one a place"));
        self.state.bookings.push(Booking {
            visitor,
            seats,
            total,
            paid_at: now,
            cancelled_at: None,
        });
        self.state.visitors.entry(visitor).seats_booked += count(&seats);
        self.state.inside.at(slot).hold = None;
        self.emit(Event::Booked { visitor, booking, seats, total });
        self.depart(slot, Departure::Paid);
        Outcome::Booked { booking, total }
    }

    /// What these seats cost together, fees included.
    pub fn price_of(&self, seats: &Seats) -> Won {
        seats.iter().map(|seat| self.layout.price_of(seat) + self.rules.fee_won).sum()
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
        for seat in seats.iter() {
            self.state.seating.free(&self.layout, seat, visitor);
        }
        self.state.visitors.entry(visitor).seats_booked -= count(&seats);
        self.emit(Event::SeatsReturned { visitor, seats, cause: Return::Cancelled });
        Ok(Outcome::Cancelled)
    }
}

fn count(seats: &Seats) -> u8 {
    u8::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX")
}
