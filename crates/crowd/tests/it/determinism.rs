//! A race follows from its scenario, its seed and the commands of persons, in whatever steps time
//! is told.

use crowd::{Race, Scenario};
use proptest::collection::vec;
use proptest::prelude::*;
use sale::{Command, HoldAt, Machine, Moment, Span};

use crate::script::{Cast, Said, Step, play, steps};
use crate::world::{SEED, Show, Taped, after, busy};

/// Eighty rivals, with holds as given.
fn small(hold_at: HoldAt) -> Scenario {
    let mut scenario = busy(80);
    scenario.rules.hold_at = hold_at;
    scenario
}

fn hold_ats() -> impl Strategy<Value = HoldAt> {
    prop::sample::select(vec![HoldAt::Click, HoldAt::Done, HoldAt::Payment])
}

/// A race in which these steps were played, begun shortly before the opening.
fn played(hold_at: HoldAt, seed: u64, steps: &[Step]) -> (Taped, Vec<Said>) {
    let mut race = Taped::new(small(hold_at), seed);
    race.advance(after(-1.0));
    let said = play(&mut race, steps, Cast::Persons);
    race.advance(after(2_000.0));
    (race, said)
}

#[test]
fn c9_the_same_seed_gives_the_same_race_and_another_seed_another() {
    let whole = |seed| Show::whole(busy(300), seed);
    let (one, again, other) = (whole(SEED), whole(SEED), whole(SEED + 1));
    assert_eq!(one.events, again.events);
    assert_eq!(one.race.hash(), again.race.hash());
    assert_eq!(one.race.snapshot(), again.race.snapshot());
    assert_ne!(one.race.hash(), other.race.hash());
    let first = |show: &Show| show.placed()[0];
    assert_ne!(first(&one), first(&other), "other rivals come first");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn c10_the_steps_in_which_time_is_told_do_not_matter(
        hold_at in hold_ats(),
        seed in any::<u64>(),
        steps in steps(40),
        cuts in vec(prop_oneof![0_u64..3, 1_u64..3_000_000_000], 1..200),
    ) {
        let (mut whole, said) = played(hold_at, seed, &steps);
        let mut cut = Taped::new(small(hold_at), seed);
        let mut cuts = cuts.iter().cycle();
        for (at, command, outcome) in said {
            for _ in 0..4 {
                let next = cut.sale().now() + Span::from_nanos(*cuts.next().unwrap());
                cut.advance(next.min(at));
            }
            prop_assert_eq!(cut.handle(at, command), outcome);
        }
        while cut.sale().now() < after(2_000.0) {
            let due = cut.poll_timeout().unwrap_or(Moment::NEVER);
            let next = cut.sale().now() + Span::from_nanos(7 * *cuts.next().unwrap());
            cut.advance(next.max(due).min(after(2_000.0)));
        }
        prop_assert_eq!(cut.take_events(), whole.take_events());
        prop_assert_eq!(cut.hash(), whole.hash());
        prop_assert_eq!(cut.snapshot(), whole.snapshot());
    }

    #[test]
    fn c12_the_commands_of_persons_replay_the_race(
        hold_at in hold_ats(),
        seed in any::<u64>(),
        steps in steps(60),
    ) {
        let (mut live, said) = played(hold_at, seed, &steps);
        let mut replay = Taped::new(small(hold_at), seed);
        // A log does not keep refused commands.
        for (at, command, outcome) in said.into_iter().filter(|said| said.2.is_ok()) {
            prop_assert_eq!(replay.handle(at, command), outcome);
        }
        replay.advance(after(2_000.0));
        prop_assert_eq!(replay.take_events(), live.take_events());
        prop_assert_eq!(replay.hash(), live.hash());
    }

    #[test]
    fn c11_a_restored_race_goes_on_like_the_original(
        hold_at in hold_ats(),
        seed in any::<u64>(),
        steps in steps(40),
        stop in 0_usize..40,
        pause in 0_u64..20_000,
    ) {
        let (before, later) = steps.split_at(stop.min(steps.len()));
        let mut race = Taped::new(small(hold_at), seed);
        play(&mut race, before, Cast::Persons);
        race.advance(race.sale().now() + Span::from_millis(pause));
        race.take_events();
        let bytes = race.snapshot();
        let mut restored = Taped::of(Race::restore(small(hold_at), seed, &bytes).unwrap());
        prop_assert_eq!(restored.snapshot(), bytes);
        prop_assert_eq!(restored.tally(), race.tally());
        prop_assert_eq!(restored.poll_timeout(), race.poll_timeout());
        let answers = play(&mut race, later, Cast::Persons);
        prop_assert_eq!(play(&mut restored, later, Cast::Persons), answers);
        for race in [&mut race, &mut restored] {
            race.advance(after(2_000.0));
        }
        prop_assert_eq!(restored.take_events(), race.take_events());
        prop_assert_eq!(restored.snapshot(), race.snapshot());
        prop_assert_eq!(restored.hash(), race.hash());
    }

    /// Commands in the name of any visitor, rivals included, are answered, and the sale stays
    /// consistent.
    #[test]
    fn c26_any_command_at_any_time_is_answered(
        hold_at in hold_ats(),
        seed in any::<u64>(),
        steps in steps(150),
    ) {
        let scenario = small(hold_at);
        let mut show = Show::of(scenario, seed);
        show.until(after(-1.0));
        play(&mut show.race, &steps, Cast::Anybody);
        show.watch();
        show.until(after(2_000.0));
        show.race.sale().audit();
        prop_assert_eq!(show.observer.free_count(), show.race.sale().free_count());
        prop_assert_eq!(show.tally().free(), show.race.sale().free_count());
    }
}

#[test]
fn c12_a_person_changes_a_race_only_from_the_first_command_on() {
    let mut alone = Show::of(busy(300), SEED);
    let mut with = Show::of(busy(300), SEED);
    let visitor = with.race.person(0);
    with.race.handle(after(0.5), Command::Enter { visitor }).unwrap();
    for show in [&mut alone, &mut with] {
        show.until(after(200.0));
    }
    let before = |show: &Show| {
        show.events.iter().copied().filter(|told| told.at < after(0.5)).collect::<Vec<_>>()
    };
    assert!(before(&alone).len() > 20);
    assert_eq!(before(&alone), before(&with));
    assert_ne!(alone.race.hash(), with.race.hash());
}

#[test]
fn c12_a_race_is_a_machine_for_the_journal() {
    let mut race = Race::new(busy(100), SEED).unwrap();
    let visitor = race.person(3);
    let machine: &mut dyn Machine = &mut race;
    machine.advance(after(1.0));
    assert_eq!(machine.now(), after(1.0));
    machine.handle(after(1.5), Command::Enter { visitor }).unwrap();
    let (hash, snapshot) = (machine.hash(), machine.snapshot());
    assert_eq!((race.hash(), race.snapshot()), (hash, snapshot));
    assert_eq!(race.rival_count(), 100);
    assert_eq!(visitor.0, 103);
}

#[test]
fn c26_a_command_that_is_late_or_shares_its_moment_is_answered() {
    let mut show = Show::of(busy(300), SEED);
    show.until(after(5.0));
    let (first, second) = (show.race.person(0), show.race.person(1));
    for visitor in [first, second] {
        show.race.handle(after(5.0), Command::Enter { visitor }).unwrap();
    }
    let late = show.race.person(2);
    show.race.handle(after(1.0), Command::Enter { visitor: late }).unwrap();
    show.watch();
    let last: Vec<_> = show.observer.waiting().map(|(_, visitor)| visitor).collect();
    assert!(last.ends_with(&[first, second, late]), "in the order in which the commands came");
}

#[test]
fn c26_a_sale_that_opens_early_admits_persons_and_rivals() {
    let mut show = Show::of(busy(300), SEED);
    show.race.handle(after(-5.0), Command::Open).unwrap();
    let visitor = show.race.person(0);
    show.race.handle(after(-4.0), Command::Enter { visitor }).unwrap();
    show.until(after(-3.0));
    assert!(show.observer.inside.contains(&visitor));
    show.until(after(500.0));
    assert_eq!(show.tally().early_presses(), 0);
    assert_eq!(show.placed().len(), 301);
}
