//! Days in zones.

use super::*;

#[test]
fn a_day_is_written_and_read_in_one_form() {
    let day: Day = "2026-12-24".parse().unwrap();
    assert_eq!(day.to_string(), "2026-12-24");
    for text in
        ["", "2026-12-32", "20261224", "2026-12-24T00:00", "1969-12-31", "2200-01-01", "24.12.2026"]
    {
        assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
    }
}

#[test]
fn a_day_begins_at_midnight_of_the_venue() {
    let (seoul, utc) = (Zone::named("Asia/Seoul").unwrap(), Zone::named("UTC").unwrap());
    let day: Day = "2026-12-24".parse().unwrap();
    let midnight = seoul.moment(day, 0, 0).unwrap();
    assert_eq!(seoul.day_at(midnight), Some(day));
    assert_eq!(seoul.day_at(midnight.after(-1)), Some(day.after(-1)));
    // Nine hours behind, it is still the day before.
    assert_eq!(utc.day_at(midnight), Some(day.after(-1)));
    assert_eq!(utc.moment(day, 0, 0).unwrap().0 - midnight.0, 9 * 3_600_000);
}

#[test]
fn a_zone_without_such_a_name_is_told() {
    assert_eq!(Zone::named("Asia/Nowhere").unwrap_err(), UnknownZone("Asia/Nowhere".to_owned()));
}
