//! Small halls and simple crowds. A test changes in them only what it is about.

use std::ops::Deref;

use crowd::{Arrival, Care, CrowdRules, Delay, Dist, Groups, Hall, Persona, Race, Scenario, Tally};
use sale::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaStep, Command, Event, HoldAt,
    Layout, Moment, Order, Outcome, Refresh, Refusal, Rules, Span, Stamped, Visitor,
};

use crate::observer::Observer;

pub(crate) const SEED: u64 = 20_260_401;

pub(crate) const OPENING: Moment = Moment::from_millis(10_000);

/// The moment so many seconds after the opening, or before it.
pub(crate) fn after(secs: f64) -> Moment {
    let nanos = i64::try_from(OPENING.as_nanos()).unwrap() + nanos(secs);
    Moment::from_nanos(u64::try_from(nanos).unwrap())
}

#[expect(clippy::cast_possible_truncation, reason = "seconds of a test")]
fn nanos(secs: f64) -> i64 {
    (secs * 1e9).round() as i64
}

/// Seconds from the opening to a moment, negative before it.
pub(crate) fn since_opening(at: Moment) -> f64 {
    at.as_secs_f64() - OPENING.as_secs_f64()
}

pub(crate) fn span(secs: f64) -> Span {
    Span::from_secs_f64(secs)
}

/// Rules without a limit to admission and without a captcha, under which each click holds.
pub(crate) fn rules() -> Rules {
    Rules {
        opens_at: OPENING,
        closes_at: None,
        cancelled: CancelledSeats::AtOnce,
        order: Order::Arrival,
        early_lock: Span::from_millis(500),
        refresh_waiting: Refresh::GoesToEnd,
        refresh_inside: Refresh::GoesToEnd,
        admission: AdmissionRules {
            per_1000_s: 0,
            burst: 1_000_000,
            noise_permille: 0,
            inside_max: 1_000_000,
        },
        captcha: CaptchaRules {
            step: CaptchaStep::Never,
            letters: 6,
            valid_for: Span::from_millis(300_000),
            put_off: false,
        },
        pass: Span::from_millis(600_000),
        hold_at: HoldAt::Click,
        hold: Span::from_millis(420_000),
        after_hold: AfterHold::Leaves,
        seats_max: 2,
        fee_won: 1_000,
        discounts: vec![],
    }
}

/// A delay that is always the same.
pub(crate) fn always(secs: f64) -> Delay {
    Delay(vec![Dist::Fixed(secs)])
}

/// A delay that varies around a median, as with people.
pub(crate) fn around(median: f64) -> Delay {
    Delay(vec![Dist::LogNormal { median, sd: 0.4 }])
}

/// A persona that presses within a second after the opening, and does all else at once and right.
pub(crate) fn instant() -> Persona {
    Persona {
        name: "instant".to_owned(),
        share: 1.0,
        is_program: false,
        arrivals: vec![arrival(Dist::Uniform { low: 0.0, high: 1.0 })],
        press_again: around(0.5),
        captcha: Delay::none(),
        captcha_error: 0.0,
        captcha_again: Delay::none(),
        put_off: 0.0,
        section: Delay::none(),
        first_seat: Delay::none(),
        next_seat: Delay::none(),
        done: Delay::none(),
        alert: Delay::none(),
        repick: Delay::none(),
        look_again: always(1.0),
        pay: Delay::none(),
        abandon: 0.0,
        patience: 6,
        give_up: 1.0,
        settle: 0.0,
        care: Care {
            temperature: 0.1,
            crowd_aversion: 0.3,
            random_section: 0.2,
            random_seat: 0.05,
            skip: 0.0,
            spread: 0.02,
            glance: 1e9,
            haste: 0.0,
        },
    }
}

/// A persona that takes as long as a person for everything.
pub(crate) fn human() -> Persona {
    Persona {
        name: "human".to_owned(),
        arrivals: vec![
            Arrival {
                weight: 0.6,
                press: Dist::Normal { mean: 0.2, sd: 0.4 },
                to_place: around(0.3),
            },
            arrival(Dist::Exponential { from: 1.0, mean: 20.0 }),
        ],
        captcha: around(4.0),
        captcha_error: 0.1,
        captcha_again: around(3.0),
        put_off: 0.4,
        section: around(2.0),
        first_seat: around(1.8),
        next_seat: around(1.2),
        done: around(1.4),
        alert: around(0.7),
        repick: around(2.0),
        look_again: around(4.0),
        pay: around(40.0),
        abandon: 0.1,
        give_up: 0.2,
        settle: 0.5,
        ..instant()
    }
}

/// A way of arriving with these presses, whose page loads in no time.
pub(crate) fn arrival(press: Dist) -> Arrival {
    Arrival { weight: 1.0, press, to_place: Delay::none() }
}

/// A crowd of one persona that sees and clicks without delay and waits without unrest.
pub(crate) fn crowd(rivals: u32, persona: Persona) -> CrowdRules {
    CrowdRules {
        rivals,
        personas: vec![persona],
        groups: Groups { all: 0.6, one_less: 0.2, two_of_two: 0.7 },
        notice: Delay::none(),
        map_refresh: Dist::Fixed(0.0),
        click: Delay::none(),
        leave_per_min: 0.0,
        leave_late_factor: 1.0,
        refresh_per_min: 0.0,
    }
}

/// Sections of these sizes in rows of ten. The first seat is the best one, and each further one
/// worse.
pub(crate) fn seats(sizes: &[u32]) -> (Layout, Hall) {
    let count: u32 = sizes.iter().sum();
    let layout = Layout::new(sizes, vec![0; count as usize], vec![100_000]).unwrap();
    let mut quality = Vec::new();
    let mut adjacent = Vec::new();
    for &size in sizes {
        for at in 0..size {
            quality.push(1.0 - count_as_f32(quality.len()) / count_as_f32(count as usize));
            adjacent.push(at % 10 != 9);
        }
    }
    let hall = Hall::new(&layout, quality, adjacent).unwrap();
    (layout, hall)
}

#[expect(clippy::cast_precision_loss, reason = "small halls")]
fn count_as_f32(count: usize) -> f32 {
    count as f32
}

pub(crate) fn scenario(rules: Rules, sizes: &[u32], crowd: CrowdRules) -> Scenario {
    let (layout, hall) = seats(sizes);
    Scenario { rules, layout, hall, crowd, visits: crowd::Visits::One }
}

/// A crowd in which everything happens that can, let in slowly to a hall that is too small for it.
pub(crate) fn busy(rivals: u32) -> Scenario {
    let mut rules = rules();
    rules.admission =
        AdmissionRules { per_1000_s: 8_000, burst: 24, noise_permille: 250, inside_max: 100_000 };
    rules.captcha.step = CaptchaStep::BeforeMap;
    rules.hold = Span::from_millis(90_000);
    let mut people = crowd(rivals, human());
    people.notice = Delay(vec![Dist::Uniform { low: 0.0, high: 2.0 }]);
    people.map_refresh = Dist::Uniform { low: 2.0, high: 4.0 };
    people.click = Delay(vec![Dist::Uniform { low: 0.2, high: 0.4 }]);
    people.leave_per_min = 0.05;
    people.refresh_per_min = 0.1;
    people.leave_late_factor = 3.0;
    scenario(rules, &[60, 80, 60], people)
}

/// A race whose events are kept until a test takes them.
#[derive(Clone, Debug)]
pub(crate) struct Taped {
    race: Race,
    events: Vec<Stamped>,
}

impl Taped {
    pub(crate) fn new(scenario: Scenario, seed: u64) -> Self {
        Self::of(Race::new(scenario, seed).unwrap())
    }

    pub(crate) fn of(race: Race) -> Self {
        Self { race, events: Vec::new() }
    }

    pub(crate) fn advance(&mut self, now: Moment) {
        self.race.advance(now, |_, stamped| self.events.push(*stamped));
    }

    pub(crate) fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.race.handle(now, command, |_, stamped| self.events.push(*stamped))
    }

    pub(crate) fn take_events(&mut self) -> Vec<Stamped> {
        std::mem::take(&mut self.events)
    }
}

impl Deref for Taped {
    type Target = Race;

    fn deref(&self) -> &Race {
        &self.race
    }
}

/// A race and an observer of it.
pub(crate) struct Show {
    pub(crate) race: Taped,
    pub(crate) observer: Observer,
    pub(crate) events: Vec<Stamped>,
}

impl Show {
    pub(crate) fn of(scenario: Scenario, seed: u64) -> Self {
        let observer = Observer::of(scenario.layout.seat_count());
        Self { race: Taped::new(scenario, seed), observer, events: Vec::new() }
    }

    /// A race that ran for an hour after its opening.
    pub(crate) fn whole(scenario: Scenario, seed: u64) -> Self {
        let mut show = Self::of(scenario, seed);
        show.until(after(3_600.0));
        show
    }

    pub(crate) fn until(&mut self, at: Moment) {
        self.race.advance(at);
        self.watch();
    }

    pub(crate) fn watch(&mut self) {
        for stamped in self.race.take_events() {
            self.observer.sees(&stamped);
            self.events.push(stamped);
        }
    }

    pub(crate) fn tally(&self) -> &Tally {
        self.race.tally()
    }

    /// What `pick` returns for the events, where it returns something.
    pub(crate) fn pick<T>(&self, pick: impl Fn(Moment, &Event) -> Option<T>) -> Vec<T> {
        self.events.iter().filter_map(|stamped| pick(stamped.at, &stamped.event)).collect()
    }

    pub(crate) fn count(&self, is_counted: impl Fn(&Event) -> bool) -> usize {
        self.events.iter().filter(|stamped| is_counted(&stamped.event)).count()
    }

    /// The visitors in the order of their first places, and when these were given.
    pub(crate) fn placed(&self) -> Vec<(Moment, Visitor)> {
        let mut seen = std::collections::BTreeSet::new();
        let placed = self.pick(|at, event| match *event {
            Event::Placed { visitor, .. } => Some((at, visitor)),
            _ => None,
        });
        placed.into_iter().filter(|&(_, visitor)| seen.insert(visitor)).collect()
    }
}

/// Asserts that a share lies within four standard deviations of the one asked for.
#[track_caller]
pub(crate) fn assert_share(part: usize, whole: usize, asked: f64) {
    let (part, whole) = (as_f64(part), as_f64(whole));
    let deviation = (asked * (1.0 - asked) / whole).sqrt();
    let share = part / whole;
    assert!((share - asked).abs() <= 4.0 * deviation, "{part} of {whole} for {asked}");
}

#[expect(clippy::cast_precision_loss, reason = "counts of a test")]
pub(crate) fn as_f64(count: usize) -> f64 {
    count as f64
}
