//! Highlights: the notable moments of a race, found in its events while it runs.

use std::fmt;

use crowd::{Race, Tally};
use practice::{Member, Watcher};
use sale::{Departure, Event, Place, Return, Span, Stage, Stamped, Visitor};

use crate::text::grouped;

/// A notable moment, and the time from the opening to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Highlight {
    pub(crate) after: Span,
    pub(crate) news: News,
}

/// What happened at a notable moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    Opened,
    FirstSeat,
    FirstConflict,
    FirstPaid,
    HalfTaken,
    AllTaken,
    FirstHoldEnded,
    SecondWave,
    Paid(u32),
    SoldOut,
    Closed,
    /// The scripted person got a place. The following variants are also about this person.
    YourPlace(Place),
    YouAreIn,
    YouHold(usize),
    YouMissed,
    YouPaid(usize),
    YouAreOut,
}

/// The percentages of paid seats that are highlights. 100 % is [`News::SoldOut`].
const PAID_TOLD: [u32; 3] = [50, 90, 99];

/// Finds the highlights in the events of a race.
#[derive(Clone, Debug)]
pub(crate) struct Lookout {
    person: Option<Visitor>,
    /// The number of free seats after the last event.
    free: u32,
    /// News that is told only once, and that was told already.
    told: Vec<News>,
    /// How many of the percentages in [`PAID_TOLD`], and 100 after them, were told.
    paid_told: usize,
    found: Vec<Highlight>,
}

impl Watcher for Lookout {
    fn see(&mut self, race: &Race, stamped: &Stamped) {
        let after = stamped.at.since(race.sale().rules().opens_at);
        if let Some(news) = self.person.and_then(|person| news_of(person, &stamped.event)) {
            self.found.push(Highlight { after, news });
        }
        let tally = race.tally();
        let free_before = std::mem::replace(&mut self.free, tally.free());
        // A hold takes seats. In a style without holds before the payment, the payment does.
        if tally.free() < free_before {
            self.taken(after, tally);
        }
        match &stamped.event {
            Event::Opened => self.tell_once(after, News::Opened),
            Event::Closed => self.found.push(Highlight { after, news: News::Closed }),
            Event::SeatsReturned { cause: Return::HoldEnded, .. } => {
                self.tell_once(after, News::FirstHoldEnded);
            }
            Event::Booked { .. } => {
                self.tell_once(after, News::FirstPaid);
                self.paid(after, tally);
            }
            Event::SeatMissed { .. } => {
                self.tell_once(after, News::FirstConflict);
            }
            Event::SeatsHeld { .. }
            | Event::SeatsReturned { .. }
            | Event::Paused
            | Event::Resumed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::Placed { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::BookingCancelled { .. }
            | Event::PaymentBegun { .. }
            | Event::PaymentEnded { .. }
            | Event::Left { .. } => {}
        }
    }

    fn meet(&mut self, member: &Member) {
        self.person.get_or_insert(member.visitor());
    }
}

impl Lookout {
    /// Looks out from the current state of `race` on. What has happened before is not told again.
    pub(crate) fn new(race: &Race) -> Self {
        let tally = race.tally();
        let (seats, free) = (tally.seats(), tally.free());
        let was_all_taken = tally.all_held_after().is_some();
        let before = [
            (News::Opened, race.sale().stage() != Stage::Before),
            (News::FirstSeat, free < seats || tally.bookings() > 0),
            (News::FirstConflict, tally.conflicts() > 0),
            (News::FirstPaid, tally.bookings() > 0),
            (News::HalfTaken, was_all_taken || is_half(free, seats)),
            (News::AllTaken, was_all_taken),
            (News::FirstHoldEnded, tally.holds_ended() > 0),
            (News::SecondWave, was_all_taken && tally.holds_ended() > 0),
        ];
        let told = before.into_iter().filter(|(_, was)| *was).map(|(news, _)| news).collect();
        let mut lookout = Self { person: None, free, told, paid_told: 0, found: Vec::new() };
        while lookout.next_paid().is_some_and(|share| is_paid(tally, share)) {
            lookout.paid_told += 1;
        }
        lookout
    }

    /// Takes the highlights that were found since the last call.
    pub(crate) fn take(&mut self) -> Vec<Highlight> {
        std::mem::take(&mut self.found)
    }

    fn taken(&mut self, after: Span, tally: &Tally) {
        self.tell_once(after, News::FirstSeat);
        if is_half(tally.free(), tally.seats()) {
            self.tell_once(after, News::HalfTaken);
        }
        // If all seats were taken before, this seat had come back.
        if self.told.contains(&News::AllTaken) {
            self.tell_once(after, News::SecondWave);
        }
        if tally.free() == 0 {
            self.tell_once(after, News::AllTaken);
        }
    }

    fn tell_once(&mut self, after: Span, news: News) {
        if !self.told.contains(&news) {
            self.told.push(news);
            self.found.push(Highlight { after, news });
        }
    }

    fn paid(&mut self, after: Span, tally: &Tally) {
        while let Some(share) = self.next_paid().filter(|&share| is_paid(tally, share)) {
            let news = if share == 100 { News::SoldOut } else { News::Paid(share) };
            self.found.push(Highlight { after, news });
            self.paid_told += 1;
        }
    }

    fn next_paid(&self) -> Option<u32> {
        PAID_TOLD.iter().copied().chain([100]).nth(self.paid_told)
    }
}

fn is_paid(tally: &Tally, share: u32) -> bool {
    u64::from(tally.sold()) * 100 >= u64::from(tally.seats()) * u64::from(share)
}

fn is_half(free: u32, seats: u32) -> bool {
    free <= seats / 2
}

fn news_of(person: Visitor, event: &Event) -> Option<News> {
    match *event {
        Event::Placed { visitor, place } if visitor == person => Some(News::YourPlace(place)),
        Event::Admitted { visitor, .. } if visitor == person => Some(News::YouAreIn),
        Event::SeatsHeld { visitor, seats, .. } if visitor == person => {
            Some(News::YouHold(seats.len()))
        }
        Event::SeatMissed { visitor, .. } if visitor == person => Some(News::YouMissed),
        Event::Booked { visitor, seats, .. } if visitor == person => {
            Some(News::YouPaid(seats.len()))
        }
        // A person who leaves after paying was told `YouPaid` already.
        Event::Left { visitor, cause } if visitor == person && cause != Departure::Paid => {
            Some(News::YouAreOut)
        }
        Event::Opened
        | Event::Paused
        | Event::Resumed
        | Event::Closed
        | Event::PressedEarly { .. }
        | Event::Pooled { .. }
        | Event::LotteryDrawn { .. }
        | Event::Placed { .. }
        | Event::PlaceGivenUp { .. }
        | Event::Admitted { .. }
        | Event::CaptchaPassed { .. }
        | Event::CaptchaMissed { .. }
        | Event::CaptchaPutOff { .. }
        | Event::PriceChosen { .. }
        | Event::BookingCancelled { .. }
        | Event::PaymentBegun { .. }
        | Event::PaymentEnded { .. }
        | Event::SeatsHeld { .. }
        | Event::SeatMissed { .. }
        | Event::SeatsReturned { .. }
        | Event::Booked { .. }
        | Event::Left { .. } => None,
    }
}

impl News {
    /// Whether the news is about the scripted person.
    pub(crate) fn is_yours(self) -> bool {
        matches!(
            self,
            Self::YourPlace(_)
                | Self::YouAreIn
                | Self::YouHold(_)
                | Self::YouMissed
                | Self::YouPaid(_)
                | Self::YouAreOut
        )
    }
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened => f.write_str("the sale opens"),
            Self::FirstSeat => f.write_str("first seat taken"),
            Self::FirstConflict => f.write_str("first conflict (이선좌)"),
            Self::FirstPaid => f.write_str("first seat paid"),
            Self::HalfTaken => f.write_str("half of the seats are gone"),
            Self::AllTaken => f.write_str("every seat is held or paid"),
            Self::FirstHoldEnded => f.write_str("first hold ran out"),
            Self::SecondWave => f.write_str("second wave: seats come back"),
            Self::Paid(share) => write!(f, "{share} % paid"),
            Self::SoldOut => f.write_str("sold out"),
            Self::Closed => f.write_str("the sale is closed"),
            Self::YourPlace(place) => write!(f, "you: place {}", grouped(place.0)),
            Self::YouAreIn => f.write_str("you: inside"),
            Self::YouHold(1) => f.write_str("you: hold a seat"),
            Self::YouHold(seats) => write!(f, "you: hold {seats} seats"),
            Self::YouMissed => f.write_str("you: someone was faster"),
            Self::YouPaid(1) => f.write_str("you: paid, the seat is yours"),
            Self::YouPaid(seats) => write!(f, "you: paid, {seats} seats are yours"),
            Self::YouAreOut => f.write_str("you: out"),
        }
    }
}
