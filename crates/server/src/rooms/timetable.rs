//! The timetable of open races: which race opens when, and under which code its room is found.
//!
//! A race of the timetable costs nothing until somebody enters it: its code follows from the server's key and the
//! moment of its opening.

use std::time::Duration;

use super::code::RoomCode;
use crate::clock::UnixTime;
use crate::keys::Keys;
use crate::limits::{OPEN_ENTRY_BEFORE, OPEN_LISTED_NEXT, OPEN_SETUP};

/// The time between two open races, unless the operator sets another.
const EVERY: Duration = Duration::from_mins(5);

/// When open races open, and how they are played in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// The time between two openings. Openings lie on whole multiples of it since 1970, so every five minutes means at
    /// five past, at ten past and so on.
    pub every: Duration,
    /// How the races are played, in turn.
    pub turns: Vec<OpenTurn>,
}

/// How one open race is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTurn {
    /// The scenario's name.
    pub scenario: String,
    /// A style in place of the scenario's.
    pub style: Option<String>,
}

/// One race of the timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) code: RoomCode,
    pub(crate) opens_at: UnixTime,
    /// The index of its turn.
    pub(crate) turn: usize,
}

impl Default for Timetable {
    /// Every five minutes, from a small demand to a mega one and back, both styles of each.
    fn default() -> Self {
        let (n, m) = ("n-style", "m-style");
        let turns = [
            ("theatre-small", n),
            ("hall-normal", m),
            ("arena-hot", n),
            ("stadium-mega", m),
            ("theatre-small", m),
            ("hall-normal", n),
            ("arena-hot", m),
            ("stadium-mega", n),
        ];
        let turn = |(scenario, style): (&str, &str)| OpenTurn {
            scenario: scenario.to_owned(),
            style: Some(style.to_owned()),
        };
        Self { every: EVERY, turns: turns.into_iter().map(turn).collect() }
    }
}

impl Timetable {
    /// The races that open next, the earliest first. Empty without turns.
    pub(crate) fn next(&self, now: UnixTime, keys: &Keys) -> Vec<Slot> {
        let every = u64::try_from(self.every.as_nanos()).unwrap_or(u64::MAX);
        if self.turns.is_empty() || every == 0 {
            return Vec::new();
        }
        // One that opens at once cannot be set up in time.
        let first = now.after(OPEN_SETUP).as_nanos() / every + 1;
        let slot = |number: u64| {
            let opens_at = UnixTime::from_nanos(number.saturating_mul(every));
            let code = RoomCode::of_digest(&keys.open_race(opens_at.as_nanos()));
            let turns = self.turns.len() as u64;
            let turn = usize::try_from(number % turns).unwrap_or_default();
            Slot { code, opens_at, turn }
        };
        (first..).take(OPEN_LISTED_NEXT).map(slot).collect()
    }

    /// The race with this code, if people may enter it and nobody has yet.
    pub(crate) fn enterable(&self, now: UnixTime, keys: &Keys, code: RoomCode) -> Option<Slot> {
        let slots = self.next(now, keys).into_iter();
        let mut near = slots.filter(|slot| slot.opens_at <= now.after(OPEN_ENTRY_BEFORE));
        near.find(|slot| slot.code == code)
    }
}

#[cfg(test)]
mod tests;
