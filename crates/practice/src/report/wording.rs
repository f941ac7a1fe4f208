//! A member's report as clients get it, a [`protocol::Report`].

use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::BASE64;
use protocol::{Basis, CaptchaTally, Report, ReportRace, Step, StepKey};
use sale::{Moment, Span};

use crate::exercise::Exercise;
use crate::header::About;
use crate::names::MemberId;
use crate::report::beside;
use crate::report::coach::{Coaching, Paces, coach};
use crate::report::press::{Press, clock_fit};
use crate::report::retold::Retold;
use crate::report::stride::Stride;
use crate::shift::Start;
use crate::what_if::{Original, Own, Stopped, UsualTimes};
use crate::wire::{self, millis};

/// Whose report it is, and what the report says of the race that is not in its log.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The member whose report it is.
    pub member: MemberId,
    /// The race's id.
    pub id: String,
    /// What a list shows of the race.
    pub about: About,
    /// The seed of all chance in the race; `None` if the race is shared.
    pub seed: Option<u64>,
    /// When race time began before all shifts, in Unix milliseconds by the server's clock.
    pub started_at_ms: f64,
    /// The person's usual times from earlier races.
    pub usual: UsualTimes,
}

/// The report of a member's run. First it lets `retold` go on until the run has ended; see
/// [`Retold::finish`].
///
/// # Panics
///
/// If there is no such member.
pub fn answer(retold: Retold, subject: Subject) -> Report {
    answer_while(retold, subject, || true).expect("nothing stops this").0
}

/// The report of a member's run, as [`answer`] gives it, and the run from which more what-ifs fork; `None` once `go_on`
/// returns false. It asks after each 50 ms of race time in which something happens, in each what-if too.
///
/// # Panics
///
/// If there is no such member.
pub fn answer_while(
    mut retold: Retold,
    subject: Subject,
    mut go_on: impl FnMut() -> bool,
) -> Option<(Report, Original)> {
    let Subject { member: id, started_at_ms, usual, .. } = subject;
    if !retold.finish_while(id, &mut go_on) {
        return None;
    }
    let original = retold.original(id, started_at_ms, usual, &mut go_on).ok()?;
    let (practice, findings) = (retold.practice(), retold.findings(id));
    let (sale, member) = (practice.sale(), practice.member(id));
    let (run, opens_at, ended_at) = (member.told_run(), sale.rules().opens_at, findings.ended.at);
    let start = Start { began_ms: started_at_ms, shifts: practice.shifts() };
    let press = Press::of(run, start, member.marks());
    let paces = Paces::of(retold.watcher(), ended_at);
    let is_exercise = subject.about.exercise.is_some();
    let coaching = if is_exercise {
        Coaching::of_exercise(original.outcome())
    } else {
        coach(&original, &paces, run, &mut go_on).ok()?
    };
    let Coaching { what_ifs, own, verdict } = coaching;
    let rivals = subject.about.rivals;
    let seats = sale.layout().seat_count();
    // A sale that closed before it opened had no length.
    let over_at = retold.watcher().over_at().filter(|&at| at >= opens_at);
    let report = Report {
        ending: wire::ending(findings.ended.ending),
        race: about(subject),
        place: run.place().map(|place| place.0),
        rivals_ahead: run.visitors_ahead(),
        early_presses: run.early_presses(),
        refreshes: run.places().saturating_sub(1),
        free_on_admission: findings.on_admission.map(|then| then.free),
        sold_on_admission_share: findings.on_admission.map(|then| share(then.sold, seats)),
        steps: steps(&findings.strides, opens_at, press),
        captcha: CaptchaTally { asked: run.captchas_asked(), missed: run.captcha_misses() },
        conflicts: findings.conflicts.iter().map(|one| wire::conflict(one, opens_at)).collect(),
        seats: beside::seats(&findings.catches, sale.layout()),
        clock: clock_fit(press, member.marks()),
        verdict,
        outcome: original.outcome().clone(),
        own,
        what_ifs,
        hall: original.hall(|bits| BASE64.encode(bits)),
        length_ms: over_at.map(|at| millis(at) - millis(opens_at)),
        booking: run.booking().and_then(|booking| wire::booking(sale, booking)),
        curve: retold.watcher().curve(opens_at, ended_at),
        basis: Basis::RivalsOfThisRace {
            rivals,
            until_ms: (millis(ended_at) - millis(opens_at)).max(0.0),
        },
    };
    Some((report, original))
}

impl Retold {
    /// A member's run, from which what-ifs fork. Let the race go on until the run has ended first:
    /// [`finish_while`](Self::finish_while). `started_at_ms` is when race time began before all shifts, in Unix
    /// milliseconds; `usual` are the person's times from earlier races.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once `go_on` returns false.
    ///
    /// # Panics
    ///
    /// If there is no such member, or the race was not told from its beginning.
    pub fn original(
        &self,
        id: MemberId,
        started_at_ms: f64,
        usual: UsualTimes,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Original, Stopped> {
        let (practice, chronicle) = (self.practice(), self.watcher());
        let (member, ended_at) = (practice.member(id), self.findings(id).ended.at);
        let start = Start { began_ms: started_at_ms, shifts: practice.shifts() };
        let press = Press::of(member.told_run(), start, member.marks());
        let opens_ms = millis(practice.sale().rules().opens_at);
        let own = Own {
            press_ms: press.map(|press| press.at_ms - opens_ms),
            page: press.map_or(Span::ZERO, Press::page),
            usual,
            rivals: Paces::of(chronicle, ended_at).medians(),
        };
        let tape = chronicle.tape().expect("a practice told from its beginning");
        Original::of(tape, id, ended_at, own, go_on)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

fn about(subject: Subject) -> ReportRace {
    let About { scenario, title, plan, demand, style, rivals, seats, exercise, .. } = subject.about;
    let (id, seed, exercise) = (subject.id, subject.seed, exercise.map(Exercise::told));
    ReportRace { id, scenario, title, plan, demand, style, rivals, seats, seed, exercise }
}

/// All steps of the report. The first is the press, for which there are no rivals' times, because a
/// rival's press is not known.
fn steps(strides: &[Stride], opens_at: Moment, press: Option<Press>) -> Vec<Step> {
    let at_ms = press.map(|press| press.at_ms - millis(opens_at));
    let press = Step { key: StepKey::Press, at_ms, took_ms: at_ms, rivals: None };
    let others = strides.iter().map(|stride| beside::step(stride, opens_at));
    core::iter::once(press).chain(others).collect()
}
