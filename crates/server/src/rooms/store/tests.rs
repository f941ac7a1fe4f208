//! Tests: what the file keeps, and what it says when it cannot be used.

use std::fs;

use protocol::{RoomKind, RoomSettings, RoomStart, Title};

use super::*;
use crate::rooms::room::{Drawn, Round};

const NOW: UnixTime = UnixTime::from_millis(1_800_000_000_000);

fn room() -> Room {
    let title =
        Title { ko: "시험".to_owned(), en: "Test".to_owned(), ja: "テスト".to_owned() };
    let settings = RoomSettings {
        scenario: Some("calm".to_owned()),
        plan: None,
        demand: None,
        style: Some("plain".to_owned()),
        rivals: Some(3),
        start: RoomStart::At { at_ms: 1_800_000_100_000 },
        countdown_s: 40,
    };
    let (code, kind) = (RoomCode::random(), RoomKind::Room);
    let mut room = Room::new(NOW, code, kind, settings, Drawn { title });
    for (guest, name) in [(1, "Mina"), (2, "mina"), (3, "Jun")] {
        room.join(NOW, GuestId(guest), name).unwrap();
    }
    room
}

/// What is to be written of a room as a whole.
fn whole(room: &Room, opened_by: Option<OpenedBy>) -> Change {
    let members = room.members.iter().map(|(number, member)| MemberRow::of(*number, member));
    let row = Some(Box::new(RoomRow::of(room, opened_by)));
    Change::Put { code: room.code, row, members: members.collect(), gone: Vec::new() }
}

#[test]
fn a75_a_room_is_found_again_as_it_was_without_connections() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    let mut room = room();
    room.set_ready(NOW, GuestId(3), true).unwrap();
    room.remove(NOW, GuestId(1), 2).unwrap();
    room.came(GuestId(1), false);
    let after = |seconds| NOW.after(std::time::Duration::from_secs(seconds));
    let round = Round::new(crate::ids::RaceId(77), NOW, after(40), after(930));
    room.began(NOW, Round { commitment: Some("ab".to_owned()), ..round });
    let opened_by = Some((GuestId(1), 5, 6));
    {
        let mut store = RoomStore::open(&path).unwrap();
        store.write(&[whole(&room, opened_by)]).unwrap();
        store.rest().unwrap();
    }
    let store = RoomStore::open(&path).unwrap();
    let rooms = store.rooms(NOW).unwrap();
    let [(found, by)] = &rooms[..] else { panic!("one room") };
    assert_eq!(*by, opened_by);
    let (mut before, mut after) = (room.view(NOW), found.view(NOW));
    assert!(after.revision > before.revision, "revisions grow over a restart");
    assert!(before.members[0].here && !after.members[0].here);
    after.revision = before.revision;
    before.members[0].here = false;
    assert_eq!(after, before);
    assert_eq!(found.barred, room.barred);
    let refused = found.clone().join(NOW, GuestId(2), "back");
    assert_eq!(refused, Err(crate::rooms::room::Refusal::Closed), "who was removed stays so");
}

#[test]
fn a75_what_changed_is_written_alone_and_what_ended_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    let (mut one, other) = (room(), room());
    let mut store = RoomStore::open(&path).unwrap();
    store.write(&[whole(&one, None), whole(&other, None)]).unwrap();
    one.join(NOW, GuestId(3), "Sol").unwrap();
    one.remove(NOW, GuestId(1), 2).unwrap();
    let members = vec![MemberRow::of(3, &one.members[&3])];
    let row = Some(Box::new(RoomRow::of(&one, None)));
    store.write(&[Change::Put { code: one.code, row, members, gone: vec![2] }]).unwrap();
    store.write(&[Change::Remove(other.code)]).unwrap();
    let rooms = store.rooms(NOW).unwrap();
    let [(found, _)] = &rooms[..] else { panic!("one room") };
    let names: Vec<_> = found.members.values().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Mina", "Sol"]);
    assert!(store.room(NOW, other.code).unwrap().is_none());
}

#[cfg(unix)]
#[test]
fn a75_only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    let mut store = RoomStore::open(&path).unwrap();
    store.write(&[whole(&room(), None)]).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
}

#[test]
fn a75_a_file_that_cannot_be_read_is_named_as_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    RoomStore::open(&path).unwrap().write(&[whole(&room(), None)]).unwrap();
    let whole_file = fs::read(&path).unwrap();
    let is_damaged = |error: &StoreError| matches!(error, StoreError::Damaged { .. });
    // A page in the middle is no page.
    let mut bytes = whole_file.clone();
    bytes[4096..4096 + 512].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let opened = RoomStore::open(&path).and_then(|store| store.rooms(NOW));
    assert!(is_damaged(&opened.unwrap_err()));
    fs::write(&path, b"this is no database, but it is long enough to look like one".repeat(20))
        .unwrap();
    assert!(is_damaged(&RoomStore::open(&path).unwrap_err()));
    // A row that this program did not write.
    fs::write(&path, &whole_file).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute("UPDATE room SET state = '{}'", []).unwrap();
    drop(connection);
    let store = RoomStore::open(&path).unwrap();
    assert!(is_damaged(&store.rooms(NOW).unwrap_err()));
}

#[test]
fn a75_a_file_of_a_newer_version_or_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    drop(RoomStore::open(&path).unwrap());
    let set = |name: &str, value: i32| {
        Connection::open(&path).unwrap().pragma_update(None, name, value).unwrap();
    };
    set("user_version", 2);
    assert!(matches!(RoomStore::open(&path), Err(StoreError::Newer { found: 2 })));
    set("user_version", 1);
    set("application_id", 12);
    assert!(matches!(RoomStore::open(&path), Err(StoreError::Damaged { .. })));
}

#[test]
fn a75_a_second_process_cannot_open_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.sqlite3");
    let mut store = RoomStore::open(&path).unwrap();
    store.write(&[whole(&room(), None)]).unwrap();
    assert!(matches!(RoomStore::open(&path), Err(StoreError::InUse)));
}

#[test]
fn a76_a_full_disk_takes_nothing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let first = room();
    store.write(&[whole(&first, None)]).unwrap();
    store.fill_the_disk();
    let many: Vec<Change> = (0..200).map(|_| whole(&room(), None)).collect();
    assert!(matches!(store.write(&many), Err(StoreError::DiskFull(_))));
    assert_eq!(store.rooms(NOW).unwrap().len(), 1, "nothing of it is left");
    store.empty_the_disk();
    store.write(&many).unwrap();
    assert_eq!(store.rooms(NOW).unwrap().len(), 201);
}
