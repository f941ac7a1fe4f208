//! Being forgotten: what goes, in which order. Rules L20 to L23.

use catalogue::{PageQuery, PersonId};
use sale::{BookingId, Refusal};

use super::super::app::App;
use crate::client::Client;
use crate::http::shows::bookings;
use crate::ids::RaceId;
use crate::openings;
use crate::problem::ApiError;
use crate::rooms::Town;
use crate::shard::Ask;

/// Rows of bookings that are read at once.
const ROWS: u32 = 100;

/// Forgets whoever sends a request. If it breaks off, it can be asked for again.
pub(super) async fn forget(app: &App, client: Client) -> Result<(), ApiError> {
    let context = &app.gateway.context;
    let guests = context.accounts.guests_of(client);
    // Whoever has just paid has the booking too.
    openings::settle(&app.gateway).await?;
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

/// Cancels all live bookings of sales that are under way. Those of sales that have closed stay: their seats can go to nobody.
async fn cancel_all(app: &App, client: Client, person: PersonId) -> Result<(), ApiError> {
    let context = &app.gateway.context;
    let mut after = None;
    loop {
        let query = PageQuery { after, rows: ROWS };
        let page = context.asks.ask(context.catalogue.bookings(person, &query)).await?;
        for booking in page.rows.iter().filter(|booking| booking.cancelled_at.is_none()) {
            let (sale, number) = (RaceId(booking.sale.0), BookingId(booking.booking.0));
            match bookings::cancel(app, client, sale, number, None).await {
                Err(
                    ApiError::Refused(Refusal::NoSuchBooking)
                    | ApiError::OpeningClosed
                    | ApiError::BookingCancelled,
                ) => {}
                done => done?,
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
