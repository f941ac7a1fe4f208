//! The run as it was: its outcome, the member's intent, and the what-ifs that fork from it.

use alloc::vec::Vec;

use protocol::{HallThen, HeldBy, RunOutcome, StepChange, TakenSeat, WhatIf};
use sale::{CaptchaStep, Moment, Order, Seat, Span};

use crate::limits::CHANCE_RUNS_MAX;
use crate::names::MemberId;
use crate::note::Note;
use crate::practice::Practice;
use crate::what_if::change::{Change, Lever};
use crate::what_if::intent::{Intent, Known, UsualTimes};
use crate::what_if::outcome::gain;
use crate::what_if::plan::{Plan, Usual};
use crate::what_if::player::{From, Player};
use crate::what_if::reel::{Halt, Reel};
use crate::what_if::tape::{Input, Tape};
use crate::what_if::tracer::{Forks, Traced, Tracer};
use crate::wire::{millis, millis_of};

/// How long a quick page takes from the press to the place. Chosen: the way to a server in the same country and back, with
/// some time for the server.
pub const PAGE_QUICK: Span = Span::from_millis(100);

/// Times of a practised person, for steps that the person never did, has no usual time for, and no rival did
/// either (`DOMAIN` 16).
const PRACTISED: Usual = Usual {
    captcha: Span::from_millis(5_000),
    first_seat: Span::from_millis(6_000),
    held: Span::from_millis(2_000),
    paid: Span::from_millis(75_000),
};

/// The caller did not wait until the race had been run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody waits for this what-if any more")]
pub struct Stopped;

/// What a member brings that the tape does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own {
    /// The press that got the last place, in milliseconds from the opening; `None` without a place.
    pub press_ms: Option<f64>,
    /// The time of the page: from that press to the place.
    pub page: Span,
    /// The member's usual times.
    pub usual: UsualTimes,
    /// The median times of the rivals of this race, for what the member has no usual time for.
    pub rivals: UsualTimes,
}

/// In how many of several races with other crowds the same intent gets a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// Races in which it pays.
    pub paid: u32,
    /// Races in all, at most [`CHANCE_RUNS_MAX`].
    pub runs: u32,
}

/// A run as it was, from which what-ifs fork. It needs no tape any more, so it can be kept as long as somebody asks.
#[derive(Clone, Debug)]
pub struct Original {
    /// The inputs of the tape.
    inputs: Vec<Input>,
    own: Own,
    end: Reel,
    intent: Intent,
    forks: Forks,
    outcome: RunOutcome,
    every: Span,
    /// From the opening to the moment at which the member joined; zero for one who joined before it.
    joined: Span,
}

impl Original {
    /// Replays a member's run up to `until`, when it was over.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once `go_on` returns false. It is asked after each 50 ms of race time in which something
    /// happens.
    ///
    /// # Panics
    ///
    /// If the member did not join by then.
    pub fn of(
        tape: &Tape,
        id: MemberId,
        until: Moment,
        own: Own,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Self, Stopped> {
        let every = tape.origin().race().map_refresh().quantile(0.5).max(0.0);
        let every = Span::from_secs_f64(every);
        let traced = Tracer::new(tape, id, every, go_on).trace(until);
        let Traced { reel: end, intent, forks } = traced.map_err(|_: Halt| Stopped)?;
        let outcome = end.observer.outcome(end.race(), end.practice().member(id).run());
        let ended_ms = (millis(until) - millis(opens_at(&end))).max(0.0);
        let outcome = RunOutcome { ended_ms, ..outcome };
        // Whoever presses before the opening waits for the opening, and not for the page.
        let page = intent.placed.map_or(Span::ZERO, |placed| own.page.min(placed));
        let joined = forks.press.as_ref().map_or(Span::ZERO, |press| {
            let opened_at = press.race().tally().opened_at();
            Span::from_nanos(press.now().as_nanos().saturating_sub(opened_at.as_nanos()))
        });
        let inputs = tape.inputs().to_vec();
        Ok(Self { inputs, own: Own { page, ..own }, end, intent, forks, outcome, every, joined })
    }

    /// What came of the run.
    pub fn outcome(&self) -> &RunOutcome {
        &self.outcome
    }

    /// The hall at the member's first click for seats; `None` without a click. `base64` encodes bytes.
    pub fn hall(&self, base64: impl FnOnce(&[u8]) -> alloc::string::String) -> Option<HallThen> {
        let click = self.end.observer.first_click()?;
        let after = |at: Moment| millis(at) - millis(opens_at(&self.end));
        let taken = self.end.observer.taken().iter().map(|taken| TakenSeat {
            seat: taken.seat.0,
            at_ms: after(taken.at),
            held_by: if taken.is_rival { HeldBy::Rival } else { HeldBy::Person },
        });
        Some(HallThen {
            at_ms: after(click.at),
            free: base64(click.free.bits()),
            clicked: click.seats.iter().map(|seat: Seat| seat.0).collect(),
            taken: taken.collect(),
        })
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        let Forks { press, captcha, first_seat, held, paid } = &self.forks;
        let forks = [press, captcha, first_seat, held, paid].into_iter().flatten();
        let reels: usize = forks.chain([&self.end]).map(Reel::bytes).sum();
        reels + size_of_val(self.inputs.as_slice())
    }

    /// Whether a step was begun, so that its time can be changed.
    pub fn is_due(&self, lever: Lever) -> bool {
        let is_begun = match lever {
            Lever::Press | Lever::Page => self.intent.placed.is_some(),
            Lever::Captcha => self.intent.captcha.is_begun(),
            Lever::FirstSeat => self.intent.first_seat.is_begun(),
            Lever::Held => self.forks.held.is_some(),
            Lever::Paid => self.forks.paid.is_some(),
        };
        is_begun && self.has(lever)
    }

    /// How long a step took the member; `None` if it was not done.
    pub fn took_ms(&self, lever: Lever) -> Option<f64> {
        let known: Known = match lever {
            Lever::Press => return self.own.press_ms,
            Lever::Page => return self.intent.placed.map(|_| millis_of(self.own.page)),
            Lever::Captcha => self.intent.captcha,
            Lever::FirstSeat => self.intent.first_seat,
            Lever::Held => self.intent.retry,
            Lever::Paid => self.intent.paid,
        };
        known.taken().map(millis_of)
    }

    /// How long the self takes for a step if nothing is changed; of the press, from the opening.
    pub fn time(&self, lever: Lever) -> Span {
        self.plan(&[]).time(lever).0
    }

    /// Whether the member did not take a step, so that the self's [`time`](Self::time) for it is assumed.
    pub fn is_assumed(&self, lever: Lever) -> bool {
        self.plan(&[]).time(lever).1
    }

    /// Whether the sale has a step at all: some ask for no captcha, and in a lottery the moment of the press decides
    /// nothing.
    pub fn has(&self, lever: Lever) -> bool {
        let rules = self.end.race().sale().rules();
        match lever {
            Lever::Press | Lever::Page => rules.order == Order::Arrival,
            Lever::Captcha => rules.captcha.step != CaptchaStep::Never,
            Lever::FirstSeat | Lever::Held | Lever::Paid => true,
        }
    }

    /// The shortest time that a what-if can give a step: nobody presses before they joined.
    pub fn least(&self, lever: Lever) -> Span {
        match lever {
            Lever::Press => self.joined,
            Lever::Page | Lever::Captcha | Lever::FirstSeat | Lever::Held | Lever::Paid => {
                Span::ZERO
            }
        }
    }

    /// Runs the race again with these times changed, from just before the first changed step on. A step that was
    /// never begun, or came to be only by an earlier one, is changed when the self comes to it.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once `go_on` returns false.
    pub fn what_if(
        &self,
        changes: &[Change],
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<WhatIf, Stopped> {
        let changes = self.possible(changes);
        let Some((from, fork)) = self.fork(&changes) else { return Ok(self.unchanged(&changes)) };
        if from == From::Press && !self.presses(&changes) {
            return Ok(self.unchanged(&changes));
        }
        let plan = self.plan(&changes);
        let (reel, inputs) = (fork.clone(), &*self.inputs);
        let player = Player { reel, inputs, plan, go_on, assumed: Vec::new() };
        let (outcome, assumed) = player.play(from).ok_or(Stopped)?;
        Ok(self.told(&changes, outcome, &assumed))
    }

    /// Plays the intent with these changes in races with other crowds, in which nobody else takes part. Each of
    /// `races` is new. It plays [`CHANCE_RUNS_MAX`] of them at most, and none for a member who never pressed.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once `go_on` returns false.
    pub fn chance(
        &self,
        changes: &[Change],
        races: impl IntoIterator<Item = Practice>,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Chance, Stopped> {
        let changes = self.possible(changes);
        if !self.presses(&changes) {
            return Ok(Chance::default());
        }
        let person = self.end.practice().member(self.end.id()).person();
        let mut chance = Chance::default();
        for race in races.into_iter().take(CHANCE_RUNS_MAX) {
            let mut reel = Reel::new(race, MemberId(0));
            reel.keep(Note::Joined { person });
            let (plan, inputs) = (self.plan(&changes), &[]);
            let player = Player { reel, inputs, plan, go_on, assumed: Vec::new() };
            let (outcome, _) = player.play(From::Press).ok_or(Stopped)?;
            chance.runs += 1;
            chance.paid += u32::from(outcome.paid);
        }
        Ok(chance)
    }

    /// The changes in the order of the steps, each to a time that the step can take; of two for the same step, the last
    /// one.
    fn possible(&self, changes: &[Change]) -> Vec<Change> {
        let last = |lever| {
            let change = changes.iter().rev().find(|change| change.lever == lever)?;
            Some(Change { to: change.to.max(self.least(lever)), ..*change })
        };
        Lever::ALL.into_iter().filter_map(last).collect()
    }

    /// Whether the self presses at all: the member did, or the changes say when.
    fn presses(&self, changes: &[Change]) -> bool {
        let is_changed = changes.iter().any(|change| change.lever == Lever::Press);
        is_changed || self.intent.placed.is_some()
    }

    /// The last fork that is before every changed step.
    fn fork(&self, changes: &[Change]) -> Option<(From, &Reel)> {
        let Forks { press, captcha, first_seat, held, paid } = &self.forks;
        let forks = [
            (From::Press, Lever::Press, press),
            (From::Captcha, Lever::Captcha, captcha),
            (From::FirstSeat, Lever::FirstSeat, first_seat),
            (From::Held, Lever::Held, held),
            (From::Paid, Lever::Paid, paid),
        ];
        let first = changes.first()?.lever;
        let forks = forks.into_iter().filter(|(_, lever, _)| *lever <= first);
        forks.filter_map(|(from, _, fork)| Some((from, fork.as_ref()?))).next_back()
    }

    /// A what-if in which nothing can be changed, because the member never pressed.
    fn unchanged(&self, changes: &[Change]) -> WhatIf {
        self.told(changes, self.outcome.clone(), &[])
    }

    fn told(&self, changes: &[Change], outcome: RunOutcome, assumed: &[Lever]) -> WhatIf {
        let change = |change: &Change| StepChange {
            step: change.lever.key(),
            from_ms: self.took_ms(change.lever),
            to_ms: millis_of(change.to),
            pace: change.pace,
        };
        WhatIf {
            changes: changes.iter().map(change).collect(),
            gain: gain(&self.outcome, &outcome),
            outcome,
            assumed: assumed.iter().map(|lever| lever.key()).collect(),
        }
    }

    fn plan<'b>(&'b self, changes: &'b [Change]) -> Plan<'b> {
        let Own { usual, rivals, .. } = self.own;
        let of = |own: Option<Span>, rivals: Option<Span>, practised| {
            own.or(rivals).unwrap_or(practised)
        };
        let usual = Usual {
            captcha: of(usual.captcha, rivals.captcha, PRACTISED.captcha),
            first_seat: of(usual.first_seat, rivals.first_seat, PRACTISED.first_seat),
            held: of(usual.held, rivals.held, PRACTISED.held),
            paid: of(usual.paid, rivals.paid, PRACTISED.paid),
        };
        let (intent, page, every) = (&self.intent, self.own.page, self.every);
        Plan { intent, changes, page, usual, every }
    }
}

fn opens_at(reel: &Reel) -> Moment {
    reel.race().sale().rules().opens_at
}
