//! The ledger: who gets which answer when, and what a recovery gives.

use std::collections::VecDeque;

use journal::limits::{BATCH_BYTES_MAX, NOTE_BYTES_MAX, REPLIES_WAITING_MAX};
use journal::sample;
use journal::{
    Answer, Append, Batch, BoxError, Caller, Ledger, Log, Note, NoteKind, Replayed, Reply, Seq,
    Snapshot, SubmitError,
};
use journal::{JournalError, SaleId, SqliteStore, Start, Store, replay};
use sale::{
    Answered, Command, Hash, Machine, Moment, NoteRefused, Outcome, Place, Refusal, Sale, Seat,
    Seats, Tag, Visitor,
};
use tempfile::{TempDir, tempdir};

const SALE: SaleId = SaleId(4);
const SEATS: u32 = 20;
const FINE: Result<(), ()> = Ok(());
const FAILED: Result<(), ()> = Err(());

struct Fixture {
    ledger: Ledger<Sale>,
    store: SqliteStore,
    clock: u64,
    _folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempdir().expect("a new folder");
        let mut store = SqliteStore::open(&folder.path().join("journal.db")).expect("a new file");
        let machine = sample::sale(SEATS);
        let ledger = Ledger::create(&mut store, SALE, &sample::header(SEATS), machine);
        Self { ledger: ledger.expect("the sale is new"), store, clock: 0, _folder: folder }
    }

    fn submit(&mut self, command: Command) {
        self.clock += 1000;
        let (now, caller) = (Moment::from_nanos(self.clock), Caller(self.clock / 1000));
        self.ledger.submit(now, command, caller).expect("there is room");
    }

    fn enter(&mut self, visitor: u32) {
        self.submit(Command::Enter { visitor: Visitor(visitor) });
    }

    fn callers(&mut self) -> Vec<u64> {
        std::iter::from_fn(|| self.ledger.poll_reply()).map(|reply| reply.caller.0).collect()
    }

    fn append(&mut self) -> Seq {
        let append = self.ledger.take_batch().expect("something is open");
        self.store.append(std::slice::from_ref(&append)).expect("it is next");
        self.ledger.handle_appended(append.seq, &FINE);
        append.seq
    }

    fn recover(&mut self) -> Ledger<Sale> {
        Ledger::recover(&mut self.store, SALE, sample::revive, sample::settle)
            .expect("the journal is whole")
    }
}

#[test]
fn j1_an_answer_waits_for_its_batch() {
    let mut it = Fixture::new();
    it.enter(1);
    it.enter(2);
    assert!(it.callers().is_empty());
    let first = it.ledger.take_batch().expect("two records");
    it.enter(3);
    assert!(it.callers().is_empty(), "a batch in flight is not on disk");
    assert!(it.ledger.take_batch().is_none(), "one batch is in flight at most");
    it.ledger.handle_appended(first.seq, &FINE);
    assert_eq!(it.callers(), [1, 2]);
    let second = it.ledger.take_batch().expect("one record");
    assert_eq!((first.seq, second.seq), (Seq(1), Seq(2)));
    it.ledger.handle_appended(second.seq, &FINE);
    assert_eq!(it.callers(), [3]);
    assert!(it.ledger.take_batch().is_none(), "an empty batch is not written");
}

#[test]
fn j1_a_refusal_waits_for_the_commands_before_it() {
    let mut it = Fixture::new();
    let (seats, pay) = (Seats::one(Seat(3)), |visitor| Command::Pay { visitor: Visitor(visitor) });
    it.submit(pay(9));
    let reply = Reply { caller: Caller(1), answer: Answer::Decided(Err(Refusal::NotInside)) };
    assert_eq!(it.ledger.poll_reply(), Some(reply), "nothing waits for the disk before it");
    it.enter(1);
    it.submit(Command::HoldSeats { visitor: Visitor(1), seats });
    it.submit(pay(9));
    assert!(it.callers().is_empty());
    let batch = it.ledger.take_batch().expect("two records");
    it.submit(pay(9));
    assert!(it.callers().is_empty(), "the batch before it is in flight");
    assert_eq!(
        Batch::decode(&batch.records).expect("the journal is whole").len(),
        2,
        "refusals leave no record"
    );
    it.ledger.handle_appended(batch.seq, &FINE);
    assert_eq!(it.callers(), [2, 3, 4, 5]);
}

#[test]
fn j1_events_can_be_held_back_until_they_are_safe() {
    let mut it = Fixture::new();
    assert!(it.ledger.is_settled());
    it.enter(1);
    let mut held = VecDeque::new();
    while let Some(event) = it.ledger.machine_mut().poll_event() {
        held.push_back((it.ledger.horizon(), event));
    }
    assert!(held.iter().all(|&(through, _)| through == Seq(1)));
    assert!(!held.is_empty() && it.ledger.durable_through() < Seq(1));
    it.append();
    assert_eq!(it.ledger.durable_through(), Seq(1));
    assert_eq!(it.ledger.horizon(), Seq(1), "an event without a command waits for no new batch");
}

#[test]
fn j6_after_a_failure_every_waiting_answer_is_unknown() {
    let mut it = Fixture::new();
    it.enter(1);
    it.append();
    it.enter(2);
    let batch = it.ledger.take_batch().expect("one record");
    it.enter(3);
    it.submit(Command::Pay { visitor: Visitor(9) });
    it.ledger.handle_appended(batch.seq, &FAILED);
    let answers: Vec<_> = std::iter::from_fn(|| it.ledger.poll_reply()).collect();
    let known = Answer::Decided(Ok(Outcome::Placed(Place(1))));
    assert_eq!(answers[0], Reply { caller: Caller(1), answer: known });
    assert_eq!(answers.len(), 4);
    assert!(answers[1..].iter().all(|reply| reply.answer == Answer::Unknown));
    assert!(it.ledger.is_poisoned() && it.ledger.take_batch().is_none());
    let again = it.ledger.submit(Moment::from_millis(9), Command::Pause, Caller(9));
    assert_eq!(again, Err(SubmitError::Poisoned));
    assert_eq!(it.ledger.snapshot(1), None);
}

#[test]
fn j8_a_command_is_refused_when_too_many_answers_wait() {
    let mut it = Fixture::new();
    let pay = Command::Pay { visitor: Visitor(9) };
    it.enter(1);
    for _ in 1..REPLIES_WAITING_MAX {
        it.submit(pay);
    }
    let now = Moment::from_nanos(it.clock + 1);
    assert_eq!(it.ledger.submit(now, pay, Caller(0)), Err(SubmitError::Overloaded));
    it.append();
    assert_eq!(it.callers().len(), REPLIES_WAITING_MAX);
    it.ledger.submit(now, pay, Caller(0)).expect("there is room again");
}

#[test]
fn j8_a_command_is_refused_when_the_batch_is_full() {
    let mut it = Fixture::new();
    let mut visitor = 0;
    let full = loop {
        visitor += 1;
        let now = Moment::from_nanos(visitor.into());
        let enter = Command::Enter { visitor: Visitor(visitor) };
        if let Err(error) = it.ledger.submit(now, enter, Caller(0)) {
            break error;
        }
    };
    assert_eq!(full, SubmitError::Overloaded);
    let append = it.ledger.take_batch().expect("a full batch");
    let records = Batch::decode(&append.records).expect("its limits hold");
    assert_eq!(records.len(), journal::limits::BATCH_RECORDS_MAX);
    assert!(append.records.len() <= journal::limits::BATCH_BYTES_MAX);
}

#[test]
fn j5_a_recovered_machine_equals_the_live_one() {
    let mut it = Fixture::new();
    let attempts = sample::attempts(11, 400, SEATS);
    for (index, attempt) in attempts.iter().enumerate() {
        it.ledger.submit(attempt.at, attempt.command, Caller(0)).expect("there is room");
        sample::settle(it.ledger.machine_mut());
        if index % 7 == 0 && !it.ledger.is_settled() {
            it.append();
        }
    }
    if !it.ledger.is_settled() {
        it.append();
    }
    let live = it.ledger.machine().clone();
    let recovered = it.recover();
    assert!(recovered.epoch() > it.ledger.epoch());
    let end = Moment::from_millis(1_000_000);
    let at_end = |mut machine: Sale| {
        machine.advance(end);
        sample::settle(&mut machine);
        machine.audit();
        machine.hash()
    };
    assert_eq!(at_end(recovered.machine().clone()), at_end(live));
}

#[test]
fn j5_a_snapshot_and_the_rest_of_the_log_give_the_same_as_the_whole_log() {
    let mut it = Fixture::new();
    let records = sample::accepted(12, 600, SEATS);
    for (index, part) in records.chunks(9).enumerate() {
        for record in part {
            it.ledger.submit(record.at, record.command, Caller(0)).expect("there is room");
        }
        let Append { seq, epoch, .. } = {
            let append = it.ledger.take_batch().expect("nine records");
            it.store.append(std::slice::from_ref(&append)).expect("it is the next batch");
            it.ledger.handle_appended(append.seq, &FINE);
            append
        };
        sample::settle(it.ledger.machine_mut());
        if index % 4 == 2 {
            let snapshot = it.ledger.snapshot(sample::VERSION).expect("nothing is open");
            assert_eq!(snapshot.seq, seq);
            it.store.write_snapshot(SALE, epoch, &snapshot).expect("the log reaches it");
        }
        let mut from = |start| {
            let replayed = replay(&mut it.store, SALE, start, sample::revive, sample::settle);
            let Replayed { machine, last, last_at, record_count } =
                replayed.expect("the journal is whole");
            (machine.snapshot(), machine.hash(), last, last_at, record_count)
        };
        let (short, long) = (from(Start::Snapshot), from(Start::Beginning));
        assert_eq!((&short.0, short.1, short.2, short.3), (&long.0, long.1, long.2, long.3));
        let expected = sample::fed(SEATS, &records[..index * 9 + part.len()]);
        assert_eq!((long.0, long.1), (expected.snapshot(), expected.hash()));
        assert!(short.4 <= 4 * 9 || index < 2, "the log before the snapshot is not replayed");
    }
}

#[test]
fn j5_a_snapshot_ends_where_a_batch_ends() {
    let mut it = Fixture::new();
    it.enter(1);
    sample::settle(it.ledger.machine_mut());
    assert_eq!(it.ledger.snapshot(1), None);
    let append = it.ledger.take_batch().expect("one record");
    let snapshot = it.ledger.snapshot(1).expect("the batch is sealed");
    assert_eq!(snapshot.seq, append.seq);
    let early = it.store.write_snapshot(SALE, it.ledger.epoch(), &snapshot);
    assert!(matches!(early, Err(JournalError::Gap { .. })), "its batch comes first");
}

#[test]
fn j3_an_earlier_owner_cannot_write() {
    let mut it = Fixture::new();
    it.enter(1);
    it.append();
    it.enter(2);
    let late = it.ledger.take_batch().expect("one record");
    let mut owner = it.recover();
    let error = it.store.append(std::slice::from_ref(&late));
    assert!(matches!(error, Err(JournalError::Fenced { .. })));
    it.ledger.handle_appended(late.seq, &error);
    assert_eq!(it.ledger.poll_reply().expect("the first").caller, Caller(1));
    assert_eq!(it.ledger.poll_reply().expect("the second").answer, Answer::Unknown);
    owner.submit(Moment::from_millis(1), Command::Pause, Caller(1)).expect("there is room");
    it.store.append(&[owner.take_batch().expect("one record")]).expect("the owner goes on");
}

/// A sale that remembers the answers and notes that the journal told it of.
struct Hearing {
    sale: Sale,
    heard: Vec<String>,
}

fn hearing(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Hearing, BoxError> {
    sample::revive(header, snapshot).map(|sale| Hearing { sale, heard: Vec::new() })
}

impl Machine for Hearing {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        let outcome = self.sale.handle(now, command);
        sample::settle(&mut self.sale);
        outcome
    }

    fn advance(&mut self, now: Moment) {
        self.sale.advance(now);
        sample::settle(&mut self.sale);
    }

    fn now(&self) -> Moment {
        self.sale.now()
    }

    fn hash(&self) -> Hash {
        self.sale.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.sale.snapshot()
    }

    fn keep_answer(&mut self, answered: Answered) {
        let tag = answered.tag.map(told);
        self.heard.push(format!("{tag:?} {:?} {:?}", answered.command, answered.outcome));
    }

    fn keep_note(
        &mut self,
        at: Moment,
        tag: Option<Tag>,
        kind: u8,
        bytes: &[u8],
    ) -> Result<(), NoteRefused> {
        if kind == REFUSED_KIND {
            return Err("a kind that no program knows".into());
        }
        assert_eq!(at, self.now(), "time went on to the note first");
        self.heard.push(format!("{:?} kind {kind} {bytes:?}", tag.map(told)));
        Ok(())
    }
}

const REFUSED_KIND: u8 = 99;

/// A tag as the machine of these tests tells it.
fn told(tag: Tag) -> (u64, u64) {
    (tag.key.get(), tag.content)
}

/// The answers and notes that a recovered machine is told of.
fn heard_again(fixture: &mut Fixture) -> Vec<String> {
    let log = Log::claim(&mut fixture.store, SALE).expect("the sale exists");
    let ledger = Ledger::from_log(&log, hearing).expect("the journal is whole");
    assert_eq!(ledger.machine().hash(), fixture.ledger.machine().hash());
    assert!(fixture.ledger.epoch() < ledger.epoch());
    ledger.machine().heard.clone()
}

#[test]
fn j11_j14_a_recovery_tells_each_tag_with_its_outcome() {
    let mut fixture = Fixture::new();
    let visitor = Visitor(3);
    let submit = |fixture: &mut Fixture, tag, command| {
        fixture.clock += 1000;
        let (now, caller) = (Moment::from_nanos(fixture.clock), Caller(fixture.clock));
        let submitted = fixture.ledger.submit_tagged(now, command, Tag::new(tag, 7), caller);
        submitted.expect("there is room").is_ok()
    };
    assert!(submit(&mut fixture, 11, Command::Enter { visitor }));
    assert!(submit(&mut fixture, 0, Command::Enter { visitor: Visitor(4) }));
    let refused = Command::CancelBooking { visitor, booking: sale::BookingId(9) };
    assert!(!submit(&mut fixture, 13, refused), "the caller learns of the refusal");
    fixture.append();
    let entered = |tag: Option<(u64, u64)>, visitor, place| {
        let (command, outcome) = (Command::Enter { visitor }, Outcome::Placed(Place(place)));
        format!("{tag:?} {command:?} {outcome:?}")
    };
    let told = heard_again(&mut fixture);
    assert_eq!(told, [entered(Some((11, 7)), visitor, 1), entered(None, Visitor(4), 2)]);
}

#[test]
fn j11_a_recovery_tells_only_what_came_after_the_snapshot() {
    let mut fixture = Fixture::new();
    fixture.enter(1);
    fixture.append();
    sample::settle(fixture.ledger.machine_mut());
    let snapshot = fixture.ledger.snapshot(1).expect("nothing is open");
    fixture
        .store
        .write_snapshot(SALE, fixture.ledger.epoch(), &snapshot)
        .expect("the snapshot is the newest");
    fixture.enter(3);
    fixture.append();
    let log = Log::claim(&mut fixture.store, SALE).expect("the sale exists");
    let replayed = log.replay(hearing).expect("the journal is whole");
    assert_eq!(replayed.last, Seq(2));
    let [told] = &replayed.machine.heard[..] else { panic!("{:?}", replayed.machine.heard) };
    assert!(told.contains("Visitor(3)"), "{told}");
}

#[test]
fn j12_a_recovery_tells_notes_between_the_records() {
    let mut fixture = Fixture::new();
    let note = |at, tag, bytes| {
        let at = Moment::from_nanos(at);
        Note { at, kind: NoteKind(5), tag: Tag::new(tag, 3), bytes }
    };
    fixture.ledger.note(&note(0, 1, b"in the snapshot")).expect("there is room");
    fixture.append();
    sample::settle(fixture.ledger.machine_mut());
    let snapshot = fixture.ledger.snapshot(1).expect("nothing is open");
    fixture
        .store
        .write_snapshot(SALE, fixture.ledger.epoch(), &snapshot)
        .expect("the snapshot is the newest");
    fixture.ledger.note(&note(700, 2, b"before")).expect("there is room");
    assert_eq!(fixture.ledger.horizon(), Seq(2), "a note waits for its batch");
    assert!(fixture.ledger.snapshot(1).is_none(), "a snapshot ends where a batch ends");
    fixture.enter(1);
    let at = fixture.ledger.machine().now().as_nanos();
    fixture.ledger.note(&note(at, 0, b"")).expect("there is room");
    fixture.append();
    assert!(fixture.ledger.is_settled());
    let told = heard_again(&mut fixture);
    let (first, last) = (format!("Some((2, 3)) kind 5 {:?}", b"before"), "None kind 5 []");
    assert_eq!((told.len(), &told[0], told[2].as_str()), (3, &first, last));
    assert!(told[1].contains("Visitor(1)"), "{told:?}");
    let hash = fixture.ledger.machine().hash();
    assert_eq!(fixture.recover().machine().hash(), hash, "a note decides nothing");
}

#[test]
fn j12_a_note_that_the_machine_does_not_know_ends_the_recovery() {
    let mut fixture = Fixture::new();
    let (at, kind) = (Moment::START, NoteKind(REFUSED_KIND));
    let note = Note { at, kind, tag: None, bytes: b"?" };
    fixture.ledger.note(&note).expect("there is room");
    fixture.append();
    let log = Log::claim(&mut fixture.store, SALE).expect("the sale exists");
    let error = Ledger::from_log(&log, hearing).err().expect("a note nobody knows");
    assert!(matches!(error, JournalError::Revive { sale: SALE, .. }), "{error}");
}

#[test]
fn j12_notes_have_limits() {
    let mut fixture = Fixture::new();
    let most = vec![7; NOTE_BYTES_MAX];
    let (at, kind) = (Moment::START, NoteKind(0));
    let note = Note { at, kind, tag: Tag::new(1, 1), bytes: &most };
    let fit = std::iter::from_fn(|| fixture.ledger.note(&note).ok()).count();
    assert_eq!(fit, BATCH_BYTES_MAX / (NOTE_BYTES_MAX + 22));
    assert_eq!(fixture.ledger.note(&note), Err(SubmitError::Overloaded));
    fixture.append();
    fixture.ledger.note(&note).expect("there is room again");
}

#[test]
fn j5_a_replay_ends_when_it_is_told_to_and_is_else_the_same() {
    let mut fixture = Fixture::new();
    for visitor in 1..=3 {
        fixture.clock += 3_000_000_000;
        fixture.enter(visitor);
        fixture.append();
    }
    let log = Log::claim(&mut fixture.store, SALE).expect("the sale exists");
    let mut asked = 0;
    let mut count = || {
        asked += 1;
        true
    };
    let whole = log.replay_while(hearing, &mut count).expect("the log is whole");
    let whole = whole.expect("nothing stopped it").machine;
    assert_eq!(whole.hash(), fixture.ledger.machine().hash());
    assert!(asked > 3 * 50, "also in the silence between two records: {asked}");
    for stop_at in [0, 1, asked / 2, asked - 1] {
        let mut left = stop_at;
        let go_on = || {
            left -= 1;
            left >= 0
        };
        let stopped = log.replay_while(hearing, go_on).expect("the log is whole");
        assert!(stopped.is_none(), "stopped at {stop_at} of {asked}");
    }
}
