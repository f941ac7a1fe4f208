//! Notes: people who join, and marks of their clients.

use practice::limits::{MARK_NAME_BYTES_MAX, MARKS_MAX, NOTE_BYTES_MAX};
use practice::{
    Ending, Mark, MemberId, Note, NoteError, Objection, PersonId, Practice, Shift, ShiftCause,
};
use proptest::collection::vec;
use proptest::prelude::*;
use sale::{BookingId, Command, Machine, Moment, PaymentId, Seat, Span, Tag};

use crate::scene::{course, join, practice};

fn mark() -> impl Strategy<Value = Mark> {
    let error = prop::option::of(0.0..1e4);
    ("[a-z-]{1,32}", -1e15..1e15, error).prop_map(|(name, at_ms, error_ms)| Mark {
        name,
        at_ms,
        error_ms,
    })
}

fn note() -> impl Strategy<Value = Note> {
    prop_oneof![
        any::<u128>().prop_map(|number| Note::Joined { person: PersonId(number) }),
        (any::<u32>(), vec(mark(), 0..20))
            .prop_map(|(number, marks)| Note::Marked { member: MemberId(number), marks }),
        any::<(u32, u64)>().prop_map(|(number, nanos)| Note::Shown {
            member: MemberId(number),
            at: Moment::from_nanos(nanos),
        }),
        any::<u32>().prop_map(|number| Note::TurnedDown { member: MemberId(number) }),
        Just(Note::Told),
        any::<(u64, bool)>().prop_map(|(nanos, is_outage)| Note::Shifted {
            by: Span::from_nanos(nanos),
            cause: if is_outage { ShiftCause::Outage } else { ShiftCause::Forward },
        }),
        any::<u32>().prop_map(|number| Note::GoalReached { member: MemberId(number) }),
    ]
}

proptest! {
    #[test]
    fn j10_a_note_is_read_as_it_was_written(note in note()) {
        prop_assert_eq!(Note::decode(note.kind(), &note.encode()), Ok(note));
    }

    #[test]
    fn j10_bytes_that_are_not_a_note_are_refused_without_a_panic(
        kind: u8, bytes in vec(any::<u8>(), 0..60)
    ) {
        if let Ok(note) = Note::decode(kind, &bytes) {
            prop_assert_eq!(note.encode(), bytes);
        }
    }
}

#[test]
fn j10_b19_the_form_of_notes_does_not_change_unnoticed() {
    let joined = Note::Joined { person: PersonId(0x0102) };
    let mut bytes = vec![2, 1];
    bytes.resize(16, 0);
    assert_eq!((joined.kind(), joined.encode()), (1, bytes));
    let mark = Mark { name: "press".to_owned(), at_ms: 1.0, error_ms: None };
    let marked = Note::Marked { member: MemberId(3), marks: vec![mark] };
    let bytes = [&[3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0][..], b"press", &1f64.to_le_bytes(), &[0]];
    assert_eq!((marked.kind(), marked.encode()), (2, bytes.concat()));
    let shown = Note::Shown { member: MemberId(3), at: Moment::from_nanos(0x0102) };
    assert_eq!((shown.kind(), shown.encode()), (3, vec![3, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]));
    let turned_down = Note::TurnedDown { member: MemberId(3) };
    assert_eq!((turned_down.kind(), turned_down.encode()), (4, vec![3, 0, 0, 0]));
    assert_eq!((Note::Told.kind(), Note::Told.encode()), (5, vec![]));
    let shifted = Note::Shifted { by: Span::from_nanos(258), cause: ShiftCause::Forward };
    assert_eq!((shifted.kind(), shifted.encode()), (6, vec![2, 1, 0, 0, 0, 0, 0, 0, 1]));
    let goal_reached = Note::GoalReached { member: MemberId(3) };
    assert_eq!((goal_reached.kind(), goal_reached.encode()), (7, vec![3, 0, 0, 0]));
    let booked = Note::Booked {
        person: PersonId(1),
        booking: BookingId(2),
        at_unix_ms: 3,
        total: 4,
        seats: vec![Seat(5)],
        payment: None,
    };
    let mut bytes = vec![1];
    bytes.resize(16, 0);
    bytes.extend([
        2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0,
    ]);
    assert_eq!((booked.kind(), booked.encode()), (8, bytes.clone()));
    let seats = vec![Seat(5)];
    let (person, booking, payment) = (PersonId(1), BookingId(2), Some(PaymentId(6)));
    let by_payment = Note::Booked { person, booking, at_unix_ms: 3, total: 4, seats, payment };
    bytes.extend([6, 0, 0, 0]);
    assert_eq!((by_payment.kind(), by_payment.encode()), (10, bytes));
    let cancelled = Note::Cancelled { booking: BookingId(2), at_unix_ms: 3, refunded: 4 };
    let bytes = vec![2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!((cancelled.kind(), cancelled.encode()), (9, bytes));
    for note in [booked, by_payment, cancelled] {
        assert_eq!(Note::decode(note.kind(), &note.encode()), Ok(note));
    }
    assert_eq!(Note::decode(77, b""), Err(NoteError::Kind { kind: 77 }));
}

#[test]
fn a18_the_longest_note_has_a_limit() {
    let name = "n".repeat(MARK_NAME_BYTES_MAX);
    let mark = Mark { name, at_ms: f64::MAX, error_ms: Some(f64::MAX) };
    let note = Note::Marked { member: MemberId(u32::MAX), marks: vec![mark; MARKS_MAX] };
    assert_eq!(note.encode().len(), NOTE_BYTES_MAX);
}

#[test]
fn a18_j14_marks_are_kept_once_for_each_key_and_belong_to_one_member() {
    let mut practice = practice(&course(10, None), 1);
    let (one, two) = (join(&mut practice, 0), join(&mut practice, 1));
    let marks = vec![Mark { name: "press".to_owned(), at_ms: 1.0, error_ms: None }; 150];
    let tag = Tag::new(9, 1);
    for _ in 0..2 {
        let note = Note::Marked { member: one, marks: marks.clone() };
        practice.keep(Moment::START, tag, note).unwrap();
    }
    assert_eq!((practice.member(one).marks().len(), practice.member(two).marks().len()), (150, 0));
    let other = Tag::new(10, 1).unwrap();
    assert_eq!(practice.check_marks(one, tag.unwrap(), &marks), Ok(150), "known already");
    assert_eq!(practice.check_marks(one, other, &marks), Err(Objection::TooManyMarks));
    let changed = Tag::new(9, 2).unwrap();
    assert_eq!(practice.check_marks(one, changed, &[]), Err(Objection::KeyReused));
    assert_eq!(practice.check_marks(two, other, &marks), Ok(150));
    let stranger = MemberId(7);
    let refused = practice.keep(Moment::START, None, Note::Marked { member: stranger, marks });
    assert_eq!(refused, Err(NoteError::Member { member: stranger }));
    let refused = practice.keep(Moment::START, tag, Note::TurnedDown { member: stranger });
    assert_eq!(refused, Err(NoteError::Member { member: stranger }));
}

#[test]
fn j12_a_person_who_joins_again_stays_the_same_member() {
    let mut practice = practice(&course(10, None), 1);
    let (one, two) = (join(&mut practice, 5), join(&mut practice, 3));
    assert_eq!((one, two, join(&mut practice, 5)), (MemberId(0), MemberId(1), one));
    assert_eq!(practice.members().len(), 2);
    let visitors: Vec<u32> = practice.members().iter().map(|member| member.visitor().0).collect();
    assert_eq!(visitors, [10, 11], "people come after the rivals");
}

#[test]
fn c34_the_run_of_a_person_who_joins_a_closed_race_has_ended() {
    let mut practice = practice(&course(10, None), 1);
    let early = join(&mut practice, 0);
    practice.handle(Moment::from_millis(5), Command::Close, crowd::ignore).unwrap();
    let late = join(&mut practice, 1);
    for member in [early, late] {
        let ended = practice.member(member).run().ended().unwrap();
        assert_eq!(ended.ending, Ending::Closed);
    }
    assert!(practice.is_over_for_all());
    let snapshot = practice.snapshot();
    assert!(!snapshot.is_empty());
}

#[test]
fn j27_a_shift_changes_nothing_in_the_sale_and_a_snapshot_keeps_it() {
    let course = course(50, None);
    let (mut shifted, mut plain) = (practice(&course, 3), practice(&course, 3));
    let member = join(&mut shifted, 1);
    join(&mut plain, 1);
    let version = shifted.version_for(member);
    let (at, by) = (Moment::from_millis(4000), Span::from_millis(60_000));
    shifted.advance(at, crowd::ignore);
    shifted.keep(at, None, Note::Shifted { by, cause: ShiftCause::Outage }).unwrap();
    assert!(shifted.version_for(member) > version, "viewers are told");
    let shifts = [Shift { at, by, cause: ShiftCause::Outage }];
    assert_eq!(shifted.shifts(), shifts);
    let snapshot = shifted.snapshot();
    let scenario = course.scenario.clone();
    let back = Practice::restore(scenario, 3, course.ends_at, &snapshot).unwrap();
    assert_eq!(back.shifts(), shifts);
    for practice in [&mut shifted, &mut plain] {
        practice.advance(course.ends_at, crowd::ignore);
    }
    assert_eq!(shifted.hash(), plain.hash());
}
