//! When a race may leave the memory, and what stays of it on disk.

use journal::{Snapshot, Task};

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::journal_thread::JournalThread;
use crate::problem::ApiError;
use crate::shard::need::Need;
use crate::shard::pace::Waiting;
use crate::snapshot_shelf::Kept;

impl LoadedRace {
    pub(crate) fn heard_at(&self) -> UnixTime {
        self.heard_at
    }

    /// Whether everything is on disk and nobody has needed the race for long enough.
    pub(crate) fn may_unload(&self, context: &Context, now: UnixTime) -> bool {
        self.need() == Need::Nobody
            && self.is_quiet()
            && now >= self.heard_at.after(context.patience.unload_after)
    }

    pub(crate) fn need(&self) -> Need {
        if !self.connections.are_gone() || !self.hall.are_gone() {
            Need::Watched
        } else if self.is_somebody_in() {
            Need::Away
        } else {
            Need::Nobody
        }
    }

    /// Whether everything is on disk and no question and no answer waits.
    pub(crate) fn is_quiet(&self) -> bool {
        self.ledger.is_settled()
            && self.waiting.is_empty()
            && self.asked.is_empty()
            && self.held_back.is_empty()
            && self.tallies.is_empty()
    }

    /// Whether the race is quiet and has no viewer, so that it can be removed.
    pub(crate) fn is_idle(&self) -> bool {
        self.is_quiet() && self.connections.are_gone() && self.hall.are_gone()
    }

    /// Whether a member is in the queue or inside, and would lose a place or seats by being away.
    pub(super) fn is_somebody_in(&self) -> bool {
        let practice = self.practice();
        practice.ids().any(|(member, _)| practice.is_in(member))
    }

    /// Saves the race, so that loading it need not replay its whole log. A race in which nothing happened
    /// since it was saved, or nobody ever did anything, is as quickly made from its log; and one that is
    /// over keeps its log alone (rule A49).
    pub(crate) fn save(self, context: &Context, journal: &JournalThread) {
        let id = self.id;
        if !self.has_news() {
            return;
        }
        if self.is_done() {
            if context.shelf.remove(id) {
                journal.drop_snapshots(vec![id]);
            }
            return;
        }
        let Some(snapshot) = self.ledger.snapshot(practice::SNAPSHOT_VERSION) else { return };
        let (sale, epoch) = (self.ledger.sale(), self.ledger.epoch());
        let dropped = context.shelf.put(self.kept(context, &snapshot));
        let has_room = !dropped.contains(&id);
        journal.drop_snapshots(dropped);
        if !has_room {
            // It alone is larger than all snapshots of its guest may be.
            return;
        }
        journal.submit(Task::Snapshot { sale, epoch, snapshot });
    }

    /// Closes all live connections. Their clients connect again.
    pub(crate) fn close_connections(&mut self) {
        self.connections.clear();
        self.hall.clear();
    }

    /// Answers all questions that wait with a problem.
    pub(crate) fn refuse_waiting(&mut self, problem: &ApiError) {
        for Waiting { letter, .. } in self.waiting.drain(..) {
            letter.ask.refuse(problem);
        }
    }

    /// Whether the log has something that no snapshot has, in a race in which somebody acted.
    pub(crate) fn has_news(&self) -> bool {
        let has_acted = |member: &practice::Member| member.request_count() > 0;
        self.ledger.sealed_through() > self.saved_through
            && self.practice().members().iter().any(has_acted)
    }

    fn kept(&self, context: &Context, snapshot: &Snapshot) -> Kept {
        Kept {
            race: self.id,
            bytes: snapshot.state.len() as u64,
            guest: context.index.host_of(self.id),
            network: self.network,
        }
    }
}
