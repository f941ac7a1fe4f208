//! What a run says, folded from the race's own events by replaying it.
//!
//! How it ended is the server's to say (a race has an end of its own, and a sale may be sold out); the
//! steps and the rivals beside them are folded by [`crowd::report`].

mod beside;
mod fold;

use crowd::Race;
use crowd::report::Stride;
use journal::{BoxError, Log, Logged, Snapshot};
use protocol::{Basis, CaptchaTally, ClockFit, Report, ReportRace, Step, StepKey};
use sale::Moment;

use crate::course::Course;
use crate::header::Header;
use crate::ids::RaceId;
use crate::play::Mark;
use crate::to_protocol::{self, millis};
use fold::Fold;

/// The report of a race whose run is over.
pub(crate) fn report(id: RaceId, log: &Log, marks: &[Mark]) -> Result<Report, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    header.check_versions()?;
    let course = Course::new(recipe)?;
    let make = |_: &[u8], _: Option<&Snapshot>| {
        Ok(Fold::new(Race::new(course.scenario.clone(), header.seed)?, course.ends_at))
    };
    let note = |fold: &mut Fold, logged: Logged<'_>| fold.note(logged);
    let mut fold = log.replay(make, note)?.machine;
    fold.finish();
    let (ending, ended_at) = fold.ended().ok_or("the run is not over")?;
    let opens_at = course.opens_at();
    let press = pressed_at(&fold, &header, marks);
    let told = fold.told();
    Ok(Report {
        ending: to_protocol::ending(ending),
        race: about(id, &course, &header),
        place: fold.place.map(|place| place.0),
        rivals_ahead: fold.rivals_ahead,
        early_presses: told.early_presses,
        refreshes: fold.refreshes,
        free_on_admission: told.on_admission.map(|(free, _)| free),
        sold_on_admission_share: told
            .on_admission
            .map(|(_, sold)| share(sold, course.seat_count())),
        steps: steps(&told.strides, opens_at, press),
        captcha: CaptchaTally { asked: fold.captchas_asked, missed: told.captcha_misses },
        conflicts: beside::conflicts(&told.conflicts, opens_at),
        seats: beside::seats(&told.catches, &course.scenario.layout),
        clock: clock(&fold, press, marks),
        loss: beside::loss(told.loss, is_page_slow(&fold, press, opens_at)),
        booking: fold.booking(),
        curve: fold.curve(),
        basis: Basis::RivalsOfThisRace {
            rivals: course.recipe.rivals(),
            until_ms: (millis(ended_at) - millis(opens_at)).max(0.0),
        },
    })
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

fn about(id: RaceId, course: &Course, header: &Header) -> ReportRace {
    let recipe = &course.recipe;
    ReportRace {
        id: id.to_string(),
        scenario: recipe.name().to_owned(),
        title: course.title.clone(),
        plan: recipe.plan().to_owned(),
        demand: recipe.demand().to_owned(),
        style: recipe.style().to_owned(),
        rivals: recipe.rivals(),
        seats: course.seat_count(),
        seed: header.seed,
    }
}

/// By how much a client's clock may run ahead of what it knows of ours: a press it dates just after its
/// own place was still the press that got it.
const CLOCK_SLACK_MS: f64 = 100.0;

/// When the press that counted was made, in race time: by the client's own mark where one fits, or as
/// the server saw it.
fn pressed_at(fold: &Fold, header: &Header, marks: &[Mark]) -> Option<f64> {
    let placed_at = millis(fold.placed_at?);
    let started_ms = header.started_at.as_millis_f64();
    let presses = marks.iter().filter(|mark| mark.name == "press");
    let pressed = presses.filter_map(|mark| {
        let at_ms = mark.at_ms - started_ms;
        let slack_ms = mark.error_ms.unwrap_or(0.0).max(CLOCK_SLACK_MS);
        (at_ms <= placed_at + slack_ms).then_some(at_ms.min(placed_at))
    });
    let pressed = pressed.fold(f64::NEG_INFINITY, f64::max);
    Some(if pressed.is_finite() { pressed } else { placed_at })
}

/// The press, which only the person's own client and server know, and the steps everybody takes.
fn steps(strides: &[Stride], opens_at: Moment, press: Option<f64>) -> Vec<Step> {
    let at_ms = press.map(|at| at - millis(opens_at));
    let press = Step { key: StepKey::Press, at_ms, took_ms: at_ms, rivals: None };
    let others = strides.iter().map(|stride| beside::step(stride, opens_at));
    std::iter::once(press).chain(others).collect()
}

/// Whether more of the time to the place went by after the press than before it.
fn is_page_slow(fold: &Fold, press: Option<f64>, opens_at: Moment) -> bool {
    let placed_at = fold.placed_at.map(millis);
    press.zip(placed_at).is_some_and(|(press, placed)| placed - press > press - millis(opens_at))
}

fn clock(fold: &Fold, press: Option<f64>, marks: &[Mark]) -> ClockFit {
    let mark = marks.iter().rev().find(|mark| mark.name == "press");
    let error_ms = mark.and_then(|mark| mark.error_ms);
    let placed_at = fold.placed_at.map(millis);
    let network_ms = mark.and(press.zip(placed_at)).map(|(press, placed)| placed - press);
    ClockFit { error_ms, network_ms }
}
