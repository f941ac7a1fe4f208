//! A live connection as its race sees it: what it was told, and what it is due.
//!
//! What is due is a flag, never a queue: a slow reader gets a snapshot and the newest state when it has
//! caught up.

use crowd::Dist;
use protocol::{Cursor, FromServer};
use sale::random::Stream;
use sale::{Moment, Span, Standing};
use tokio::sync::mpsc;

use super::ask::{Outgoing, ViewerId};
use crate::play::Play;
use crate::to_protocol::{counts, frame_millis, millis};

/// The purpose of drawing when a map refreshes.
const MAP: u64 = 0x6d61_7021;

/// Between two messages of counts.
const COUNTS_EVERY: Span = Span::SECOND;
/// The same around the opening, when a second is an age.
const COUNTS_EVERY_NEAR: Span = Span::from_millis(250);
/// How near that is.
const NEAR: Span = Span::from_millis(5000);

/// One live connection.
#[derive(Debug)]
pub(crate) struct Viewer {
    pub(crate) id: ViewerId,
    tx: mpsc::Sender<Outgoing>,
    /// The version of the race told last; 0 for none.
    told: u64,
    counts_at: Moment,
    map: Map,
    cursor: Cursor,
    draws: Stream,
    drawn: u64,
}

/// Where a viewer is with the seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Map {
    /// Nothing may be seen.
    Hidden,
    /// A snapshot is due, as soon as there is room.
    SnapshotDue,
    /// The next frame is due at this moment.
    NextAt(Moment),
}

impl Viewer {
    pub(crate) fn new(id: ViewerId, tx: mpsc::Sender<Outgoing>, seed: u64) -> Self {
        let draws = Stream::new(seed, MAP, id.0);
        let (counts_at, map, cursor) = (Moment::START, Map::Hidden, Cursor::default());
        Self { id, tx, told: 0, counts_at, map, cursor, draws, drawn: 0 }
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.tx.is_closed()
    }

    /// Race and snapshot once more.
    pub(crate) fn resync(&mut self) {
        self.told = 0;
        if self.map != Map::Hidden {
            self.map = Map::SnapshotDue;
        }
    }

    pub(crate) fn say(&self, message: &FromServer) -> bool {
        let text = serde_json::to_string(message).expect("a message becomes JSON");
        self.tx.try_send(Outgoing::Text(text)).is_ok()
    }

    /// Tells where the person stands, if that changed.
    pub(crate) fn tell_race(&mut self, version: u64, race: impl FnOnce() -> protocol::Race) {
        if self.told != version && self.tx.capacity() > 0 {
            let is_told = self.say(&FromServer::Race(Box::new(race())));
            self.told = if is_told { version } else { 0 };
        }
    }

    /// Tells the numbers, if they are due.
    pub(crate) fn tell_counts(&mut self, now: Moment, play: &Play) {
        if now < self.counts_at {
            return;
        }
        let sale = play.sale();
        let opens_at = sale.rules().opens_at;
        let distance = opens_at.since(now).max(now.since(opens_at));
        self.counts_at = now + if distance <= NEAR { COUNTS_EVERY_NEAR } else { COUNTS_EVERY };
        let (position, behind) = match play.standing() {
            Standing::Waiting { position, .. } => {
                (Some(position), Some(sale.waiting_count().saturating_sub(position)))
            }
            Standing::Away { .. } | Standing::Pooled | Standing::Inside { .. } => (None, None),
        };
        let protocol::Counts { given, served, waiting, inside, free, sold } = counts(sale);
        let now_ms = millis(now);
        self.say(&FromServer::Counts {
            now_ms,
            given,
            served,
            waiting,
            inside,
            free,
            sold,
            position,
            behind,
        });
    }

    /// Shows the seats, if the style's map refreshes by itself and a refresh is due (rule F2).
    pub(crate) fn show_seats(&mut self, now: Moment, play: &Play, every: &Dist) {
        if !play.may_see_map() {
            self.map = Map::Hidden;
            return;
        }
        let at_ms = frame_millis(now);
        let bytes = match self.map {
            Map::NextAt(at) if now < at => return,
            Map::NextAt(_) if self.tx.capacity() > 0 => play.feed().next(&mut self.cursor, at_ms),
            Map::Hidden | Map::SnapshotDue if self.tx.capacity() > 0 => {
                play.feed().snapshot(&mut self.cursor, at_ms)
            }
            Map::Hidden | Map::SnapshotDue | Map::NextAt(_) => {
                self.map = Map::SnapshotDue;
                return;
            }
        };
        let is_sent = self.tx.try_send(Outgoing::Seats(bytes)).is_ok();
        self.map = if is_sent { Map::NextAt(now + self.draw(every)) } else { Map::SnapshotDue };
    }

    /// When something is due again, if nothing happens.
    pub(crate) fn due_at(&self) -> Moment {
        match self.map {
            Map::Hidden | Map::SnapshotDue => self.counts_at,
            Map::NextAt(at) => at.min(self.counts_at),
        }
    }

    fn draw(&mut self, every: &Dist) -> Span {
        self.drawn += 1;
        // Strictly between 0 and 1, where every distribution has a value.
        let share = self.draws.unit(self.drawn).clamp(1e-9, 1.0 - 1e-9);
        Span::from_secs_f64(every.quantile(share)).max(COUNTS_EVERY_NEAR)
    }
}

#[cfg(test)]
mod tests;
