//! How long each step of a run took, without the rivals beside it: what lists and progress show.

use alloc::vec::Vec;

use protocol::{PressParts, StepKey, StepTook};
use sale::Span;

use crate::names::MemberId;
use crate::practice::Practice;
use crate::report::beside::key_of;
use crate::report::press::{Press, clock_fit};
use crate::shift::Start;
use crate::step::Step;
use crate::wire::{millis, millis_of};

impl Practice {
    /// The steps that a member has taken, in their order, each with the time that the report says. `began_ms` is when race
    /// time began before all shifts, in Unix milliseconds by the server's clock.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn steps_taken(&self, id: MemberId, began_ms: f64) -> Vec<StepTook> {
        let walk = &self.member(id).told_run().walk;
        let press = self.press(id, began_ms).map(|press| press.at_ms - self.opens_ms());
        let press = press.map(|took_ms| StepTook { key: StepKey::Press, took_ms });
        let took =
            |step| Some(StepTook { key: key_of(step), took_ms: millis_of(walk.took(step)?) });
        press.into_iter().chain(Step::ALL.into_iter().filter_map(took)).collect()
    }

    /// How long a member took on average from a conflict to the next click, while some seat was free; `None` for one who
    /// never clicked again.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn recovery_took(&self, id: MemberId) -> Option<Span> {
        self.member(id).told_run().walk.retry()
    }

    /// What the time from the opening to a member's place is made of. `began_ms` as in
    /// [`steps_taken`](Self::steps_taken).
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn press_parts(&self, id: MemberId, began_ms: f64) -> PressParts {
        let press = self.press(id, began_ms);
        let fit = clock_fit(press, self.member(id).marks());
        // Without a mark the moment of the press is not known.
        let marked = press.filter(|_| fit.network_ms.is_some());
        PressParts {
            reaction_ms: marked.map(|press| press.at_ms - self.opens_ms()),
            network_ms: fit.network_ms,
            error_ms: fit.error_ms,
        }
    }

    fn press(&self, id: MemberId, began_ms: f64) -> Option<Press> {
        let start = Start { began_ms, shifts: self.shifts() };
        Press::of(self.member(id).told_run(), start, self.member(id).marks())
    }

    fn opens_ms(&self) -> f64 {
        millis(self.sale().rules().opens_at)
    }
}
