//! Rooms: people who meet by a link to be in one sale together, and open races, which everybody may enter.
//!
//! Times ending in `_at_ms` are Unix time in milliseconds by the server's clock.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::title::Title;

/// The shortest time from the start of a room's race to its opening, in seconds.
pub const COUNTDOWN_S_MIN: u16 = 10;
/// The longest time from the start of a room's race to its opening, in seconds.
pub const COUNTDOWN_S_MAX: u16 = 600;

/// How a room's race is played and when it starts. A scenario is named, or a plan, a demand tier and a style. Nobody
/// chooses the seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomSettings {
    /// The name of a scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The name of a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The name of a demand tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand: Option<String>,
    /// The name of a style. Beside a scenario it replaces the scenario's style.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Rivals in all, instead of the scenario's or the tier's. People come on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rivals: Option<u32>,
    /// What starts the race.
    pub start: RoomStart,
    /// Seconds from the start of the race to its opening, 10 to 600.
    #[serde(default = "usual_countdown")]
    pub countdown_s: u16,
}

/// What starts a room's race.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RoomStart {
    /// The host's button.
    Button,
    /// The clock: the sale opens at this moment, and the race starts `countdown_s` before it.
    At {
        /// The moment of the opening, in the next 24 hours.
        at_ms: u64,
    },
}

fn usual_countdown() -> u16 {
    30
}

/// A room to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoom {
    /// How the race is played and when it starts.
    pub settings: RoomSettings,
    /// The name under which the host is seen: 1 to 20 characters.
    pub name: String,
}

/// The name under which somebody joins a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomName {
    /// 1 to 20 characters that can be seen. A name that is in the room already gets a number: `Mina 2`.
    pub name: String,
}

/// Whether somebody is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomReady {
    /// Whether the member is ready.
    pub ready: bool,
}

/// Whether a room lets people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomDoor {
    /// What the door is to be.
    pub door: Door,
}

/// Whether a member's report is shown to the other members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportShare {
    /// Whether it is shown.
    pub shared: bool,
}

/// Whether a room lets people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Whoever has the link comes in. Opening a closed door forgives everybody whom the host removed.
    Open,
    /// Nobody comes in. Members stay.
    Closed,
}

/// What kind of room it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoomKind {
    /// People who meet by a link. One of them is host.
    Room,
    /// An open race: everybody may enter, nobody is host, and the server gives the names.
    Open,
}

/// How far a room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoomStage {
    /// People meet; there is no race yet.
    Lobby,
    /// The race has begun and the sale is not open.
    Counting,
    /// The sale is open.
    Running,
    /// The race is over for everybody.
    Over,
}

/// How far a member is with the room's present race.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RunStand {
    /// The member has not entered the sale.
    #[default]
    Away,
    /// The member is in the queue or inside.
    In,
    /// The member's run is over.
    Over,
}

/// A room as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Room {
    /// The viewer's own number; `null` for somebody who is no member.
    #[schema(required = true)]
    pub you: Option<u32>,
    /// The viewer's own name; `null` for somebody who is no member.
    #[schema(required = true)]
    pub your_name: Option<String>,
    /// Sixteen letters of lower-case base32.
    pub code: String,
    /// What kind of room it is.
    pub kind: RoomKind,
    /// How its race is played and when it starts.
    pub settings: RoomSettings,
    /// What the race is called on screen.
    pub title: Title,
    /// The host's number; `null` in an open race and in a room that everybody left.
    #[schema(required = true)]
    pub host: Option<u32>,
    /// Whether the room lets people in.
    pub door: Door,
    /// How far the room is.
    pub stage: RoomStage,
    /// The id of the present race; `null` before the first one, and in the lobby.
    #[schema(required = true)]
    pub race: Option<String>,
    /// How many races the room had before the present or next one.
    pub rematch: u32,
    /// When race time begins or began; `null` if nobody knows yet.
    #[schema(required = true)]
    pub starts_at_ms: Option<f64>,
    /// When the sale opens; `null` if nobody knows yet.
    #[schema(required = true)]
    pub opens_at_ms: Option<f64>,
    /// The members, those first who have been here longest. A large room tells only some of them.
    pub members: Vec<RoomMember>,
    /// Members in all.
    pub member_count: u32,
    /// How many members the room may have.
    pub members_max: u32,
    /// When the room ends if nothing changes in it.
    pub expires_at_ms: f64,
    /// The commitment to the seed and the secret of the present race, in lower-case hex; `null` without a race.
    #[schema(required = true)]
    pub commitment: Option<String>,
    /// Grows with each change.
    pub revision: u32,
}

/// Somebody in a room. The name is text of that person's choice: show it as text and never as markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that are independent of each other")]
pub struct RoomMember {
    /// The number of the member, from 1 in the order in which people came. It stays the same.
    pub number: u32,
    /// The name, different from all others in the room.
    pub name: String,
    /// Whether the member said to be ready.
    pub ready: bool,
    /// Whether the member is host.
    pub host: bool,
    /// Whether the member has a live connection.
    pub here: bool,
    /// Whether the member looks at the watching screen.
    pub watching: bool,
    /// How far the member is with the present race.
    pub run: RunStand,
}

/// A message of a room's live connection. A slow reader gets only the newest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromRoom {
    /// The room: first of all, and again when something in it changed.
    Room {
        /// As this viewer sees it.
        room: Box<Room>,
    },
    /// The answer to a ping.
    Pong {
        /// The server's time, in Unix milliseconds.
        now_ms: f64,
        /// What the ping carried.
        #[schema(value_type = Object)]
        echo: Value,
    },
}

/// The open races.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenRaces {
    /// Those that open next, the earliest first. Empty on a server without a timetable.
    pub next: Vec<OpenRace>,
    /// Those that are open and have somebody in them, the latest first.
    pub running: Vec<OpenRace>,
    /// The server's time, in Unix milliseconds.
    pub now_ms: f64,
}

/// One race of the timetable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenRace {
    /// Its room: `GET /api/rooms/{code}`. The room exists once somebody has entered.
    pub code: String,
    /// What it is called on screen.
    pub title: Title,
    /// When race time begins.
    pub starts_at_ms: f64,
    /// When the sale opens.
    pub opens_at_ms: f64,
    /// From when people may enter, in Unix milliseconds.
    pub enter_from_ms: f64,
    /// The scenario's name.
    pub scenario: String,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
    /// How many people have entered.
    pub entered: u32,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// How far it is.
    pub stage: RoomStage,
}

/// Asks for a code with which another browser on the same device becomes the same guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverOffer {
    /// The page that the other browser opens: a path of this site, at most 200 characters.
    pub to: String,
}

/// A code for another browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverCode {
    /// Eight digits. Good for one use.
    pub code: String,
    /// For how many seconds it is good.
    pub good_for_s: u32,
}

/// The code that another browser showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverClaim {
    /// Eight digits.
    pub code: String,
}

/// Where the browser goes on as the guest of the other one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandoverTo {
    /// A path of this site.
    pub to: String,
}
