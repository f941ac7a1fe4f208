//! A slow reader: never more waits for it than its channel holds, and it catches up with a snapshot.

use crowd::Dist;
use protocol::{Folded, Frame, Replica};
use sale::{Command, Machine, Moment, Seat, Seats, Span};
use scenario::{Library, Overrides, Recipe};
use tokio::sync::mpsc;

use super::Viewer;
use crate::course::Course;
use crate::play::Play;
use crate::shard::ask::{Outgoing, ViewerId};

const EVERY: Dist = Dist::Fixed(1.0);

/// A first race without rivals, its person inside and past the captcha.
fn play() -> (Play, Moment) {
    let overrides = Overrides { rivals: Some(0), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    let course = Course::new(recipe).unwrap();
    let mut play = Play::new(course.scenario.clone(), 1, course.ends_at).unwrap();
    let (visitor, at) = (play.me(), course.opens_at());
    Machine::handle(&mut play, at, Command::Enter { visitor }).unwrap();
    let asked = play.sale().challenge(visitor).unwrap();
    let answer =
        Command::AnswerCaptcha { visitor, challenge: asked.number, letters: asked.letters };
    Machine::handle(&mut play, at + Span::SECOND, answer).unwrap();
    (play, at + Span::SECOND)
}

fn frame(rx: &mut mpsc::Receiver<Outgoing>) -> Vec<u8> {
    match rx.try_recv().unwrap() {
        Outgoing::Seats(bytes) => bytes,
        Outgoing::Text(text) => panic!("{text}"),
    }
}

#[test]
fn f6_a_slow_reader_is_given_a_snapshot_when_it_has_caught_up() {
    let (mut play, opened) = play();
    let (tx, mut rx) = mpsc::channel(2);
    let mut viewer = Viewer::new(ViewerId(1), tx, 1);
    let mut replica = Replica::new();
    let visitor = play.me();
    for step in 0..9u32 {
        let at = opened + Span::from_millis(1500 * u64::from(step + 1));
        let seats = Seats::one(Seat(step * 7));
        let command = match step % 2 {
            0 => Command::HoldSeats { visitor, seats },
            _ => Command::ReleaseSeats { visitor, seats: Seats::one(Seat((step - 1) * 7)) },
        };
        Machine::handle(&mut play, at, command).unwrap();
        // The reader reads nothing; two messages wait and no more.
        viewer.show_seats(at, &play, &EVERY);
    }
    let late = opened + Span::from_millis(30_000);
    assert_eq!(replica.handle(&frame(&mut rx)), Folded::Applied);
    assert_eq!(replica.handle(&frame(&mut rx)), Folded::Applied);
    assert!(rx.try_recv().is_err());
    assert_ne!(replica.seats(), Some(play.feed().seats()), "it is behind");
    Machine::handle(&mut play, late, Command::HoldSeats { visitor, seats: Seats::one(Seat(9)) })
        .unwrap();
    viewer.show_seats(late, &play, &EVERY);
    let bytes = frame(&mut rx);
    assert!(matches!(Frame::decode(&bytes), Ok(Frame::Snapshot { .. })));
    assert_eq!(replica.handle(&bytes), Folded::Applied);
    assert_eq!(replica.seats(), Some(play.feed().seats()));
}

#[test]
fn f2_frames_come_when_they_are_due_and_not_before() {
    let (play, opened) = play();
    let (tx, mut rx) = mpsc::channel(8);
    let mut viewer = Viewer::new(ViewerId(1), tx, 1);
    for millis in [0, 400, 999, 1000, 1001, 1999, 2000] {
        viewer.show_seats(opened + Span::from_millis(millis), &play, &EVERY);
    }
    let mut kinds = Vec::new();
    while let Ok(Outgoing::Seats(bytes)) = rx.try_recv() {
        kinds.push(matches!(Frame::decode(&bytes), Ok(Frame::Snapshot { .. })));
    }
    assert_eq!(kinds, [true, false, false], "a snapshot, then a frame a second");
}
