//! How a room is kept: one row for the room, one for each member.

use std::collections::{HashMap, HashSet};
use std::iter::repeat;

use protocol::{Door, RoomKind, RoomSettings, Title};
use serde::{Deserialize, Serialize};

use super::code::RoomCode;
use super::name::key_of;
use super::room::{Drawn, Member, PastRace, REVISIONS_PER_START, Room, Round};
use crate::clock::UnixTime;
use crate::ids::{GuestId, NotAnId, RaceId};

/// The row of a room. It is written as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoomRow {
    kind: RoomKind,
    settings: RoomSettings,
    title: Title,
    door: Door,
    host: Option<u32>,
    barred: Vec<String>,
    /// Guests who left, with their names.
    left: Vec<(String, String)>,
    /// Races and guests who share the report of them.
    sharers: Vec<(String, String)>,
    next_number: u32,
    round: Option<RoundRow>,
    past: Vec<String>,
    /// For each of the past races, the number of the first member who came after it. Files of the first days have none.
    #[serde(default)]
    past_numbers: Vec<u32>,
    #[serde(default)]
    rematches: u32,
    keys: Vec<(u64, u64)>,
    changed_at_ns: u64,
    revision: u32,
    /// The guest, the request key and the content of the request that opened the room.
    opened_by: Option<(String, u64, u64)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundRow {
    race: String,
    starts_at_ns: u64,
    opens_at_ns: u64,
    ends_at_ns: u64,
    commitment: Option<String>,
    is_over: bool,
}

/// The row of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MemberRow {
    pub(super) number: u32,
    pub(super) guest: GuestId,
    pub(super) name: String,
    pub(super) is_ready: bool,
}

/// The guest, the request key and the content of the request that opened a room.
pub(super) type OpenedBy = (GuestId, u64, u64);

/// A text that should be an id is none.
type Unreadable = Box<dyn std::error::Error + Send + Sync>;

impl RoomRow {
    pub(super) fn of(room: &Room, opened_by: Option<OpenedBy>) -> Self {
        Self {
            kind: room.kind,
            settings: room.settings.clone(),
            title: room.drawn.title.clone(),
            door: room.door,
            host: room.host,
            barred: room.barred.iter().map(ToString::to_string).collect(),
            left: texts(room.left.iter().map(|(guest, name)| (guest, name))),
            sharers: texts(room.sharers.iter().map(|(race, guest)| (race, guest))),
            next_number: room.next_number,
            round: room.round.as_ref().map(|round| RoundRow {
                race: round.race.to_string(),
                starts_at_ns: round.starts_at.as_nanos(),
                opens_at_ns: round.opens_at.before(round.delays.opening).as_nanos(),
                ends_at_ns: round.ends_at.before(round.delays.end).as_nanos(),
                commitment: round.commitment.clone(),
                is_over: round.is_over,
            }),
            past: room.past.iter().map(|past| past.race.to_string()).collect(),
            past_numbers: room.past.iter().map(|past| past.next_number).collect(),
            rematches: room.rematches,
            keys: room.keys.iter().copied().collect(),
            changed_at_ns: room.changed_at.as_nanos(),
            revision: room.revision,
            opened_by: opened_by.map(|(guest, key, content)| (guest.to_string(), key, content)),
        }
    }

    /// The room of this row and of the rows of its members, as it is after a restart: nobody has a live connection.
    pub(super) fn room(
        self,
        now: UnixTime,
        code: RoomCode,
        members: Vec<MemberRow>,
    ) -> Result<(Room, Option<OpenedBy>), Unreadable> {
        let drawn = Drawn { title: self.title };
        let mut room = Room::new(now, code, self.kind, self.settings, drawn);
        room.door = self.door;
        room.host = self.host;
        room.host_absent_since = self.host.map(|_| now);
        let barred = self.barred.iter().map(|guest| guest.parse());
        room.barred = barred.collect::<Result<_, _>>()?;
        let left = self.left.into_iter().map(|(guest, name)| Ok((guest.parse()?, name)));
        room.left = left.collect::<Result<_, NotAnId>>()?;
        let sharers = self.sharers.iter().map(|(race, guest)| Ok((race.parse()?, guest.parse()?)));
        room.sharers = sharers.collect::<Result<_, NotAnId>>()?;
        room.next_number = self.next_number;
        room.round = self.round.map(RoundRow::round).transpose()?;
        let numbers = self.past_numbers.into_iter().chain(repeat(self.next_number));
        let past =
            self.past.iter().zip(numbers).map(|(race, next_number)| {
                Ok(PastRace { race: race.parse::<RaceId>()?, next_number })
            });
        room.past = past.collect::<Result<_, NotAnId>>()?;
        let known = u32::try_from(room.past.len()).unwrap_or(u32::MAX);
        room.rematches = self.rematches.max(known);
        room.keys = self.keys.into();
        room.changed_at = UnixTime::from_nanos(self.changed_at_ns);
        room.revision = self.revision.saturating_add(REVISIONS_PER_START);
        room.numbers = members.iter().map(|row| (row.guest, row.number)).collect::<HashMap<_, _>>();
        room.names = members.iter().map(|row| key_of(&row.name)).collect::<HashSet<_>>();
        let member = |row: MemberRow| {
            (row.number, Member { is_ready: row.is_ready, ..Member::new(row.guest, row.name) })
        };
        room.members = members.into_iter().map(member).collect();
        room.changes = super::room::Changes::default();
        let opened_by = match self.opened_by {
            Some((guest, key, content)) => Some((guest.parse()?, key, content)),
            None => None,
        };
        Ok((room, opened_by))
    }
}

fn texts<'a, A: ToString + 'a, B: ToString + 'a>(
    pairs: impl Iterator<Item = (&'a A, &'a B)>,
) -> Vec<(String, String)> {
    pairs.map(|(one, other)| (one.to_string(), other.to_string())).collect()
}

impl RoundRow {
    fn round(self) -> Result<Round, Unreadable> {
        let at = UnixTime::from_nanos;
        let (starts_at, opens_at) = (at(self.starts_at_ns), at(self.opens_at_ns));
        let round = Round::new(self.race.parse()?, starts_at, opens_at, at(self.ends_at_ns));
        Ok(Round { commitment: self.commitment, is_over: self.is_over, ..round })
    }
}

impl MemberRow {
    pub(super) fn of(number: u32, member: &Member) -> Self {
        let Member { guest, name, is_ready, .. } = member;
        Self { number, guest: *guest, name: name.clone(), is_ready: *is_ready }
    }
}
