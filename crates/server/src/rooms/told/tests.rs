//! Tests: the text for each viewer.

use super::*;
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::rooms::RoomCode;
use crate::rooms::room::{Drawn, Room};

#[test]
fn a74_each_viewer_is_told_the_same_room_and_its_own_place_in_it() {
    let title = protocol::Title { ko: "\"".to_owned(), en: "<".to_owned(), ja: "\\".to_owned() };
    let settings = protocol::RoomSettings {
        scenario: Some("calm".to_owned()),
        plan: None,
        demand: None,
        style: None,
        rivals: None,
        start: protocol::RoomStart::Button,
        countdown_s: 30,
    };
    let (now, guest) = (UnixTime::from_millis(7), GuestId(3));
    let kind = protocol::RoomKind::Room;
    let mut room = Room::new(now, RoomCode::random(), kind, settings, Drawn { title });
    room.join(now, guest, "A \"quoted\" \\ name").unwrap();
    let (told, seat) = (Told::of(room.view(now)), Seat::default());
    let read = |text: &str| match serde_json::from_str(text).unwrap() {
        FromRoom::Room { room } => *room,
        FromRoom::Pong { .. } => panic!("a pong"),
    };
    assert_eq!(read(&told.text(&seat)), room.view(now));
    seat.set(room.number_of(guest).zip(room.name_of(guest).map(str::to_owned)));
    assert_eq!(read(&told.text(&seat)), room.view_of(now, guest));
}
