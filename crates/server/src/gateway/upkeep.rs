//! What is done again and again for all races: looking at those that may be over, and keeping the disk in its limits.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::join_all;
use journal::{SqliteStore, Store as _};

use super::Gateway;
use crate::context::Context;
use crate::limits::SNAPSHOTS_DROPPED_AT_ONCE;
use crate::shard::{Ask, Look};

impl Gateway {
    /// Has the shards look at the races for which nobody need wait any longer (rule A80). A shard that has too much to do
    /// is asked again the next time.
    pub(crate) async fn look_at_thinned(&self) {
        let look = async |race| {
            let ask = |reply| Ask::Look(Look::Reach { reply });
            let looked = self.ask_any(race, None, ask).await;
            if looked.is_err_and(|error| error.is_passing()) {
                self.context.index.put_back_thinned(race);
            }
        };
        join_all(self.context.index.take_thinned().into_iter().map(look)).await;
    }

    /// Drops the snapshots of races whose time is over: their logs and reports are enough.
    pub(crate) fn drop_old_snapshots(&self) {
        let now = self.now();
        let Context { shelf, index, .. } = &*self.context;
        let mut races = shelf.races();
        races.retain(|&race| index.is_over_by(race, now));
        races.truncate(SNAPSHOTS_DROPPED_AT_ONCE);
        races.retain(|&race| shelf.remove(race));
        self.journal.drop_snapshots(races);
    }

    /// Measures the journal, and drops the oldest snapshots if it has nearly as many bytes as it may have.
    pub(crate) async fn measure_disk(&self) {
        let Ok(Ok(bytes)) = self.call(SqliteStore::bytes_used).await else { return };
        self.context.disk_bytes.store(bytes, Ordering::Relaxed);
        let comfortable = self.context.capacity.disk_bytes / 10 * 9;
        let races = self.context.shelf.take_oldest(bytes.saturating_sub(comfortable));
        self.journal.drop_snapshots(races);
        if self.context.is_journal_full() {
            tracing::error!(bytes, "the journal is full: no race can begin");
        }
    }

    /// Removes races whose time has been over for longer than they are kept (rule A22).
    pub(crate) async fn remove_old(&self, keep: Duration) {
        let mut removed = 0u64;
        for race in self.context.index.over_by(self.now().before(keep)) {
            // Removing them one after the other lets the journal do other work in between. A race
            // that cannot be removed is tried again the next time.
            let is_removed = self.ask_any(race, None, |reply| Ask::Remove { reply }).await;
            removed += u64::from(is_removed.unwrap_or(false));
        }
        if removed > 0 {
            tracing::info!(removed, "old races were removed");
            metrics::counter!("tingting_races_removed_total").increment(removed);
        }
    }
}
