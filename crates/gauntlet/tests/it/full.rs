//! A disk that gets full at every byte of a commit: the store goes on when there is room again.

use gauntlet::disk::{Disk, Loss, vfs};
use journal::{Append, Batch, JournalError, Ledger, SaleId, SqliteStore, Store, sample};
use sale::{Machine, Sale};

const SALE: SaleId = SaleId(1);
const SEATS: u32 = 20;

fn open(disk: &Disk) -> Result<SqliteStore, JournalError> {
    SqliteStore::open_with_vfs(&disk.path("journal.db"), vfs(), disk.beside("journal.db"))
}

fn recover(store: &mut SqliteStore) -> Result<Ledger<Sale>, JournalError> {
    Ledger::recover(store, SALE, sample::revive, sample::settle)
}

/// Appends batches until the disk is full. Returns how many were acknowledged.
fn until_full(
    store: &mut SqliteStore,
    first: &Ledger<Sale>,
    batches: &[&[journal::Record]],
) -> usize {
    let mut seq = first.sealed_through();
    for (done, part) in batches.iter().enumerate() {
        seq = seq.next();
        let append = Append { sale: SALE, seq, epoch: first.epoch(), records: Batch::encode(part) };
        match store.append(&[append]) {
            Ok(()) => {}
            Err(JournalError::DiskFull { .. }) => return done,
            Err(error) => panic!("{error:?}"),
        }
    }
    batches.len()
}

#[test]
fn j18_a_full_disk_loses_nothing_that_was_acknowledged() {
    let records = sample::accepted(3, 400, SEATS);
    let batches: Vec<_> = records.chunks(8).collect();
    let mut full = 0;
    for room in (0..60_000).step_by(701) {
        let disk = Disk::new();
        let mut store = open(&disk).expect("an empty disk");
        let machine = sample::sale(SEATS);
        let ledger = Ledger::create(&mut store, SALE, &sample::header(SEATS), machine).unwrap();
        disk.set_room(Some(room));
        let acknowledged = until_full(&mut store, &ledger, &batches);
        full += usize::from(acknowledged < batches.len());
        let refused = store.rest(1);
        assert!(!matches!(refused, Err(JournalError::Poisoned)), "room {room}");
        let found = [disk.after_kill(), disk.after_power_loss(Loss::Unsynced)];
        disk.set_room(None);
        store.rest(2).expect("there is room again");
        check(&mut store, acknowledged, &batches, room);
        for other in found {
            let mut store = open(&other).expect("another process finds a journal");
            check(&mut store, acknowledged, &batches, room);
            drop(store);
        }
    }
    assert!(full > 20, "{full} disks got full");
}

/// Checks that a store has what was acknowledged and at most one batch more, and takes the rest.
fn check(
    store: &mut SqliteStore,
    acknowledged: usize,
    batches: &[&[journal::Record]],
    room: usize,
) {
    let mut ledger = recover(store).expect("the journal is whole");
    sample::settle(ledger.machine_mut());
    let kept = usize::try_from(ledger.sealed_through().0).expect("few");
    assert!((acknowledged..=acknowledged + 1).contains(&kept), "room {room}: {kept} kept");
    let expected = sample::fed(SEATS, batches[..kept].iter().copied().flatten());
    assert_eq!(Machine::hash(ledger.machine()), Machine::hash(&expected), "room {room}");
    assert_eq!(until_full(store, &ledger, &batches[kept..]), batches.len() - kept);
}
