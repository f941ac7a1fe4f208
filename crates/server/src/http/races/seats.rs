//! Looking at a section, taking seats and letting them go.

use axum::Json;
use axum::extract::State;
use protocol::{Commanded, PriceChoice, Problem, SeatChoice, SectionChoice};
use sale::{Discount, Refusal, Seat, Seats, Section};

use super::Answer;
use crate::http::App;
use crate::http::extract::{Guest, InRace, Json as Body, Pass, Tag};
use crate::shard::Act;

/// Open a section
#[utoipa::path(post, path = "/api/races/{id}/view", tag = "races", request_body = SectionChoice,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn view_section(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(SectionChoice { section }): Body<SectionChoice>,
) -> Answer {
    app.house.act(guest, race, Act::ViewSection(Section(section)), tag, pass).await.map(Json)
}

/// Take seats
///
/// All of them or none. A seat that somebody else has is the problem `seat-taken` (이선좌), with `seat`,
/// `late_ms` and the `race`.
#[utoipa::path(post, path = "/api/races/{id}/hold", tag = "races", request_body = SeatChoice,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn hold_seats(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(SeatChoice { seats }): Body<SeatChoice>,
) -> Answer {
    let seats = seats_of(&seats)?;
    app.house.act(guest, race, Act::HoldSeats(seats), tag, pass).await.map(Json)
}

/// Give seats back
#[utoipa::path(post, path = "/api/races/{id}/release", tag = "races", request_body = SeatChoice,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn release_seats(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(SeatChoice { seats }): Body<SeatChoice>,
) -> Answer {
    let seats = seats_of(&seats)?;
    app.house.act(guest, race, Act::ReleaseSeats(seats), tag, pass).await.map(Json)
}

/// Say at which price held seats will be bought
///
/// Until then they are at the regular price. The hold's total follows.
#[utoipa::path(post, path = "/api/races/{id}/price", tag = "races", request_body = PriceChoice,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn choose_price(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(PriceChoice { seats, discount }): Body<PriceChoice>,
) -> Answer {
    let act = Act::ChoosePrice { seats: seats_of(&seats)?, discount: Discount(discount) };
    app.house.act(guest, race, act, tag, pass).await.map(Json)
}

fn seats_of(list: &[u32]) -> Result<Seats, Refusal> {
    let seats: Vec<Seat> = list.iter().copied().map(Seat).collect();
    Seats::new(&seats)
}
