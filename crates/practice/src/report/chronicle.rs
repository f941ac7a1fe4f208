//! The chronicle of a race: collects in one pass over the events what the reports of all members
//! need.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crowd::Race;
use protocol::CurvePoint;
use sale::{Event, Moment, Return, Seat, Seats, Span, Stamped, Visitor};

use crate::free_clock::FreeClock;
use crate::member::Member;
use crate::practice::Practice;
use crate::report::distribution::Distribution;
use crate::report::quickest::Quickest;
use crate::step::Step;
use crate::walk::{Around, Walk};
use crate::watched::Watcher;
use crate::what_if::{Input, Tape};

/// A seat that a visitor held or paid for, compared with the seats that were free at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catch {
    /// The seat.
    pub seat: Seat,
    /// When the visitor took it, in race time.
    pub at: Moment,
    /// What became of it.
    pub fate: Fate,
    /// How many seats were free just before, this one included.
    pub free_then: u32,
    /// The seat's rank by quality among those free seats, from 1 for the best.
    pub rank_then: u32,
}

/// What became of a seat that a visitor took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The visitor paid for it.
    Paid,
    /// The visitor held it until the race or the run was over.
    Held,
    /// The visitor gave it back.
    Released,
    /// The visitor's hold ended before the visitor paid.
    HoldEnded,
    /// The visitor left the sale while holding it.
    Left,
}

/// How many seats were free and paid at the moment of an admission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnAdmission {
    /// The number of free seats.
    pub free: u32,
    /// The number of paid seats.
    pub sold: u32,
}

/// What happened in a race, as far as the reports of its members need it.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    stories: BTreeMap<Visitor, Story>,
    /// The walk of each rival who is inside now.
    walks: BTreeMap<Visitor, Walk>,
    /// For each step, the rivals who have done it: one who does it again is not counted again.
    done: [BTreeSet<Visitor>; Step::ALL.len()],
    /// For each step in which a rival does something: when each rival had first done it and how long
    /// it took, in order of time.
    taken: [Vec<(Moment, Span)>; Step::ALL.len()],
    /// How many seats were free and paid after each change, in order of time.
    changes: Vec<Change>,
    sold_out_at: Option<Moment>,
    closed_at: Option<Moment>,
    /// How long some seat was free: the clock whenever the last free seat was taken, or one came back.
    free_clocks: Vec<(Moment, FreeClock)>,
    /// What the clock showed when each rival inside met the conflict from which it has not recovered yet.
    missed: BTreeMap<Visitor, Span>,
    /// The rivals who have recovered from a conflict.
    recovered: BTreeSet<Visitor>,
    /// When each of them had first clicked again and how long that took while some seat was free, in order of time.
    recoveries: Vec<(Moment, Span)>,
    /// How the practice began and what came in, for running it again; `None` if nobody gave the beginning.
    tape: Option<Tape>,
}

/// What a report needs of one watched visitor besides the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    pub(super) on_admission: Option<OnAdmission>,
    pub(super) catches: Vec<Catch>,
}

#[derive(Clone, Copy, Debug)]
struct Change {
    at: Moment,
    free: u32,
    sold: u32,
}

impl Watcher for Chronicle {
    fn see(&mut self, race: &Race, stamped: &Stamped) {
        self.count(race, stamped);
        let Some(visitor) = stamped.event.visitor() else { return };
        if let Some(story) = self.stories.get_mut(&visitor) {
            story.see(race, stamped);
        }
        if race.persona_of(visitor).is_some() {
            self.see_rival(race, visitor, stamped);
        }
    }

    fn take_in(&mut self, input: Input) {
        if let Some(tape) = &mut self.tape {
            tape.add(input);
        }
    }

    fn meet(&mut self, member: &Member) {
        self.watch(member.visitor());
    }
}

impl Chronicle {
    /// A chronicle that also keeps the tape of a practice in which nothing has happened yet.
    pub fn with_tape(practice: &Practice) -> Self {
        Self { tape: Some(Tape::new(practice.clone())), ..Self::default() }
    }

    /// The tape, if the chronicle keeps one.
    pub fn tape(&self) -> Option<&Tape> {
        self.tape.as_ref()
    }

    /// Collects from now on what a report about this visitor needs.
    pub fn watch(&mut self, visitor: Visitor) {
        self.stories.entry(visitor).or_default();
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    fn count(&mut self, race: &Race, stamped: &Stamped) {
        let (at, free, sold) = (stamped.at, race.tally().free(), race.tally().sold());
        self.run_clock(at, free);
        match stamped.event {
            // The first place of a second gives that second a point of the curve, even if no seat
            // changes hands in it. Further places in the same second need none.
            Event::Placed { .. } if self.is_in_last_second(race, at) => {}
            Event::Placed { .. }
            | Event::SeatsHeld { .. }
            | Event::SeatsReturned { .. }
            | Event::Booked { .. } => self.changes.push(Change { at, free, sold }),
            Event::Closed => self.closed_at = Some(at),
            _ => {}
        }
        if sold == race.tally().seats() {
            self.sold_out_at.get_or_insert(at);
        }
    }

    fn run_clock(&mut self, at: Moment, free: u32) {
        let mut clock = self.free_clock_at(at);
        if clock.is_running() != (free > 0) {
            clock.see(at, free);
            self.free_clocks.push((at, clock));
        }
    }

    fn free_clock_at(&self, at: Moment) -> FreeClock {
        let past = self.free_clocks.partition_point(|&(since, _)| since <= at);
        past.checked_sub(1).map_or_else(FreeClock::default, |last| self.free_clocks[last].1)
    }

    /// For how long some seat was free by `at`.
    pub(super) fn free_by(&self, at: Moment) -> Span {
        self.free_clock_at(at).read(at)
    }

    fn is_in_last_second(&self, race: &Race, at: Moment) -> bool {
        let opens_at = race.sale().rules().opens_at;
        self.changes.last().is_some_and(|last| second(opens_at, last.at) == second(opens_at, at))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    fn see_rival(&mut self, race: &Race, visitor: Visitor, stamped: &Stamped) {
        let (at, opened_at) = (stamped.at, race.tally().opened_at());
        match stamped.event {
            // A rival who only waits needs no walk: its place is the only step to note.
            Event::Placed { .. } => {
                return self.count_rival(visitor, Step::Placed, at, at.since(opened_at));
            }
            Event::Admitted { .. } => {
                self.walks.entry(visitor).or_default();
            }
            _ => {}
        }
        let free = self.free_by(at);
        self.see_recovery(visitor, stamped, free);
        let Some(walk) = self.walks.get_mut(&visitor) else { return };
        let before = *walk;
        walk.note(stamped, Around::of(race, free));
        let after = *walk;
        for step in [Step::Captcha, Step::FirstSeat, Step::Held, Step::Paid] {
            if before.at(step).is_none()
                && let Some(took) = after.took(step)
            {
                self.count_rival(visitor, step, at, took);
            }
        }
        if let Event::Left { .. } = stamped.event {
            self.walks.remove(&visitor);
        }
    }

    /// Counts a rival who clicks again after a conflict, if it is the rival's first time.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    fn see_recovery(&mut self, visitor: Visitor, stamped: &Stamped, free: Span) {
        let missed = match stamped.event {
            Event::SeatMissed { .. } => self.missed.insert(visitor, free),
            Event::SeatsHeld { .. } | Event::Booked { .. } => self.missed.remove(&visitor),
            Event::Left { .. } => {
                self.missed.remove(&visitor);
                None
            }
            _ => None,
        };
        if let Some(missed) = missed
            && self.recovered.insert(visitor)
        {
            let took = Span::from_nanos(free.as_nanos().saturating_sub(missed.as_nanos()));
            self.recoveries.push((stamped.at, took));
        }
    }

    /// Counts a rival who has done a step, if it is the rival's first time (rule C32).
    fn count_rival(&mut self, visitor: Visitor, step: Step, at: Moment, took: Span) {
        if self.done[step as usize].insert(visitor) {
            self.taken[step as usize].push((at, took));
        }
    }

    pub(super) fn story(&self, visitor: Visitor) -> Option<&Story> {
        self.stories.get(&visitor)
    }

    /// The times of the rivals who had done a step by `until`.
    pub(super) fn rivals(&self, step: Step, until: Moment) -> Distribution {
        let taken = &self.taken[step as usize];
        let count = taken.partition_point(|&(at, _)| at <= until);
        Distribution::of(taken[..count].iter().map(|&(_, took)| took).collect())
    }

    /// The times from a conflict to the next click of the rivals who had clicked again by `until`.
    pub(super) fn recoveries(&self, until: Moment) -> Distribution {
        let count = self.recoveries.partition_point(|&(at, _)| at <= until);
        Distribution::of(self.recoveries[..count].iter().map(|&(_, took)| took).collect())
    }

    /// When the last seat was paid for, or else when the sale closed; `None` if neither has happened.
    pub(super) fn over_at(&self) -> Option<Moment> {
        self.sold_out_at.or(self.closed_at)
    }

    /// The time of the quickest tenth of the rivals who had done a step by each of these moments, which are
    /// in order of time.
    pub(super) fn quickest(&self, step: Step, moments: &[Moment]) -> Vec<Option<Span>> {
        let mut taken = self.taken[step as usize].iter().peekable();
        let mut quickest = Quickest::default();
        let by = |&until: &Moment| {
            while let Some(&(_, took)) = taken.next_if(|&&(at, _)| at <= until) {
                quickest.add(took);
            }
            quickest.percentile()
        };
        moments.iter().map(by).collect()
    }

    /// When the last seat was paid for; `None` if that was not by `until`.
    pub(super) fn sold_out_by(&self, until: Moment) -> Option<Moment> {
        self.sold_out_at.filter(|&at| at <= until)
    }

    /// How many seats were free and paid at the end of each second from `opens_at` on in which
    /// something changed. Changes after `until` do not count.
    pub(super) fn curve(&self, opens_at: Moment, until: Moment) -> Vec<CurvePoint> {
        let mut curve: Vec<CurvePoint> = Vec::new();
        let within = self.changes.iter().filter(|change| (opens_at..=until).contains(&change.at));
        for change in within {
            let s = second(opens_at, change.at);
            let point = CurvePoint { s, free: change.free, sold: change.sold };
            match curve.last_mut() {
                Some(last) if last.s == s => *last = point,
                _ => curve.push(point),
            }
        }
        curve
    }
}

impl Story {
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    fn see(&mut self, race: &Race, stamped: &Stamped) {
        let at = stamped.at;
        match stamped.event {
            Event::Admitted { .. } => {
                let (free, sold) = (race.tally().free(), race.tally().sold());
                self.on_admission = Some(OnAdmission { free, sold });
            }
            Event::SeatsHeld { seats, .. } => {
                self.catches.extend(seats.iter().map(|seat| catch(race, at, seat, &seats)));
            }
            Event::SeatsReturned { seats, cause, .. } => self.lose(&seats, fate_of(cause)),
            Event::Booked { seats, .. } => {
                // Where seats become the visitor's only by paying, no event named them before.
                let unheld = seats.iter().filter(|&seat| self.held(seat).is_none());
                let caught: Vec<Catch> = unheld.map(|seat| catch(race, at, seat, &seats)).collect();
                self.catches.extend(caught);
                self.lose(&seats, Fate::Paid);
            }
            _ => {}
        }
    }

    /// Notes that the visitor no longer holds these seats, and what became of them.
    fn lose(&mut self, seats: &Seats, fate: Fate) {
        for seat in seats.iter() {
            if let Some(held) = self.held(seat) {
                self.catches[held].fate = fate;
            }
        }
    }

    /// The index of the catch of a seat that the visitor has.
    fn held(&self, seat: Seat) -> Option<usize> {
        let has =
            |catch: &Catch| catch.seat == seat && matches!(catch.fate, Fate::Held | Fate::Paid);
        self.catches.iter().rposition(has)
    }
}

fn fate_of(cause: Return) -> Fate {
    match cause {
        Return::Released | Return::Cancelled | Return::PaymentEnded => Fate::Released,
        Return::HoldEnded => Fate::HoldEnded,
        Return::Left => Fate::Left,
        Return::Closed => Fate::Held,
    }
}

fn second(opens_at: Moment, at: Moment) -> u32 {
    u32::try_from(at.since(opens_at).as_millis() / 1000).unwrap_or(u32::MAX)
}

/// Compares a seat that was just taken with the seats that were free before. `with` are the seats
/// that were taken together with it.
fn catch(race: &Race, at: Moment, seat: Seat, with: &Seats) -> Catch {
    let (sale, hall) = (race.sale(), race.hall());
    let quality = hall.quality(seat);
    let free = (0..sale.layout().seat_count())
        .map(Seat)
        .filter(|&other| sale.is_free(other) || with.contains(other));
    let (mut free_then, mut better) = (0, 0);
    for other in free {
        free_then += 1;
        better += u32::from(hall.quality(other) > quality);
    }
    Catch { seat, at, fate: Fate::Held, free_then, rank_then: better + 1 }
}
