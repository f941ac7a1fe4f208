//! Measures how many commands a sale decides per second, in memory and on one thread. The probe is
//! a chain of loads.
//!
//! For each command the probe goes to another line of a table of 256 KiB. The line that it read
//! decides the next one, through eight rounds of mixing. That is about the least work that a
//! command needs. The table fits into the core's own cache, as a sale at work does. So the probe
//! depends on the core, and not on other work that uses the shared memory.

use std::hint::black_box;

use sale::random::{Stream, mix};
use sale::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaStep, Command, HoldAt, Layout,
    Moment, Order, Outcome, Refresh, Rules, Sale, Seat, Seats, Section, Span, Standing, Visitor,
};

use crate::bench::Figure;
use crate::bench::clock::time;
use crate::bench::document::Row;

/// The seats of the sale: as many as an arena has.
const SEATS: u32 = 15_000;
const SECTIONS: u32 = 50;
/// How many visitors act at the same time.
const AT_ONCE: u32 = 1_000;
/// How often a run plays a script, so that a run is long enough to measure.
const REPEATS: usize = 20;
/// The purpose of the draws.
const BENCH: u64 = 0x7361_6c65_2121;
/// How many lines of 64 bytes the probe's table has.
const LINES: usize = 4_096;

/// Commands with their moments.
type Script = Vec<(Moment, Command)>;

fn rules(captcha: CaptchaStep) -> Rules {
    Rules {
        opens_at: Moment::START,
        closes_at: None,
        cancelled: CancelledSeats::AtOnce,
        order: Order::Arrival,
        early_lock: Span::ZERO,
        refresh_waiting: Refresh::GoesToEnd,
        refresh_inside: Refresh::GoesToEnd,
        admission: AdmissionRules {
            per_1000_s: 0,
            burst: 1_000_000,
            noise_permille: 0,
            inside_max: 100_000,
        },
        captcha: CaptchaRules {
            step: captcha,
            letters: 6,
            valid_for: Span::from_millis(300_000),
            put_off: false,
        },
        pass: Span::from_millis(600_000),
        hold_at: HoldAt::Click,
        hold: Span::from_millis(420_000),
        after_hold: AfterHold::Leaves,
        seats_max: 2,
        fee_won: 2_000,
        discounts: vec![],
    }
}

fn sale(captcha: CaptchaStep) -> Sale {
    let sizes = vec![SEATS / SECTIONS; SECTIONS as usize];
    let layout = Layout::new(&sizes, vec![0; SEATS as usize], vec![132_000])
        .expect("the layout fits together");
    Sale::new(rules(captcha), layout, 1).expect("the rules can be played")
}

/// A script of whole visits, in the proportions of a hot sale. All visitors come in, pass a
/// captcha, look at a section and click seats until they hold two. They miss some, release one now
/// and then, and pay.
fn whole_visits() -> Script {
    let mut sale = sale(CaptchaStep::BeforeMap);
    let mut script = Script::new();
    let mut visitors: Vec<u32> = (0..AT_ONCE).collect();
    let mut next = AT_ONCE;
    for turn in 0u64.. {
        if sale.free_count() == 0 || turn > 400_000 {
            break;
        }
        let draws = Stream::new(1, BENCH, turn);
        let index = usize::try_from(draws.below(0, visitors.len() as u64)).expect("a small number");
        let visitor = Visitor(visitors[index]);
        let command = step_of(&sale, visitor, draws);
        let at = Moment::from_nanos((turn + 1) * 1_000);
        let outcome = sale.handle(at, command);
        while sale.poll_event().is_some() {}
        script.push((at, command));
        if matches!(outcome, Ok(Outcome::Booked { .. })) {
            visitors[index] = next;
            next += 1;
        }
    }
    script
}

fn step_of(sale: &Sale, visitor: Visitor, draws: Stream) -> Command {
    let section = Section(u16::try_from(visitor.0 % SECTIONS).expect("a small number"));
    match sale.standing(visitor) {
        Standing::Away { .. } | Standing::Pooled | Standing::Waiting { .. } => {
            Command::Enter { visitor }
        }
        Standing::Inside { captcha_due: true, .. } => {
            let challenge = sale.challenge(visitor).expect("it is due");
            let (challenge, letters) = (challenge.number, challenge.letters);
            let letters = if draws.below(1, 10) == 0 { letters.misread() } else { letters };
            Command::AnswerCaptcha { visitor, challenge, letters }
        }
        Standing::Inside { viewed: None, .. } => Command::ViewSection { visitor, section },
        Standing::Inside { hold: Some(hold), .. } if hold.seats.len() == 2 => {
            if draws.below(1, 20) == 0 {
                Command::ReleaseSeats { visitor, seats: hold.seats }
            } else {
                Command::Pay { visitor }
            }
        }
        Standing::Inside { .. } => {
            let start = u32::try_from(draws.below(2, u64::from(SEATS))).expect("a small number");
            // Three clicks in four are on a free seat. The others are on any seat, like those of
            // visitors with an outdated map.
            let around = (start..SEATS).chain(0..start).map(Seat);
            let free = around.into_iter().find(|&seat| sale.is_free(seat));
            let seat = free.filter(|_| draws.below(3, 4) > 0).unwrap_or(Seat(start));
            Command::HoldSeats { visitor, seats: Seats::one(seat) }
        }
    }
}

/// A script in which all visitors are inside. Each holds one seat and pays, in a random order of
/// seats.
fn holds_and_payments() -> (Sale, Script) {
    let mut sale = sale(CaptchaStep::Never);
    for number in 0..SEATS {
        let at = Moment::from_nanos(u64::from(number) + 1);
        sale.handle(at, Command::Enter { visitor: Visitor(number) }).expect("there is room");
    }
    while sale.poll_event().is_some() {}
    let mut seats: Vec<u32> = (0..SEATS).collect();
    let draws = Stream::new(2, BENCH, 0);
    for last in (1..seats.len()).rev() {
        let pick = draws.below(last as u64, last as u64 + 1);
        seats.swap(last, usize::try_from(pick).expect("a small number"));
    }
    let mut script = Script::new();
    for (number, seat) in (0..).zip(seats) {
        let visitor = Visitor(number);
        let hold = Command::HoldSeats { visitor, seats: Seats::one(Seat(seat)) };
        for command in [hold, Command::Pay { visitor }] {
            let at = Moment::from_nanos(1_000_000 + script.len() as u64);
            script.push((at, command));
        }
    }
    (sale, script)
}

/// Plays a script on new copies of the sale. Returns millions of commands per second.
fn play(begun: &Sale, script: &Script) -> f64 {
    let mut secs = 0.0;
    for _ in 0..REPEATS {
        let mut sale = begun.clone();
        let ((), took) = time(|| {
            for &(at, command) in script {
                let _: Result<Outcome, sale::Refusal> = black_box(sale.handle(at, command));
                while let Some(event) = sale.poll_event() {
                    black_box(event);
                }
            }
        });
        secs += took.core.as_secs_f64();
    }
    per_us(script.len() * REPEATS, secs)
}

/// Runs the probe. Returns millions of steps per second.
fn probe(loads: usize) -> f64 {
    let mut table = vec![[0u64; 8]; LINES];
    for (at, line) in (0u64..).zip(&mut table) {
        line[0] = mix(at);
    }
    let (last, took) = time(|| {
        let mut at = 0;
        for step in 0..loads as u64 {
            let next = (0..8).fold(table[at][0] ^ step, |next, _| mix(next));
            at = usize::try_from(next % LINES as u64).expect("the index exists");
        }
        at
    });
    black_box(last);
    per_us(loads, took.core.as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "figures for people to read")]
fn per_us(count: usize, secs: f64) -> f64 {
    count as f64 / secs / 1e6
}

/// Measures both scripts beside the probe, in turns.
pub fn rows(runs: usize) -> Vec<Row> {
    let visits = (sale(CaptchaStep::BeforeMap), whole_visits());
    let payments = holds_and_payments();
    let mut rows = Vec::new();
    for (name, (begun, script)) in [("whole visits", &visits), ("hold and pay", &payments)] {
        let (mut rates, mut ratios, mut probes) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..runs {
            let probe = probe(script.len() * REPEATS);
            let rate = play(begun, script);
            rates.push(rate);
            ratios.push(rate / probe);
            probes.push(probe);
        }
        rows.push(Row(format!("{name}: million commands a second"), Figure::of(rates).show(2)));
        rows.push(Row(format!("{name}: share of the probe"), Figure::of(ratios).show(3)));
        rows.push(Row(
            format!("{name}: probe, million steps a second"),
            Figure::of(probes).show(1),
        ));
        rows.push(Row(format!("{name}: commands in the script"), mix_of(script)));
    }
    rows
}

/// The number of commands in a script, and the share of each kind.
fn mix_of(script: &Script) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for (_, command) in script {
        let name = match command {
            Command::Enter { .. } => "enter",
            Command::AnswerCaptcha { .. } => "captcha",
            Command::ViewSection { .. } => "view",
            Command::HoldSeats { .. } => "hold",
            Command::ReleaseSeats { .. } => "release",
            Command::Pay { .. } => "pay",
            Command::Leave { .. }
            | Command::RenewCaptcha { .. }
            | Command::PutOffCaptcha { .. }
            | Command::CancelBooking { .. }
            | Command::ChoosePrice { .. }
            | Command::BeginPayment { .. }
            | Command::EndPayment { .. }
            | Command::ConfirmPayment { .. }
            | Command::Open
            | Command::Pause
            | Command::Resume
            | Command::Close => "other",
        };
        match kinds.iter_mut().find(|(kind, _)| *kind == name) {
            Some((_, count)) => *count += 1,
            None => kinds.push((name, 1)),
        }
    }
    let parts =
        kinds.iter().map(|(name, count)| format!("{} % {name}", count * 100 / script.len()));
    format!("{}: {}", script.len(), parts.collect::<Vec<_>>().join(", "))
}
