//! Chunks, the parts of a recording: a kind, a length, a payload and a checksum over all three.

use xxhash_rust::xxh3::xxh3_64;

use super::error::{Fault, RecordingError};

/// The bytes before the payload: kind and length.
const HEAD: usize = 1 + size_of::<u32>();
/// The bytes after the payload: the checksum.
const TAIL: usize = size_of::<u64>();

/// The most bytes of a payload. Chosen: a header holds all files of a recipe, and a batch must fit
/// too.
const PAYLOAD_MAX: usize = 4 * 1024 * 1024;

const _: () = assert!(journal::limits::BATCH_BYTES_MAX <= PAYLOAD_MAX);

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The header of the race and its recipe.
    Header,
    /// Commands and notes, as in a batch of the journal.
    Batch,
    /// How the race ended.
    End,
}

/// A chunk whose checksum is right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk<'a> {
    pub(super) kind: Kind,
    /// The byte of the file at which the chunk begins.
    pub(super) offset: usize,
    pub(super) payload: &'a [u8],
}

impl Chunk<'_> {
    /// The byte of the file at which the payload begins.
    pub(super) fn payload_offset(&self) -> usize {
        self.offset + HEAD
    }
}

impl Kind {
    const ALL: [Self; 3] = [Self::Header, Self::Batch, Self::End];

    const fn letter(self) -> u8 {
        match self {
            Self::Header => b'H',
            Self::Batch => b'B',
            Self::End => b'E',
        }
    }

    /// Adds a chunk of this kind to `bytes`.
    pub(super) fn write(self, payload: &[u8], bytes: &mut Vec<u8>) {
        assert!(payload.len() <= PAYLOAD_MAX, "a payload is no longer than PAYLOAD_MAX");
        let start = bytes.len();
        let len = u32::try_from(payload.len()).expect("PAYLOAD_MAX fits into 32 bits");
        bytes.push(self.letter());
        bytes.extend(len.to_le_bytes());
        bytes.extend(payload);
        let sum = xxh3_64(&bytes[start..]);
        bytes.extend(sum.to_le_bytes());
    }
}

/// Reads the chunks of a file one after the other.
#[derive(Debug)]
pub(super) struct Chunks<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Chunks<'a> {
    /// Reads from byte `offset` on.
    pub(super) fn new(bytes: &'a [u8], offset: usize) -> Self {
        Self { bytes, offset }
    }

    /// The byte at which the next chunk begins.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// Reads the next chunk.
    ///
    /// # Errors
    ///
    /// [`RecordingError`] if the file ends before the chunk does, or if the chunk is damaged.
    pub(super) fn expect(&mut self) -> Result<Chunk<'a>, RecordingError> {
        let offset = self.offset;
        let wrong = |offset, fault| Err(RecordingError { offset, fault });
        let rest = &self.bytes[offset..];
        let Some((&[letter, a, b, c, d], after)) = rest.split_first_chunk::<HEAD>() else {
            return wrong(self.bytes.len(), Fault::CutShort);
        };
        let len = u32::from_le_bytes([a, b, c, d]) as usize;
        if len > PAYLOAD_MAX {
            return wrong(offset + 1, Fault::Length { found: len });
        }
        let Some((payload, sum)) = after.split_at_checked(len) else {
            return wrong(self.bytes.len(), Fault::CutShort);
        };
        let Some(sum) = sum.first_chunk::<TAIL>() else {
            return wrong(self.bytes.len(), Fault::CutShort);
        };
        if xxh3_64(&rest[..HEAD + len]).to_le_bytes() != *sum {
            return wrong(offset, Fault::Checksum { until: offset + HEAD + len + TAIL });
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.letter() == letter);
        let Some(kind) = kind else {
            return wrong(offset, Fault::Kind { found: letter });
        };
        self.offset = offset + HEAD + len + TAIL;
        Ok(Chunk { kind, offset, payload })
    }
}
