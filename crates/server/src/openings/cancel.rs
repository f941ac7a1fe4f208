//! Cancelling a booking: until when that is possible, and what comes back. Rule M17.

use std::collections::HashMap;
use std::num::NonZeroU64;

use catalogue::{Booking, BookingNumber, CatalogueError, Day, Opening, SaleNumber, UtcMs, Zone};
use sale::{BookingId, Refusal};
use scenario::{CancelTerms, Library, Purchase, Refund};

use super::projection::settle;
use crate::client::Client;
use crate::gateway::Gateway;
use crate::ids::RaceId;
use crate::problem::ApiError;
use crate::shows::{person_of, unix, utc_ms};

/// The terms of styles, each read once.
#[derive(Debug, Default)]
pub(crate) struct Terms(HashMap<String, StyleTerms>);

#[derive(Clone, Debug)]
struct StyleTerms {
    cancel: CancelTerms,
    /// The booking fee for each seat, in won.
    fee_won: u64,
}

/// What a cancel would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The style's deadline. The sale may close before it.
    pub(crate) deadline: UtcMs,
    pub(crate) refund: Refund,
}

impl Terms {
    /// What a cancel of a booking would come to at `now`. `None` if the days cannot be told, as in a zone that nobody knows.
    pub(crate) fn offer(
        &mut self,
        library: &Library,
        opening: &Opening,
        zone: &str,
        booking: &Booking,
        now: UtcMs,
    ) -> Option<Offer> {
        let zone = Zone::named(zone).ok()?;
        let starts_on = zone.day_at(opening.starts_at)?.0;
        let StyleTerms { cancel, fee_won } = self.of(library, &opening.style);
        let seats = u32::try_from(booking.seats.len()).unwrap_or(u32::MAX);
        let bought = Purchase {
            total_won: booking.total_won,
            booking_fee_won: fee_won * u64::from(seats),
            tickets: seats,
            booked_on: zone.day_at(booking.booked_at)?.0,
            starts_on,
        };
        let until = cancel.deadline(starts_on);
        let (hour, minute) = (i8::try_from(until.hour).ok()?, i8::try_from(until.minute).ok()?);
        let deadline = zone.moment(Day(until.day), hour, minute)?;
        Some(Offer { deadline, refund: cancel.refund(&bought, zone.day_at(now)?.0) })
    }

    fn of(&mut self, library: &Library, style: &str) -> &StyleTerms {
        self.0.entry(style.to_owned()).or_insert_with(|| {
            let cancel = CancelTerms::of_style(library, style);
            let fee_won = CancelTerms::booking_fee_of_style(library, style);
            // A style whose file was taken away since keeps nothing.
            match (cancel, fee_won) {
                (Ok(cancel), Ok(fee_won)) => StyleTerms { cancel, fee_won },
                (Err(_), _) | (_, Err(_)) => StyleTerms { cancel: CancelTerms::free(), fee_won: 0 },
            }
        })
    }
}

/// When a sale closes, as far as is known.
pub(crate) fn closes_at(gateway: &Gateway, opening: &Opening) -> UtcMs {
    let seen = gateway.context.openings.of(opening.performance).and_then(|sale| sale.seen);
    utc_ms(seen.map_or_else(|| unix(opening.closes_at), |seen| seen.ends_at))
}

/// A booking that is to be cancelled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cancel {
    pub(crate) race: RaceId,
    pub(crate) number: BookingId,
    /// The key of the request.
    pub(crate) key: NonZeroU64,
    pub(crate) reason: Reason,
}

/// Why a booking is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The person wants it, and was shown that so much comes back, if anything was shown.
    Wanted { expected_won: Option<u64> },
    /// The person is being deleted. No deadline of a style keeps a seat for nobody.
    Deletion,
}

/// What is known of a booking that somebody wants to cancel.
struct Found {
    /// `None` if the days cannot be told.
    offer: Option<Offer>,
    is_live: bool,
    has_entered: bool,
}

/// Cancels a booking of any of the guests that the client is, by the terms of its style. Sent again under its key, it changes nothing.
///
/// # Errors
///
/// [`ApiError::OpeningClosed`] behind the deadline, [`ApiError::TicketUsed`] if somebody came in with a ticket of it,
/// [`ApiError::TotalDiffers`] if not as much comes back as was expected, and those of a cancel and of a catalogue that cannot be asked.
pub(crate) async fn cancel(
    gateway: &Gateway,
    client: Client,
    cancel: Cancel,
) -> Result<(), ApiError> {
    let Cancel { race, number, key, reason } = cancel;
    let context = &gateway.context;
    // The door takes no ticket of it meanwhile.
    let _turn = context.openings.turns.of(race, number).await;
    // What comes back follows from the booking as people are shown it.
    settle(gateway).await?;
    let now = utc_ms(context.clock.now());
    let Some(found) = context.asks.ask(find(gateway, client, race, number, now)).await? else {
        // Without the booking nobody knows the terms.
        let is_told = context.openings.is_told(race);
        return Err(if is_told { Refusal::NoSuchBooking.into() } else { ApiError::CatalogueAway });
    };
    if found.is_live {
        check(&found, reason, now)?;
    }
    let refund_won = found.offer.map(|offer| offer.refund.refund_won);
    // Nobody is told of which sales others have bookings.
    let mut refused = ApiError::Refused(Refusal::NoSuchBooking);
    for guest in context.accounts.guests_of(client) {
        let client = Client { guest, ..client };
        match gateway.cancel(client, race, number, key, refund_won).await {
            Ok(_) => {
                // Whoever reads the points afterwards finds them. If they cannot be told now, they will be a second later.
                let _later = settle(gateway).await;
                return Ok(());
            }
            Err(ApiError::NoSuchRace | ApiError::Refused(Refusal::NoSuchBooking)) => {}
            Err(ApiError::Refused(Refusal::Closed)) => refused = ApiError::OpeningClosed,
            Err(error) => return Err(error),
        }
    }
    Err(refused)
}

/// What the catalogue knows of a booking of the client; `None` if there is no such booking.
async fn find(
    gateway: &Gateway,
    client: Client,
    race: RaceId,
    number: BookingId,
    now: UtcMs,
) -> Result<Option<Found>, CatalogueError> {
    let catalogue = &gateway.context.catalogue;
    let (sale, number) = (SaleNumber(race.0), BookingNumber(number.0));
    let Some(person) = person_of(catalogue, client).await? else { return Ok(None) };
    let booking = catalogue.booking_of(person, sale, number).await?;
    let Some(booking) = booking else { return Ok(None) };
    let Some(opening) = catalogue.opening_of(sale).await? else { return Ok(None) };
    let cards = catalogue.cards(&[opening.concert]).await?;
    let zone = cards.get(&opening.concert).map_or_else(String::new, |card| card.zone.clone());
    let offer = Terms::default().offer(&gateway.library, &opening, &zone, &booking, now);
    let has_entered = catalogue.has_entered(sale, number).await?;
    Ok(Some(Found { offer, is_live: booking.cancelled_at.is_none(), has_entered }))
}

/// Whether a live booking may be cancelled for this reason.
fn check(found: &Found, reason: Reason, now: UtcMs) -> Result<(), ApiError> {
    let Reason::Wanted { expected_won } = reason else { return Ok(()) };
    if found.has_entered {
        return Err(ApiError::TicketUsed);
    }
    let Some(offer) = found.offer else { return Ok(()) };
    if offer.deadline <= now {
        return Err(ApiError::OpeningClosed);
    }
    match expected_won {
        Some(expected_won) if expected_won != offer.refund.refund_won => {
            Err(ApiError::TotalDiffers { total_won: offer.refund.refund_won })
        }
        _ => Ok(()),
    }
}
