//! A concert as a host or a generator describes it, and whether it can be kept. It knows no database.

use std::collections::BTreeSet;

use crate::days::{Day, UtcMs, Zone};
use crate::error::Unfit;
use crate::limits::{
    DESCRIPTION_CHARS_MAX, GRADES_MAX, NAME_CHARS_MAX, OPEN_MS_MAX, PERFORMANCES_MAX,
    PERFORMERS_MAX, PRICE_WON_MAX, RIVALS_MAX, RUN_DAYS_MAX, SEATS_PER_PERSON_MAX,
};
use crate::names::{PerformerId, VenueId};

/// A venue to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVenue {
    /// Its name, in the language of the place.
    pub name: String,
    /// The city, by which people search.
    pub city: String,
    /// The time zone: `Asia/Seoul`.
    pub zone: String,
    /// The name of its plan among the files of `scenario`.
    pub plan: String,
}

/// A performer to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerformer {
    /// The name on the poster.
    pub name: String,
    /// What [`crate::portrait`] draws the picture from.
    pub picture_seed: u64,
}

/// A concert to keep, with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConcert {
    /// What it is called.
    pub title: String,
    /// What it is about. May be empty.
    pub description: String,
    /// Where it is played.
    pub venue: VenueId,
    /// Who plays, in order. May be empty.
    pub performers: Vec<PerformerId>,
    /// What [`crate::poster()`] draws the poster from.
    pub poster_seed: u64,
    /// The price of each grade of the venue's plan, dearest first.
    pub grades: Vec<Grade>,
    /// Its dates, in any order.
    pub performances: Vec<NewPerformance>,
    /// Who made it.
    pub origin: Origin,
}

/// A grade of a concert and what a seat of it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The grade's name in the plan.
    pub name: String,
    /// The price of a seat.
    pub price_won: u64,
}

/// One date of a concert to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerformance {
    /// When it begins.
    pub starts_at: UtcMs,
    /// How it is sold.
    pub opening: NewOpening,
}

/// How a performance is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOpening {
    /// When the sale opens.
    pub opens_at: UtcMs,
    /// When it closes, before the performance begins.
    pub closes_at: UtcMs,
    /// The name of a style.
    pub style: String,
    /// How many simulated visitors take part. With any, the opening is practice.
    pub rivals: u32,
    /// Seats that one person may have, over all bookings of the performance.
    pub seats_per_person: u32,
    /// When the seats of a cancelled booking can be had again.
    pub cancelled_seats: CancelledSeats,
    /// Whether people may enter who have not logged in.
    pub guests_may_enter: bool,
}

/// When the seats of a cancelled booking can be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CancelledSeats {
    /// At that moment.
    AtOnce,
    /// Together, when the style says so.
    InBatches,
}

/// Who made a concert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A person, by a call or a screen.
    Host,
    /// The generator of the demo, which also forgets it.
    Demo,
    /// The generator of the original's scale.
    Original,
}

/// What a concert's performances and openings come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) first_day: Day,
    pub(crate) last_day: Day,
    pub(crate) books_from: UtcMs,
    pub(crate) books_until: UtcMs,
}

impl NewConcert {
    /// Checks all that the tables check as well, with a name for each fault, and sums the dates up.
    pub(crate) fn check(&self, zone: &Zone) -> Result<Summary, Unfit> {
        check_name(&self.title)?;
        if self.description.chars().count() > DESCRIPTION_CHARS_MAX {
            return Err(Unfit::Text);
        }
        if !(1..=PERFORMANCES_MAX).contains(&self.performances.len()) {
            return Err(Unfit::PerformanceCount);
        }
        self.check_grades()?;
        if self.performers.len() > PERFORMERS_MAX || !all_differ(&self.performers) {
            return Err(Unfit::Performers);
        }
        for performance in &self.performances {
            performance.check()?;
        }
        self.summary(zone)
    }

    fn check_grades(&self) -> Result<(), Unfit> {
        let names: Vec<&str> = self.grades.iter().map(|grade| grade.name.as_str()).collect();
        if !(1..=GRADES_MAX).contains(&names.len()) || !all_differ(&names) {
            return Err(Unfit::Grades);
        }
        if self.grades.iter().any(|grade| grade.price_won > PRICE_WON_MAX) {
            return Err(Unfit::Price);
        }
        names.into_iter().try_for_each(check_name)
    }

    fn summary(&self, zone: &Zone) -> Result<Summary, Unfit> {
        let starts: Vec<UtcMs> = self.performances.iter().map(|one| one.starts_at).collect();
        let days: Option<Vec<Day>> = starts.iter().map(|start| zone.day_at(*start)).collect();
        let days = days.ok_or(Unfit::PerformanceDays)?;
        let openings = || self.performances.iter().map(|one| &one.opening);
        let summary = Summary {
            first_day: days.iter().min().copied().ok_or(Unfit::PerformanceCount)?,
            last_day: days.iter().max().copied().ok_or(Unfit::PerformanceCount)?,
            books_from: openings().map(|one| one.opens_at).min().ok_or(Unfit::PerformanceCount)?,
            books_until: openings()
                .map(|one| one.closes_at)
                .max()
                .ok_or(Unfit::PerformanceCount)?,
        };
        let opens_in_range = openings().all(|one| zone.day_at(one.opens_at).is_some());
        let is_short = summary.last_day.0 - summary.first_day.0 <= RUN_DAYS_MAX;
        if all_differ(&starts) && is_short && opens_in_range {
            Ok(summary)
        } else {
            Err(Unfit::PerformanceDays)
        }
    }
}

impl NewPerformance {
    fn check(&self) -> Result<(), Unfit> {
        let opening = &self.opening;
        let open_ms = opening.closes_at.0.saturating_sub(opening.opens_at.0);
        if !(1..=OPEN_MS_MAX).contains(&open_ms) || opening.closes_at > self.starts_at {
            return Err(Unfit::OpeningPeriod);
        }
        let is_limited = (1..=SEATS_PER_PERSON_MAX).contains(&opening.seats_per_person);
        if opening.rivals > RIVALS_MAX || !is_limited {
            return Err(Unfit::OpeningNumbers);
        }
        check_name(&opening.style)
    }
}

impl NewVenue {
    /// Checks the texts, and returns the zone.
    pub(crate) fn check(&self) -> Result<(), Unfit> {
        [&self.name, &self.city, &self.zone, &self.plan]
            .into_iter()
            .try_for_each(|text| check_name(text))
    }
}

impl CancelledSeats {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::InBatches => "in-batches",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        if word == "in-batches" { Self::InBatches } else { Self::AtOnce }
    }
}

impl Origin {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Demo => "demo",
            Self::Original => "original",
        }
    }
}

pub(crate) fn check_name(text: &str) -> Result<(), Unfit> {
    if (1..=NAME_CHARS_MAX).contains(&text.chars().count()) { Ok(()) } else { Err(Unfit::Text) }
}

fn all_differ<T: Ord>(values: &[T]) -> bool {
    values.iter().collect::<BTreeSet<_>>().len() == values.len()
}
