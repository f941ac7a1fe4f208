//! Reports of runs of the scripted fan, compared with counts that the tests take from the events.

use crowd::report::{Ending, LossKind, Observer, Report, Step};
use crowd::{Fan, Race};
use sale::{Command, Departure, Event, Moment, Span, Stamped, Visitor};
use scenario::{Course, Library, Overrides, Recipe};

/// A race with a fan in it after the fan's run, all its events, and the report of the run.
struct Run {
    race: Race,
    fan: Fan,
    events: Vec<Stamped>,
    report: Report,
}

fn first_time(seed: u64, style: Option<&str>) -> Race {
    let overrides = Overrides { rivals: Some(1_200), style: style.map(str::to_owned) };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    Race::new(Course::new(recipe).unwrap().scenario, seed).unwrap()
}

fn run(seed: u64, style: &str, leave_at: Option<Moment>) -> Run {
    let mut race = first_time(seed, Some(style));
    let fan = Fan::new(&race, 0);
    let mut observer = Observer::new(&race, fan.visitor());
    let mut events = Vec::new();
    while let Some(next) = fan.next_at(&race) {
        if let Some(leave_at) = leave_at.filter(|&at| at <= next) {
            let leave = Command::Leave { visitor: fan.visitor(), cause: Departure::Left };
            race.handle(leave_at, leave).unwrap();
            see(&mut race, &mut observer, &mut events);
            break;
        }
        turn(fan, next, &mut race, &mut observer, &mut events);
    }
    let report = observer.report(&race);
    Run { race, fan, events, report }
}

/// A run in which the fan does nothing more after an event, until its visit ends.
fn idle_after(is_it: impl Fn(&Event) -> bool) -> Run {
    let mut race = first_time(1, None);
    let fan = Fan::new(&race, 0);
    let (mut observer, mut events) = (Observer::new(&race, fan.visitor()), Vec::new());
    let own = |events: &[Stamped], is_it: &dyn Fn(&Event) -> bool| {
        events.iter().any(|s| s.event.visitor() == Some(fan.visitor()) && is_it(&s.event))
    };
    while !own(&events, &is_it) {
        let next = fan.next_at(&race).expect("the fan is not done");
        turn(fan, next, &mut race, &mut observer, &mut events);
    }
    while !own(&events, &|event| matches!(event, Event::Left { .. })) {
        race.advance(race.sale().now() + Span::from_millis(20));
        see(&mut race, &mut observer, &mut events);
    }
    let report = observer.report(&race);
    Run { race, fan, events, report }
}

/// Lets the race go on until the fan's next moment, and the fan act at it.
fn turn(
    fan: Fan,
    next: Moment,
    race: &mut Race,
    observer: &mut Observer,
    events: &mut Vec<Stamped>,
) {
    race.advance(Moment::from_nanos(next.as_nanos() - 1));
    see(race, observer, events);
    if let Some(command) = fan.command(race) {
        race.handle(next, command).unwrap();
    } else {
        race.advance(next);
    }
    see(race, observer, events);
}

fn see(race: &mut Race, observer: &mut Observer, events: &mut Vec<Stamped>) {
    while let Some(stamped) = race.poll_event() {
        observer.see(race, &stamped);
        events.push(stamped);
    }
}

impl Run {
    fn of(&self, visitor: Visitor) -> impl Iterator<Item = &Stamped> {
        self.events.iter().filter(move |stamped| stamped.event.visitor() == Some(visitor))
    }

    fn first(&self, is_it: impl Fn(&Event) -> bool) -> Option<Moment> {
        self.of(self.fan.visitor()).find(|stamped| is_it(&stamped.event)).map(|found| found.at)
    }
}

#[test]
fn c34_the_report_of_a_won_run_agrees_with_its_events() {
    for (seed, style) in [(1, "n-style"), (2, "n-style"), (3, "m-style")] {
        let run = run(seed, style, None);
        let booking =
            run.race.sale().bookings().iter().find(|row| row.visitor == run.fan.visitor());
        assert_eq!(run.report.booking, booking.copied());
        assert_eq!(run.report.ending, Ending::Paid, "seed {seed}");
        let at = |step| run.report.strides.iter().find(|stride| stride.step == step).unwrap().at;
        assert_eq!(at(Step::Placed), run.first(|event| matches!(event, Event::Placed { .. })));
        assert_eq!(at(Step::Captcha), run.first(|e| matches!(e, Event::CaptchaPassed { .. })));
        assert_eq!(at(Step::Paid), run.first(|event| matches!(event, Event::Booked { .. })));
        let caught: Vec<_> = run.report.catches.iter().map(|catch| catch.seat).collect();
        assert_eq!(caught, booking.unwrap().seats.as_slice());
        assert!(run.report.catches.iter().all(|catch| catch.rank_then <= catch.free_then));
    }
}

#[test]
fn c34_free_and_sold_seats_at_admission_are_those_of_that_moment() {
    let run = run(1, "n-style", None);
    let admitted = run
        .events
        .iter()
        .position(|stamped| match stamped.event {
            Event::Admitted { visitor, .. } => visitor == run.fan.visitor(),
            _ => false,
        })
        .unwrap();
    let (mut free, mut sold) = (run.race.sale().layout().seat_count(), 0);
    for stamped in &run.events[..admitted] {
        match &stamped.event {
            Event::SeatsHeld { seats, .. } => free -= u32::try_from(seats.len()).unwrap(),
            Event::SeatsReturned { seats, .. } => free += u32::try_from(seats.len()).unwrap(),
            Event::Booked { seats, .. } => sold += u32::try_from(seats.len()).unwrap(),
            _ => {}
        }
    }
    assert_eq!(run.report.on_admission, Some((free, sold)));
}

/// What an unfinished step cost that lasted from `begun` to `until`: the time beyond that of the
/// quickest tenth of the rivals.
fn cost(run: &Run, step: Step, begun: Moment, until: Moment) -> Span {
    let stride = run.report.strides.iter().find(|stride| stride.step == step).unwrap();
    assert_eq!(stride.took, None);
    let quick = stride.rivals.percentile(10).unwrap();
    Span::from_nanos(until.since(begun).as_nanos() - quick.as_nanos())
}

#[test]
fn c33_a_choice_that_was_never_made_costs_the_time_until_no_seat_was_free() {
    let run = idle_after(|event| matches!(event, Event::CaptchaPassed { .. }));
    let begun = run.first(|event| matches!(event, Event::CaptchaPassed { .. })).unwrap();
    let mut free = run.race.sale().layout().seat_count();
    let full_at = run.events.iter().find_map(|stamped| {
        match &stamped.event {
            Event::SeatsHeld { seats, .. } => free -= u32::try_from(seats.len()).unwrap(),
            Event::SeatsReturned { seats, .. } => free += u32::try_from(seats.len()).unwrap(),
            _ => {}
        }
        (free == 0).then_some(stamped.at)
    });
    let loss = run.report.loss.unwrap();
    assert_eq!((loss.step, loss.kind), (Step::FirstSeat, LossKind::SlowChoice));
    assert_eq!(loss.time, cost(&run, Step::FirstSeat, begun, full_at.unwrap()));
    assert!(loss.time > Span::SECOND);
}

#[test]
fn c33_a_payment_that_was_never_made_costs_the_time_that_the_hold_lasted() {
    let run = idle_after(|event| matches!(event, Event::SeatsHeld { .. }));
    let begun = run.first(|event| matches!(event, Event::SeatsHeld { .. })).unwrap();
    let ended = run.first(|event| matches!(event, Event::SeatsReturned { .. })).unwrap();
    assert_eq!(run.report.ending, Ending::Out(Departure::HoldEnded));
    let loss = run.report.loss.unwrap();
    assert_eq!((loss.step, loss.kind), (Step::Paid, LossKind::SlowPayment));
    assert_eq!(loss.time, cost(&run, Step::Paid, begun, ended));
}

/// The events of the first forty seconds of a race without persons, and the report for `visitor`.
fn watch(visitor: Visitor) -> (Vec<Stamped>, Report) {
    let mut race = first_time(1, None);
    let (mut observer, mut events) = (Observer::new(&race, visitor), Vec::new());
    for step in 1..=2_000 {
        race.advance(Moment::from_millis(step * 20));
        see(&mut race, &mut observer, &mut events);
    }
    let report = observer.report(&race);
    (events, report)
}

/// The fan clicks what it sees at the same moment, so it meets no conflict. The test reports the
/// run of a rival instead.
#[test]
fn c34_a_report_has_each_conflict_of_the_run_with_its_delay() {
    let missed = |stamped: &Stamped| match stamped.event {
        Event::SeatMissed { visitor, seat, late_by } => Some((visitor, seat, stamped.at, late_by)),
        _ => None,
    };
    let (events, _) = watch(Visitor(0));
    let (unlucky, ..) = events.iter().find_map(missed).expect("some rival was too late");
    let (events, report) = watch(unlucky);
    let misses: Vec<_> = events.iter().filter_map(missed).filter(|m| m.0 == unlucky).collect();
    let told = report.conflicts.iter().map(|c| (unlucky, c.seat, c.at, c.late_by));
    assert!(!misses.is_empty());
    assert_eq!(told.collect::<Vec<_>>(), misses);
}

#[test]
fn c32_a_step_is_compared_with_the_rivals_who_took_it() {
    let run = run(5, "n-style", None);
    let rival = |visitor: Visitor| run.race.persona_of(visitor).is_some();
    let placed = run
        .events
        .iter()
        .filter(|stamped| matches!(stamped.event, Event::Placed { visitor, .. } if rival(visitor)));
    let captcha = run.events.iter().filter(
        |stamped| matches!(stamped.event, Event::CaptchaPassed { visitor } if rival(visitor)),
    );
    let count = |step| {
        let stride = run.report.strides.iter().find(|stride| stride.step == step).unwrap();
        (stride.rivals.count(), stride.rivals.percentile(50))
    };
    assert_eq!(count(Step::Placed).0, placed.count());
    assert_eq!(count(Step::Captcha).0, captcha.count());
    let typical = count(Step::Captcha).1.unwrap();
    assert!(typical > Span::SECOND && typical < Span::from_millis(15_000), "{typical:?}");
}

#[test]
fn c34_the_report_of_a_run_that_was_left_says_so() {
    let run = run(1, "n-style", Some(Moment::from_millis(14_000)));
    assert_eq!(run.report.ending, Ending::Out(Departure::Left));
    assert!(run.report.booking.is_none());
    assert!(run.report.strides.last().unwrap().took.is_none());
}
