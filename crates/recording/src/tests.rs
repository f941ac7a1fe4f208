//! Writing and reading the bytes of a recording.

use journal::Record;
use practice::{About, Fair, HeaderError, Title, Versions};
use sale::{Command, Hash, Moment, Visitor};

use super::*;

const PERSON: Visitor = Visitor(300);

fn header() -> Header {
    let title = Title { ko: "첫 연습".to_owned(), en: "First".to_owned(), ja: "初".to_owned() };
    let about = About {
        scenario: "first-time".to_owned(),
        title,
        plan: "theatre".to_owned(),
        demand: "practice".to_owned(),
        style: "n-style".to_owned(),
        rivals: 300,
        seats: 240,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    let (versions, ends_at) = (Versions::HERE, Moment::from_millis(600_000));
    Header { versions, fair: Fair::chosen(7), shared: false, ends_at, begun: None, about }
}

const RECIPE: &str = r#"{"scenario":"첫 연습"}"#;

fn header_bytes() -> Vec<u8> {
    header().encode(RECIPE)
}

fn end() -> End {
    End { at: Moment::from_millis(90_000), events: 8_884, hash: Hash(0x1234_5678_9abc_def0) }
}

fn items() -> Vec<Item> {
    let enter = Command::Enter { visitor: PERSON };
    let pay = Command::Pay { visitor: PERSON };
    [(350, enter), (80_000, pay), (81_000, enter)]
        .map(|(millis, command)| Item::Command(Record::new(Moment::from_millis(millis), command)))
        .to_vec()
}

/// The note that a person joins at the start.
fn joined() -> Item {
    Item::Note { at: Moment::START, tag: None, kind: 1, bytes: vec![5; 16] }
}

fn small_recording() -> Vec<u8> {
    let items = [vec![joined()], items()].concat();
    encode(&header(), RECIPE, &items, &end())
}

/// A file of these chunks.
fn file_of(chunks: &[(Kind, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for (kind, payload) in chunks {
        kind.write(payload, &mut bytes);
    }
    bytes
}

fn fault_of(bytes: &[u8]) -> (usize, Fault) {
    let error = decode(bytes).expect_err("the bytes are not a recording");
    (error.offset, error.fault)
}

#[test]
fn r10_a_recording_is_read_as_it_was_written() {
    let recorded = decode(&small_recording()).unwrap();
    let log = Log::Here([vec![joined()], items()].concat(), end());
    assert_eq!(recorded, Recording { header: header(), recipe: RECIPE.to_owned(), log });
    let without = decode(&encode(&header(), RECIPE, &[], &end())).unwrap();
    assert_eq!(without.log, Log::Here(Vec::new(), end()));
}

#[test]
fn r10_commands_of_many_batches_are_read_in_order() {
    let enter = Command::Enter { visitor: PERSON };
    let command = |at| Item::Command(Record::new(Moment::from_nanos(at), enter));
    let many: Vec<Item> = (1..=40_000u64).map(command).collect();
    let recorded = decode(&encode(&header(), RECIPE, &many, &end())).unwrap();
    assert_eq!(recorded.log, Log::Here(many, end()));
}

#[test]
fn r20_payments_in_two_steps_are_read_as_they_were_written() {
    let payment = sale::PaymentId(7);
    let commands = [
        Command::BeginPayment { visitor: PERSON },
        Command::EndPayment { visitor: PERSON, payment },
        Command::ConfirmPayment { visitor: PERSON, payment },
    ];
    let items: Vec<Item> = (1..)
        .zip(commands)
        .map(|(at, command)| Item::Command(Record::new(Moment::from_nanos(at), command)))
        .collect();
    let recorded = decode(&encode(&header(), RECIPE, &items, &end())).unwrap();
    assert_eq!(recorded.log, Log::Here(items, end()));
}

#[test]
fn r11_every_changed_byte_is_noticed() {
    let whole = small_recording();
    for at in 0..whole.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let (offset, fault) = fault_of(&bytes);
            assert!(offset <= bytes.len(), "byte {at}: {fault} at {offset}");
        }
    }
}

#[test]
fn r11_every_cut_is_noticed_at_its_place() {
    let whole = small_recording();
    for length in 0..whole.len() {
        let (offset, fault) = fault_of(&whole[..length]);
        let expected = if length == 0 { Fault::Empty } else { Fault::CutShort };
        assert_eq!((offset, fault), (length, expected), "cut at {length}");
    }
}

#[test]
fn r12_a_file_of_another_kind_is_told_from_a_damaged_recording() {
    assert_eq!(fault_of(b""), (0, Fault::Empty));
    assert_eq!(fault_of(b"{\"seats\": []}"), (0, Fault::Foreign));
    // A transfer as text has changed the line ends.
    let text = small_recording().splice(4..6, *b"\n").count();
    assert_eq!(text, 2);
    let mut bytes = small_recording();
    bytes.splice(4..6, *b"\n");
    assert_eq!(fault_of(&bytes), (4, Fault::Foreign));
}

#[test]
fn r12_a_header_of_another_form_is_told_from_a_damaged_one() {
    let fault = |change: fn(&mut Vec<u8>)| {
        let mut payload = header_bytes();
        change(&mut payload);
        fault_of(&file_of(&[(Kind::Header, payload), (Kind::End, end().to_bytes())]))
    };
    let newer = fault(|payload| payload[0] = 9);
    assert_eq!(newer, (13, Fault::Header(HeaderError::Newer { found: 9 })));
    assert_eq!(fault(|payload| payload[0] = 1), (13, Fault::Header(HeaderError::Older)));
}

#[test]
fn r12_bytes_after_the_end_are_refused() {
    let mut bytes = small_recording();
    let length = bytes.len();
    bytes.extend(b"more");
    assert_eq!(fault_of(&bytes), (length, Fault::Surplus { bytes: 4 }));
}

#[test]
fn r12_chunks_in_the_wrong_place_are_refused() {
    let (header, end) = (header_bytes(), end().to_bytes());
    let late = file_of(&[(Kind::End, end.clone())]);
    assert_eq!(fault_of(&late), (8, Fault::HeaderFirst));
    let twice = file_of(&[(Kind::Header, header.clone()), (Kind::Header, header.clone())]);
    assert_eq!(fault_of(&twice), (8 + 13 + header.len(), Fault::HeaderTwice));
    let short = file_of(&[(Kind::Header, header.clone()), (Kind::End, vec![0; 31])]);
    assert_eq!(fault_of(&short), (8 + 13 + header.len() + 5, Fault::EndForm));
    let late = End { at: Moment::from_millis(1 << 40), ..self::end() };
    let late = file_of(&[(Kind::Header, header.clone()), (Kind::End, late.to_bytes())]);
    assert_eq!(fault_of(&late).1, Fault::EndForm);
    let longer = [header.clone(), b"}".to_vec()].concat();
    let longer = file_of(&[(Kind::Header, longer), (Kind::End, end)]);
    assert_eq!(fault_of(&longer), (13, Fault::Header(HeaderError::Damaged)));
}

#[test]
fn r12_commands_after_the_end_or_out_of_order_are_refused() {
    let batch = |millis: &[u64]| {
        let command = Command::Enter { visitor: PERSON };
        let at = millis.iter().map(|&millis| Moment::from_millis(millis));
        let records: Vec<Record> = at.map(|at| Record::new(at, command)).collect();
        (Kind::Batch, Batch::encode(&records))
    };
    let file = |batches: &[(Kind, Vec<u8>)]| {
        let header = (Kind::Header, header_bytes());
        let end = (Kind::End, end().to_bytes());
        fault_of(&file_of(&[&[header], batches, &[end]].concat())).1
    };
    assert_eq!(file(&[batch(&[90_001])]), Fault::Time);
    assert_eq!(file(&[batch(&[500]), batch(&[500])]), Fault::Time);
}

#[test]
fn r2_a_recording_of_other_versions_is_read_without_its_commands() {
    for (rules, crowd) in [(u16::MAX, crowd::CROWD_VERSION), (sale::RULES_VERSION, u16::MAX)] {
        let header = Header { versions: Versions { rules, crowd }, ..header() };
        let recorded = decode(&encode(&header, RECIPE, &items(), &end())).unwrap();
        let recipe = RECIPE.to_owned();
        assert_eq!(recorded, Recording { header, recipe, log: Log::OtherVersion });
    }
}

/// Every sequence of bytes by which somebody could be recognised in [`personal`].
fn traces() -> Vec<Vec<u8>> {
    let numbers = [0x1111_2222_3333_4444u64, 0x5555_6666_7777_8888, 0x1234_1234_1234_1234];
    let mut traces: Vec<Vec<u8>> = numbers.iter().map(|n| n.to_le_bytes().to_vec()).collect();
    traces.extend([[0xa1; 16], [0xb2; 16], [0xc3; 16]].map(|id| id.to_vec()));
    traces.push(b"secret-mark".to_vec());
    traces
}

/// A race with two people, marks and tags.
fn personal() -> (Header, Vec<Item>) {
    use practice::{Begun, Mark, MemberId, Note, PersonId};
    let person = |byte: u8| PersonId(u128::from_le_bytes([byte; 16]));
    let tag = sale::Tag::new(0x1111_2222_3333_4444, 0x5555_6666_7777_8888);
    let note = |millis, note: Note| {
        let (kind, bytes) = (note.kind(), note.encode());
        Item::Note { at: Moment::from_millis(millis), tag, kind, bytes }
    };
    let member = MemberId(1);
    let mark = Mark { name: "secret-mark".to_owned(), at_ms: 1.0, error_ms: None };
    let enter = Command::Enter { visitor: PERSON };
    let entered = Record { at: Moment::from_millis(350), command: enter, tag };
    let items = vec![
        note(10, Note::Joined { person: person(0xa1) }),
        note(20, Note::Joined { person: person(0xb2) }),
        note(25, Note::Joined { person: person(0xa1) }),
        note(30, Note::Marked { member, marks: vec![mark] }),
        note(40, Note::TurnedDown { member }),
        note(50, Note::Shown { member, at: Moment::from_millis(45) }),
        note(60, Note::Told),
        Item::Command(entered),
        Item::Note { at: Moment::from_millis(400), tag, kind: 200, bytes: b"secret-mark".to_vec() },
    ];
    let content = 0x1234_1234_1234_1234;
    let begun = Some(Begun { host: person(0xc3), at_unix_ns: 0x1111_2222_3333_4444, content });
    let fair = Fair::keyed(9 << 70, [7; 16]);
    (Header { begun, fair, shared: true, ..header() }, items)
}

fn has(bytes: &[u8], trace: &[u8]) -> bool {
    bytes.windows(trace.len()).any(|window| window == trace)
}

#[test]
fn r17_no_person_mark_or_tag_is_in_the_bytes_of_a_published_record() {
    let (header, items) = personal();
    let whole = encode(&header, RECIPE, &items, &end());
    let published = publish(&header, RECIPE, &items, &end());
    for trace in traces() {
        assert!(has(&whole, &trace), "the test looks for what is there: {trace:x?}");
        assert!(!has(&published, &trace), "{trace:x?}");
    }
}

#[test]
fn r17_a_published_record_keeps_seed_secret_commands_and_members() {
    use practice::{MemberId, Note, PersonId};
    let (header, items) = personal();
    let read = decode(&publish(&header, RECIPE, &items, &end())).unwrap();
    assert_eq!(read.header, Header { begun: None, ..header });
    let Log::Here(items, found) = read.log else { panic!("it has our versions") };
    assert_eq!(found, end());
    let of = |item: &Item| match item {
        Item::Command(record) => format!("{:?} {:?}", record.command, record.tag),
        Item::Note { tag, kind, bytes, .. } => {
            format!("{:?} {tag:?}", Note::decode(*kind, bytes).unwrap())
        }
    };
    let joined = |number| format!("{:?} None", Note::Joined { person: PersonId(number) });
    let shown = Note::Shown { member: MemberId(1), at: Moment::from_millis(45) };
    let enter = Command::Enter { visitor: PERSON };
    let expected =
        [joined(0), joined(1), joined(0), format!("{shown:?} None"), format!("{enter:?} None")];
    assert_eq!(items.iter().map(of).collect::<Vec<_>>(), expected);
}
