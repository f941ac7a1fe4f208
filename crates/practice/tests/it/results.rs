//! The results of a race: a row for each member, with the figures of that member's report.

use practice::report::{Loss, Step, answer};
use practice::results;
use proptest::prelude::*;
use protocol::{Cost, Report, ResultRow, StepKey};
use sale::{Seat, Section};

use crate::many::{play, retell, subject, tries};
use crate::scene::course;

#[expect(clippy::unnecessary_wraps, reason = "a plan may have sections without a name")]
fn section_name(section: Section) -> Option<String> {
    Some(format!("section {}", section.0))
}

fn at(report: &Report, key: StepKey) -> Option<f64> {
    report.steps.iter().find(|step| step.key == key).and_then(|step| step.at_ms)
}

fn cost(loss: Option<Loss>) -> Option<Cost> {
    loss.map(|loss| match loss.step {
        Step::Placed => Cost::Press,
        Step::Admitted => Cost::Queue,
        Step::Captcha => Cost::Captcha,
        Step::FirstSeat | Step::Held => Cost::Seat,
        Step::Paid => Cost::Pay,
    })
}

fn of_report(row: &ResultRow, report: &Report, loss: Option<Loss>) -> ResultRow {
    ResultRow {
        ending: Some(report.ending),
        press_ms: at(report, StepKey::Press),
        place: report.place,
        admitted_ms: at(report, StepKey::Admitted),
        first_seat_ms: at(report, StepKey::FirstSeat),
        held_ms: at(report, StepKey::Held),
        paid_ms: at(report, StepKey::Paid),
        seats: report.booking.as_ref().map_or(vec![], |booking| booking.seats.clone()),
        cost: cost(loss),
        ..row.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn c44_a_row_of_the_results_says_what_the_report_says(
        tries in tries(5, 60), style in 0usize..2
    ) {
        let course = course(40, Some(["n-style", "m-style"][style]));
        let (live, log) = play(&course, 5, &tries, |_| {});
        let mut whole = retell(&course, &log);
        prop_assert!(whole.finish_all_while(|| true));
        let rows = whole.results(0.0, section_name);
        prop_assert_eq!(rows.len(), live.members().len());
        for ((member, _), row) in live.ids().zip(&rows) {
            prop_assert_eq!(row.member, member.0);
            let report = answer(retell(&course, &log), subject(member));
            prop_assert_eq!(row, &of_report(row, &report, whole.findings(member).loss));
            let layout = live.sale().layout();
            let first = row.seats.first().map(|&seat| layout.section_of(Seat(seat)));
            prop_assert_eq!(&row.section, &first.and_then(section_name));
            let sum: f64 =
                row.seats.iter().map(|&seat| f64::from(live.race().hall().quality(Seat(seat)))).sum();
            let count = f64::from(u32::try_from(row.seats.len()).unwrap());
            let mean = (!row.seats.is_empty()).then(|| sum / count);
            prop_assert_eq!(row.quality, mean);
        }
        for ((_, member), row) in live.ids().zip(results(&live, 0.0, section_name)) {
            let ending = member.run().ended().map(|ended| practice::wire::ending(ended.ending));
            let known = ResultRow { cost: None, ending, ..rows[row.member as usize].clone() };
            prop_assert_eq!(row, known);
        }
    }
}

#[test]
fn c44_a_run_that_goes_on_has_no_ending() {
    let course = course(40, None);
    let mut practice = crate::scene::practice(&course, 3);
    crate::scene::join(&mut practice, 1);
    let rows = results(&practice, 0.0, section_name);
    let [row] = &rows[..] else { panic!("one member, one row") };
    assert_eq!((row.ending, row.place, row.press_ms, row.cost), (None, None, None, None));
    assert!(row.seats.is_empty() && row.quality.is_none() && row.section.is_none());
}
