//! How a race in memory goes on with the clock: in slices, one question after the other.
//!
//! A race that nobody needed was left alone, and has time to make up when somebody asks for it again. It does
//! so a slice at a time, so that the other races of its shard need not wait. Each question waits until the race
//! has reached the moment at which the question came, and is decided at that moment: never later, because a
//! press would then be dated late, and never earlier.

use practice::Note;
use sale::{Command, Departure, Machine, Moment, Stage};

use super::LoadedRace;
use crate::client::Network;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::limits::{LOST_LOOK_EVERY, SLICE};
use crate::shard::ask::{Ask, Letter};
use crate::shard::pace::{Pace, Waiting};

/// How many beats a race makes before it looks at the clock: some tens of microseconds of work.
const BEATS_AT_ONCE: u32 = 64;

impl LoadedRace {
    /// Takes a question that came at `now`, and answers it if the race reaches that moment in one slice. The
    /// answer may be sent later, when everything that it tells is on disk.
    pub(crate) fn take(&mut self, context: &Context, now: UnixTime, letter: Letter) -> Pace {
        self.heard_at = now;
        // A shared race counts for the network from which it was first asked for, whoever else comes.
        if !self.is_shared || self.network.is_none() {
            self.network = letter.from.or(self.network);
        }
        let is_first = self.waiting.is_empty();
        self.waiting.push_back(Waiting { at: now, letter });
        // If others wait, the race is behind already and goes on in its next turn.
        if is_first { self.go_on(context) } else { Pace::Behind }
    }

    /// Lets the race go on until `now`, in one slice or the first of several.
    pub(crate) fn tick(&mut self, context: &Context, now: UnixTime) -> Pace {
        self.goal = self.goal.max(now);
        self.go_on(context)
    }

    /// Lets the race go on for one slice.
    pub(crate) fn go_on(&mut self, context: &Context) -> Pace {
        let until = context.clock.now().after(SLICE);
        let pace = loop {
            // Nobody needs the time made up for whose question nobody waits for any more.
            while self.waiting.pop_front_if(|next| next.letter.ask.is_given_up()).is_some() {}
            let next = self.waiting.front();
            let at = next.map_or(self.goal, |waiting| waiting.at);
            // A race that is given up ends where it was left: nobody saw the time after that.
            let is_given_up =
                next.is_some_and(|next| matches!(next.letter.ask, Ask::GiveUp { .. }));
            if !is_given_up
                && (self.pass_outages(context, until) == Pace::Behind
                    || self.reach(context, at, until) == Pace::Behind)
            {
                break Pace::Behind;
            }
            let Some(Waiting { at, letter }) = self.waiting.pop_front() else {
                break Pace::UpToDate;
            };
            self.decide(context, at, letter.ask);
        };
        self.is_behind = pace == Pace::Behind;
        self.tell(context);
        pace
    }

    /// Lets the race go on until `at`, but not beyond its end, and stops on the way if the clock reaches
    /// `until`. Closes the sale at its end.
    pub(super) fn reach(&mut self, context: &Context, at: UnixTime, until: UnixTime) -> Pace {
        let moment = self.moment(at);
        if self.is_done() {
            return Pace::UpToDate;
        }
        self.hear_sender(moment);
        let ends_at = self.practice().ends_at();
        while !self.ledger.machine_mut().advance_some(moment.min(ends_at), BEATS_AT_ONCE) {
            if self.is_done() {
                self.keep_what_time_brought();
                return Pace::UpToDate;
            }
            if context.clock.now() >= until {
                return Pace::Behind;
            }
        }
        if moment >= ends_at && self.practice().sale().stage() != Stage::Closed {
            self.command(ends_at, Command::Close);
        }
        self.drop_lost_members(context, moment);
        self.keep_what_time_brought();
        Pace::UpToDate
    }

    /// Notes in the log that a member is about to be told what time alone has brought, unless an entry of
    /// that moment or later says so already. Without it, a server whose clock is set back while it is
    /// stopped could undo what it told (rule A53).
    fn keep_what_time_brought(&mut self) {
        let practice = self.practice();
        if !practice.members().is_empty() && practice.last_change() > self.logged_at {
            let now = Machine::now(practice);
            // If the batch is full, the note is left out: the next one says it.
            self.note_at(now, None, &Note::Told).unwrap_or_default();
        }
    }

    /// Notes that the sender of the first question that waits is there, before anybody is looked for who is not.
    fn hear_sender(&mut self, moment: Moment) {
        let sender = self.waiting.front().and_then(|waiting| match &waiting.letter.ask {
            Ask::Member { person, .. } => self.practice().member_of(*person),
            Ask::Create { .. }
            | Ask::Look(_)
            | Ask::Hear { .. }
            | Ask::Unwatch { .. }
            | Ask::GiveUp { .. }
            | Ask::Remove { .. } => None,
        });
        if let Some(member) = sender {
            self.ledger.machine_mut().hear(member, moment);
        }
    }

    /// Makes members leave who have been away for too long, if it is time to look for them. Whoever has a live connection is
    /// there, even if its client says nothing.
    fn drop_lost_members(&mut self, context: &Context, moment: Moment) {
        if moment < self.lost_look_at {
            return;
        }
        let patience = context.patience.lost_after;
        self.lost_look_at = moment + super::span(LOST_LOOK_EVERY.min(patience / 8));
        for member in self.connections.members() {
            self.ledger.machine_mut().hear(member, moment);
        }
        let lost: Vec<_> = self.practice().lost_members(moment, super::span(patience)).collect();
        for (_, visitor) in lost {
            self.command(moment, Command::Leave { visitor, cause: Departure::Lost });
        }
    }

    /// From where the race was played last.
    pub(crate) fn network(&self) -> Option<Network> {
        self.network
    }
}
