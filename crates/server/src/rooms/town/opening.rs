//! Opening rooms: those of people, and those of open races.

use std::cmp::Reverse;

use protocol::{RoomKind, RoomSettings, RoomStage, RoomStart};

use super::Town;
use super::entry::Entry;
use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{OPEN_COUNTDOWN_S, OPEN_LISTED_RUNNING};
use crate::problem::ApiError;
use crate::rooms::code::RoomCode;
use crate::rooms::room::{Drawn, Room};
use crate::rooms::timetable::{OpenTurn, Slot};

/// A room that is to be opened.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    pub(crate) client: Client,
    /// The key of the request and a digest of all that it asks for. The key is random if the request had none.
    pub(crate) key: u64,
    pub(crate) content: u64,
    pub(crate) name: String,
    pub(crate) settings: RoomSettings,
    pub(crate) drawn: Drawn,
}

/// What a list tells of the room of an open race.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenRoom {
    pub(crate) code: RoomCode,
    pub(crate) scenario: Option<String>,
    pub(crate) style: Option<String>,
    pub(crate) stage: RoomStage,
    /// How many people have entered.
    pub(crate) entered: u32,
    pub(crate) starts_at: UnixTime,
    pub(crate) opens_at: UnixTime,
}

impl Town {
    /// The room that the same request opened before; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`ApiError::KeyReused`] if another request had the key.
    pub(crate) fn opened_before(
        &self,
        now: UnixTime,
        guest: GuestId,
        key: u64,
        content: u64,
    ) -> Result<Option<protocol::Room>, ApiError> {
        match self.opened.get(&(guest, key)) {
            None => Ok(None),
            Some((code, before)) if *before == content => self.show(now, *code, guest).map(Some),
            Some(_) => Err(ApiError::KeyReused),
        }
    }

    /// Opens a room. Its host is in at once. Rule A64.
    pub(crate) fn open(
        &mut self,
        now: UnixTime,
        opening: Opening,
    ) -> Result<protocol::Room, ApiError> {
        let Opening { client, key, content, name, settings, drawn } = opening;
        let guest = client.guest;
        if let Some(view) = self.opened_before(now, guest, key, content)? {
            return Ok(view);
        }
        // Checked before anything changes.
        crate::rooms::name_of(&name).map_err(|_| ApiError::NameInvalid)?;
        self.make_way(now, client)?;
        let code = RoomCode::random();
        let room = Room::new(now, code, RoomKind::Room, settings, drawn);
        let mut entry = Entry::new(room, Some((guest, key, content)));
        entry.opened_from = Some(client.network);
        self.put(now, entry);
        let joined = self.join(now, code, client, &name);
        if joined.is_err() {
            self.take(code);
            self.touched.remove(&code);
        }
        joined
    }

    /// Lets a guest into an open race. `slot` is set if nobody may have entered yet; then the first one makes the room.
    /// Rule A73.
    pub(crate) fn enter(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        client: Client,
        slot: Option<(Slot, OpenTurn, Drawn)>,
    ) -> Result<protocol::Room, ApiError> {
        let ends_at = self.rooms.get(&code).map(|entry| entry.room.expires_at());
        if ends_at.is_some_and(|at| at <= now) {
            // It may be due, and the keeper has not come to it. Rule A105.
            self.end(code);
        }
        let kind = self.rooms.get(&code).map(|entry| entry.room.kind);
        match (kind, slot) {
            (Some(RoomKind::Open), _) => {}
            (None, Some((slot, turn, drawn))) => {
                self.make_way_for_open_race(now)?;
                let room = Room::new(now, code, RoomKind::Open, settings_of(slot, turn), drawn);
                self.put(now, Entry::new(room, None));
            }
            (Some(RoomKind::Room) | None, _) => return Err(ApiError::NoSuchRoom),
        }
        self.let_in(now, code, client, |room| room.enter(now, client.guest))
    }

    /// Those of the open races of these codes that somebody has entered.
    pub(crate) fn open_races(&self, now: UnixTime, codes: &[RoomCode]) -> Vec<OpenRoom> {
        let entries = codes.iter().filter_map(|code| self.rooms.get(code));
        entries.filter_map(|entry| OpenRoom::of(now, &entry.room)).collect()
    }

    /// The open races whose sale is open, the latest first. A list has at most [`OPEN_LISTED_RUNNING`].
    pub(crate) fn running_open_races(&self, now: UnixTime) -> Vec<OpenRoom> {
        let entries = self.open.iter().filter_map(|code| self.rooms.get(code));
        let running = entries.filter(|entry| entry.room.stage(now) == RoomStage::Running);
        let mut running: Vec<_> = running.collect();
        running.sort_unstable_by_key(|entry| {
            Reverse(entry.room.round.as_ref().map(|round| round.opens_at))
        });
        running.truncate(OPEN_LISTED_RUNNING);
        running.into_iter().filter_map(|entry| OpenRoom::of(now, &entry.room)).collect()
    }
}

impl OpenRoom {
    fn of(now: UnixTime, room: &Room) -> Option<Self> {
        let stage = room.stage(now);
        let opens_at = match (&room.round, room.settings.start) {
            (Some(round), _) => round.opens_at,
            (None, RoomStart::At { at_ms }) => UnixTime::from_millis(at_ms),
            (None, RoomStart::Button) => return None,
        };
        let starts_at = room.round.as_ref().map(|round| round.starts_at);
        Some(Self {
            code: room.code,
            scenario: room.settings.scenario.clone(),
            style: room.settings.style.clone(),
            stage,
            entered: u32::try_from(room.members.len()).unwrap_or(u32::MAX),
            starts_at: starts_at.unwrap_or_else(|| opens_at.before(room.countdown())),
            opens_at,
        })
    }
}

fn settings_of(slot: Slot, OpenTurn { scenario, style }: OpenTurn) -> RoomSettings {
    RoomSettings {
        scenario: Some(scenario),
        plan: None,
        demand: None,
        style,
        rivals: None,
        start: RoomStart::At { at_ms: slot.opens_at.as_millis() },
        countdown_s: OPEN_COUNTDOWN_S,
    }
}
