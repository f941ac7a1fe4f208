//! Tests: which open race is next.

use super::*;

fn keys() -> Keys {
    Keys::of(b"a key that everybody may know")
}

#[test]
fn a73_open_races_open_on_whole_multiples_and_turn() {
    let timetable = Timetable::default();
    let now = UnixTime::from_millis(1_800_000_000_000 + 61_000);
    let slots = timetable.next(now, &keys());
    let moments: Vec<u64> = slots.iter().map(|slot| slot.opens_at.as_millis()).collect();
    assert_eq!(moments, [1_800_000_300_000, 1_800_000_600_000, 1_800_000_900_000]);
    let count = timetable.turns.len();
    assert_eq!((slots[0].turn + 1) % count, slots[1].turn);
    assert_ne!(slots[0].code, slots[1].code);
    assert_eq!(timetable.next(now, &keys()), slots, "the same at each question");
    assert_ne!(timetable.next(now, &Keys::of(b"another"))[0].code, slots[0].code);
}

#[test]
fn a73_people_enter_from_five_minutes_before_until_it_can_be_set_up_no_more() {
    let timetable = Timetable { every: Duration::from_mins(20), ..Timetable::default() };
    let opens = UnixTime::from_millis(1_800_000_000_000);
    let code = timetable.next(opens.before(Duration::from_mins(6)), &keys())[0].code;
    for (before_s, may_enter) in [(301, false), (300, true), (60, true), (4, true), (2, false)] {
        let now = opens.before(Duration::from_secs(before_s));
        let slot = timetable.enterable(now, &keys(), code);
        assert_eq!(slot.is_some(), may_enter, "{before_s} s before");
    }
}

#[test]
fn a73_a_timetable_without_turns_has_no_races() {
    let timetable = Timetable { turns: Vec::new(), ..Timetable::default() };
    assert!(timetable.next(UnixTime::from_millis(5), &keys()).is_empty());
}
