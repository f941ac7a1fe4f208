//! The speed of a watched race: slow in the seconds around the opening, which decide most, and then
//! faster and faster.

use std::time::Duration;

use sale::{Moment, Span};

/// Pairs of a time and the speed from then on. The time is in seconds after the opening (negative: before),
/// the speed a multiple of real time. A race of 25 minutes takes some eighteen seconds.
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

/// How many times the person may double or halve the speed.
const STEPS_MAX: i32 = 6;

/// The pace of a watched race: the plan, changed by the person who watches.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// How many times the planned speed is doubled; negative: halved.
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

    /// The speed at a moment, as a multiple of real time.
    pub(super) fn speed(self, opens_at: Moment, at: Moment) -> f64 {
        let after = at.as_secs_f64() - opens_at.as_secs_f64();
        let planned = PLAN.iter().rev().find(|(from, _)| after >= *from);
        planned.map_or(1.0, |&(_, speed)| speed) * f64::from(self.steps).exp2()
    }

    /// The moment to which a frame advances the race. A frame ends at the opening, where the speed changes.
    pub(super) fn until(self, opens_at: Moment, at: Moment, frame: Duration) -> Moment {
        if self.is_paused {
            return at;
        }
        let far = at + Span::from_secs_f64(frame.as_secs_f64() * self.speed(opens_at, at));
        if at < opens_at { far.min(opens_at) } else { far }
    }
}
