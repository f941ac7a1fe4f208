//! Makes way for one more room or member: what nobody needs ends, and only if everything is needed the newcomer is
//! refused. Rule A85.

use protocol::RoomKind;

use super::Town;
use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{OPEN_MEMBERS_PER_NETWORK_MAX, ROOMS_PER_GUEST_MAX};
use crate::problem::ApiError;
use crate::rooms::code::RoomCode;
use crate::rooms::shares::{Full, Idle};

/// After how many milliseconds somebody may try again whose rooms all have people in them.
const RETRY_MS: u64 = 60_000;

impl Town {
    /// Makes way for one more room of a guest.
    ///
    /// # Errors
    ///
    /// [`ApiError::TooManyRequests`] if the guest or the network has too many rooms that somebody needs,
    /// [`ApiError::ServerFull`] if all have.
    pub(super) fn make_way(&mut self, now: UnixTime, client: Client) -> Result<(), ApiError> {
        let Client { guest, network, .. } = client;
        let own = self.opened_by(guest);
        if own.len() >= ROOMS_PER_GUEST_MAX {
            let idlest = self.idlest_of(now, own.into_iter());
            let (code, _) = idlest.ok_or(ApiError::TooManyRequests { retry_after_ms: RETRY_MS })?;
            self.end(code);
        }
        while let Some(full) = self.shares.full_of_rooms(RoomKind::Room, Some(network)) {
            if !self.end_idlest(now, RoomKind::Room, full, None) {
                return Err(match full {
                    Full::Of(_) => ApiError::TooManyRequests { retry_after_ms: RETRY_MS },
                    Full::All => ApiError::ServerFull,
                });
            }
        }
        Ok(())
    }

    /// Makes way for the room of an open race.
    ///
    /// # Errors
    ///
    /// [`ApiError::ServerFull`] if too many are under way.
    pub(super) fn make_way_for_open_race(&mut self, now: UnixTime) -> Result<(), ApiError> {
        while let Some(full) = self.shares.full_of_rooms(RoomKind::Open, None) {
            if !self.end_idlest(now, RoomKind::Open, full, None) {
                return Err(ApiError::ServerFull);
            }
        }
        Ok(())
    }

    /// Makes way for one more member of a room.
    ///
    /// # Errors
    ///
    /// [`ApiError::RoomFull`] if the network has its share of an open race, [`ApiError::ServerFull`] if it or all
    /// networks have too many members in rooms that somebody needs.
    pub(super) fn make_way_for_member(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        network: Network,
    ) -> Result<(), ApiError> {
        let entry = self.entry(code)?;
        let kind = entry.room.kind;
        let own = entry.origins.count(network);
        if kind == RoomKind::Open && own >= OPEN_MEMBERS_PER_NETWORK_MAX {
            return Err(ApiError::RoomFull);
        }
        while let Some(full) = self.shares.full_of_members(kind, network) {
            // The rooms that a network opened are people's: ending one gives no place in an open race.
            let is_in_vain = kind == RoomKind::Open && matches!(full, Full::Of(_));
            if is_in_vain || !self.end_idlest(now, kind, full, Some(code)) {
                return Err(ApiError::ServerFull);
            }
        }
        Ok(())
    }

    /// Ends the room that is needed least, of those whose places are wanted. Returns false if all are needed. For a new
    /// member of the room `spared`, only a room with members of the same network has a place to give.
    fn end_idlest(
        &mut self,
        now: UnixTime,
        kind: RoomKind,
        full: Full,
        spared: Option<RoomCode>,
    ) -> bool {
        let found = match full {
            Full::Of(network) => {
                let own: Vec<RoomCode> = self.shares.opened_from(network).collect();
                let has_place = |code: &RoomCode| {
                    let entry = self.rooms.get(code);
                    spared.is_none() || entry.is_some_and(|entry| entry.origins.count(network) > 0)
                };
                let own = own.into_iter().filter(|code| Some(*code) != spared && has_place(code));
                self.idlest_of(now, own).filter(|(_, idle)| idle.is_long(now))
            }
            Full::All => self.idlest_of_all(now, kind, spared),
        };
        let Some((code, _)) = found else { return false };
        self.end(code);
        true
    }

    fn idlest_of_all(
        &mut self,
        now: UnixTime,
        kind: RoomKind,
        spared: Option<RoomCode>,
    ) -> Option<(RoomCode, Idle)> {
        loop {
            let (code, noted) = self.shares.idlest(now, kind, spared)?;
            let idle = self.rooms.get(&code).and_then(|entry| entry.idle(now));
            if idle == Some(noted) {
                return Some((code, noted));
            }
            // An errand of the same batch came into it.
            self.shares.note_idle(kind, code, idle);
        }
    }

    /// The one of these rooms that is needed least; `None` if all are needed.
    fn idlest_of(
        &self,
        now: UnixTime,
        codes: impl Iterator<Item = RoomCode>,
    ) -> Option<(RoomCode, Idle)> {
        let idle = |code: RoomCode| Some((code, self.rooms.get(&code)?.idle(now)?));
        codes.filter_map(idle).min_by_key(|(_, idle)| *idle)
    }

    /// The rooms that a guest opened.
    fn opened_by(&self, guest: GuestId) -> Vec<RoomCode> {
        let own = self.opened.range((guest, u64::MIN)..=(guest, u64::MAX));
        own.map(|(_, (code, _))| *code).collect()
    }
}
