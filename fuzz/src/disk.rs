//! What journals and recordings keep.

use journal::{Batch, Entry, Note as Kept, NoteKind, Record, Records};
use practice::report::{Retold, Subject, answer};
use practice::what_if::UsualTimes;
use practice::{About, Header, MemberId, Note, Title};
use recording::Log;
use sale::{Answered, Machine, Moment};

use crate::{scene, seal};

/// How many members of a replayed race a report is made for.
const REPORTS_MAX: usize = 2;

/// Bytes of a report. A real one has a few thousand.
const REPORT_BYTES_MAX: usize = 1024 * 1024;

/// A log of SQLite.
pub(crate) fn wal(bytes: &[u8]) {
    // What it finds depends on the log alone; that it reads any bytes is what is tried.
    let _newest = journal::fuzzing::newest_commit(bytes);
}

/// A batch has one form.
pub(crate) fn batch(bytes: &[u8]) {
    check_batch(bytes);
    check_batch(&seal::batch(bytes));
}

fn check_batch(bytes: &[u8]) {
    let Some(entries) = entries_of(bytes) else { return };
    let mut batch = Batch::new();
    for entry in &entries {
        match entry {
            Entry::Record(record) => batch.push(record),
            Entry::Note(note) => batch.push_note(note),
        }
    }
    assert_eq!(batch.seal(), bytes, "a batch of another form");
}

fn entries_of(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut records = Records::of(bytes).ok()?;
    let mut entries = Vec::new();
    while let Some(entry) = records.next_entry() {
        let (offset, entry) = entry.ok()?;
        assert!(offset < bytes.len());
        entries.push(entry);
    }
    Some(entries)
}

/// A note has one form.
pub(crate) fn note(bytes: &[u8]) {
    let Some((&kind, bytes)) = bytes.split_first() else { return };
    let Ok(note) = Note::decode(kind, bytes) else { return };
    assert_eq!(note.kind(), kind);
    assert_eq!(note.encode(), bytes, "a note of another form");
}

/// A header with its recipe has one form in each version, and is read alone as it is read together with the
/// recipe. One of an older version is read as the same again once it is written.
pub(crate) fn header(bytes: &[u8]) {
    let alone = Header::decode(bytes);
    let Ok((header, recipe)) = Header::decode_whole(bytes) else { return };
    let written = header.encode(&recipe);
    let is_newest = bytes.get(..2) == written.get(..2);
    assert!(!is_newest || written == bytes, "a header of another form");
    assert_eq!(alone, Ok(header.clone()));
    assert_eq!(Header::decode_whole(&written), Ok((header, recipe)));
}

/// A recording that is read is read again from what is written.
pub(crate) fn recording(bytes: &[u8]) {
    check_recording(bytes);
    check_recording(&seal::recording(bytes));
}

fn check_recording(bytes: &[u8]) {
    let recorded = match recording::decode(bytes) {
        Ok(recorded) => recorded,
        Err(error) => return assert!(error.offset <= bytes.len()),
    };
    let Log::Here(items, end) = &recorded.log else { return };
    let written = recording::encode(&recorded.header, &recorded.recipe, items, end);
    assert_eq!(recording::decode(&written), Ok(recorded));
}

/// A log whose checksum fits is replayed up to the first entry that the race refuses. Then the race can go on to its end, and the
/// reports of its members can be made.
pub(crate) fn log(bytes: &[u8]) {
    let bytes = seal::batch(bytes);
    let Some(entries) = entries_of(&bytes) else { return };
    let mut retold = Retold::tell(scene::practice());
    for entry in entries {
        let kept = match entry {
            Entry::Record(record) => keep_record(&mut retold, &record),
            Entry::Note(note) => keep_note(&mut retold, &note),
        };
        if kept.is_none() {
            break;
        }
    }
    let count = retold.practice().members().len().min(REPORTS_MAX);
    for member in (0..).map(MemberId).take(count) {
        let report = answer(retold.clone(), subject(member));
        let told = serde_json::to_string(&report).expect("a report becomes JSON");
        assert!(told.len() < REPORT_BYTES_MAX, "a report of {} bytes", told.len());
    }
}

fn keep_record(retold: &mut Retold, record: &Record) -> Option<()> {
    let &Record { at, command, tag } = record;
    is_in_time(retold, at)?;
    let outcome = Machine::handle(retold, at, command).ok()?;
    retold.keep_answer(Answered { at, tag, command, outcome });
    Some(())
}

fn keep_note(retold: &mut Retold, note: &Kept<'_>) -> Option<()> {
    let &Kept { at, kind: NoteKind(kind), tag, bytes } = note;
    is_in_time(retold, at)?;
    Machine::advance(retold, at);
    Machine::keep_note(retold, at, tag, kind, bytes).ok()
}

/// A replay refuses what is earlier than the race.
fn is_in_time(retold: &Retold, at: Moment) -> Option<()> {
    (at >= Machine::now(retold)).then_some(())
}

fn subject(member: MemberId) -> Subject {
    let (id, started_at_ms) = ("0000000000000001".to_owned(), 1.7e12);
    let (about, usual) = (about(), UsualTimes::default());
    Subject { member, id, about, seed: Some(scene::SEED), started_at_ms, usual }
}

/// What a list shows of the small race.
pub(crate) fn about() -> About {
    let course = scene::course();
    let (recipe, title) = (&course.recipe, &course.title);
    About {
        performance: None,
        rehearses: None,
        scenario: recipe.name().to_owned(),
        title: Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() },
        plan: recipe.plan().to_owned(),
        demand: recipe.demand().to_owned(),
        style: recipe.style().to_owned(),
        rivals: recipe.rivals(),
        seats: course.scenario.layout.seat_count(),
        exercise: None,
    }
}
