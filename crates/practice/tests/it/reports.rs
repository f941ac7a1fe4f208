//! Reports of a scripted person's run, compared with what the tests count from the events
//! themselves.

use std::collections::BTreeSet;

use crowd::{Fan, Race};
use practice::report::{Fate, Findings, OnAdmission, Retold, Step};
use practice::{Ending, MemberId, Note, PersonId, Practice};
use sale::{Booking, Command, Departure, Event, Moment, Span, Stamped, Visitor};

use crate::scene::{course, practice};

const ME: MemberId = MemberId(0);

/// A race whose first member is a fan, played until the fan is done, with all events and findings.
struct Told {
    retold: Retold,
    fan: Fan,
    events: Vec<Stamped>,
    findings: Findings,
}

fn first_time(seed: u64, style: Option<&str>) -> Practice {
    let mut practice = practice(&course(1_200, style), seed);
    practice.keep(Moment::START, None, Note::Joined { person: PersonId(1) }).unwrap();
    practice
}

/// A race under way whose first member is a fan, with all events so far.
struct Telling {
    retold: Retold,
    fan: Fan,
    events: Vec<Stamped>,
}

impl Telling {
    fn begin(seed: u64, style: Option<&str>) -> Self {
        let practice = first_time(seed, style);
        let fan = Fan::new(practice.race(), 0);
        Self { retold: Retold::tell(practice), fan, events: Vec::new() }
    }

    fn race(&self) -> &Race {
        self.retold.practice().race()
    }

    fn advance(&mut self, at: Moment) {
        self.retold.advance(at, |_, stamped| self.events.push(*stamped));
    }

    fn handle(&mut self, at: Moment, command: Command) {
        self.retold.handle(at, command, |_, stamped| self.events.push(*stamped)).unwrap();
    }

    /// Lets the race go on to the fan's next moment, and lets the fan act then.
    fn turn(&mut self, next: Moment) {
        self.advance(Moment::from_nanos(next.as_nanos() - 1));
        match self.fan.command(self.race()) {
            Some(command) => self.handle(next, command),
            None => self.advance(next),
        }
    }

    fn has_seen(&self, is_it: impl Fn(&Event) -> bool) -> bool {
        let own = |stamped: &&Stamped| stamped.event.visitor() == Some(self.fan.visitor());
        self.events.iter().filter(own).any(|stamped| is_it(&stamped.event))
    }

    fn end(self) -> Told {
        let Self { retold, fan, events } = self;
        let findings = retold.findings(ME);
        Told { retold, fan, events, findings }
    }
}

fn run(seed: u64, style: &str, leave_at: Option<Moment>) -> Told {
    let mut telling = Telling::begin(seed, Some(style));
    while let Some(next) = telling.fan.next_at(telling.race()) {
        if let Some(leave_at) = leave_at.filter(|&at| at <= next) {
            let visitor = telling.fan.visitor();
            telling.handle(leave_at, Command::Leave { visitor, cause: Departure::Left });
            break;
        }
        telling.turn(next);
    }
    telling.end()
}

/// The run of a person who does nothing more after a certain event, up to the end of the visit.
fn idle_after(is_it: impl Fn(&Event) -> bool) -> Told {
    let mut telling = Telling::begin(1, None);
    while !telling.has_seen(&is_it) {
        let next = telling.fan.next_at(telling.race()).expect("the fan is not done");
        telling.turn(next);
    }
    while !telling.has_seen(|event| matches!(event, Event::Left { .. })) {
        telling.advance(telling.race().sale().now() + Span::from_millis(20));
    }
    telling.end()
}

impl Told {
    fn race(&self) -> &Race {
        self.retold.practice().race()
    }

    fn booking(&self) -> Option<Booking> {
        let own = |row: &&Booking| row.visitor == self.fan.visitor();
        self.race().sale().bookings().iter().find(own).copied()
    }

    fn of(&self, visitor: Visitor) -> impl Iterator<Item = &Stamped> {
        self.events.iter().filter(move |stamped| stamped.event.visitor() == Some(visitor))
    }

    fn first(&self, is_it: impl Fn(&Event) -> bool) -> Option<Moment> {
        self.of(self.fan.visitor()).find(|stamped| is_it(&stamped.event)).map(|found| found.at)
    }
}

#[test]
fn c34_the_report_of_a_paid_run_has_the_moments_of_its_events() {
    for (seed, style) in [(1, "n-style"), (2, "n-style"), (3, "m-style")] {
        let run = run(seed, style, None);
        let booking = run.booking().unwrap();
        let paid = run.retold.practice().member(ME).run().booking().unwrap();
        assert_eq!(run.race().sale().booking(paid), Some(&booking));
        assert_eq!(run.findings.ended.ending, Ending::Paid, "seed {seed}");
        let at = |step| run.findings.strides.iter().find(|stride| stride.step == step).unwrap().at;
        assert_eq!(at(Step::Placed), run.first(|event| matches!(event, Event::Placed { .. })));
        assert_eq!(at(Step::Captcha), run.first(|e| matches!(e, Event::CaptchaPassed { .. })));
        assert_eq!(at(Step::Paid), run.first(|event| matches!(event, Event::Booked { .. })));
        let caught: Vec<_> = run.findings.catches.iter().map(|catch| catch.seat).collect();
        assert_eq!(caught, booking.seats.as_slice());
        assert!(run.findings.catches.iter().all(|catch| catch.rank_then <= catch.free_then));
        assert!(run.findings.catches.iter().all(|catch| catch.fate == Fate::Paid));
    }
}

#[test]
fn c34_what_was_free_on_admission_is_counted_at_that_moment() {
    let run = run(1, "n-style", None);
    let admitted = run
        .events
        .iter()
        .position(|stamped| match stamped.event {
            Event::Admitted { visitor, .. } => visitor == run.fan.visitor(),
            _ => false,
        })
        .unwrap();
    let (mut free, mut sold) = (run.race().sale().layout().seat_count(), 0);
    for stamped in &run.events[..admitted] {
        match &stamped.event {
            Event::SeatsHeld { seats, .. } => free -= u32::try_from(seats.len()).unwrap(),
            Event::SeatsReturned { seats, .. } => free += u32::try_from(seats.len()).unwrap(),
            Event::Booked { seats, .. } => sold += u32::try_from(seats.len()).unwrap(),
            _ => {}
        }
    }
    assert_eq!(run.findings.on_admission, Some(OnAdmission { free, sold }));
}

/// The loss that a report must find in a step that went on for `spent` and was not done.
fn cost(run: &Told, step: Step, spent: Span) -> Span {
    let stride = run.findings.strides.iter().find(|stride| stride.step == step).unwrap();
    assert_eq!(stride.took, None);
    let quick = stride.rivals.percentile(10).unwrap();
    Span::from_nanos(spent.as_nanos() - quick.as_nanos())
}

#[test]
fn c44_an_unmade_choice_counts_for_as_long_as_seats_are_free() {
    let run = idle_after(|event| matches!(event, Event::CaptchaPassed { .. }));
    let begun = run.first(|event| matches!(event, Event::CaptchaPassed { .. })).unwrap();
    let (mut free, mut before) = (run.race().sale().layout().seat_count(), begun);
    let (mut spent, mut full) = (Span::ZERO, Span::ZERO);
    let within = |at: Moment| at.clamp(begun, run.findings.ended.at);
    for stamped in &run.events {
        let part = within(stamped.at).since(before);
        let time = if free > 0 { &mut spent } else { &mut full };
        (*time, before) = (*time + part, within(stamped.at));
        match &stamped.event {
            Event::SeatsHeld { seats, .. } => free -= u32::try_from(seats.len()).unwrap(),
            Event::SeatsReturned { seats, .. } => free += u32::try_from(seats.len()).unwrap(),
            _ => {}
        }
    }
    let loss = run.findings.loss.unwrap();
    assert_eq!(loss.step, Step::FirstSeat);
    assert_eq!(loss.time, cost(&run, Step::FirstSeat, spent));
    assert!(full > Span::SECOND, "the hall was full for a while");
    assert!(loss.time > Span::SECOND);
}

#[test]
fn c44_an_unmade_payment_counts_for_as_long_as_the_hold_lasts() {
    let run = idle_after(|event| matches!(event, Event::SeatsHeld { .. }));
    let begun = run.first(|event| matches!(event, Event::SeatsHeld { .. })).unwrap();
    let ended = run.first(|event| matches!(event, Event::SeatsReturned { .. })).unwrap();
    assert_eq!(run.findings.ended.ending, Ending::HoldEnded);
    let loss = run.findings.loss.unwrap();
    assert_eq!(loss.step, Step::Paid);
    assert_eq!(loss.time, cost(&run, Step::Paid, ended.since(begun)));
}

/// Forty seconds of a race in which only rivals take part: all events, and the findings about
/// `visitor`.
fn watch(visitor: Visitor) -> (Vec<Stamped>, Findings) {
    let (mut retold, mut events) = (Retold::tell(practice(&course(1_200, None), 1)), Vec::new());
    let mut run = practice::Run::default();
    retold.watcher_mut().watch(visitor);
    retold.advance(Moment::from_millis(40_000), |race, stamped| {
        events.push(*stamped);
        if stamped.event.visitor() == Some(visitor) {
            // A conflict does not depend on how long a choice took.
            run.see(race, stamped, Span::ZERO);
        }
    });
    let findings = Findings::of(retold.practice().race(), retold.watcher(), visitor, &run);
    (events, findings)
}

/// The fan clicks only seats that are free at that moment, so it meets no conflict. This test
/// watches a rival instead: a report treats the run of a rival like that of a member.
#[test]
fn c34_conflicts_are_those_of_the_run_with_their_delay() {
    let missed = |stamped: &Stamped| match stamped.event {
        Event::SeatMissed { visitor, seat, late_by } => Some((visitor, seat, stamped.at, late_by)),
        _ => None,
    };
    let (events, _) = watch(Visitor(0));
    let (unlucky, ..) = events.iter().find_map(missed).expect("a rival was too late");
    let (events, findings) = watch(unlucky);
    let misses: Vec<_> = events.iter().filter_map(missed).filter(|m| m.0 == unlucky).collect();
    let told = findings.conflicts.iter().map(|c| (unlucky, c.seat, c.at, c.late_by));
    assert!(!misses.is_empty());
    assert_eq!(told.collect::<Vec<_>>(), misses);
}

#[test]
fn c34_a_seat_that_is_held_when_the_sale_closes_was_held_to_the_end() {
    let mut telling = Telling::begin(1, None);
    while !telling.has_seen(|event| matches!(event, Event::SeatsHeld { .. })) {
        let next = telling.fan.next_at(telling.race()).expect("the fan is not done");
        telling.turn(next);
    }
    let at = telling.race().sale().stamp(telling.race().sale().now());
    telling.handle(at, Command::Close);
    let run = telling.end();
    assert_eq!(run.findings.ended.ending, Ending::Closed);
    assert!(!run.findings.catches.is_empty());
    assert!(run.findings.catches.iter().all(|catch| catch.fate == Fate::Held));
}

#[test]
fn c32_a_step_is_compared_with_the_rivals_who_did_it() {
    let run = run(5, "n-style", None);
    let rival = |visitor: Visitor| run.race().persona_of(visitor).is_some();
    let placed = run.events.iter().filter_map(|stamped| match stamped.event {
        Event::Placed { visitor, .. } => Some(visitor).filter(|&visitor| rival(visitor)),
        _ => None,
    });
    let captcha = run.events.iter().filter(
        |stamped| matches!(stamped.event, Event::CaptchaPassed { visitor } if rival(visitor)),
    );
    let (place_count, placed) = (placed.clone().count(), placed.collect::<BTreeSet<_>>());
    assert!(place_count > placed.len(), "somebody refreshes and gets a second place");
    let count = |step| {
        let stride = run.findings.strides.iter().find(|stride| stride.step == step).unwrap();
        (stride.rivals.count(), stride.rivals.percentile(50))
    };
    assert_eq!(count(Step::Placed).0, placed.len());
    assert_eq!(count(Step::Captcha).0, captcha.count());
    let typical = count(Step::Captcha).1.unwrap();
    assert!(typical > Span::SECOND && typical < Span::from_millis(15_000), "{typical:?}");
}

#[test]
fn c34_the_report_of_a_run_says_that_the_person_left() {
    let run = run(1, "n-style", Some(Moment::from_millis(14_000)));
    assert_eq!(run.findings.ended.ending, Ending::Left);
    assert!(run.booking().is_none());
    assert!(run.findings.strides.last().unwrap().took.is_none());
}
