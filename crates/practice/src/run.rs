//! Runs: one person's way through one race, folded from the race's events.

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::Race;
use sale::{BookingId, CaptchaStep, Departure, Event, Moment, Place, Stamped};

use crate::step::Step;
use crate::walk::Walk;

/// One person's way through a race: the steps with their times, and the ending.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Run {
    pub(crate) walk: Walk,
    ended: Option<Ended>,
    booking: Option<BookingId>,
    /// Whether the captcha was put off: it is still due, and yet the seats may be looked at.
    has_put_off: bool,
    /// Places given, all but the last of them given up.
    places: u32,
    places_given_up: u32,
    early_presses: u32,
    captchas_asked: u32,
    captcha_misses: u32,
    conflicts: u32,
    last_held_at: Option<Moment>,
}

/// How and when a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Ended {
    /// How.
    pub ending: Ending,
    /// When.
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
    /// The pass ended before seats were held.
    PassEnded,
    /// The hold ended before it was paid.
    HoldEnded,
    /// The sale was closed before the race's time was up.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Others paid every seat.
    SoldOut,
}

impl Ending {
    /// The ending of a visitor who left for this reason. `None` where the sale closed: the race says
    /// whether its time was up.
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
    /// Folds one of the person's own events into the run. Events that concern everybody come through
    /// [`end`](Self::end).
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    pub fn see(&mut self, race: &Race, stamped: &Stamped) {
        self.walk.note(stamped, race.tally().opened_at());
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
                let is_asked = race.sale().rules().captcha.step != CaptchaStep::Never;
                self.captchas_asked += u32::from(is_asked);
            }
            Event::CaptchaPassed { .. } => self.has_put_off = false,
            Event::CaptchaPutOff { .. } => self.has_put_off = true,
            Event::CaptchaMissed { .. } => self.captcha_misses += 1,
            Event::SeatMissed { .. } => self.conflicts += 1,
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

    /// Ends the run, unless it has ended.
    pub fn end(&mut self, at: Moment, ending: Ending) {
        self.ended.get_or_insert(Ended { ending, at });
    }

    /// Counts another image that the person asked for. It leaves no event.
    pub(crate) fn count_renewed_captcha(&mut self) {
        self.captchas_asked += 1;
    }

    /// How and when it ended; `None` while it goes on.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// Whether it ended at `at` or before.
    pub fn has_ended_by(&self, at: Moment) -> bool {
        self.ended.is_some_and(|ended| ended.at <= at)
    }

    /// The last place in the queue.
    pub fn place(&self) -> Option<Place> {
        self.walk.place
    }

    /// How many others had a place before the person's last one.
    pub fn visitors_ahead(&self) -> Option<u32> {
        self.walk.place.map(|place| place.0.saturating_sub(self.places))
    }

    /// What the person paid for.
    pub fn booking(&self) -> Option<BookingId> {
        self.booking
    }

    /// Whether the captcha was put off: it is still due, and yet the seats may be looked at.
    pub fn has_put_off(&self) -> bool {
        self.has_put_off
    }

    /// When a step was done in the last walk.
    pub fn at(&self, step: Step) -> Option<Moment> {
        self.walk.at(step)
    }

    /// When seats were held for the last time.
    pub fn last_held_at(&self) -> Option<Moment> {
        self.last_held_at
    }

    /// Places given, the last one included.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// Places given up by refreshing or leaving the queue.
    pub fn places_given_up(&self) -> u32 {
        self.places_given_up
    }

    /// Presses before the opening.
    pub fn early_presses(&self) -> u32 {
        self.early_presses
    }

    /// Captcha images shown.
    pub fn captchas_asked(&self) -> u32 {
        self.captchas_asked
    }

    /// Wrong answers to the captcha.
    pub fn captcha_misses(&self) -> u32 {
        self.captcha_misses
    }

    /// How often somebody else had the seat.
    pub fn conflicts(&self) -> u32 {
        self.conflicts
    }
}
