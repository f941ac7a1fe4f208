//! The bookings of a person.

use std::collections::HashMap;
use std::num::NonZeroU64;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalogue::{Booking, CatalogueError, Page, PerformanceId, PersonId};
use protocol::{CancelTerms, PaidWith, Problem, ShowBooking, ShowBookingPage, ShowSeat};
use sale::{BookingId, Refusal};
use serde::Deserialize;
use utoipa::IntoParams;

use super::concerts::liked;
use super::query::{PageParams, Params};
use super::tagged::json;
use super::tell::{self, millis};
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{OptionalKey, parameter};
use crate::ids::{RaceId, random_bytes};
use crate::openings::{self, Cancel, Reason};
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// The booking in the path. It may not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InBooking {
    pub(super) sale: RaceId,
    pub(super) number: BookingId,
}

impl<S: Send + Sync> FromRequestParts<S> for InBooking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let sale: Option<RaceId> = parameter(parts, state, "sale").await;
        let number: Option<u32> = parameter(parts, state, "number").await;
        let booking = sale.zip(number);
        let booking = booking.map(|(sale, number)| Self { sale, number: BookingId(number) });
        booking.ok_or(ApiError::Refused(Refusal::NoSuchBooking))
    }
}

/// The viewer's bookings
///
/// The newest first; cancelled ones are kept.
#[utoipa::path(get, path = "/api/bookings", tag = "shows", params(PageParams),
    responses((status = 200, body = ShowBookingPage), (status = 422, body = Problem)))]
pub(crate) async fn list_bookings(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.query()?;
    // Whoever has just paid sees the booking. If it cannot be told now, it will be a second later.
    let _later = openings::settle(&app.gateway).await;
    let catalogue = &app.gateway.context.catalogue;
    let page = app.gateway.context.asks.ask(async {
        match app.person(client).await? {
            Some(person) => {
                let page = catalogue.bookings(person, &query).await?;
                told(&app, client, person, page).await
            }
            None => Ok(ShowBookingPage { bookings: Vec::new(), next: None }),
        }
    });
    Ok(json(&headers, &page.await?))
}

/// The bookings of the viewer, who is this person, as the viewer is told of them.
pub(in crate::http) async fn told(
    app: &App,
    client: Client,
    person: PersonId,
    page: Page<Booking>,
) -> Result<ShowBookingPage, CatalogueError> {
    let catalogue = &app.gateway.context.catalogue;
    let mut openings: HashMap<PerformanceId, catalogue::Opening> = HashMap::new();
    for booking in &page.rows {
        if !openings.contains_key(&booking.performance)
            && let Some(opening) = catalogue.opening(booking.performance).await?
        {
            openings.insert(booking.performance, opening);
        }
    }
    let concerts: Vec<_> = openings.values().map(|opening| opening.concert).collect();
    let cards = catalogue.cards(&concerts).await?;
    let (mut terms, now) = (openings::Terms::default(), utc_ms(app.gateway.now()));
    let liked = liked(app, client, concerts.iter().copied()).await?;
    let entered = catalogue.entered_by(person).await?;
    let row = |booking: &Booking| {
        let opening = openings.get(&booking.performance)?;
        let card = cards.get(&opening.concert)?;
        let closes_at = openings::closes_at(&app.gateway, opening);
        let is_live = booking.cancelled_at.is_none()
            && opening.ended_at.is_none()
            && !entered.contains(&(booking.sale, booking.booking));
        let offer = terms.offer(&app.gateway.library, opening, &card.zone, booking, now);
        let closed_at = opening.ended_at.map_or(closes_at, |ended_at| ended_at.min(closes_at));
        let until = offer.map(|offer| offer.deadline.min(closed_at));
        let cancel = offer.filter(|_| is_live && until.is_some_and(|until| now < until));
        Some(ShowBooking {
            sale: RaceId(booking.sale.0).to_string(),
            number: booking.booking.0,
            concert: tell::card(card, &liked),
            performance: booking.performance.to_string(),
            starts_at_ms: millis(opening.starts_at),
            booked_at_ms: millis(booking.booked_at),
            cancelled_at_ms: booking.cancelled_at.map(millis),
            seats: booking.seats.iter().map(seat).collect(),
            total_won: booking.total_won,
            paid_with: booking.payment.map_or(PaidWith::Purse, |_| PaidWith::Points),
            refunded_won: booking.refunded_won,
            is_practice: opening.rivals > 0,
            cancel_until_ms: until.map(millis),
            cancel: cancel.map(|offer| CancelTerms {
                fee_won: offer.refund.fee_won,
                refund_won: offer.refund.refund_won,
            }),
        })
    };
    let bookings = page.rows.iter().filter_map(row).collect();
    Ok(ShowBookingPage { bookings, next: page.next })
}

fn seat(seat: &catalogue::BookedSeat) -> ShowSeat {
    ShowSeat { place: seat.place.clone(), grade: seat.grade.clone(), price_won: seat.price_won }
}

/// Cancels a booking of any of the guests that the client is.
pub(in crate::http) async fn cancel(
    app: &App,
    client: Client,
    (race, number): (RaceId, BookingId),
    key: Option<NonZeroU64>,
    reason: Reason,
) -> Result<(), ApiError> {
    let key = key.or_else(|| NonZeroU64::new(u64::from_le_bytes(random_bytes())));
    let key = key.ok_or(ApiError::Internal)?;
    openings::cancel(&app.gateway, client, Cancel { race, number, key, reason }).await
}

/// What a cancel goes by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CancelParams {
    /// How much comes back, as the booking said it, in won. If something else would come back now, nothing is cancelled.
    refund_won: Option<u64>,
}

/// Cancel a booking
///
/// Possible until the sale closes or the style's deadline, whichever comes first, unless somebody came in with one of its tickets. Gives back what the list of bookings says. The
/// seats return at once or with the next batch, as the opening says. Sent again under its key, it changes nothing.
#[utoipa::path(delete, path = "/api/bookings/{sale}/{number}", tag = "shows",
    params(("sale" = String, Path, description = "The race in which it was paid"),
        ("number" = u32, Path, description = "Its number in that race"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same with a retry"), CancelParams),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub(crate) async fn cancel_booking(
    State(app): State<App>,
    client: Client,
    InBooking { sale, number }: InBooking,
    Params(CancelParams { refund_won: expected_won }): Params<CancelParams>,
    OptionalKey(key): OptionalKey,
) -> Result<StatusCode, ApiError> {
    cancel(&app, client, (sale, number), key, Reason::Wanted { expected_won }).await?;
    Ok(StatusCode::NO_CONTENT)
}
