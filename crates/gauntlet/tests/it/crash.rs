//! A journal on the simulated disk, crashed at every sync and every byte.
//!
//! Each test drives a sale through a script of batches until something fails, then lets another
//! process open the disk. That process must find a beginning of the script with everything that was
//! acknowledged, and the recovered machine must equal a machine that was given just that. Then it
//! goes on, and must end like one without faults.

use gauntlet::disk::{Disk, Fault, Loss, vfs};
use journal::{
    Answer, Append, Caller, JournalError, Ledger, Record, Replayed, SaleId, SqliteStore, Start,
    Store, SubmitError, replay, sample,
};
use proptest::prelude::*;
use sale::Sale;

const SALE: SaleId = SaleId(1);
const SEATS: u32 = 20;

/// The batches of a test. After some of them, the test writes a snapshot or makes a checkpoint.
struct Script {
    batches: Vec<Vec<Record>>,
}

/// How far a script came, as the callers know who wait for answers.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    created: bool,
    submitted: usize,
    acknowledged: usize,
}

impl Script {
    fn new(seed: u64, batch_count: usize, batch_len: usize) -> Self {
        let attempts = (batch_count * batch_len * 4) as u64;
        let records = sample::accepted(seed, attempts, SEATS);
        let batches: Vec<_> = records.chunks(batch_len).map(<[_]>::to_vec).collect();
        Self { batches: batches[..batch_count].to_vec() }
    }

    fn prefix(&self, len: usize) -> Sale {
        sample::fed(SEATS, self.batches[..len].iter().flatten())
    }
}

fn open(disk: &Disk) -> Result<SqliteStore, JournalError> {
    SqliteStore::open_with_vfs(&disk.path("journal.db"), vfs(), disk.beside("journal.db"))
}

fn recover(store: &mut SqliteStore) -> Result<Ledger<Sale>, JournalError> {
    Ledger::recover(store, SALE, sample::revive, sample::settle)
}

/// Does the rest of the script up to batch `until`, or until the disk fails, and closes the store.
fn drive(
    disk: &Disk,
    script: &Script,
    until: usize,
    progress: &mut Progress,
) -> Result<(), JournalError> {
    drive_on(disk, script, until, progress)?.close()
}

fn drive_on(
    disk: &Disk,
    script: &Script,
    until: usize,
    progress: &mut Progress,
) -> Result<SqliteStore, JournalError> {
    let mut store = open(disk)?;
    let mut ledger = if store.sales()?.is_empty() {
        Ledger::create(&mut store, SALE, &sample::header(SEATS), sample::sale(SEATS))?
    } else {
        recover(&mut store)?
    };
    progress.created = true;
    let done = usize::try_from(ledger.sealed_through().0).expect("a small number");
    for (index, batch) in script.batches.iter().enumerate().take(until).skip(done) {
        let append = fill(&mut ledger, batch);
        progress.submitted = index + 1;
        let result = store.append(std::slice::from_ref(&append));
        ledger.handle_appended(append.seq, &result);
        check_answers(&mut ledger, batch.len(), result.is_ok());
        if let Err(error) = result {
            check_poisoned(&mut store, &mut ledger, append);
            return Err(error);
        }
        progress.acknowledged = index + 1;
        if index % 4 == 3 {
            let snapshot = ledger.snapshot(sample::VERSION).expect("nothing is open");
            store.write_snapshot(SALE, ledger.epoch(), &snapshot)?;
        }
        if index % 5 == 4 {
            store.checkpoint()?;
        }
    }
    Ok(store)
}

fn fill(ledger: &mut Ledger<Sale>, batch: &[Record]) -> Append {
    for record in batch {
        let result = ledger.submit(record.at, record.command, Caller(0));
        result.expect("there is room");
        sample::settle(ledger.machine_mut());
    }
    ledger.take_batch().expect("the batch has records")
}

fn check_answers(ledger: &mut Ledger<Sale>, count: usize, durable: bool) {
    let answers: Vec<_> = std::iter::from_fn(|| ledger.poll_reply()).collect();
    assert_eq!(answers.len(), count, "everybody is answered");
    let known = |reply: &journal::Reply| matches!(reply.answer, Answer::Decided(Ok(_)));
    assert!(
        answers.iter().all(|reply| known(reply) == durable),
        "only a durable batch is answered"
    );
}

/// Checks that the ledger and the store refuse everything after a failure.
fn check_poisoned(store: &mut SqliteStore, ledger: &mut Ledger<Sale>, append: Append) {
    let Append { sale, epoch, .. } = append;
    let poisoned = |error| matches!(error, JournalError::Poisoned);
    assert!(store.append(&[append]).is_err_and(poisoned), "a failed sync is not tried again");
    assert!(store.claim(sale).is_err_and(poisoned));
    assert!(store.header(sale).is_err_and(poisoned));
    assert!(store.snapshot(sale).is_err_and(poisoned));
    assert!(store.sales().is_err_and(poisoned));
    assert!(store.checkpoint().is_err_and(poisoned));
    let now = ledger.machine().now().next();
    let again = ledger.submit(now, sale::Command::Pause, Caller(1));
    assert_eq!((again, ledger.epoch()), (Err(SubmitError::Poisoned), epoch));
}

/// Recovers the sale as another process does, and checks it. Returns how many batches came back.
fn check(disk: &Disk, script: &Script, progress: Progress) -> usize {
    let mut store = open(disk).expect("a crash leaves a file that can be opened");
    if store.sales().expect("the store can be read").is_empty() {
        assert!(!progress.created, "an acknowledged sale is not lost");
        return 0;
    }
    let ledger = recover(&mut store).expect("a crash leaves a log that can be replayed");
    let len = usize::try_from(ledger.sealed_through().0).expect("a small number");
    assert!(progress.acknowledged <= len, "nothing acknowledged is lost: {progress:?}, {len}");
    assert!(len <= progress.submitted, "only submitted batches come back: {progress:?}, {len}");
    let model = script.prefix(len);
    assert_eq!(ledger.machine().hash(), model.hash());
    assert_eq!(ledger.machine().snapshot(), model.snapshot());
    let whole = replay(&mut store, SALE, Start::Beginning, sample::revive, sample::settle);
    let Replayed { machine, .. } = whole.expect("the whole log can be replayed");
    assert_eq!(machine.snapshot(), model.snapshot());
    len
}

/// Checks the disk, then does the rest of the script without faults.
fn check_and_finish(disk: &Disk, script: &Script, progress: Progress) {
    check(disk, script, progress);
    let mut rest = progress;
    drive(disk, script, script.batches.len(), &mut rest).expect("nothing fails any more");
    assert_eq!(check(disk, script, rest), script.batches.len());
}

fn sync_count(script: &Script) -> u64 {
    let disk = Disk::new();
    let mut progress = Progress::default();
    drive(&disk, script, script.batches.len(), &mut progress).expect("nothing fails");
    assert_eq!(check(&disk, script, progress), script.batches.len());
    disk.sync_count()
}

/// Does the script on a new disk until the fault happens.
fn drive_into(script: &Script, fault: Fault) -> (Disk, Progress) {
    let (disk, mut progress) = (Disk::new(), Progress::default());
    disk.set_fault(fault);
    // The fault may happen after the last batch, and then there may be no error.
    drop(drive(&disk, script, script.batches.len(), &mut progress));
    (disk, progress)
}

#[test]
fn j4_a_crash_at_any_sync_loses_nothing_acknowledged() {
    let script = Script::new(1, 12, 6);
    let syncs = sync_count(&script);
    assert!(syncs > 20, "every batch, snapshot and checkpoint is synced: {syncs}");
    for at in 1..=syncs {
        for fault in [Fault::FreezeBefore { at }, Fault::FreezeAfter { at }] {
            let (disk, progress) = drive_into(&script, fault);
            let losses = [Loss::Unsynced, Loss::UnsyncedAfter(usize::MAX)];
            for loss in losses.into_iter().chain((0..6).map(Loss::Scattered)) {
                check_and_finish(&disk.after_power_loss(loss), &script, progress);
            }
            check_and_finish(&disk.after_kill(), &script, progress);
        }
    }
}

/// Writes the last batch of the script without syncing it, and then loses power after each byte of
/// it.
fn crash_at_every_byte(script: &Script, step: usize) {
    let (disk, mut progress) = (Disk::new(), Progress::default());
    let last = script.batches.len() - 1;
    drive(&disk, script, last, &mut progress).expect("nothing fails yet");
    let mut store = open(&disk).expect("the journal is whole");
    let mut ledger = recover(&mut store).expect("the journal is whole");
    disk.set_fault(Fault::FreezeBefore { at: 1 });
    let append = fill(&mut ledger, &script.batches[last]);
    progress.submitted += 1;
    store.append(&[append]).expect_err("the sync does not come back");
    let unsynced = disk.unsynced_len();
    assert!(unsynced > 4096, "a batch is some pages: {unsynced}");
    let mut found = [0, 0];
    for kept in (0..unsynced).step_by(step).chain([unsynced]) {
        let len = check(&disk.after_power_loss(Loss::UnsyncedAfter(kept)), script, progress);
        found[len - last] += 1;
    }
    for seed in 0..200 {
        let len = check(&disk.after_power_loss(Loss::Scattered(seed)), script, progress);
        found[len - last] += 1;
    }
    assert!(found.iter().all(|&count| count > 0), "both with and without the batch: {found:?}");
}

#[test]
fn j4_a_crash_at_any_byte_loses_a_small_batch_whole_or_not_at_all() {
    crash_at_every_byte(&Script::new(2, 4, 3), 1);
}

#[test]
fn j4_a_crash_at_any_byte_loses_a_large_batch_whole_or_not_at_all() {
    // The batch has some five pages. The step divides neither a page nor a sector.
    crash_at_every_byte(&Script::new(3, 2, 1000), 61);
}

#[test]
fn j6_nothing_of_a_failed_sync_is_acknowledged() {
    let script = Script::new(4, 12, 6);
    for at in 1..=sync_count(&script) {
        for seed in 0..4 {
            let (disk, progress) = drive_into(&script, Fault::FailSync { at, seed });
            check_and_finish(&disk.after_power_loss(Loss::Unsynced), &script, progress);
            check_and_finish(&disk.after_power_loss(Loss::Scattered(seed)), &script, progress);
            check_and_finish(&disk.after_kill(), &script, progress);
        }
    }
}

/// The sync fails and the process is killed at once. The system still shows what was written, but
/// will never write it to the disk. The next process must write it again before it adds anything.
#[test]
fn j6_what_a_failed_sync_left_is_written_again_before_anything_is_added() {
    let script = Script::new(5, 10, 6);
    let count = script.batches.len();
    for at in 1..=sync_count(&script) {
        for seed in 0..6 {
            let (disk, progress) = drive_into(&script, Fault::FailSyncAndFreeze { at, seed });
            let (killed, mut rest) = (disk.after_kill(), progress);
            let until = (progress.acknowledged + 3).min(count);
            let store = drive_on(&killed, &script, until, &mut rest);
            check_and_finish(&killed.after_power_loss(Loss::Unsynced), &script, rest);
            drop(store.expect("nothing fails any more"));
        }
    }
}

#[test]
fn j3_a_batch_of_the_owner_before_a_crash_is_refused_after_it() {
    let script = Script::new(6, 6, 6);
    let disk = Disk::new();
    let mut store = open(&disk).expect("a new file");
    let (header, machine) = (sample::header(SEATS), sample::sale(SEATS));
    let mut ledger = Ledger::create(&mut store, SALE, &header, machine).expect("the sale is new");
    let append = fill(&mut ledger, &script.batches[0]);
    store.append(std::slice::from_ref(&append)).expect("it is the next batch");
    ledger.handle_appended(append.seq, &Ok::<_, ()>(()));
    let late = fill(&mut ledger, &script.batches[1]);
    assert!(matches!(open(&disk), Err(JournalError::InUse)), "the owner still has the file");
    let disk = disk.after_power_loss(Loss::Unsynced);
    let mut store = open(&disk).expect("the journal is whole");
    let mut owner = recover(&mut store).expect("the journal is whole");
    let error = store.append(&[late]).expect_err("the sale has a newer owner");
    assert!(matches!(error, JournalError::Fenced { .. }));
    let append = fill(&mut owner, &script.batches[1]);
    store.append(&[append]).expect("the owner writes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    /// Several crashes, each at some sync after the one before. Each keeps some part of the writes.
    #[test]
    fn j4_any_number_of_crashes_loses_nothing_acknowledged(
        seed in 0u64..1000,
        crashes in prop::collection::vec((1u64..14, any::<u64>(), 0u8..4), 1..7),
    ) {
        let script = Script::new(seed, 25, 5);
        let (mut disk, mut progress) = (Disk::new(), Progress::default());
        for (at, salt, kind) in crashes {
            disk.set_fault(match kind {
                0 => Fault::FailSync { at, seed: salt },
                1 => Fault::FreezeBefore { at },
                _ => Fault::FreezeAfter { at },
            });
            drop(drive(&disk, &script, script.batches.len(), &mut progress));
            let kept = usize::try_from(salt % 10_000).expect("a small number");
            disk = match salt % 4 {
                0 => disk.after_power_loss(Loss::Unsynced),
                1 => disk.after_power_loss(Loss::UnsyncedAfter(kept)),
                2 => disk.after_kill(),
                _ => disk.after_power_loss(Loss::Scattered(salt)),
            };
            progress.acknowledged = check(&disk, &script, progress).max(progress.acknowledged);
        }
        check_and_finish(&disk, &script, progress);
    }
}
