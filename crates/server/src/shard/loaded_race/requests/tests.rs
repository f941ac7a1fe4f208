//! Tests: which marks are kept.

use std::num::NonZeroU64;
use std::time::Duration;

use journal::SqliteStore;
use practice::{Mark, MemberId};
use sale::Tag;
use tokio::sync::oneshot;

use super::super::for_tests::race;
use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::GuestId;
use crate::shard::MemberAsk;
use crate::shard::ask::{Ask, Letter};
use crate::shard::pace::Pace;

fn mark(context: &Context, race: &mut LoadedRace, now: UnixTime, key: u64) -> usize {
    let tag = Tag { key: NonZeroU64::new(key).unwrap(), content: 0 };
    let marks = vec![Mark { name: "press".to_owned(), at_ms: 1.0, error_ms: None }];
    let (reply, _rx) = oneshot::channel();
    let ask =
        Ask::Member { person: GuestId(1).person(), ask: MemberAsk::Mark { tag, marks, reply } };
    let mut pace = race.take(context, now, Letter { ask, from: None, place: None });
    while pace == Pace::Behind {
        pace = race.go_on(context);
    }
    race.practice().member(MemberId(0)).marks().len()
}

#[test]
fn a112_marks_are_kept_until_a_minute_after_the_end_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let context = Context::for_tests(folder.path());
    let mut store = SqliteStore::open(&folder.path().join("journal")).unwrap();
    let now = context.clock.now();
    let mut race = race(&context, &mut store, now);
    assert_eq!(mark(&context, &mut race, now, 1), 1);
    let ends_at = race.unix(race.practice().ends_at());
    let later = |seconds| ends_at.after(Duration::from_secs(seconds));
    assert_eq!(mark(&context, &mut race, later(1), 2), 2, "the run is over, and the line was gone");
    assert!(race.practice().member(MemberId(0)).run().ended().is_some());
    assert_eq!(mark(&context, &mut race, later(59), 3), 3);
    assert_eq!(mark(&context, &mut race, later(61), 4), 3);
    assert_eq!(mark(&context, &mut race, later(3_600), 2), 3, "sent again, it is kept already");
}
