//! Counts and times of a race, folded from its events alone.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Event, HoldAt, Moment, Return, Span, Stamped, Visitor};

/// How full the hall was when a seat was tried for. The edges are those for which the domain notes
/// give conflict rates: over 70 % free, around 20 %, under 3 %, and what lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub enum Band {
    /// More than 70 % of the seats were free.
    Plenty,
    /// 25 % to 70 % were.
    Half,
    /// 15 % to 25 % were.
    Fifth,
    /// 3 % to 15 % were.
    Scarce,
    /// Fewer than 3 % were.
    Crumbs,
}

impl Band {
    /// All bands, emptiest hall first.
    pub const ALL: [Self; 5] = [Self::Plenty, Self::Half, Self::Fifth, Self::Scarce, Self::Crumbs];

    fn of(free: u32, seats: u32) -> Self {
        let (hundreds, seats) = (u64::from(free) * 100, u64::from(seats));
        match () {
            () if hundreds > 70 * seats => Self::Plenty,
            () if hundreds >= 25 * seats => Self::Half,
            () if hundreds >= 15 * seats => Self::Fifth,
            () if hundreds >= 3 * seats => Self::Scarce,
            () => Self::Crumbs,
        }
    }
}

/// Free and sold seats at one moment, for a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Sample {
    /// Whole seconds since the opening.
    pub second: u32,
    /// Seats nobody had.
    pub free: u32,
    /// Seats paid.
    pub sold: u32,
}

/// Counts and times of a race.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Tally {
    opened_at: Moment,
    /// Whether seats are free until they are paid, so that paying is what takes them.
    taken_by_paying: bool,
    /// Where paying takes seats: the visitors whose payment is under way and has taken theirs. At most one for each
    /// visitor inside.
    paying: BTreeSet<Visitor>,
    seats: u32,
    free: u32,
    sold: u32,
    events: u64,
    bookings: u32,
    holds_ended: u32,
    early_presses: u32,
    left_waiting: u32,
    /// Tries and misses by band.
    tries: [u32; Band::ALL.len()],
    misses: [u32; Band::ALL.len()],
    all_held_at: Option<Moment>,
    /// For each of [`SHARES`], when that share of the seats was first paid for.
    paid_at: [Option<Moment>; SHARES.len()],
    curve: Vec<Sample>,
}

/// Shares of the seats, in hundredths, whose time of being paid is kept.
const SHARES: [u32; 4] = [50, 90, 99, 100];

/// Seconds of the curve that are kept.
const CURVE_MAX: u32 = 24 * 60 * 60;

impl Tally {
    pub(crate) fn new(opens_at: Moment, hold_at: HoldAt, seats: u32) -> Self {
        Self {
            opened_at: opens_at,
            taken_by_paying: hold_at == HoldAt::Payment,
            paying: BTreeSet::new(),
            seats,
            free: seats,
            sold: 0,
            events: 0,
            bookings: 0,
            holds_ended: 0,
            early_presses: 0,
            left_waiting: 0,
            tries: [0; Band::ALL.len()],
            misses: [0; Band::ALL.len()],
            all_held_at: None,
            paid_at: [None; SHARES.len()],
            curve: Vec::new(),
        }
    }

    /// Adds an event.
    pub(crate) fn add(&mut self, stamped: &Stamped) {
        self.events += 1;
        match &stamped.event {
            Event::Opened => self.opened_at = stamped.at,
            Event::PressedEarly { .. } => self.early_presses += 1,
            Event::PlaceGivenUp { .. } => self.left_waiting += 1,
            Event::SeatsHeld { visitor, seats, .. } => {
                self.sample(stamped.at);
                if self.taken_by_paying {
                    self.paying.insert(*visitor);
                }
                self.take(stamped.at, seats.len());
            }
            Event::SeatMissed { .. } => {
                let band = self.band();
                self.tries[band] += 1;
                self.misses[band] += 1;
            }
            Event::SeatsReturned { visitor, seats, cause } => {
                self.sample(stamped.at);
                if *cause != Return::Cancelled {
                    self.paying.remove(visitor);
                }
                self.free += count(seats.len());
                if *cause == Return::Cancelled {
                    self.sold -= count(seats.len());
                }
                if *cause == Return::HoldEnded {
                    self.holds_ended += 1;
                }
            }
            Event::Booked { visitor, seats, .. } => {
                self.sample(stamped.at);
                self.bookings += 1;
                if self.taken_by_paying && !self.paying.remove(visitor) {
                    self.take(stamped.at, seats.len());
                }
                self.pay(stamped.at, seats.len());
            }
            Event::Paused
            | Event::Resumed
            | Event::Closed
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::Placed { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::BookingCancelled { .. }
            | Event::PaymentBegun { .. }
            | Event::PaymentEnded { .. }
            | Event::Left { .. } => {}
        }
    }

    fn band(&self) -> usize {
        Band::of(self.free, self.seats) as usize
    }

    /// A try that met no conflict.
    fn take(&mut self, at: Moment, seats: usize) {
        let band = self.band();
        self.tries[band] += 1;
        self.free -= count(seats);
        if self.free == 0 && self.all_held_at.is_none() {
            self.all_held_at = Some(at);
        }
    }

    fn pay(&mut self, at: Moment, seats: usize) {
        self.sold += count(seats);
        for (share, paid_at) in SHARES.iter().zip(&mut self.paid_at) {
            let reached = u64::from(self.sold) * 100 >= u64::from(self.seats) * u64::from(*share);
            if reached && paid_at.is_none() {
                *paid_at = Some(at);
            }
        }
    }

    /// Notes how things stood before `at`, once a second.
    fn sample(&mut self, at: Moment) {
        let second = at.since(self.opened_at).as_nanos() / Span::SECOND.as_nanos();
        let second = u32::try_from(second).unwrap_or(CURVE_MAX).min(CURVE_MAX);
        if self.curve.last().is_none_or(|last| last.second < second) {
            self.curve.push(Sample { second, free: self.free, sold: self.sold });
        }
    }

    /// When the sale opened, or will open by its rules.
    pub fn opened_at(&self) -> Moment {
        self.opened_at
    }

    /// Seats in the hall.
    pub fn seats(&self) -> u32 {
        self.seats
    }

    /// Seats nobody has.
    pub fn free(&self) -> u32 {
        self.free
    }

    /// Seats paid.
    pub fn sold(&self) -> u32 {
        self.sold
    }

    /// Events so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Bookings so far, cancelled ones included.
    pub fn bookings(&self) -> u32 {
        self.bookings
    }

    /// Holds that ran out unpaid.
    pub fn holds_ended(&self) -> u32 {
        self.holds_ended
    }

    /// How often a press before the opening locked a button.
    pub fn early_presses(&self) -> u32 {
        self.early_presses
    }

    /// Places given up while waiting, by leaving or refreshing.
    pub fn places_given_up(&self) -> u32 {
        self.left_waiting
    }

    /// Times somebody else had the seat.
    pub fn conflicts(&self) -> u32 {
        self.misses.iter().sum()
    }

    /// Share of all tries for seats that met a conflict, 0 to 1; 0 if nobody tried.
    pub fn conflict_rate(&self) -> f64 {
        ratio(self.conflicts(), self.tries.iter().sum())
    }

    /// The same for tries while the hall was this full; `None` if there was none.
    pub fn conflict_rate_in(&self, band: Band) -> Option<f64> {
        let tries = self.tries[band as usize];
        (tries > 0).then(|| ratio(self.misses[band as usize], tries))
    }

    /// How long after the opening every seat was somebody's for the first time.
    pub fn all_held_after(&self) -> Option<Span> {
        self.all_held_at.map(|at| at.since(self.opened_at))
    }

    /// How long after the opening this share of the seats, 50, 90, 99 or 100 hundredths, was paid.
    pub fn paid_after(&self, hundredths: u32) -> Option<Span> {
        let at = SHARES.iter().position(|&share| share == hundredths)?;
        self.paid_at[at].map(|at| at.since(self.opened_at))
    }

    /// Free and sold seats second by second; a second without a change is left out.
    pub fn curve(&self) -> &[Sample] {
        &self.curve
    }
}

fn count(seats: usize) -> u32 {
    u32::try_from(seats).expect("at most SEATS_PER_HOLD_MAX")
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
