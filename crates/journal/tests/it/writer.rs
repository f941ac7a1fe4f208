//! The writer's thread, with a store that counts batches and waits for the test.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use journal::sample;
use journal::{
    Answer, Append, Caller, Durable, Epoch, JournalError, KeptResult, Ledger, SaleId, Seq,
    Snapshot, SqliteStore, Store, StoredBatch, Task, TaskResult, Writer,
};
use sale::{Machine, Moment};

/// A store that tells the test how many batches it was given, and then waits until the test lets it
/// go on.
struct Gated {
    go: Receiver<Result<(), JournalError>>,
    sizes: Sender<usize>,
}

impl Store for Gated {
    fn create(&mut self, _: SaleId, _: &[u8]) -> Result<Epoch, JournalError> {
        Ok(Epoch(1))
    }

    fn claim(&mut self, sale: SaleId) -> Result<Epoch, JournalError> {
        Err(JournalError::UnknownSale { sale })
    }

    fn append(&mut self, appends: &[Append]) -> Result<(), JournalError> {
        self.sizes.send(appends.len()).expect("the test listens");
        self.go.recv().expect("the test answers")
    }

    fn write_snapshot(&mut self, _: SaleId, _: Epoch, _: &Snapshot) -> Result<(), JournalError> {
        Ok(())
    }

    fn remove(&mut self, _: SaleId) -> Result<(), JournalError> {
        Ok(())
    }

    fn header(&mut self, sale: SaleId) -> Result<(Vec<u8>, Epoch), JournalError> {
        Err(JournalError::UnknownSale { sale })
    }

    fn snapshot(&mut self, _: SaleId) -> Result<Option<Snapshot>, JournalError> {
        Ok(None)
    }

    fn read_batches(
        &mut self,
        _: SaleId,
        _: Seq,
        _: &mut dyn FnMut(StoredBatch<'_>) -> Result<ControlFlow<()>, JournalError>,
    ) -> Result<(), JournalError> {
        Ok(())
    }

    fn sales(&mut self) -> Result<Vec<SaleId>, JournalError> {
        Ok(Vec::new())
    }

    fn keep_result(&mut self, _: SaleId, _: u128, _: &KeptResult) -> Result<(), JournalError> {
        Ok(())
    }

    fn result(&mut self, _: SaleId, _: u128) -> Result<Option<KeptResult>, JournalError> {
        Ok(None)
    }

    fn kept_for(&mut self, _: SaleId) -> Result<Vec<u128>, JournalError> {
        Ok(Vec::new())
    }

    fn drop_snapshot(&mut self, _: SaleId) -> Result<(), JournalError> {
        Ok(())
    }

    fn snapshot_sizes(&mut self) -> Result<Vec<(SaleId, u64)>, JournalError> {
        Ok(Vec::new())
    }

    fn bytes_used(&mut self) -> Result<u64, JournalError> {
        Ok(0)
    }
}

/// The fields are dropped in this order: `go` must go first, or the writer's thread would wait for
/// ever.
struct Fixture {
    go: Sender<Result<(), JournalError>>,
    sizes: Receiver<usize>,
    reports: Receiver<TaskResult>,
    writer: Writer<Gated>,
}

/// Far longer than a thread needs. With it a failing test ends instead of hanging.
const PATIENCE: Duration = Duration::from_secs(10);

impl Fixture {
    fn new() -> Self {
        let ((go, gate), (counter, sizes)) = (channel(), channel());
        let (sender, reports) = channel();
        let store = Gated { go: gate, sizes: counter };
        let writer = Writer::spawn(store, move |reports| {
            for report in reports {
                sender.send(report).expect("the test listens");
            }
        });
        Self { writer: writer.expect("the system starts a thread"), go, sizes, reports }
    }

    fn submit(&self, sale: u64) {
        let append = Append { sale: SaleId(sale), seq: Seq(1), epoch: Epoch(1), records: vec![1] };
        self.writer.submit(Task::Append(append)).expect("the thread runs");
    }

    fn report(&self) -> (u64, Result<(), String>) {
        match self.reports.recv_timeout(PATIENCE).expect("a report") {
            TaskResult::Appended { sale, result, .. } => {
                (sale.0, result.map_err(|e| e.to_string()))
            }
            TaskResult::SnapshotWritten { sale, .. } => {
                panic!("no snapshot of {sale} was asked for")
            }
        }
    }
}

#[test]
fn j8_a_call_runs_after_all_batches_that_were_handed_in_before() {
    let fixture = Fixture::new();
    fixture.submit(1);
    assert_eq!(fixture.sizes.recv(), Ok(1));
    let (sender, called) = channel();
    fixture
        .writer
        .call(move |store| sender.send(store.sales().is_ok()).expect("the test listens"))
        .unwrap();
    fixture.submit(2);
    assert!(called.try_recv().is_err(), "the batch before is still being written");
    fixture.go.send(Ok(())).unwrap();
    assert_eq!(called.recv(), Ok(true));
    assert_eq!(fixture.sizes.recv(), Ok(1));
    fixture.go.send(Ok(())).unwrap();
}

#[test]
fn j8_one_sync_serves_all_batches_that_came_meanwhile() {
    let it = Fixture::new();
    it.submit(0);
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(1));
    for sale in 1..=100 {
        it.submit(sale);
    }
    it.go.send(Ok(())).expect("the store waits");
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(100));
    it.go.send(Ok(())).expect("the store waits");
    for sale in 0..=100 {
        assert_eq!(it.report(), (sale, Ok(())));
    }
    it.writer.close();
}

#[test]
fn j8_batches_that_are_handed_in_together_share_a_transaction_up_to_its_limit() {
    let it = Fixture::new();
    let append = |sale, len| {
        let records = vec![1; len];
        Append { sale: SaleId(sale), seq: Seq(1), epoch: Epoch(1), records }
    };
    it.writer.submit_all((0..100).map(|sale| append(sale, 10)).collect()).expect("the thread runs");
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(100));
    it.writer
        .submit_all((100..120).map(|sale| append(sale, 1 << 20)).collect())
        .expect("the thread runs");
    for next in [8, 8, 4] {
        it.go.send(Ok(())).expect("the store waits");
        assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(next), "at most 8 MiB each");
    }
    it.go.send(Ok(())).expect("the store waits");
    for sale in 0..120 {
        assert_eq!(it.report(), (sale, Ok(())));
    }
}

#[test]
fn j3_a_sale_that_another_owner_claimed_does_not_stop_the_others() {
    let it = Fixture::new();
    it.submit(0);
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(1));
    (1..=3).for_each(|sale| it.submit(sale));
    let fenced = || Err(JournalError::Fenced { sale: SaleId(2), epoch: Epoch(1), owner: Epoch(2) });
    for (answer, next) in [(Ok(()), 3), (fenced(), 1), (Ok(()), 1), (fenced(), 1)] {
        it.go.send(answer).expect("the store waits");
        assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(next));
    }
    it.go.send(Ok(())).expect("the store waits");
    assert_eq!([it.report(), it.report()], [(0, Ok(())), (1, Ok(()))]);
    let (sale, result) = it.report();
    assert_eq!((sale, result.is_err()), (2, true));
    assert_eq!(it.report(), (3, Ok(())));
}

#[test]
fn j6_a_failed_transaction_fails_every_batch_in_it() {
    let it = Fixture::new();
    it.submit(0);
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(1));
    (1..=3).for_each(|sale| it.submit(sale));
    it.go.send(Ok(())).expect("the store waits");
    assert_eq!(it.sizes.recv_timeout(PATIENCE), Ok(3));
    let source = "the disk is gone".into();
    it.go.send(Err(JournalError::Storage { doing: "sync", source })).expect("the store waits");
    assert_eq!(it.report(), (0, Ok(())));
    for sale in 1..=3 {
        assert_eq!(it.report(), (sale, Err("the journal could not sync".into())));
    }
}

#[test]
fn j8_closing_first_writes_all_batches_that_were_handed_in() {
    let it = Fixture::new();
    for sale in 0..50 {
        it.submit(sale);
    }
    for _ in 0..50 {
        it.go.send(Ok(())).expect("the thread runs");
    }
    it.writer.close();
    assert_eq!(it.reports.iter().count(), 50);
}

#[test]
fn j1_a_durable_sale_answers_every_command_and_can_be_recovered() {
    const SEATS: u32 = 40;
    let folder = tempfile::tempdir().expect("a new folder");
    let path = folder.path().join("journal.db");
    let mut store = SqliteStore::open(&path).expect("a new file");
    let (sale, header) = (SaleId(1), sample::header(SEATS));
    let ledger =
        Ledger::create(&mut store, sale, &header, sample::sale(SEATS)).expect("the sale is new");
    let mut durable = Durable::new(ledger, store).expect("the system starts a thread");
    let attempts = sample::attempts(3, 2000, SEATS);
    let mut answered = 0;
    for (index, attempt) in attempts.iter().enumerate() {
        durable.submit(attempt.at, attempt.command, Caller(index as u64)).expect("there is room");
        sample::settle(durable.machine_mut());
        while let Some(reply) = durable.poll_reply() {
            assert_eq!(reply.caller, Caller(answered));
            assert!(matches!(reply.answer, Answer::Decided(_)));
            answered += 1;
        }
        if index == 1000 {
            durable.checkpoint(sample::VERSION).expect("the disk works");
        }
    }
    durable.flush().expect("the disk works");
    answered += std::iter::from_fn(|| durable.poll_reply()).count() as u64;
    assert_eq!(answered, 2000);
    let (ledger, store) = durable.close().expect("the disk works");
    store.close().expect("closed");
    let mut store = SqliteStore::open(&path).expect("a journal");
    let again = Ledger::recover(&mut store, sale, sample::revive, sample::settle)
        .expect("the journal is whole");
    let hash = |ledger: &Ledger<sale::Sale>| {
        let mut machine = ledger.machine().clone();
        machine.advance(Moment::from_millis(3_600_000));
        Machine::hash(&machine)
    };
    assert_eq!(hash(&again), hash(&ledger));
    assert!(again.sealed_through() == ledger.sealed_through() && again.is_settled());
}
