//! What visitors do inside: they answer the captcha, look at a section, take seats and release
//! them.

use crate::captcha::Letters;
use crate::command::{Departure, Outcome};
use crate::due::Deadline;
use crate::event::{Event, Return};
use crate::hold::Hold;
use crate::inside::Captcha;
use crate::limits::{CHALLENGES_MAX, SEATS_PER_HOLD_MAX};
use crate::names::{Seat, Seats, Section, Visitor};
use crate::refusal::Refusal;
use crate::rules::{CaptchaStep, HoldAt};
use crate::sale::{Sale, Stage};
use crate::visitors::Presence;

impl Sale {
    /// The slot of a visitor who is inside.
    pub(super) fn slot_of(&self, visitor: Visitor) -> Result<u32, Refusal> {
        if self.state.stage == Stage::Before {
            return Err(Refusal::NotOpen);
        }
        match self.state.visitors.presence(visitor) {
            Presence::Inside { slot } => Ok(slot),
            Presence::Away { .. } | Presence::Pooled { .. } | Presence::Waiting { .. } => {
                Err(Refusal::NotInside)
            }
        }
    }

    /// The slot of a visitor who is inside and not paying (rule H26).
    pub(super) fn slot_of_idle(&self, visitor: Visitor) -> Result<u32, Refusal> {
        let slot = self.slot_of(visitor)?;
        match self.payment_in(slot) {
            Some(_) => Err(Refusal::PaymentUnderWay),
            None => Ok(slot),
        }
    }

    pub(super) fn answer_captcha(
        &mut self,
        visitor: Visitor,
        challenge: u16,
        letters: Letters,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_of(visitor)?;
        let (now, valid_for) = (self.state.now, self.rules.captcha.valid_for);
        let insider = *self.state.inside.at(slot);
        if insider.captcha == Captcha::Passed {
            return Err(Refusal::NoCaptcha);
        }
        // Nothing could take the place of the last image, so it stays valid. Rule H23.
        let is_last = insider.challenge >= CHALLENGES_MAX;
        let is_over = !is_last && insider.challenge_at + valid_for < now;
        if insider.challenge != challenge || is_over {
            return Err(Refusal::CaptchaOld);
        }
        if self.challenge_of(&insider).letters != letters {
            self.emit(Event::CaptchaMissed { visitor });
            return Ok(Outcome::CaptchaMissed);
        }
        self.state.inside.at(slot).captcha = Captcha::Passed;
        self.emit(Event::CaptchaPassed { visitor });
        Ok(Outcome::CaptchaPassed)
    }

    pub(super) fn renew_captcha(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let slot = self.slot_of(visitor)?;
        let now = self.state.now;
        let insider = self.state.inside.at(slot);
        if insider.captcha == Captcha::Passed {
            return Err(Refusal::NoCaptcha);
        }
        if insider.challenge >= CHALLENGES_MAX {
            return Err(Refusal::TooManyChallenges);
        }
        insider.challenge += 1;
        insider.challenge_at = now;
        Ok(Outcome::CaptchaRenewed(insider.challenge))
    }

    pub(super) fn put_off_captcha(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let slot = self.slot_of(visitor)?;
        let insider = self.state.inside.at(slot);
        match insider.captcha {
            Captcha::Passed => Err(Refusal::NoCaptcha),
            Captcha::Due if self.rules.captcha.put_off => {
                insider.captcha = Captcha::PutOff;
                self.emit(Event::CaptchaPutOff { visitor });
                Ok(Outcome::CaptchaPutOff)
            }
            Captcha::Due | Captcha::PutOff => Err(Refusal::CannotPutOff),
        }
    }

    pub(super) fn view_section(
        &mut self,
        visitor: Visitor,
        section: Section,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_of(visitor)?;
        if !self.layout.has_section(section) {
            return Err(Refusal::NoSuchSection);
        }
        let now = self.state.now;
        let insider = self.state.inside.at(slot);
        if self.rules.captcha.step == CaptchaStep::BeforeMap && insider.captcha == Captcha::Due {
            return Err(Refusal::CaptchaDue);
        }
        insider.viewed = Some((section, now));
        Ok(Outcome::Viewed)
    }

    pub(super) fn hold_seats(
        &mut self,
        visitor: Visitor,
        seats: &Seats,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_of_idle(visitor)?;
        self.check_choice(visitor, slot, seats)?;
        if let Some(taken) = seats.iter().find(|&seat| !self.is_free(seat)) {
            return Ok(self.miss_seat(visitor, taken));
        }
        let now = self.state.now;
        let hold = self.state.inside.at(slot).hold;
        let hold = hold.unwrap_or_else(|| self.start_hold(slot));
        let mut grown = hold;
        for seat in seats.iter() {
            grown.seats.add(seat).expect("counted and compared in check_choice");
            if hold.is_promise() {
                self.state.seating.hold(&self.layout, now, seat, visitor);
            }
        }
        self.state.inside.at(slot).hold = Some(grown);
        if let Some(until) = hold.until {
            self.emit(Event::SeatsHeld { visitor, seats: *seats, until });
        }
        Ok(Outcome::Held { until: hold.until })
    }

    /// Refuses a choice that the rules forbid, whether or not its seats are free.
    fn check_choice(&self, visitor: Visitor, slot: u32, seats: &Seats) -> Result<(), Refusal> {
        if self.state.stage == Stage::Paused {
            return Err(Refusal::Paused);
        }
        let insider = self.state.inside.get(slot).expect("the slot is taken");
        let captcha_first = match self.rules.captcha.step {
            CaptchaStep::BeforeMap | CaptchaStep::BeforeHold => true,
            CaptchaStep::Never | CaptchaStep::BeforePay => false,
        };
        if captcha_first && insider.captcha != Captcha::Passed {
            return Err(Refusal::CaptchaDue);
        }
        if seats.iter().any(|seat| seat.0 >= self.layout.seat_count()) {
            return Err(Refusal::NoSuchSeat);
        }
        let held = insider.hold.map_or(Seats::EMPTY, |hold| hold.seats);
        if self.rules.hold_at != HoldAt::Click && !held.is_empty() {
            return Err(Refusal::HoldExists);
        }
        if seats.iter().any(|seat| held.contains(seat)) {
            return Err(Refusal::SeatTwice);
        }
        if held.len() + seats.len() > SEATS_PER_HOLD_MAX {
            return Err(Refusal::TooManySeats);
        }
        let booked = usize::from(self.state.visitors.seats_booked(visitor));
        if booked + held.len() + seats.len() > usize::from(self.rules.seats_max) {
            return Err(Refusal::TooManySeats);
        }
        Ok(())
    }

    /// An empty hold that begins now. Notes its deadline, if it has one.
    fn start_hold(&mut self, slot: u32) -> Hold {
        let since = self.state.now;
        let serial = self.next_serial();
        let until = match self.rules.hold_at {
            HoldAt::Click | HoldAt::Done => Some(since + self.rules.hold),
            HoldAt::Payment => None,
        };
        if let Some(at) = until {
            self.note_hold_end(Deadline { at, slot, serial });
        }
        let discounts = Default::default();
        Hold { seats: Seats::EMPTY, since, until, payment: None, discounts, serial }
    }

    /// Tells a visitor that another one has the seat, and since when.
    pub(super) fn miss_seat(&mut self, visitor: Visitor, seat: Seat) -> Outcome {
        let since = self.state.seating.since(seat);
        let late_by = self.state.now.since(since);
        self.emit(Event::SeatMissed { visitor, seat, late_by });
        Outcome::SeatTaken { seat, since }
    }

    pub(super) fn release_seats(
        &mut self,
        visitor: Visitor,
        seats: &Seats,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_of_idle(visitor)?;
        let insider = self.state.inside.at(slot);
        let hold = insider.hold.ok_or(Refusal::NoHold)?;
        if seats.iter().any(|seat| !hold.seats.contains(seat)) {
            return Err(Refusal::NotHeld);
        }
        let mut rest = hold;
        for seat in seats.iter() {
            rest.remove(seat);
        }
        insider.hold = (!rest.seats.is_empty()).then_some(rest);
        if hold.is_promise() {
            self.give_back(visitor, *seats, Return::Released);
        }
        self.end_pass_if_over(slot);
        Ok(Outcome::Released)
    }

    /// Ends the visit if the pass ended earlier and only promised seats kept the visitor inside (rule
    /// H6).
    pub(super) fn end_pass_if_over(&mut self, slot: u32) {
        let insider = self.state.inside.get(slot).expect("the slot is taken");
        let has_promise = insider.hold.is_some_and(|hold| hold.is_promise());
        if !has_promise && insider.until <= self.state.now {
            self.depart(slot, Departure::PassEnded);
        }
    }
}
