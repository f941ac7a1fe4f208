//! The press that got the member's place. Only the member's client knows the moment of the press:
//! the server sees the request when it arrives.

use protocol::ClockFit;
use sale::Span;

use crate::note::Mark;
use crate::run::Run;
use crate::shift::Start;
use crate::step::Step;
use crate::wire::millis;

/// The name of the mark that a client sends for a press of the button.
const PRESS: &str = "press";

/// How far a client's clock may be ahead of its own estimate. Chosen: so a press that seems to come
/// just after the place still counts as the press that got it.
const CLOCK_SLACK_MS: f64 = 100.0;

/// A press, and when the place that it got was given. In milliseconds of race time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Press {
    pub(super) at_ms: f64,
    placed_ms: f64,
}

impl Press {
    /// The press that got the last place of a run. It is the last fitting mark of the client, or the moment of the
    /// place if no mark fits. The press that got an earlier place does not fit: whoever loads the page again in the
    /// queue presses nothing.
    pub(super) fn of(run: &Run, start: Start<'_>, marks: &[Mark]) -> Option<Self> {
        let placed_ms = millis(run.at(Step::Placed)?);
        let earlier_ms = run.walk.earlier_placed().map(millis);
        let marked = presses(marks).filter_map(|mark| {
            let at_ms = start.race_ms(mark.at_ms);
            let slack_ms = mark.error_ms.unwrap_or(0.0).max(CLOCK_SLACK_MS);
            let is_later = earlier_ms.is_none_or(|earlier_ms| at_ms > earlier_ms + slack_ms);
            (is_later && at_ms <= placed_ms + slack_ms).then_some(at_ms.min(placed_ms))
        });
        let last = marked.fold(f64::NEG_INFINITY, f64::max);
        let at_ms = if last.is_finite() { last } else { placed_ms };
        Some(Self { at_ms, placed_ms })
    }

    /// The time of the page: from the press to the place.
    pub(super) fn page(self) -> Span {
        Span::from_secs_f64((self.placed_ms - self.at_ms).max(0.0) / 1000.0)
    }
}

/// How well the client knew the server's time, judged by its last marked press.
pub(super) fn clock_fit(press: Option<Press>, marks: &[Mark]) -> ClockFit {
    let mark = presses(marks).last();
    let network_ms = mark.and(press).map(|press| press.placed_ms - press.at_ms);
    ClockFit { error_ms: mark.and_then(|mark| mark.error_ms), network_ms }
}

fn presses(marks: &[Mark]) -> impl Iterator<Item = &Mark> {
    marks.iter().filter(|mark| mark.name == PRESS)
}
