//! The requests of members that come under a key: commands and marks.
//!
//! ```text
//!  key is new ─────────────────▶ checked ─▶ decided ─▶ kept under the key ─▶ answered
//!  same request again ─────────▶ answered as before, or decided anew if it was turned down
//!  another request, same key ──▶ refused
//! ```

use practice::limits::REQUESTS_PER_MEMBER_MAX;
use practice::{Act, Became, Mark, MemberId, Note};
use sale::{Answered, Standing, Tag};

use super::{Asked, LoadedRace, Reply, Request, unsubmitted};
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::{GuestId, RaceId};
use crate::limits::MARKS_KEPT_AFTER_END;
use crate::problem::ApiError;

impl LoadedRace {
    /// Decides a command of a member, unless the race has decided it before.
    pub(super) fn act(
        &mut self,
        context: &Context,
        now: UnixTime,
        member: MemberId,
        request: Request,
    ) {
        let Request { act, tag, pass, refund_won, reply } = request;
        match self.earlier(member, tag) {
            Ok(Some(Became::Answered(Answered { at, outcome, .. }))) => {
                // The outcome of the first time, with the current state (rule A4).
                let state = self.state(context, now, member);
                let again = self.commanded(member, at, outcome, state);
                return self.answer_later(reply, again);
            }
            Ok(Some(Became::Marked | Became::TurnedDown) | None) => {}
            Err(error) => return self.answer_later(reply, Err(error)),
        }
        if let Err(error) = self.check(context, now, member, act, pass.as_deref()) {
            return self.turn_down(now, member, tag, reply, error);
        }
        if let Some(note) = self.practice().note_before(member, act)
            && let Err(error) = self.note(now, None, &note)
        {
            return self.answer_later(reply, Err(error));
        }
        if let Err(error) = self.strike(now, member, act) {
            return self.answer_later(reply, Err(error));
        }
        if let Err(error) = self.check_room_for_outcome() {
            return self.answer_later(reply, Err(error));
        }
        metrics::counter!("tingting_commands_total", "command" => act.name()).increment(1);
        let command = act.command(self.practice().member(member).visitor());
        let at = self.practice().sale().stamp(self.moment(now));
        let caller = self.next_caller();
        match self.ledger.submit_tagged(at, command, Some(tag), caller) {
            Ok(Ok(outcome)) => {
                self.logged_at = at;
                self.keep_outcome(member, at, act, outcome, refund_won);
                self.end_exercise(member);
                let state = self.state(context, now, member);
                self.asked.insert(caller, Asked { member, reply, state, at });
            }
            // Nobody is noted as asking, so the ledger's own reply is dropped.
            Ok(Err(refusal)) => {
                let error = self.refused(member, act, refusal);
                self.turn_down(now, member, tag, reply, error);
            }
            Err(error) => self.answer_later(reply, Err(unsubmitted(error))),
        }
    }

    /// What became of the same request before (rules A4, A29).
    fn earlier(&self, member: MemberId, tag: Tag) -> Result<Option<Became>, ApiError> {
        // The key under which the race was begun is the race's id.
        if RaceId(tag.key.get()) == self.id {
            return Err(ApiError::KeyReused);
        }
        Ok(self.practice().member(member).earlier(tag)?)
    }

    /// Answers a request that changed nothing. The log notes that the key belongs to it, so that no
    /// other request gets an answer under that key (rule A29).
    fn turn_down<T: Send + 'static>(
        &mut self,
        now: UnixTime,
        member: MemberId,
        tag: Tag,
        reply: Reply<T>,
        error: ApiError,
    ) {
        let about = self.practice().member(member);
        // Beyond the limit nothing more is accepted, so no request needs its key.
        let is_last = about.request_count() >= REQUESTS_PER_MEMBER_MAX;
        let noted = if is_last || !matches!(about.earlier(tag), Ok(None)) {
            Ok(())
        } else {
            self.note(now, Some(tag), &Note::TurnedDown { member })
        };
        self.answer_later(reply, Err(noted.err().unwrap_or(error)));
    }

    /// Keeps marks of a member's client, unless the race has kept them before (rule A18).
    pub(super) fn mark(
        &mut self,
        now: UnixTime,
        member: MemberId,
        tag: Tag,
        marks: Vec<Mark>,
        reply: Reply<usize>,
    ) {
        match self.keep_marks(now, member, tag, marks) {
            Err(error @ ApiError::TooManyMarks) => self.turn_down(now, member, tag, reply, error),
            kept => self.answer_later(reply, kept),
        }
    }

    /// Keeps marks as a note in the log, and returns how many marks it holds. Those that come too late change nothing (rule
    /// A112).
    fn keep_marks(
        &mut self,
        now: UnixTime,
        member: MemberId,
        tag: Tag,
        marks: Vec<Mark>,
    ) -> Result<usize, ApiError> {
        let earlier = self.earlier(member, tag)?;
        let count = self.practice().check_marks(member, tag, &marks)?;
        let about = self.practice().member(member);
        let kept_for = super::span(MARKS_KEPT_AFTER_END);
        if about.run().ended().is_some_and(|ended| self.moment(now) > ended.at + kept_for) {
            return Ok(about.marks().len());
        }
        if earlier != Some(Became::Marked) {
            self.note(now, Some(tag), &Note::Marked { member, marks })?;
        }
        Ok(count)
    }

    /// Checks what the sale cannot check: the pass, and what
    /// [`Practice::check_act`](practice::Practice::check_act) names.
    fn check(
        &self,
        context: &Context,
        now: UnixTime,
        member: MemberId,
        act: Act,
        pass: Option<&str>,
    ) -> Result<(), ApiError> {
        let practice = self.practice();
        let is_opening = self.performance.is_some();
        if is_opening && act.takes_seats() && context.openings.has_begun(self.id, now) {
            return Err(ApiError::OpeningClosed);
        }
        // If the member is not inside, the sale refuses the command, and no pass is needed for
        // that.
        if let Standing::Inside { until, .. } = practice.standing(member)
            && act.needs_pass()
            && practice.member(member).run().ended().is_none()
        {
            let visitor = practice.member(member).visitor();
            let is_right =
                pass.is_some_and(|pass| context.keys.is_pass(pass, self.id, visitor, until));
            if !is_right {
                return Err(ApiError::PassInvalid);
            }
        }
        practice.check_act(member, act)?;
        // A person who took part as a guest and logged in since may be several members (rule L15).
        let guest = GuestId(practice.member(member).person().0);
        let same = context.accounts.same_person(guest).into_iter().map(GuestId::person);
        Ok(practice.check_shared_limit(member, act, same)?)
    }
}

#[cfg(test)]
mod tests;
