//! Entering and leaving: the button, the pool, the queue, admission and departure.

use crate::command::{Departure, Outcome};
use crate::due::Deadline;
use crate::event::{Event, Return};
use crate::inside::{Captcha, Insider};
use crate::limits::{PLACES_MAX, VISITORS_MAX};
use crate::lottery;
use crate::moment::Moment;
use crate::names::{Place, Visitor};
use crate::refusal::Refusal;
use crate::rules::{CaptchaStep, Order, Refresh};
use crate::sale::{Sale, Stage};
use crate::visitors::Presence;

impl Sale {
    pub(super) fn enter(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        if visitor.0 >= VISITORS_MAX {
            return Err(Refusal::SaleFull);
        }
        match self.state.visitors.presence(visitor) {
            Presence::Away { locked_until_ms } => {
                if Moment::from_millis(locked_until_ms.into()) > self.state.now {
                    return Err(Refusal::Locked);
                }
                self.enter_anew(visitor)
            }
            Presence::Pooled { .. } => Ok(Outcome::Pooled),
            Presence::Waiting { place } => self.refresh_waiting(visitor, place),
            Presence::Inside { slot } => self.refresh_inside(visitor, slot),
        }
    }

    fn enter_anew(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        if self.state.visitors.seats_booked(visitor) >= self.rules.seats_max {
            return Err(Refusal::LimitReached);
        }
        match (self.state.stage, self.rules.order) {
            (Stage::Before, Order::Arrival) => Ok(self.lock_button(visitor)),
            (Stage::Before, Order::Lottery) => self.join_pool(visitor),
            (Stage::Open, _) => self.join_queue(visitor),
            (Stage::Paused, _) => Err(Refusal::Paused),
            (Stage::Closed, _) => Err(Refusal::Closed),
        }
    }

    /// Locks the button after an early press (rule Q5).
    fn lock_button(&mut self, visitor: Visitor) -> Outcome {
        let until = self.state.now + self.rules.early_lock;
        let millis = until.as_nanos().div_ceil(Moment::from_millis(1).as_nanos());
        let locked_until_ms = u32::try_from(millis).unwrap_or(u32::MAX);
        self.state.visitors.put(visitor, Presence::Away { locked_until_ms });
        self.emit(Event::PressedEarly { visitor });
        Outcome::TooEarly { locked_until: Moment::from_millis(locked_until_ms.into()) }
    }

    fn join_pool(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let index = u32::try_from(self.state.pool.len()).expect("fewer than PLACES_MAX");
        if index == PLACES_MAX {
            return Err(Refusal::QueueFull);
        }
        self.state.pool.push(Some(visitor));
        self.state.visitors.put(visitor, Presence::Pooled { index });
        self.emit(Event::Pooled { visitor });
        Ok(Outcome::Pooled)
    }

    pub(super) fn draw_lottery(&mut self) {
        let pool = core::mem::take(&mut self.state.pool);
        let mut entrants: alloc::vec::Vec<Visitor> = pool.into_iter().flatten().collect();
        if entrants.is_empty() {
            return;
        }
        let seed = lottery::seed_of(self.chance.seed);
        lottery::shuffle(seed, &mut entrants);
        let count = u32::try_from(entrants.len()).expect("at most PLACES_MAX");
        self.emit(Event::LotteryDrawn { entrants: count, seed });
        for visitor in entrants {
            self.join_queue(visitor).expect("the pool is no larger than the queue");
        }
    }

    fn join_queue(&mut self, visitor: Visitor) -> Result<Outcome, Refusal> {
        let place = self.state.queue.join(visitor).ok_or(Refusal::QueueFull)?;
        self.state.visitors.put(visitor, Presence::Waiting { place });
        self.emit(Event::Placed { visitor, place });
        Ok(Outcome::Placed(place))
    }

    fn refresh_waiting(&mut self, visitor: Visitor, place: Place) -> Result<Outcome, Refusal> {
        match self.rules.refresh_waiting {
            Refresh::Keeps => Ok(Outcome::Placed(place)),
            Refresh::GoesToEnd => {
                self.check_queue_open()?;
                self.give_up_place(visitor, place);
                self.join_queue(visitor)
            }
        }
    }

    fn refresh_inside(&mut self, visitor: Visitor, slot: u32) -> Result<Outcome, Refusal> {
        if self.payment_in(slot).is_some() {
            return Err(Refusal::PaymentUnderWay);
        }
        match self.rules.refresh_inside {
            Refresh::Keeps => Ok(Outcome::Inside),
            Refresh::GoesToEnd => {
                self.check_queue_open()?;
                self.return_seats(slot, Return::Left);
                self.depart(slot, Departure::Left);
                self.join_queue(visitor)
            }
        }
    }

    /// Refuses a refresh that would give up a place or a pass while the sale gives no new place
    /// (rule Q14).
    fn check_queue_open(&self) -> Result<(), Refusal> {
        if self.state.stage == Stage::Paused {
            return Err(Refusal::Paused);
        }
        if self.state.queue.given() == PLACES_MAX {
            return Err(Refusal::QueueFull);
        }
        Ok(())
    }

    fn give_up_place(&mut self, visitor: Visitor, place: Place) {
        self.state.queue.give_up(place);
        self.emit(Event::PlaceGivenUp { visitor, place });
    }

    pub(super) fn leave(&mut self, visitor: Visitor, cause: Departure) -> Result<Outcome, Refusal> {
        let cause = match cause {
            Departure::Lost => Departure::Lost,
            // A visitor cannot claim a departure that only the sale decides (rule Q18).
            Departure::Left
            | Departure::PassEnded
            | Departure::HoldEnded
            | Departure::Paid
            | Departure::Closed => Departure::Left,
        };
        match self.state.visitors.presence(visitor) {
            Presence::Away { .. } => return Err(Refusal::NotInQueue),
            Presence::Pooled { index } => {
                self.state.pool[index as usize] = None;
                self.go_away(visitor, cause);
            }
            Presence::Waiting { place } => {
                self.give_up_place(visitor, place);
                self.go_away(visitor, cause);
            }
            Presence::Inside { slot } if self.payment_in(slot).is_some() => {
                return self.leave_while_paying(slot, cause);
            }
            Presence::Inside { slot } => {
                self.return_seats(slot, Return::Left);
                self.depart(slot, cause);
            }
        }
        Ok(Outcome::Left)
    }

    fn go_away(&mut self, visitor: Visitor, cause: Departure) {
        self.state.visitors.put(visitor, Presence::Away { locked_until_ms: 0 });
        self.emit(Event::Left { visitor, cause });
    }

    /// Takes the visitor in `slot` out. The caller has returned the seats, or the visitor has paid.
    pub(super) fn depart(&mut self, slot: u32, cause: Departure) {
        let visitor = self.state.inside.remove(slot);
        self.go_away(visitor, cause);
    }

    pub(super) fn admit(&mut self) {
        let (rules, now) = (&self.rules, self.state.now);
        let bucket = self.state.admission.as_mut().expect("an open sale admits");
        bucket.take(&rules.admission, self.chance.seed, now);
        let (visitor, place) = self.state.queue.serve().expect("somebody waits");
        let captcha = match rules.captcha.step {
            CaptchaStep::Never => Captcha::Passed,
            CaptchaStep::BeforeMap | CaptchaStep::BeforeHold | CaptchaStep::BeforePay => {
                Captcha::Due
            }
        };
        let until = now + rules.pass;
        let serial = self.next_serial();
        let slot = self.state.inside.add(Insider {
            visitor,
            place,
            admitted_at: now,
            until,
            captcha,
            challenge: 1,
            challenge_at: now,
            viewed: None,
            hold: None,
            serial,
        });
        self.state.visitors.put(visitor, Presence::Inside { slot });
        self.note_pass_end(Deadline { at: until, slot, serial });
        self.emit(Event::Admitted { visitor, place, until });
    }
}
