//! Tests: the keys of starts and rematches.

use super::*;
use crate::rooms::room::Asked;

#[test]
fn a107_a_start_that_was_refused_is_tried_again_under_its_key() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    for key in [3, 4] {
        assert!(town.start(START, code, client(1), Some((key, 3))).unwrap().is_some());
    }
    assert!(town.start(START, code, client(1), Some((4, 3))).unwrap().is_some(), "it waits, too");
    assert_eq!(town.start(START, code, client(1), Some((4, 9))).unwrap_err(), ApiError::KeyReused);
    town.settle(START, code, Err(ApiError::ServerFull)).unwrap();
    assert_eq!(town.take_wishes().len(), 1);
    for key in [3, 4] {
        assert!(town.start(START, code, client(1), Some((key, 3))).unwrap().is_some(), "{key}");
    }
    assert_eq!(town.take_wishes().len(), 1, "it is the same start for both");
    let round = |ends_ms| Round::new(RaceId(5), START, START, at_ms(ends_ms));
    town.settle(START, code, Ok(round(900_000))).unwrap();
    for key in [3, 4] {
        let again = town.start(START, code, client(1), Some((key, 3))).unwrap();
        assert!(again.is_none() && town.take_wishes().is_empty(), "{key} is done");
    }
    let late = at_ms(900_000);
    let over = ApiError::from(Refusal::Started);
    assert_eq!(town.start(late, code, client(1), Some((5, 3))).unwrap_err(), over);
    town.rematch(late, code, GuestId(1), None).unwrap();
    assert!(town.start(late, code, client(1), Some((5, 3))).unwrap().is_some(), "not done yet");
}

#[test]
fn a107_a_rematch_that_was_refused_is_called_again_under_its_key() {
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    town.start(START, code, client(1), None).unwrap();
    let round = Round::new(RaceId(5), START, at_ms(30_000), at_ms(900_000));
    town.settle(START, code, Ok(round)).unwrap();
    let early = town.rematch(at_ms(40_000), code, GuestId(1), Some((8, 8)));
    assert_eq!(early.unwrap_err(), ApiError::NotOver);
    let late = town.rematch(at_ms(900_000), code, GuestId(1), Some((8, 8))).unwrap();
    assert_eq!(late.stage, RoomStage::Lobby);
}

#[test]
fn a107_the_key_of_a_start_is_kept_if_the_disk_takes_its_beginning_only_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let mut town = Town::default();
    let code = open(&mut town, START, 1, 7);
    store.write(&town.take_changes()).unwrap();
    town.tell(START);
    town.start(START, code, client(1), Some((3, 3))).unwrap();
    assert_eq!(town.take_wishes().len(), 1);
    let settle = |town: &mut Town| {
        let round = Round::new(RaceId(5), START, START, at_ms(900_000));
        town.settle(START, code, Ok(round)).unwrap();
    };
    settle(&mut town);
    town.go_back(START, &store, &Outages::default()).unwrap();
    settle(&mut town);
    store.write(&town.take_changes()).unwrap();
    town.tell(START);
    assert!(town.start(START, code, client(1), Some((3, 3))).unwrap().is_none());
    let (kept, _) = store.room(START, code).unwrap().unwrap();
    assert_eq!(kept.request(3, 3), Ok(Asked::Done), "after a restart as well");
}
