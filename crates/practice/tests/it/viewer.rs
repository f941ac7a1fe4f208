//! Viewers: what is due when, and how a slow reader catches up.

use crowd::Dist;
use practice::{Act, MemberId, Practice, Reader, Viewer};
use protocol::{Folded, Frame, Replica};
use sale::{Moment, Seat, Seats, Span};

use crate::scene::{act, course, join, practice};

const EVERY: Dist = Dist::Fixed(1.0);

/// A first race without rivals, its member inside and past the captcha.
fn inside() -> (Practice, MemberId, Moment) {
    let course = course(0, None);
    let mut practice = practice(&course, 1);
    let member = join(&mut practice, 0);
    let opens_at = course.scenario.rules.opens_at;
    act(&mut practice, opens_at, member, Act::Enter).unwrap();
    let asked = practice.sale().challenge(practice.member(member).visitor()).unwrap();
    let answer = Act::AnswerCaptcha { challenge: asked.number, letters: asked.letters };
    let at = opens_at + Span::SECOND;
    act(&mut practice, at, member, answer).unwrap();
    (practice, member, at)
}

#[test]
fn f6_a_slow_reader_is_given_a_snapshot_when_it_has_caught_up() {
    let (mut practice, member, opened) = inside();
    let mut viewer = Viewer::new(member, 1, 1);
    let (mut waiting, mut replica) = (Vec::new(), Replica::new());
    for step in 0..9u32 {
        let at = opened + Span::from_millis(1500 * u64::from(step + 1));
        let seat = |step: u32| Seats::one(Seat(step * 7));
        let done = match step % 2 {
            0 => Act::HoldSeats(seat(step)),
            _ => Act::ReleaseSeats(seat(step - 1)),
        };
        act(&mut practice, at, member, done).unwrap();
        // The reader reads nothing; two messages wait for it and no more.
        let reader = if waiting.len() < 2 { Reader::Ready } else { Reader::Slow };
        waiting.extend(viewer.poll_seats(at, &practice, &EVERY, reader));
    }
    assert_eq!(waiting.len(), 2);
    for bytes in waiting {
        assert_eq!(replica.handle(&bytes), Folded::Applied);
    }
    assert_ne!(replica.seats(), Some(practice.feed().seats()), "it is behind");
    let late = opened + Span::from_millis(30_000);
    act(&mut practice, late, member, Act::HoldSeats(Seats::one(Seat(9)))).unwrap();
    let bytes = viewer.poll_seats(late, &practice, &EVERY, Reader::Ready).unwrap();
    assert!(matches!(Frame::decode(&bytes), Ok(Frame::Snapshot { .. })));
    assert_eq!(replica.handle(&bytes), Folded::Applied);
    assert_eq!(replica.seats(), Some(practice.feed().seats()));
}

#[test]
fn f2_frames_come_when_they_are_due_and_not_before() {
    let (practice, member, opened) = inside();
    let mut viewer = Viewer::new(member, 1, 1);
    let mut kinds = Vec::new();
    for millis in [0, 400, 999, 1000, 1001, 1999, 2000] {
        let at = opened + Span::from_millis(millis);
        let frame = viewer.poll_seats(at, &practice, &EVERY, Reader::Ready);
        let is_snapshot =
            |bytes: &Vec<u8>| matches!(Frame::decode(bytes), Ok(Frame::Snapshot { .. }));
        kinds.extend(frame.as_ref().map(is_snapshot));
    }
    assert_eq!(kinds, [true, false, false], "a snapshot, then a frame a second");
}

#[test]
fn f1_a_state_is_due_at_first_and_when_something_changed_for_its_member() {
    let (mut practice, one, opened) = inside();
    let two = join(&mut practice, 1);
    let mut viewers = [Viewer::new(one, 1, 1), Viewer::new(two, 1, 2)];
    let due = |practice: &Practice, viewers: &mut [Viewer; 2]| {
        viewers.each_mut().map(|viewer| {
            let is_due = viewer.is_state_due(practice);
            viewer.note_state_told(practice);
            is_due
        })
    };
    assert_eq!(due(&practice, &mut viewers), [true, true]);
    assert_eq!(due(&practice, &mut viewers), [false, false]);
    let at = opened + Span::SECOND;
    act(&mut practice, at, one, Act::HoldSeats(Seats::one(Seat(1)))).unwrap();
    act(&mut practice, at + Span::SECOND, one, Act::ReleaseSeats(Seats::one(Seat(1)))).unwrap();
    let told = due(&practice, &mut viewers);
    assert!(told[0] && !told[1], "only the one who acted: {told:?}");
    viewers[1].resync();
    assert_eq!(due(&practice, &mut viewers), [false, true]);
}
