//! Test vectors: frames and conversations from which every client must get the same state. These
//! tests write the vectors anew if they differ. The files are checked in, and the web client's
//! tests read them too.

use std::fmt::Write;
use std::path::Path;

use practice::{Cursor, Feed};
use protocol::{
    Change, Commanded, Counts, Folded, Frame, FromServer, Outcome, RaceState, Replica, SeatState,
    Shift, ShiftCause, Stage, WIRE_VERSION, You,
};
use serde_json::{Value, json};

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

/// One digit for each seat: 0 is free, 1 is held, 2 is sold.
fn digits(seats: &[SeatState]) -> String {
    seats.iter().map(|seat| char::from(b'0' + seat.bits())).collect()
}

/// Changes some seats, by a fixed pattern without chance.
fn stir(feed: &mut Feed, round: u32) {
    let count = u32::try_from(feed.seats().len()).unwrap();
    for step in 0..6 {
        let seat = (round * 37 + step * 61) % count;
        let states = [SeatState::Held, SeatState::Sold, SeatState::Free];
        feed.set(seat, states[((round + step) % 3) as usize]);
    }
}

fn check(name: &str, told: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let told = format!("{}\n", serde_json::to_string_pretty(told).unwrap());
    if std::fs::read_to_string(&path).unwrap_or_default() != told {
        std::fs::write(&path, told).unwrap();
        panic!("{name} was written anew: look at what changed and commit it");
    }
}

#[test]
fn f5_frames_are_those_of_the_vectors() {
    use SeatState::{Free, Held, Sold};
    let snapshot = |seq, at_ms, seats: &[SeatState]| {
        let frame = Frame::Snapshot { seq, at_ms, seats: seats.to_vec() };
        json!({"kind": "snapshot", "hex": hex(&frame.encode()), "seq": seq, "at_ms": at_ms,
            "states": digits(seats)})
    };
    let delta = |seq, at_ms, changes: &[(u32, SeatState)]| {
        let change = |&(seat, state)| Change { seat, state };
        let frame = Frame::Delta { seq, at_ms, changes: changes.iter().map(change).collect() };
        let changes: Vec<Value> =
            changes.iter().map(|(seat, state)| json!([seat, state.bits()])).collect();
        json!({"kind": "delta", "hex": hex(&frame.encode()), "seq": seq, "at_ms": at_ms,
            "changes": changes})
    };
    let frames = [
        snapshot(1, 0, &[]),
        snapshot(1, 12_345, &[Free, Held, Sold, Free]),
        snapshot(7, 4_000_000_000, &[Sold, Sold, Held, Free, Held]),
        snapshot(u32::MAX, u32::MAX, &[Held; 9]),
        delta(2, 3500, &[]),
        delta(3, 7000, &[(0, Sold)]),
        delta(
            4,
            10_500,
            &[(0, Held), (1, Sold), (2, Free), (31, Held), (32, Held), (99_999, Sold)],
        ),
        delta(5, 14_000, &[(262_143, Free)]),
    ];
    check("frames.json", &json!({ "frames": frames }));
}

#[test]
fn f5_malformed_frames_are_those_of_the_vectors() {
    let head = |kind: u8, version: u8, reserved: u8, count: u32| {
        let mut bytes = vec![kind, version, reserved, 0, 1, 0, 0, 0, 2, 0, 0, 0];
        bytes.extend_from_slice(&count.to_le_bytes());
        bytes
    };
    let with = |head: Vec<u8>, body: &[u8]| [head.as_slice(), body].concat();
    let cases = [
        ("nothing at all", vec![]),
        ("a head cut short", head(1, 1, 0, 0)[..15].to_vec()),
        ("an unknown kind", head(3, 1, 0, 0)),
        ("kind zero", head(0, 1, 0, 0)),
        ("another version", head(1, 2, 0, 0)),
        ("reserved bytes that are not zero", head(1, 1, 1, 0)),
        ("more seats than there can be", head(1, 1, 0, 262_145)),
        ("a snapshot without its seats", head(1, 1, 0, 4)),
        ("a snapshot with bytes too many", with(head(1, 1, 0, 4), &[0, 0])),
        ("a state that is none", with(head(1, 1, 0, 4), &[0b1100])),
        ("bits after the last seat", with(head(1, 1, 0, 3), &[0b0100_0000])),
        ("a delta without its changes", head(2, 1, 0, 1)),
        ("a count far beyond the bytes", head(2, 1, 0, 262_144)),
        ("a delta with bytes too many", with(head(2, 1, 0, 1), &[1, 1])),
        ("a changed state that is none", with(head(2, 1, 0, 1), &[3])),
        ("a number that does not end", with(head(2, 1, 0, 1), &[0x81, 0x80])),
        ("a number too long", with(head(2, 1, 0, 1), &[0x81, 0x80, 0x80, 0x80, 0x80, 0])),
        ("a seat there cannot be", with(head(2, 1, 0, 1), &[0x81, 0x80, 0x40])),
    ];
    let cases: Vec<Value> = cases
        .iter()
        .map(|(about, bytes)| {
            let refusal = Frame::decode(bytes).expect_err(about);
            assert_eq!(Replica::new().handle(bytes), Folded::Resync, "{about}");
            json!({"about": about, "hex": hex(bytes), "refusal": refusal.to_string()})
        })
        .collect();
    check("malformed.json", &json!({ "malformed": cases }));
}

/// A conversation: the frames that arrive, what the client does with each, and what it knows in the
/// end.
struct Transcript {
    about: &'static str,
    replica: Replica,
    steps: Vec<Value>,
}

impl Transcript {
    fn new(about: &'static str) -> Self {
        Self { about, replica: Replica::new(), steps: Vec::new() }
    }

    fn arrive(&mut self, bytes: &[u8]) {
        let folded = match self.replica.handle(bytes) {
            Folded::Applied => "applied",
            Folded::Ignored => "ignored",
            Folded::Resync => "resync",
        };
        self.steps.push(json!({"hex": hex(bytes), "folded": folded}));
    }

    fn end(self) -> Value {
        let seats = self.replica.seats().map(digits);
        let (seq, at_ms) = self.replica.told_at().unzip();
        json!({"about": self.about, "frames": self.steps,
            "end": {"states": seats, "seq": seq, "at_ms": at_ms}})
    }
}

#[test]
fn f4_conversations_are_those_of_the_vectors() {
    let feed = || Feed::new((0..200).map(|_| SeatState::Free));
    let play = |about, fates: &str| {
        let (mut feed, mut cursor, mut transcript) =
            (feed(), Cursor::default(), Transcript::new(about));
        let mut late = None;
        for (round, fate) in (0u32..).zip(fates.chars()) {
            stir(&mut feed, round);
            let at_ms = round * 3500;
            let frame = match fate {
                's' => feed.snapshot(&mut cursor, at_ms),
                _ => feed.next(&mut cursor, at_ms),
            };
            match fate {
                'x' => continue,
                'l' => {
                    late = Some(frame);
                    continue;
                }
                'd' => {
                    transcript.arrive(&frame);
                    transcript.arrive(&frame);
                }
                'b' => transcript.arrive(&frame[..frame.len() - 1]),
                _ => transcript.arrive(&frame),
            }
            if let Some(late) = late.take() {
                transcript.arrive(&late);
            }
        }
        let is_whole = transcript.replica.seats() == Some(feed.seats());
        let ends_well = fates.ends_with('.') || fates.ends_with('s');
        assert_eq!(is_whole, ends_well, "{about}");
        transcript.end()
    };
    // s: a snapshot. `.`: the next frame. x: lost, d: doubled, l: late, b: damaged on the way.
    let transcripts = [
        play("every frame arrives", "s......"),
        play("a frame is lost, a snapshot heals it", "s..x.s.."),
        play("a frame is lost, and nothing heals it", "s..xx"),
        play("frames come twice", "s.dd.d."),
        play("a frame comes after the next one", "s.l.s."),
        play("a frame is broken on the way", "s.b.s."),
        play("the first frame is a delta", "..s."),
        play("a snapshot comes twice", "s.s.."),
    ];
    check("transcripts.json", &json!({ "transcripts": transcripts }));
}

#[test]
fn f3_a_long_delta_travels_as_a_snapshot_in_the_vectors() {
    let mut feed = Feed::new((0..400).map(|_| SeatState::Free));
    let (mut cursor, mut transcript) =
        (Cursor::default(), Transcript::new("a rush between frames"));
    transcript.arrive(&feed.snapshot(&mut cursor, 0));
    for seat in 0..120 {
        feed.set(seat * 3, SeatState::Held);
    }
    let frame = feed.next(&mut cursor, 3500);
    assert!(matches!(Frame::decode(&frame), Ok(Frame::Snapshot { seq: 2, .. })));
    transcript.arrive(&frame);
    stir(&mut feed, 1);
    transcript.arrive(&feed.next(&mut cursor, 7000));
    assert_eq!(transcript.replica.seats(), Some(feed.seats()));
    check("rush.json", &json!({ "transcripts": [transcript.end()] }));
}

/// Messages as JSON. The web client's tests read them as well, so that both ends keep one form.
#[test]
fn a15_messages_are_those_of_the_vectors() {
    let you = You::Waiting { place: 9, position: 3, behind: 40 };
    let counts = Counts { given: 49, served: 6, waiting: 43, inside: 2, free: 390, sold: 4 };
    let state = RaceState {
        started_at_ms: 1_790_000_000_000.0,
        now_ms: 15_350.5,
        stage: Stage::Open,
        over: false,
        member: 0,
        members: 1,
        you,
        counts,
        shifts: vec![Shift { at_ms: 9000.0, by_ms: 61_500.0, cause: ShiftCause::Outage }],
        returns_at_ms: None,
    };
    let placed = Commanded { outcome: Outcome::Placed { place: 9 }, state: state.clone() };
    let told = FromServer::State(Box::new(state));
    let messages = json!({ "commanded": placed, "state": told });
    check("messages.json", &json!({ "wire_version": WIRE_VERSION, "messages": messages }));
}
