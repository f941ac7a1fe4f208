//! Tests: viewers are told who they are, as it is written.

use super::*;

/// What a viewer is told to be called.
fn name_in(watching: &Watching) -> String {
    let text = watching.told.borrow().as_ref().unwrap().text(&watching.seat);
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    told["room"]["your_name"].as_str().unwrap_or("nobody").to_owned()
}

#[test]
fn a88_who_takes_another_name_is_called_so_in_the_next_message() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    let watching = town.watch(code, GuestId(1), false).unwrap();
    town.tell(START);
    assert_eq!(name_in(&watching), "Mina");
    town.join(at_ms(500), code, client(1), "Sol").unwrap();
    assert_eq!(name_in(&watching), "Mina", "the name is not written");
    town.tell(at_ms(500));
    assert_eq!(name_in(&watching), "Sol");
    town.remove(at_ms(1_000), code, GuestId(1), 1).unwrap();
    assert_eq!(name_in(&watching), "Sol");
    town.tell(at_ms(1_000));
    assert_eq!(name_in(&watching), "nobody");
}

#[test]
fn a88_a_name_that_the_disk_did_not_take_is_told_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    store.write(&town.take_changes()).unwrap();
    town.tell(START);
    let mine = town.watch(code, GuestId(1), false).unwrap();
    let theirs = town.watch(code, GuestId(2), false).unwrap();
    town.tell(START);
    town.join(at_ms(500), code, client(1), "Sol").unwrap();
    town.join(at_ms(500), code, client(2), "Jun").unwrap();
    town.go_back(at_ms(500), &store, &Outages::default()).unwrap();
    town.tell(at_ms(500));
    assert_eq!((name_in(&mine), name_in(&theirs)), ("Mina".to_owned(), "nobody".to_owned()));
    assert_eq!(town.show(START, code, GuestId(1)).unwrap().your_name.as_deref(), Some("Mina"));
}
