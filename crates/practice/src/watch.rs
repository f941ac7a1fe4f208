//! What people see who watch a race and take no part in it any more, or never did: how the race stands,
//! and where each member is.

use protocol::{WatchPerson, WatchState, WatchStep};
use sale::{Hold, HoldAt, Moment, Standing};

use crate::limits::WATCH_PEOPLE_MAX;
use crate::member::Member;
use crate::names::MemberId;
use crate::practice::Practice;
use crate::run::Ending;
use crate::step::Step;
use crate::view::RaceClock;
use crate::wire::{counts, millis, stage};

/// How a race stands and where its people are. It tells at most [`WATCH_PEOPLE_MAX`] people, first those
/// who are nearest to a booking (rule C45). The caller fills in their names.
pub fn watch(practice: &Practice, clock: RaceClock) -> WatchState {
    let mut people: alloc::vec::Vec<Seen> =
        practice.ids().map(|(id, member)| Seen::of(practice, id, member)).collect();
    let more = people.len().saturating_sub(WATCH_PEOPLE_MAX);
    if more > 0 {
        people.select_nth_unstable_by_key(WATCH_PEOPLE_MAX, Seen::distance);
        people.truncate(WATCH_PEOPLE_MAX);
    }
    people.sort_unstable_by_key(Seen::distance);
    WatchState {
        now_ms: millis(clock.now),
        started_at_ms: clock.started_at_ms,
        stage: stage(practice.sale().stage()),
        counts: counts(practice.sale()),
        people: people.into_iter().map(Seen::told).collect(),
        more: u32::try_from(more).expect("at most MEMBERS_MAX"),
    }
}

/// Where a member was seen.
struct Seen {
    member: MemberId,
    step: WatchStep,
    position: Option<u32>,
    since: Moment,
}

impl Seen {
    fn of(practice: &Practice, id: MemberId, member: &Member) -> Self {
        let run = member.run();
        let at = |step, position, since| Self { member: id, step, position, since };
        if let Some(ended) = run.ended() {
            let has_paid = ended.ending == Ending::Paid;
            let step = if has_paid { WatchStep::Booked } else { WatchStep::Gone };
            return at(step, None, ended.at);
        }
        let placed_at = run.at(Step::Placed).unwrap_or(member.joined_at());
        match practice.standing(id) {
            Standing::Away { .. } => at(WatchStep::Away, None, member.joined_at()),
            Standing::Pooled => at(WatchStep::Pooled, None, member.joined_at()),
            Standing::Waiting { position, .. } => at(WatchStep::Waiting, Some(position), placed_at),
            Standing::Inside { hold: Some(hold), .. } => {
                at(step_of(&hold, practice.sale().rules().hold_at), None, hold.since)
            }
            Standing::Inside { admitted_at, .. } if !practice.may_see_map(id) => {
                at(WatchStep::Captcha, None, admitted_at)
            }
            Standing::Inside { admitted_at, .. } => {
                let passed = run.at(Step::Captcha).unwrap_or(admitted_at);
                at(WatchStep::Map, None, passed.max(admitted_at))
            }
        }
    }

    /// How far the member is from a booking, for sorting. Those whose run is over come last, the latest of
    /// them first.
    fn distance(&self) -> (u8, u64, u32) {
        let since = self.since.as_nanos();
        let (rank, within) = match self.step {
            WatchStep::Paying => (0, since),
            WatchStep::Holding => (1, since),
            WatchStep::Map => (2, since),
            WatchStep::Captcha => (3, since),
            WatchStep::Waiting => (4, self.position.unwrap_or(u32::MAX).into()),
            WatchStep::Pooled => (5, since),
            WatchStep::Away => (6, since),
            WatchStep::Booked => (7, u64::MAX - since),
            WatchStep::Gone => (8, u64::MAX - since),
        };
        (rank, within, self.member.0)
    }

    fn told(self) -> WatchPerson {
        WatchPerson {
            member: self.member.0,
            name: None,
            step: self.step,
            position: self.position,
            since_ms: millis(self.since),
        }
    }
}

/// Whether a hold is still growing. Where each click holds a seat, it is until a price was chosen.
fn step_of(hold: &Hold, hold_at: HoldAt) -> WatchStep {
    let is_priced = hold.priced().any(|(_, discount)| discount.0 > 0);
    match hold_at {
        HoldAt::Click if !is_priced => WatchStep::Holding,
        HoldAt::Click | HoldAt::Done | HoldAt::Payment => WatchStep::Paying,
    }
}
