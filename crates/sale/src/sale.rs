//! The sale: one value that owns the queue, the seats and the bookings, and the one door to it.
//!
//! ```text
//! visitor:  away ──enter──▶ waiting ──admitted──▶ inside ──paid──▶ away
//!             ▲                │                    │ ▲
//!             └────left────────┴──left, pass ended──┘ └─ hold ended (if the style lets them stay)
//! seat:     free ──hold──▶ held ──pay──▶ sold
//!             ▲              │              │
//!             └──released, ended────────────┴─ cancelled
//! ```

mod choosing;
mod entering;
mod hosting;
mod paying;
mod time;

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::admission::Admission;
use crate::booking::Booking;
use crate::captcha::Challenge;
use crate::command::{Command, Outcome};
use crate::digest::{Digest, Hash};
use crate::due::{Deadline, Task};
use crate::event::{Event, Stamped};
use crate::hold::Hold;
use crate::inside::{Captcha, Inside, Insider};
use crate::layout::Layout;
use crate::lottery::{self, Commitment};
use crate::machine::Machine;
use crate::moment::Moment;
use crate::names::{BookingId, Place, Seat, Section, Visitor};
use crate::queue::Queue;
use crate::refusal::Refusal;
use crate::rules::{Rules, RulesError};
use crate::seating::{SeatState, Seating};
use crate::visitors::{Presence, Visitors};

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
    pub(crate) state: State,
    events: VecDeque<Stamped>,
    /// What falls due next, found anew after each change: it is asked for far more often.
    due: Option<(Moment, Task)>,
}

/// Everything that changes, and all that a snapshot holds.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct State {
    /// Captchas, the lottery and the noise of admission are drawn from it.
    pub(crate) seed: u64,
    pub(crate) now: Moment,
    pub(crate) last_command: Option<Moment>,
    pub(crate) stage: Stage,
    pub(crate) queue: Queue,
    /// Visitors present before a lottery opens, in order of coming; `None` where one left.
    pub(crate) pool: Vec<Option<Visitor>>,
    pub(crate) visitors: Visitors,
    pub(crate) inside: Inside,
    pub(crate) passes: VecDeque<Deadline>,
    pub(crate) holds: VecDeque<Deadline>,
    pub(crate) admission: Option<Admission>,
    pub(crate) seating: Seating,
    pub(crate) bookings: Vec<Booking>,
    /// Numbers visits and holds, so that an old deadline is told from a new one.
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

/// Where a visitor stands, for showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not in the sale; the button is locked until this moment.
    Away {
        /// In the past if it works.
        locked_until: Moment,
    },
    /// Present before a lottery.
    Pooled,
    /// In the queue.
    Waiting {
        /// The number given.
        place: Place,
        /// How many stand before and still wait, plus one.
        position: u32,
    },
    /// Inside.
    Inside {
        /// The place that was served.
        place: Place,
        /// When.
        admitted_at: Moment,
        /// When the pass ends.
        until: Moment,
        /// Whether the captcha is still to be answered, now or later.
        captcha_due: bool,
        /// The section opened last, and when.
        viewed: Option<(Section, Moment)>,
        /// The live hold.
        hold: Option<Hold>,
    },
}

/// Why a sale cannot be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaleError {
    /// The rules cannot be played.
    #[error("the rules cannot be played")]
    Rules(#[from] RulesError),
}

impl Sale {
    /// A sale that has not opened. `seed` decides captchas, the lottery and the noise of admission,
    /// so it is a secret while people are in the sale.
    ///
    /// # Errors
    ///
    /// [`SaleError`] if the rules cannot be played.
    pub fn new(rules: Rules, layout: Layout, seed: u64) -> Result<Self, SaleError> {
        rules.check()?;
        let state = State {
            seed,
            now: Moment::START,
            last_command: None,
            stage: Stage::Before,
            queue: Queue::default(),
            pool: Vec::new(),
            visitors: Visitors::default(),
            inside: Inside::default(),
            passes: VecDeque::new(),
            holds: VecDeque::new(),
            admission: None,
            seating: Seating::new(&layout),
            bookings: Vec::new(),
            serial: 0,
            digest: Digest::default(),
        };
        Ok(Self::assemble(rules, layout, state))
    }

    pub(crate) fn assemble(rules: Rules, layout: Layout, state: State) -> Self {
        let mut sale = Self { rules, layout, state, events: VecDeque::new(), due: None };
        sale.due = sale.next_due();
        sale
    }

    /// Decides `command` at `now`. All that is due by `now` happens first (rule S4).
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing has changed but that time went on (rule S5).
    ///
    /// # Panics
    ///
    /// If `now` is not later than every command accepted before, or is earlier than the time
    /// [`advance`](Self::advance) was told: stamping is the writer's task, and a clock that stands
    /// still or goes back must not reorder what happened (rule S6).
    pub fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        assert!(self.state.last_command < Some(now), "commands are stamped in strict order");
        // A replay that does not know of the advance would decide the command at another moment.
        assert!(self.state.now <= now, "a command is not stamped before what already happened");
        self.advance(now);
        let outcome = self.decide(command);
        // A refused command leaves no record, so it must leave no stamp either.
        if outcome.is_ok() {
            self.state.last_command = Some(now);
        }
        self.due = self.next_due();
        // A visitor who finds the queue empty and the door open does not wait for the next tick.
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
            Command::CancelBooking { visitor, booking } => self.cancel_booking(visitor, booking),
            Command::Open => self.open_early(),
            Command::Pause => self.pause(),
            Command::Resume => self.resume(),
            Command::Close => Ok(self.close()),
        }
    }

    /// The next thing that happened, oldest first.
    pub fn poll_event(&mut self) -> Option<Stamped> {
        self.events.pop_front()
    }

    pub(crate) fn emit(&mut self, event: Event) {
        let stamped = Stamped { at: self.state.now, event };
        self.state.digest.add(&stamped);
        self.events.push_back(stamped);
    }

    /// Whether every event was taken, as a snapshot asks.
    pub(crate) fn is_quiet(&self) -> bool {
        self.events.is_empty()
    }

    /// How far time has gone on.
    pub fn now(&self) -> Moment {
        self.state.now
    }

    /// The first moment at or after `at` that a command may be stamped with (rule S6).
    pub fn stamp(&self, at: Moment) -> Moment {
        let told = self.state.now.max(at);
        self.state.last_command.map_or(told, |last| told.max(last.next()))
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The seats by section and price.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How far the sale is.
    pub fn stage(&self) -> Stage {
        self.state.stage
    }

    /// The digest of every event so far.
    pub fn hash(&self) -> Hash {
        self.state.digest.hash()
    }

    /// How many events happened so far.
    pub fn event_count(&self) -> u64 {
        self.state.digest.count()
    }

    /// What the lottery's seed was committed to, to be published before the opening.
    pub fn lottery_commitment(&self) -> Commitment {
        Commitment::to(lottery::seed_of(self.state.seed))
    }

    /// Places given so far.
    pub fn places_given(&self) -> u32 {
        self.state.queue.given()
    }

    /// The place served last, 0 before the first: it and all before it were served or given up.
    pub fn places_served(&self) -> u32 {
        self.state.queue.served()
    }

    /// Visitors in the queue.
    pub fn waiting_count(&self) -> u32 {
        self.state.queue.waiting()
    }

    /// Visitors inside.
    pub fn inside_count(&self) -> u32 {
        self.state.inside.count()
    }

    /// Who waits at a place, if anybody still does.
    pub fn waiting_at(&self, place: Place) -> Option<Visitor> {
        self.state.queue.visitor_at(place)
    }

    /// Free seats.
    pub fn free_count(&self) -> u32 {
        self.state.seating.free_count()
    }

    /// Paid seats.
    pub fn sold_count(&self) -> u32 {
        self.state.seating.sold_count()
    }

    /// Free seats in a section.
    ///
    /// # Panics
    ///
    /// If there is no such section.
    pub fn free_in(&self, section: Section) -> u32 {
        self.state.seating.free_in(section)
    }

    /// Whether anyone may take the seat.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn is_free(&self, seat: Seat) -> bool {
        self.assert_seat(seat);
        self.state.seating.is_free(seat)
    }

    /// The state of a seat.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn seat_state(&self, seat: Seat) -> SeatState {
        self.assert_seat(seat);
        self.state.seating.state(seat)
    }

    /// Whose a seat is.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn seat_owner(&self, seat: Seat) -> Option<Visitor> {
        self.state.seating.owner(seat)
    }

    /// The bitmaps behind these answers end on a whole word, past the last seat.
    fn assert_seat(&self, seat: Seat) {
        assert!(seat.0 < self.layout.seat_count(), "seat is in the layout");
    }

    /// All bookings in order of payment, cancelled ones included.
    pub fn bookings(&self) -> &[Booking] {
        &self.state.bookings
    }

    /// One booking.
    pub fn booking(&self, booking: BookingId) -> Option<&Booking> {
        self.state.bookings.get(booking.0 as usize)
    }

    /// Where a visitor stands.
    pub fn standing(&self, visitor: Visitor) -> Standing {
        match self.state.visitors.presence(visitor) {
            Presence::Away { locked_until_ms } => {
                Standing::Away { locked_until: Moment::from_millis(locked_until_ms.into()) }
            }
            Presence::Pooled { .. } => Standing::Pooled,
            Presence::Waiting { place } => {
                let position = self.state.queue.position(place);
                Standing::Waiting { place, position: position.expect("who waits has a position") }
            }
            Presence::Inside { slot } => {
                let insider = self.state.inside.get(slot).expect("who is inside has a slot");
                insider.standing()
            }
        }
    }

    /// The captcha the visitor is to answer now or later. Its letters are for drawing the image.
    pub fn challenge(&self, visitor: Visitor) -> Option<Challenge> {
        let Presence::Inside { slot } = self.state.visitors.presence(visitor) else {
            return None;
        };
        let insider = self.state.inside.get(slot)?;
        (insider.captcha != Captcha::Passed).then(|| self.challenge_of(insider))
    }

    pub(crate) fn challenge_of(&self, insider: &Insider) -> Challenge {
        let letters = self.rules.captcha.letters;
        Challenge::new(self.state.seed, insider.place, insider.challenge, letters)
    }
}

impl Insider {
    fn standing(&self) -> Standing {
        Standing::Inside {
            place: self.place,
            admitted_at: self.admitted_at,
            until: self.until,
            captcha_due: self.captcha != Captcha::Passed,
            viewed: self.viewed,
            hold: self.hold,
        }
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
