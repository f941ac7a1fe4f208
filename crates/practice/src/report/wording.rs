//! A member's report as clients get it, a [`protocol::Report`].

use alloc::string::String;
use alloc::vec::Vec;

use protocol::{Basis, CaptchaTally, Report, ReportRace, Step, StepKey};
use sale::Moment;

use crate::exercise::Exercise;
use crate::header::About;
use crate::names::MemberId;
use crate::report::beside;
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
        loss: beside::loss(findings.loss, press.is_some_and(|press| press.is_page_slow(opens_at))),
        booking: run.booking().and_then(|booking| wire::booking(sale, booking)),
        curve: retold.watcher().curve(opens_at, ended_at),
        basis: Basis::RivalsOfThisRace {
            rivals,
            until_ms: (millis(ended_at) - millis(opens_at)).max(0.0),
        },
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

fn about(subject: Subject) -> ReportRace {
    let About { scenario, title, plan, demand, style, rivals, seats, exercise } = subject.about;
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
