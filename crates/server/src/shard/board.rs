//! The results of a race as all those see them who do not race: made once a second at most, however many ask.

use std::sync::Arc;

use practice::report::Step;
use practice::{Ending, Member, MemberId, PersonId, Practice};
use protocol::ResultRow;
use sale::Place;

use crate::clock::UnixTime;
use crate::limits::RESULTS_KEPT_FOR;

/// The rows that everybody is shown who does not race.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Rows {
    /// Without names, in the order of the members. A large race has some of its members here.
    pub(crate) list: Vec<ResultRow>,
    /// Who each row is about.
    pub(crate) people: Vec<PersonId>,
    /// How many members the race has.
    pub(crate) members: u32,
    /// How many of them have paid.
    pub(crate) paid: u32,
}

/// The rows as they were made last.
#[derive(Debug, Default)]
pub(crate) struct Board {
    made: Option<Made>,
}

#[derive(Debug)]
struct Made {
    at: UnixTime,
    is_over: bool,
    rows: Arc<Rows>,
}

impl Board {
    /// The rows, which `make` makes if the last ones are older than [`RESULTS_KEPT_FOR`], or are of the time before the race
    /// was over. Rule A82.
    pub(crate) fn rows(
        &mut self,
        now: UnixTime,
        is_over: bool,
        make: impl FnOnce() -> Rows,
    ) -> Arc<Rows> {
        let is_fresh = |made: &&Made| {
            made.is_over == is_over && made.at <= now && now < made.at.after(RESULTS_KEPT_FOR)
        };
        if let Some(made) = self.made.as_ref().filter(is_fresh) {
            return Arc::clone(&made.rows);
        }
        let rows = Arc::new(make());
        self.made = Some(Made { at: now, is_over, rows: Arc::clone(&rows) });
        rows
    }
}

/// The members who have a row where there is room for `most`, by their numbers: those who paid first, then those with the
/// first places, then those who joined first.
pub(crate) fn foremost(practice: &Practice, most: usize) -> Vec<MemberId> {
    let mut ids: Vec<MemberId> = practice.ids().map(|(id, _)| id).collect();
    if most < ids.len() {
        let rank = |id: &MemberId| {
            let run = practice.member(*id).told_run();
            let (paid_at, place) = (run.at(Step::Paid), run.place());
            (paid_at.is_none(), paid_at, place.is_none(), place.map(|Place(place)| place), *id)
        };
        ids.select_nth_unstable_by_key(most, rank);
        ids.truncate(most);
        ids.sort_unstable();
    }
    ids
}

/// How many members have paid.
pub(crate) fn paid(practice: &Practice) -> u32 {
    let has_paid = |member: &&Member| {
        member.told_run().ended().is_some_and(|ended| ended.ending == Ending::Paid)
    };
    let count = practice.members().iter().filter(has_paid).count();
    u32::try_from(count).expect("a race has fewer members")
}

#[cfg(test)]
mod tests;
