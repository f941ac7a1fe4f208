//! The bytes of batches: they are read as they were written, and other bytes are refused.

use journal::sample;
use journal::{Batch, BatchError, Damage, Entry, Note, NoteKind, Record, Records};
use proptest::collection::vec;
use proptest::prelude::*;
use sale::{
    BookingId, Command, Departure, Discount, Letters, Moment, PaymentId, Seat, Seats, Section, Tag,
    Visitor,
};
use xxhash_rust::xxh3::xxh3_64;

fn command() -> impl Strategy<Value = Command> {
    let visitor = || any::<u32>().prop_map(Visitor);
    let seats = || {
        vec(any::<u32>().prop_map(Seat), 1..=8)
            .prop_filter_map("seats differ", |list| Seats::new(&list).ok())
    };
    let cause = prop_oneof![Just(Departure::Left), Just(Departure::Lost), Just(Departure::Closed)];
    let letters = "[A-Z]{1,8}".prop_map(|text| Letters::parse(&text).expect("letters"));
    prop_oneof![
        visitor().prop_map(|visitor| Command::Enter { visitor }),
        (visitor(), cause).prop_map(|(visitor, cause)| Command::Leave { visitor, cause }),
        (visitor(), any::<u16>(), letters).prop_map(|(visitor, challenge, letters)| {
            Command::AnswerCaptcha { visitor, challenge, letters }
        }),
        visitor().prop_map(|visitor| Command::RenewCaptcha { visitor }),
        visitor().prop_map(|visitor| Command::PutOffCaptcha { visitor }),
        (visitor(), any::<u16>()).prop_map(|(visitor, section)| {
            Command::ViewSection { visitor, section: Section(section) }
        }),
        (visitor(), seats()).prop_map(|(visitor, seats)| Command::HoldSeats { visitor, seats }),
        (visitor(), seats()).prop_map(|(visitor, seats)| Command::ReleaseSeats { visitor, seats }),
        (visitor(), seats(), any::<u8>()).prop_map(|(visitor, seats, discount)| {
            Command::ChoosePrice { visitor, seats, discount: Discount(discount) }
        }),
        visitor().prop_map(|visitor| Command::Pay { visitor }),
        visitor().prop_map(|visitor| Command::BeginPayment { visitor }),
        (visitor(), any::<u32>()).prop_map(|(visitor, number)| Command::EndPayment {
            visitor,
            payment: PaymentId(number),
        }),
        (visitor(), any::<u32>()).prop_map(|(visitor, number)| Command::ConfirmPayment {
            visitor,
            payment: PaymentId(number),
        }),
        (visitor(), any::<u32>()).prop_map(|(visitor, booking)| {
            Command::CancelBooking { visitor, booking: BookingId(booking) }
        }),
        Just(Command::Open),
        Just(Command::Pause),
        Just(Command::Resume),
        Just(Command::Close),
    ]
}

/// A tag, or none.
fn tag() -> impl Strategy<Value = Option<Tag>> {
    (any::<u64>(), any::<u64>()).prop_map(|(bits, content)| Tag::new(bits * (bits % 2), content))
}

/// Records with steps of time of all sizes, from one nanosecond to years.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let step = (any::<u64>(), 8u32..63).prop_map(|(bits, shift)| 1 + (bits >> shift));
    vec((step, command(), tag()), 1..60).prop_filter_map("time ends", |steps| {
        let mut at = 0u64;
        let record = |(step, command, tag)| {
            at = at.checked_add(step).filter(|&at| at < u64::MAX)?;
            Some(Record { at: Moment::from_nanos(at), command, tag })
        };
        steps.into_iter().map(record).collect()
    })
}

/// The bytes, followed by their right checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = xxh3_64(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

fn check_damage(body: &[u8], offset: usize, reason: Damage) {
    assert_eq!(Batch::decode(&sealed(body.to_vec())), Err(BatchError { offset, reason }));
}

fn entries(bytes: &[u8]) -> Vec<Entry<'_>> {
    let mut records = Records::of(bytes).expect("a batch that was read before");
    let next = || records.next_entry().map(|entry| entry.expect("read before").1);
    std::iter::from_fn(next).collect()
}

fn written_again(bytes: &[u8]) -> Vec<u8> {
    let mut batch = Batch::new();
    for entry in entries(bytes) {
        match entry {
            Entry::Record(record) => batch.push(&record),
            Entry::Note(note) => batch.push_note(&note),
        }
    }
    batch.seal()
}

proptest! {
    #[test]
    fn j10_a_batch_is_read_as_it_was_written(records in records()) {
        let bytes = Batch::encode(&records);
        prop_assert_eq!(Batch::decode(&bytes), Ok(records));
    }

    #[test]
    fn j10_a_batch_has_one_form_only(bytes in vec(any::<u8>(), 0..60), steps in vec(1u8..4, 1..9)) {
        // Arbitrary bytes, and bytes that are nearly a batch, both with a right checksum.
        let mut near = vec![4, steps.len().try_into().unwrap(), 0, 0, 0];
        near.extend(steps.iter().zip(bytes.iter().chain(&[0; 9])).flat_map(|(&s, &b)| [s, b % 2, 10 + b % 5]));
        for bytes in [sealed([&[4], bytes.as_slice()].concat()), sealed(near)] {
            if Batch::decode(&bytes).is_ok() {
                prop_assert_eq!(written_again(&bytes), bytes);
            }
        }
    }

    #[test]
    fn j12_notes_are_read_in_the_order_in_which_they_were_written(
        records in records(), notes in vec((0usize..60, any::<u8>(), tag(), vec(any::<u8>(), 0..40)), 1..9)
    ) {
        let mut batch = Batch::new();
        for (at, record) in records.iter().enumerate() {
            batch.push(record);
            for (_, kind, tag, bytes) in notes.iter().filter(|note| note.0 % records.len() == at) {
                batch.push_note(&Note { at: record.at, kind: NoteKind(*kind), tag: *tag, bytes });
            }
        }
        let bytes = batch.seal();
        prop_assert_eq!(Batch::decode(&bytes), Ok(records));
        prop_assert_eq!(entries(&bytes).iter().filter(|e| matches!(e, Entry::Note(_))).count(), notes.len());
        prop_assert_eq!(written_again(&bytes), bytes);
    }

    #[test]
    fn j7_any_bytes_are_refused_without_a_panic(bytes in vec(any::<u8>(), 0..200), salt: u64) {
        drop(Batch::decode(&bytes));
        let mut versioned = bytes.clone();
        versioned.splice(0..0, [4, (salt % 5) as u8, 0, 0, 0]);
        drop(Batch::decode(&sealed(versioned)));
    }

    #[test]
    fn j7_one_wrong_bit_is_found(records in records(), at: prop::sample::Index, bit in 0u8..8) {
        let mut bytes = Batch::encode(&records);
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        prop_assert!(Batch::decode(&bytes).is_err());
    }
}

#[test]
fn j7_a_batch_cut_anywhere_is_refused() {
    let bytes = Batch::encode(&sample::accepted(1, 100, 20));
    for len in 0..bytes.len() {
        assert!(Batch::decode(&bytes[..len]).is_err(), "cut after {len} bytes");
    }
}

#[test]
fn j7_damage_is_told_with_its_offset_and_reason() {
    let (open, pause) = (10, 11);
    assert_eq!(Batch::decode(&[]), Err(BatchError { offset: 0, reason: Damage::CutShort }));
    assert_eq!(Batch::decode(&[4, 0]), Err(BatchError { offset: 2, reason: Damage::CutShort }));
    check_damage(&[3, 1, 0, 0, 0, 0, 0, open], 0, Damage::Version { found: 3 });
    check_damage(&[4, 0, 0, 0, 0], 1, Damage::Count { found: 0 });
    check_damage(&[4, 0, 0, 1, 0, 0, 0, open], 1, Damage::Count { found: 65_536 });
    check_damage(&[4, 2, 0, 0, 0, 0, 0, open], 8, Damage::CutShort);
    check_damage(&[4, 2, 0, 0, 0, 0, 0, open, 1], 9, Damage::CutShort);
    check_damage(&[4, 2, 0, 0, 0, 0, 0, open, 1, 0], 10, Damage::CutShort);
    check_damage(&[4, 2, 0, 0, 0, 0, 0, open, 1, 0, 99], 10, Damage::Command);
    check_damage(&[4, 2, 0, 0, 0, 0, 0, open, 0, 0, pause], 8, Damage::Time);
    check_damage(&[4, 1, 0, 0, 0, 0x80, 0, 0, open], 5, Damage::Time);
    check_damage(&[4, 1, 0, 0, 0, 0, 3, open], 6, Damage::Tag);
    check_damage(&[4, 1, 0, 0, 0, 1, 9, open], 6, Damage::Tag);
    check_damage(&[4, 1, 0, 0, 0, 0, 2], 7, Damage::CutShort);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9], 8, Damage::CutShort);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9, 2], 8, Damage::Tag);
    let no_key = [&[4, 1, 0, 0, 0, 0, 2, 9, 1], [0; 16].as_slice(), &[0, 0]].concat();
    check_damage(&no_key, 8, Damage::Tag);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9, 0, 1], 9, Damage::CutShort);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9, 0, 1, 0], 9, Damage::CutShort);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9, 0, 1, 64], 9, Damage::Note);
    check_damage(&[4, 1, 0, 0, 0, 0, 2, 9, 0, 0, 0, 7], 11, Damage::Surplus);
    check_damage(&[4, 1, 0, 0, 0, 0, 1, 7, 7, 7], 6, Damage::CutShort);
    let no_key = [&[4, 1, 0, 0, 0, 0, 1], [0; 8].as_slice(), &[5; 8], &[open]].concat();
    check_damage(&no_key, 6, Damage::Tag);
    let half_a_tag = [&[4, 1, 0, 0, 0, 0, 1], [9; 8].as_slice(), &[5; 7]].concat();
    check_damage(&half_a_tag, 6, Damage::CutShort);
    check_damage(&[4, 1, 0, 0, 0, 0, 0, open, 7], 8, Damage::Surplus);
    let nine_letters =
        [&[4, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 9], [b'A'; 8].as_slice()].concat();
    check_damage(&nine_letters, 7, Damage::Command);
}

#[test]
fn j10_the_bytes_of_a_batch_do_not_change_unnoticed() {
    let visitor = Visitor(0x0102_0304);
    let seats = Seats::new(&[Seat(5), Seat(6)]).expect("two");
    let records = [
        Record::new(Moment::from_nanos(300), Command::Enter { visitor }),
        Record {
            at: Moment::from_nanos(301),
            command: Command::HoldSeats { visitor, seats },
            tag: Tag::new(0x0807_0605_0403_0201, 0x0908),
        },
    ];
    let body = [
        vec![4, 3, 0, 0, 0],
        vec![0xac, 0x02, 0, 0, 4, 3, 2, 1],
        vec![1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 0, 0, 0, 0, 0, 0],
        vec![6, 4, 3, 2, 1, 2, 5, 0, 0, 0, 6, 0, 0, 0],
        vec![4, 2, 7, 1, 9, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0, b'h', b'i'],
    ];
    let mut batch = Batch::new();
    for record in &records {
        batch.push(record);
    }
    let at = Moment::from_nanos(305);
    batch.push_note(&Note { at, kind: NoteKind(7), tag: Tag::new(9, 4), bytes: b"hi" });
    assert_eq!(batch.seal(), sealed(body.concat()));
}
