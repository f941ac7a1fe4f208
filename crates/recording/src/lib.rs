//! A recording: one file with everything to run a race again: what it was set up from, what people
//! did in it, and how it ended.
//!
//! See the chapter on recorded races in `docs/FORMAT.md`.
//!
//! ```text
//! file = magic · header chunk · batch chunk … · end chunk
//! ```
//!
//! Nothing here runs a race or reads a file.

mod chunk;
mod error;
mod published;

#[cfg(test)]
mod tests;

use journal::{Batch, Entry, Note, NoteKind, Record, Records};
use practice::Header;
use sale::{Hash, Moment, Sale, Tag};

use chunk::{Chunk, Chunks, Kind};

pub use error::{Fault, RecordingError};
pub use published::{items_of, publish};

/// The first bytes of every file.
///
/// A program that transfers the file as text changes these bytes, so that the damage is noticed:
/// the first byte is not ASCII, and both kinds of line end follow. The byte before the last line
/// end stops a DOS terminal that prints the file.
const MAGIC: [u8; 8] = *b"\x89TTR\r\n\x1a\n";

/// The size of the longest file that is read. Chosen: people act a few times a minute, so a
/// recording is far shorter.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The latest end of a race. It follows from the rules, which name two spans of at most a day each,
/// and has room for more. Replaying a later end would take too long.
const END_MAX: Moment = Moment::from_millis(3 * sale::limits::SPAN_MAX_MS);

/// A recorded race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// What a list shows of the race, its seed and its versions.
    pub header: Header,
    /// The recipe as text.
    pub recipe: String,
    /// What people did, and how the race ended.
    pub log: Log,
}

/// What people did, if this program can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Log {
    /// The commands and notes of people, and the end of the race.
    Here(Vec<Item>, End),
    /// The recording is not damaged, but was made under other versions of the rules or the crowd.
    /// Its commands may mean something else in this program.
    OtherVersion,
}

/// Something that people did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A command that was accepted.
    Command(Record),
    /// A note beside the commands.
    Note {
        /// When it came, in race time.
        at: Moment,
        /// The tag of the request that brought it.
        tag: Option<Tag>,
        /// The number of its kind.
        kind: u8,
        /// Its bytes, at most [`journal::limits::NOTE_BYTES_MAX`].
        bytes: Vec<u8>,
    },
}

impl Item {
    fn at(&self) -> Moment {
        match self {
            Self::Command(record) => record.at,
            Self::Note { at, .. } => *at,
        }
    }

    fn of(entry: Entry<'_>) -> Self {
        match entry {
            Entry::Record(record) => Self::Command(record),
            Entry::Note(Note { at, kind: NoteKind(kind), tag, bytes }) => {
                Self::Note { at, tag, kind, bytes: bytes.to_vec() }
            }
        }
    }

    /// Adds the item to a batch. Returns false if the batch has no room.
    fn push(&self, batch: &mut Batch) -> bool {
        match self {
            Self::Command(_) if batch.is_full() => return false,
            Self::Command(record) => batch.push(record),
            Self::Note { at, tag, kind, bytes } => {
                let note = Note { at: *at, kind: NoteKind(*kind), tag: *tag, bytes };
                if !batch.fits(&note) {
                    return false;
                }
                batch.push_note(&note);
            }
        }
        true
    }
}

/// How a race ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The last moment of the race, in race time.
    pub at: Moment,
    /// How many events there were.
    pub events: u64,
    /// The digest of all events.
    pub hash: Hash,
}

/// The bytes of a recording. The items are in order of time, and none is later than the end.
///
/// # Panics
///
/// If the items are out of order, or a note has too many bytes.
pub fn encode(header: &Header, recipe: &str, items: &[Item], end: &End) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    Kind::Header.write(&header.encode(recipe), &mut bytes);
    let mut batch = Batch::new();
    for item in items {
        if !item.push(&mut batch) {
            Kind::Batch.write(&std::mem::take(&mut batch).seal(), &mut bytes);
            assert!(item.push(&mut batch), "an empty batch has room");
        }
    }
    if !batch.is_empty() {
        Kind::Batch.write(&batch.seal(), &mut bytes);
    }
    Kind::End.write(&end.to_bytes(), &mut bytes);
    bytes
}

/// Reads a recording. Checks every byte before it returns anything.
///
/// # Errors
///
/// [`RecordingError`] says which byte is wrong, and why.
pub fn decode(bytes: &[u8]) -> Result<Recording, RecordingError> {
    let wrong = |offset, fault| Err(RecordingError { offset, fault });
    if bytes.is_empty() {
        return wrong(0, Fault::Empty);
    }
    let same = bytes.iter().zip(&MAGIC).take_while(|(found, wanted)| found == wanted).count();
    if same < MAGIC.len() {
        return wrong(same, if same == bytes.len() { Fault::CutShort } else { Fault::Foreign });
    }
    let mut chunks = Chunks::new(bytes, MAGIC.len());
    let first = chunks.expect()?;
    if first.kind != Kind::Header {
        return wrong(first.offset, Fault::HeaderFirst);
    }
    let header = Header::decode_whole(first.payload).map_err(|error| RecordingError {
        offset: first.payload_offset(),
        fault: Fault::Header(error),
    });
    let (header, recipe) = header?;
    let mut batches = Vec::new();
    let last = loop {
        let chunk = chunks.expect()?;
        match chunk.kind {
            Kind::Header => return wrong(chunk.offset, Fault::HeaderTwice),
            Kind::Batch => batches.push(chunk),
            Kind::End => break chunk,
        }
    };
    if chunks.offset() < bytes.len() {
        return wrong(chunks.offset(), Fault::Surplus { bytes: bytes.len() - chunks.offset() });
    }
    let is_ours = header.versions.check().is_ok();
    let log = if is_ours { read_log(&batches, &last)? } else { Log::OtherVersion };
    Ok(Recording { header, recipe, log })
}

fn read_log(batches: &[Chunk<'_>], last: &Chunk<'_>) -> Result<Log, RecordingError> {
    let end = End::of_chunk(last)?;
    let mut items: Vec<Item> = Vec::new();
    let mut last_command = None;
    for chunk in batches {
        let base = chunk.payload_offset();
        let damaged = |error: journal::BatchError| RecordingError {
            offset: base + error.offset,
            fault: Fault::Batch(error.reason),
        };
        let mut records = Records::of(chunk.payload).map_err(damaged)?;
        while let Some(entry) = records.next_entry() {
            let (offset, entry) = entry.map_err(damaged)?;
            let item = Item::of(entry);
            let is_command = matches!(item, Item::Command(_));
            let goes_back = items.last().is_some_and(|before| item.at() < before.at())
                || (is_command && last_command >= Some(item.at()));
            if goes_back || item.at() > end.at {
                return Err(RecordingError { offset: base + offset, fault: Fault::Time });
            }
            last_command = if is_command { Some(item.at()) } else { last_command };
            items.push(item);
        }
    }
    Ok(Log::Here(items, end))
}

impl End {
    const LEN: usize = 8 + 8 + 16;

    /// The end of a race whose sale is at its last moment.
    pub fn of(sale: &Sale) -> Self {
        Self { at: sale.now(), events: sale.event_count(), hash: sale.hash() }
    }

    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::LEN);
        bytes.extend(self.at.as_nanos().to_le_bytes());
        bytes.extend(self.events.to_le_bytes());
        bytes.extend(self.hash.0.to_le_bytes());
        bytes
    }

    fn of_chunk(chunk: &Chunk<'_>) -> Result<Self, RecordingError> {
        let wrong = RecordingError { offset: chunk.payload_offset(), fault: Fault::EndForm };
        let payload: [u8; Self::LEN] = chunk.payload.try_into().map_err(|_| wrong)?;
        let (at, rest) = payload.split_at(8);
        let (events, hash) = rest.split_at(8);
        let at = Moment::from_nanos(u64::from_le_bytes(at.try_into().expect("eight bytes")));
        if at > END_MAX {
            return Err(wrong);
        }
        Ok(Self {
            at,
            events: u64::from_le_bytes(events.try_into().expect("eight bytes")),
            hash: Hash(u128::from_le_bytes(hash.try_into().expect("sixteen bytes"))),
        })
    }
}
