//! Runs: one person's way through one race, folded from the race's events.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::Race;
use sale::{BookingId, CaptchaStep, Departure, Event, Moment, Place, Span, Stamped};

use crate::conflict::Conflict;
use crate::step::Step;
use crate::walk::{Around, Walk};

/// One person's way through a race: the steps with their times, and the ending. All moments are
/// race time.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Run {
    pub(crate) walk: Walk,
    ended: Option<Ended>,
    booking: Option<BookingId>,
    /// Whether the person put the captcha off: it is still due, but the map may be opened before
    /// it.
    has_put_off: bool,
    /// How many places the sale gave the person. All but the last are gone.
    places: u32,
    places_given_up: u32,
    early_presses: u32,
    captchas_asked: u32,
    captcha_misses: u32,
    conflicts: Vec<Conflict>,
    /// The moment of the seats that the person was shown last in this visit, as far as it was noted.
    seen_at: Option<Moment>,
    last_held_at: Option<Moment>,
}

/// How and when a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Ended {
    /// How the run ended.
    pub ending: Ending,
    /// When the run ended, in race time.
    pub at: Moment,
}

/// How a run ended. The order of the variants is part of a snapshot: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Ending {
    /// With a booking.
    Paid,
    /// The person left.
    Left,
    /// The person's connection was lost for too long.
    Lost,
    /// The pass ended while the person held no seats.
    PassEnded,
    /// The hold ended before the person paid.
    HoldEnded,
    /// The sale closed before the race's time was up.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Other visitors paid for every seat.
    SoldOut,
    /// The goal of the exercise was reached.
    Done,
}

impl Ending {
    /// The ending of a visitor who left for this reason. `None` if the sale closed: the caller then
    /// chooses between [`Closed`](Self::Closed) and [`TimeOver`](Self::TimeOver).
    fn of(cause: Departure) -> Option<Self> {
        match cause {
            Departure::Left => Some(Self::Left),
            Departure::Lost => Some(Self::Lost),
            Departure::PassEnded => Some(Self::PassEnded),
            Departure::HoldEnded => Some(Self::HoldEnded),
            Departure::Paid => Some(Self::Paid),
            Departure::Closed => None,
        }
    }
}

impl Run {
    /// Folds one of the person's own events into the run. For an event that ends the run of every
    /// member, such as the closing, call [`end`](Self::end). `free` is for how long some seat was free so far.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    pub fn see(&mut self, race: &Race, stamped: &Stamped, free: Span) {
        self.walk.note(stamped, Around::of(race, free));
        match stamped.event {
            Event::PressedEarly { .. } => self.early_presses += 1,
            Event::Placed { .. } => {
                self.places += 1;
                // A refresh that goes to the end of the queue leaves and enters at the same moment.
                self.ended = None;
            }
            Event::PlaceGivenUp { .. } => self.places_given_up += 1,
            Event::Admitted { .. } => {
                self.has_put_off = false;
                self.seen_at = None;
                let is_asked = race.sale().rules().captcha.step != CaptchaStep::Never;
                self.captchas_asked += u32::from(is_asked);
            }
            Event::CaptchaPassed { .. } => self.has_put_off = false,
            Event::CaptchaPutOff { .. } => self.has_put_off = true,
            Event::CaptchaMissed { .. } => self.captcha_misses += 1,
            Event::SeatMissed { visitor, seat, late_by } => {
                let miss = (seat, late_by);
                self.conflicts.push(Conflict::new(race, visitor, stamped.at, miss, self.seen_at));
            }
            Event::SeatsHeld { .. } => self.last_held_at = Some(stamped.at),
            Event::Booked { booking, .. } => self.booking = Some(booking),
            Event::Left { cause, .. } => {
                if let Some(ending) = Ending::of(cause) {
                    self.end(stamped.at, ending);
                }
            }
            _ => {}
        }
    }

    /// Ends the run. A run that has ended keeps its first ending.
    pub fn end(&mut self, at: Moment, ending: Ending) {
        self.ended.get_or_insert(Ended { ending, at });
    }

    /// Counts another image that the person asked for. The sale has no event for it.
    pub(crate) fn count_renewed_captcha(&mut self) {
        self.captchas_asked += 1;
    }

    /// How and when the run ended; `None` while it goes on.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// Whether the run ended at `at` or before.
    pub fn has_ended_by(&self, at: Moment) -> bool {
        self.ended.is_some_and(|ended| ended.at <= at)
    }

    /// The last place that the sale gave the person; `None` before the first.
    pub fn place(&self) -> Option<Place> {
        self.walk.place
    }

    /// How many places before the person's last one went to other visitors; `None` without a place.
    pub fn visitors_ahead(&self) -> Option<u32> {
        self.walk.place.map(|place| place.0.saturating_sub(self.places))
    }

    /// The person's booking; `None` if the person has not paid.
    pub fn booking(&self) -> Option<BookingId> {
        self.booking
    }

    /// Whether the person put the captcha off: it is still due, but the map may be opened before
    /// it.
    pub fn has_put_off(&self) -> bool {
        self.has_put_off
    }

    /// When the person did this step; `None` if not done. A new place in the queue starts all steps
    /// again.
    pub fn at(&self, step: Step) -> Option<Moment> {
        self.walk.at(step)
    }

    /// When the person last took seats into a hold; `None` if never.
    pub fn last_held_at(&self) -> Option<Moment> {
        self.last_held_at
    }

    /// How many places the sale gave the person, the last one included.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// How many places the person gave up by refreshing or by leaving the queue.
    pub fn places_given_up(&self) -> u32 {
        self.places_given_up
    }

    /// How often the person's button was locked because of a press before the opening.
    pub fn early_presses(&self) -> u32 {
        self.early_presses
    }

    /// How many captcha images the person was shown.
    pub fn captchas_asked(&self) -> u32 {
        self.captchas_asked
    }

    /// How often the person answered the captcha wrongly.
    pub fn captcha_misses(&self) -> u32 {
        self.captcha_misses
    }

    /// The seats that the person asked for and that another visitor had taken, in order of time.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The conflict that a command accepted at `at` met; `None` if it met none. Where rivals act in the
    /// same nanosecond, the conflict's own moment is a little later than the command's.
    pub fn conflict_at(&self, at: Moment) -> Option<&Conflict> {
        self.conflicts.get(self.conflicts.partition_point(|conflict| conflict.at < at))
    }

    /// The moment of the seats that the person was shown last in this visit, as far as it was noted.
    pub(crate) fn seen_at(&self) -> Option<Moment> {
        self.seen_at
    }

    /// Notes that the person was shown the seats as they were at `at`.
    pub(crate) fn note_seen(&mut self, at: Moment) {
        self.seen_at = self.seen_at.max(Some(at));
    }
}
