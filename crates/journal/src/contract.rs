//! What every [`Store`] must do, written as tests of an empty store. A backend calls
//! [`contract_tests!`](crate::contract_tests) with an expression that makes such a store.

use std::ops::ControlFlow;

use sale::{Machine, Moment};

use crate::error::{Corruption, JournalError};
use crate::ledger::Ledger;
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{Batch, Damage, Record};
use crate::recovery::{Start, replay};
use crate::sample;
use crate::store::{Append, KeptResult, Snapshot, Store};

/// Makes a test of every function of this module. `$make` is an expression that gives a new, empty
/// store and a second value that is kept until the test ends, such as the store's folder.
#[macro_export]
macro_rules! contract_tests {
    ($make:expr) => {
        $crate::contract_tests!(@each $make;
            j2_batches_are_read_as_they_were_appended
            j2_only_the_next_batch_is_appended
            j2_many_sales_are_appended_together_or_not_at_all
            j2_a_sale_may_bring_several_batches_at_once
            j3_every_claim_is_a_newer_epoch
            j3_a_stale_owner_writes_nothing
            j3_one_stale_owner_stops_the_whole_append
            j5_the_newest_snapshot_is_kept
            j5_a_snapshot_never_runs_ahead_of_its_log
            j4_the_header_is_kept_unchanged
            j4_a_sale_that_was_never_created_is_unknown
            j4_sales_are_listed_in_order
            j13_a_removed_sale_leaves_nothing
            j23_a_kept_result_is_read_until_a_newer_one_or_the_removal
            j31_results_that_are_kept_together_are_read_one_by_one
            j24_without_its_snapshot_a_sale_is_replayed_from_its_log
            j25_the_store_tells_how_much_it_holds
            j7_a_damaged_batch_is_found_with_its_offset
            j7_a_logged_command_that_the_machine_refuses_is_found
            j7_a_batch_with_an_earlier_time_is_found
        );
    };
    (@each $make:expr; $($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let (mut store, _keep) = $make;
                $crate::contract::$name(&mut store);
            }
        )*
    };
}

const ONE: SaleId = SaleId(1);
const TWO: SaleId = SaleId(u64::MAX);
const SEATS: u32 = 20;

fn append(sale: SaleId, seq: u64, epoch: Epoch) -> Append {
    let records = vec![u8::try_from(seq).expect("a small number"); 3000];
    Append { sale, seq: Seq(seq), epoch, records }
}

fn batches(store: &mut impl Store, sale: SaleId, after: u64) -> Vec<Append> {
    let mut found = Vec::new();
    let mut visit = |batch: crate::store::StoredBatch<'_>| {
        let (seq, epoch, records) = (batch.seq, batch.epoch, batch.records.to_vec());
        found.push(Append { sale, seq, epoch, records });
        Ok(ControlFlow::Continue(()))
    };
    store.read_batches(sale, Seq(after), &mut visit).expect("the log is read");
    found
}

fn replayed(store: &mut impl Store) -> Result<sale::Sale, JournalError> {
    replay(store, ONE, Start::Snapshot, sample::revive, sample::settle).map(|done| done.machine)
}

/// Creates a sale that can be replayed.
fn create(store: &mut impl Store) -> Epoch {
    let header = sample::header(SEATS);
    let ledger = Ledger::create(store, ONE, &header, sample::sale(SEATS));
    ledger.expect("the sale is new").epoch()
}

/// Appends `records` as batches of `len` records.
fn append_records(store: &mut impl Store, epoch: Epoch, records: &[Record], len: usize) {
    for (index, part) in records.chunks(len).enumerate() {
        let seq = Seq(index as u64 + 1);
        let append = Append { sale: ONE, seq, epoch, records: Batch::encode(part) };
        store.append(&[append]).expect("the next batch is appended");
    }
}

/// Rule J2.
pub fn j2_batches_are_read_as_they_were_appended(store: &mut impl Store) {
    let epoch = store.create(ONE, b"").expect("the sale is new");
    let appends: Vec<_> = (1..=5).map(|seq| append(ONE, seq, epoch)).collect();
    for one in &appends {
        store.append(std::slice::from_ref(one)).expect("it is the next batch");
    }
    assert_eq!(batches(store, ONE, 0), appends);
    assert_eq!(batches(store, ONE, 3), appends[3..]);
    assert_eq!(batches(store, ONE, 5), []);
    let mut seen = 0;
    let mut visit = |_: crate::store::StoredBatch<'_>| {
        seen += 1;
        Ok(if seen < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    };
    store.read_batches(ONE, Seq::NONE, &mut visit).expect("the log is read");
    assert_eq!(seen, 2, "a visitor that breaks off is told of no other batch");
    store.append(&[]).expect("appending no batches succeeds");
}

/// Rule J13.
pub fn j13_a_removed_sale_leaves_nothing(store: &mut impl Store) {
    let one = create(store);
    let two = store.create(TWO, b"two").expect("the sale is new");
    append_records(store, one, &sample::accepted(SEATS.into(), 40, SEATS), 10);
    store.append(&[append(TWO, 1, two)]).expect("it is the next batch");
    let snapshot = Snapshot { seq: Seq(1), version: 1, state: vec![1; 9] };
    store.write_snapshot(ONE, one, &snapshot).expect("the snapshot is the newest");
    store.remove(ONE).expect("the sale exists");
    store.remove(ONE).expect("removing a sale that does not exist succeeds");
    assert_eq!(store.sales().expect("listed"), [TWO]);
    assert!(matches!(store.header(ONE), Err(JournalError::UnknownSale { sale: ONE })));
    assert_eq!(
        (store.snapshot(ONE).expect("the store can be read"), batches(store, ONE, 0)),
        (None, Vec::new())
    );
    let stale = store.append(&[append(ONE, 5, one)]).expect_err("a removed sale has no owner");
    assert!(matches!(stale, JournalError::UnknownSale { sale: ONE }), "{stale}");
    assert_eq!(batches(store, TWO, 0).len(), 1, "the other sale stays");
    assert_eq!(store.create(ONE, b"anew").expect("the number is free again"), Epoch(1));
}

/// Rule J2.
pub fn j2_only_the_next_batch_is_appended(store: &mut impl Store) {
    let epoch = store.create(ONE, b"").expect("the sale is new");
    for (seq, due) in [(2, 1), (0, 1), (1, 1), (1, 2), (3, 2), (2, 2)] {
        let result = store.append(&[append(ONE, seq, epoch)]);
        if seq == due {
            result.expect("the next one is appended");
        } else {
            let error = result.expect_err("only the next one is appended");
            let JournalError::Gap { sale, expected, found } = error else { panic!("{error}") };
            assert_eq!((sale, expected, found), (ONE, Seq(due), Seq(seq)));
        }
    }
    assert_eq!(
        batches(store, ONE, 0).len(),
        2,
        "a gap writes nothing, and the next batch is taken"
    );
}

/// Rule J2.
pub fn j2_many_sales_are_appended_together_or_not_at_all(store: &mut impl Store) {
    let (one, two) = (
        store.create(ONE, b"").expect("the sale is new"),
        store.create(TWO, b"").expect("the sale is new"),
    );
    store.append(&[append(ONE, 1, one), append(TWO, 1, two)]).expect("both are next");
    let error = store.append(&[append(ONE, 2, one), append(TWO, 3, two)]);
    assert!(matches!(error, Err(JournalError::Gap { sale: TWO, .. })));
    let stranger = SaleId(77);
    let error = store.append(&[append(ONE, 2, one), append(stranger, 1, two)]);
    assert!(matches!(error, Err(JournalError::UnknownSale { sale }) if sale == stranger));
    assert_eq!(batches(store, ONE, 0).len(), 1);
    assert_eq!(batches(store, TWO, 0).len(), 1);
    store.append(&[append(ONE, 2, one), append(TWO, 2, two)]).expect("both are next");
}

/// Rule J2.
pub fn j2_a_sale_may_bring_several_batches_at_once(store: &mut impl Store) {
    let epoch = store.create(ONE, b"").expect("the sale is new");
    let appends = [append(ONE, 1, epoch), append(ONE, 2, epoch)];
    store.append(&appends).expect("the batches follow each other");
    assert_eq!(batches(store, ONE, 0), appends);
}

/// Rule J3.
pub fn j3_every_claim_is_a_newer_epoch(store: &mut impl Store) {
    let first = store.create(ONE, b"").expect("the sale is new");
    let second = store.claim(ONE).expect("the sale exists");
    let third = store.claim(ONE).expect("the sale exists");
    assert!(first < second && second < third);
    assert_eq!(store.header(ONE).expect("the sale exists").1, third);
    let error = store.create(ONE, b"other").expect_err("a sale is created once");
    assert!(matches!(error, JournalError::SaleExists { sale: ONE }));
    assert_eq!(store.header(ONE).expect("the sale exists"), (Vec::new(), third));
}

/// Rule J3.
pub fn j3_a_stale_owner_writes_nothing(store: &mut impl Store) {
    let stale = store.create(ONE, b"").expect("the sale is new");
    store.append(&[append(ONE, 1, stale)]).expect("it is the owner");
    let owner = store.claim(ONE).expect("the sale exists");
    let error = store.append(&[append(ONE, 2, stale)]).expect_err("no longer the owner");
    let JournalError::Fenced { sale, epoch, owner: newest } = error else { panic!("{error}") };
    assert_eq!((sale, epoch, newest), (ONE, stale, owner));
    let snapshot = Snapshot { seq: Seq(1), version: 1, state: vec![1] };
    let error = store.write_snapshot(ONE, stale, &snapshot);
    assert!(matches!(error, Err(JournalError::Fenced { .. })));
    assert_eq!(batches(store, ONE, 0).len(), 1);
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), None);
    let error = store.append(&[append(ONE, 2, Epoch(owner.0 + 1))]);
    assert!(matches!(error, Err(JournalError::Fenced { .. })), "nobody has claimed that epoch yet");
    store.append(&[append(ONE, 2, owner)]).expect("the owner goes on");
}

/// Rule J3.
pub fn j3_one_stale_owner_stops_the_whole_append(store: &mut impl Store) {
    let sales: Vec<_> = (10..15).map(SaleId).collect();
    let epochs: Vec<_> =
        sales.iter().map(|&sale| store.create(sale, b"").expect("the sale is new")).collect();
    store.claim(sales[2]).expect("the sale exists");
    let appends: Vec<_> =
        sales.iter().zip(&epochs).map(|(&sale, &epoch)| append(sale, 1, epoch)).collect();
    let error = store.append(&appends);
    assert!(matches!(error, Err(JournalError::Fenced { sale, .. }) if sale == sales[2]));
    for &sale in &sales {
        assert_eq!(batches(store, sale, 0), [], "no batch of the transaction is written");
    }
    let others: Vec<_> = appends.into_iter().filter(|one| one.sale != sales[2]).collect();
    store.append(&others).expect("the other sales go on");
}

/// Rule J5.
pub fn j5_the_newest_snapshot_is_kept(store: &mut impl Store) {
    let epoch = store.create(ONE, b"").expect("the sale is new");
    store.append(&[append(ONE, 1, epoch), append(ONE, 2, epoch)]).expect("it is the next batch");
    let snapshot = |seq, size| Snapshot { seq: Seq(seq), version: 3, state: vec![9; size] };
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), None);
    store.write_snapshot(ONE, epoch, &snapshot(1, 100_000)).expect("the log reaches it");
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), Some(snapshot(1, 100_000)));
    store.write_snapshot(ONE, epoch, &snapshot(2, 5)).expect("the log reaches it");
    let error = store.write_snapshot(ONE, epoch, &snapshot(1, 7));
    assert!(matches!(error, Err(JournalError::Gap { .. })), "an older snapshot is refused");
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), Some(snapshot(2, 5)));
    assert_eq!(batches(store, ONE, 0).len(), 2, "the log stays whole");
}

/// Rule J5.
pub fn j5_a_snapshot_never_runs_ahead_of_its_log(store: &mut impl Store) {
    let epoch = store.create(ONE, b"").expect("the sale is new");
    let snapshot = Snapshot { seq: Seq(1), version: 1, state: vec![1] };
    let error = store.write_snapshot(ONE, epoch, &snapshot);
    assert!(matches!(error, Err(JournalError::Gap { .. })));
    let error = store.write_snapshot(TWO, epoch, &snapshot);
    assert!(matches!(error, Err(JournalError::UnknownSale { .. })));
}

/// Rule J4.
pub fn j4_the_header_is_kept_unchanged(store: &mut impl Store) {
    let header: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    store.create(TWO, &header).expect("the sale is new");
    store.claim(TWO).expect("the sale exists");
    assert_eq!(store.header(TWO).expect("the sale exists").0, header);
}

/// Rule J4.
pub fn j4_a_sale_that_was_never_created_is_unknown(store: &mut impl Store) {
    let unknown = |error| matches!(error, JournalError::UnknownSale { sale: ONE });
    assert!(store.header(ONE).is_err_and(unknown));
    assert!(store.claim(ONE).is_err_and(unknown));
    assert!(store.append(&[append(ONE, 1, Epoch(1))]).is_err_and(unknown));
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), None);
    assert_eq!(batches(store, ONE, 0), []);
    assert_eq!(store.sales().expect("the store can be read"), []);
}

/// Rule J4.
pub fn j4_sales_are_listed_in_order(store: &mut impl Store) {
    for sale in [TWO, SaleId(300), ONE, SaleId(0)] {
        store.create(sale, b"").expect("the sale is new");
    }
    assert_eq!(store.sales().expect("the store can be read"), [SaleId(0), ONE, SaleId(300), TWO]);
}

/// Rule J7. The store does not check the bytes of batches; the replay does.
pub fn j7_a_damaged_batch_is_found_with_its_offset(store: &mut impl Store) {
    let epoch = create(store);
    let records = sample::accepted(5, 60, SEATS);
    append_records(store, epoch, &records[..20], 10);
    let mut damaged = Batch::encode(&records[20..]);
    let at = damaged.len() - 8;
    damaged[7] ^= 1;
    store
        .append(&[Append { sale: ONE, seq: Seq(3), epoch, records: damaged }])
        .expect("it is the next batch");
    let error = replayed(store).expect_err("a damaged batch is not replayed");
    let JournalError::Corrupt { sale, seq, offset, reason } = error else { panic!("{error}") };
    assert_eq!((sale, seq, offset), (ONE, Seq(3), at));
    assert_eq!(reason, Corruption::Batch(Damage::Checksum));
}

/// Rule J7.
pub fn j7_a_logged_command_that_the_machine_refuses_is_found(store: &mut impl Store) {
    let epoch = create(store);
    let mut records = sample::accepted(5, 60, SEATS);
    let last = *records.last().expect("there are records");
    let stranger = sale::Command::Pay { visitor: sale::Visitor(999) };
    records.push(Record::new(last.at.next(), stranger));
    append_records(store, epoch, &records, 1000);
    let error = replayed(store).expect_err("a refused command cannot be in a log");
    let JournalError::Corrupt { offset, reason, .. } = error else { panic!("{error}") };
    assert_eq!(reason, Corruption::Refused { refusal: sale::Refusal::NotInside });
    let whole = Batch::encode(&records).len();
    assert!((whole - 20..whole).contains(&offset), "the offset is that of the record");
}

/// Rule J7.
pub fn j7_a_batch_with_an_earlier_time_is_found(store: &mut impl Store) {
    let records = sample::accepted(5, 60, SEATS);
    create(store);
    let epoch = store.claim(ONE).expect("the sale exists");
    append_records(store, epoch, &records[..20], 10);
    let machine = replayed(store).expect("the log is whole");
    assert_eq!(machine.hash(), sample::fed(SEATS, &records[..20]).hash());
    assert_eq!(Machine::now(&machine), records[19].at);
    let back = Record { at: Moment::START, ..records[20] };
    let append = Append { sale: ONE, seq: Seq(3), epoch, records: Batch::encode(&[back]) };
    store.append(&[append]).expect("it is the next batch");
    let error = replayed(store).expect_err("time does not go back");
    assert!(matches!(error, JournalError::Corrupt { reason: Corruption::Time, offset: 5, .. }));
}

/// Rule J23.
pub fn j23_a_kept_result_is_read_until_a_newer_one_or_the_removal(store: &mut impl Store) {
    let kept = |version, size| KeptResult { version, bytes: vec![7; size] };
    let unknown = store.keep_result(ONE, 1, &kept(1, 5));
    assert!(matches!(unknown, Err(JournalError::UnknownSale { sale: ONE })));
    store.create(ONE, b"").expect("the sale is new");
    store.create(TWO, b"").expect("the sale is new");
    for (sale, person) in [(ONE, 0), (ONE, u128::MAX), (TWO, 0)] {
        assert_eq!(store.result(sale, person).expect("the store can be read"), None);
        store.keep_result(sale, person, &kept(1, 100_000)).expect("the sale exists");
    }
    store.keep_result(ONE, 0, &kept(u16::MAX, 0)).expect("a newer one takes its place");
    let mut read = |sale, person| store.result(sale, person).expect("the store can be read");
    assert_eq!(read(ONE, 0), Some(kept(u16::MAX, 0)));
    assert_eq!(read(ONE, u128::MAX), Some(kept(1, 100_000)));
    assert_eq!(read(ONE, 1), None);
    let mut people = store.kept_for(ONE).expect("the store can be read");
    people.sort_unstable();
    assert_eq!(people, [0, u128::MAX]);
    store.remove(ONE).expect("the sale exists");
    store.create(ONE, b"").expect("the number is free again");
    let mut read = |sale, person| store.result(sale, person).expect("the store can be read");
    assert_eq!((read(ONE, 0), read(ONE, u128::MAX)), (None, None));
    assert_eq!(read(TWO, 0), Some(kept(1, 100_000)), "the other sale keeps its own");
}

/// Rule J31.
pub fn j31_results_that_are_kept_together_are_read_one_by_one(store: &mut impl Store) {
    let kept = |byte| KeptResult { version: 1, bytes: vec![byte; 300] };
    store.create(ONE, b"").expect("the sale is new");
    store.create(TWO, b"").expect("the sale is new");
    store.keep_result(ONE, 7, &kept(0)).expect("the sale exists");
    let unknown = SaleId(5);
    let all = [(ONE, 7, kept(1)), (unknown, 7, kept(2)), (ONE, 8, kept(3)), (TWO, 7, kept(4))];
    store.keep_results(&all).expect("a sale that does not exist is passed over");
    store.keep_results(&[]).expect("nothing is kept");
    let mut read = |sale, person| store.result(sale, person).expect("the store can be read");
    assert_eq!([read(ONE, 7), read(ONE, 8), read(TWO, 7)], [1, 3, 4].map(|byte| Some(kept(byte))));
    assert_eq!(read(unknown, 7), None);
}

/// Rule J24.
pub fn j24_without_its_snapshot_a_sale_is_replayed_from_its_log(store: &mut impl Store) {
    let epoch = create(store);
    let records = sample::accepted(5, 60, SEATS);
    append_records(store, epoch, &records[..30], 10);
    let ledger = Ledger::recover(store, ONE, sample::revive, sample::settle);
    let ledger = ledger.expect("the log is whole");
    let snapshot = ledger.snapshot(sample::VERSION).expect("nothing is open");
    store.write_snapshot(ONE, ledger.epoch(), &snapshot).expect("the log reaches it");
    let before = replayed(store).expect("the log is whole").hash();
    store.drop_snapshot(ONE).expect("the sale has a snapshot");
    store.drop_snapshot(ONE).expect("dropping no snapshot succeeds");
    store.drop_snapshot(TWO).expect("dropping no snapshot succeeds");
    assert_eq!(store.snapshot(ONE).expect("the store can be read"), None);
    assert_eq!(replayed(store).expect("the log is whole").hash(), before);
    store.write_snapshot(ONE, ledger.epoch(), &snapshot).expect("it may be written again");
}

/// Rule J25.
pub fn j25_the_store_tells_how_much_it_holds(store: &mut impl Store) {
    let empty = store.bytes_used().expect("counted");
    for (sale, size) in [(TWO, 300_000), (ONE, 9), (SaleId(5), 0)] {
        let epoch = store.create(sale, b"").expect("the sale is new");
        store.append(&[append(sale, 1, epoch)]).expect("it is the next batch");
        let snapshot = Snapshot { seq: Seq(1), version: 1, state: vec![1; size] };
        store.write_snapshot(sale, epoch, &snapshot).expect("the log reaches it");
    }
    store.create(SaleId(6), b"").expect("the sale is new");
    let sizes = store.snapshot_sizes().expect("listed");
    assert_eq!(sizes, [(ONE, 9), (SaleId(5), 0), (TWO, 300_000)]);
    let full = store.bytes_used().expect("counted");
    assert!(full >= empty + 300_000, "{empty} bytes became {full}");
    store.drop_snapshot(TWO).expect("the sale has a snapshot");
    let less = store.bytes_used().expect("counted");
    assert!(less <= full - 290_000, "{full} bytes became {less}");
    assert_eq!(store.snapshot_sizes().expect("listed"), [(ONE, 9), (SaleId(5), 0)]);
}
