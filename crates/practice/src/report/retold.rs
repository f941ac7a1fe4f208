//! A practice replayed from its log, with a chronicle of what happens in it.

use sale::{Moment, Stage};

use crate::names::MemberId;
use crate::practice::Practice;
use crate::report::chronicle::Chronicle;
use crate::report::findings::Findings;
use crate::watched::Watched;

/// How far [`Retold::finish`] lets the race go on between two looks at the run: 50 ms. Chosen.
const SLICE_NS: u64 = 50_000_000;

/// A practice that is being replayed, and its chronicle.
pub type Retold = Watched<Chronicle>;

impl Watched<Chronicle> {
    /// Begins with a practice in which nothing has happened yet.
    pub fn tell(practice: Practice) -> Self {
        let chronicle = Chronicle::with_tape(&practice);
        Self::new(practice, chronicle)
    }

    /// Lets the race go on until the run of a member has ended, the sale is closed, or nothing more
    /// happens before the race ends.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn finish(&mut self, id: MemberId) {
        let is_finished = self.finish_while(id, || true);
        assert!(is_finished, "nothing stops this");
    }

    /// Lets the race go on as [`finish`](Self::finish) does, for as long as `go_on` returns true. Returns
    /// whether it came to the end. It asks after each 50 ms of race time in which something happens.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn finish_while(&mut self, id: MemberId, mut go_on: impl FnMut() -> bool) -> bool {
        let ends_at = self.practice().ends_at();
        while self.practice().member(id).told_run().ended().is_none()
            && self.practice().sale().stage() != Stage::Closed
        {
            let due_at = self.practice().poll_timeout().filter(|&at| at <= ends_at);
            let Some(due_at) = due_at else { break };
            if !go_on() {
                return false;
            }
            let slice_end = Moment::from_nanos(due_at.as_nanos().saturating_add(SLICE_NS));
            self.advance(slice_end.min(ends_at), crowd::ignore);
        }
        true
    }

    /// Lets the race go on until the runs of all members have ended, as
    /// [`finish_while`](Self::finish_while) does for one.
    pub fn finish_all_while(&mut self, mut go_on: impl FnMut() -> bool) -> bool {
        let members = u32::try_from(self.practice().members().len()).expect("at most MEMBERS_MAX");
        (0..members).map(MemberId).all(|id| self.finish_while(id, &mut go_on))
    }

    /// The findings about a member's run so far.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn findings(&self, id: MemberId) -> Findings {
        let member = self.practice().member(id);
        Findings::of(self.race(), self.watcher(), member.visitor(), member.told_run())
    }
}
