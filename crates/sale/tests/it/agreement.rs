//! The sale does what its model does, in random sales with random visitors.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};
use sale::{
    Command, Event, Moment, Order, Refusal, Sale, Seat, SeatState, Section, Stamped, Standing,
    Visitor,
};

use crate::model::{Hold, Model, Paying, SeatIs, Visible, Whereabouts};
use crate::observer::Observer;
use crate::script::{Script, VISITORS, scripts};
use crate::story::Answer;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3_000,
        max_shrink_iters: 20_000,
        // A cheap generator, since the dependencies of a test are not optimised.
        rng_algorithm: RngAlgorithm::XorShift,
        failure_persistence: Some(Box::new(
            FileFailurePersistence::Direct("proptest-regressions/agreement.txt"),
        )),
        ..ProptestConfig::default()
    })]

    /// Also S2 to S5, S7, S10, S13 and S14, and every rule of queue, holds and bookings: see the
    /// model.
    #[test]
    fn s1_the_sale_agrees_with_its_model(script in scripts(150)) {
        Race::new(&script).run(&script);
    }
}

/// The property above would show little if its scripts never reached some outcomes.
#[test]
fn s13_random_sales_reach_every_outcome_and_refusal() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::XorShift);
    let config = ProptestConfig { failure_persistence: None, cases: 400, ..Default::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let mut reached = BTreeSet::new();
    for _ in 0..runner.config().cases {
        let script = scripts(150).new_tree(&mut runner).unwrap().current();
        reached.extend(Race::new(&script).run(&script));
    }
    // These come from `Seats::new` and `Letters::parse`, or take many more steps.
    let elsewhere =
        [Refusal::NoSeats, Refusal::NotLatin, Refusal::QueueFull, Refusal::TooManyChallenges];
    for refusal in Refusal::ALL {
        let name = format!("{refusal:?}");
        assert_ne!(reached.contains(&name), elsewhere.contains(&refusal), "{name}");
    }
    for outcome in [
        "TooEarly",
        "Pooled",
        "Placed",
        "Inside",
        "Left",
        "CaptchaPassed",
        "CaptchaMissed",
        "CaptchaRenewed",
        "CaptchaPutOff",
        "Viewed",
        "Held",
        "SeatTaken",
        "Released",
        "PriceChosen",
        "Booked",
        "PaymentBegun",
        "PaymentEnded",
        "Cancelled",
        "Done",
    ] {
        assert!(reached.contains(outcome), "{outcome}");
    }
}

struct Race {
    seed: u64,
    sale: Sale,
    model: Model,
    observer: Observer,
    last: Moment,
    accepted: Vec<(Moment, Command)>,
    told: Vec<Stamped>,
}

impl Race {
    fn new(script: &Script) -> Self {
        let sale = Sale::new(script.rules.clone(), script.hall.layout(), script.seed).unwrap();
        let lottery_seed = lottery_seed_of(script);
        Self {
            seed: script.seed,
            model: Model::new(script.rules.clone(), script.hall.clone(), lottery_seed),
            sale,
            observer: Observer::default(),
            last: Moment::START,
            accepted: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Runs the script and returns the names of the answers.
    fn run(mut self, script: &Script) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        for step in &script.steps {
            let at = step.moment(&self.sale, self.last);
            assert_nothing_happens_before_its_time(&self.sale, at);
            let advanced = self.advanced(at, u64::from(step.dice));
            self.model.advance(at);
            let Some(command) = step.command(&self.model, &advanced) else {
                self.sale.advance(at);
                self.compare(script);
                continue;
            };
            let shown = visitor_of(command).and_then(|visitor| advanced.challenge(visitor));
            let answer = self.sale.handle(at, command);
            let expected = self.model.handle(at, command, shown.map(|shown| shown.letters));
            assert_eq!(answer, expected, "{command:?} at {at:?}");
            self.last = at;
            reached.insert(name_of(answer));
            self.compare(script);
            if answer.is_ok() {
                self.accepted.push((at, command));
            } else {
                assert_eq!(quiet(self.sale.clone()).snapshot(), quiet(advanced).snapshot());
            }
            if step.dice.is_multiple_of(8) {
                self.sale = self.restored();
            }
        }
        self.assert_replay_is_the_same(script);
        reached
    }

    /// The sale at `at`, reached in one step and in two.
    fn advanced(&self, at: Moment, dice: u64) -> Sale {
        let mut once = self.sale.clone();
        once.advance(at);
        let mut twice = self.sale.clone();
        let way = at.since(twice.now()).as_nanos();
        let part = u64::try_from(u128::from(way) * u128::from(dice) / 255).unwrap();
        twice.advance(Moment::from_nanos(twice.now().as_nanos() + part));
        twice.advance(at);
        assert_eq!(
            take_events(&mut once),
            take_events(&mut twice),
            "the same events in one step and in two"
        );
        assert_eq!(once.snapshot(), twice.snapshot(), "the same state in one step and in two");
        once
    }

    fn compare(&mut self, script: &Script) {
        let events = take_events(&mut self.sale);
        assert_eq!(in_order(&events), in_order(&self.model.take_events()));
        for stamped in &events {
            self.observer.sees(stamped.event);
        }
        self.told.extend(events);
        let (sale, model) = (&self.sale, &self.model);
        sale.audit();
        assert_eq!((sale.now(), sale.stage()), (model.now, model.stage));
        for visitor in (0..=VISITORS).chain([u32::MAX]).map(Visitor) {
            assert_eq!(seen(sale, visitor), model.whereabouts(visitor), "{visitor:?}");
        }
        assert_eq!(sale.bookings(), model.bookings);
        assert_eq!(sale.places_given(), model.places_given());
        assert_eq!(sale.places_served(), model.last_served);
        assert_eq!(sale.waiting_count() as usize, model.waiting_count());
        assert_eq!(self.observer.waiting_count(), model.waiting_count());
        assert_eq!(sale.inside_count() as usize, model.inside.len());
        self.compare_seats(script);
    }

    fn compare_seats(&self, script: &Script) {
        for (number, &is) in (0..).zip(&self.model.seats) {
            let expected = match is {
                SeatIs::Free => (SeatState::Free, None),
                SeatIs::Held(visitor, _) => (SeatState::Held, Some(visitor)),
                SeatIs::Sold(visitor, _) => (SeatState::Sold, Some(visitor)),
            };
            let seat = Seat(number);
            assert_eq!((self.sale.seat_state(seat), self.sale.seat_owner(seat)), expected);
            assert_eq!(self.observer.seat(seat), expected);
        }
        for section in 0..script.hall.section_sizes.len() {
            let free = self.sale.free_in(Section(u16::try_from(section).unwrap()));
            assert_eq!(free as usize, self.model.free_in(section));
        }
    }

    fn restored(&self) -> Sale {
        let (rules, layout) = (self.sale.rules().clone(), self.sale.layout().clone());
        Sale::restore(rules, layout, self.seed, &self.sale.snapshot()).unwrap()
    }

    /// Replays only the accepted commands, as a log does.
    fn assert_replay_is_the_same(mut self, script: &Script) {
        let (rules, layout) = (script.rules.clone(), script.hall.layout());
        let mut replay = Sale::new(rules, layout, script.seed).unwrap();
        let mut told = Vec::new();
        for &(at, command) in &self.accepted {
            assert!(replay.handle(at, command).is_ok(), "{command:?} at {at:?}");
            told.extend(take_events(&mut replay));
        }
        let end = self.sale.now() + sale::Span::SECOND;
        for sale in [&mut replay, &mut self.sale] {
            sale.advance(end);
        }
        told.extend(take_events(&mut replay));
        self.told.extend(take_events(&mut self.sale));
        assert_eq!(told, self.told);
        assert_eq!(replay.hash(), self.sale.hash());
        assert_eq!(replay.event_count(), told.len() as u64);
        assert_eq!(replay.snapshot(), self.sale.snapshot());
    }
}

/// The sale with its events taken, as a snapshot requires.
fn quiet(mut sale: Sale) -> Sale {
    while sale.poll_event().is_some() {}
    sale
}

fn assert_nothing_happens_before_its_time(sale: &Sale, at: Moment) {
    let mut waiting = sale.clone();
    let due = sale.poll_timeout().unwrap_or(Moment::NEVER);
    let Some(before) = due.as_nanos().checked_sub(1) else { return };
    let before = Moment::from_nanos(before).min(at);
    waiting.advance(before);
    assert_eq!(waiting.event_count(), sale.event_count());
    assert_eq!(waiting.inside_count(), sale.inside_count());
}

/// The lottery's seed, taken from another sale of the same seed in which one visitor draws.
fn lottery_seed_of(script: &Script) -> u64 {
    let rules = sale::Rules { order: Order::Lottery, ..crate::story::plain() };
    let mut other = Sale::new(rules, script.hall.layout(), script.seed).unwrap();
    other.handle(Moment::from_nanos(1), Command::Enter { visitor: Visitor(0) }).unwrap();
    other.handle(Moment::from_nanos(2), Command::Open).unwrap();
    let drawn = take_events(&mut other).into_iter().find_map(|stamped| match stamped.event {
        Event::LotteryDrawn { seed, .. } => Some(seed),
        _ => None,
    });
    drawn.unwrap()
}

fn take_events(sale: &mut Sale) -> Vec<Stamped> {
    std::iter::from_fn(|| sale.poll_event()).collect()
}

/// The events, with those of visitors put out by the closing in order of their numbers: no rule
/// says in which order they are put out.
fn in_order(events: &[Stamped]) -> Vec<Stamped> {
    let mut events = events.to_vec();
    let closed = events.iter().position(|stamped| stamped.event == Event::Closed);
    if let Some(closed) = closed {
        events[closed + 1..].sort_by_key(|stamped| match stamped.event {
            Event::SeatsReturned { visitor, .. } | Event::Left { visitor, .. } => visitor,
            other => panic!("{other:?} after the closing"),
        });
    }
    events
}

fn seen(sale: &Sale, visitor: Visitor) -> Whereabouts {
    match sale.standing(visitor) {
        Standing::Away { locked_until } => Whereabouts::Away { locked_until },
        Standing::Pooled => Whereabouts::Pooled,
        Standing::Waiting { place, position } => Whereabouts::Waiting { place, position },
        Standing::Inside { place, admitted_at, until, captcha_due, viewed, hold } => {
            Whereabouts::Inside(Visible {
                place,
                admitted_at,
                until,
                image: captcha_due.then(|| sale.challenge(visitor).unwrap().number),
                viewed,
                hold: hold.map(|hold| Hold {
                    seats: hold.seats.as_slice().to_vec(),
                    discounts: hold.priced().map(|(_, discount)| discount).collect(),
                    since: hold.since,
                    until: hold.until,
                    paying: hold.payment.map(|payment| Paying {
                        id: payment.id,
                        until: payment.until,
                        is_lost: false,
                    }),
                }),
            })
        }
    }
}

fn visitor_of(command: Command) -> Option<Visitor> {
    match command {
        Command::AnswerCaptcha { visitor, .. } => Some(visitor),
        _ => None,
    }
}

fn name_of(answer: Answer) -> String {
    fn first_word(value: impl Debug) -> String {
        let text = format!("{value:?}");
        text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
    }
    answer.map_or_else(first_word, first_word)
}
