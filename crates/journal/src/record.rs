//! Records and batches as bytes: see `docs/FORMAT.md`.
//!
//! A batch is written once, and is read whole or not at all. The same records always give the same
//! bytes, and no other bytes are read as these records (rule J10).

use borsh::BorshDeserialize;
use sale::{Command, Moment, Tag};
use xxhash_rust::xxh3::xxh3_64;

use crate::limits::{BATCH_BYTES_MAX, BATCH_RECORDS_MAX, NOTE_BYTES_MAX};

/// The version of the bytes of a batch.
const VERSION: u8 = 4;
/// The bytes before the records: version and count.
const HEAD: usize = 1 + size_of::<u32>();
/// The bytes after the records: the checksum.
const TAIL: usize = size_of::<u64>();
/// The most bytes of a 64-bit number, with seven bits in each byte.
const VARINT_MAX: usize = 10;
/// The byte that says: no tag.
const UNTAGGED: u8 = 0;
/// The byte that says: a tag follows.
const TAGGED: u8 = 1;
/// The byte that says: this is a note and not a record. It stands where a record has the byte of
/// its tag.
const NOTE: u8 = 2;
/// The bytes of a tag: its key and its content.
const TAG: usize = 2 * size_of::<u64>();
/// The most bytes of a note besides its own: time step, note byte, kind, tag byte, tag and length.
const NOTE_HEAD_MAX: usize = VARINT_MAX + 2 + 1 + TAG + size_of::<u16>();
/// The most bytes of a record. Chosen larger than any command; [`Batch::push`] checks it.
const RECORD_MAX: usize = 128;

/// An accepted command and its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// When the command was decided.
    pub at: Moment,
    /// The command.
    pub command: Command,
    /// The request's tag. By it the caller recognises the request if it comes again, and another
    /// request under its key, even after a crash (rules J11, J14).
    pub tag: Option<Tag>,
}

impl Record {
    /// A record without a tag.
    pub const fn new(at: Moment, command: Command) -> Self {
        Self { at, command, tag: None }
    }
}

/// The kind of a note. The caller decides what each number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteKind(pub u8);

/// Bytes of the caller that the journal keeps between the records, in the order in which they came.
/// A note changes no decision (rule J12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// When the note came. Not earlier than the record or note before it.
    pub at: Moment,
    /// The kind of the note.
    pub kind: NoteKind,
    /// The request's tag. By it the caller recognises the request if it comes again.
    pub tag: Option<Tag>,
    /// The caller's bytes, at most [`NOTE_BYTES_MAX`]. The journal does not look at them.
    pub bytes: &'a [u8],
}

/// A record or a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// An accepted command.
    Record(Record),
    /// A note of the caller.
    Note(Note<'a>),
}

/// A batch that is being filled. It encodes each record and note as it comes.
#[derive(Debug)]
pub struct Batch {
    bytes: Vec<u8>,
    record_count: u32,
    order: Order,
}

/// Checks that the moments of records and notes are in order.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    /// The moment of the last record or note. The next one may not be earlier.
    entry: Moment,
    /// The moment of the last record. The next record must be later.
    record: Option<Moment>,
}

impl Order {
    /// Takes in the moment of a note; `None` if it is out of order.
    fn note(self, at: Moment) -> Option<Self> {
        (at >= self.entry && at < Moment::NEVER).then_some(Self { entry: at, ..self })
    }

    /// Takes in the moment of a record; `None` if it is out of order.
    fn record(self, at: Moment) -> Option<Self> {
        let is_later = self.record < Some(at);
        self.note(at).filter(|_| is_later).map(|order| Self { record: Some(at), ..order })
    }
}

/// Where a batch is damaged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct BatchError {
    /// The first byte that cannot be right.
    pub offset: usize,
    /// What is wrong there.
    pub reason: Damage,
}

/// What can be wrong with the bytes of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// There are fewer bytes than the batch needs.
    #[error("the batch is cut short")]
    CutShort,
    /// The batch has a version that this program does not know.
    #[error("the batch has version {found}, version {VERSION} is known here")]
    Version {
        /// The version found.
        found: u8,
    },
    /// The checksum does not fit the bytes.
    #[error("the checksum does not fit the bytes")]
    Checksum,
    /// The count of records and notes is 0 or larger than a batch may have.
    #[error("a batch has 1 to {BATCH_RECORDS_MAX} records, this one says {found}")]
    Count {
        /// The count found.
        found: u32,
    },
    /// A time is out of order, or its bytes are not the shortest form of a number.
    #[error("the time is not later than the one before")]
    Time,
    /// The bytes are not a tag, or the key in it is 0.
    #[error("the bytes are not a tag")]
    Tag,
    /// The length of a note is larger than a note may have.
    #[error("the length is more than a note may have")]
    Note,
    /// The bytes are not a whole command.
    #[error("the bytes are not a command")]
    Command,
    /// Bytes follow the last record or note.
    #[error("bytes follow the last record")]
    Surplus,
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl Batch {
    /// A batch without records and notes.
    pub fn new() -> Self {
        // Many batches have one record and fit in this. The vector of a busy sale grows a few
        // times.
        let mut bytes = Vec::with_capacity(256);
        bytes.push(VERSION);
        bytes.extend_from_slice(&0u32.to_le_bytes());
        Self { bytes, record_count: 0, order: Order::default() }
    }

    /// Adds a record.
    ///
    /// # Panics
    ///
    /// If the record is not later than the one before, or the batch [is full](Self::is_full).
    pub fn push(&mut self, record: &Record) {
        assert!(!self.is_full(), "a full batch is sealed first");
        let order = self.order.record(record.at).expect("records are stamped in strict order");
        let start = self.bytes.len();
        write_varint(&mut self.bytes, record.at.since(self.order.entry).as_nanos());
        write_tag(&mut self.bytes, record.tag);
        borsh::to_writer(&mut self.bytes, &record.command).expect("memory takes every write");
        assert!(self.bytes.len() - start <= RECORD_MAX, "a record has a limit");
        self.record_count += 1;
        self.order = order;
    }

    /// Adds a note.
    ///
    /// # Panics
    ///
    /// If the note [does not fit](Self::fits), or is earlier than the record or note before it.
    pub fn push_note(&mut self, note: &Note<'_>) {
        assert!(self.fits(note), "a batch without room is sealed first");
        let len = u16::try_from(note.bytes.len()).expect("at most NOTE_BYTES_MAX");
        let order = self.order.note(note.at).expect("time goes on");
        let NoteKind(kind) = note.kind;
        write_varint(&mut self.bytes, note.at.since(self.order.entry).as_nanos());
        self.bytes.extend_from_slice(&[NOTE, kind]);
        write_tag(&mut self.bytes, note.tag);
        self.bytes.extend_from_slice(&len.to_le_bytes());
        self.bytes.extend_from_slice(note.bytes);
        self.record_count += 1;
        self.order = order;
    }

    /// Whether the batch has room for a note.
    ///
    /// # Panics
    ///
    /// If the note has more than [`NOTE_BYTES_MAX`] bytes, which no batch takes.
    pub fn fits(&self, note: &Note<'_>) -> bool {
        assert!(note.bytes.len() <= NOTE_BYTES_MAX, "a note has a limit");
        let len = self.bytes.len() + NOTE_HEAD_MAX + note.bytes.len() + TAIL;
        (self.record_count as usize) < BATCH_RECORDS_MAX && len <= BATCH_BYTES_MAX
    }

    /// Whether the batch has room for a record and a note of so many bytes about what came of it.
    pub fn fits_with_note(&self, bytes: usize) -> bool {
        let len = self.bytes.len() + RECORD_MAX + NOTE_HEAD_MAX + bytes + TAIL;
        self.record_count as usize + 2 <= BATCH_RECORDS_MAX && len <= BATCH_BYTES_MAX
    }

    /// Whether the batch has no record and no note.
    pub fn is_empty(&self) -> bool {
        self.record_count == 0
    }

    /// Whether another record might not fit.
    pub fn is_full(&self) -> bool {
        self.record_count as usize >= BATCH_RECORDS_MAX
            || self.bytes.len() + RECORD_MAX + TAIL > BATCH_BYTES_MAX
    }

    /// How many records and notes the batch has.
    pub fn record_count(&self) -> u32 {
        self.record_count
    }

    /// The bytes of the finished batch.
    ///
    /// # Panics
    ///
    /// If the batch is empty.
    pub fn seal(mut self) -> Vec<u8> {
        assert!(!self.is_empty(), "an empty batch is not written");
        self.bytes[1..HEAD].copy_from_slice(&self.record_count.to_le_bytes());
        let sum = xxh3_64(&self.bytes);
        self.bytes.extend_from_slice(&sum.to_le_bytes());
        self.bytes
    }

    /// The bytes of a batch of `records`, without notes.
    ///
    /// # Panics
    ///
    /// As [`push`](Self::push) and [`seal`](Self::seal) do.
    pub fn encode(records: &[Record]) -> Vec<u8> {
        let mut batch = Self::new();
        for record in records {
            batch.push(record);
        }
        batch.seal()
    }

    /// The records of a batch, without its notes. It checks all of `bytes` first.
    ///
    /// # Errors
    ///
    /// [`BatchError`] says where the bytes are damaged and how.
    pub fn decode(bytes: &[u8]) -> Result<Vec<Record>, BatchError> {
        Records::of(bytes)?.map(|item| item.map(|(_, record)| record)).collect()
    }
}

/// Reads the records and notes of a batch one by one, with their offsets. As an iterator it skips
/// the notes.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    /// Head and records, without the checksum.
    body: &'a [u8],
    offset: usize,
    left: u32,
    order: Order,
}

impl<'a> Records<'a> {
    /// Begins to read a batch: checks version, checksum and count.
    ///
    /// # Errors
    ///
    /// [`BatchError`] if one of these is wrong.
    pub fn of(bytes: &'a [u8]) -> Result<Self, BatchError> {
        let damaged = |offset, reason| Err(BatchError { offset, reason });
        let Some((&version, _)) = bytes.split_first() else {
            return damaged(0, Damage::CutShort);
        };
        if version != VERSION {
            return damaged(0, Damage::Version { found: version });
        }
        let Some(body_len) = bytes.len().checked_sub(TAIL).filter(|&len| len >= HEAD) else {
            return damaged(bytes.len(), Damage::CutShort);
        };
        let (body, sum) = bytes.split_at(body_len);
        if xxh3_64(body).to_le_bytes() != sum {
            return damaged(body_len, Damage::Checksum);
        }
        let count = body[1..HEAD].try_into().expect("four bytes");
        let left = u32::from_le_bytes(count);
        if left == 0 || left as usize > BATCH_RECORDS_MAX {
            return damaged(1, Damage::Count { found: left });
        }
        Ok(Self { body, offset: HEAD, left, order: Order::default() })
    }

    /// The next record or note, with the offset of its first byte. `None` at the end and after an
    /// error.
    ///
    /// # Errors
    ///
    /// [`BatchError`] if its bytes are damaged.
    pub fn next_entry(&mut self) -> Option<Result<(usize, Entry<'a>), BatchError>> {
        if self.left == 0 {
            return None;
        }
        let item = self.read();
        if item.is_err() {
            self.left = 0;
        }
        Some(item)
    }

    fn read(&mut self) -> Result<(usize, Entry<'a>), BatchError> {
        let start = self.offset;
        let out_of_order = BatchError { offset: start, reason: Damage::Time };
        let at = self.read_moment()?;
        if self.body.get(self.offset) == Some(&NOTE) {
            self.order = self.order.note(at).ok_or(out_of_order)?;
            return self.read_note(at).map(|note| (start, Entry::Note(note)));
        }
        self.order = self.order.record(at).ok_or(out_of_order)?;
        let tag = self.read_tag()?;
        let mut rest = &self.body[self.offset..];
        let reason = if rest.is_empty() { Damage::CutShort } else { Damage::Command };
        let command = Command::deserialize(&mut rest);
        let command = command.map_err(|_| BatchError { offset: self.offset, reason })?;
        self.offset = self.body.len() - rest.len();
        self.count_down()?;
        Ok((start, Entry::Record(Record { at, command, tag })))
    }

    /// Reads a note whose moment was read already.
    fn read_note(&mut self, at: Moment) -> Result<Note<'a>, BatchError> {
        self.offset += 1;
        let [kind] = self.read_bytes()?;
        let tag = self.read_tag()?;
        let start = self.offset;
        let len = usize::from(u16::from_le_bytes(self.read_bytes()?));
        if len > NOTE_BYTES_MAX {
            return Err(BatchError { offset: start, reason: Damage::Note });
        }
        let bytes = self.body[self.offset..].get(..len);
        let bytes = bytes.ok_or(BatchError { offset: start, reason: Damage::CutShort })?;
        self.offset += len;
        self.count_down()?;
        Ok(Note { at, kind: NoteKind(kind), tag, bytes })
    }

    fn read_bytes<const N: usize>(&mut self) -> Result<[u8; N], BatchError> {
        let bytes = self.body[self.offset..].first_chunk().copied();
        let bytes = bytes.ok_or(BatchError { offset: self.offset, reason: Damage::CutShort })?;
        self.offset += N;
        Ok(bytes)
    }

    /// Counts an entry as read. After the last one no bytes may be left.
    fn count_down(&mut self) -> Result<(), BatchError> {
        self.left -= 1;
        if self.left == 0 && self.offset < self.body.len() {
            return Err(BatchError { offset: self.offset, reason: Damage::Surplus });
        }
        Ok(())
    }

    fn read_tag(&mut self) -> Result<Option<Tag>, BatchError> {
        let damaged = |reason| BatchError { offset: self.offset, reason };
        let rest = &self.body[self.offset..];
        let (&mark, rest) = rest.split_first().ok_or_else(|| damaged(Damage::CutShort))?;
        let (tag, len) = match mark {
            UNTAGGED => (None, 1),
            TAGGED => {
                let (key, rest) =
                    rest.split_first_chunk().ok_or_else(|| damaged(Damage::CutShort))?;
                let content = rest.first_chunk().ok_or_else(|| damaged(Damage::CutShort))?;
                let tag = Tag::new(u64::from_le_bytes(*key), u64::from_le_bytes(*content));
                (Some(tag.ok_or_else(|| damaged(Damage::Tag))?), 1 + TAG)
            }
            _ => return Err(damaged(Damage::Tag)),
        };
        self.offset += len;
        Ok(tag)
    }

    fn read_moment(&mut self) -> Result<Moment, BatchError> {
        let damaged = |reason| BatchError { offset: self.offset, reason };
        let (step, len) = read_varint(&self.body[self.offset..]).map_err(damaged)?;
        let at = self.order.entry.as_nanos().checked_add(step).map(Moment::from_nanos);
        let at = at.ok_or_else(|| damaged(Damage::Time))?;
        self.offset += len;
        Ok(at)
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(usize, Record), BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_entry()? {
                Ok((offset, Entry::Record(record))) => return Some(Ok((offset, record))),
                Ok((_, Entry::Note(_))) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn write_tag(bytes: &mut Vec<u8>, tag: Option<Tag>) {
    let Some(Tag { key, content }) = tag else { return bytes.push(UNTAGGED) };
    bytes.push(TAGGED);
    bytes.extend_from_slice(&key.get().to_le_bytes());
    bytes.extend_from_slice(&content.to_le_bytes());
}

/// Writes seven bits in each byte, the lowest first. The top bit says that another byte follows.
fn write_varint(bytes: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            return bytes.push(low & 0x7f);
        }
        bytes.push(low | 0x80);
    }
}

/// The number at the start of `bytes`, and how many bytes it takes. Only the shortest form is
/// accepted.
fn read_varint(bytes: &[u8]) -> Result<(u64, usize), Damage> {
    let mut value = 0u64;
    for (at, &byte) in bytes.iter().take(VARINT_MAX).enumerate() {
        let bits = u64::from(byte & 0x7f);
        let shift = 7 * at;
        if bits << shift >> shift != bits {
            return Err(Damage::Time);
        }
        value |= bits << shift;
        if byte < 0x80 {
            let longer_than_needed = byte == 0 && at > 0;
            return if longer_than_needed { Err(Damage::Time) } else { Ok((value, at + 1)) };
        }
    }
    Err(if bytes.len() < VARINT_MAX { Damage::CutShort } else { Damage::Time })
}
