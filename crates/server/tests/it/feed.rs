//! The live connection: which messages the server sends, when, and what a client makes of them.

use std::time::Duration;

use protocol::{Folded, Frame, FromServer, Replica, SeatState, Stage, You};
use serde_json::json;
use server::Patience;
use server::limits::VIEWERS_PER_MEMBER_MAX;

use crate::test_server::{Heard, TestServer, patient, within_bound};

#[tokio::test(flavor = "multi_thread")]
async fn f1_the_race_is_the_first_message_and_comes_again_when_it_changes() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    let mut live = fan.live(&race.id).await;
    let Heard::Said(FromServer::State(first)) = live.hear().await else { panic!("race first") };
    assert_eq!((first.stage, first.member, first.members), (Stage::Before, 0, 1));
    live.state_when(|race| race.stage == Stage::Open).await;
    fan.done(&race, "enter", json!({})).await;
    live.state_when(|race| matches!(race.you, You::Inside { .. })).await;
    fan.done(&race, "leave", json!({})).await;
    live.state_when(|race| race.over).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f1_counts_come_regularly_and_pongs_answer_pings() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue", "seed": 5})).await;
    fan.race_when(&race.id, |race| race.counts.given >= 60).await;
    fan.done(&race, "enter", json!({})).await;
    let mut live = fan.live(&race.id).await;
    live.say(r#"{"type":"ping","echo":{"n":7}}"#).await;
    let (mut ponged, mut positions) = (false, Vec::new());
    while !ponged || positions.len() < 3 {
        match live.hear().await {
            Heard::Said(FromServer::Pong { now_ms, echo }) => {
                assert!(now_ms > 0.0 && echo == json!({"n": 7}));
                ponged = true;
            }
            Heard::Said(FromServer::Counts { position: Some(position), behind, given, .. }) => {
                assert_eq!((behind, given), (Some(0), 61));
                positions.push(position);
            }
            Heard::Said(_) => {}
            Heard::Seats(_) => panic!("a visitor outside must not see seats"),
            Heard::Closed => panic!("closed"),
        }
    }
    assert!(positions.is_sorted_by(|a, b| a >= b), "a queue moves forward: {positions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_seats_come_as_a_snapshot_and_then_as_changes() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "seed": 2})).await;
    let mut live = fan.live(&race.id).await;
    let mut replica = Replica::new();
    assert_eq!(replica.handle(&live.seats().await), Folded::Applied);
    // Seven rivals hold four seats each. They pay only after the test is over.
    loop {
        let seats = replica.seats().unwrap();
        if seats.iter().filter(|&&seat| seat == SeatState::Held).count() == 28 {
            break;
        }
        assert_eq!(replica.handle(&live.seats().await), Folded::Applied);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_changes_come_when_a_refresh_is_due() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "wide"})).await;
    let mut live = fan.live(&race.id).await;
    let mut replica = Replica::new();
    assert_eq!(replica.handle(&live.seats().await), Folded::Applied);
    assert_eq!(replica.seats().unwrap().len(), 1200);
    let mut before = replica.told_at().unwrap();
    fan.done(&race, "hold", json!({"seats": [700]})).await;
    while replica.seats().unwrap()[700] != SeatState::Held {
        let bytes = live.seats().await;
        assert!(matches!(Frame::decode(&bytes), Ok(Frame::Delta { .. })), "little changed");
        assert_eq!(replica.handle(&bytes), Folded::Applied);
        let after = replica.told_at().unwrap();
        assert_eq!(after.0, before.0 + 1);
        assert!(after.1 >= before.1 + 250, "not before a refresh is due");
        before = after;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_a_style_refreshed_by_hand_sends_no_seats() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "by-hand"})).await;
    let mut live = fan.live(&race.id).await;
    let mut counts = 0;
    while counts < 3 {
        match live.hear().await {
            Heard::Said(FromServer::Counts { .. }) => counts += 1,
            Heard::Said(_) => {}
            Heard::Seats(_) => panic!("this style must not send seats"),
            Heard::Closed => panic!("closed"),
        }
    }
    let still = fan.get(&format!("/api/races/{}/seats", race.id)).await;
    assert_eq!(Replica::new().handle(&still.body), Folded::Applied);
}

#[tokio::test(flavor = "multi_thread")]
async fn f4_a_resync_brings_race_and_snapshot() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let mut live = fan.live(&race.id).await;
    live.seats().await;
    live.say(r#"{"type":"resync"}"#).await;
    live.state_when(|race| matches!(race.you, You::Inside { .. })).await;
    loop {
        if let Frame::Snapshot { seats, seq, .. } = Frame::decode(&live.seats().await).unwrap() {
            assert!(seq > 1 && seats.len() == 40);
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f4_a_client_that_connects_again_goes_on() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [9]})).await;
    drop(fan.live(&race.id).await);
    let mut live = fan.live(&race.id).await;
    let back = live.state_when(|_| true).await;
    assert!(matches!(&back.you, You::Inside { hold: Some(hold), .. } if hold.seats == [9]));
    let mut replica = Replica::new();
    assert_eq!(replica.handle(&live.seats().await), Folded::Applied);
    assert_eq!(replica.seats().unwrap()[9], SeatState::Held);
}

#[tokio::test(flavor = "multi_thread")]
async fn f6_an_invalid_message_ends_the_connection_and_nothing_else() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let long = "x".repeat(100_000);
    for nonsense in ["", "{", r#"{"type":"steal"}"#, long.as_str()] {
        let mut live = fan.live(&race.id).await;
        live.say(nonsense).await;
        while !matches!(live.hear().await, Heard::Closed) {}
    }
    fan.race(&race.id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f6_a_race_refuses_viewers_of_one_person_beyond_their_limit() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let mut lives = Vec::new();
    for _ in 0..VIEWERS_PER_MEMBER_MAX {
        lives.push(fan.live(&race.id).await);
    }
    let path = format!("/api/races/{}/live", race.id);
    let headers = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let answer = fan.send(reqwest::Method::GET, &path, &headers, None).await;
    assert_eq!(answer.code(), "too-many-viewers");
    drop(lives);
    crate::test_server::until(|| async {
        let answer = fan.send(reqwest::Method::GET, &path, &headers, None).await;
        (answer.status.as_u16() == 101).then_some(())
    })
    .await;
}

/// A server on which a live connection may be silent for `silent_after`.
async fn server_that_hears(silent_after: Duration) -> TestServer {
    TestServer::open_with(Patience { silent_after, ..patient() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn f7_a_connection_that_says_nothing_ends_however_much_the_server_sends() {
    let server = server_that_hears(Duration::from_secs(2)).await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let (mut silent, mut talking) = (fan.live(&race.id).await, fan.live(&race.id).await);
    let end = async {
        let mut counts = 0;
        loop {
            match silent.hear().await {
                Heard::Closed => return counts,
                Heard::Said(FromServer::Counts { .. }) => counts += 1,
                Heard::Said(_) | Heard::Seats(_) => {}
            }
        }
    };
    tokio::select! {
        counts = within_bound(end) => assert!(counts > 0, "the server went on sending meanwhile"),
        () = talking.keep_talking() => panic!("a connection that pings must stay"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f7_a_connection_that_takes_no_message_ends() {
    let server = server_that_hears(Duration::from_secs(2)).await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let mut deaf = fan.live(&race.id).await;
    // Each ping is answered with a pong as long. Nobody reads the pongs, so the server can send no more
    // of them at some point.
    let ping = format!(r#"{{"type":"ping","echo":"{}"}}"#, "x".repeat(4_000));
    within_bound(async { while deaf.try_say(&ping).await {} }).await;
    fan.race(&race.id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_one_more_connection_takes_the_place_of_one_that_is_silent() {
    let server = server_that_hears(Duration::from_secs(10)).await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let mut talking = fan.live(&race.id).await;
    let mut lives = Vec::new();
    // The page was loaded again and again on a line that told the server nothing of it.
    let reload = async {
        for _ in 0..2 * VIEWERS_PER_MEMBER_MAX {
            let live = || async { fan.try_live(&race.id).await };
            lives.push(crate::test_server::until(live).await);
        }
        lives.pop().unwrap().state_when(|_| true).await;
    };
    tokio::select! {
        () = reload => {}
        () = talking.keep_talking() => panic!("a connection that pings must stay"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f9_a_connection_that_sends_more_than_its_budget_ends_and_disturbs_nobody() {
    let server = TestServer::open().await;
    let (fan, hostile) = (server.fan(), server.fan());
    let theirs = hostile.begin(json!({"scenario": "calm"})).await;
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let play = async {
        for seat in 0..20 {
            fan.done(&race, "hold", json!({"seats": [seat]})).await;
            fan.done(&race, "release", json!({"seats": [seat]})).await;
        }
    };
    let attack = async {
        for _ in 0..10 {
            hostile.live(&theirs.id).await.flood().await;
            hostile.live(&theirs.id).await.flood_in_parts().await;
        }
    };
    tokio::join!(play, attack);
}

#[tokio::test(flavor = "multi_thread")]
async fn f9_a_connection_that_exceeds_its_budget_is_told_why() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    let mut live = fan.live(&race.id).await;
    for _ in 0..=server::limits::MESSAGES_BURST + server::limits::MESSAGES_PER_S {
        // The server may have closed the connection already.
        let _closed = live.try_say(r#"{"type":"ping","echo":0}"#).await;
    }
    assert_eq!(live.until_closed().await, Some((1008, "too many messages".to_owned())));
}
