//! A guest's past: the list of the last races, the runs that are over, the usual times.

use std::cmp::Reverse;
use std::collections::HashSet;

use futures_util::future::join_all;
use journal::{SqliteStore, Store as _};
use practice::what_if::UsualTimes;
use protocol::RaceCard;

use super::Gateway;
use crate::client::Client;
use crate::ids::{GuestId, RaceId};
use crate::index::{Listed, PastRun};
use crate::limits::{RACES_LISTED_MAX, TALLIES_READ_AT_ONCE_MAX, UNDECIDED_WITHIN};
use crate::progress::usual_times;
use crate::shard::{Ask, Look};
use crate::tally::{Tally, tally_key};

impl Gateway {
    /// The guest's last races, newest first.
    pub(crate) async fn latest(&self, client: Client) -> Vec<RaceCard> {
        self.cards(client, Listed::Races, RACES_LISTED_MAX).await
    }

    /// All of the guest's races that are kept, or all exercises, newest first.
    pub(crate) async fn all_cards(&self, client: Client, listed: Listed) -> Vec<RaceCard> {
        self.cards(client, listed, usize::MAX).await
    }

    async fn cards(&self, client: Client, listed: Listed, most: usize) -> Vec<RaceCard> {
        let mut races: Vec<RaceCard> = Vec::new();
        for guest in self.context.accounts.guests_of(client) {
            self.learn_tallies(guest, most).await;
            self.decide_last(guest, client, &[listed]).await;
            races.extend(self.context.index.latest(guest, listed, most));
        }
        races.sort_by(|one, other| other.created_ms.total_cmp(&one.created_ms));
        let mut seen = HashSet::new();
        races.retain(|race| seen.insert(race.id.clone()));
        races.truncate(most);
        races
    }

    /// The guest's runs that are over, newest first.
    pub(crate) async fn past_runs(&self, client: Client) -> Vec<PastRun> {
        let mut runs: Vec<PastRun> = Vec::new();
        for guest in self.context.accounts.guests_of(client) {
            self.learn_tallies(guest, usize::MAX).await;
            self.decide_last(guest, client, &[Listed::Races, Listed::Exercises]).await;
            runs.extend(self.context.index.past_runs(guest));
        }
        runs.sort_by_key(|run| Reverse(run.began_at));
        runs
    }

    /// The guest's usual times in the same hall, demand tier and style, from other races than this one.
    pub(crate) async fn usual_times(&self, guest: GuestId, race: RaceId) -> UsualTimes {
        let mut runs = Vec::new();
        for guest in self.context.accounts.same_person(guest) {
            self.learn_tallies(guest, usize::MAX).await;
            runs.extend(self.context.index.past_runs(guest));
        }
        runs.sort_by_key(|run| Reverse(run.began_at));
        usual_times(&runs, race)
    }

    /// Has the index learn from the journal what came of the newest of a guest's runs, which after a start it does not
    /// know.
    async fn learn_tallies(&self, guest: GuestId, count: usize) {
        self.context.index.recall_visits(guest);
        let mut untold = self.context.index.untold(guest);
        untold.truncate(count);
        let key = tally_key(guest.person());
        for races in untold.chunks(TALLIES_READ_AT_ONCE_MAX) {
            let races = races.to_vec();
            let read = move |store: &mut SqliteStore| {
                let kept = |race: RaceId| (race, store.result(race.sale(), key));
                races.into_iter().map(kept).collect::<Vec<_>>()
            };
            // A list without them shows what is known.
            let Ok(read) = self.call(read).await else { return };
            for (race, kept) in read {
                // What cannot be read is known again once the race was loaded.
                let tally = kept.ok().flatten().and_then(|kept| Tally::read(&kept));
                self.context.index.tell(race, guest, tally);
            }
        }
    }

    /// Loads those of the guest's last races that ran out of time while they were not in memory: nobody knows how they
    /// ended.
    async fn decide_last(&self, guest: GuestId, client: Client, listed: &[Listed]) {
        let now = self.now();
        let of = |&listed| self.context.index.undecided(guest, now, listed);
        let from = Some(client.network);
        let undecided = listed.iter().flat_map(of);
        let shown = undecided
            .map(|race| self.ask_any(race, from, |reply| Ask::Look(Look::Reach { reply })));
        // A race that cannot be loaded in time is listed without its ending.
        let _unknown = tokio::time::timeout(UNDECIDED_WITHIN, join_all(shown)).await;
    }
}
