//! What the catalogue knows, as clients are told it.

use std::collections::HashSet;

use catalogue::{Card, ConcertId, Listed, SeatsSeen, UtcMs};
use protocol::{
    CancelledSeats, ConcertCard, ConcertGrade, ConcertPerformer, ListedOpening, Opening,
    OpeningStage, Performance, SeatsLeft, SectionSeats,
};

use super::pictures::{portrait_path, poster_path};
use crate::ids::RaceId;
use crate::limits::OPENING_LOBBY;

/// Which concerts the viewer likes; `None` for a viewer whom the catalogue does not know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Liked(pub(crate) Option<HashSet<ConcertId>>);

impl Liked {
    fn has(&self, concert: ConcertId) -> Option<bool> {
        self.0.as_ref().map(|liked| liked.contains(&concert))
    }
}

/// A card of a concert for a viewer.
pub(crate) fn card(card: &Card, liked: &Liked) -> ConcertCard {
    ConcertCard {
        id: card.id.to_string(),
        title: card.title.clone(),
        poster: poster_path(card),
        venue: card.venue.clone(),
        city: card.city.clone(),
        zone: card.zone.clone(),
        first_day: card.first_day.to_string(),
        last_day: card.last_day.to_string(),
        books_from_ms: millis(card.books_from),
        books_until_ms: millis(card.books_until),
        performers: card.performers.clone(),
        liked: liked.has(card.id),
        opening: None,
    }
}

/// A card in a list of openings.
pub(crate) fn listed(listed: &Listed, liked: &Liked) -> ConcertCard {
    let opening = ListedOpening {
        performance: listed.performance.to_string(),
        opens_at_ms: millis(listed.opens_at),
        closes_at_ms: millis(listed.closes_at),
    };
    ConcertCard { opening: Some(opening), ..card(&listed.card, liked) }
}

/// A performance at a moment.
pub(crate) fn performance(performance: &catalogue::Performance, now: UtcMs) -> Performance {
    Performance {
        id: performance.id.to_string(),
        concert: performance.opening.concert.to_string(),
        starts_at_ms: millis(performance.starts_at),
        day: performance.day.to_string(),
        opening: opening(&performance.opening, performance.seats.as_ref(), now),
        seats_left: performance.seats.as_ref().map(seats_left),
    }
}

/// An opening at a moment.
pub(crate) fn opening(
    opening: &catalogue::Opening,
    seats: Option<&SeatsSeen>,
    now: UtcMs,
) -> Opening {
    Opening {
        opens_at_ms: millis(opening.opens_at),
        closes_at_ms: millis(opening.closes_at),
        style: opening.style.clone(),
        rivals: opening.rivals,
        is_practice: opening.rivals > 0,
        seats_per_person: opening.seats_per_person,
        cancelled_seats: match opening.cancelled_seats {
            catalogue::CancelledSeats::AtOnce => CancelledSeats::AtOnce,
            catalogue::CancelledSeats::InBatches => CancelledSeats::InBatches,
        },
        guests_may_enter: opening.guests_may_enter,
        stage: stage(opening, seats, now),
        race: opening.sale.map(|sale| RaceId(sale.0).to_string()),
    }
}

/// How far the sale of an opening is at a moment.
pub(crate) fn stage(
    opening: &catalogue::Opening,
    seats: Option<&SeatsSeen>,
    now: UtcMs,
) -> OpeningStage {
    let lobby_ms = i64::try_from(OPENING_LOBBY.as_millis()).unwrap_or(i64::MAX);
    if opening.ended_at.is_some() || now >= opening.closes_at {
        OpeningStage::Closed
    } else if now < opening.opens_at.after(-lobby_ms) {
        OpeningStage::Before
    } else if now < opening.opens_at {
        OpeningStage::Lobby
    } else if seats.is_some_and(|seats| count(seats) == 0) {
        OpeningStage::SoldOut
    } else {
        OpeningStage::Open
    }
}

/// The seats left as they were seen.
pub(crate) fn seats_left(seen: &SeatsSeen) -> SeatsLeft {
    let sections = seen.left.iter().map(|left| SectionSeats {
        section: left.section.clone(),
        grade: left.grade.clone(),
        seats: left.seats,
    });
    SeatsLeft { seen_at_ms: millis(seen.seen_at), total: count(seen), sections: sections.collect() }
}

fn count(seen: &SeatsSeen) -> u32 {
    seen.left.iter().map(|left| left.seats).sum()
}

/// A grade and its price.
pub(crate) fn grade(grade: &catalogue::Grade) -> ConcertGrade {
    ConcertGrade { name: grade.name.clone(), price_won: grade.price_won }
}

/// Who plays.
pub(crate) fn performer(performer: &catalogue::Performer) -> ConcertPerformer {
    ConcertPerformer {
        id: performer.id.to_string(),
        name: performer.name.clone(),
        picture: portrait_path(performer),
    }
}

/// A moment as moments travel.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of the next 200,000 years are exact")]
pub(crate) fn millis(moment: UtcMs) -> f64 {
    moment.0 as f64
}

#[cfg(test)]
mod tests;
