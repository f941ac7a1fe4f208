//! A race told again from its log: the practice, with a chronicle of what happens in it.

use sale::{Moment, Stage};

use crate::names::MemberId;
use crate::practice::Practice;
use crate::report::chronicle::Chronicle;
use crate::report::findings::Findings;
use crate::watched::Watched;

/// How far the race goes on between two checks of whether a run has ended.
const SLICE_NS: u64 = 50_000_000;

/// A practice being replayed, and its chronicle.
pub type Retold = Watched<Chronicle>;

impl Watched<Chronicle> {
    /// Tells a practice that has not begun.
    pub fn tell(practice: Practice) -> Self {
        Self::new(practice, Chronicle::default())
    }

    /// Goes on from the last command until the run of a member has ended.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn finish(&mut self, id: MemberId) {
        let ends_at = self.practice().ends_at();
        while self.practice().member(id).run().ended().is_none()
            && self.practice().sale().stage() != Stage::Closed
        {
            let due_at = self.practice().poll_timeout().filter(|&at| at <= ends_at);
            let Some(due_at) = due_at else { break };
            let slice_end = Moment::from_nanos(due_at.as_nanos().saturating_add(SLICE_NS));
            self.advance(slice_end.min(ends_at), crowd::ignore);
        }
    }

    /// What a member's run says so far.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn findings(&self, id: MemberId) -> Findings {
        let member = self.practice().member(id);
        Findings::of(self.race(), self.watcher(), member.visitor(), member.run())
    }
}
