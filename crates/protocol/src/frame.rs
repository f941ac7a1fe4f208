//! Seat frames as bytes, little-endian.
//!
//! ```text
//!            0      1         2         4      8        12       16
//! snapshot   │ 1    │ version │ 0 (u16) │ seq  │ at_ms  │ seats  │ two bits a seat, the lowest first
//! delta      │ 2    │ version │ 0 (u16) │ seq  │ at_ms  │ count  │ count × varint (gap << 2 | state)
//! ```
//!
//! The gap of a change is the distance to the changed seat before it, minus one. The gap of the
//! first change is the seat's number. A decoder checks the whole frame before it returns any of it
//! (rule F5).

use crate::frame::FrameError as E;

/// The most seats that a frame may have. A frame that claims to have more is refused before any
/// memory is taken for it.
pub const SEAT_COUNT_MAX: u32 = 262_144;

/// The version of the bytes above.
const VERSION: u8 = 1;
const SNAPSHOT: u8 = 1;
const DELTA: u8 = 2;
/// Bytes before the seats.
const HEAD: usize = 16;
/// The most bytes of a number. With seven bits in each byte they hold 35 bits: enough for any gap
/// and state.
const VARINT_MAX: usize = 5;

/// The state of a seat, without its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatState {
    /// Any visitor inside may take the seat.
    Free,
    /// A visitor holds the seat.
    Held,
    /// A visitor paid for the seat.
    Sold,
}

/// A seat that changed, and its new state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The index of the seat in the plan.
    pub seat: u32,
    /// The state that it has now.
    pub state: SeatState,
}

/// A message about seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The states of all seats.
    Snapshot {
        /// The number of the frame in its connection, from 1. It is 0 for a snapshot outside a
        /// connection.
        seq: u32,
        /// Race time in milliseconds.
        at_ms: u32,
        /// The states, in the order of the seats.
        seats: Vec<SeatState>,
    },
    /// The seats that changed since the frame before.
    Delta {
        /// The number of the frame: one more than that of the frame before.
        seq: u32,
        /// Race time in milliseconds.
        at_ms: u32,
        /// The changes, in the order of the seats.
        changes: Vec<Change>,
    },
}

/// Why bytes are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// There are fewer bytes than the frame needs.
    #[error("the frame is cut short")]
    CutShort,
    /// The frame is neither a snapshot nor a delta.
    #[error("frames of kind {found} are not known")]
    Kind {
        /// The kind found.
        found: u8,
    },
    /// The frame has a version that this program does not know.
    #[error("frames of version {found} are not known")]
    Version {
        /// The version found.
        found: u8,
    },
    /// Bytes that must be zero are not.
    #[error("bytes that must be zero are not")]
    Reserved,
    /// The frame has more seats than a frame may have, or names a seat beyond that.
    #[error("a frame speaks of at most {SEAT_COUNT_MAX} seats")]
    TooMany,
    /// The bits of a state are none of the three states.
    #[error("a seat is free, held or sold")]
    State,
    /// A number has more bytes than it may have.
    #[error("a number is too long")]
    Varint,
    /// Bytes follow the end of the frame.
    #[error("bytes follow the end of the frame")]
    Surplus,
}

impl SeatState {
    /// The two bits that stand for the state in a frame.
    pub const fn bits(self) -> u8 {
        match self {
            Self::Free => 0,
            Self::Held => 1,
            Self::Sold => 2,
        }
    }

    const fn of(bits: u8) -> Result<Self, FrameError> {
        match bits {
            0 => Ok(Self::Free),
            1 => Ok(Self::Held),
            2 => Ok(Self::Sold),
            _ => Err(FrameError::State),
        }
    }
}

impl Frame {
    /// The bytes of the frame.
    ///
    /// # Panics
    ///
    /// If it has more than [`SEAT_COUNT_MAX`] seats, or its changes are not in order.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Snapshot { seq, at_ms, seats } => snapshot(*seq, *at_ms, seats.iter().copied()),
            Self::Delta { seq, at_ms, changes } => delta(*seq, *at_ms, changes),
        }
    }

    /// Reads a frame from its bytes.
    ///
    /// # Errors
    ///
    /// [`FrameError`] if the bytes are not a whole frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let (head, body) = bytes.split_first_chunk::<HEAD>().ok_or(E::CutShort)?;
        if head[1] != VERSION {
            return Err(E::Version { found: head[1] });
        }
        if head[2..4] != [0, 0] {
            return Err(E::Reserved);
        }
        let (seq, at_ms, count) = (word(head, 4), word(head, 8), word(head, 12));
        if count > SEAT_COUNT_MAX {
            return Err(E::TooMany);
        }
        match head[0] {
            SNAPSHOT => Ok(Self::Snapshot { seq, at_ms, seats: decode_states(body, count)? }),
            DELTA => Ok(Self::Delta { seq, at_ms, changes: decode_changes(body, count)? }),
            found => Err(E::Kind { found }),
        }
    }
}

/// How many bytes a snapshot of `seat_count` seats has.
pub const fn snapshot_len(seat_count: usize) -> usize {
    HEAD + seat_count.div_ceil(4)
}

/// The bytes of a snapshot of `seats`, numbered `seq`. `at_ms` is race time in milliseconds.
pub fn snapshot(seq: u32, at_ms: u32, seats: impl ExactSizeIterator<Item = SeatState>) -> Vec<u8> {
    let count = bounded(seats.len());
    let mut bytes = head(SNAPSHOT, seq, at_ms, count);
    bytes.resize(snapshot_len(seats.len()), 0);
    for (seat, state) in seats.enumerate() {
        bytes[HEAD + seat / 4] |= state.bits() << (seat % 4 * 2);
    }
    bytes
}

/// The bytes of a delta of `changes`, numbered `seq`. `at_ms` is race time in milliseconds.
///
/// # Panics
///
/// If the changes are not in the order of the seats.
pub fn delta(seq: u32, at_ms: u32, changes: &[Change]) -> Vec<u8> {
    let mut bytes = head(DELTA, seq, at_ms, bounded(changes.len()));
    let mut next = 0;
    for change in changes {
        let gap = change.seat.checked_sub(next).expect("changes are in order of the seats");
        write_varint(&mut bytes, u64::from(gap) << 2 | u64::from(change.state.bits()));
        next = change.seat + 1;
    }
    bytes
}

fn bounded(count: usize) -> u32 {
    let count = u32::try_from(count).ok().filter(|&count| count <= SEAT_COUNT_MAX);
    count.expect("a hall has fewer seats than a frame may speak of")
}

fn head(kind: u8, seq: u32, at_ms: u32, count: u32) -> Vec<u8> {
    let mut bytes = vec![kind, VERSION, 0, 0];
    for word in [seq, at_ms, count] {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    bytes
}

fn word(head: &[u8; HEAD], at: usize) -> u32 {
    u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
}

fn decode_states(body: &[u8], count: u32) -> Result<Vec<SeatState>, FrameError> {
    let expected = (count as usize).div_ceil(4);
    if body.len() < expected {
        return Err(E::CutShort);
    }
    if body.len() > expected {
        return Err(E::Surplus);
    }
    let spare = count % 4 * 2;
    if spare > 0 && body.last().is_some_and(|last| last >> spare != 0) {
        return Err(E::Reserved);
    }
    let bits = |seat: usize| body[seat / 4] >> (seat % 4 * 2) & 3;
    (0..count as usize).map(|seat| SeatState::of(bits(seat))).collect()
}

fn decode_changes(mut body: &[u8], count: u32) -> Result<Vec<Change>, FrameError> {
    // Every change takes at least one byte. This check keeps a false count from reserving memory.
    if (count as usize) > body.len() {
        return Err(E::CutShort);
    }
    let mut changes = Vec::with_capacity(count as usize);
    let mut next = 0u64;
    for _ in 0..count {
        let value = read_varint(&mut body)?;
        let state = SeatState::of((value & 3) as u8)?;
        let seat = next + (value >> 2);
        if seat >= u64::from(SEAT_COUNT_MAX) {
            return Err(E::TooMany);
        }
        changes.push(Change { seat: u32::try_from(seat).expect("below the limit"), state });
        next = seat + 1;
    }
    if body.is_empty() { Ok(changes) } else { Err(E::Surplus) }
}

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

fn read_varint(body: &mut &[u8]) -> Result<u64, FrameError> {
    let mut value = 0;
    for shift in 0..VARINT_MAX {
        let (&byte, rest) = body.split_first().ok_or(E::CutShort)?;
        *body = rest;
        value |= u64::from(byte & 0x7f) << (7 * shift);
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(E::Varint)
}
