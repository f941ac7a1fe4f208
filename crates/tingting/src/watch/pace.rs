//! How fast a watched race goes: slowly through the seconds around the opening, in which most is
//! decided, and ever faster after them.

use std::time::Duration;

use sale::{Moment, Span};

/// Times as fast as a clock, from so many seconds before (negative) or after the opening. A hot race
/// of 25 minutes takes some eighteen seconds.
const PLAN: [(f64, f64); 8] = [
    (f64::NEG_INFINITY, 10.0),
    (-3.0, 2.0),
    (0.0, 1.5),
    (3.0, 4.0),
    (10.0, 20.0),
    (60.0, 50.0),
    (240.0, 150.0),
    (600.0, 300.0),
];

/// How often the speed may be doubled or halved.
const STEPS_MAX: i32 = 6;

/// The pace of a watched race, as planned or as the one who watches wants it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// Doublings of the planned speed.
    steps: i32,
    pub(super) is_paused: bool,
}

impl Pace {
    pub(super) fn faster(&mut self) {
        self.steps = (self.steps + 1).min(STEPS_MAX);
    }

    pub(super) fn slower(&mut self) {
        self.steps = (self.steps - 1).max(-STEPS_MAX);
    }

    pub(super) fn pause_or_go_on(&mut self) {
        self.is_paused = !self.is_paused;
    }

    /// Times as fast as a clock at a moment.
    pub(super) fn speed(self, opens_at: Moment, at: Moment) -> f64 {
        let after = at.as_secs_f64() - opens_at.as_secs_f64();
        let planned = PLAN.iter().rev().find(|(from, _)| after >= *from);
        planned.map_or(1.0, |&(_, speed)| speed) * f64::from(self.steps).exp2()
    }

    /// How far the race goes on in a frame; it stops at the opening, where the speed changes.
    pub(super) fn until(self, opens_at: Moment, at: Moment, frame: Duration) -> Moment {
        if self.is_paused {
            return at;
        }
        let far = at + Span::from_secs_f64(frame.as_secs_f64() * self.speed(opens_at, at));
        if at < opens_at { far.min(opens_at) } else { far }
    }
}
