//! Small sales with which tests and benches try a journal.

use sale::random::Stream;
use sale::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaStep, Command, Departure,
    HoldAt, Layout, Machine, Moment, Order, RULES_VERSION, Refresh, Rules, Sale, Seat, Seats,
    Section, Span, Visitor,
};

use crate::error::BoxError;
use crate::record::Record;
use crate::store::Snapshot;

/// The version of the snapshots of these sales.
pub const VERSION: u16 = RULES_VERSION;

/// The seed of the sale.
const SEED: u64 = 7;

/// The purpose of the draws below.
const SAMPLE: u64 = 0x7361_6d70_6c65_2121;

/// The header from which [`revive`] makes a [`sale()`] again.
pub fn header(seat_count: u32) -> Vec<u8> {
    seat_count.to_le_bytes().to_vec()
}

/// A sale that opens at once, lets everybody in, holds at the click and asks for no captcha.
pub fn sale(seat_count: u32) -> Sale {
    Sale::new(rules(), layout(seat_count), SEED).expect("the rules can be played")
}

/// The `revive` of [`crate::replay`]: makes a sale from its header or restores it from a snapshot.
///
/// # Errors
///
/// If `header` was not made by [`header()`], or the snapshot is not one of such a sale.
pub fn revive(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Sale, BoxError> {
    let seat_count = u32::from_le_bytes(header.try_into()?);
    match snapshot {
        None => Ok(sale(seat_count)),
        Some(snapshot) => Ok(Sale::restore(rules(), layout(seat_count), SEED, &snapshot.state)?),
    }
}

/// The `settle` of [`crate::replay`]: takes the sale's events and drops them.
pub fn settle(sale: &mut Sale) {
    while sale.poll_event().is_some() {}
}

/// Commands that some visitors of such a sale might give, one after the other. The sale refuses
/// about half of them.
pub fn attempts(seed: u64, count: u64, seat_count: u32) -> Vec<Record> {
    let mut at = Moment::START;
    let attempt = |index| {
        let draws = Stream::new(seed, SAMPLE, index);
        at = at + Span::from_nanos(1 + draws.below(0, 40_000_000));
        let visitor = Visitor(below(draws, 1, 24));
        let seats = Seats::one(Seat(below(draws, 2, seat_count)));
        let command = match below(draws, 3, 12) {
            0..=3 => Command::Enter { visitor },
            4..=7 => Command::HoldSeats { visitor, seats },
            8 => Command::ReleaseSeats { visitor, seats },
            9 => Command::ViewSection { visitor, section: Section(0) },
            10 => Command::Pay { visitor },
            _ => Command::Leave { visitor, cause: Departure::Left },
        };
        Record::new(at, command)
    };
    (0..count).map(attempt).collect()
}

/// Those of the [`attempts`] that a new sale accepts: the records that its log would hold.
pub fn accepted(seed: u64, count: u64, seat_count: u32) -> Vec<Record> {
    let mut sale = sale(seat_count);
    let mut records = attempts(seed, count, seat_count);
    records.retain(|record| Machine::handle(&mut sale, record.at, record.command).is_ok());
    records
}

/// A new sale that was given exactly these records.
///
/// # Panics
///
/// If the sale refuses one of them.
pub fn fed<'a>(seat_count: u32, records: impl IntoIterator<Item = &'a Record>) -> Sale {
    let mut sale = sale(seat_count);
    for &Record { at, command, tag: _ } in records {
        sale.handle(at, command).expect("records were accepted");
        settle(&mut sale);
    }
    sale
}

fn below(draws: Stream, position: u64, bound: u32) -> u32 {
    u32::try_from(draws.below(position, bound.into())).expect("below a u32")
}

fn layout(seat_count: u32) -> Layout {
    Layout::new(&[seat_count], vec![0; seat_count as usize], vec![110_000]).expect("one section")
}

fn rules() -> Rules {
    Rules {
        opens_at: Moment::START,
        closes_at: None,
        cancelled: CancelledSeats::AtOnce,
        order: Order::Arrival,
        early_lock: Span::ZERO,
        refresh_waiting: Refresh::Keeps,
        refresh_inside: Refresh::Keeps,
        admission: AdmissionRules {
            per_1000_s: 0,
            burst: 100_000,
            noise_permille: 0,
            inside_max: 100_000,
        },
        captcha: CaptchaRules {
            step: CaptchaStep::Never,
            letters: 6,
            valid_for: Span::from_millis(300_000),
            put_off: false,
        },
        pass: Span::from_millis(600_000),
        hold_at: HoldAt::Click,
        hold: Span::from_millis(2_000),
        after_hold: AfterHold::Stays,
        seats_max: 4,
        fee_won: 2_000,
        discounts: vec![],
    }
}
