//! What a race tells once it is on disk: answers, live connections, watchers, and the index of all races.

use std::sync::Arc;
use std::time::Duration;

use journal::{Answer, JournalError, Reply as Told, Seq};
use sale::{Command, Machine};

use super::{Asked, Indexed, LoadedRace};
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::GuestId;
use crate::index::RunNews;
use crate::limits::{PUBLISH_EVERY, VIEWERS_TOLD_AT_ONCE_MAX};
use crate::problem::ApiError;
use crate::tally::{NewTally, Tally};

/// The shortest time between two looks at a race.
const TICK: Duration = Duration::from_millis(50);

impl LoadedRace {
    /// Handles the report of the journal about a batch.
    pub(crate) fn handle_appended(
        &mut self,
        context: &Context,
        seq: Seq,
        result: &Result<(), Arc<JournalError>>,
    ) {
        self.ledger.handle_appended(seq, result);
        self.tell(context);
    }

    /// Sends all answers and messages whose batches are on disk, and computes when the race is due
    /// again.
    pub(super) fn tell(&mut self, context: &Context) {
        // Whoever is answered may read bookings at once, so the projection hears first.
        self.tell_projection(context);
        while let Some(told) = self.ledger.poll_reply() {
            self.reply(told);
        }
        if self.ledger.is_poisoned() {
            // Dropping the senders tells everybody who waits that no answer will come.
            self.held_back.clear();
            self.close_connections();
            context.fail();
        }
        // An answer may be followed by a look at the index, so the index comes first.
        if self.ledger.is_settled() && !self.is_behind {
            self.index_runs(context);
        }
        let durable = self.ledger.durable_through();
        while let Some((_, send)) = self.held_back.pop_front_if(|(through, _)| *through <= durable)
        {
            send();
        }
        let now = context.clock.now();
        // The state of a race that is behind is not that of the present.
        if self.ledger.is_settled() && !self.is_behind {
            self.publish(context, now);
        }
        self.due = self.next_due(context, now);
    }

    /// Tells the index which runs have changed, and that the race is over once it is, even if nobody ever came.
    fn index_runs(&mut self, context: &Context) {
        let changed = self.ledger.machine_mut().take_changed();
        let (practice, is_settled) = (self.practice(), self.is_done());
        if !changed.is_empty() || is_settled != self.indexed.is_settled {
            let began_ms = self.began_at.as_millis_f64();
            let news = |id| {
                let tally = Tally::of(practice, id, self.exercise, began_ms);
                let member = practice.member(id);
                RunNews { person: member.person(), run: member.told_run(), tally }
            };
            // Made before the index is locked: others wait for it.
            let news: Vec<RunNews<'_>> = changed.into_iter().map(news).collect();
            let tallies = context.index.note(self.id, news, is_settled);
            self.tallies.add(tallies);
            self.indexed = Indexed { is_settled, may_be_complete: true };
        }
        if std::mem::take(&mut self.indexed.may_be_complete) {
            self.close_if_nobody_comes(context);
        }
    }

    /// Closes the sale of a room's race once everybody whom the room let in has come and ended the run, so that reports and
    /// results begin. A race that nobody opened goes on: others may come until its end. Rules A60 and A80.
    fn close_if_nobody_comes(&mut self, context: &Context) {
        let practice = self.practice();
        let is_open = self.is_shared && practice.is_over_for_all() && !practice.is_final();
        let has_come = |guest: GuestId| practice.member_of(guest.person()).is_some();
        if is_open && context.index.is_complete(self.id, has_come) {
            self.command(Machine::now(self.practice()), Command::Close);
        }
    }

    /// Sends the answer to a command whose batch is on disk.
    fn reply(&mut self, told: Told) {
        let Told { caller, answer } = told;
        let Some(Asked { member, reply, state, at }) = self.asked.remove(&caller) else { return };
        let result = match answer {
            Answer::Unknown => Err(ApiError::JournalFailed),
            Answer::Decided(Err(refusal)) => Err(refusal.into()),
            Answer::Decided(Ok(outcome)) => self.commanded(member, at, outcome, state),
        };
        // The asker may have been dropped, and then nobody waits for the answer.
        let _gone = reply.send(result);
    }

    /// Sends every viewer what is due. A race with many viewers does so only now and then.
    fn publish(&mut self, context: &Context, now: UnixTime) {
        let is_crowded = self.connections.count() > VIEWERS_TOLD_AT_ONCE_MAX;
        if is_crowded && now < self.published_at.after(PUBLISH_EVERY) {
            self.is_unpublished = true;
            return;
        }
        self.is_unpublished = false;
        self.published_at = now;
        let mut connections = std::mem::take(&mut self.connections);
        let (moment, map_every) = (self.moment(now), self.sheet.map_every.as_ref());
        let state = |member| self.state(context, now, member);
        let told = connections.tell(moment, self.practice(), map_every, state);
        self.connections = connections;
        self.viewers_due_at = told.due_at;
        for member in told.shown {
            self.ledger.machine_mut().show(member, moment);
        }
        self.show_hall(context, now);
    }

    fn next_due(&self, context: &Context, now: UnixTime) -> UnixTime {
        let soonest = now.after(TICK);
        if !self.tallies.is_empty() {
            return soonest;
        }
        if self.is_unpublished {
            return self.published_at.after(PUBLISH_EVERY).max(soonest);
        }
        let due = self.next_due_without_hall(context, soonest);
        self.hall.due_at().map_or(due, |at| at.max(soonest).min(due))
    }

    fn next_due_without_hall(&self, context: &Context, soonest: UnixTime) -> UnixTime {
        let patience = &context.patience;
        let ends_at = self.unix(self.practice().ends_at());
        if self.is_done() {
            return self.heard_at.after(patience.unload_after).max(soonest);
        }
        if self.connections.is_empty() && self.hall.is_empty() {
            let is_in = self.is_somebody_in();
            let patience = if is_in { patience.lost_after } else { patience.unload_after };
            return self.heard_at.after(patience).max(soonest);
        }
        let race_at = self.practice().poll_timeout().map_or(ends_at, |at| self.unix(at));
        let viewer_at = self.viewers_due_at.map(|at| self.unix(at));
        let due_at = ends_at.min(race_at);
        viewer_at.map_or(due_at, |at| at.min(due_at)).max(soonest)
    }

    /// Some of the tallies that the journal does not have yet.
    pub(crate) fn take_tallies(&mut self) -> Vec<NewTally> {
        self.tallies.take()
    }
}
