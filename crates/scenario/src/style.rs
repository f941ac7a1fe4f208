//! Style files: what a sale demands, and how a client shows it.

use std::collections::BTreeSet;

use sale::{AfterHold, CaptchaRules, CaptchaStep, HoldAt, Order, Refresh};
use serde::Deserialize;

use crate::cancel::{CancelTerms, CancelText};
use crate::fault::Fault;
use crate::name::{NOT_A_NAME, is_name};
use crate::times::{DelayText, DistText};
use crate::title::Title;

/// What a style tells a screen. The rules of the sale are in [`crowd::Scenario`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// What the style is called.
    pub title: Title,
    /// What the discounts of the rules are called, in their order.
    pub discount_titles: Vec<Title>,
    /// Whether visitors refresh a section's map themselves.
    pub is_map_by_hand: bool,
    /// What becomes of the typed letters when the captcha's answer is wrong.
    pub after_wrong: AfterWrong,
    /// The steps from the chosen seats to the payment, in order. No step comes twice, and the
    /// last one is [`PayStep::Payment`].
    pub pay_steps: Vec<PayStep>,
    /// What it costs to cancel a booking, and until when that is possible.
    pub cancel: CancelTerms,
    /// How a client speaks and looks.
    pub screen: Screen,
}

/// A style file. Times in seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StyleFile {
    pub(crate) title: Title,
    pub(crate) queue: QueueText,
    pub(crate) captcha: CaptchaText,
    pub(crate) seats: SeatsText,
    pub(crate) map: MapText,
    pub(crate) seen: SeenText,
    pub(crate) pay: PayText,
    pub(crate) screen: Screen,
    /// May be left out: many styles have none.
    #[serde(default)]
    pub(crate) discounts: Vec<DiscountText>,
    /// May be left out: only the bookings of openings are cancelled.
    #[serde(default)]
    pub(crate) cancel: CancelText,
}

/// A price below the regular one that the price step offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscountText {
    pub(crate) title: Title,
    /// How many percent it takes off the price of a seat, 1 to 99.
    pub(crate) percent: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueText {
    order: OrderText,
    pub(crate) early_lock: f64,
    refresh: RefreshText,
    refresh_inside: RefreshText,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OrderText {
    Arrival,
    Lottery,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RefreshText {
    Keeps,
    GoesToEnd,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaptchaText {
    step: StepText,
    letters: u8,
    valid: f64,
    put_off: bool,
    pub(crate) after_wrong: AfterWrong,
}

/// What becomes of the typed letters when the captcha's answer is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterWrong {
    /// They stay in the field, to be corrected.
    KeepsLetters,
    /// The field is emptied.
    ClearsLetters,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepText {
    Never,
    BeforeMap,
    BeforeHold,
    BeforePay,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeatsText {
    hold_at: HoldAtText,
    pub(crate) hold: f64,
    pub(crate) pass: f64,
    after_hold: AfterHoldText,
    pub(crate) fee_won: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HoldAtText {
    Click,
    Done,
    Payment,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AfterHoldText {
    Leaves,
    Stays,
}

/// How the map of a section is refreshed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapText {
    refreshes: RefreshesText,
    /// The time from one refresh to the next.
    pub(crate) every: DistText,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RefreshesText {
    ByItself,
    ByHand,
}

impl MapText {
    /// Whether visitors refresh the map themselves.
    pub(crate) fn is_by_hand(&self) -> bool {
        matches!(self.refreshes, RefreshesText::ByHand)
    }
}

/// How long after its admission a rival notices that it is inside, and how long a click takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeenText {
    pub(crate) notice: DelayText,
    pub(crate) click: DelayText,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayText {
    pub(crate) steps: Vec<PayStep>,
}

/// A step that a visitor takes after choosing seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayStep {
    /// Choosing a discount for each seat.
    Price,
    /// Choosing how to receive the tickets.
    Receipt,
    /// Choosing how to pay, agreeing, and paying. Always the last step.
    Payment,
}

/// How a client speaks and looks while it plays a style.
///
/// Both values are names that a client knows or does not know. The files of this crate cannot
/// list them: a client that does not know a name uses a default of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// The name of a set of words, such as `plain` or `official`.
    pub words: String,
    /// The name of a skin: shapes, spacing and colours, such as `round` or `square`.
    pub skin: String,
}

impl StyleFile {
    /// Checks what neither the reader of the file nor the rules of the sale check.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        self.pay.check()?;
        self.cancel.check()?;
        let Screen { words, skin } = &self.screen;
        for (key, name) in [("screen.words", words), ("screen.skin", skin)] {
            if !is_name(name) {
                return Err(Fault::value(key, NOT_A_NAME));
            }
        }
        Ok(())
    }

    /// What a screen needs of the style besides its rules.
    pub(crate) fn style(self) -> Style {
        Style {
            title: self.title,
            discount_titles: self.discounts.into_iter().map(|discount| discount.title).collect(),
            is_map_by_hand: self.map.is_by_hand(),
            after_wrong: self.captcha.after_wrong,
            pay_steps: self.pay.steps,
            cancel: self.cancel.terms(),
            screen: self.screen,
        }
    }
}

impl PayText {
    fn check(&self) -> Result<(), Fault> {
        if self.steps.last() != Some(&PayStep::Payment) {
            return Err(Fault::value("pay.steps", "must end with `payment`"));
        }
        let different: BTreeSet<PayStep> = self.steps.iter().copied().collect();
        if different.len() < self.steps.len() {
            return Err(Fault::value("pay.steps", "must not name a step twice"));
        }
        Ok(())
    }
}

impl QueueText {
    pub(crate) fn order(&self) -> Order {
        match self.order {
            OrderText::Arrival => Order::Arrival,
            OrderText::Lottery => Order::Lottery,
        }
    }

    pub(crate) fn refresh_waiting(&self) -> Refresh {
        self.refresh.rule()
    }

    pub(crate) fn refresh_inside(&self) -> Refresh {
        self.refresh_inside.rule()
    }
}

impl RefreshText {
    fn rule(self) -> Refresh {
        match self {
            Self::Keeps => Refresh::Keeps,
            Self::GoesToEnd => Refresh::GoesToEnd,
        }
    }
}

impl CaptchaText {
    pub(crate) fn rules(&self) -> CaptchaRules {
        CaptchaRules {
            step: match self.step {
                StepText::Never => CaptchaStep::Never,
                StepText::BeforeMap => CaptchaStep::BeforeMap,
                StepText::BeforeHold => CaptchaStep::BeforeHold,
                StepText::BeforePay => CaptchaStep::BeforePay,
            },
            letters: self.letters,
            valid_for: crate::times::seconds(self.valid),
            put_off: self.put_off,
        }
    }
}

impl SeatsText {
    pub(crate) fn hold_at(&self) -> HoldAt {
        match self.hold_at {
            HoldAtText::Click => HoldAt::Click,
            HoldAtText::Done => HoldAt::Done,
            HoldAtText::Payment => HoldAt::Payment,
        }
    }

    pub(crate) fn after_hold(&self) -> AfterHold {
        match self.after_hold {
            AfterHoldText::Leaves => AfterHold::Leaves,
            AfterHoldText::Stays => AfterHold::Stays,
        }
    }
}
