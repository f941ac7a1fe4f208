//! A live connection as its race sees it: what it was told, and what it is due.
//!
//! What is due is a flag, never a queue: a slow reader gets a snapshot and the newest state when it has
//! caught up.

use alloc::vec::Vec;

use crowd::Dist;
use protocol::FromServer;
use sale::random::Stream;
use sale::{Moment, Span, Standing};

use crate::feed::Cursor;
use crate::names::MemberId;
use crate::practice::Practice;
use crate::wire::{counts, frame_millis, millis};

/// The purpose of drawing when a map refreshes.
const MAP: u64 = 0x6d61_7021;

/// Between two messages of counts.
const COUNTS_EVERY: Span = Span::SECOND;
/// The same around the opening, when a second is an age.
const COUNTS_EVERY_NEAR: Span = Span::from_millis(250);
/// How near that is.
const NEAR: Span = Span::from_millis(5000);

/// One live connection of a member.
#[derive(Debug)]
pub struct Viewer {
    member: MemberId,
    /// The version of the state told last; `None` if it is to be told in any case.
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
    /// It has room for one.
    Ready,
    /// As many messages wait for it as may.
    Slow,
}

/// How far a viewer is with the seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Map {
    /// The member may not see them.
    Hidden,
    /// A snapshot is due as soon as the reader has room.
    SnapshotDue,
    /// The next frame is due at this moment.
    NextAt(Moment),
}

impl Viewer {
    /// The `number`-th connection of the race whose seed is `seed`, told nothing so far.
    pub fn new(member: MemberId, seed: u64, number: u64) -> Self {
        let draws = Stream::new(seed, MAP, number);
        let (counts_at, map, cursor) = (Moment::START, Map::Hidden, Cursor::default());
        Self { member, told: None, counts_at, map, cursor, draws, draw_count: 0 }
    }

    /// Whose connection it is.
    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Makes state and snapshot due once more.
    pub fn resync(&mut self) {
        self.told = None;
        if self.map != Map::Hidden {
            self.map = Map::SnapshotDue;
        }
    }

    /// Whether the state is due, because it may have changed since it was told (rule F1).
    pub fn is_state_due(&self, practice: &Practice) -> bool {
        self.told != Some(practice.version_for(self.member))
    }

    /// Notes that the state was told as it is.
    pub fn note_state_told(&mut self, practice: &Practice) {
        self.told = Some(practice.version_for(self.member));
    }

    /// The counts, if they are due.
    pub fn poll_counts(&mut self, now: Moment, practice: &Practice) -> Option<FromServer> {
        if now < self.counts_at {
            return None;
        }
        let sale = practice.sale();
        let opens_at = sale.rules().opens_at;
        let distance = opens_at.since(now).max(now.since(opens_at));
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
        })
    }

    /// The next frame of seats, if the member may see the map and a frame is due (rule F2). `every` says
    /// how long a map of the style stays as it is. A slow reader gets none, and a snapshot later.
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

    /// When something is due again, if nothing happens.
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
