//! How a room is told. Guests never are: a name and a number are all that others learn of somebody.

use protocol::{MyRoom, RoomKind, RoomMember, RoomStart};

use super::{Member, Room};
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{OPEN_LISTED_MAX, OPEN_MEMBERS_MAX, ROOM_MEMBERS_MAX};

impl Room {
    /// The room as somebody sees it who is no member.
    pub(crate) fn view(&self, now: UnixTime) -> protocol::Room {
        let round = self.round.as_ref();
        let by_clock = match self.settings.start {
            RoomStart::At { at_ms } => Some(UnixTime::from_millis(at_ms)),
            RoomStart::Button => None,
        };
        let opens_at = round.map(|round| round.opens_at).or(by_clock);
        let starts_at = round
            .map(|round| round.starts_at)
            .or_else(|| by_clock.map(|at| at.before(self.countdown())));
        let listed = match self.kind {
            RoomKind::Room => self.members.len(),
            RoomKind::Open => OPEN_LISTED_MAX,
        };
        let members = self.members.iter().take(listed);
        protocol::Room {
            you: None,
            your_name: None,
            code: self.code.to_string(),
            kind: self.kind,
            settings: self.settings.clone(),
            title: self.drawn.title.clone(),
            host: self.host,
            door: self.door,
            stage: self.stage(now),
            race: round.map(|round| round.race.to_string()),
            rematch: self.rematches,
            starts_at_ms: starts_at.map(UnixTime::as_millis_f64),
            opens_at_ms: opens_at.map(UnixTime::as_millis_f64),
            members: members.map(|(&number, member)| self.card(number, member)).collect(),
            member_count: u32::try_from(self.members.len()).unwrap_or(u32::MAX),
            members_max: self.members_max(),
            expires_at_ms: self.expires_at().as_millis_f64(),
            commitment: round.and_then(|round| round.commitment.clone()),
            revision: self.revision,
        }
    }

    /// The room as a guest sees it.
    pub(crate) fn view_of(&self, now: UnixTime, guest: GuestId) -> protocol::Room {
        let your_name = self.name_of(guest).map(str::to_owned);
        protocol::Room { you: self.number_of(guest), your_name, ..self.view(now) }
    }

    /// The room in the list of a member; `None` for whoever is not in it.
    pub(crate) fn card_of(&self, guest: GuestId) -> Option<MyRoom> {
        Some(MyRoom {
            code: self.code.to_string(),
            name: self.name_of(guest)?.to_owned(),
            title: self.drawn.title.clone(),
            changed_ms: self.changed_at.as_millis_f64(),
        })
    }

    /// How many members the room may have.
    pub(crate) fn members_max(&self) -> u32 {
        match self.kind {
            RoomKind::Room => ROOM_MEMBERS_MAX,
            RoomKind::Open => OPEN_MEMBERS_MAX,
        }
    }

    fn card(&self, number: u32, member: &Member) -> RoomMember {
        RoomMember {
            number,
            name: member.name.clone(),
            ready: member.is_ready,
            host: self.host == Some(number),
            here: member.connections > 0,
            watching: member.watching > 0,
            run: member.run,
        }
    }
}
