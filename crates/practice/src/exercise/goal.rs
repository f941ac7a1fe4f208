//! When an exercise has reached its goal, and how long that took.

use alloc::vec;
use alloc::vec::Vec;

use sale::{Command, HoldAt, Seat, Seats, Span, Standing};

use super::Exercise;
use crate::act::Act;
use crate::names::MemberId;
use crate::practice::Practice;
use crate::run::Ending;
use crate::step::Step;

impl Practice {
    /// Whether a member has reached the goal of an exercise. The shell asks after each command of the member and then
    /// keeps [`Note::GoalReached`](crate::Note::GoalReached).
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn has_reached(&self, id: MemberId, exercise: Exercise) -> bool {
        let run = self.member(id).run();
        match exercise {
            Exercise::Press => run.place().is_some(),
            Exercise::Captcha => run.at(Step::Captcha).is_some(),
            Exercise::Section => self.has_found_section(id),
            Exercise::Seats => self.has_hold(id),
            Exercise::Conflict => self.has_hold(id) && !run.conflicts().is_empty(),
            Exercise::Pay => run.booking().is_some(),
        }
    }

    /// How long a member took to the goal of an exercise: from where the exercise began, or from the opening where
    /// the press is practised. `None` if the goal was not reached.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn goal_took(&self, id: MemberId, exercise: Exercise) -> Option<Span> {
        let ended = self.member(id).run().ended()?;
        let from = match exercise {
            Exercise::Press => self.sale().rules().opens_at,
            Exercise::Captcha
            | Exercise::Section
            | Exercise::Seats
            | Exercise::Conflict
            | Exercise::Pay => Exercise::goal(self.ends_at())[0],
        };
        let is_reached = match ended.ending {
            Ending::Done => true,
            Ending::Paid => exercise == Exercise::Pay,
            Ending::Left
            | Ending::Lost
            | Ending::PassEnded
            | Ending::HoldEnded
            | Ending::Closed
            | Ending::TimeOver
            | Ending::SoldOut => false,
        };
        is_reached.then(|| ended.at.since(from))
    }

    /// What the scripted rival of the exercise does right before a member gives this act: it takes the first of the
    /// seats. Empty unless this is the member's first try for free seats, so that one conflict is certain and
    /// none is random.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn strike(&self, id: MemberId, act: Act) -> Vec<Command> {
        let Act::HoldSeats(seats) = act else { return vec![] };
        let (sale, rival) = (self.sale(), self.race().person(super::prelude::RIVAL));
        let is_first = self.member(id).run().conflicts().is_empty();
        let can_be_held = (1..=usize::from(sale.rules().seats_max)).contains(&seats.len())
            && seats.iter().all(|seat| self.is_free(seat));
        let is_ready = matches!(sale.standing(rival), Standing::Inside { hold: None, .. });
        let first = seats.iter().next().map(Seats::one);
        let Some(seats) = first.filter(|_| is_first && can_be_held && is_ready) else {
            return vec![];
        };
        let hold = Command::HoldSeats { visitor: rival, seats };
        match sale.rules().hold_at {
            HoldAt::Click | HoldAt::Done => vec![hold],
            // Only paying takes a seat there.
            HoldAt::Payment => vec![hold, Command::Pay { visitor: rival }],
        }
    }

    fn is_free(&self, seat: Seat) -> bool {
        seat.0 < self.sale().layout().seat_count() && self.sale().is_free(seat)
    }

    fn has_hold(&self, id: MemberId) -> bool {
        matches!(self.standing(id), Standing::Inside { hold: Some(_), .. })
    }

    /// Whether the section that the member opened last has a free seat.
    fn has_found_section(&self, id: MemberId) -> bool {
        let Standing::Inside { viewed: Some((section, _)), .. } = self.standing(id) else {
            return false;
        };
        self.sale().free_in(section) > 0
    }
}
