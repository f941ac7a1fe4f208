//! Named upper bounds. The sale refuses what would go past one, so nothing grows without a limit.

use crate::moment::Span;

/// How long a payment may be under way. Chosen: long enough for a shell whose database is restarted to ask it again,
/// and short beside every hold, so that a payment that nobody ends keeps the seats only a little longer.
pub const PAYING: Span = Span::from_millis(60_000);

/// Seats that one visitor may hold or name in one command.
pub const SEATS_PER_HOLD_MAX: usize = 8;

/// Seats that the rules may let one visitor have over all bookings. Chosen: two bookings of the largest size.
pub const SEATS_PER_VISITOR_MAX: u8 = 16;

/// Seats in one hall. The largest Korean stadium has 66,704.
pub const SEATS_MAX: u32 = 100_000;

/// Sections in one hall.
pub const SECTIONS_MAX: usize = 512;

/// Grades (price classes) in one hall.
pub const GRADES_MAX: usize = 16;

/// Visitors of one sale, people and rivals together. The largest crowd reported for a Korean
/// on-sale is about 900,000 at once; four times that leaves room for several rounds of friends.
pub const VISITORS_MAX: u32 = 4_000_000;

/// Places given in one sale. A refresh may take another place, so there are more than visitors.
pub const PLACES_MAX: u32 = 16_000_000;

/// Visitors inside at once.
pub const INSIDE_MAX: u32 = 1_000_000;

/// Letters of one captcha.
pub const CAPTCHA_LETTERS_MAX: usize = 8;

/// Captcha images in one visit, so that a program cannot ask for images until it gets an easy one.
pub const CHALLENGES_MAX: u16 = 200;

/// Price of one seat in won, so that the total of a booking cannot overflow.
pub const PRICE_WON_MAX: u64 = 100_000_000;

/// Discounts one style may offer.
pub const DISCOUNTS_MAX: usize = 8;

/// The longest span a rule may name: one day.
pub const SPAN_MAX_MS: u64 = 24 * 60 * 60 * 1000;

/// Admissions that may be saved up, so that the arithmetic of admission stays within 64 bits.
pub const BURST_MAX: u32 = INSIDE_MAX;

/// Admissions a second a rule may name.
pub const ADMISSIONS_PER_S_MAX: u32 = 100_000;

const _: () = assert!(SEATS_PER_HOLD_MAX <= u8::MAX as usize);
const _: () = assert!(VISITORS_MAX <= PLACES_MAX);
const _: () = assert!(INSIDE_MAX <= VISITORS_MAX);
const _: () = assert!(BURST_MAX <= 10_000_000, "a full bucket and one more batch fit 64 bits");
