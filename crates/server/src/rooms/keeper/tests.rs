//! Tests: how the keeper goes on while the disk is full.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use protocol::{RoomKind, RoomSettings, RoomStart, Title};

use super::*;
use crate::client::{Client, Network};
use crate::ids::GuestId;
use crate::rooms::room::{Drawn, Room};

/// A room whose race the clock is to start at once.
fn due(now: UnixTime) -> Room {
    let settings = RoomSettings {
        scenario: Some("calm".to_owned()),
        plan: None,
        demand: None,
        style: None,
        rivals: None,
        start: RoomStart::At { at_ms: now.as_millis() },
        countdown_s: 30,
    };
    let drawn =
        Drawn { title: Title { ko: "시험".into(), en: "Test".into(), ja: "テスト".into() } };
    let mut room = Room::new(now, RoomCode::random(), RoomKind::Room, settings, drawn);
    room.join(now, GuestId(1), "Mina").unwrap();
    room
}

/// A keeper of one room that is written, on a disk that takes no page more.
fn keeper(mut store: RoomStore, data: &Path) -> (Keeper, RoomCode) {
    let context = Arc::new(Context::for_tests(data));
    let room = due(context.clock.now());
    let code = room.code;
    let mut town = Town::of(context.clock.now(), vec![(room, None)]);
    town.show(context.clock.now(), code, GuestId(1)).unwrap();
    town.join(context.clock.now(), code, client(1), "Sol").unwrap();
    store.write(&town.take_changes()).unwrap();
    store.fill_the_disk();
    let keeper = Keeper {
        town,
        store,
        errands: sync_channel(1).1,
        wishes: mpsc::unbounded_channel().0,
        ended: Ended::default(),
        failure: Arc::default(),
        context,
        rests_until: UnixTime::default(),
    };
    (keeper, code)
}

fn client(guest: u128) -> Client {
    Client::without_account(GuestId(guest), Network::of(IpAddr::V4(Ipv4Addr::LOCALHOST)))
}

#[test]
fn a106_while_the_disk_is_full_the_keeper_leaves_what_is_due_alone_for_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let (mut keeper, code) = keeper(store, folder.path());
    assert_eq!(keeper.pause(keeper.context.clock.now()), Duration::ZERO, "the race is due");
    let join_many: Errand = Box::new(move |town, now| {
        for guest in 2..300 {
            town.join(now, code, client(guest), "Jun").unwrap();
        }
        Box::new(|written| assert_eq!(written, Err(ApiError::DiskFull)))
    });
    keeper.work(vec![join_many]).unwrap();
    let soon = keeper.rests_until.before(FULL_DISK_REST / 2);
    assert!(keeper.town.next_at().unwrap() <= soon, "the race is due again");
    assert!(keeper.pause(soon) > Duration::ZERO, "and is not tried at once");
    assert_eq!(keeper.pause(keeper.rests_until), Duration::ZERO);
    let show: Errand = Box::new(move |town, now| {
        assert!(town.show(now, code, GuestId(1)).is_ok());
        Box::new(|written| assert_eq!(written, Ok(())))
    });
    let until = keeper.rests_until;
    keeper.work(vec![show]).unwrap();
    assert_eq!(keeper.rests_until, until, "a question is answered meanwhile");
    keeper.store.empty_the_disk();
    keeper.rests_until = UnixTime::default();
    keeper.work(Vec::new()).unwrap();
    assert!(keeper.town.next_at().unwrap() > soon, "the race is being made");
}
