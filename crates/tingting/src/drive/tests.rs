//! A race that is stopped and goes on, at every point at which it can be stopped.

use practice::Run;
use practice::report::Step;
use sale::{Hash, Moment, Span};
use scenario::{Library, Overrides, Recipe};

use super::Drive;
use crate::folder::{self, Found};
use crate::narrated::person_of;
use crate::setup::Setup;

fn setup() -> Setup {
    let overrides = Overrides { rivals: Some(200), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    let course = scenario::Course::new(recipe).unwrap();
    Setup { course, seed: 3, people: 1 }
}

/// The result of a race, which must not depend on where it was stopped.
type Result = (Moment, u64, Hash, Option<Run>);

fn finish(drive: &mut Drive) -> Result {
    drive.advance(Moment::NEVER).unwrap();
    assert!(drive.is_ended());
    let sale = drive.race().sale();
    (
        sale.now(),
        sale.event_count(),
        sale.hash(),
        person_of(drive.narrated()).map(|person| person.run().clone()),
    )
}

fn in_memory(setup: &Setup) -> Drive {
    let narrated = setup.narrated().unwrap();
    Drive::in_memory(narrated, setup.people, setup.course.ends_at).unwrap()
}

fn uninterrupted(setup: &Setup) -> Result {
    finish(&mut in_memory(setup))
}

/// The number of batches on disk.
fn durable(drive: &Drive) -> u64 {
    match &drive.keep {
        super::Keep::Memory { .. } => 0,
        super::Keep::Journal(durable) => durable.ledger().durable_through().0,
    }
}

#[test]
fn r13_a_race_stopped_after_any_command_goes_on_to_the_same_end() {
    let setup = setup();
    let expected = uninterrupted(&setup);
    let paid_at = expected.3.as_ref().and_then(|run| run.at(Step::Paid));
    assert!(paid_at.is_some(), "the person gets a seat: {:?}", expected.3);
    for commands in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let (mut drive, found) = folder::take_up(folder.path(), &setup).unwrap();
        assert_eq!(found, Found::Nothing);
        while durable(&drive) < commands && !drive.is_ended() {
            drive.step(Moment::NEVER).unwrap();
        }
        if drive.is_ended() {
            assert!(
                commands >= 5,
                "a person gives at least five commands: place, captcha, section, seat, payment"
            );
            return;
        }
        drop(drive);
        let (mut drive, found) = folder::take_up(folder.path(), &setup).unwrap();
        assert_eq!(found, Found::Begun);
        assert_eq!(finish(&mut drive), expected, "stopped after {commands} commands");
    }
}

#[test]
fn r13_a_race_stopped_again_and_again_goes_on_to_the_same_end() {
    let setup = setup();
    let expected = uninterrupted(&setup);
    let folder = tempfile::tempdir().unwrap();
    for pieces in 0.. {
        let (mut drive, _) = folder::take_up(folder.path(), &setup).unwrap();
        // Each piece is longer than the last, because a piece that reaches no snapshot is lost.
        let piece = Span::from_millis(7_000 * (1 + pieces));
        drive.advance(drive.at() + piece).unwrap();
        if drive.is_ended() {
            assert!(pieces > 3);
            assert_eq!(finish(&mut drive), expected);
            break;
        }
    }
    let (mut drive, found) = folder::take_up(folder.path(), &setup).unwrap();
    assert_eq!((found, finish(&mut drive)), (Found::Finished, expected));
}

#[test]
fn r13_a_race_without_people_goes_on_to_the_same_end() {
    let setup = Setup { people: 0, ..setup() };
    let expected = uninterrupted(&setup);
    for seconds in [1, 13, 75, 200, 500] {
        let folder = tempfile::tempdir().unwrap();
        let (mut drive, _) = folder::take_up(folder.path(), &setup).unwrap();
        drive.advance(Moment::from_millis(seconds * 1000 + 7)).unwrap();
        drop(drive);
        let (mut drive, _) = folder::take_up(folder.path(), &setup).unwrap();
        assert_eq!(finish(&mut drive), expected, "stopped after {seconds} s");
    }
}

#[test]
fn r1_the_length_of_the_steps_does_not_change_the_race() {
    let setup = setup();
    let expected = uninterrupted(&setup);
    for piece in [Span::from_nanos(3_333_337), Span::from_millis(977)] {
        let mut drive = in_memory(&setup);
        while !drive.is_ended() {
            drive.advance(drive.at() + piece).unwrap();
        }
        assert_eq!(finish(&mut drive), expected);
    }
}
