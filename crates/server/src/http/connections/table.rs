//! The table of connections: who has how many, what each waits for, and which one ends when there is no room.
//!
//! ```text
//!            a head came                 a protocol of its own began
//!  Waiting ──────────────▶ Answering ──────────────────────────────▶ Live
//!     ▲                        │
//!     └──── the answer is sent ┘
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::line::Line;
use crate::client::Network;
use crate::http::connection_limits::ConnectionLimits;
use crate::limits::SLOW_ENDED_AT_ONCE;

/// So many networks are looked at, the largest first, for a connection that gives way.
const NETWORKS_ASKED_MAX: usize = 16;

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The server waits for the head of a request.
    Waiting,
    /// A request is being read and answered.
    Answering,
    /// It speaks another protocol, which has limits of its own.
    Live,
}

/// How many connections of an owner there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Limited,
    /// A trusted proxy: its connections are those of many people.
    Whole,
}

/// The connections of one listener.
#[derive(Debug)]
pub(super) struct Table {
    rows: Mutex<Rows>,
    limits: ConnectionLimits,
    /// The value of the metrics' label `listener`.
    listener: &'static str,
}

#[derive(Debug, Default)]
struct Rows {
    by_id: HashMap<u64, Row>,
    owners: HashMap<Network, Owner>,
    /// The owners by the number of their connections.
    sizes: BTreeSet<(usize, Network)>,
    turns: u64,
}

#[derive(Debug)]
struct Row {
    line: Arc<Line>,
    owner: Network,
    stage: Stage,
    since: Instant,
    /// Grows with each change of a stage, so it orders connections by the time of their last change.
    turn: u64,
}

/// The connections of one network, by their turns: the smallest has been in its stage for the longest time.
#[derive(Debug)]
struct Owner {
    waiting: BTreeMap<u64, u64>,
    busy: BTreeMap<u64, u64>,
    share: Share,
}

impl Table {
    pub(super) fn new(limits: ConnectionLimits, listener: &'static str) -> Arc<Self> {
        Arc::new(Self { rows: Mutex::default(), limits, listener })
    }

    /// Takes a connection in, and ends another one if there is no room. `None` if no other one can give way.
    pub(super) fn admit(
        table: &Arc<Self>,
        now: Instant,
        line: Arc<Line>,
        ip: IpAddr,
        share: Share,
    ) -> Option<Place> {
        let owner = Network::of(ip);
        let mut rows = table.lock();
        let own = rows.owners.get(&owner).map_or(0, Owner::count);
        if share == Share::Limited && own >= table.limits.from_one_address {
            let oldest = rows.owners.get(&owner).and_then(Owner::longest_waiting);
            let Some(oldest) = oldest else {
                table.count("share");
                return None;
            };
            rows.end(oldest);
            table.count("share");
        }
        if rows.by_id.len() >= table.limits.all {
            let oldest = rows.gives_way(own);
            let Some(oldest) = oldest else {
                table.count("full");
                return None;
            };
            rows.end(oldest);
            table.count("full");
        }
        let id = rows.add(now, line, owner, share);
        table.gauge(rows.by_id.len());
        Some(Place { table: Arc::clone(table), id })
    }

    /// Ends some connections whose clients take too long, and returns whether there may be more of them.
    pub(super) fn end_slow(&self, now: Instant) -> bool {
        let mut rows = self.lock();
        let is_slow = |row: &Row| row.is_slow(now, &self.limits);
        let slow = rows.by_id.iter().filter(|(_, row)| is_slow(row)).map(|(id, _)| *id);
        let slow: Vec<u64> = slow.take(SLOW_ENDED_AT_ONCE).collect();
        for &id in &slow {
            self.count("slow");
            rows.end(id);
        }
        self.gauge(rows.by_id.len());
        slow.len() == SLOW_ENDED_AT_ONCE
    }

    /// Ends one connection that waits, of the owner that has most, so that the process has a free file again.
    pub(super) fn end_one(&self) {
        let mut rows = self.lock();
        if let Some(oldest) = rows.gives_way(usize::MAX - 1) {
            self.count("files");
            rows.end(oldest);
        }
    }

    /// Ends all connections on which nothing is being answered.
    pub(super) fn end_waiting(&self) {
        let mut rows = self.lock();
        let waiting: Vec<u64> =
            rows.owners.values().flat_map(|owner| owner.waiting.values().copied()).collect();
        for id in waiting {
            rows.end(id);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection that ended for this reason.
    pub(super) fn count(&self, reason: &'static str) {
        let labels = [("listener", self.listener), ("reason", reason)];
        metrics::counter!("tingting_connections_ended_total", &labels).increment(1);
    }

    #[expect(clippy::cast_precision_loss, reason = "there are some thousands at most")]
    fn gauge(&self, count: usize) {
        metrics::gauge!("tingting_connections", "listener" => self.listener).set(count as f64);
    }
}

impl Rows {
    fn add(&mut self, now: Instant, line: Arc<Line>, owner: Network, share: Share) -> u64 {
        self.turns += 1;
        let (id, turn) = (self.turns, self.turns);
        self.by_id.insert(id, Row { line, owner, stage: Stage::Waiting, since: now, turn });
        let of_owner = self.owners.entry(owner).or_insert_with(|| Owner::new(share));
        let before = of_owner.count();
        of_owner.waiting.insert(turn, id);
        self.sizes.remove(&(before, owner));
        self.sizes.insert((before + 1, owner));
        id
    }

    /// Moves a connection to another stage. One that was ended stays so.
    fn turn(&mut self, now: Instant, id: u64, stage: Stage) {
        let Some(row) = self.by_id.get_mut(&id) else { return };
        let Some(owner) = self.owners.get_mut(&row.owner) else { return };
        self.turns += 1;
        if stage == Stage::Live {
            row.line.limit_bytes();
        }
        owner.of(row.stage).remove(&row.turn);
        (row.stage, row.since, row.turn) = (stage, now, self.turns);
        owner.of(stage).insert(row.turn, id);
    }

    fn end(&mut self, id: u64) {
        if let Some(row) = self.remove(id) {
            row.line.close();
        }
    }

    fn remove(&mut self, id: u64) -> Option<Row> {
        let row = self.by_id.remove(&id)?;
        let owner = self.owners.get_mut(&row.owner)?;
        let before = owner.count();
        owner.of(row.stage).remove(&row.turn);
        self.sizes.remove(&(before, row.owner));
        if before > 1 {
            self.sizes.insert((before - 1, row.owner));
        } else {
            self.owners.remove(&row.owner);
        }
        Some(row)
    }

    /// The connection that ends for one of an owner who has `own`.
    ///
    /// Owners with most connections come first. Of an owner's connections one that waits gives way; a busy one does only
    /// where its owner would still have more than the other.
    fn gives_way(&self, own: usize) -> Option<u64> {
        self.sizes.iter().rev().take(NETWORKS_ASKED_MAX).find_map(|(count, network)| {
            let owner = self.owners.get(network)?;
            let is_larger = owner.share == Share::Limited && *count > own.saturating_add(1);
            let busy = || owner.busy.values().next().copied().filter(|_| is_larger);
            owner.longest_waiting().or_else(busy)
        })
    }
}

impl Row {
    fn is_slow(&self, now: Instant, limits: &ConnectionLimits) -> bool {
        let is_over = |since: Instant, within| now.saturating_duration_since(since) > within;
        let is_stuck =
            self.line.stuck_since().is_some_and(|since| is_over(since, limits.read_within));
        is_stuck
            || match self.stage {
                // What was answered before may still be on its way: the client need not ask before it has that.
                Stage::Waiting => {
                    is_over(self.since.max(self.line.written_at()), limits.head_within)
                        || is_over(self.since, limits.head_within + limits.sent_within)
                }
                Stage::Answering => is_over(self.since, limits.answer_within + limits.sent_within),
                Stage::Live => false,
            }
    }
}

impl Owner {
    fn new(share: Share) -> Self {
        Self { waiting: BTreeMap::new(), busy: BTreeMap::new(), share }
    }

    fn of(&mut self, stage: Stage) -> &mut BTreeMap<u64, u64> {
        match stage {
            Stage::Waiting => &mut self.waiting,
            Stage::Answering | Stage::Live => &mut self.busy,
        }
    }

    fn count(&self) -> usize {
        self.waiting.len() + self.busy.len()
    }

    fn longest_waiting(&self) -> Option<u64> {
        self.waiting.values().next().copied()
    }
}

/// A connection's place in the table, which dropping returns.
#[derive(Debug)]
pub(super) struct Place {
    table: Arc<Table>,
    id: u64,
}

impl Place {
    /// What marks the beginning and the end of an answer on this connection.
    pub(super) fn turns(&self) -> Turns {
        Turns { table: Arc::clone(&self.table), id: self.id }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut rows = self.table.lock();
        let _ended_before = rows.remove(self.id);
        self.table.gauge(rows.by_id.len());
    }
}

/// Marks the beginning of answers on a connection.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    table: Arc<Table>,
    id: u64,
}

impl Turns {
    /// Notes that the head of a request has come. The connection waits again when what is returned is dropped.
    pub(super) fn answering(&self, now: Instant) -> Turn {
        self.table.lock().turn(now, self.id, Stage::Answering);
        Turn(self.clone(), Stage::Waiting)
    }
}

/// An answer under way.
#[derive(Debug)]
pub(super) struct Turn(Turns, Stage);

impl Turn {
    /// Notes that the connection speaks another protocol after this answer.
    pub(super) fn goes_live(&mut self) {
        self.1 = Stage::Live;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Self(Turns { table, id }, next) = self;
        table.lock().turn(Instant::now(), *id, *next);
    }
}
