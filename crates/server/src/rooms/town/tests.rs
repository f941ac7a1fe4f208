//! Tests: what all rooms together allow, and how the keeper writes and tells.

mod emptied;
mod limits;
mod naming;
mod starting;

use std::net::{IpAddr, Ipv4Addr};

use protocol::{RoomKind, RoomSettings, RoomStart, Title};

use super::*;
use crate::client::Network;
use crate::limits::{ROOM_VIEWERS_PER_GUEST_MAX, ROOMS_PER_GUEST_MAX};
use crate::rooms::room::Drawn;
use crate::rooms::store::{RoomStore, StoreError};

const START: UnixTime = UnixTime::from_millis(1_800_000_000_000);

fn at_ms(millis: u64) -> UnixTime {
    START.after(std::time::Duration::from_millis(millis))
}

fn client(guest: u128) -> Client {
    Client::without_account(GuestId(guest), Network::of(IpAddr::V4(Ipv4Addr::LOCALHOST)))
}

fn drawn() -> Drawn {
    Drawn { title: Title { ko: "시험".into(), en: "Test".into(), ja: "テスト".into() } }
}

fn opening(guest: u128, key: u64, content: u64) -> Opening {
    let settings = RoomSettings {
        scenario: Some("calm".to_owned()),
        plan: None,
        demand: None,
        style: None,
        rivals: None,
        start: RoomStart::Button,
        countdown_s: 30,
    };
    let name = "Mina".to_owned();
    Opening { client: client(guest), key, content, name, settings, drawn: drawn() }
}

fn open(town: &mut Town, now: UnixTime, guest: u128, key: u64) -> RoomCode {
    town.open(now, opening(guest, key, 1)).unwrap().code.parse().unwrap()
}

#[test]
fn a64_the_same_request_under_its_key_gives_the_same_room() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    assert_eq!(open(&mut town, START, 1, 7), code);
    assert_ne!(open(&mut town, START, 2, 7), code, "keys of two guests do not meet");
    assert_eq!(town.open(START, opening(1, 7, 2)), Err(ApiError::KeyReused));
}

#[test]
fn a71_a_guest_who_opens_too_many_rooms_gives_up_the_oldest_empty_one() {
    let mut town = Town::default();
    let codes: Vec<_> =
        (0..ROOMS_PER_GUEST_MAX as u64).map(|key| open(&mut town, at_ms(key), 1, key)).collect();
    town.watch(codes[0], GuestId(9), false).unwrap();
    open(&mut town, at_ms(1_000), 1, 99);
    assert!(town.show(START, codes[0], GuestId(1)).is_ok(), "somebody looks at this one");
    assert_eq!(town.show(START, codes[1], GuestId(1)), Err(ApiError::NoSuchRoom));
    for code in &codes[2..] {
        town.watch(*code, GuestId(9), false).unwrap();
    }
    let newest = *town.opened.get(&(GuestId(1), 99)).map(|(code, _)| code).unwrap();
    town.watch(newest, GuestId(9), false).unwrap();
    let refused = town.open(START, opening(1, 100, 1));
    assert!(matches!(refused, Err(ApiError::TooManyRequests { .. })));
}

#[test]
fn a71_a_room_ends_after_a_day() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    town.tell(START);
    let day = 24 * 3_600 * 1_000;
    town.advance(at_ms(day - 1));
    assert!(town.show(START, code, GuestId(1)).is_ok());
    town.advance(at_ms(day));
    assert_eq!(town.show(START, code, GuestId(1)), Err(ApiError::NoSuchRoom));
    assert!(matches!(town.take_changes()[..], [Change::Remove(ended)] if ended == code));
    assert!(town.opened.is_empty() && town.shares.is_empty());
}

#[test]
fn a74_live_connections_are_told_at_most_five_times_a_second_and_only_the_newest() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    let Watching { mut told, seat, .. } = town.watch(code, GuestId(1), false).unwrap();
    town.tell(START);
    let text = told.borrow_and_update().as_ref().unwrap().text(&seat);
    assert!(text.contains(r#""you":1,"your_name":"Mina""#));
    for number in 2..20u32 {
        town.join(at_ms(u64::from(number)), code, client(u128::from(number)), "Jun").unwrap();
        town.tell(at_ms(u64::from(number)));
    }
    assert!(!told.has_changed().unwrap(), "not before its time");
    let due = town.next_at().unwrap();
    assert_eq!(due, at_ms(200));
    town.advance(due);
    town.tell(due);
    assert!(told.borrow_and_update().as_ref().unwrap().text(&seat).contains("Jun 18"));
    assert!(!told.has_changed().unwrap());
}

#[test]
fn a74_the_connections_of_a_guest_in_a_room_are_limited() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    for _ in 0..ROOM_VIEWERS_PER_GUEST_MAX {
        town.watch(code, GuestId(5), false).unwrap();
    }
    assert_eq!(town.watch(code, GuestId(5), false).unwrap_err(), ApiError::TooManyViewers);
    town.unwatch(START, code, 0);
    assert!(town.watch(code, GuestId(5), false).is_ok());
}

#[test]
fn a69_a_start_is_ordered_once_and_all_who_wait_hear_of_it() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    let mut first = town.start(START, code, client(1), Some((3, 3))).unwrap().unwrap();
    let mut second = town.start(START, code, client(1), Some((4, 3))).unwrap().unwrap();
    let wishes = town.take_wishes();
    let [wish] = &wishes[..] else { panic!("one wish") };
    assert_eq!(wish.starts_at, START);
    town.settle(START, code, Err(ApiError::ServerFull)).unwrap();
    assert!(first.try_recv().is_err(), "nobody is told before it is written");
    town.tell(START);
    assert_eq!(first.try_recv(), Ok(Err(ApiError::ServerFull)));
    assert_eq!(second.try_recv(), Ok(Err(ApiError::ServerFull)));
}

#[test]
fn a72_a_start_that_came_due_while_the_server_was_away_has_its_whole_countdown() {
    for (now_ms, opens_ms) in [(70_000, 100_000), (80_000, 100_000), (98_000, 128_000)] {
        let mut town = Town::default();
        let mut opening = opening(1, 7, 1);
        opening.settings.start = RoomStart::At { at_ms: at_ms(100_000).as_millis() };
        town.open(START, opening).unwrap();
        town.tell(START);
        town.advance(at_ms(now_ms));
        let wishes = town.take_wishes();
        let [wish] = &wishes[..] else { panic!("one wish") };
        assert_eq!(wish.starts_at, at_ms(opens_ms - 30_000));
    }
}

#[test]
fn a76_a_full_disk_brings_the_rooms_back_to_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    let watching = town.watch(code, GuestId(1), false).unwrap();
    store.write(&town.take_changes()).unwrap();
    town.tell(START);
    let before = town.show(START, code, GuestId(1)).unwrap();
    store.fill_the_disk();
    for guest in 2..300 {
        town.join(START, code, client(guest), "Jun").unwrap();
    }
    let lost = open(&mut town, START, 2, 8);
    assert!(matches!(store.write(&town.take_changes()), Err(StoreError::DiskFull(_))));
    town.go_back(START, &store, &Outages::default()).unwrap();
    town.tell(START);
    let mut after = town.show(START, code, GuestId(1)).unwrap();
    assert!(after.revision > before.revision);
    after.revision = before.revision;
    assert_eq!(after, before, "the connection counts as before, too");
    assert_eq!(town.show(START, lost, GuestId(2)), Err(ApiError::NoSuchRoom));
    assert_eq!(town.shares.members(RoomKind::Room), (1, 1));
    store.empty_the_disk();
    town.join(START, code, client(5), "Jun").unwrap();
    store.write(&town.take_changes()).unwrap();
    town.tell(at_ms(500));
    assert_eq!(town.show(START, code, GuestId(5)).unwrap().you, Some(2));
    assert!(watching.told.borrow().is_some());
}

#[test]
fn a73_the_first_who_enters_makes_the_room_of_an_open_race() {
    let mut town = Town::default();
    let code = RoomCode::random();
    let slot = crate::rooms::Slot { code, opens_at: at_ms(120_000), turn: 0 };
    let turn = crate::rooms::OpenTurn { scenario: "calm".to_owned(), style: None };
    assert_eq!(town.enter(START, code, client(1), None), Err(ApiError::NoSuchRoom));
    let room = town.enter(START, code, client(1), Some((slot, turn, drawn()))).unwrap();
    assert_eq!((room.you, room.your_name.as_deref()), (Some(1), Some("포도 1")));
    assert_eq!((room.stage, room.host), (RoomStage::Lobby, None));
    let second = town.enter(START, code, client(2), None).unwrap();
    assert_eq!(second.member_count, 2);
    let other = open(&mut town, START, 3, 9);
    assert_eq!(town.enter(START, other, client(1), None), Err(ApiError::NoSuchRoom));
    town.tell(START);
    assert_eq!(town.next_at(), Some(at_ms(60_000)), "the race starts a minute before its opening");
}

#[test]
fn a69_all_who_are_in_the_room_may_enter_its_race_and_who_was_removed_no_longer() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    town.join(START, code, client(2), "Jun").unwrap();
    assert!(town.take_entrances().is_empty(), "there is no race yet");
    town.start(START, code, client(1), None).unwrap();
    town.join(START, code, client(3), "Sol").unwrap();
    let race = RaceId(5);
    let round = Round::new(race, START, at_ms(30_000), at_ms(900_000));
    town.settle(START, code, Ok(round)).unwrap();
    let guests = |entrances: Vec<Entrance>| {
        assert!(entrances.iter().all(|one| one.race == race));
        let mut guests: Vec<(u128, Right)> =
            entrances.into_iter().map(|one| (one.guest.0, one.right)).collect();
        guests.sort_unstable_by_key(|(guest, _)| *guest);
        guests
    };
    let enters = |guest, name: &str| (guest, Right::Enter { name: name.to_owned() });
    let [jun, sol, late] = [enters(2, "Jun"), enters(3, "Sol"), enters(4, "Late")];
    let began = guests(town.take_entrances());
    assert_eq!(began[1..], [jun, sol.clone()]);
    assert_eq!(began[0].0, 1);
    town.join(at_ms(40_000), code, client(4), "Late").unwrap();
    assert_eq!(guests(town.take_entrances()), [late]);
    town.join(at_ms(40_500), code, client(4), "Later").unwrap();
    let late = enters(4, "Later");
    assert_eq!(guests(town.take_entrances()), std::slice::from_ref(&late), "another name is told");
    town.remove(at_ms(41_000), code, GuestId(1), 2).unwrap();
    assert_eq!(guests(town.take_entrances()), [(2, Right::StayOut)]);
    let left = (2, Right::Called { name: "Jun".to_owned() });
    let all = guests(town.all_entrances());
    assert_eq!(all[1..], [left, sol, late], "as after a restart");
}

#[test]
fn a81_only_the_present_race_of_a_room_is_entered_by_all_who_are_in_it() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    town.join(START, code, client(2), "Jun").unwrap();
    town.start(START, code, client(1), None).unwrap();
    let first = RaceId(5);
    town.settle(START, code, Ok(Round::new(first, START, at_ms(30_000), at_ms(900_000)))).unwrap();
    town.take_entrances();
    town.note_runs(code, &[(GuestId(1), RunStand::Over)], false);
    town.rematch(at_ms(60_000), code, GuestId(1), None).unwrap();
    let mut out: Vec<Entrance> = town.take_entrances();
    out.sort_unstable_by_key(|one| one.guest.0);
    let stay_out = |guest| Entrance { race: first, guest: GuestId(guest), right: Right::StayOut };
    assert_eq!(out, [stay_out(1), stay_out(2)], "whoever has a run stays in all the same");
    town.rematch(at_ms(60_000), code, GuestId(1), None).unwrap();
    assert!(town.take_entrances().is_empty(), "it is in the lobby already");
    let second = RaceId(6);
    let round = Round::new(second, at_ms(61_000), at_ms(91_000), at_ms(900_000));
    town.settle(at_ms(61_000), code, Ok(round)).unwrap();
    for Entrance { race, right, .. } in town.all_entrances() {
        let may_enter = matches!(right, Right::Enter { .. });
        assert_eq!(may_enter, race == second, "{race:?} {right:?}");
    }
}

#[test]
fn a69_who_leaves_while_the_race_is_made_is_not_let_into_it() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    town.join(START, code, client(2), "Jun").unwrap();
    town.start(START, code, client(1), None).unwrap();
    town.remove(START, code, GuestId(2), 2).unwrap();
    town.settle(START, code, Ok(Round::new(RaceId(5), START, at_ms(30_000), at_ms(900_000))))
        .unwrap();
    let guests: Vec<GuestId> = town.take_entrances().iter().map(|it| it.guest).collect();
    assert_eq!(guests, [GuestId(1)], "a race that waits for the other would never be over early");
}

#[test]
fn a86_an_earlier_race_belongs_to_those_who_were_in_the_room_then() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    let race = |town: &mut Town, number| {
        let round = Round::new(RaceId(number), START, START, START);
        town.settle(START, code, Ok(round)).unwrap();
        town.rematch(START, code, GuestId(1), None).unwrap();
    };
    race(&mut town, 5);
    town.join(START, code, client(2), "Jun").unwrap();
    race(&mut town, 6);
    let entered = |number| {
        let all = town.all_entrances();
        let of = all.into_iter().filter(|it| it.race == RaceId(number));
        let mut guests: Vec<u128> = of.map(|it| it.guest.0).collect();
        guests.sort_unstable();
        guests
    };
    assert_eq!((entered(5), entered(6)), (vec![1], vec![1, 2]));
    assert_eq!(town.race_of(code, None), Ok(RaceId(6)));
    assert_eq!(town.race_of(code, Some(RaceId(5))), Ok(RaceId(5)));
    assert_eq!(town.race_of(code, Some(RaceId(7))), Err(ApiError::NoSuchRace));
}
