//! A style as a screen needs it: what the sale demands, and in which order.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::title::Title;

/// A named set of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Style {
    /// The name of its file. A client shows its title and never looks at its name.
    pub name: String,
    /// What it is called on screen.
    pub title: Title,
    /// The button and the queue.
    pub queue: QueueStyle,
    /// The captcha.
    pub captcha: CaptchaStyle,
    /// Taking seats.
    pub seats: SeatsStyle,
    /// The map.
    pub map: MapStyle,
    /// Prices below the regular one. Discount `n` of a request is the `n`-th of these; 0 is the
    /// regular price.
    pub discounts: Vec<Discount>,
    /// The steps from the chosen seats to the payment, in order. No step comes twice, and the last
    /// one is `payment`.
    pub pay_steps: Vec<PayStep>,
    /// What cancelling a booking costs, and until when it is possible.
    pub cancel: CancelStyle,
    /// How a client speaks and looks while it plays this style.
    pub screen: ScreenStyle,
}

/// The button and the queue.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueStyle {
    /// What a refresh costs while waiting.
    pub refresh: RefreshCost,
    /// What a refresh costs inside. With `goes-to-end`, the visitor loses the pass and the held
    /// seats, and gets a new place at the end.
    pub refresh_inside: RefreshCost,
    /// How long a press before the opening locks the button.
    pub early_lock_ms: f64,
}

/// What a refresh costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RefreshCost {
    /// The place: the visitor gets a new one at the end of the queue.
    GoesToEnd,
    /// Nothing.
    Keeps,
}

/// The captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaptchaStyle {
    /// The step before which the captcha is asked for.
    pub step: CaptchaStep,
    /// How many letters the image has, from 1 to 8.
    pub letters: u8,
    /// Whether a visitor may put the captcha off once.
    pub put_off: bool,
    /// What becomes of the typed letters when the answer is wrong.
    pub after_wrong: AfterWrong,
}

/// What becomes of the typed letters when the captcha's answer is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AfterWrong {
    /// They stay in the field, to be corrected.
    KeepsLetters,
    /// The field is emptied.
    ClearsLetters,
}

/// The step before which the captcha is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptchaStep {
    /// There is no captcha.
    Never,
    /// Before the map.
    BeforeMap,
    /// Before seats can be held.
    BeforeHold,
    /// Before paying.
    BeforePay,
}

/// Taking seats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SeatsStyle {
    /// What makes a seat the visitor's.
    pub hold_at: HoldAt,
    /// How long seats are held for payment.
    pub hold_ms: f64,
    /// How long a visitor may be inside without a hold.
    pub pass_ms: f64,
    /// The most seats that one person may have.
    pub seats_max: u8,
    /// The booking fee for each seat.
    pub fee_won: u64,
}

/// A price below the regular one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Discount {
    /// What it is called on screen.
    pub title: Title,
    /// The percentage that it takes off the price of a seat. It does not lower the fee.
    pub percent: u8,
}

/// What cancelling a booking costs, and until when it is possible: also not once the sale is over. Days and times are those of
/// the hall. On the day of the booking everything comes back; later the booking fee is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CancelStyle {
    /// How many days after the booking nothing is kept of the tickets, unless a row of `fees` applies.
    pub free_days: u16,
    /// What is kept of each ticket after these days, in won.
    pub late_won: u64,
    /// The percentage of a ticket's price that this may come to at most.
    pub late_percent_max: u8,
    /// What is kept in place of that near the performance, the furthest away first.
    pub fees: Vec<CancelFee>,
    /// How many days before the performance the deadline is.
    pub until_days_before: u16,
    /// The time of the deadline on that day: `17:00`.
    pub until_time: String,
    /// The time of the deadline if that day is a Saturday; `null` if it is the same.
    #[schema(required = true)]
    pub until_saturday: Option<String>,
}

/// What is kept of the price of a ticket from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CancelFee {
    /// From so many days before the performance on.
    pub days_before: u16,
    /// So many percent.
    pub percent: u8,
}

/// What makes a seat the visitor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HoldAt {
    /// Each click.
    Click,
    /// Confirming the choice.
    Done,
    /// Paying.
    Payment,
}

/// The map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MapStyle {
    /// How the map is refreshed.
    pub refreshes: MapRefresh,
}

/// How a map is refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MapRefresh {
    /// The server sends the changes, now and then.
    ByItself,
    /// The visitor asks for a new map.
    ByHand,
}

/// How a client speaks and looks. A client that does not know one of these names uses a default of
/// its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScreenStyle {
    /// The name of a set of words, such as `plain` or `official`.
    pub words: String,
    /// The name of a skin: shapes, spacing and colours, such as `round` or `square`.
    pub skin: String,
}

/// A step that a visitor takes after choosing seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PayStep {
    /// Choosing a discount for each seat.
    Price,
    /// Choosing how to receive the tickets.
    Receipt,
    /// Choosing how to pay, agreeing, and paying. Always the last step.
    Payment,
}
