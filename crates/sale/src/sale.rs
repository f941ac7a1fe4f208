//! The sale: one value that owns the queue, the seats and the bookings. Only [`Sale::handle`] and
//! [`Sale::advance`] change it.
//!
//! ```text
//! visitor:  away ──enter──▶ waiting ──admitted──▶ inside ──paid──▶ away
//!             ▲                │                    │ ▲
//!             └────left────────┴──left, pass ended──┘ └─ hold ended (if the style lets them stay)
//! seat:     free ──hold──▶ held ──pay──▶ sold        (a payment in two steps keeps it held)
//!             ▲              │              │
//!             └──released, ended────────────┴─ cancelled
//! ```

mod choosing;
mod entering;
mod hosting;
mod looking;
mod paying;
mod payment;
mod time;

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::admission::Admission;
use crate::booking::Booking;
use crate::chance::Chance;
use crate::command::{Command, Outcome};
use crate::digest::{Digest, Hash};
use crate::due::{Deadline, Task};
use crate::event::{Event, Stamped};
use crate::hold::Hold;
use crate::inside::Inside;
use crate::layout::Layout;
use crate::machine::Machine;
use crate::moment::Moment;
use crate::names::{BookingId, Place, Section, Visitor};
use crate::queue::Queue;
use crate::refusal::Refusal;
use crate::rules::{Rules, RulesError};
use crate::seating::Seating;
use crate::visitors::Visitors;

/// The selling of one performance.
///
/// ```
/// use sale::*;
///
/// // Seats 0 to 3 in one section at 50,000 won. The sale opens after ten seconds.
/// let layout = Layout::new(&[4], vec![0; 4], vec![50_000]).unwrap();
/// let rules = Rules {
///     opens_at: Moment::from_millis(10_000),
///     closes_at: None,
///     order: Order::Arrival,
///     early_lock: Span::from_millis(500),
///     refresh_waiting: Refresh::GoesToEnd,
///     refresh_inside: Refresh::Keeps,
///     admission: AdmissionRules { per_1000_s: 0, burst: 1, noise_permille: 0, inside_max: 100 },
///     captcha: CaptchaRules {
///         step: CaptchaStep::Never,
///         letters: 6,
///         valid_for: Span::from_millis(60_000),
///         put_off: false,
///     },
///     pass: Span::from_millis(600_000),
///     hold_at: HoldAt::Done,
///     hold: Span::from_millis(420_000),
///     after_hold: AfterHold::Leaves,
///     seats_max: 2,
///     cancelled: CancelledSeats::AtOnce,
///     fee_won: 1_000,
///     discounts: vec![],
/// };
/// let mut sale = Sale::new(rules, layout, 7).unwrap();
///
/// let visitor = Visitor(0);
/// let entered = sale.handle(Moment::from_millis(10_200), Command::Enter { visitor });
/// assert_eq!(entered, Ok(Outcome::Placed(Place(1))));
///
/// let seats = Seats::new(&[Seat(1), Seat(2)]).unwrap();
/// let held = sale.handle(Moment::from_millis(15_000), Command::HoldSeats { visitor, seats });
/// assert_eq!(held, Ok(Outcome::Held { until: Some(Moment::from_millis(435_000)) }));
///
/// let paid = sale.handle(Moment::from_millis(90_000), Command::Pay { visitor });
/// assert_eq!(paid, Ok(Outcome::Booked { booking: BookingId(0), total: 102_000 }));
/// assert_eq!(sale.seat_state(Seat(1)), SeatState::Sold);
///
/// // What happened is told in order.
/// assert_eq!(sale.poll_event().unwrap().event, Event::Opened);
/// ```
#[derive(Clone, Debug)]
pub struct Sale {
    pub(crate) rules: Rules,
    pub(crate) layout: Layout,
    pub(crate) chance: Chance,
    pub(crate) state: State,
    events: VecDeque<Stamped>,
    /// What falls due next. It is read far more often than it changes.
    due: Option<(Moment, Task)>,
}

/// Everything that changes in a sale. A snapshot holds exactly this.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct State {
    /// The lower half of the seed, by which a snapshot is recognised.
    pub(crate) seed: u64,
    pub(crate) now: Moment,
    pub(crate) last_command: Option<Moment>,
    pub(crate) stage: Stage,
    pub(crate) queue: Queue,
    /// The visitors present before a lottery, in the order in which they came; `None` for one who
    /// left.
    pub(crate) pool: Vec<Option<Visitor>>,
    pub(crate) visitors: Visitors,
    pub(crate) inside: Inside,
    pub(crate) passes: VecDeque<Deadline>,
    pub(crate) holds: VecDeque<Deadline>,
    pub(crate) payments: VecDeque<Deadline>,
    /// How many payments have begun.
    pub(crate) payments_begun: u32,
    pub(crate) admission: Option<Admission>,
    pub(crate) seating: Seating,
    pub(crate) bookings: Vec<Booking>,
    /// Cancelled bookings whose seats wait for the next batch.
    pub(crate) returning: Vec<BookingId>,
    /// When that batch is; `None` if nothing waits for it.
    pub(crate) returns_at: Option<Moment>,
    /// The number given last to a visit or a hold.
    pub(crate) serial: u32,
    pub(crate) digest: Digest,
}

/// How far a sale is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Stage {
    /// Not open yet.
    Before,
    /// Open.
    Open,
    /// Paused by the host.
    Paused,
    /// Over.
    Closed,
}

/// Where a visitor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not in the sale.
    Away {
        /// Until when the button is locked by an early press; in the past if it works.
        locked_until: Moment,
    },
    /// Present before a lottery.
    Pooled,
    /// In the queue.
    Waiting {
        /// The place that was given.
        place: Place,
        /// How many visitors before this one still wait, plus one.
        position: u32,
    },
    /// Inside.
    Inside {
        /// The place that was served.
        place: Place,
        /// When it was served.
        admitted_at: Moment,
        /// When the pass ends.
        until: Moment,
        /// Whether the visitor has yet to answer the captcha, now or later.
        captcha_due: bool,
        /// The section opened last, and when.
        viewed: Option<(Section, Moment)>,
        /// The live hold, if there is one.
        hold: Option<Hold>,
    },
}

/// What has become of a payment that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentFate {
    /// It is under way.
    UnderWay {
        /// When it ends by itself.
        until: Moment,
    },
    /// It was confirmed and led to this booking, which may have been cancelled since.
    Booked(BookingId),
    /// It ended without a booking.
    Over,
}

/// Why a sale cannot be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaleError {
    /// The rules cannot be played.
    #[error("the rules cannot be played")]
    Rules(#[from] RulesError),
}

impl Sale {
    /// A sale that has not opened. `chance` decides the captchas, the lottery and the noise of
    /// admission, so it must stay secret while people are in the sale. A seed is a chance.
    ///
    /// # Errors
    ///
    /// [`SaleError`] if the rules cannot be played.
    pub fn new(rules: Rules, layout: Layout, chance: impl Into<Chance>) -> Result<Self, SaleError> {
        rules.check()?;
        let chance = chance.into();
        let state = State {
            seed: chance.seed.low(),
            now: Moment::START,
            last_command: None,
            stage: Stage::Before,
            queue: Queue::default(),
            pool: Vec::new(),
            visitors: Visitors::default(),
            inside: Inside::default(),
            passes: VecDeque::new(),
            holds: VecDeque::new(),
            payments: VecDeque::new(),
            payments_begun: 0,
            admission: None,
            seating: Seating::new(&layout),
            bookings: Vec::new(),
            returning: Vec::new(),
            returns_at: None,
            serial: 0,
            digest: Digest::default(),
        };
        Ok(Self::assemble(rules, layout, chance, state))
    }

    pub(crate) fn assemble(rules: Rules, layout: Layout, chance: Chance, state: State) -> Self {
        let mut sale = Self { rules, layout, chance, state, events: VecDeque::new(), due: None };
        sale.due = sale.next_due();
        sale
    }

    /// Decides `command` at `now`. All that is due by `now` happens first (rule S4).
    ///
    /// # Errors
    ///
    /// A [`Refusal`]. Then nothing but the time has changed (rule S5).
    ///
    /// # Panics
    ///
    /// If `now` is not later than the last accepted command, or is earlier than a time that
    /// [`advance`](Self::advance) was given. The caller stamps commands, with
    /// [`stamp`](Self::stamp); a clock that stands still or goes back must not change the order of
    /// events (rule S6).
    pub fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        assert!(self.state.last_command < Some(now), "commands are stamped in strict order");
        // The log does not keep calls of `advance`. A replay would decide this command at another
        // moment.
        assert!(self.state.now <= now, "a command is not stamped before what already happened");
        self.advance(now);
        let outcome = self.decide(command);
        // The log does not keep refused commands, so they must not count for the order either.
        if outcome.is_ok() {
            self.state.last_command = Some(now);
        }
        self.due = self.next_due();
        // A visitor who may come in at once is inside at this moment (rule Q15).
        self.advance(now);
        outcome
    }

    fn decide(&mut self, command: Command) -> Result<Outcome, Refusal> {
        if self.state.stage == Stage::Closed {
            return Err(Refusal::Closed);
        }
        match command {
            Command::Enter { visitor } => self.enter(visitor),
            Command::Leave { visitor, cause } => self.leave(visitor, cause),
            Command::AnswerCaptcha { visitor, challenge, letters } => {
                self.answer_captcha(visitor, challenge, letters)
            }
            Command::RenewCaptcha { visitor } => self.renew_captcha(visitor),
            Command::PutOffCaptcha { visitor } => self.put_off_captcha(visitor),
            Command::ViewSection { visitor, section } => self.view_section(visitor, section),
            Command::HoldSeats { visitor, seats } => self.hold_seats(visitor, &seats),
            Command::ReleaseSeats { visitor, seats } => self.release_seats(visitor, &seats),
            Command::ChoosePrice { visitor, seats, discount } => {
                self.choose_price(visitor, &seats, discount)
            }
            Command::Pay { visitor } => self.pay(visitor),
            Command::BeginPayment { visitor } => self.begin_payment(visitor),
            Command::EndPayment { visitor, payment } => self.end_payment(visitor, payment),
            Command::ConfirmPayment { visitor, payment } => self.confirm_payment(visitor, payment),
            Command::CancelBooking { visitor, booking } => self.cancel_booking(visitor, booking),
            Command::Open => self.open_early(),
            Command::Pause => self.pause(),
            Command::Resume => self.resume(),
            Command::Close => Ok(self.close()),
        }
    }

    /// Takes the next event, the oldest first.
    pub fn poll_event(&mut self) -> Option<Stamped> {
        self.events.pop_front()
    }

    pub(crate) fn emit(&mut self, event: Event) {
        let stamped = Stamped { at: self.state.now, event };
        self.state.digest.add(&stamped);
        self.events.push_back(stamped);
    }

    /// Whether all events were taken. A snapshot requires it.
    pub(crate) fn is_quiet(&self) -> bool {
        self.events.is_empty()
    }

    /// The first moment from `at` on with which a command may be stamped (rule S6).
    pub fn stamp(&self, at: Moment) -> Moment {
        let told = self.state.now.max(at);
        self.state.last_command.map_or(told, |last| told.max(last.next()))
    }
}

impl Machine for Sale {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.handle(now, command)
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now);
    }

    fn now(&self) -> Moment {
        self.now()
    }

    fn hash(&self) -> Hash {
        self.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.snapshot()
    }
}
