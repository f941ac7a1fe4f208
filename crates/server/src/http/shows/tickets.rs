//! Tickets: those of a booking, for its person, and what the door sees of one and takes. Rules T1 to T9.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalogue::{Booking, BookingNumber, CatalogueError, Entry, Opening, Page, SaleNumber, UtcMs};
use protocol::{DoorTicket, Problem, ShowBooking, Ticket, TicketState, TicketedBooking};
use sale::Refusal;

use super::admin::Administrator;
use super::bookings::{InBooking, told};
use super::tagged::json;
use super::tell::millis;
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::parameter;
use crate::keys::SignedTicket;
use crate::openings;
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// A ticket that this server signed. Its booking may be gone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnTicket(SignedTicket);

impl FromRequestParts<App> for OnTicket {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let code: Option<String> = parameter(parts, app, "code").await;
        // The signature comes first: a code that nobody made asks no database.
        let ticket = code.and_then(|code| app.gateway.context.keys.ticket_of(&code));
        ticket.map(Self).ok_or(ApiError::NoSuchTicket)
    }
}

/// What the catalogue knows of a ticket.
struct Known {
    booking: Booking,
    opening: Opening,
    title: String,
    venue: String,
    /// The ticket as the catalogue keeps it.
    kept: catalogue::Ticket,
    taken_at: Option<UtcMs>,
}

/// A booking with its tickets
///
/// For the person whose booking it is; nobody else finds it.
#[utoipa::path(get, path = "/api/bookings/{sale}/{number}", tag = "shows",
    params(("sale" = String, Path, description = "The race in which it was paid"),
        ("number" = u32, Path, description = "Its number in that race")),
    responses((status = 200, body = TicketedBooking), (status = 404, body = Problem)))]
pub(crate) async fn read_booking(
    State(app): State<App>,
    client: Client,
    InBooking { sale, number }: InBooking,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let _later = openings::settle(&app.gateway).await;
    let context = &app.gateway.context;
    let ask = async {
        let Some(person) = app.person(client).await? else { return Ok(None) };
        let (sale, number) = (SaleNumber(sale.0), BookingNumber(number.0));
        let Some(booking) = context.catalogue.booking_of(person, sale, number).await? else {
            return Ok(None);
        };
        let opening = context.catalogue.opening(booking.performance).await?;
        let page = Page { rows: vec![booking.clone()], next: None };
        let shown = told(&app, client, person, page).await?.bookings.pop();
        Ok(opening.zip(shown).map(|(opening, shown)| ticketed(&app, &opening, &booking, shown)))
    };
    let found = context.asks.ask(ask).await?;
    let found = found.ok_or(ApiError::Refused(Refusal::NoSuchBooking))?;
    Ok(json(&headers, &found))
}

fn ticketed(
    app: &App,
    opening: &Opening,
    booking: &Booking,
    shown: ShowBooking,
) -> TicketedBooking {
    let is_practice = opening.rivals > 0;
    let seats = booking.seats.iter().filter(|_| booking.cancelled_at.is_none());
    let tickets = (0_u8..).zip(seats).map(|(index, seat)| Ticket {
        place: seat.place.clone(),
        grade: seat.grade.clone(),
        price_won: seat.price_won,
        code: app.gateway.context.keys.ticket_code(SignedTicket {
            sale: crate::ids::RaceId(booking.sale.0),
            booking: sale::BookingId(booking.booking.0),
            index,
            is_practice,
        }),
    });
    TicketedBooking { tickets: tickets.collect(), booking: shown }
}

/// A ticket
///
/// For whoever has its code. It says what the ticket is for and whether it lets anybody in, and nothing of who bought it.
#[utoipa::path(get, path = "/api/tickets/{code}", tag = "shows",
    params(("code" = String, Path, description = "What the QR code of the ticket shows")),
    responses((status = 200, body = DoorTicket), (status = 404, body = Problem)))]
pub(crate) async fn read_ticket(
    State(app): State<App>,
    OnTicket(ticket): OnTicket,
) -> Result<Json<DoorTicket>, ApiError> {
    let known = known(&app, ticket).await?;
    Ok(Json(shown(ticket, &known)))
}

/// Take a ticket at the door
///
/// For administrators. A ticket is taken once; whoever shows it again is told so.
#[utoipa::path(post, path = "/api/tickets/{code}/enter", tag = "shows",
    params(("code" = String, Path, description = "What the QR code of the ticket shows")),
    responses((status = 200, body = DoorTicket), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn take_ticket(
    State(app): State<App>,
    _: Administrator,
    OnTicket(ticket): OnTicket,
) -> Result<(StatusCode, Json<DoorTicket>), ApiError> {
    let context = &app.gateway.context;
    // Nobody cancels the booking meanwhile.
    let _turn = context.openings.turns.of(ticket.sale, ticket.booking).await;
    let mut known = known(&app, ticket).await?;
    match state(ticket, &known) {
        TicketState::Cancelled | TicketState::Practice => return Err(ApiError::TicketNotValid),
        TicketState::Entered => return Err(ApiError::TicketUsed),
        TicketState::Valid => {}
    }
    let now = utc_ms(context.clock.now());
    match context.asks.ask(context.catalogue.take_ticket(known.kept, now)).await? {
        Entry::Taken => known.taken_at = Some(now),
        Entry::TakenBefore { .. } => return Err(ApiError::TicketUsed),
        Entry::NotLive => return Err(ApiError::TicketNotValid),
    }
    Ok((StatusCode::OK, Json(shown(ticket, &known))))
}

/// What the catalogue knows of a ticket that the server signed.
async fn known(app: &App, ticket: SignedTicket) -> Result<Known, ApiError> {
    let _later = openings::settle(&app.gateway).await;
    let context = &app.gateway.context;
    let found = context.asks.ask(look_up(app, ticket)).await?;
    found.ok_or(ApiError::NoSuchTicket)
}

async fn look_up(app: &App, ticket: SignedTicket) -> Result<Option<Known>, CatalogueError> {
    let catalogue = &app.gateway.context.catalogue;
    let (sale, number) = (SaleNumber(ticket.sale.0), BookingNumber(ticket.booking.0));
    let Some(booking) = catalogue.booking(sale, number).await? else { return Ok(None) };
    let Some(seat) = booking.seats.get(usize::from(ticket.index)) else { return Ok(None) };
    let kept = catalogue::Ticket { sale, booking: number, seat: seat.seat };
    let Some(opening) = catalogue.opening(booking.performance).await? else { return Ok(None) };
    let card = catalogue.cards(&[opening.concert]).await?.remove(&opening.concert);
    let Some(card) = card else { return Ok(None) };
    let taken_at = catalogue.ticket_taken_at(kept).await?;
    Ok(Some(Known { booking, opening, title: card.title, venue: card.venue, kept, taken_at }))
}

/// What a ticket is worth, the strongest reason against it first (rule T5).
fn state(ticket: SignedTicket, known: &Known) -> TicketState {
    if known.booking.cancelled_at.is_some() {
        TicketState::Cancelled
    } else if ticket.is_practice {
        TicketState::Practice
    } else if known.taken_at.is_some() {
        TicketState::Entered
    } else {
        TicketState::Valid
    }
}

fn shown(ticket: SignedTicket, known: &Known) -> DoorTicket {
    let seat = &known.booking.seats[usize::from(ticket.index)];
    DoorTicket {
        state: state(ticket, known),
        title: known.title.clone(),
        venue: known.venue.clone(),
        starts_at_ms: millis(known.opening.starts_at),
        place: seat.place.clone(),
        grade: seat.grade.clone(),
        entered_at_ms: known.taken_at.map(millis),
    }
}
