//! The rules of a sale, as data. A *style* is a set of rules with a name; the sale knows no names.

use alloc::vec::Vec;

use borsh::BorshSerialize;

use crate::limits::{
    ADMISSIONS_PER_S_MAX, BURST_MAX, CAPTCHA_LETTERS_MAX, DISCOUNTS_MAX, INSIDE_MAX, PRICE_WON_MAX,
    SEATS_PER_VISITOR_MAX, SPAN_MAX_MS,
};
use crate::moment::{Moment, Span};
use crate::names::Won;

/// The rules of one sale.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize)]
pub struct Rules {
    /// When the sale opens.
    pub opens_at: Moment,
    /// When it closes by itself; `None` if only the host closes it.
    pub closes_at: Option<Moment>,
    /// How places are given.
    pub order: Order,
    /// How long the button is locked by a press before opening.
    pub early_lock: Span,
    /// What a refresh costs in the queue.
    pub refresh_waiting: Refresh,
    /// What a refresh costs inside.
    pub refresh_inside: Refresh,
    /// How fast and how many are let in.
    pub admission: AdmissionRules,
    /// When the captcha is asked for.
    pub captcha: CaptchaRules,
    /// How long a visitor may be inside without holding seats.
    pub pass: Span,
    /// When seats are held for the visitor.
    pub hold_at: HoldAt,
    /// How long seats are held for payment.
    pub hold: Span,
    /// Whether a visitor whose hold ended unpaid leaves or stays.
    pub after_hold: AfterHold,
    /// Seats one person may have over all bookings, 1 to [`SEATS_PER_VISITOR_MAX`].
    pub seats_max: u8,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled: CancelledSeats,
    /// Booking fee for each seat, in won.
    pub fee_won: Won,
    /// What each discount takes off a seat's price, in percent, 1 to 99; at most
    /// [`DISCOUNTS_MAX`]. A discount does not lower the fee.
    pub discounts: Vec<u8>,
}

/// How places in the queue are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Order {
    /// First come, first served.
    Arrival,
    /// The visitors present at the opening draw their places by lot; later ones follow in the order
    /// of their arrival.
    Lottery,
}

/// What a refresh costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Refresh {
    /// Nothing.
    Keeps,
    /// The visitor gives up the place or the pass, and gets a place at the end.
    GoesToEnd,
}

/// How fast and how many visitors are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub struct AdmissionRules {
    /// Admissions per 1,000 seconds; 0 for no limit of the rate.
    pub per_1000_s: u32,
    /// How many admissions may be saved up, as they are at the opening.
    pub burst: u32,
    /// By how much the rate of a five-second batch may differ from the mean, in thousandths.
    pub noise_permille: u16,
    /// Visitors inside at once.
    pub inside_max: u32,
}

/// When the captcha is asked for and what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub struct CaptchaRules {
    /// Before which step it is asked for.
    pub step: CaptchaStep,
    /// How many letters it has.
    pub letters: u8,
    /// How long one image may be answered.
    pub valid_for: Span,
    /// Whether the visitor may put it off once, to look at the seats first.
    pub put_off: bool,
}

/// The step before which the captcha is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum CaptchaStep {
    /// There is none.
    Never,
    /// Before the map opens; if it was put off, before seats can be held.
    BeforeMap,
    /// Before seats can be held.
    BeforeHold,
    /// Before paying.
    BeforePay,
}

/// When seats are held for the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum HoldAt {
    /// Each click holds its seat at once and adds to the hold.
    Click,
    /// All seats are held together when the visitor confirms the choice.
    Done,
    /// Never: seats become the visitor's only by paying, and others may be faster.
    Payment,
}

/// When the seats of a cancelled booking can be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum CancelledSeats {
    /// As soon as the booking is cancelled.
    AtOnce,
    /// Together with those of other bookings, in batches. Until its batch a seat looks sold.
    InBatches {
        /// The time from the opening to the first batch, and from each batch to the next.
        every: Span,
    },
}

/// Whether a visitor whose hold ended unpaid leaves or stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum AfterHold {
    /// The visit is over.
    Leaves,
    /// The visitor is back at the map until the pass ends.
    Stays,
}

/// A rule that is out of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {reason}")]
pub struct RulesError {
    /// The name of the field.
    pub rule: &'static str,
    /// What is wrong with it and what is allowed.
    pub reason: &'static str,
}

impl Rules {
    /// Checks that the rules can be played.
    ///
    /// # Errors
    ///
    /// The first rule that is out of its range.
    pub fn check(&self) -> Result<(), RulesError> {
        if self.opens_at.since(Moment::START) > DAY {
            return wrong("opens_at", "must be within a day of the start");
        }
        if self.closes_at.is_some_and(|closes_at| closes_at <= self.opens_at) {
            return wrong("closes_at", "must be later than opens_at");
        }
        if self.early_lock > DAY {
            return wrong("early_lock", "must be at most a day");
        }
        self.admission.check()?;
        self.captcha.check()?;
        if !lasts(self.pass) {
            return wrong("pass", "must be more than nothing and at most a day");
        }
        if !lasts(self.hold) {
            return wrong("hold", "must be more than nothing and at most a day");
        }
        if !(1..=SEATS_PER_VISITOR_MAX).contains(&self.seats_max) {
            return wrong("seats_max", "must be 1 to 16");
        }
        if let CancelledSeats::InBatches { every } = self.cancelled
            && !lasts(every)
        {
            return wrong("cancelled.every", "must be more than nothing and at most a day");
        }
        if self.fee_won > PRICE_WON_MAX {
            return wrong("fee_won", "must be at most 100,000,000");
        }
        if self.discounts.len() > DISCOUNTS_MAX {
            return wrong("discounts", "must be at most 8");
        }
        if self.discounts.iter().any(|percent| !(1..=99).contains(percent)) {
            return wrong("discounts", "must be 1 to 99 percent each");
        }
        Ok(())
    }
}

impl AdmissionRules {
    fn check(&self) -> Result<(), RulesError> {
        if !(1..=BURST_MAX).contains(&self.burst) {
            return wrong("admission.burst", "must be 1 to 1,000,000");
        }
        if self.per_1000_s > ADMISSIONS_PER_S_MAX * 1000 {
            return wrong("admission.per_1000_s", "must be at most 100,000 a second");
        }
        if self.noise_permille >= 1000 {
            return wrong("admission.noise_permille", "must be below 1000");
        }
        if !(1..=INSIDE_MAX).contains(&self.inside_max) {
            return wrong("admission.inside_max", "must be 1 to 1,000,000");
        }
        Ok(())
    }
}

impl CaptchaRules {
    fn check(&self) -> Result<(), RulesError> {
        if self.put_off && self.step != CaptchaStep::BeforeMap {
            return wrong("captcha.put_off", "is for a captcha before the map only");
        }
        if self.step == CaptchaStep::Never {
            return Ok(());
        }
        if !(1..=CAPTCHA_LETTERS_MAX).contains(&usize::from(self.letters)) {
            return wrong("captcha.letters", "must be 1 to 8");
        }
        if !lasts(self.valid_for) {
            return wrong("captcha.valid_for", "must be more than nothing and at most a day");
        }
        Ok(())
    }
}

/// The longest span a rule may name.
const DAY: Span = Span::from_millis(SPAN_MAX_MS);

fn lasts(span: Span) -> bool {
    Span::ZERO < span && span <= DAY
}

fn wrong(rule: &'static str, reason: &'static str) -> Result<(), RulesError> {
    Err(RulesError { rule, reason })
}
