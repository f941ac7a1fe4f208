//! Who is at a browser, and what the server keeps of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::RaceCard;
use crate::show::{ConcertCard, PointsEntry, ShowBooking};
use crate::title::Title;

/// Who is at this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// Nobody else has the same: a client that is told another one forgets what it kept.
    pub person: String,
    /// The account; `null` for a guest.
    #[schema(required = true)]
    pub account: Option<MyAccount>,
    /// The points of the account, in won; `null` for a guest.
    #[schema(required = true)]
    pub points_won: Option<u64>,
    /// By whom one can log in. None: this server has no accounts.
    pub providers: Vec<MyProvider>,
    /// Whether the person may make concerts.
    pub is_administrator: bool,
}

/// An account, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MyAccount {
    /// What the provider calls the person; `null` if it does not say.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The id of the provider, or its address if this server does not know it any more.
    pub provider: String,
    /// When the account was made, in Unix milliseconds.
    pub since_ms: f64,
}

/// Somebody by whom one can log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyProvider {
    /// Its name in addresses: `/login/{id}`.
    pub id: String,
    /// What people read on the button.
    pub name: String,
}

/// All that the server keeps of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MyData {
    /// The account; `null` for a guest.
    #[schema(required = true)]
    pub account: Option<MyAccount>,
    /// How providers know the person.
    pub logins: Vec<MyLogin>,
    /// The concerts that the person likes.
    pub likes: Vec<ConcertCard>,
    /// All bookings, cancelled ones among them.
    pub bookings: Vec<ShowBooking>,
    /// All changes of the points, the newest first.
    pub points: Vec<PointsEntry>,
    /// All races that the server keeps, the newest first. The report of each is at `/api/races/{id}/report`.
    pub races: Vec<RaceCard>,
    /// All exercises that the server keeps, the newest first.
    pub exercises: Vec<RaceCard>,
    /// The rooms that the person is in, and what they call the person.
    pub rooms: Vec<MyRoom>,
    /// The browsers at which the account is logged in, the one that was seen last first.
    pub sessions: Vec<MySession>,
    /// Whether the person may do what administrators may.
    pub is_administrator: bool,
}

/// A browser at which an account is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MySession {
    /// Since when, in Unix milliseconds.
    pub made_at_ms: f64,
    /// When the server noted last that it was there, in Unix milliseconds. It notes that once a day.
    pub seen_at_ms: f64,
}

/// The rooms that a person is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MyRooms {
    /// The one in which somebody did something last comes first.
    pub rooms: Vec<MyRoom>,
}

/// How a provider knows a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyLogin {
    /// The provider's address.
    pub issuer: String,
    /// The person's name there.
    pub subject: String,
}

/// A room that a person is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MyRoom {
    /// Its code.
    pub code: String,
    /// What it calls the person.
    pub name: String,
    /// What is played in it.
    pub title: Title,
    /// When somebody last did something in it, in Unix milliseconds.
    pub changed_ms: f64,
}
