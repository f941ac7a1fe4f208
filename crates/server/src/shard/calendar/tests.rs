//! The order in which races come out of the calendar.

use super::*;

#[test]
fn races_come_out_when_they_are_due_and_in_order() {
    let at = UnixTime::from_nanos;
    let mut calendar = Calendar::default();
    for (race, moment) in [(1, 30), (2, 10), (3, 20), (1, 5), (3, 20), (2, 40)] {
        calendar.put(RaceId(race), at(moment));
    }
    assert_eq!(calendar.next_at(), Some(at(5)));
    assert_eq!(calendar.pop_due(at(4)), None);
    let due = |calendar: &mut Calendar, now| -> Vec<u64> {
        std::iter::from_fn(|| calendar.pop_due(at(now))).map(|race| race.0).collect()
    };
    assert_eq!(due(&mut calendar, 20), [1, 3]);
    calendar.put(RaceId(4), at(30));
    calendar.remove(RaceId(4));
    calendar.remove(RaceId(5));
    assert_eq!(due(&mut calendar, 100), [2]);
    assert_eq!(calendar.next_at(), None);
}
