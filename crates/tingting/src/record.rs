//! A recorded race as bytes: what it was set up from, what its people did, how it ended. See the
//! chapter on recorded races in `docs/`.
//!
//! ```text
//! file = magic · header chunk · batch chunk … · end chunk
//! ```
//!
//! Nothing here runs a race or reads a file.

mod chunk;
mod error;
mod header;

#[cfg(test)]
mod tests;

use journal::{Batch, Records};
use sale::{Hash, Moment};

use chunk::{Chunk, Chunks, Kind};

pub(crate) use error::{Fault, RecordError};
pub(crate) use header::Header;

/// Begins every file. The first byte is no ASCII and the line ends are both kinds, so that a transfer
/// as text is noticed; the last byte ends the display of a file that is typed out.
const MAGIC: [u8; 8] = *b"\x89TTR\r\n\x1a\n";

/// The longest file that is read: a person acts a few times a minute.
pub(crate) const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The latest end of a race: two spans of a day that rules may name, and room. A later one would take
/// for ever to replay.
const END_MAX: Moment = Moment::from_millis(3 * sale::limits::SPAN_MAX_MS);

/// A recorded race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) header: Header,
    pub(crate) log: Log,
}

/// What people did, if it can be known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Log {
    /// Their commands and the end.
    Here(Vec<journal::Record>, End),
    /// The record is whole, but was made under other rules or another crowd: its commands may mean
    /// something else here.
    OtherVersion,
}

/// How a race ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) at: Moment,
    pub(crate) events: u64,
    pub(crate) hash: Hash,
}

/// A whole file.
pub(crate) fn encode(header: &Header, records: &[journal::Record], end: &End) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    Kind::Header.write(&header.to_bytes(), &mut bytes);
    let mut batch = Batch::new();
    for record in records {
        batch.push(record);
        if batch.is_full() {
            Kind::Batch.write(&std::mem::take(&mut batch).seal(), &mut bytes);
        }
    }
    if !batch.is_empty() {
        Kind::Batch.write(&batch.seal(), &mut bytes);
    }
    Kind::End.write(&end.to_bytes(), &mut bytes);
    bytes
}

/// Reads a whole file. Every byte of it is looked at before anything is believed.
///
/// # Errors
///
/// [`RecordError`] says at which byte the file is not a record, and why.
pub(crate) fn decode(bytes: &[u8]) -> Result<Recorded, RecordError> {
    let wrong = |offset, fault| Err(RecordError { offset, fault });
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
    let header = Header::of_chunk(&first)?;
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
    let log = if header.is_ours() { read_log(&batches, &last)? } else { Log::OtherVersion };
    Ok(Recorded { header, log })
}

/// A header in the form in which a journal keeps it: the chunk of a file, without the file.
pub(crate) fn encode_header(header: &Header) -> Vec<u8> {
    let mut bytes = Vec::new();
    Kind::Header.write(&header.to_bytes(), &mut bytes);
    bytes
}

/// A header as [`encode_header`] made it.
///
/// # Errors
///
/// [`RecordError`], as [`decode`].
pub(crate) fn decode_header(bytes: &[u8]) -> Result<Header, RecordError> {
    let mut chunks = Chunks::new(bytes, 0);
    let chunk = chunks.expect()?;
    if chunk.kind != Kind::Header {
        return Err(RecordError { offset: 0, fault: Fault::HeaderFirst });
    }
    if chunks.offset() < bytes.len() {
        let fault = Fault::Surplus { bytes: bytes.len() - chunks.offset() };
        return Err(RecordError { offset: chunks.offset(), fault });
    }
    Header::of_chunk(&chunk)
}

fn read_log(batches: &[Chunk<'_>], last: &Chunk<'_>) -> Result<Log, RecordError> {
    let end = End::of_chunk(last)?;
    let mut records: Vec<journal::Record> = Vec::new();
    for chunk in batches {
        let base = chunk.payload_offset();
        let damaged = |error: journal::BatchError| RecordError {
            offset: base + error.offset,
            fault: Fault::Batch(error.reason),
        };
        for item in Records::of(chunk.payload).map_err(damaged)? {
            let (offset, record) = item.map_err(damaged)?;
            let is_late = records.last().is_none_or(|before| before.at < record.at);
            if !is_late || record.at > end.at {
                return Err(RecordError { offset: base + offset, fault: Fault::Time });
            }
            records.push(record);
        }
    }
    Ok(Log::Here(records, end))
}

impl End {
    const LEN: usize = 8 + 8 + 16;

    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::LEN);
        bytes.extend(self.at.as_nanos().to_le_bytes());
        bytes.extend(self.events.to_le_bytes());
        bytes.extend(self.hash.0.to_le_bytes());
        bytes
    }

    fn of_chunk(chunk: &Chunk<'_>) -> Result<Self, RecordError> {
        let wrong = RecordError { offset: chunk.payload_offset(), fault: Fault::EndForm };
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
