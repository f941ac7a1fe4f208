//! Random sales: their rules and halls, and what visitors do at which moment.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use sale::{
    AdmissionRules, AfterHold, BookingId, CancelledSeats, CaptchaRules, CaptchaStep, Command,
    Departure, Discount, HoldAt, Layout, Letters, Moment, Order, PaymentId, Refresh, Rules, Sale,
    Seat, Seats, Section, Span, Visitor, limits,
};

use crate::model::{Hall, Model};

/// Visitors 0 to 7 act. Scripts also name a few numbers beyond, of visitors who never enter.
pub(crate) const VISITORS: u32 = 8;

#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) rules: Rules,
    pub(crate) hall: Hall,
    pub(crate) seed: u64,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    wait: Wait,
    who: Who,
    act: Act,
    /// Decides which of the costly checks are made at this step.
    pub(crate) dice: u8,
}

#[derive(Clone, Copy, Debug)]
enum Wait {
    Not,
    Nanos(u64),
    /// Until the next moment at which something is due, or a nanosecond before or after it.
    Due(i8),
}

#[derive(Clone, Debug)]
enum Who {
    Anyone(u32),
    /// A visitor inside, if there is one.
    Insider(Index),
    /// The visitor who paid last.
    Payer,
    Nobody(u32),
}

#[derive(Clone, Debug)]
enum Act {
    Nothing,
    Enter,
    Leave(Departure),
    Solve {
        right: bool,
        image: i8,
    },
    Renew,
    PutOff,
    View(u16),
    Hold(Vec<Index>),
    HoldNonsense(Vec<u32>),
    Release(Vec<Index>),
    ReleaseOwn(u8),
    Price(u8, u8),
    Pay,
    Begin,
    /// Confirm or end a payment: the visitor's own, or one of another number.
    Settle {
        confirm: bool,
        off: i8,
    },
    Cancel(Index),
    Host(Command),
}

pub(crate) fn scripts(steps: usize) -> impl Strategy<Value = Script> {
    let parts = (rules(), hall(), any::<u64>(), vec(step(), 1..steps));
    parts.prop_map(|(rules, hall, seed, steps)| Script { rules, hall, seed, steps })
}

fn rules() -> impl Strategy<Value = Rules> {
    let refresh = || select(vec![Refresh::Keeps, Refresh::GoesToEnd]);
    let times = (
        select(vec![0_u64, 1, 2_001, 60_000]),
        prop_oneof![Just(None), (1_000_u64..90_000).prop_map(Some)],
        select(vec![0_u64, 1, 700_000, 3_000_000_000, 70_000_000_000]),
    );
    let doors = (select(vec![Order::Arrival, Order::Lottery]), refresh(), refresh(), admission());
    let inside = (captcha(), span(), select(vec![HoldAt::Click, HoldAt::Done, HoldAt::Payment]));
    let ends = (
        span(),
        select(vec![AfterHold::Leaves, AfterHold::Stays]),
        seats_max(),
        0_u64..3_000,
        vec(1_u8..=99, 0..3),
        cancelled(),
    );
    (times, doors, inside, ends).prop_map(|(times, doors, inside, ends)| {
        let opens_at = Moment::from_millis(times.0);
        Rules {
            opens_at,
            closes_at: times.1.map(|open| opens_at + Span::from_millis(open)),
            early_lock: Span::from_nanos(times.2),
            order: doors.0,
            refresh_waiting: doors.1,
            refresh_inside: doors.2,
            admission: doors.3,
            captcha: inside.0,
            pass: inside.1,
            hold_at: inside.2,
            hold: ends.0,
            after_hold: ends.1,
            seats_max: ends.2,
            fee_won: ends.3,
            discounts: ends.4,
            cancelled: ends.5,
        }
    })
}

fn cancelled() -> impl Strategy<Value = CancelledSeats> {
    prop_oneof![
        Just(CancelledSeats::AtOnce),
        span().prop_map(|every| CancelledSeats::InBatches { every }),
    ]
}

/// Mostly small, so that visitors reach the limit.
fn seats_max() -> impl Strategy<Value = u8> {
    prop_oneof![1_u8..=2, 1_u8..=limits::SEATS_PER_VISITOR_MAX]
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        1 => (1_u64..4).prop_map(Span::from_nanos),
        6 => (1_u64..60).prop_map(|secs| Span::from_millis(secs * 1_000)),
    ]
}

fn admission() -> impl Strategy<Value = AdmissionRules> {
    let rate = prop_oneof![
        2 => Just(0_u32),
        3 => 50_u32..5_000,
        1 => Just(limits::ADMISSIONS_PER_S_MAX * 1_000),
    ];
    (rate, 1_u32..4, 1_u32..7).prop_map(|(per_1000_s, burst, inside_max)| AdmissionRules {
        per_1000_s,
        burst,
        noise_permille: 0,
        inside_max,
    })
}

fn captcha() -> impl Strategy<Value = CaptchaRules> {
    let steps = vec![
        (CaptchaStep::Never, false),
        (CaptchaStep::BeforeMap, false),
        (CaptchaStep::BeforeMap, true),
        (CaptchaStep::BeforeHold, false),
        (CaptchaStep::BeforePay, false),
    ];
    (select(steps), 1_u8..=8, span()).prop_map(|((step, put_off), letters, valid_for)| {
        CaptchaRules { step, letters, valid_for, put_off }
    })
}

fn hall() -> impl Strategy<Value = Hall> {
    let size = prop_oneof![8 => 1_u32..5, 1 => 60_u32..70];
    let sizes = vec(size, 1..4);
    (sizes, any::<u64>()).prop_map(|(section_sizes, prices)| {
        let seats: u32 = section_sizes.iter().sum();
        let price = |seat: u32| prices.rotate_left(seat) % 3 * 11_000;
        Hall { section_sizes, prices: (0..seats).map(price).collect() }
    })
}

fn step() -> impl Strategy<Value = Step> {
    let wait = prop_oneof![
        6 => Just(Wait::Not),
        2 => (1_u64..4_000_000_000).prop_map(Wait::Nanos),
        1 => (1_u64..40_000_000_000).prop_map(Wait::Nanos),
        4 => (-1_i8..=1).prop_map(Wait::Due),
    ];
    let who = prop_oneof![
        6 => (0..VISITORS).prop_map(Who::Anyone),
        12 => any::<Index>().prop_map(Who::Insider),
        2 => Just(Who::Payer),
        1 => select(vec![VISITORS, 70, limits::VISITORS_MAX, u32::MAX]).prop_map(Who::Nobody),
    ];
    (wait, who, act(), any::<u8>()).prop_map(|(wait, who, act, dice)| Step { wait, who, act, dice })
}

fn act() -> impl Strategy<Value = Act> {
    let causes = vec![Departure::Left, Departure::Lost, Departure::Paid, Departure::Closed];
    let seats = |most| vec(any::<Index>(), 1..most);
    prop_oneof![
        1 => Just(Act::Nothing),
        20 => Just(Act::Enter),
        3 => select(causes).prop_map(Act::Leave),
        12 => (any::<Option<bool>>(), select(vec![0, 0, 0, 0, -1, 1]))
            .prop_map(|(wrong, image)| Act::Solve { right: wrong != Some(true), image }),
        3 => Just(Act::Renew),
        3 => Just(Act::PutOff),
        5 => (0_u16..4).prop_map(Act::View),
        20 => seats(4).prop_map(Act::Hold),
        2 => seats(9).prop_map(Act::Hold),
        1 => vec(select(vec![0, 1, 4, 64, 300, u32::MAX]), 1..3).prop_map(Act::HoldNonsense),
        2 => seats(3).prop_map(Act::Release),
        5 => any::<u8>().prop_map(Act::ReleaseOwn),
        5 => (any::<u8>(), 0_u8..4).prop_map(|(mask, discount)| Act::Price(mask, discount)),
        8 => Just(Act::Pay),
        6 => Just(Act::Begin),
        6 => (any::<bool>(), select(vec![0, 0, 0, 0, -1, 1]))
            .prop_map(|(confirm, off)| Act::Settle { confirm, off }),
        5 => any::<Index>().prop_map(Act::Cancel),
        3 => select(vec![Command::Open, Command::Pause, Command::Resume, Command::Resume])
            .prop_map(Act::Host),
        1 => prop_oneof![9 => Just(Act::Nothing), 1 => Just(Act::Host(Command::Close))],
    ]
}

impl Hall {
    pub(crate) fn layout(&self) -> Layout {
        let mut prices: Vec<u64> = self.prices.clone();
        prices.sort_unstable();
        prices.dedup();
        let grade = |price| u8::try_from(prices.binary_search(price).unwrap()).unwrap();
        let grades = self.prices.iter().map(grade).collect();
        Layout::new(&self.section_sizes, grades, prices).unwrap()
    }
}

impl Step {
    /// The moment of this step, if the last command was at `last`.
    pub(crate) fn moment(&self, sale: &Sale, last: Moment) -> Moment {
        let wanted = match self.wait {
            Wait::Not => sale.now(),
            Wait::Nanos(nanos) => sale.now() + Span::from_nanos(nanos),
            Wait::Due(offset) => {
                let due = sale.poll_timeout().unwrap_or(sale.now());
                Moment::from_nanos(due.as_nanos().saturating_add_signed(offset.into()))
            }
        };
        wanted.max(sale.now()).max(last.next())
    }

    /// The command of this step, given the state at its moment.
    pub(crate) fn command(&self, model: &Model, sale: &Sale) -> Option<Command> {
        let visitor = self.visitor(model);
        let seat_of = |index: &Index| Seat(u32::try_from(index.index(model.seats.len())).unwrap());
        let naming = |list: Vec<Seat>| Seats::new(&distinct(list)).ok();
        Some(match &self.act {
            Act::Nothing => return None,
            Act::Enter => Command::Enter { visitor },
            Act::Leave(cause) => Command::Leave { visitor, cause: *cause },
            Act::Solve { right, image } => {
                let shown = sale.challenge(visitor);
                let letters = shown.map_or(Letters::parse("XYZ").unwrap(), |shown| shown.letters);
                let letters = if *right { letters } else { letters.misread() };
                let number = shown.map_or(1, |shown| shown.number);
                let challenge = number.saturating_add_signed((*image).into());
                Command::AnswerCaptcha { visitor, challenge, letters }
            }
            Act::Renew => Command::RenewCaptcha { visitor },
            Act::PutOff => Command::PutOffCaptcha { visitor },
            Act::View(section) => Command::ViewSection { visitor, section: Section(*section) },
            Act::Hold(list) => {
                let seats = naming(list.iter().map(seat_of).collect())?;
                Command::HoldSeats { visitor, seats }
            }
            Act::HoldNonsense(list) => {
                let seats = naming(list.iter().copied().map(Seat).collect())?;
                Command::HoldSeats { visitor, seats }
            }
            Act::Release(list) => {
                let seats = naming(list.iter().map(seat_of).collect())?;
                Command::ReleaseSeats { visitor, seats }
            }
            Act::ReleaseOwn(mask) => {
                Command::ReleaseSeats { visitor, seats: naming(own(model, visitor, *mask)?)? }
            }
            Act::Price(mask, discount) => {
                let seats = naming(own(model, visitor, *mask).unwrap_or(vec![Seat(0)]))?;
                Command::ChoosePrice { visitor, seats, discount: Discount(*discount) }
            }
            Act::Pay => Command::Pay { visitor },
            Act::Begin => Command::BeginPayment { visitor },
            Act::Settle { confirm, off } => {
                let number = payment_of(model, visitor).saturating_add_signed(i32::from(*off));
                let payment = PaymentId(number);
                if *confirm {
                    Command::ConfirmPayment { visitor, payment }
                } else {
                    Command::EndPayment { visitor, payment }
                }
            }
            Act::Cancel(index) => {
                let booking = u32::try_from(index.index(model.bookings.len() + 1)).unwrap();
                let row =
                    model.bookings.get(booking as usize).filter(|_| !self.dice.is_multiple_of(4));
                let visitor = row.map_or(visitor, |row| row.visitor);
                Command::CancelBooking { visitor, booking: BookingId(booking) }
            }
            Act::Host(command) => *command,
        })
    }

    fn visitor(&self, model: &Model) -> Visitor {
        match &self.who {
            Who::Anyone(number) | Who::Nobody(number) => Visitor(*number),
            Who::Payer => model.bookings.last().map_or(Visitor(0), |row| row.visitor),
            Who::Insider(index) if model.inside.is_empty() => {
                Visitor(u32::try_from(index.index(VISITORS as usize)).unwrap())
            }
            Who::Insider(index) => {
                *model.inside.keys().nth(index.index(model.inside.len())).unwrap()
            }
        }
    }
}

/// The number of the payment that the visitor has under way, or of the last one of the sale.
fn payment_of(model: &Model, visitor: Visitor) -> u32 {
    let visit = model.inside.get(&visitor);
    let paying = visit.and_then(|visit| visit.hold.as_ref()?.paying.as_ref());
    paying.map_or(model.payments_begun, |paying| paying.id.0)
}

/// The seats of the visitor's hold that the mask chooses.
fn own(model: &Model, visitor: Visitor, mask: u8) -> Option<Vec<Seat>> {
    let hold = model.inside.get(&visitor)?.hold.as_ref()?;
    let chosen = hold.seats.iter().zip(0..8).filter(|(_, bit)| mask >> bit & 1 == 1);
    Some(chosen.map(|(&seat, _)| seat).collect())
}

fn distinct(list: Vec<Seat>) -> Vec<Seat> {
    let mut seen = Vec::new();
    for seat in list {
        if !seen.contains(&seat) {
            seen.push(seat);
        }
    }
    seen
}
