//! Frames are read as they were written, and other bytes are refused.

use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{Change, Frame, FrameError, SEAT_COUNT_MAX, SeatState};

pub(crate) fn state() -> impl Strategy<Value = SeatState> {
    prop_oneof![Just(SeatState::Free), Just(SeatState::Held), Just(SeatState::Sold)]
}

fn snapshot() -> impl Strategy<Value = Frame> {
    (any::<u32>(), any::<u32>(), vec(state(), 0..300))
        .prop_map(|(seq, at_ms, seats)| Frame::Snapshot { seq, at_ms, seats })
}

fn delta() -> impl Strategy<Value = Frame> {
    let changes = prop::collection::btree_map(0..SEAT_COUNT_MAX, state(), 0..60);
    (any::<u32>(), any::<u32>(), changes).prop_map(|(seq, at_ms, changes)| {
        let change = |(seat, state)| Change { seat, state };
        Frame::Delta { seq, at_ms, changes: changes.into_iter().map(change).collect() }
    })
}

proptest! {
    #[test]
    fn f5_a_frame_is_read_as_it_was_written(frame in prop_oneof![snapshot(), delta()]) {
        prop_assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
    }

    #[test]
    fn f5_no_bytes_cause_a_panic(bytes in vec(any::<u8>(), 0..80), kind in 1u8..3, count in 0u8..70) {
        drop(Frame::decode(&bytes));
        // Bytes that are nearly a frame: a right head, then arbitrary bytes.
        let head = [kind, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, count, 0, 0, 0];
        drop(Frame::decode(&[head.as_slice(), &bytes].concat()));
    }

    #[test]
    fn f5_a_frame_cut_anywhere_is_refused(frame in prop_oneof![snapshot(), delta()]) {
        let bytes = frame.encode();
        for len in 0..bytes.len() {
            prop_assert!(Frame::decode(&bytes[..len]).is_err());
        }
        prop_assert_eq!(Frame::decode(&[bytes, vec![0]].concat()), Err(FrameError::Surplus));
    }
}

#[test]
fn f3_a_snapshot_takes_two_bits_a_seat_and_a_delta_two_bytes_a_change() {
    let seats = vec![SeatState::Sold; 15_000];
    assert!(Frame::Snapshot { seq: 1, at_ms: 0, seats }.encode().len() <= 4096);
    let changes: Vec<Change> =
        (0..1000).map(|at| Change { seat: at * 15, state: SeatState::Held }).collect();
    assert!(Frame::Delta { seq: 1, at_ms: 0, changes }.encode().len() <= 16 + 2000);
}
