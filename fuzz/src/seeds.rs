//! Real inputs of every target, made by our own encoders and from our own files.
//!
//! They are made anew each time, so that they never have the form of an earlier version.

use crowd::Fan;
use journal::{Batch, Note as Kept, NoteKind, Record, SaleId, SqliteStore, Store as _};
use practice::{Begun, Fair, Header, Mark, MemberId, Note, PersonId, Practice, Versions};
use protocol::frame::{self, Change, SeatState};
use recording::{End, Item};
use sale::{BookingId, Machine, Moment, PaymentId, Seat, Span, Tag};
use scenario::plan::pretix::export;
use scenario::{Course, Kind, Library, Overrides, Recipe};
use server::fuzzing;

use crate::disk::about;
use crate::scene;

/// How long the person of the seeds lets the race go on, from the opening.
const PLAYED: Span = Span::from_millis(40_000);

/// The real inputs of a target.
///
/// # Panics
///
/// If there is no such target.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "frame" => frames(),
        "live_message" => texts(&[
            r#"{"type":"ping","echo":{"sent":1.5,"n":[1,"가",null]}}"#,
            r#"{"type":"resync"}"#,
            r#"{"type":"ping"}"#,
        ]),
        "request" => requests(),
        "cookie" => texts(&[
            &fuzzing::right_cookie(),
            "tingting_guest=",
            "tingting_guest=ab.cd",
            "__Host-tingting_guest=ab.cd; tingting_guest=ab.cd",
        ]),
        "pass" => texts(&[&fuzzing::right_pass(), &fuzzing::right_pass().to_uppercase(), "00"]),
        "ticket" => {
            let codes = fuzzing::right_tickets();
            texts(&[&codes[0], &codes[1], &codes[0].to_lowercase(), &codes[0][1..]])
        }
        "request_key" => texts(&["550e8400-e29b-41d4-a716-446655440000", "k1", "two words"]),
        "id" => texts(&[
            "00000000000000ff",
            "0123456789abcdef0123456789abcdef",
            "1-0123456789abcdef0123456789abcdef",
        ]),
        "header" => texts(&["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "en;q=nan", "W/\"0011\", *"]),
        "range" => texts(&[
            "abytes=0-",
            "abytes=2-5",
            "abytes=-3",
            "abytes=5-500",
            "abytes=90-2",
            "abytes=0-1,3-4",
        ]),
        "batch" | "log" => vec![batch(&played().1)],
        "mark" => vec![journal::fuzzing::right_mark()],
        "wal" => vec![log_of_sqlite()],
        "note" => notes(),
        "race_header" => headers(),
        "recording" => vec![recorded()],
        "sale_snapshot" => vec![scene::practice().sale().snapshot(), played().0.sale().snapshot()],
        "race_snapshot" => vec![scene::practice().race().snapshot(), played().0.race().snapshot()],
        "practice_snapshot" => vec![scene::practice().snapshot(), played().0.snapshot()],
        "recipe" => vec![scene::course().recipe.to_json().into_bytes()],
        "scenario_file" => files(Kind::Scenario),
        "plan_file" => files(Kind::Plan),
        "style_file" => files(Kind::Style),
        "demand_file" => files(Kind::Demand),
        "people_file" => files(Kind::People),
        "plan_import" => plans(),
        unknown => panic!("no target is called {unknown}"),
    }
}

/// The log that SQLite keeps beside a journal in which a sale was created.
fn log_of_sqlite() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.sqlite");
    let mut store = SqliteStore::open(&path).expect("a journal");
    store.create(SaleId(7), b"a header").expect("a sale");
    // It is moved into the journal when the store is closed.
    std::fs::read(folder.path().join("journal.sqlite-wal")).expect("a log")
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn requests() -> Vec<Vec<u8>> {
    texts(&[
        r#"{"scenario":"first-time","style":"m-style","rivals":300,"seed":7}"#,
        r#"{"plan":"arena","demand":"hot","style":"n-style"}"#,
        r#"{"challenge":1,"letters":"abCDef"}"#,
        r#"{"section":3}"#,
        r#"{"seats":[7,8]}"#,
        r#"{"seats":[7,8],"discount":1}"#,
        r#"{"expected_won":154000}"#,
        r#"{"marks":[{"name":"press","at_ms":1700000000000.5,"error_ms":3.25},{"name":"map-seen","at_ms":1}]}"#,
    ])
}

fn frames() -> Vec<Vec<u8>> {
    let states =
        [SeatState::Free, SeatState::Held, SeatState::Sold, SeatState::Free, SeatState::Sold];
    let changes = [(0, SeatState::Held), (1, SeatState::Free), (70_000, SeatState::Sold)];
    let changes = changes.map(|(seat, state)| Change { seat, state });
    vec![
        frame::snapshot(1, 15_000, states.into_iter()),
        frame::snapshot(0, 0, [].into_iter()),
        frame::delta(2, 15_300, &changes),
        frame::delta(3, 15_600, &[]),
    ]
}

/// The small race with a person who takes part, and what a journal keeps of it.
fn played() -> (Practice, Vec<Item>) {
    let mut practice = scene::practice();
    let mut items = Vec::new();
    let until = practice.sale().rules().opens_at + PLAYED;
    keep(&mut practice, &mut items, None, &Note::Joined { person: PersonId(42) });
    let fan = Fan::new(practice.race(), 0);
    while let Some(at) = fan.next_at(practice.race()).filter(|&at| at < until) {
        practice.advance(Moment::from_nanos(at.as_nanos() - 1), crowd::ignore);
        let Some(command) = fan.command(practice.race()) else {
            practice.advance(at, crowd::ignore);
            continue;
        };
        let (member, shown) = (MemberId(0), practice.sale().now());
        keep(&mut practice, &mut items, None, &Note::Shown { member, at: shown });
        if practice.handle(at, command, crowd::ignore).is_ok() {
            let tag = Tag::new(at.as_nanos(), 7);
            items.push(Item::Command(Record { at, command, tag }));
        }
    }
    let mark = |name: &str, at_ms| Mark { name: name.to_owned(), at_ms, error_ms: Some(2.5) };
    let marks = vec![mark("press", 1.7e12 + 12_340.0), mark("map-seen", 1.7e12 + 20_000.0)];
    let member = MemberId(0);
    keep(&mut practice, &mut items, Tag::new(5, 6), &Note::Marked { member, marks });
    keep(&mut practice, &mut items, Tag::new(8, 9), &Note::TurnedDown { member });
    (practice, items)
}

fn keep(practice: &mut Practice, items: &mut Vec<Item>, tag: Option<Tag>, note: &Note) {
    let at = practice.sale().now();
    practice.keep(at, tag, note.clone()).expect("the person joined");
    items.push(Item::Note { at, tag, kind: note.kind(), bytes: note.encode() });
}

fn batch(items: &[Item]) -> Vec<u8> {
    let mut batch = Batch::new();
    for item in items {
        match item {
            Item::Command(record) => batch.push(record),
            &Item::Note { at, tag, kind, ref bytes } => {
                batch.push_note(&Kept { at, tag, kind: NoteKind(kind), bytes });
            }
        }
    }
    batch.seal()
}

fn notes() -> Vec<Vec<u8>> {
    let of = |item: Item| match item {
        Item::Command(_) => None,
        Item::Note { kind, bytes, .. } => Some([vec![kind], bytes].concat()),
    };
    let (person, booking, at_unix_ms) = (PersonId(42), BookingId(7), 1_700_000_000_000);
    let booked = |payment| {
        let (total, seats) = (51_000, vec![Seat(3), Seat(4)]);
        Note::Booked { person, booking, at_unix_ms, total, seats, payment }
    };
    let cancelled = Note::Cancelled { booking, at_unix_ms, refunded: 49_000 };
    let outcomes = [booked(None), booked(Some(PaymentId(5))), cancelled];
    let bytes = |note: &Note| [vec![note.kind()], note.encode()].concat();
    let mut notes: Vec<Vec<u8>> = played().1.into_iter().filter_map(of).collect();
    notes.extend(outcomes.iter().map(bytes));
    notes.sort_unstable();
    notes.dedup_by_key(|note| note[0]);
    notes
}

fn header() -> Header {
    let ends_at = scene::course().ends_at;
    Header {
        versions: Versions::HERE,
        fair: Fair::chosen(scene::SEED),
        shared: false,
        ends_at,
        begun: None,
        about: about(),
    }
}

fn headers() -> Vec<Vec<u8>> {
    let begun = Begun { host: PersonId(42), at_unix_ns: 1_700_000_000_000_000_000, content: 3 };
    let live = Header { begun: Some(begun), ..header() };
    let shared = Header { fair: Fair::keyed(u128::MAX / 3, [7; 16]), shared: true, ..header() };
    let whole = header().encode("a recipe");
    // The version before had eight bytes of seed where there are a bool and eighteen bytes.
    let older = [&[4, 0], &whole[2..6], &scene::SEED.to_le_bytes(), &whole[6 + 1 + 18..]].concat();
    vec![live.encode("{}"), whole, shared.encode(""), older]
}

fn recorded() -> Vec<u8> {
    let (mut practice, items) = played();
    let at = scene::course().ends_at;
    practice.advance(at, crowd::ignore);
    let end = End { at, events: practice.sale().event_count(), hash: practice.sale().hash() };
    recording::encode(&header(), &scene::course().recipe.to_json(), &items, &end)
}

/// The files of the library that are not too long to be changed many times.
fn files(kind: Kind) -> Vec<Vec<u8>> {
    let library = Library::built_in();
    let is_small =
        |name: &String| kind != Kind::Plan || ["theatre", "musical"].contains(&name.as_str());
    let names = library.names(kind).into_iter().filter(is_small);
    names.map(|name| library.read(kind, &name).expect("it is built in").into_bytes()).collect()
}

/// The hall of the small race with its first rows only, as another program might write it.
fn plans() -> Vec<Vec<u8>> {
    let recipe = Recipe::load(&Library::built_in(), "first-time", &Overrides::default());
    let course = Course::new(recipe.expect("it is built in")).expect("it can be played");
    let mut plan = export(&course.plan);
    let zones = plan["zones"].as_array_mut().expect("zones");
    for zone in zones.iter_mut() {
        if let Some(rows) = zone["rows"].as_array_mut() {
            rows.truncate(2);
            for row in rows {
                row["seats"].as_array_mut().expect("seats").truncate(4);
            }
        }
    }
    vec![plan.to_string().into_bytes()]
}
