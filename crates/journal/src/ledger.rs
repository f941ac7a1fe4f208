//! One sale's batching, without a thread, a file or a clock.
//!
//! ```text
//!            submit                take_batch           handle_appended
//!  commands ────────▶ open batch ────────────▶ in flight ────────────▶ durable
//!                        │ the reply of each waits here │                 └─▶ poll_reply
//! ```
//!
//! A command is decided the moment it comes; only its answer waits. At most one batch is in flight
//! while the next one fills, so a slow disk makes batches larger, not latencies longer.

use std::collections::VecDeque;

use sale::{Answered, Command, Machine, Moment, Outcome, Refusal, Tag};

use crate::error::{BoxError, JournalError};
use crate::limits::REPLIES_WAITING_MAX;
use crate::log::Log;
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{Batch, Note, NoteKind, Record};
use crate::recovery::{Replayed, Start, replay};
use crate::seal::seal;
use crate::store::{Append, Snapshot, Store};

/// Who waits for a reply, as a number that the shell gives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Caller(pub u64);

/// An answer that may leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Who waits for it.
    pub caller: Caller,
    /// What came of the command.
    pub answer: Answer,
}

/// What came of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It was accepted and is on disk, or refused by what is on disk.
    Decided(Result<Outcome, Refusal>),
    /// The journal failed before the batch was safe: it may come back after recovery or not.
    Unknown,
}

/// Why a command was not even looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SubmitError {
    /// Too many answers wait for the disk.
    #[error("too many commands wait for the journal")]
    Overloaded,
    /// The journal failed.
    #[error("the journal failed; the sale must be recovered")]
    Poisoned,
}

/// A machine, and what of it is not on disk yet.
///
/// ```
/// use journal::{Answer, Caller, Ledger, SaleId, SqliteStore, Store, sample};
/// use sale::{Command, Moment, Outcome, Place, Visitor};
///
/// # let folder = tempfile::tempdir()?;
/// let mut store = SqliteStore::open(&folder.path().join("journal.sqlite"))?;
/// let (id, header) = (SaleId(1), sample::header(20));
/// let mut ledger = Ledger::create(&mut store, id, &header, sample::sale(20))?;
///
/// // The command is decided at once; its reply waits for the disk.
/// let enter = Command::Enter { visitor: Visitor(7) };
/// ledger.submit(Moment::from_millis(5), enter, Caller(1))?;
/// assert_eq!(ledger.poll_reply(), None);
///
/// let batch = ledger.take_batch().expect("one command waits");
/// let appended = store.append(std::slice::from_ref(&batch));
/// ledger.handle_appended(batch.seq, &appended);
/// let reply = ledger.poll_reply().expect("the batch is on disk");
/// assert_eq!(reply.answer, Answer::Decided(Ok(Outcome::Placed(Place(1)))));
/// # appended?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ledger<M> {
    machine: M,
    sale: SaleId,
    epoch: Epoch,
    open: Batch,
    /// The batch sealed last.
    sealed: Seq,
    /// The last batch that is on disk; one behind `sealed` while that is in flight.
    durable: Seq,
    last_at: Option<Moment>,
    replies: VecDeque<Waiting>,
    poisoned: bool,
}

/// A reply and the batch that must be on disk before it leaves.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    through: Seq,
    reply: Reply,
}

impl<M: Machine> Ledger<M> {
    /// Begins a sale in `store` with a machine that has decided nothing yet. `header` is what
    /// [`recover`](Self::recover) makes it from again.
    ///
    /// # Errors
    ///
    /// [`JournalError::SaleExists`], or what the store says.
    pub fn create(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
        header: &[u8],
        machine: M,
    ) -> Result<Self, JournalError> {
        let epoch = store.create(sale, &seal(header.to_vec(), Seq::NONE))?;
        Ok(Self::from_replayed(
            sale,
            epoch,
            Replayed { machine, last: Seq::NONE, last_at: None, record_count: 0 },
        ))
    }

    /// Claims a sale and goes on where its log ends (rules J3, J4). For `revive` and `settle` see
    /// [`replay`].
    ///
    /// # Errors
    ///
    /// As [`replay`].
    pub fn recover(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
        settle: impl FnMut(&mut M),
    ) -> Result<Self, JournalError> {
        // Claimed before it is read: whoever owned it must not add to what was read.
        let epoch = store.claim(sale)?;
        let replayed = replay(store, sale, Start::Snapshot, revive, settle)?;
        Ok(Self::from_replayed(sale, epoch, replayed))
    }

    /// Goes on where a claimed [`Log`] ends. The machine hears of every answer and note after the snapshot
    /// again (rules J11, J12).
    ///
    /// # Errors
    ///
    /// As [`replay`].
    pub fn from_log(
        log: &Log,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    ) -> Result<Self, JournalError> {
        let replayed = log.replay(revive)?;
        Ok(Self::from_replayed(log.sale(), log.owner(), replayed))
    }

    fn from_replayed(sale: SaleId, epoch: Epoch, replayed: Replayed<M>) -> Self {
        let Replayed { machine, last, last_at, record_count: _ } = replayed;
        Self {
            machine,
            sale,
            epoch,
            open: Batch::new(),
            sealed: last,
            durable: last,
            last_at,
            replies: VecDeque::new(),
            poisoned: false,
        }
    }

    /// Decides a command. Its reply comes out of [`poll_reply`](Self::poll_reply) once nothing it
    /// tells of can be lost: refusals wait as well, as they tell of what was decided before (rule
    /// J1).
    ///
    /// # Errors
    ///
    /// [`SubmitError`]; the command was not decided and no reply comes.
    ///
    /// # Panics
    ///
    /// If `now` is not later than every record before, or the machine is further already: a replay
    /// could not tell what was decided.
    pub fn submit(
        &mut self,
        now: Moment,
        command: Command,
        caller: Caller,
    ) -> Result<(), SubmitError> {
        self.submit_tagged(now, command, None, caller)
    }

    /// The same for a request with a tag, which is kept with the record (rule J11).
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit).
    ///
    /// # Panics
    ///
    /// As [`submit`](Self::submit).
    pub fn submit_tagged(
        &mut self,
        now: Moment,
        command: Command,
        tag: Option<Tag>,
        caller: Caller,
    ) -> Result<(), SubmitError> {
        if self.poisoned {
            return Err(SubmitError::Poisoned);
        }
        if self.replies.len() >= REPLIES_WAITING_MAX || self.open.is_full() {
            return Err(SubmitError::Overloaded);
        }
        assert!(self.last_at < Some(now), "records are stamped in strict order");
        assert!(self.machine.now() <= now, "nothing is decided in the past");
        let decided = self.machine.handle(now, command);
        if let Ok(outcome) = decided {
            self.open.push(&Record { at: now, command, tag });
            self.machine.keep_answer(Answered { at: now, tag, command, outcome });
            self.last_at = Some(now);
        }
        let reply = Reply { caller, answer: Answer::Decided(decided) };
        self.replies.push_back(Waiting { through: self.horizon(), reply });
        Ok(())
    }

    /// Lets time go on to a note, keeps it between the records and tells the machine of it. It is on disk when the batch is that
    /// [`horizon`](Self::horizon) then names (rule J12).
    ///
    /// # Errors
    ///
    /// [`SubmitError`]; nothing was kept.
    ///
    /// # Panics
    ///
    /// If it is earlier than what was decided or noted before, has more bytes than a note may have, or the
    /// machine refuses it.
    pub fn note(&mut self, note: &Note<'_>) -> Result<(), SubmitError> {
        if self.poisoned {
            return Err(SubmitError::Poisoned);
        }
        if !self.open.fits(note) {
            return Err(SubmitError::Overloaded);
        }
        assert!(self.machine.now() <= note.at, "nothing is noted in the past");
        self.machine.advance(note.at);
        self.open.push_note(note);
        let NoteKind(kind) = note.kind;
        let kept = self.machine.keep_note(note.at, note.tag, kind, note.bytes);
        kept.expect("the shell gives only notes that its machine keeps");
        Ok(())
    }

    /// Seals the open batch for the store, unless it is empty or another one is in flight.
    pub fn take_batch(&mut self) -> Option<Append> {
        let in_flight = self.sealed != self.durable;
        if self.poisoned || in_flight || self.open.is_empty() {
            return None;
        }
        let records = std::mem::take(&mut self.open).seal();
        self.sealed = self.sealed.next();
        Some(Append { sale: self.sale, seq: self.sealed, epoch: self.epoch, records })
    }

    /// Tells what became of the batch in flight. A failure poisons the ledger: every answer that
    /// waits becomes [`Answer::Unknown`] and no further command is taken (rule J6).
    ///
    /// # Panics
    ///
    /// If that batch is not in flight.
    pub fn handle_appended<E>(&mut self, seq: Seq, result: &Result<(), E>) {
        assert!(self.sealed == seq && self.durable != seq, "only what is in flight arrives");
        match result {
            Ok(()) => self.durable = seq,
            Err(_) => self.poisoned = true,
        }
    }

    /// The next answer that may leave, in the order of the commands.
    pub fn poll_reply(&mut self) -> Option<Reply> {
        let waiting = self.replies.front()?;
        let is_durable = waiting.through <= self.durable;
        if !is_durable && !self.poisoned {
            return None;
        }
        let Waiting { reply, .. } = self.replies.pop_front()?;
        Some(if is_durable { reply } else { Reply { answer: Answer::Unknown, ..reply } })
    }

    /// The batch that holds all that is decided so far. What is seen of the machine now, events
    /// included, may leave when [`durable_through`](Self::durable_through) has come to it.
    pub fn horizon(&self) -> Seq {
        if self.open.is_empty() { self.sealed } else { self.sealed.next() }
    }

    /// Records in the open batch.
    pub fn open_record_count(&self) -> u32 {
        self.open.record_count()
    }

    /// The batch that was sealed last.
    pub fn sealed_through(&self) -> Seq {
        self.sealed
    }

    /// The last batch that is on disk.
    pub fn durable_through(&self) -> Seq {
        self.durable
    }

    /// Whether all that is decided is on disk.
    pub fn is_settled(&self) -> bool {
        self.durable == self.horizon()
    }

    /// Whether the journal failed.
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    /// The state as of the batch sealed last, to be written after that batch. `None` while the open
    /// batch has records: a snapshot ends where a batch ends.
    ///
    /// # Panics
    ///
    /// As [`Machine::snapshot`], if events were not taken.
    pub fn snapshot(&self, version: u16) -> Option<Snapshot> {
        let at_boundary = self.open.is_empty() && !self.poisoned;
        at_boundary.then(|| Snapshot {
            seq: self.sealed,
            version,
            state: seal(self.machine.snapshot(), self.sealed),
        })
    }

    /// The machine, for reading. What it says may not be on disk yet: see
    /// [`horizon`](Self::horizon).
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The machine, for taking its events and letting its time go on. Commands go through
    /// [`submit`](Self::submit), or they are lost.
    pub fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    /// Which sale this is.
    pub fn sale(&self) -> SaleId {
        self.sale
    }

    /// The claim under which it is written.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }
}
