//! Shifts of race time: it stands still for the time in which the server was away, and jumps ahead for a person who is
//! alone and does not want to wait.
//!
//! Deadlines are in race time, so they move with the start of race time and nothing else has to. A shift is in the log
//! before anything is decided after it.

use practice::{Awaited, MemberId, Note, PersonId, ShiftCause};
use sale::{Machine, Moment, Span, Stage};

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::limits::{FORWARD_LEAVES, FORWARD_LEAVES_BEFORE};
use crate::outages::Outage;
use crate::problem::ApiError;
use crate::shard::ask::{Ahead, Ask, Jump, Letter, MemberAsk, Reply};
use crate::shard::pace::{Pace, Waiting};

impl LoadedRace {
    /// Lets the race go on through the outages that fell into its time and are not in its log: up to the last sign of life
    /// before each, from where race time stands still until the server was there again. A race that is over for
    /// everybody stands still already (rule A56).
    pub(super) fn pass_outages(&mut self, context: &Context, until: UnixTime) -> Pace {
        while let Some(&outage) = self.outages.front() {
            if self.is_done() {
                break;
            }
            if self.moment(outage.from) > Machine::now(self.practice())
                && self.reach(context, outage.from, until) == Pace::Behind
            {
                return Pace::Behind;
            }
            // On the way there the race may have come to its end.
            if self.is_done() || self.stand_still(outage).is_err() {
                break;
            }
            self.outages.pop_front();
            self.note_end(context);
        }
        Pace::UpToDate
    }

    /// Notes that race time stood still from where the race is until the end of an outage. The log may reach a little
    /// beyond the last sign of life: what was told stays where it was.
    fn stand_still(&mut self, outage: Outage) -> Result<(), ApiError> {
        let at = Machine::now(self.practice());
        let by = Span::from_nanos(outage.until.since(self.unix(at)));
        if by > Span::ZERO {
            self.note_at(at, None, &Note::Shifted { by, cause: ShiftCause::Outage })?;
            self.started_at = self.started_at.later_by(by.as_nanos());
        }
        Ok(())
    }

    /// Tells the index when the race ends at the latest.
    pub(crate) fn note_end(&self, context: &Context) {
        let ends_at = self.unix(self.practice().ends_at());
        context.index.set_end(self.id, ends_at.later_by(self.pending().as_nanos()));
    }

    /// For how long race time will stand still for outages that are not in the log yet.
    pub(super) fn pending(&self) -> Span {
        let mut reached = self.unix(Machine::now(self.practice()));
        let mut ends_at = self.unix(self.practice().ends_at());
        let mut pending = Span::ZERO;
        for outage in &self.outages {
            reached = reached.max(outage.from);
            if reached >= ends_at {
                break;
            }
            let by = outage.until.since(reached);
            (reached, ends_at) = (reached.later_by(by), ends_at.later_by(by));
            pending = pending + Span::from_nanos(by);
        }
        pending
    }

    /// Lets race time jump ahead for a member who is alone. The race then makes up for the time, and the answer shows it as
    /// it is after that (rules A58, A96, A97).
    pub(super) fn forward(
        &mut self,
        context: &Context,
        now: UnixTime,
        person: PersonId,
        to: Jump,
        reply: Reply<protocol::RaceView>,
    ) {
        if let Err(error) = self.jump(now, person, to) {
            return self.answer_later(reply, Err(error));
        }
        self.note_end(context);
        // Nobody was away in the time that was left out.
        let moment = self.moment(now);
        self.ledger.machine_mut().hear_all(moment);
        let ask = Ask::Member { person, ask: MemberAsk::Show { reply } };
        let letter = Letter { ask, from: None, place: None };
        self.waiting.push_front(Waiting { at: now, letter });
    }

    /// Moves the start of race time back. A race in which no more time remains than a jump leaves stays as it is, so that a
    /// request that is sent again does no harm.
    fn jump(&mut self, now: UnixTime, person: PersonId, to: Jump) -> Result<(), ApiError> {
        let (until, leaves) = match to {
            Jump::Opening => (self.opening_ahead()?, FORWARD_LEAVES),
            Jump::Before { at, awaited } => {
                let member = self.practice().member_of(person).ok_or(ApiError::CannotForward)?;
                self.check_awaits(member, awaited)?;
                (at, FORWARD_LEAVES_BEFORE)
            }
        };
        let leaves = Moment::START + super::span(leaves);
        let remaining = until.since(self.moment(now));
        let by = (Moment::START + remaining).since(leaves);
        if by > Span::ZERO {
            self.note(now, None, &Note::Shifted { by, cause: ShiftCause::Forward })?;
            let start = self.started_at.as_nanos().saturating_sub(by.as_nanos());
            self.started_at = UnixTime::from_nanos(start);
        }
        Ok(())
    }

    /// When the sale opens, for a member who is alone before that.
    fn opening_ahead(&self) -> Result<Moment, ApiError> {
        let practice = self.practice();
        if !self.is_alone() || practice.sale().stage() != Stage::Before {
            return Err(ApiError::CannotForward);
        }
        Ok(practice.sale().rules().opens_at)
    }

    /// A copy of the race, for a member who is alone and waits for this. It takes as long as a few slices for the largest
    /// crowd.
    pub(super) fn copy(&self, member: MemberId, awaited: Awaited) -> Result<Ahead, ApiError> {
        self.check_awaits(member, awaited)?;
        Ok(Ahead { practice: Box::new(self.practice().clone()), member })
    }

    /// Refuses a jump of somebody who is not alone, or does not wait for this. An exercise is too short to be jumped in.
    fn check_awaits(&self, member: MemberId, awaited: Awaited) -> Result<(), ApiError> {
        let may_jump =
            self.is_alone() && self.exercise.is_none() && self.practice().awaits(member, awaited);
        if may_jump { Ok(()) } else { Err(ApiError::CannotForward) }
    }

    fn is_alone(&self) -> bool {
        !self.is_shared && self.practice().members().len() == 1
    }
}
