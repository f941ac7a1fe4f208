//! Tests of files for calendars.

use catalogue::{PerformanceId, UtcMs};
use proptest::prelude::*;

use super::{Event, calendar};
use crate::language::Language;

/// 2026-12-24, eleven in the morning in UTC.
const OPENS_AT: UtcMs = UtcMs(1_798_110_000_000);

fn event(title: &str) -> Event {
    Event {
        performance: PerformanceId(77),
        title: title.to_owned(),
        place: "물마루홀, 서울".to_owned(),
        opens_at: OPENS_AT,
        url: Some("https://tingting.example/concerts/41".to_owned()),
    }
}

/// The lines of a file with the folds taken out.
fn unfolded(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
    let whole = file.replace("\r\n ", "");
    whole.trim_end().split("\r\n").map(str::to_owned).collect()
}

#[test]
fn k43_a_file_for_calendars_is_in_utc_with_a_reminder_ten_minutes_before() {
    let file = calendar(&[event("겨울; 바다, 1\\2")], UtcMs(0), Language::Korean);
    assert_eq!(
        unfolded(&file),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//TingTing//Openings//KO",
            "CALSCALE:GREGORIAN",
            "BEGIN:VEVENT",
            "UID:performance-77@tingting",
            "DTSTAMP:19700101T000000Z",
            "DTSTART:20261224T110000Z",
            "DTEND:20261224T113000Z",
            r"SUMMARY:[티켓 오픈] 겨울\; 바다\, 1\\2",
            r"LOCATION:물마루홀\, 서울",
            "URL:https://tingting.example/concerts/41",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-PT10M",
            r"DESCRIPTION:[티켓 오픈] 겨울\; 바다\, 1\\2",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
}

proptest! {
    #[test]
    fn k43_no_line_is_too_long_and_no_title_makes_a_line_of_its_own(title in ".{0,100}") {
        let plain = unfolded(&calendar(&[event("x")], OPENS_AT, Language::English)).len();
        let file = calendar(&[event(&title)], OPENS_AT, Language::English);
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
        prop_assert_eq!(unfolded(&file).len(), plain);
    }
}
