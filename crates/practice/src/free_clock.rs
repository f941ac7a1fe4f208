//! The clock of a choice: it runs only while some seat is free, because nobody can choose otherwise (rule C50).

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Moment, Span};

/// How long some seat was free since the choice began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct FreeClock {
    begun_at: Moment,
    past: Span,
    /// Since when some seat is free; `None` if none is.
    since: Option<Moment>,
}

/// The clock of a whole race: at its beginning every seat is free.
impl Default for FreeClock {
    fn default() -> Self {
        Self { begun_at: Moment::START, past: Span::ZERO, since: Some(Moment::START) }
    }
}

impl FreeClock {
    /// A clock that begins at `at`, with this many free seats.
    pub(crate) fn begin(at: Moment, free: u32) -> Self {
        Self { begun_at: at, past: Span::ZERO, since: (free > 0).then_some(at) }
    }

    /// Notes how many seats are free from `at` on.
    pub(crate) fn see(&mut self, at: Moment, free: u32) {
        match self.since {
            Some(_) if free > 0 => {}
            Some(since) => {
                self.past = self.past + at.since(since);
                self.since = None;
            }
            None => self.since = (free > 0).then_some(at),
        }
    }

    /// How long it has run at `at`, which is no earlier than what it saw last.
    pub(crate) fn read(&self, at: Moment) -> Span {
        self.past + self.since.map_or(Span::ZERO, |since| at.since(since))
    }

    /// For how long it has stood still by `at`: no seat was free.
    pub(crate) fn stood(&self, at: Moment) -> Span {
        let ran = self.read(at).as_nanos();
        Span::from_nanos(at.since(self.begun_at).as_nanos().saturating_sub(ran))
    }

    /// Whether it runs.
    pub(crate) fn is_running(&self) -> bool {
        self.since.is_some()
    }
}
