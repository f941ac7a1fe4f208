//! One person who is several members of a race: their seats count together. Rule L15.
//!
//! A person becomes several by taking part as a guest and logging in later. Who is whom is not in the journal, so that
//! nobody can tell it from there once the person is deleted. Nothing is lost by that: the journal keeps what was allowed.

use alloc::vec::Vec;

use sale::{Hold, Refusal, Standing};

use crate::act::Act;
use crate::names::{MemberId, PersonId};
use crate::practice::Practice;

impl Practice {
    /// Checks that a member gets no more seats by an act than one person may have, counted together with those of the other
    /// members who are the same person. Without others the sale counts by itself.
    ///
    /// # Errors
    ///
    /// [`Refusal::LimitReached`] for coming in, [`Refusal::TooManySeats`] for seats.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn check_shared_limit(
        &self,
        id: MemberId,
        act: Act,
        others: impl IntoIterator<Item = PersonId>,
    ) -> Result<(), Refusal> {
        let others = others.into_iter().filter_map(|person| self.member_of(person));
        let others: Vec<MemberId> = others.filter(|other| *other != id).collect();
        if others.is_empty() {
            return Ok(());
        }
        let seats_max = usize::from(self.sale().rules().seats_max);
        let booked: usize = others.iter().map(|other| self.booked(*other)).sum();
        let booked = booked + self.booked(id);
        if matches!(act, Act::Enter) && booked >= seats_max {
            return Err(Refusal::LimitReached);
        }
        if !act.takes_seats() {
            return Ok(());
        }
        let held = self.hold(id).map_or(0, |hold| hold.seats.len());
        let others = others.iter().filter_map(|other| self.hold(*other));
        let count = if let Act::HoldSeats(seats) = act {
            booked + held + others.map(|hold| hold.seats.len()).sum::<usize>() + seats.len()
        } else {
            // What another member is paying for is as good as booked.
            let paying = others.filter(|hold| hold.payment.is_some());
            booked + held + paying.map(|hold| hold.seats.len()).sum::<usize>()
        };
        if count > seats_max { Err(Refusal::TooManySeats) } else { Ok(()) }
    }

    fn booked(&self, id: MemberId) -> usize {
        self.sale().seats_booked(self.member(id).visitor()).into()
    }

    fn hold(&self, id: MemberId) -> Option<Hold> {
        match self.standing(id) {
            Standing::Inside { hold, .. } => hold,
            Standing::Away { .. } | Standing::Pooled | Standing::Waiting { .. } => None,
        }
    }
}
