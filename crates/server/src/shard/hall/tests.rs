//! Tests: what the watchers of a hall are sent.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use practice::{Feed, PersonId};
use protocol::{FromClient, Replica, SeatState};
use sale::Moment;
use tokio::sync::mpsc::{self, Receiver};

use super::{Course, Hall, Outgoing, ViewerId};
use crate::client::Network;
use crate::clock::UnixTime;
use crate::limits::{VIEWER_MESSAGES_MAX, WATCHERS_PER_NETWORK_MAX, WATCHERS_PER_PERSON_MAX};
use crate::problem::ApiError;

const START: UnixTime = UnixTime::from_nanos(1_800_000_000_000_000_000);

fn join(hall: &mut Hall, id: u64, person: u128) -> Receiver<Outgoing> {
    let (tx, rx) = mpsc::channel(VIEWER_MESSAGES_MAX);
    hall.add(ViewerId(id), PersonId(person), network(0), tx).unwrap();
    rx
}

fn network(number: u8) -> Network {
    Network::of(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
}

fn tell(hall: &mut Hall, feed: &Feed, millis: u64) {
    let now = START.after(Duration::from_millis(millis));
    let at = (now, Moment::from_millis(millis));
    hall.tell(at, Course::GoesOn, feed, |_| false, || "people".to_owned());
}

/// Folds all frames that came, and counts the messages of people.
fn fold(replica: &mut Replica, rx: &mut Receiver<Outgoing>) -> usize {
    let mut people = 0;
    while let Ok(outgoing) = rx.try_recv() {
        match outgoing {
            Outgoing::Seats(bytes) => {
                replica.handle(&bytes);
            }
            Outgoing::Shared(_) => people += 1,
            Outgoing::Text(_) => {}
        }
    }
    people
}

#[test]
fn a61_all_watchers_see_the_same_seats_whenever_they_came() {
    let mut feed = Feed::new([SeatState::Free; 40]);
    let mut hall = Hall::default();
    let (mut early, mut late) = (join(&mut hall, 1, 1), None);
    let (mut first, mut second) = (Replica::new(), Replica::new());
    let mut people = 0;
    for round in 0..20u32 {
        feed.set(round, SeatState::Held);
        if round == 7 {
            late = Some(join(&mut hall, 2, 2));
        }
        tell(&mut hall, &feed, u64::from(round) * 500);
        people += fold(&mut first, &mut early);
        assert_eq!(first.seats(), Some(feed.seats()), "in round {round}");
        if let Some(late) = &mut late {
            fold(&mut second, late);
            assert_eq!(second.seats(), Some(feed.seats()), "in round {round}");
        }
    }
    assert_eq!(people, 10, "people are told once a second");
}

#[test]
fn a61_a_watcher_who_was_too_slow_gets_a_snapshot() {
    let mut feed = Feed::new([SeatState::Free; 400]);
    let mut hall = Hall::default();
    let mut slow = join(&mut hall, 1, 1);
    for round in 0..3 * u32::try_from(VIEWER_MESSAGES_MAX).unwrap() {
        feed.set(round, SeatState::Sold);
        tell(&mut hall, &feed, u64::from(round) * 500);
    }
    let mut replica = Replica::new();
    fold(&mut replica, &mut slow);
    assert_ne!(replica.seats(), Some(feed.seats()));
    tell(&mut hall, &feed, 1_000_000);
    fold(&mut replica, &mut slow);
    assert_eq!(replica.seats(), Some(feed.seats()));
}

#[test]
fn a61_one_person_watches_only_so_often_and_whoever_races_sees_no_more() {
    let feed = Feed::new([SeatState::Free; 4]);
    let mut hall = Hall::default();
    let mut kept: Vec<_> =
        (0..WATCHERS_PER_PERSON_MAX as u64).map(|id| join(&mut hall, id, 1)).collect();
    let (tx, _rx) = mpsc::channel(1);
    let more = hall.add(ViewerId(90), PersonId(1), network(0), tx);
    assert_eq!(more, Err(ApiError::TooManyViewers));
    let mut other = join(&mut hall, 91, 2);
    hall.tell(
        (START, Moment::START),
        Course::GoesOn,
        &feed,
        |person| person == PersonId(1),
        String::new,
    );
    assert!(
        kept.iter_mut().all(|rx| rx.try_recv() == Err(mpsc::error::TryRecvError::Disconnected))
    );
    assert!(other.try_recv().is_ok());
    hall.hear(Moment::START, ViewerId(91), FromClient::Resync);
    hall.remove(ViewerId(91));
    assert!(hall.is_empty() && hall.due_at(Course::GoesOn).is_none());
}

#[test]
fn a109_one_network_has_a_share_of_the_watchers() {
    let mut hall = Hall::default();
    let mut kept = Vec::new();
    let mut add = |hall: &mut Hall, number: u128, from: u8| {
        let (tx, rx) = mpsc::channel(1);
        kept.push(rx);
        hall.add(ViewerId(kept.len() as u64), PersonId(number), network(from), tx)
    };
    for number in 0..WATCHERS_PER_NETWORK_MAX as u128 {
        add(&mut hall, number, 1).unwrap();
    }
    let full = Err(ApiError::TooManyViewers);
    assert_eq!(add(&mut hall, 9_000, 1), full);
    let other = add(&mut hall, 9_000, 2).unwrap();
    assert_eq!(
        add(&mut hall, 9_001, 1),
        full,
        "the places of one network are not those of another"
    );
    hall.remove(other);
    hall.remove(ViewerId(1));
    assert!(add(&mut hall, 9_001, 1).is_ok());
}

#[test]
fn a83_one_watcher_cannot_make_the_server_send_to_the_others() {
    let mut feed = Feed::new([SeatState::Free; 40]);
    let mut hall = Hall::default();
    let (mut calm, mut eager) = (join(&mut hall, 1, 1), join(&mut hall, 2, 2));
    let (mut made, mut messages) = (0, 0);
    let mut replica = Replica::new();
    for millis in 0..2_000 {
        feed.set(3, if millis % 2 == 0 { SeatState::Held } else { SeatState::Free });
        hall.hear(Moment::START, ViewerId(2), FromClient::Resync);
        let (now, moment) =
            (START.after(Duration::from_millis(millis)), Moment::from_millis(millis));
        hall.tell(
            (now, moment),
            Course::GoesOn,
            &feed,
            |_| false,
            || {
                made += 1;
                String::new()
            },
        );
        while calm.try_recv().is_ok() {
            messages += 1;
        }
        fold(&mut replica, &mut eager);
    }
    assert_eq!(messages, 4 + 2, "four frames and two messages of people in two seconds");
    assert_eq!(made, 4, "a message of people in each round at most");
    tell(&mut hall, &feed, 2_000);
    fold(&mut replica, &mut eager);
    assert_eq!(replica.seats(), Some(feed.seats()));
}

#[test]
fn a111_watchers_of_a_race_that_is_over_are_told_its_end_once() {
    let mut feed = Feed::new([SeatState::Free; 40]);
    let mut hall = Hall::default();
    let mut first = join(&mut hall, 1, 1);
    tell(&mut hall, &feed, 0);
    feed.set(3, SeatState::Sold);
    let over = |hall: &mut Hall, millis| {
        let at = (START.after(Duration::from_millis(millis)), Moment::from_millis(millis));
        hall.tell(at, Course::IsOver, &feed, |_| false, || "people".to_owned());
    };
    let mut seen = Replica::new();
    assert_eq!(fold(&mut seen, &mut first), 1);
    over(&mut hall, 500);
    assert_eq!(fold(&mut seen, &mut first), 1, "the people, although a second has not passed");
    assert_eq!(seen.seats(), Some(feed.seats()));
    assert_eq!(hall.due_at(Course::IsOver), None);
    over(&mut hall, 5_000);
    assert!(first.try_recv().is_err(), "nothing more comes");
    let mut late = join(&mut hall, 2, 2);
    assert!(hall.due_at(Course::IsOver).is_some(), "who comes later sees the hall, too");
    over(&mut hall, 6_000);
    let mut replica = Replica::new();
    assert_eq!(fold(&mut replica, &mut late), 1);
    assert_eq!(replica.seats(), Some(feed.seats()));
    assert_eq!(hall.due_at(Course::IsOver), None);
    hall.hear(Moment::START, ViewerId(1), FromClient::Resync);
    assert!(hall.due_at(Course::IsOver).is_some());
}

#[test]
fn a111_a_watcher_whose_line_is_full_at_the_end_is_told_later() {
    let feed = Feed::new([SeatState::Free; 40]);
    let mut hall = Hall::default();
    let (tx, mut rx) = mpsc::channel(1);
    hall.add(ViewerId(1), PersonId(1), network(0), tx).unwrap();
    let over = |hall: &mut Hall, millis| {
        let at = (START.after(Duration::from_millis(millis)), Moment::from_millis(millis));
        hall.tell(at, Course::IsOver, &feed, |_| false, || "people".to_owned());
    };
    over(&mut hall, 0);
    assert!(matches!(rx.try_recv(), Ok(Outgoing::Shared(_))));
    assert!(rx.try_recv().is_err(), "there was no room for the seats");
    assert!(hall.due_at(Course::IsOver).is_some());
    over(&mut hall, 500);
    assert!(matches!(rx.try_recv(), Ok(Outgoing::Seats(_))));
    assert_eq!(hall.due_at(Course::IsOver), None);
}
