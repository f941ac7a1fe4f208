//! Openings as a file for calendars: RFC 5545.

use catalogue::{PerformanceId, UtcMs};

use crate::language::Language;

/// The media type of such a file.
pub(super) const ICS: &str = "text/calendar; charset=utf-8";

/// Bytes of a line. A longer text goes on in the next line, behind a space.
const LINE_BYTES_MAX: usize = 75;

/// How long an opening stands in a calendar. The first minutes decide.
const EVENT_MS: i64 = 30 * 60_000;

/// An opening as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// The first of the performances that open. It names the event, so that a calendar knows it again.
    pub(super) performance: PerformanceId,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) opens_at: UtcMs,
    /// The page of the concert, if the address of the site is known.
    pub(super) url: Option<String>,
}

/// A calendar of openings, each with a reminder ten minutes before. `now` is when the file was made.
pub(super) fn calendar(events: &[Event], now: UtcMs, language: Language) -> String {
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//TingTing//Openings//KO");
    file.line("CALSCALE:GREGORIAN");
    for event in events {
        // A moment that no calendar can write has no event.
        let (Some(begin), Some(end), Some(now)) =
            (moment(event.opens_at), moment(event.opens_at.after(EVENT_MS)), moment(now))
        else {
            continue;
        };
        let summary = match language {
            Language::Korean => format!("[티켓 오픈] {}", event.title),
            Language::English => format!("[Tickets] {}", event.title),
        };
        file.line("BEGIN:VEVENT");
        file.line(&format!("UID:performance-{}@tingting", event.performance));
        file.line(&format!("DTSTAMP:{now}"));
        file.line(&format!("DTSTART:{begin}"));
        file.line(&format!("DTEND:{end}"));
        file.line(&format!("SUMMARY:{}", text(&summary)));
        file.line(&format!("LOCATION:{}", text(&event.place)));
        if let Some(url) = &event.url {
            file.line(&format!("URL:{url}"));
        }
        file.line("BEGIN:VALARM");
        file.line("ACTION:DISPLAY");
        file.line("TRIGGER:-PT10M");
        file.line(&format!("DESCRIPTION:{}", text(&summary)));
        file.line("END:VALARM");
        file.line("END:VEVENT");
    }
    file.line("END:VCALENDAR");
    file.0
}

#[derive(Default)]
struct File(String);

impl File {
    /// Adds a line, folded where it is too long. A character is never cut.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        for character in line.chars() {
            if used + character.len_utf8() > LINE_BYTES_MAX {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(character);
            used += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value. A control character in it would end the line, so it is left out.
fn text(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\n' => value.push_str("\\n"),
            character if character.is_control() => {}
            character => value.push(character),
        }
    }
    value
}

/// A moment in UTC: `20261224T110000Z`.
fn moment(moment: UtcMs) -> Option<String> {
    let day = moment.utc_day()?.to_string().replace('-', "");
    let second = moment.0.rem_euclid(86_400_000) / 1000;
    Some(format!("{day}T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60))
}

#[cfg(test)]
mod tests;
