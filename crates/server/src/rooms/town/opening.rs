//! Opening rooms: those of people, and those of open races.

use protocol::{RoomKind, RoomSettings, RoomStage, RoomStart};

use super::Town;
use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{OPEN_COUNTDOWN_S, ROOMS_MAX, ROOMS_PER_GUEST_MAX};
use crate::problem::ApiError;
use crate::rooms::code::RoomCode;
use crate::rooms::room::{Drawn, Room};
use crate::rooms::timetable::{OpenTurn, Slot};

/// After how many milliseconds a guest may try again who has too many rooms with people in them.
const RETRY_MS: u64 = 60_000;

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
        self.make_way(guest)?;
        let code = RoomCode::random();
        let room = Room::new(now, code, RoomKind::Room, settings, drawn);
        self.put(now, room, Some((guest, key, content)));
        let joined = self.join(now, code, client, &name);
        if joined.is_err() {
            self.take(code);
            self.touched.remove(&code);
        }
        joined
    }

    /// Makes way for one more room of a guest: the oldest in which nobody is ends.
    fn make_way(&mut self, guest: GuestId) -> Result<(), ApiError> {
        if self.rooms.len() >= ROOMS_MAX {
            return Err(ApiError::ServerFull);
        }
        let own = self.opened.iter().filter(|((opener, _), _)| *opener == guest);
        let own: Vec<RoomCode> = own.map(|(_, (code, _))| *code).collect();
        if own.len() < ROOMS_PER_GUEST_MAX {
            return Ok(());
        }
        let empty = own
            .into_iter()
            .filter(|code| self.rooms.get(code).is_some_and(|entry| entry.viewers.is_empty()));
        let oldest = empty.min_by_key(|code| self.rooms[code].room.changed_at);
        let oldest = oldest.ok_or(ApiError::TooManyRequests { retry_after_ms: RETRY_MS })?;
        self.end(oldest);
        Ok(())
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
        let kind = self.rooms.get(&code).map(|entry| entry.room.kind);
        match (kind, slot) {
            (Some(RoomKind::Open), _) => {}
            (None, Some((slot, turn, drawn))) => {
                if self.rooms.len() >= ROOMS_MAX {
                    return Err(ApiError::ServerFull);
                }
                let room = Room::new(now, code, RoomKind::Open, settings_of(slot, turn), drawn);
                self.put(now, room, None);
            }
            (Some(RoomKind::Room) | None, _) => return Err(ApiError::NoSuchRoom),
        }
        self.let_in(now, code, client, |room| room.enter(now, client.guest))
    }

    /// The open races that are under way, with how many people entered each.
    pub(crate) fn open_races(&self, now: UnixTime) -> Vec<protocol::Room> {
        let open = self.rooms.values().filter(|entry| entry.room.kind == RoomKind::Open);
        let mut views: Vec<_> = open.map(|entry| entry.room.view(now)).collect();
        views.retain(|room| room.stage != RoomStage::Over);
        views
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
