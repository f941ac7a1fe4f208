//! What falls due: the opening, the ends of payments, holds and passes, admissions and the closing. When the
//! sale is told the time, it performs all that is due, in order, each at its own moment (rule S4).

use crate::command::Departure;
use crate::due::{Deadline, Task};
use crate::event::{Event, Return};
use crate::moment::Moment;
use crate::names::{Seats, Visitor};
use crate::rules::AfterHold;
use crate::sale::{Sale, Stage};

/// How many deadlines of holds or visits that are over may stay in a queue, beside two for each
/// visitor inside, before the queue is swept.
const STALE_DEADLINES_MAX: usize = 1024;

impl Sale {
    /// Performs everything that is due by `now`. `advance(a)` followed by `advance(b)` gives the
    /// same as `advance(b)` alone, and a `now` in the past does nothing.
    pub fn advance(&mut self, now: Moment) {
        while let Some((at, task)) = self.due {
            if at > now {
                break;
            }
            self.state.now = at.max(self.state.now);
            self.perform(task);
            self.due = self.next_due();
        }
        self.state.now = now.max(self.state.now);
    }

    /// When [`handle_timeout`](Self::handle_timeout) has something to do. Nothing happens by itself
    /// before this moment (rule S14), though perhaps nothing happens at it. Ask again after each
    /// call that changes the sale.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.due.map(|(at, _)| at)
    }

    /// The same as [`advance`](Self::advance), for callers with a timer. Calling it early or twice
    /// does no harm.
    pub fn handle_timeout(&mut self, now: Moment) {
        self.advance(now);
    }

    pub(super) fn next_due(&self) -> Option<(Moment, Task)> {
        let state = &self.state;
        let (opens_at, closes_at) = (self.rules.opens_at, self.rules.closes_at);
        let open = (state.stage == Stage::Before).then_some((opens_at, Task::Open));
        let payment = state.payments.front().map(|due| (due.at, Task::EndPayment));
        let hold = state.holds.front().map(|due| (due.at, Task::EndHold));
        let pass = state.passes.front().map(|due| (due.at, Task::EndPass));
        let returns = state.returns_at.filter(|_| state.stage != Stage::Closed);
        let returns = returns.map(|at| (at, Task::ReturnCancelled));
        let admit = self.next_admission().map(|at| (at, Task::Admit));
        let close = closes_at
            .filter(|_| state.stage != Stage::Closed)
            .map(|closes_at| (closes_at, Task::Close));
        let mut first: Option<(Moment, Task)> = None;
        for due in [open, payment, hold, pass, returns, admit, close].into_iter().flatten() {
            if first.is_none_or(|(at, _)| due.0 < at) {
                first = Some(due);
            }
        }
        first
    }

    fn next_admission(&self) -> Option<Moment> {
        let state = &self.state;
        let room = state.inside.count() < self.rules.admission.inside_max;
        if state.stage != Stage::Open || state.queue.waiting() == 0 || !room {
            return None;
        }
        let bucket = state.admission.as_ref().expect("an open sale admits");
        Some(bucket.ready_at().max(state.now))
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Open => self.open(),
            Task::EndPayment => self.end_overdue_payment(),
            Task::EndHold => self.end_hold(),
            Task::EndPass => self.end_pass(),
            Task::ReturnCancelled => self.return_cancelled(),
            Task::Admit => self.admit(),
            Task::Close => {
                self.close();
            }
        }
    }

    fn end_overdue_payment(&mut self) {
        let due = self.state.payments.pop_front().expect("a payment is due");
        if self.is_live_payment(&due) {
            self.let_payment_end(due.slot);
        }
    }

    /// Ends a hold, unless a payment for it is under way: then the payment's end decides (rule H25).
    fn end_hold(&mut self) {
        let due = self.state.holds.pop_front().expect("a hold is due");
        if self.is_live_hold(&due) && self.payment_in(due.slot).is_none() {
            self.let_hold_end(due.slot);
        }
    }

    /// Returns the seats of the hold in `slot`. The visitor leaves or stays, as the rules say (rule H4).
    pub(super) fn let_hold_end(&mut self, slot: u32) {
        self.return_seats(slot, Return::HoldEnded);
        let pass_over = self.state.inside.at(slot).until <= self.state.now;
        match self.rules.after_hold {
            AfterHold::Leaves => self.depart(slot, Departure::HoldEnded),
            AfterHold::Stays if pass_over => self.depart(slot, Departure::PassEnded),
            AfterHold::Stays => {}
        }
    }

    /// Ends a visit, unless a live hold promises seats: then the hold's end decides (rule H6).
    fn end_pass(&mut self) {
        let due = self.state.passes.pop_front().expect("a pass is due");
        let Some(insider) = self.state.inside.get(due.slot) else { return };
        let has_promise = insider.hold.is_some_and(|hold| hold.is_promise());
        if insider.serial == due.serial && !has_promise {
            self.depart(due.slot, Departure::PassEnded);
        }
    }

    pub(super) fn is_live_hold(&self, due: &Deadline) -> bool {
        let insider = self.state.inside.get(due.slot);
        insider.and_then(|insider| insider.hold).is_some_and(|hold| hold.serial == due.serial)
    }

    /// Notes when a hold ends. Sweeps the queue of deadlines from time to time, so that holding and
    /// releasing without end does not make it grow (rule S22).
    pub(super) fn note_hold_end(&mut self, due: Deadline) {
        let live_max = self.state.inside.count() as usize;
        if self.state.holds.len() > 2 * live_max + STALE_DEADLINES_MAX {
            let mut holds = core::mem::take(&mut self.state.holds);
            holds.retain(|due| self.is_live_hold(due));
            self.state.holds = holds;
        }
        self.state.holds.push_back(due);
    }

    /// Notes when a payment ends. Sweeps the queue like [`note_hold_end`](Self::note_hold_end).
    pub(super) fn note_payment_end(&mut self, due: Deadline) {
        let live_max = self.state.inside.count() as usize;
        if self.state.payments.len() > 2 * live_max + STALE_DEADLINES_MAX {
            let mut payments = core::mem::take(&mut self.state.payments);
            payments.retain(|due| self.is_live_payment(due));
            self.state.payments = payments;
        }
        self.state.payments.push_back(due);
    }

    /// Notes when a pass ends. Sweeps the queue like [`note_hold_end`](Self::note_hold_end).
    pub(super) fn note_pass_end(&mut self, due: Deadline) {
        let live_max = self.state.inside.count() as usize;
        if self.state.passes.len() > 2 * live_max + STALE_DEADLINES_MAX {
            let inside = &self.state.inside;
            self.state.passes.retain(|due| {
                inside.get(due.slot).is_some_and(|insider| insider.serial == due.serial)
            });
        }
        self.state.passes.push_back(due);
    }

    /// The next number for a visit or a hold.
    pub(super) fn next_serial(&mut self) -> u32 {
        self.state.serial = self.state.serial.wrapping_add(1);
        self.state.serial
    }

    /// Ends the hold in `slot`, if there is one, and returns its seats.
    pub(super) fn return_seats(&mut self, slot: u32, cause: Return) {
        let insider = self.state.inside.at(slot);
        let visitor = insider.visitor;
        let Some(hold) = insider.hold.take() else { return };
        if hold.is_promise() {
            self.give_back(visitor, hold.seats, cause);
        }
    }

    /// Frees seats that a visitor holds or has paid for.
    pub(super) fn give_back(&mut self, visitor: Visitor, seats: Seats, cause: Return) {
        for seat in seats.iter() {
            self.state.seating.free(&self.layout, seat, visitor);
        }
        self.emit(Event::SeatsReturned { visitor, seats, cause });
    }
}
