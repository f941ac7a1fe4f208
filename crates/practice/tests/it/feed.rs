//! Feed and replica: a replica comes back to the feed's state, however frames are lost, late or
//! doubled.

use practice::{Cursor, Feed};
use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{Folded, Frame, Replica, SeatState};

const SEATS: u32 = 500;

fn state() -> impl Strategy<Value = SeatState> {
    prop::sample::select(vec![SeatState::Free, SeatState::Held, SeatState::Sold])
}

fn feed() -> Feed {
    Feed::new((0..SEATS).map(|_| SeatState::Free))
}

/// What a network does to a frame.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Arrives,
    Lost,
    Doubled,
    /// Comes after the next one.
    Late,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Arrives),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Doubled),
        1 => Just(Fate::Late),
    ]
}

/// Changes between two frames, and the frame's fate.
fn tick() -> impl Strategy<Value = (Vec<(u32, SeatState)>, Fate)> {
    (vec((0..SEATS, state()), 0..40), fate())
}

proptest! {
    #[test]
    fn f4_a_replica_recovers_from_lost_late_and_doubled_frames(ticks in vec(tick(), 1..40)) {
        let (mut feed, mut cursor, mut replica) = (feed(), Cursor::default(), Replica::new());
        let (mut wants, mut held_back) = (true, None::<Vec<u8>>);
        for (changes, fate) in ticks {
            for (seat, state) in changes {
                feed.set(seat, state);
            }
            let frame =
                if wants { feed.snapshot(&mut cursor, 1) } else { feed.next(&mut cursor, 1) };
            let mut arrive = |bytes: &[u8]| wants = replica.handle(bytes) == Folded::Resync;
            match fate {
                Fate::Arrives => arrive(&frame),
                Fate::Lost => {}
                Fate::Doubled => { arrive(&frame); arrive(&frame) }
                Fate::Late => { held_back = Some(frame); continue }
            }
            if let Some(late) = held_back.take() {
                arrive(&late);
            }
        }
        // After two more frames and a snapshot on request, the replica must be right again.
        for _ in 0..2 {
            let frame =
                if wants { feed.snapshot(&mut cursor, 2) } else { feed.next(&mut cursor, 2) };
            wants = replica.handle(&frame) == Folded::Resync;
        }
        if wants {
            replica.handle(&feed.snapshot(&mut cursor, 3));
        }
        prop_assert_eq!(replica.seats(), Some(feed.seats()));
    }

    #[test]
    fn f3_a_snapshot_replaces_a_long_delta(changes in vec((0..SEATS, state()), 0..400)) {
        let (mut feed, mut cursor) = (feed(), Cursor::default());
        feed.snapshot(&mut cursor, 0);
        for (seat, state) in changes {
            feed.set(seat, state);
        }
        let bytes = feed.next(&mut cursor, 0);
        match Frame::decode(&bytes) {
            Ok(Frame::Delta { seq: 2, .. }) => prop_assert!(bytes.len() <= 141 / 4),
            Ok(Frame::Snapshot { seq: 2, seats, .. }) => prop_assert_eq!(seats, feed.seats()),
            other => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn f3_a_frame_without_changes_tells_the_time() {
    let (feed, mut cursor, mut replica) = (feed(), Cursor::default(), Replica::new());
    replica.handle(&feed.snapshot(&mut cursor, 10));
    let bytes = feed.next(&mut cursor, 20);
    assert_eq!((bytes.len(), replica.handle(&bytes)), (16, Folded::Applied));
    assert_eq!(replica.told_at(), Some((2, 20)));
}

#[test]
fn f4_a_replica_without_a_snapshot_asks_for_one() {
    let (mut feed, mut cursor, mut replica) = (feed(), Cursor::default(), Replica::new());
    feed.snapshot(&mut cursor, 0);
    feed.set(3, SeatState::Held);
    assert_eq!(replica.handle(&feed.next(&mut cursor, 0)), Folded::Resync);
    assert_eq!(replica.seats(), None);
}
