//! A payment in two steps: it begins, and then it is confirmed or it ends. Meanwhile the seats stay the
//! visitor's, so that money can be taken elsewhere first and the seats are sure to be there afterwards.
//!
//! Nothing here takes money or knows of any.

use crate::command::{Departure, Outcome};
use crate::due::Deadline;
use crate::event::{Event, Return};
use crate::hold::{Hold, Payment};
use crate::limits::PAYING;
use crate::moment::Moment;
use crate::names::{PaymentId, Visitor};
use crate::refusal::Refusal;
use crate::sale::Sale;
use crate::visitors::Presence;

impl Sale {
    pub(super) fn begin_payment(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let (slot, hold) = self.payable(visitor)?;
        if let Some(missed) = self.miss_choice(visitor, slot, &hold) {
            return Ok(missed);
        }
        let id = PaymentId(self.state.payments_begun);
        let begun = self.state.payments_begun.checked_add(1);
        self.state.payments_begun = begun.expect("a sale has fewer than 2^32 payments");
        let until = self.state.now + PAYING;
        if !hold.is_promise() {
            self.promise_choice(visitor, &hold, until);
        }
        let payment = Some(Payment { id, until, is_visitor_lost: false });
        self.state.inside.at(slot).hold = Some(Hold { payment, ..hold });
        self.note_payment_end(Deadline { at: until, slot, serial: id.0 });
        self.emit(Event::PaymentBegun { visitor, payment: id, until });
        Ok(Outcome::PaymentBegun { payment: id, until, total: self.total_of(&hold) })
    }

    /// Takes the seats of a choice that promised nothing before (rule H24).
    fn promise_choice(&mut self, visitor: Visitor, hold: &Hold, until: Moment) {
        let now = self.state.now;
        for seat in hold.seats.iter() {
            self.state.seating.hold(&self.layout, now, seat, visitor);
        }
        self.emit(Event::SeatsHeld { visitor, seats: hold.seats, until });
    }

    pub(super) fn confirm_payment(
        &mut self,
        visitor: Visitor,
        payment: PaymentId,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_paying(visitor, payment)?;
        let hold = self.state.inside.at(slot).hold.expect("a payment has a hold");
        Ok(self.book(visitor, slot, &hold))
    }

    pub(super) fn end_payment(
        &mut self,
        visitor: Visitor,
        payment: PaymentId,
    ) -> Result<Outcome, Refusal> {
        let slot = self.slot_paying(visitor, payment)?;
        self.let_payment_end(slot);
        Ok(Outcome::PaymentEnded)
    }

    /// The slot of the visitor whose payment this is, if it is under way.
    fn slot_paying(&self, visitor: Visitor, payment: PaymentId) -> Result<u32, Refusal> {
        let Presence::Inside { slot } = self.state.visitors.presence(visitor) else {
            return Err(Refusal::NoPayment);
        };
        let is_under_way = self.payment_in(slot).is_some_and(|under_way| under_way.id == payment);
        is_under_way.then_some(slot).ok_or(Refusal::NoPayment)
    }

    /// The payment that is under way in `slot`.
    pub(super) fn payment_in(&self, slot: u32) -> Option<Payment> {
        self.state.inside.get(slot)?.hold?.payment
    }

    /// Lets a payment in `slot` end without a booking. Then happens what the payment has put off: the end of the visit
    /// of somebody whose connection was lost, of the hold, or of the pass (rules H25, H27).
    pub(super) fn let_payment_end(&mut self, slot: u32) {
        let insider = self.state.inside.at(slot);
        let visitor = insider.visitor;
        let hold = insider.hold.as_mut().expect("a payment has a hold");
        let payment = hold.payment.take().expect("a payment is under way");
        let (seats, until) = (hold.seats, hold.until);
        self.emit(Event::PaymentEnded { visitor, payment: payment.id });
        if until.is_none() {
            self.give_back(visitor, seats, Return::PaymentEnded);
        }
        if payment.is_visitor_lost {
            self.return_seats(slot, Return::Left);
            self.depart(slot, Departure::Lost);
        } else if until.is_some_and(|until| until <= self.state.now) {
            self.let_hold_end(slot);
        } else {
            self.end_pass_if_over(slot);
        }
    }

    /// Ends all payments in the order in which they began.
    pub(super) fn end_all_payments(&mut self) {
        for due in core::mem::take(&mut self.state.payments) {
            if self.is_live_payment(&due) {
                self.let_payment_end(due.slot);
            }
        }
    }

    pub(crate) fn is_live_payment(&self, due: &Deadline) -> bool {
        self.payment_in(due.slot).is_some_and(|payment| payment.id.0 == due.serial)
    }

    /// What becomes of a visitor who leaves while paying. One who goes away on purpose ends the payment first; a
    /// connection that was lost ends the visit when the payment ends (rules H26, H27).
    pub(super) fn leave_while_paying(
        &mut self,
        slot: u32,
        cause: Departure,
    ) -> Result<Outcome, Refusal> {
        match cause {
            Departure::Lost => {
                let hold = self.state.inside.at(slot).hold.as_mut().expect("a payment has a hold");
                let payment = hold.payment.as_mut().expect("a payment is under way");
                payment.is_visitor_lost = true;
                Ok(Outcome::Left)
            }
            Departure::Left
            | Departure::PassEnded
            | Departure::HoldEnded
            | Departure::Paid
            | Departure::Closed => Err(Refusal::PaymentUnderWay),
        }
    }
}
