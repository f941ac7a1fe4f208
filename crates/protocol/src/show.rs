//! Shows: concerts, their performances and openings, what a person likes and booked.
//!
//! Numbers of concerts and performances travel as text: they may be larger than a number of JavaScript can be exact. Days
//! are written `2026-12-24` and are those of the venue.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a list shows of a concert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "41", "title": "달무리 겨울 콘서트", "poster": "/api/concerts/41/poster.svg?v=6c1f0a52b7d3e984",
    "venue": "물마루홀", "city": "서울", "zone": "Asia/Seoul", "first_day": "2026-12-24",
    "last_day": "2026-12-25", "books_from_ms": 1_796_036_400_000_u64, "books_until_ms": 1_796_038_200_000_u64,
    "performers": ["달무리"], "liked": false,
    "opening": {"performance": "77", "opens_at_ms": 1_796_036_400_000_u64, "closes_at_ms": 1_796_038_200_000_u64}
}))]
pub struct ConcertCard {
    /// Its number.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The path of its poster, an SVG of 300 by 420. Another poster has another path.
    pub poster: String,
    /// The name of the venue.
    pub venue: String,
    /// The venue's city.
    pub city: String,
    /// The venue's time zone, such as `Asia/Seoul`.
    pub zone: String,
    /// The day of the first performance.
    pub first_day: String,
    /// The day of the last performance.
    pub last_day: String,
    /// When the first of its openings opens, in Unix milliseconds.
    pub books_from_ms: f64,
    /// When the last of its openings closes, in Unix milliseconds.
    pub books_until_ms: f64,
    /// Who plays, in order.
    pub performers: Vec<String>,
    /// Whether the viewer likes it; `null` for a viewer who never liked or booked anything.
    #[schema(required = true)]
    pub liked: Option<bool>,
    /// The opening that puts it into a list of openings; `null` in other lists.
    #[schema(required = true)]
    pub opening: Option<ListedOpening>,
}

/// The opening that puts a concert into a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ListedOpening {
    /// The number of its performance.
    pub performance: String,
    /// When it opens, in Unix milliseconds.
    pub opens_at_ms: f64,
    /// When it closes, in Unix milliseconds.
    pub closes_at_ms: f64,
}

/// A part of a list of concerts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConcertPage {
    /// The concerts.
    pub concerts: Vec<ConcertCard>,
    /// Where the list goes on: `after` of the next request. `null` at its end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// The lists of openings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConcertList {
    /// What is on sale, the latest opening first.
    OnSale,
    /// What opens later, the nearest opening first.
    Soon,
}

/// The order of what a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConcertOrder {
    /// By the day of the first performance, the earliest first.
    #[default]
    Earliest,
    /// By the day of the first performance, the latest first.
    Latest,
}

/// Everything that the page of a concert shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Concert {
    /// What a list shows too.
    pub card: ConcertCard,
    /// What it is about. May be empty.
    pub description: String,
    /// The number of the venue.
    pub venue_id: String,
    /// The venue's plan.
    pub plan: ConcertPlan,
    /// The prices, dearest first.
    pub grades: Vec<ConcertGrade>,
    /// Who plays, in order.
    pub performers: Vec<ConcertPerformer>,
    /// The dates, in order.
    pub performances: Vec<Performance>,
}

/// The plan of a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConcertPlan {
    /// Its name.
    pub name: String,
    /// Where its geometry is found: `GET /api/plans/{address}`. `null` if the library has the plan no more.
    #[schema(required = true)]
    pub address: Option<String>,
}

/// A grade of a concert and what a seat of it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcertGrade {
    /// The grade's name in the plan.
    pub name: String,
    /// The price of a seat in won.
    pub price_won: u64,
}

/// Who plays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConcertPerformer {
    /// The performer's number.
    pub id: String,
    /// The name on the poster.
    pub name: String,
    /// The path of the performer's picture, an SVG of 200 by 200. Another picture has another path.
    pub picture: String,
}

/// One date of a concert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Performance {
    /// Its number.
    pub id: String,
    /// The number of its concert.
    pub concert: String,
    /// When it begins, in Unix milliseconds.
    pub starts_at_ms: f64,
    /// The day at the venue.
    pub day: String,
    /// How it is sold.
    pub opening: Opening,
    /// The seats left as they were last seen; `null` before the sale has begun.
    #[schema(required = true)]
    pub seats_left: Option<SeatsLeft>,
}

/// How a performance is sold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "opens_at_ms": 1_796_036_400_000_u64, "closes_at_ms": 1_796_038_200_000_u64, "style": "n-style", "rivals": 5000,
    "is_practice": true, "seats_per_person": 4, "cancelled_seats": "in-batches", "stage": "lobby",
    "race": "00c0ffee00c0ffee"
}))]
pub struct Opening {
    /// When the sale opens, in Unix milliseconds.
    pub opens_at_ms: f64,
    /// When the sale closes, in Unix milliseconds.
    pub closes_at_ms: f64,
    /// The name of its style.
    pub style: String,
    /// How many simulated visitors take part.
    pub rivals: u32,
    /// Whether it is practice, because simulated visitors take part.
    pub is_practice: bool,
    /// Seats that one person may have, over all bookings of the performance.
    pub seats_per_person: u32,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled_seats: CancelledSeats,
    /// Whether people may enter who have not logged in.
    pub guests_may_enter: bool,
    /// How far the sale is.
    pub stage: OpeningStage,
    /// The id of its race; `null` before it was begun.
    #[schema(required = true)]
    pub race: Option<String>,
}

/// When the seats of a cancelled booking can be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CancelledSeats {
    /// At that moment.
    AtOnce,
    /// Together, when the style says so.
    InBatches,
}

/// How far the sale of a performance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OpeningStage {
    /// It opens later, and lets nobody in yet.
    Before,
    /// It opens within minutes, and people may come in and wait.
    Lobby,
    /// It is open.
    Open,
    /// It is open, and no seat is left. Seats may come back.
    SoldOut,
    /// It is over.
    Closed,
}

/// The seats left of a performance, as they were last seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SeatsLeft {
    /// When they were seen, in Unix milliseconds.
    pub seen_at_ms: f64,
    /// How many in all.
    pub total: u32,
    /// How many of each grade in each section, in the order of their names.
    pub sections: Vec<SectionSeats>,
}

/// The seats of one grade that are left in one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SectionSeats {
    /// Floor and name of the section in the plan: `1-A`.
    pub section: String,
    /// The grade's name in the plan.
    pub grade: String,
    /// How many.
    pub seats: u32,
}

/// The openings of a range of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Calendar {
    /// In the order in which they open.
    pub entries: Vec<CalendarEntry>,
    /// Whether there are more, which a shorter range would show.
    pub is_cut: bool,
}

/// Performances of one concert that open together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CalendarEntry {
    /// The concert.
    pub concert: ConcertCard,
    /// When they open, in Unix milliseconds.
    pub opens_at_ms: f64,
    /// The number of the first of these performances.
    pub performance: String,
    /// How many they are.
    pub performance_count: u32,
}

/// A part of the list of a person's bookings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShowBookingPage {
    /// The bookings, the newest first, cancelled ones among them.
    pub bookings: Vec<ShowBooking>,
    /// Where the list goes on: `after` of the next request. `null` at its end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Seats that a person paid for in an opening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShowBooking {
    /// The id of the race in which it was paid.
    pub sale: String,
    /// Its number in that race.
    pub number: u32,
    /// The concert.
    pub concert: ConcertCard,
    /// The number of the performance.
    pub performance: String,
    /// When the performance begins, in Unix milliseconds.
    pub starts_at_ms: f64,
    /// When it was paid, in Unix milliseconds.
    pub booked_at_ms: f64,
    /// When it was cancelled, in Unix milliseconds; `null` for one that holds.
    #[schema(required = true)]
    pub cancelled_at_ms: Option<f64>,
    /// Its seats, also after it was cancelled.
    pub seats: Vec<ShowSeat>,
    /// What was paid, fees included, in won.
    pub total_won: u64,
    /// What it was paid with.
    pub paid_with: PaidWith,
    /// What was given back when it was cancelled, in won; `null` for one that holds.
    #[schema(required = true)]
    pub refunded_won: Option<u64>,
    /// Whether it comes from a sale with rivals, which is practice: its ticket lets nobody in.
    pub is_practice: bool,
    /// Until when it can, or could, be cancelled, in Unix milliseconds; `null` if that cannot be told.
    #[schema(required = true)]
    pub cancel_until_ms: Option<f64>,
    /// What a cancel at this moment would give back; `null` where the booking cannot be cancelled.
    #[schema(required = true)]
    pub cancel: Option<CancelTerms>,
}

/// What a booking was paid with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaidWith {
    /// The points of an account.
    Points,
    /// The purse of a guest, which is never empty.
    Purse,
}

/// What a cancel of a booking would give back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CancelTerms {
    /// What is kept, in won.
    pub fee_won: u64,
    /// What is given back, in won.
    pub refund_won: u64,
}

/// The balance of an account, and a part of what changed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PointsPage {
    /// What the account has, in won.
    pub balance_won: u64,
    /// The changes, the newest first.
    pub entries: Vec<PointsEntry>,
    /// Where the list goes on: `after` of the next request. `null` at its end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A change of a balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PointsEntry {
    /// When, in Unix milliseconds.
    pub at_ms: f64,
    /// By how much, in won; negative for a payment.
    pub amount_won: i64,
    /// What the account had from then on, in won.
    pub balance_won: u64,
    /// Why.
    pub cause: PointsCause,
    /// The title of the concert; `null` for the welcome, and where the concert is known no more.
    #[schema(required = true)]
    pub concert: Option<String>,
    /// The id of the race in which was paid; `null` for the welcome.
    #[schema(required = true)]
    pub sale: Option<String>,
    /// The number of the booking in that race; `null` where the payment led to none.
    #[schema(required = true)]
    pub booking: Option<u32>,
}

/// Why a balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PointsCause {
    /// The first log-in.
    Welcome,
    /// A payment.
    Payment,
    /// A payment that ended without a booking.
    PaymentReturned,
    /// A cancelled booking.
    Cancelled,
}

/// A seat of a booking, with all that a ticket shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShowSeat {
    /// Floor, section, row and number: `1-A-2-4`.
    pub place: String,
    /// The name of its grade.
    pub grade: String,
    /// The price of the seat, without fees, in won.
    pub price_won: u64,
}

/// A venue to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "물마루홀", "city": "서울", "zone": "Asia/Seoul", "plan": "hall"}))]
pub struct NewVenue {
    /// Its name: 1 to 100 characters, no other venue of the city has it.
    pub name: String,
    /// The city, by which people search: 1 to 100 characters.
    pub city: String,
    /// The time zone: `Asia/Seoul`.
    pub zone: String,
    /// The name of a plan of the library.
    pub plan: String,
}

/// A performer to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "달무리"}))]
pub struct NewPerformer {
    /// The name on the poster: 1 to 100 characters, no other performer has it.
    pub name: String,
}

/// A concert to keep, with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "달무리 겨울 콘서트", "description": "", "venue": "3", "performers": ["12"],
    "grades": [{"name": "VIP", "price_won": 165_000}, {"name": "R", "price_won": 132_000}],
    "performances": [{
        "starts_at_ms": 1_798_106_400_000_u64, "opens_at_ms": 1_796_036_400_000_u64,
        "closes_at_ms": 1_798_102_800_000_u64, "style": "n-style", "rivals": 0, "seats_per_person": 4,
        "cancelled_seats": "at-once"
    }]
}))]
pub struct NewConcert {
    /// What it is called: 1 to 100 characters.
    pub title: String,
    /// What it is about: at most 4,000 characters.
    #[serde(default)]
    pub description: String,
    /// The number of the venue.
    pub venue: String,
    /// The numbers of those who play, in order; each once, at most 50.
    #[serde(default)]
    pub performers: Vec<String>,
    /// The price of each grade of the venue's plan, dearest first.
    pub grades: Vec<ConcertGrade>,
    /// Its dates: 1 to 400, in any order.
    pub performances: Vec<NewPerformance>,
}

/// One date of a concert to keep, and how it is sold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerformance {
    /// When it begins, in Unix milliseconds.
    pub starts_at_ms: i64,
    /// When the sale opens, in Unix milliseconds.
    pub opens_at_ms: i64,
    /// When the sale closes, in Unix milliseconds: after it opens, and before the performance begins.
    pub closes_at_ms: i64,
    /// The name of a style of the library.
    pub style: String,
    /// How many simulated visitors take part: at most a million. With any, the opening is practice.
    #[serde(default)]
    pub rivals: u32,
    /// Seats that one person may have, over all bookings: 1 to 16.
    pub seats_per_person: u32,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled_seats: CancelledSeats,
    /// Whether people may enter who have not logged in. Without the key: if simulated visitors take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests_may_enter: Option<bool>,
}

/// The number of a venue or a performer that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Kept {
    /// Its number.
    pub id: String,
}

/// The numbers of a concert that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptConcert {
    /// The concert's number.
    pub id: String,
    /// The numbers of its performances, in the order in which they were given.
    pub performances: Vec<String>,
}
