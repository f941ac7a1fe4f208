//! Many who want the same at the same moment (rules O1 to O4).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use protocol::You;
use reqwest::StatusCode;
use serde_json::json;

use super::{at_once, hold, pay, people_inside};
use crate::openings::{add_one, book, bookings, go_in, sale, seats_left};
use crate::test_server::{Answer, Fan, Seen, TestServer, until};

/// How many people want the same. Chosen: many more than the cores of any machine that runs the tests.
const PEOPLE: usize = 24;

fn is_done(answer: &Answer) -> bool {
    answer.status == StatusCode::OK
}

#[tokio::test(flavor = "multi_thread")]
async fn o1_of_many_who_take_one_seat_at_the_same_moment_one_gets_and_pays_it() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let people = people_inside(&server, performance, PEOPLE).await;
    let tries = people.iter().cloned();
    // Whoever has it pays in the same breath, while the others still try.
    let answers = at_once(tries.map(|(fan, race)| async move {
        let held = hold(&fan, &race, &[7]).await;
        let paid = if is_done(&held) { Some(pay(&fan, &race, 1).await) } else { None };
        (held, paid)
    }))
    .await;
    let winners: Vec<usize> = (0..PEOPLE).filter(|&one| is_done(&answers[one].0)).collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    assert!(answers[winners[0]].1.as_ref().is_some_and(is_done));
    for (held, _) in answers.iter().filter(|(held, _)| !is_done(held)) {
        assert_eq!((held.status, held.code().as_str()), (StatusCode::CONFLICT, "seat-taken"));
    }
    for (number, (fan, race)) in people.iter().enumerate() {
        let seats: Vec<usize> =
            bookings(fan).await.bookings.iter().map(|booking| booking.seats.len()).collect();
        assert_eq!(seats, if number == winners[0] { vec![1] } else { vec![] });
        assert_eq!(fan.race(&race.id).await.counts.sold, 1);
    }
    let fan = &people[0].0;
    until(async || seats_left(fan, performance).await.filter(|left| left.total == 39)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn o2_no_second_server_and_no_restart_sells_a_seat_again() {
    let mut server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let (owner, other) = (server.fan(), server.fan());
    book(&owner, performance, &[7]).await;
    // Another program on the same folder would be a second seller.
    assert!(server.start_beside().await.is_err(), "a folder has one server");
    let race = go_in(&other, performance).await;
    assert_eq!(hold(&other, &race, &[7]).await.code(), "seat-taken");
    server.be_killed_and_away_for(Duration::from_secs(1)).await;
    let (owner, other) = (owner.moved(&server), other.moved(&server));
    let race = other.race(&race.id).await;
    assert_eq!(hold(&other, &race, &[7]).await.code(), "seat-taken");
    let fresh = server.fan();
    let race = go_in(&fresh, performance).await;
    assert_eq!(hold(&fresh, &race, &[7]).await.code(), "seat-taken");
    assert_eq!(race.counts.sold, 1);
    assert_eq!(bookings(&owner).await.bookings.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn o3_whoever_loses_a_race_is_told_of_the_conflict_and_nobody_waits_for_another() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let people = people_inside(&server, performance, PEOPLE).await;
    // Pairs that overlap in a ring, in either order: what waits for the other's seat in turn would never end.
    let pair = |number: usize| {
        let first = u32::try_from(number % 6).unwrap();
        let second = (first + 1) % 6;
        if number.is_multiple_of(2) { [first, second] } else { [second, first] }
    };
    let tries = people.iter().cloned().enumerate();
    let answers = at_once(
        tries.map(|(number, (fan, race))| async move { hold(&fan, &race, &pair(number)).await }),
    )
    .await;
    let mut taken = BTreeSet::new();
    for (number, answer) in answers.iter().enumerate().filter(|(_, answer)| is_done(answer)) {
        for seat in pair(number) {
            assert!(taken.insert(seat), "seat {seat} went to two: {:?}", answer.text());
        }
    }
    assert!(taken.len() >= 4, "of six seats in a ring at most two stay free: {taken:?}");
    for (number, answer) in answers.iter().enumerate().filter(|(_, answer)| !is_done(answer)) {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "seat-taken"));
        let problem: serde_json::Value = answer.json();
        let seat = u32::try_from(problem["seat"].as_u64().unwrap()).unwrap();
        assert!(pair(number).contains(&seat) && taken.contains(&seat), "the seat is named");
    }
    let counts = people[0].0.race(&people[0].1.id).await.counts;
    let free = 40 - u32::try_from(taken.len()).unwrap();
    assert_eq!((counts.free, counts.sold), (free, 0), "a loser holds nothing");
}

/// Requests for a seat that the server refuses, each for another reason.
async fn fail(fan: &Fan, race: &Seen, number: usize) -> Answer {
    match number % 6 {
        0 => hold(fan, race, &[9, 40]).await,
        1 => hold(fan, race, &[9, 9]).await,
        2 => hold(fan, race, &[9, 10, 11, 12, 13]).await,
        3 => fan.act(race, "hold", json!({"seats": [9, "ten"]})).await,
        4 => pay(fan, race, 1).await,
        _ => {
            let key = fan.key();
            let headers = [("idempotency-key", key.as_str()), ("pass", "00")];
            let path = format!("/api/races/{}/hold", race.id);
            fan.post(&path, &headers, &json!({"seats": [9]})).await
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn o4_a_request_that_fails_leaves_its_seats_to_the_next_one() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let people = people_inside(&server, performance, 12).await;
    let tries = people.iter().cloned().enumerate();
    let failed =
        at_once(tries.map(|(number, (fan, race))| async move { fail(&fan, &race, number).await }))
            .await;
    for answer in &failed {
        assert!(answer.status.is_client_error(), "{}", answer.text());
        assert!(!answer.code().is_empty());
    }
    let (fan, race) = &people[0];
    assert_eq!(fan.race(&race.id).await.counts.free, 40);
    let next = Arc::clone(&people[11].0);
    let held = hold(&next, &people[11].1, &[9, 10]).await;
    assert!(is_done(&held), "{}", held.text());
    // A holder who is gone gives them to the next one too.
    next.done(&people[11].1, "leave", json!({})).await;
    let held = hold(fan, race, &[9, 10]).await;
    assert!(is_done(&held), "{}", held.text());
    assert!(is_done(&pay(fan, race, 2).await));
    assert!(matches!(fan.race(&race.id).await.you, You::Booked { .. }));
}
