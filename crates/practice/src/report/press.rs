//! The press that got the place. Only the member's own client knows when the finger went down.

use protocol::ClockFit;
use sale::Moment;

use crate::note::Mark;
use crate::wire::millis;

/// The mark of a press.
const PRESS: &str = "press";

/// By how much a client's clock may run ahead of what it knows of the server's: a press dated just after
/// its own place was still the press that got it.
const CLOCK_SLACK_MS: f64 = 100.0;

/// A press and the place it got, in milliseconds of race time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Press {
    pub(super) at_ms: f64,
    placed_ms: f64,
}

impl Press {
    /// The press that got the place given at `placed_at`: by the client's own mark where one fits, else as
    /// the server saw it. `started_ms` is when race time began, in Unix milliseconds.
    pub(super) fn of(placed_at: Option<Moment>, started_ms: f64, marks: &[Mark]) -> Option<Self> {
        let placed_ms = millis(placed_at?);
        let marked = presses(marks).filter_map(|mark| {
            let at_ms = mark.at_ms - started_ms;
            let slack_ms = mark.error_ms.unwrap_or(0.0).max(CLOCK_SLACK_MS);
            (at_ms <= placed_ms + slack_ms).then_some(at_ms.min(placed_ms))
        });
        let last = marked.fold(f64::NEG_INFINITY, f64::max);
        let at_ms = if last.is_finite() { last } else { placed_ms };
        Some(Self { at_ms, placed_ms })
    }

    /// Whether more of the time to the place went by after the press than before it.
    pub(super) fn is_page_slow(self, opens_at: Moment) -> bool {
        self.placed_ms - self.at_ms > self.at_ms - millis(opens_at)
    }
}

/// How well the client knew the time, by its last press.
pub(super) fn clock_fit(press: Option<Press>, marks: &[Mark]) -> ClockFit {
    let mark = presses(marks).last();
    let network_ms = mark.and(press).map(|press| press.placed_ms - press.at_ms);
    ClockFit { error_ms: mark.and_then(|mark| mark.error_ms), network_ms }
}

fn presses(marks: &[Mark]) -> impl Iterator<Item = &Mark> {
    marks.iter().filter(|mark| mark.name == PRESS)
}
