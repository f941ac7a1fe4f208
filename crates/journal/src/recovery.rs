//! Makes a machine again from its log: restores the newest snapshot, then has the machine decide
//! every record after it once more.
//!
//! It skips nothing and guesses nothing: if the log does not replay exactly, the error names the
//! batch and the byte.

use std::ops::ControlFlow;

use sale::{Answered, Machine, Moment, Span};

use crate::error::{BoxError, Corruption, JournalError};
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{BatchError, Entry, Note, NoteKind, Record, Records};
use crate::seal::unseal;
use crate::store::{Snapshot, Store, StoredBatch};

/// How far a replay lets time go on between two looks at whether it is to go on. Chosen: the busiest
/// second of a large race takes a core a third of a second.
const SLICE: Span = Span::from_millis(50);

/// The most slices before one record. In a silence longer than this many slices, they are longer too.
const SLICES_MAX: u64 = 10_000;

/// Where a replay begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the newest snapshot, if there is one.
    Snapshot,
    /// At the first batch, without a snapshot.
    Beginning,
}

/// What a replay gives.
#[derive(Debug)]
pub struct Replayed<M> {
    /// The machine after the last batch of the log.
    pub machine: M,
    /// The last batch of the log.
    pub last: Seq,
    /// The moment of the last record of the log; `None` if no record was read.
    pub last_at: Option<Moment>,
    /// How many records the machine decided again. Those in the snapshot do not count.
    pub record_count: u64,
}

/// The header of a sale, with its checksum checked, and the epoch of the newest claim.
///
/// # Errors
///
/// [`JournalError::Corrupt`] if the checksum is wrong, or an error of the store.
pub fn header(
    store: &mut (impl Store + ?Sized),
    sale: SaleId,
) -> Result<(Vec<u8>, Epoch), JournalError> {
    let (sealed, owner) = store.header(sale)?;
    Ok((unseal(sealed, sale, Seq::NONE)?, owner))
}

/// Replays a sale without claiming it. `revive` makes the machine from the header and the snapshot,
/// which is `None` if the replay begins at the first batch. `settle` is called at the start and
/// after every batch: it takes the events from a machine that keeps them. The machine is told again
/// of every answer and note after the snapshot (rules J11, J12).
///
/// # Errors
///
/// [`JournalError::Corrupt`] if the log is damaged or does not replay exactly,
/// [`JournalError::Revive`] if `revive` fails or the machine refuses a note, or an error of the
/// store.
pub fn replay<M: Machine>(
    store: &mut (impl Store + ?Sized),
    sale: SaleId,
    start: Start,
    revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    mut settle: impl FnMut(&mut M),
) -> Result<Replayed<M>, JournalError> {
    let origin = Origin::read(store, sale, start)?;
    let mut replay = Replay::begin(sale, &origin, revive)?;
    settle(&mut replay.machine);
    store.read_batches(sale, replay.last, &mut |batch| {
        replay.batch(&batch, &mut || true)?;
        settle(&mut replay.machine);
        Ok(ControlFlow::Continue(()))
    })?;
    replay.finish()
}

/// What a replay begins with. All checksums in it are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) owner: Epoch,
    pub(crate) header: Vec<u8>,
    pub(crate) snapshot: Option<Snapshot>,
    /// The last batch of the newest snapshot, or the one that the mark names. If the log ends before
    /// it, the end of the log is missing.
    pub(crate) reach: Seq,
    /// Whether the newest snapshot is damaged, so that the replay begins at the first batch (rule J15).
    pub(crate) lost_snapshot: bool,
}

impl Origin {
    pub(crate) fn read(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
        start: Start,
    ) -> Result<Self, JournalError> {
        let (header, owner) = header(store, sale)?;
        let newest = store.snapshot(sale).and_then(|newest| {
            let Some(Snapshot { seq, version, state }) = newest else { return Ok(None) };
            Ok(Some(Snapshot { seq, version, state: unseal(state, sale, seq)? }))
        });
        let (newest, lost_snapshot) = match newest {
            Ok(newest) => (newest, false),
            // The log alone gives the same machine, if the log is whole.
            Err(JournalError::Damaged { .. } | JournalError::Corrupt { .. }) => (None, true),
            Err(error) => return Err(error),
        };
        let reach = newest.as_ref().map_or(Seq::NONE, |snapshot| snapshot.seq);
        let reach = reach.max(store.reach(sale));
        let snapshot = match start {
            Start::Beginning => None,
            Start::Snapshot => newest,
        };
        Ok(Self { owner, header, snapshot, reach, lost_snapshot })
    }
}

/// A replay under way.
pub(crate) struct Replay<M> {
    machine: M,
    sale: SaleId,
    owner: Epoch,
    /// The last batch that is in the snapshot.
    base: Seq,
    reach: Seq,
    last: Seq,
    epoch: Epoch,
    last_at: Option<Moment>,
    record_count: u64,
}

impl<M: Machine> Replay<M> {
    pub(crate) fn begin(
        sale: SaleId,
        origin: &Origin,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    ) -> Result<Self, JournalError> {
        let &Origin { owner, ref header, ref snapshot, reach, .. } = origin;
        let machine = revive(header, snapshot.as_ref());
        let machine = machine.map_err(|source| JournalError::Revive { sale, source })?;
        let base = snapshot.as_ref().map_or(Seq::NONE, |snapshot| snapshot.seq);
        // The replay reads the last batch in the snapshot again, to check that the log goes on from
        // there.
        let last = Seq(base.0.saturating_sub(1));
        let epoch = Epoch(1);
        Ok(Self { machine, sale, owner, base, reach, last, epoch, last_at: None, record_count: 0 })
    }

    /// Ends the replay. The log must reach as far as the newest snapshot, whether or not it was
    /// used.
    pub(crate) fn finish(self) -> Result<Replayed<M>, JournalError> {
        if self.last < self.reach {
            let expected = self.reach;
            return Err(self.corrupt(expected, 0, Corruption::Missing { expected }));
        }
        let Self { machine, last, last_at, record_count, .. } = self;
        Ok(Replayed { machine, last, last_at, record_count })
    }

    /// Replays a batch. Returns false, with the batch half done, once `go_on` returns false.
    pub(crate) fn batch(
        &mut self,
        batch: &StoredBatch<'_>,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<bool, JournalError> {
        let &StoredBatch { seq, epoch, records } = batch;
        let expected = self.last.next();
        if seq != expected {
            return Err(self.corrupt(seq, 0, Corruption::Missing { expected }));
        }
        if epoch < self.epoch || epoch > self.owner {
            return Err(self.corrupt(seq, 0, Corruption::Epoch { epoch }));
        }
        (self.last, self.epoch) = (seq, epoch);
        let mut records = Records::of(records).map_err(|error| self.damaged(seq, error))?;
        while let Some(entry) = records.next_entry() {
            let (offset, entry) = entry.map_err(|error| self.damaged(seq, error))?;
            let (Entry::Record(Record { at, .. }) | Entry::Note(Note { at, .. })) = &entry;
            if !self.approach(*at, go_on) {
                return Ok(false);
            }
            match entry {
                Entry::Record(record) => self.record(seq, offset, &record)?,
                Entry::Note(note) if seq > self.base => self.note(seq, offset, &note)?,
                // The snapshot has this note already.
                Entry::Note(_) => {}
            }
        }
        Ok(true)
    }

    /// Lets time go on in slices until little is left before `at`. Returns false once `go_on` does.
    fn approach(&mut self, at: Moment, go_on: &mut dyn FnMut() -> bool) -> bool {
        let mut reached = self.machine.now();
        let slice = SLICE.max(Span::from_nanos(at.since(reached).as_nanos() / SLICES_MAX));
        loop {
            if !go_on() {
                return false;
            }
            reached = reached + slice;
            if reached >= at {
                return true;
            }
            self.machine.advance(reached);
        }
    }

    fn note(&mut self, seq: Seq, offset: usize, note: &Note<'_>) -> Result<(), JournalError> {
        let &Note { at, kind: NoteKind(kind), tag, bytes } = note;
        if at < self.machine.now() {
            return Err(self.corrupt(seq, offset, Corruption::Time));
        }
        self.machine.advance(at);
        let kept = self.machine.keep_note(at, tag, kind, bytes);
        kept.map_err(|source| JournalError::Revive { sale: self.sale, source })
    }

    /// Has the machine decide a record's command again, unless the snapshot has it already.
    fn record(&mut self, seq: Seq, offset: usize, record: &Record) -> Result<(), JournalError> {
        let &Record { at, command, tag } = record;
        let in_snapshot = seq <= self.base;
        let too_early = self.last_at >= Some(at) || (!in_snapshot && at < self.machine.now());
        if too_early {
            return Err(self.corrupt(seq, offset, Corruption::Time));
        }
        self.last_at = Some(at);
        if in_snapshot {
            return Ok(());
        }
        self.record_count += 1;
        let outcome = self.machine.handle(at, command);
        let outcome = outcome
            .map_err(|refusal| self.corrupt(seq, offset, Corruption::Refused { refusal }))?;
        self.machine.keep_answer(Answered { at, tag, command, outcome });
        Ok(())
    }

    fn damaged(&self, seq: Seq, error: BatchError) -> JournalError {
        self.corrupt(seq, error.offset, Corruption::Batch(error.reason))
    }

    fn corrupt(&self, seq: Seq, offset: usize, reason: Corruption) -> JournalError {
        JournalError::Corrupt { sale: self.sale, seq, offset, reason }
    }
}
