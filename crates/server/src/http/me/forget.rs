//! Being forgotten: what goes, in which order. Rules L20 to L23 and L27.

use catalogue::PersonId;
use sale::{BookingId, Refusal};

use super::super::app::App;
use super::pages::Pages;
use crate::client::Client;
use crate::http::shows::bookings;
use crate::ids::RaceId;
use crate::openings::{self, Reason};
use crate::problem::ApiError;
use crate::rooms::Town;
use crate::shard::Ask;

/// Forgets whoever sends a request. If it breaks off, it can be asked for again.
pub(super) async fn forget(app: &App, client: Client) -> Result<(), ApiError> {
    let context = &app.gateway.context;
    let guests = context.accounts.guests_of(client);
    // Another tab that pays, holds a seat or enters a room meanwhile would leave behind what nobody can delete any more.
    let left = context.leaving.leave(&guests).await;
    let _left = left.ok_or(ApiError::NotFound)?;
    // Whoever has just paid has the booking too.
    openings::settle(&app.gateway).await?;
    let mut races = guests.iter().flat_map(|guest| context.index.races_of(*guest));
    if !races.all(|race| context.openings.is_told(race)) {
        // A booking that the catalogue does not show yet could not be cancelled.
        return Err(ApiError::CatalogueAway);
    }
    let person = context.asks.ask(app.person(client)).await?;
    if let Some(person) = person {
        cancel_all(app, client, person).await?;
        openings::settle(&app.gateway).await?;
    }
    let leaving = guests.clone();
    let leave = move |town: &mut Town, now| {
        let was_in_room = leaving.iter().any(|guest| town.is_in_any(*guest));
        town.leave_all(now, &leaving);
        Ok(was_in_room)
    };
    let was_in_room = app.rooms.ask(leave).await?;
    // Whoever has nothing leaves nothing to find again, and gets no row.
    let has_races = guests.iter().any(|guest| context.index.has_races_of(*guest));
    if person.is_some() || was_in_room || has_races {
        context.asks.ask(context.accounts.forget(&context.catalogue, person, &guests)).await?;
    }
    for race in context.index.forget(&guests) {
        // A race that cannot be removed now goes with its time.
        let _later = app.gateway.ask_any(race, None, |reply| Ask::Remove { reply }).await;
    }
    Ok(())
}

/// Cancels all live bookings of sales that are under way, also behind the deadline of their style. Those of sales that have closed stay:
/// their seats can go to nobody.
async fn cancel_all(app: &App, client: Client, person: PersonId) -> Result<(), ApiError> {
    let context = &app.gateway.context;
    let mut pages = Pages::default();
    while let Some(query) = pages.turn() {
        let page = context.asks.ask(context.catalogue.bookings(person, &query)).await?;
        for booking in page.rows.iter().filter(|booking| booking.cancelled_at.is_none()) {
            let booking = (RaceId(booking.sale.0), BookingId(booking.booking.0));
            match bookings::cancel(app, client, booking, None, Reason::Deletion).await {
                Err(
                    ApiError::Refused(Refusal::NoSuchBooking)
                    | ApiError::OpeningClosed
                    | ApiError::BookingCancelled
                    // Nobody can cancel anything in a sale that cannot be read.
                    | ApiError::RaceDamaged,
                ) => {}
                done => done?,
            }
        }
        pages.go_on_after(page.next);
    }
    Ok(())
}
