//! What is special about a race that is an exercise: the scripted rival, and the goal that ends the run.

use practice::{Act, Exercise, MemberId, Note};
use sale::Machine;

use super::{LoadedRace, unsubmitted};
use crate::clock::UnixTime;
use crate::problem::ApiError;

impl LoadedRace {
    /// Has the scripted rival of the exercise act, right before a member gives this act. Both are in the same batch, so
    /// the log has both or neither.
    pub(super) fn strike(
        &mut self,
        now: UnixTime,
        member: MemberId,
        act: Act,
    ) -> Result<(), ApiError> {
        if self.exercise != Some(Exercise::Conflict) {
            return Ok(());
        }
        for command in self.practice().strike(member, act) {
            let at = self.practice().sale().stamp(self.moment(now));
            let caller = self.next_caller();
            let decided = self.ledger.submit_tagged(at, command, None, caller);
            if decided.map_err(unsubmitted)?.is_ok() {
                self.logged_at = at;
            }
        }
        Ok(())
    }

    /// Ends the run of a member who has reached the goal of the exercise.
    pub(super) fn end_exercise(&mut self, member: MemberId) {
        let Some(exercise) = self.exercise else { return };
        let practice = self.practice();
        let goes_on = practice.member(member).run().ended().is_none();
        if goes_on && practice.has_reached(member, exercise) {
            let now = Machine::now(practice);
            // If the batch is full, the next command says it.
            self.note_at(now, None, &Note::GoalReached { member }).unwrap_or_default();
        }
    }
}
