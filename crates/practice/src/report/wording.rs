//! A member's report as clients get it, a [`protocol::Report`].

use alloc::string::String;
use alloc::vec::Vec;

use protocol::{Basis, CaptchaTally, Report, ReportRace, RunOutcome, Step, StepKey};
use sale::{Moment, Seat};

use crate::header::About;
use crate::names::MemberId;
use crate::practice::Practice;
use crate::report::beside;
use crate::report::chronicle::{Catch, Fate};
use crate::report::findings::Findings;
use crate::report::press::{Press, clock_fit};
use crate::report::retold::Retold;
use crate::report::stride::Stride;
use crate::shift::Start;
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
}

/// The report of a member's run. First it lets `retold` go on until the run has ended; see
/// [`Retold::finish`].
///
/// # Panics
///
/// If there is no such member.
pub fn answer(mut retold: Retold, subject: Subject) -> Report {
    let Subject { member: id, started_at_ms, .. } = subject;
    retold.finish(id);
    let (practice, findings) = (retold.practice(), retold.findings(id));
    let (sale, member) = (practice.sale(), practice.member(id));
    let (run, opens_at, ended_at) = (member.run(), sale.rules().opens_at, findings.ended.at);
    let start = Start { began_ms: started_at_ms, shifts: practice.shifts() };
    let press = Press::of(run.at(crate::step::Step::Placed), start, member.marks());
    let rivals = subject.about.rivals;
    let seats = sale.layout().seat_count();
    Report {
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
        verdict: beside::verdict(
            findings.loss,
            run.booking().is_some(),
            press.is_some_and(|press| press.is_page_slow(opens_at)),
        ),
        outcome: outcome(practice, id, &findings),
        what_ifs: Vec::new(),
        hall: None,
        length_ms: retold.watcher().sold_out_by(sale.now()).map(|at| millis(at) - millis(opens_at)),
        booking: run.booking().and_then(|booking| wire::booking(sale, booking)),
        curve: retold.watcher().curve(opens_at, ended_at),
        basis: Basis::RivalsOfThisRace {
            rivals,
            until_ms: (millis(ended_at) - millis(opens_at)).max(0.0),
        },
    }
}

/// What came of the run, as far as the findings say.
fn outcome(practice: &Practice, id: MemberId, findings: &Findings) -> RunOutcome {
    let (run, hall) = (practice.member(id).run(), practice.race().hall());
    let has_paid = run.booking().is_some();
    let mine = |catch: &&Catch| catch.fate == if has_paid { Fate::Paid } else { Fate::Held };
    let seats: Vec<Seat> = findings.catches.iter().filter(mine).map(|catch| catch.seat).collect();
    let sum: f64 = seats.iter().map(|&seat| f64::from(hall.quality(seat))).sum();
    let count = u32::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX");
    RunOutcome {
        paid: has_paid,
        held: !findings.catches.is_empty(),
        quality: (count > 0).then(|| sum / f64::from(count)),
        seats: seats.iter().map(|seat| seat.0).collect(),
        place: run.place().map(|place| place.0),
        free_on_admission: findings.on_admission.map(|then| then.free),
        best_seat: None,
        best_quality: None,
        free_then: None,
        ended_ms: millis(findings.ended.at) - millis(practice.sale().rules().opens_at),
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

fn about(subject: Subject) -> ReportRace {
    let About { scenario, title, plan, demand, style, rivals, seats } = subject.about;
    let (id, seed) = (subject.id, subject.seed);
    ReportRace { id, scenario, title, plan, demand, style, rivals, seats, seed }
}

/// All steps of the report. The first is the press, for which there are no rivals' times, because a
/// rival's press is not known.
fn steps(strides: &[Stride], opens_at: Moment, press: Option<Press>) -> Vec<Step> {
    let at_ms = press.map(|press| press.at_ms - millis(opens_at));
    let press = Step { key: StepKey::Press, at_ms, took_ms: at_ms, rivals: None };
    let others = strides.iter().map(|stride| beside::step(stride, opens_at));
    core::iter::once(press).chain(others).collect()
}
