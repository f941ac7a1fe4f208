//! A live connection as its race sees it: what it was told, and which message is due next.
//!
//! A due message is a flag and never waits in a queue. So a slow reader gets the newest state and a
//! snapshot once it has caught up, and nothing in between.

use alloc::vec::Vec;

use crowd::Dist;
use protocol::FromServer;
use sale::random::{Seed, Stream};
use sale::{Moment, Span, Standing};

use crate::feed::Cursor;
use crate::names::MemberId;
use crate::practice::Practice;
use crate::wire::{counts, frame_millis, millis};

/// The purpose of the draws for the times between two frames.
const MAP: u64 = 0x6d61_7021;

/// The time between two messages of counts. Rule F1 gives it.
const COUNTS_EVERY: Span = Span::SECOND;
/// The time between two messages of counts near the opening, when the counts change fast. Rule F1.
const COUNTS_EVERY_NEAR: Span = Span::from_millis(250);
/// The time before and after the opening that counts as near it. Chosen.
const NEAR: Span = Span::from_millis(5000);

/// One live connection of a member.
#[derive(Debug)]
pub struct Viewer {
    member: MemberId,
    /// The version of the state that the viewer was told last; `None` if the state is due in any
    /// case.
    told: Option<u64>,
    counts_at: Moment,
    map: Map,
    cursor: Cursor,
    draws: Stream,
    draw_count: u64,
}

/// Whether a connection takes another message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It has room for another message.
    Ready,
    /// The most messages that may wait for it are waiting.
    Slow,
}

/// What the viewer is sent of the seat map next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Map {
    /// Nothing: the member may not see the map.
    Hidden,
    /// A snapshot is due as soon as the reader has room.
    SnapshotDue,
    /// The next frame is due at this moment.
    NextAt(Moment),
}

impl Viewer {
    /// A connection that was told nothing so far. `seed` is the race's, and `number` counts the
    /// race's connections: together they decide when the map refreshes.
    pub fn new(member: MemberId, seed: impl Into<Seed>, number: u64) -> Self {
        let draws = Stream::of(seed.into(), MAP, number);
        let (counts_at, map, cursor) = (Moment::START, Map::Hidden, Cursor::default());
        Self { member, told: None, counts_at, map, cursor, draws, draw_count: 0 }
    }

    /// The member whose connection it is.
    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Makes the state due again, and a snapshot if the member sees the map.
    pub fn resync(&mut self) {
        self.told = None;
        if self.map != Map::Hidden {
            self.map = Map::SnapshotDue;
        }
    }

    /// Whether the state is due, because it may have changed since the viewer was told (rule F1).
    pub fn is_state_due(&self, practice: &Practice) -> bool {
        self.told != Some(practice.version_for(self.member))
    }

    /// Notes that the shell sent the current state.
    pub fn note_state_told(&mut self, practice: &Practice) {
        self.told = Some(practice.version_for(self.member));
    }

    /// The message of counts, if it is due at `now`.
    pub fn poll_counts(&mut self, now: Moment, practice: &Practice) -> Option<FromServer> {
        if now < self.counts_at {
            return None;
        }
        let sale = practice.sale();
        let opened_at = practice.race().tally().opened_at();
        let distance = opened_at.since(now).max(now.since(opened_at));
        self.counts_at = now + if distance <= NEAR { COUNTS_EVERY_NEAR } else { COUNTS_EVERY };
        let (position, behind) = match practice.standing(self.member) {
            Standing::Waiting { position, .. } => {
                (Some(position), Some(sale.waiting_count().saturating_sub(position)))
            }
            Standing::Away { .. } | Standing::Pooled | Standing::Inside { .. } => (None, None),
        };
        let protocol::Counts { given, served, waiting, inside, free, sold } = counts(sale);
        let now_ms = millis(now);
        Some(FromServer::Counts {
            now_ms,
            given,
            served,
            waiting,
            inside,
            free,
            sold,
            position,
            behind,
            returns_at_ms: practice.returns_at().map(millis),
        })
    }

    /// The bytes of the next seat frame, if the member may see the map and a frame is due (rule
    /// F2). `every` is the style's distribution of the seconds between two frames; a time below 250
    /// ms counts as 250 ms. A slow reader gets no frame now and a snapshot when it is ready.
    pub fn poll_seats(
        &mut self,
        now: Moment,
        practice: &Practice,
        every: &Dist,
        reader: Reader,
    ) -> Option<Vec<u8>> {
        if !practice.may_see_map(self.member) {
            self.map = Map::Hidden;
            return None;
        }
        if matches!(self.map, Map::NextAt(at) if now < at) {
            return None;
        }
        if reader == Reader::Slow {
            self.map = Map::SnapshotDue;
            return None;
        }
        let (feed, at_ms) = (practice.feed(), frame_millis(now));
        let bytes = match self.map {
            Map::NextAt(_) => feed.next(&mut self.cursor, at_ms),
            Map::Hidden | Map::SnapshotDue => feed.snapshot(&mut self.cursor, at_ms),
        };
        self.map = Map::NextAt(now + self.draw(every));
        Some(bytes)
    }

    /// When counts or a frame are due next, if nothing happens before.
    pub fn due_at(&self) -> Moment {
        match self.map {
            Map::Hidden | Map::SnapshotDue => self.counts_at,
            Map::NextAt(at) => at.min(self.counts_at),
        }
    }

    fn draw(&mut self, every: &Dist) -> Span {
        self.draw_count += 1;
        // Strictly between 0 and 1, where every distribution has a value.
        let share = self.draws.unit(self.draw_count).clamp(1e-9, 1.0 - 1e-9);
        Span::from_secs_f64(every.quantile(share)).max(COUNTS_EVERY_NEAR)
    }
}
