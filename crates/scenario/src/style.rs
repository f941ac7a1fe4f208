//! Styles: the rules of a service as a file.

use sale::{AfterHold, CaptchaRules, CaptchaStep, HoldAt, Order, Refresh};
use serde::Deserialize;

use crate::times::{DelayText, DistText};
use crate::title::Title;

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
    /// None in many styles.
    #[serde(default)]
    pub(crate) discounts: Vec<DiscountText>,
}

/// A price below the regular one that the price step offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscountText {
    pub(crate) title: Title,
    /// What it takes off.
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

/// How a section's map stays fresh.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapText {
    refreshes: RefreshesText,
    /// From one refresh to the next.
    pub(crate) every: DistText,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RefreshesText {
    ByItself,
    ByHand,
}

impl MapText {
    /// Whether whoever looks must ask for a fresh map.
    pub(crate) fn is_by_hand(&self) -> bool {
        matches!(self.refreshes, RefreshesText::ByHand)
    }
}

/// When a rival in this style notices, and how long a click takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeenText {
    pub(crate) notice: DelayText,
    pub(crate) click: DelayText,
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
