//! Damaged, cut and missing files: each sale answers as before, or says that it is damaged, or the
//! journal is refused with words. Nothing else happens to the sales around it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use journal::{
    Append, Batch, Epoch, JournalError, Ledger, Log, Notice, SaleId, Seq, SqliteStore, Start,
    Store, sample,
};
use sale::Machine;
use tempfile::{TempDir, tempdir};

const SEATS: u32 = 20;
const SALES: u64 = 5;
const PAGE: usize = 4096;

/// The state of each sale, by its number.
type States = BTreeMap<SaleId, Vec<u8>>;
/// The files of a journal, by their endings.
type Files = BTreeMap<&'static str, Vec<u8>>;

const ENDINGS: [&str; 3] = ["", "-wal", "-mark"];

/// A sale's number. They are spread as the random numbers of a server are.
fn sale_id(number: u64) -> SaleId {
    SaleId(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn path_in(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("journal.sqlite")
}

fn with_ending(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Makes some sales with logs and, for those with an even number, snapshots in the middle.
fn fill(store: &mut SqliteStore) {
    for number in 1..=SALES {
        let sale = sale_id(number);
        // A long header, as a recipe is, has pages of its own.
        let header = [
            &SEATS.to_le_bytes()[..],
            &"recipe, ".repeat(600 * usize::try_from(number).expect("small")).into_bytes(),
        ]
        .concat();
        let mut epoch =
            Ledger::create(store, sale, &header, sample::sale(SEATS)).expect("new").epoch();
        for (index, part) in sample::accepted(number, 300, SEATS).chunks(6).enumerate() {
            let seq = Seq(index as u64 + 1);
            let append = Append { sale, seq, epoch, records: Batch::encode(part) };
            store.append(&[append]).expect("it is the next batch");
            if index == 8 && number % 2 == 0 {
                let ledger = Ledger::recover(store, sale, revive, sample::settle).expect("whole");
                epoch = ledger.epoch();
                let snapshot = ledger.snapshot(sample::VERSION).expect("nothing is open");
                store.write_snapshot(sale, epoch, &snapshot).expect("the log reaches it");
            }
        }
    }
}

fn revive(
    header: &[u8],
    snapshot: Option<&journal::Snapshot>,
) -> Result<sale::Sale, journal::BoxError> {
    sample::revive(&header[..4], snapshot)
}

/// The files of a journal, once closed in good order and once killed, with the states of its sales.
fn made() -> ([Files; 2], States) {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    store.rest(1).expect("the mark is written");
    let killed = read(&path);
    let states = states(&mut store).into_iter();
    let states = states.map(|(sale, state)| (sale, state.expect("nothing is damaged"))).collect();
    store.close().expect("closed");
    ([read(&path), killed], states)
}

fn read(path: &Path) -> Files {
    let file = |ending| Some((ending, fs::read(with_ending(path, ending)).ok()?));
    ENDINGS.into_iter().filter_map(file).collect()
}

fn write(path: &Path, files: &Files) {
    for ending in ENDINGS {
        let path = with_ending(path, ending);
        match files.get(ending) {
            Some(bytes) => fs::write(path, bytes).expect("written"),
            None => drop(fs::remove_file(path)),
        }
    }
}

fn states(store: &mut SqliteStore) -> BTreeMap<SaleId, Result<Vec<u8>, JournalError>> {
    let mut state = |sale| {
        let log = Log::claim(store, sale)?;
        let mut ledger = Ledger::from_log(&log, revive)?;
        sample::settle(ledger.machine_mut());
        Ok(Machine::snapshot(ledger.machine()))
    };
    let sales = (1..=SALES).map(sale_id);
    sales.map(|sale| (sale, state(sale))).collect()
}

/// What a damage did.
#[derive(Debug, PartialEq, Eq)]
enum Met {
    Refused,
    Damaged(usize),
}

/// Opens the files and checks that nothing is wrong without a word.
fn check(files: &Files, expected: &States, what: &str, uncreated: &mut usize) -> Met {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    write(&path, files);
    let mut store = match SqliteStore::open(&path) {
        Ok(store) => store,
        Err(error) => {
            let is_told = matches!(
                error,
                JournalError::Lost { .. }
                    | JournalError::Broken { .. }
                    | JournalError::Foreign { .. }
                    | JournalError::NewerSchema { .. }
            );
            assert!(is_told, "{what}: {error:?}");
            return Met::Refused;
        }
    };
    let listed = store.sales().expect("listed");
    let mut damaged = 0;
    for (sale, state) in states(&mut store) {
        match state {
            Ok(state) => {
                assert!(state == expected[&sale], "{what}: sale {sale} is another one");
                assert!(listed.contains(&sale), "{what}: sale {sale} is not listed");
            }
            Err(error) => {
                assert!(!error.is_fatal(), "{what}: {error:?}");
                let is_told = matches!(
                    error,
                    JournalError::Damaged { .. }
                        | JournalError::Corrupt { .. }
                        | JournalError::Revive { .. }
                );
                assert!(is_told, "{what}: {error:?}");
                damaged += 1;
            }
        }
    }
    // Another sale can be created, unless it would stand on the damaged page.
    match Ledger::create(&mut store, SaleId(77), &vec![1; 20_000], sample::sale(SEATS)) {
        Ok(_) => {}
        Err(JournalError::Damaged { .. }) => *uncreated += 1,
        Err(error) => panic!("{what}: {error:?}"),
    }
    Met::Damaged(damaged)
}

type Damage = fn(&mut [u8]);

/// Ways to damage a page.
const KINDS: [(&str, Damage); 6] = [
    ("a bit of its header", |page| page[3] ^= 1),
    ("another bit of its header", |page| page[5] ^= 0x10),
    ("a bit in its middle", |page| page[page.len() / 2] ^= 4),
    ("a bit near its end", |page| *page.last_mut().expect("a page") ^= 2),
    ("zeros", |page| page.fill(0)),
    ("noise", |page| page.chunks_mut(8).for_each(|part| part.copy_from_slice(b"\x0d\x91noise!"))),
];

#[test]
fn j15_a_damaged_page_concerns_only_its_sales() {
    let ([closed, killed], expected) = made();
    let mut uncreated = 0;
    let mut harmless = 0;
    for (name, files) in [("closed", &closed), ("killed", &killed)] {
        for page in 0..files[""].len() / PAGE {
            for (kind, damage) in KINDS {
                let mut files = files.clone();
                let bytes = files.get_mut("").expect("the main file");
                damage(&mut bytes[page * PAGE..(page + 1) * PAGE]);
                let met = check(
                    &files,
                    &expected,
                    &format!("{name}, page {page}, {kind}"),
                    &mut uncreated,
                );
                assert!(met != Met::Refused || page == 0, "{name}, page {page}, {kind}: refused");
                harmless += usize::from(met == Met::Damaged(0));
            }
        }
    }
    assert!(harmless > 0, "some bytes mean nothing");
    assert!(uncreated < 10, "{uncreated} damages kept a new sale from being created");
}

#[test]
fn j15_j16_a_cut_or_missing_file_is_told() {
    let ([closed, killed], expected) = made();
    let mut uncreated = 0;
    for (name, files) in [("closed", &closed), ("killed", &killed)] {
        for ending in files.keys().copied() {
            let mut without = files.clone();
            without.remove(ending);
            check(&without, &expected, &format!("{name} without {ending:?}"), &mut uncreated);
            let len = files[ending].len();
            for part in 0..24 {
                let mut cut = files.clone();
                cut.get_mut(ending).expect("a file").truncate(len * part / 24 + part % 3);
                check(
                    &cut,
                    &expected,
                    &format!("{name}, {ending:?} cut at {part} of 24"),
                    &mut uncreated,
                );
            }
        }
    }
}

#[test]
fn j16_a_damaged_log_of_sqlite_is_told() {
    let ([_, killed], expected) = made();
    let mut uncreated = 0;
    let len = killed["-wal"].len();
    let mut refused = 0;
    for at in (0..32).chain((32..len).step_by(len / 150)) {
        let mut damaged = killed.clone();
        damaged.get_mut("-wal").expect("the log")[at] ^= 0x10;
        let met = check(&damaged, &expected, &format!("byte {at} of the log"), &mut uncreated);
        refused += usize::from(met == Met::Refused);
    }
    assert!(refused > 100, "{refused} refused");
}

/// A copy of the journal without its mark, whose log is damaged before its last commits.
#[test]
fn j16_commits_behind_a_damaged_frame_are_missed_even_without_a_mark() {
    let ([_, mut killed], _) = made();
    killed.remove("-mark");
    let log = killed.get_mut("-wal").expect("the log");
    let middle = log.len() / 2;
    log[middle] ^= 1;
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    write(&path, &killed);
    let error = SqliteStore::open(&path).expect_err("commits are lost");
    assert!(matches!(error, JournalError::Lost { .. }), "{error:?}");
    assert_eq!(read(&path), killed, "nothing was written");
    let store = SqliteStore::open_despite_loss(&path).expect("the loss is accepted");
    store.close().expect("closed");
    SqliteStore::open(&path).expect("the loss is forgotten");
}

#[test]
fn j16_a_torn_end_of_the_log_is_the_normal_end_after_a_crash() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    store.rest(1).expect("the mark is written");
    let acknowledged = read(&path)["-wal"].len();
    store.create(SaleId(3), &vec![0; 40_000]).expect("a new sale");
    let mut files = read(&path);
    // The mark is that of before: this last commit was never acknowledged.
    let log = files.get_mut("-wal").expect("the log");
    log[acknowledged + 5 * PAGE] ^= 1;
    let other = tempdir().expect("a new folder");
    write(&path_in(&other), &files);
    SqliteStore::open(&path_in(&other)).expect("the end is torn");
}

#[test]
fn j15_a_damaged_snapshot_gives_way_to_the_log() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    let expected = states(&mut store);
    store.close().expect("closed");
    let other = rusqlite::Connection::open(&path).expect("a file");
    other.execute_batch("UPDATE snapshot SET state = zeroblob(70)").expect("updated");
    drop(other);
    let mut store = SqliteStore::open(&path).expect("a journal");
    let log = Log::claim(&mut store, sale_id(2)).expect("the log is whole");
    assert!(log.lost_snapshot());
    for (sale, state) in states(&mut store) {
        assert_eq!(state.expect("whole"), *expected[&sale].as_ref().expect("whole"), "sale {sale}");
    }
}

#[test]
fn j16_a_log_that_ends_before_its_mark_is_damaged() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    store.close().expect("closed");
    let other = rusqlite::Connection::open(&path).expect("a file");
    let (one, two) = (sale_id(1).0.cast_signed(), sale_id(2).0.cast_signed());
    let sql = format!(
        "DELETE FROM journal WHERE sale = {one} AND seq =
             (SELECT max(seq) FROM journal WHERE sale = {one}); DELETE FROM owner WHERE sale = {two}"
    );
    other.execute_batch(&sql).expect("deleted");
    drop(other);
    let mut store = SqliteStore::open(&path).expect("a journal");
    let states = states(&mut store);
    assert!(matches!(states[&sale_id(1)], Err(JournalError::Corrupt { .. })));
    assert!(matches!(states[&sale_id(2)], Err(JournalError::Damaged { .. })));
    assert!(states[&sale_id(3)].is_ok());
    assert_eq!(store.sales().expect("listed").len() as u64, SALES);
}

#[test]
fn j15_a_sale_that_was_removed_is_not_called_damaged() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    store.rest(1).expect("the mark is written");
    store.remove(sale_id(1)).expect("removed");
    // The process is killed here: the mark is that of the removal.
    let files = read(&path);
    let other = tempdir().expect("a new folder");
    write(&path_in(&other), &files);
    let mut store = SqliteStore::open(&path_in(&other)).expect("a journal");
    let gone = Log::read(&mut store, sale_id(1), Start::Beginning);
    assert!(matches!(gone, Err(JournalError::UnknownSale { .. })), "{gone:?}");
    assert_eq!(store.sales().expect("listed").len() as u64, SALES - 1);
}

#[test]
fn j16_the_mark_keeps_the_time_that_it_was_told() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    assert_eq!(store.last_mark_time(), None);
    store.create(SaleId(1), b"").expect("a new sale");
    store.rest(1_700_000_000_000_000_000).expect("the mark is written");
    store.close().expect("closed");
    let store = SqliteStore::open(&path).expect("a journal");
    assert_eq!(store.last_mark_time(), Some(1_700_000_000_000_000_000));
    assert_eq!(store.notices(), &[] as &[Notice]);
    store.close().expect("closed");
    fs::remove_file(with_ending(&path, "-mark")).expect("removed");
    let store = SqliteStore::open(&path).expect("a journal");
    assert_eq!(store.notices(), &[Notice::MarkMissing]);
}

#[test]
fn j16_an_idle_journal_has_nothing_in_its_log_alone() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    store.create(SaleId(1), b"abc").expect("a new sale");
    store.rest(1).expect("something was written");
    store.rest(2).expect("nothing was written");
    let mut files = read(&path);
    files.remove("-wal");
    let other = tempdir().expect("a new folder");
    write(&path_in(&other), &files);
    let mut store = SqliteStore::open(&path_in(&other)).expect("nothing is missing");
    assert_eq!(store.header(SaleId(1)).expect("a sale"), (b"abc".to_vec(), Epoch(1)));
}

#[test]
fn j15_a_damaged_list_of_free_pages_keeps_nobody_from_writing() {
    let folder = tempdir().expect("a new folder");
    let path = path_in(&folder);
    let mut store = SqliteStore::open(&path).expect("a new file");
    fill(&mut store);
    store.remove(sale_id(5)).expect("removed");
    store.close().expect("closed");
    let mut files = read(&path);
    let file = files.get_mut("").expect("the main file");
    let first = u32::from_be_bytes(file[32..36].try_into().expect("four bytes")) as usize;
    file[(first - 1) * PAGE..first * PAGE].fill(0xee);
    write(&path, &files);
    let mut store = SqliteStore::open(&path).expect("a journal");
    assert_eq!(store.notices(), &[Notice::FreePages]);
    fill_one(&mut store, sale_id(6));
    assert!(states(&mut store)[&sale_id(4)].is_ok());
    store.close().expect("closed");
    assert_eq!(SqliteStore::open(&path).expect("a journal").notices(), &[] as &[Notice]);
}

/// Creates a sale with a long header and some batches.
fn fill_one(store: &mut SqliteStore, sale: SaleId) {
    let header = [&SEATS.to_le_bytes()[..], &vec![9; 30_000]].concat();
    let epoch = Ledger::create(store, sale, &header, sample::sale(SEATS)).expect("new").epoch();
    for (index, part) in sample::accepted(9, 100, SEATS).chunks(6).enumerate() {
        let seq = Seq(index as u64 + 1);
        let append = Append { sale, seq, epoch, records: Batch::encode(part) };
        store.append(&[append]).expect("it is the next batch");
    }
}
