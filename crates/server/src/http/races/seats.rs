//! Opens sections, holds and releases seats, and chooses prices.

use axum::extract::State;
use practice::Act;
use protocol::{PriceChoice, SeatChoice, SectionChoice};
use sale::{Discount, Refusal, Seat, Seats, Section};

use super::command::{Answer, CommandAnswer, Insider};
use crate::http::app::App;
use crate::http::extract::Json as Body;

/// Open a section
#[utoipa::path(post, path = "/api/races/{id}/view", tag = "races", request_body = SectionChoice,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn view_section(
    State(app): State<App>,
    insider: Insider,
    Body(SectionChoice { section }): Body<SectionChoice>,
) -> Answer {
    insider.act(&app, Act::ViewSection(Section(section))).await
}

/// Take seats
///
/// Takes all of them or none. If another visitor has one, the answer is the problem `seat-taken` (이선좌),
/// with `seat`, `late_ms`, `view_age_ms` and the `state`. The report will tell the same numbers.
#[utoipa::path(post, path = "/api/races/{id}/hold", tag = "races", request_body = SeatChoice,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn hold_seats(
    State(app): State<App>,
    insider: Insider,
    Body(SeatChoice { seats }): Body<SeatChoice>,
) -> Answer {
    let seats = seats_of(&seats)?;
    insider.act(&app, Act::HoldSeats(seats)).await
}

/// Give seats back
#[utoipa::path(post, path = "/api/races/{id}/release", tag = "races", request_body = SeatChoice,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn release_seats(
    State(app): State<App>,
    insider: Insider,
    Body(SeatChoice { seats }): Body<SeatChoice>,
) -> Answer {
    let seats = seats_of(&seats)?;
    insider.act(&app, Act::ReleaseSeats(seats)).await
}

/// Choose the price of held seats
///
/// Without a choice a seat has the regular price. The hold's total changes with the choice.
#[utoipa::path(post, path = "/api/races/{id}/price", tag = "races", request_body = PriceChoice,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn choose_price(
    State(app): State<App>,
    insider: Insider,
    Body(PriceChoice { seats, discount }): Body<PriceChoice>,
) -> Answer {
    let act = Act::ChoosePrice { seats: seats_of(&seats)?, discount: Discount(discount) };
    insider.act(&app, act).await
}

fn seats_of(list: &[u32]) -> Result<Seats, Refusal> {
    let seats: Vec<Seat> = list.iter().copied().map(Seat).collect();
    Seats::new(&seats)
}
