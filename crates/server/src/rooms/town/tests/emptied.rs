//! Tests: open races that everybody left.

use super::*;

#[test]
fn a105_an_open_race_that_everybody_left_ends_when_nobody_can_enter_it_any_more() {
    let mut town = Town::default();
    let code = RoomCode::random();
    let slot = crate::rooms::Slot { code, opens_at: at_ms(120_000), turn: 0 };
    let turn = crate::rooms::OpenTurn { scenario: "calm".to_owned(), style: None };
    town.enter(START, code, client(1), Some((slot, turn.clone(), drawn()))).unwrap();
    town.remove(START, code, GuestId(1), 1).unwrap();
    town.tell(START);
    let back = town.enter(at_ms(30_000), code, client(1), None).unwrap();
    assert_eq!((back.you, back.member_count), (Some(2), 1), "until then it can be entered");
    town.remove(at_ms(30_000), code, GuestId(1), 2).unwrap();
    town.tell(at_ms(30_000));
    assert_eq!(town.next_at(), Some(at_ms(117_000)));
    let missed = town.enter(at_ms(117_000), code, client(2), None);
    assert_eq!(missed, Err(ApiError::NoSuchRoom), "it would start off the timetable");
    town.enter(START, code, client(1), Some((slot, turn, drawn()))).unwrap();
    town.remove(START, code, GuestId(1), 1).unwrap();
    town.tell(START);
    town.advance(at_ms(117_000));
    assert!(matches!(town.take_changes()[..], [Change::Remove(ended)] if ended == code));
    assert!(town.open.is_empty() && town.shares.is_empty() && town.take_wishes().is_empty());
}
