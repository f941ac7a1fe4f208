//! One sale's batching, without a thread, a file or a clock.
//!
//! ```text
//!            submit                take_batch           handle_appended
//!  commands ────────▶ open batch ────────────▶ in flight ────────────▶ durable
//!                        │ the reply of each waits here │                 └─▶ poll_reply
//! ```
//!
//! A ledger decides a command the moment it comes; only the answer waits for the disk. At most one
//! batch is in flight while the next one fills. So on a slow disk, one sync serves more commands.

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

/// Who waits for a reply. The shell chooses the number and recognises it in the [`Reply`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Caller(pub u64);

/// An answer that may be given to its caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Who waits for the answer.
    pub caller: Caller,
    /// The answer.
    pub answer: Answer,
}

/// The answer to a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The machine's decision. All that it depends on is on disk, an accepted command included.
    Decided(Result<Outcome, Refusal>),
    /// The journal failed before the decision was on disk. After a recovery the command may be in
    /// the log or not.
    Unknown,
}

/// Why a ledger took no command or note. Nothing was decided or kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SubmitError {
    /// Too many answers wait for the disk, or the open batch is full.
    #[error("too many commands wait for the journal")]
    Overloaded,
    /// The journal failed earlier (rule J6).
    #[error("the journal failed; the sale must be recovered")]
    Poisoned,
}

/// A machine, with the batch and the replies that still wait for the disk.
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
    /// The batch that was sealed last.
    sealed: Seq,
    /// The last batch that is on disk: `sealed`, or the batch before while `sealed` is in flight.
    durable: Seq,
    last_at: Option<Moment>,
    replies: VecDeque<Waiting>,
    poisoned: bool,
}

/// A reply, and the batch that must be on disk before the reply may leave.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    through: Seq,
    reply: Reply,
}

impl<M: Machine> Ledger<M> {
    /// Creates a sale in `store` with a machine that has decided nothing yet. The store keeps
    /// `header`, from which [`recover`](Self::recover) makes the machine again.
    ///
    /// # Errors
    ///
    /// [`JournalError::SaleExists`], or another error of the store.
    pub fn create(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
        header: &[u8],
        machine: M,
    ) -> Result<Self, JournalError> {
        Self::unkept(sale, machine).create_in(store, header)
    }

    /// A ledger of a sale that no store has yet, with a machine that has decided nothing. It takes commands and notes, as
    /// long as they fit into one batch, and keeps them with [`create_in`](Self::create_in): a caller can so do the
    /// first of them on another thread than the store's.
    pub fn unkept(sale: SaleId, machine: M) -> Self {
        let replayed = Replayed { machine, last: Seq::NONE, last_at: None, record_count: 0 };
        Self::from_replayed(sale, Epoch(0), replayed)
    }

    /// Creates the sale of an [`unkept`](Self::unkept) ledger in `store`. What was decided before is in the first
    /// batch, which the caller takes with [`take_batch`](Self::take_batch).
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    ///
    /// # Panics
    ///
    /// If a batch was taken before.
    pub fn create_in(
        self,
        store: &mut (impl Store + ?Sized),
        header: &[u8],
    ) -> Result<Self, JournalError> {
        assert!(self.sealed == Seq::NONE, "nothing is written before the sale is there");
        let epoch = store.create(self.sale, &seal(header.to_vec(), Seq::NONE))?;
        Ok(Self { epoch, ..self })
    }

    /// Claims a sale and recovers its machine, so that the sale goes on where its log ends (rules
    /// J3, J4). For `revive` and `settle` see [`replay`].
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
        // Claiming first shuts out the earlier owner, who could otherwise add to the log after this
        // read.
        let epoch = store.claim(sale)?;
        let replayed = replay(store, sale, Start::Snapshot, revive, settle)?;
        Ok(Self::from_replayed(sale, epoch, replayed))
    }

    /// Recovers the machine from a [`Log`] that was claimed, so that the sale goes on where the log
    /// ends. The machine is told again of every answer and note after the snapshot (rules J11,
    /// J12).
    ///
    /// # Errors
    ///
    /// As [`replay`].
    pub fn from_log(
        log: &Log,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    ) -> Result<Self, JournalError> {
        let ledger = Self::from_log_while(log, revive, || true)?;
        Ok(ledger.expect("nothing stops this recovery"))
    }

    /// Recovers the machine as [`from_log`](Self::from_log) does, for as long as `go_on` returns true;
    /// `None` if that ended. See [`Log::replay_while`].
    ///
    /// # Errors
    ///
    /// As [`replay`].
    pub fn from_log_while(
        log: &Log,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
        go_on: impl FnMut() -> bool,
    ) -> Result<Option<Self>, JournalError> {
        let replayed = log.replay_while(revive, go_on)?;
        Ok(replayed.map(|replayed| Self::from_replayed(log.sale(), log.owner(), replayed)))
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

    /// Decides a command. Its reply comes out of [`poll_reply`](Self::poll_reply) when all that the
    /// decision depends on is on disk. A refusal waits as well, because it depends on the commands
    /// that were accepted before (rule J1).
    ///
    /// # Errors
    ///
    /// [`SubmitError`]: the command was not decided, and no reply comes.
    ///
    /// # Panics
    ///
    /// If `now` is not later than every record before, or the machine's time is past `now`. A
    /// replay would then decide otherwise.
    pub fn submit(
        &mut self,
        now: Moment,
        command: Command,
        caller: Caller,
    ) -> Result<(), SubmitError> {
        self.submit_tagged(now, command, None, caller).map(|_decided| ())
    }

    /// Decides a command as [`submit`](Self::submit) does, and keeps the request's tag with the
    /// record (rule J11). Returns the decision, so that the caller can note that a request was
    /// refused. Nobody else may learn of it before the reply comes.
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
    ) -> Result<Result<Outcome, Refusal>, SubmitError> {
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
        Ok(decided)
    }

    /// Whether the open batch has room for a command and, behind it, a note of so many bytes about what came of it. Then
    /// both become durable together.
    pub fn fits_with_note(&self, bytes: usize) -> bool {
        self.open.fits_with_note(bytes)
    }

    /// Lets the machine's time go on to a note, keeps the note between the records, and tells the
    /// machine of it. The note is on disk when the batch is that [`horizon`](Self::horizon) names
    /// afterwards (rule J12).
    ///
    /// # Errors
    ///
    /// [`SubmitError`]: nothing was kept.
    ///
    /// # Panics
    ///
    /// If the note is earlier than a record or note before it or than the machine's time, if it has
    /// too many bytes, or if the machine refuses it.
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

    /// Seals the open batch and gives it out for the store. `None` if it is empty, if another batch
    /// is in flight or if the journal failed.
    pub fn take_batch(&mut self) -> Option<Append> {
        let in_flight = self.sealed != self.durable;
        if self.poisoned || in_flight || self.open.is_empty() {
            return None;
        }
        let records = std::mem::take(&mut self.open).seal();
        self.sealed = self.sealed.next();
        Some(Append { sale: self.sale, seq: self.sealed, epoch: self.epoch, records })
    }

    /// Takes in whether the store appended batch `seq`. An error poisons the ledger: every waiting
    /// answer becomes [`Answer::Unknown`], and the ledger takes no further command (rule J6).
    ///
    /// # Panics
    ///
    /// If batch `seq` is not in flight.
    pub fn handle_appended<E>(&mut self, seq: Seq, result: &Result<(), E>) {
        assert!(self.sealed == seq && self.durable != seq, "only what is in flight arrives");
        match result {
            Ok(()) => self.durable = seq,
            Err(_) => self.poisoned = true,
        }
    }

    /// The next reply that may leave, in the order of the commands.
    pub fn poll_reply(&mut self) -> Option<Reply> {
        let waiting = self.replies.front()?;
        let is_durable = waiting.through <= self.durable;
        if !is_durable && !self.poisoned {
            return None;
        }
        let Waiting { reply, .. } = self.replies.pop_front()?;
        Some(if is_durable { reply } else { Reply { answer: Answer::Unknown, ..reply } })
    }

    /// The batch that must be on disk before anything that the machine shows now may leave, events
    /// included. Compare it with [`durable_through`](Self::durable_through).
    pub fn horizon(&self) -> Seq {
        if self.open.is_empty() { self.sealed } else { self.sealed.next() }
    }

    /// How many records and notes are in the open batch.
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

    /// Whether everything that was decided or noted is on disk.
    pub fn is_settled(&self) -> bool {
        self.durable == self.horizon()
    }

    /// Whether the journal failed, so that the ledger takes no further command.
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    /// A snapshot of the machine, to be written after the batch that was sealed last. The store
    /// keeps `version` with it and `revive` gets both. `None` if the journal failed or the open
    /// batch has records, because a snapshot ends where a batch ends.
    ///
    /// # Panics
    ///
    /// As [`Machine::snapshot`], if the machine's events were not taken.
    pub fn snapshot(&self, version: u16) -> Option<Snapshot> {
        let at_boundary = self.open.is_empty() && !self.poisoned;
        at_boundary.then(|| Snapshot {
            seq: self.sealed,
            version,
            state: seal(self.machine.snapshot(), self.sealed),
        })
    }

    /// The machine, for reading. What it shows may not be on disk yet: see
    /// [`horizon`](Self::horizon).
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The machine, for taking its events and letting its time go on. Give it no commands: only
    /// [`submit`](Self::submit) keeps them.
    pub fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    /// The number of the sale.
    pub fn sale(&self) -> SaleId {
        self.sale
    }

    /// The epoch under which the ledger's batches are written.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }
}
