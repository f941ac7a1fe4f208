//! The report of a run.

use std::error::Error;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use journal::limits::RESULT_BYTES_MAX;
use journal::{Entry, JournalError, Log, Records, Seq, SqliteStore, Store as _};
use practice::what_if::UsualTimes;
use practice::{Header, Note, PersonId};
use protocol::{Problem, Report};

use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::ids::{GuestId, RaceId};
use crate::problem::ApiError;
use crate::report::{KeptReport, report};
use crate::shard::{Look, MemberAsk};
use crate::what_if::Rerun;
use crate::workshop::{Wanted, Work};

/// The report of a run
///
/// Made from the race's events, once the person's run is over, and then kept as long as the race. In a shared race it begins
/// when the race is over for everybody; then there are also the reports of those who share theirs.
#[utoipa::path(get, path = "/api/races/{id}/report", tag = "races",
    params(("id" = String, Path, description = "A race of this guest, or for the report of another member one of a room whose link the guest has"),
        ("member" = Option<u32>, Query, description = "The number of another member who shares the report")),
    responses((status = 200, body = Report), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 410, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn read_report(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let whose = whose(&app, client, race, query.as_deref()).await?;
    let json = match kept(&app.gateway, race, whose).await? {
        Some(Kept { report, is_current: true }) => report.json.into(),
        kept => match (make(&app, client, race, whose).await, kept) {
            // The race went on a little, such as by marks of the client, and cannot be replayed. So the
            // report of before is the best there is.
            (Err(ApiError::RaceDamaged | ApiError::ReportOutdated), Some(kept)) => {
                kept.report.json.into()
            }
            (made, _) => made?,
        },
    };
    Ok(([(CONTENT_TYPE, "application/json")], json))
}

/// Whose report a guest asks for: the own one, or that of a member who shares it (rule A60).
async fn whose(
    app: &App,
    client: Client,
    race: RaceId,
    query: Option<&str>,
) -> Result<GuestId, ApiError> {
    let mut pairs = query.into_iter().flat_map(|query| query.split('&'));
    let member = pairs.find_map(|pair| pair.strip_prefix("member="));
    let Some(member) = member else {
        app.gateway.check_entry(race, client).await?;
        return Ok(client.guest);
    };
    let member = member.parse().map_err(|_| ApiError::ReportNotShared)?;
    let ask = app.gateway.look(client, race, |reply| Look::Member { member, reply });
    let PersonId(person) = ask.await?;
    let guest = GuestId(person);
    let may_read = guest == client.guest || app.gateway.context.index.shares_report(race, guest);
    if may_read { Ok(guest) } else { Err(ApiError::ReportNotShared) }
}

/// A report that the journal keeps.
struct Kept {
    report: KeptReport,
    /// Whether nothing came into the log since that a report tells.
    is_current: bool,
}

/// The kept report of a guest's run, if this version can send it.
async fn kept(gateway: &Gateway, race: RaceId, guest: GuestId) -> Result<Option<Kept>, ApiError> {
    let found = gateway.call(move |store| -> Result<Option<Kept>, JournalError> {
        let result = store.result(race.sale(), guest.person().0)?;
        let Some(report) = result.as_ref().and_then(KeptReport::read) else { return Ok(None) };
        let is_current = tells_all(store, race, report.through)?;
        Ok(Some(Kept { report, is_current }))
    });
    match found.await? {
        Ok(kept) => Ok(kept),
        Err(error) if error.is_fatal() => Err(problem(gateway, race, error)),
        Err(error) => {
            tracing::error!(race.id = %race, %error, "a kept report is damaged and is made anew");
            Ok(None)
        }
    }
}

/// Whether what was made from the log up to this batch tells all that the log has (rule A112).
pub(super) fn tells_all(
    store: &mut SqliteStore,
    race: RaceId,
    seq: Seq,
) -> Result<bool, JournalError> {
    let mut tells_all = true;
    store.read_batches(race.sale(), seq, &mut |batch| {
        tells_all = is_silent(batch.records);
        Ok(if tells_all { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(tells_all)
}

/// Whether a batch has nothing of which a report tells. Damage shows once the report is made anew.
fn is_silent(batch: &[u8]) -> bool {
    let Ok(mut records) = Records::of(batch) else { return false };
    std::iter::from_fn(|| records.next_entry()).all(|entry| match entry {
        Ok((_, Entry::Note(note))) => match Note::decode(note.kind.0, note.bytes) {
            Ok(Note::TurnedDown { .. } | Note::Told | Note::Shown { .. }) => true,
            Ok(
                Note::Joined { .. }
                | Note::Marked { .. }
                | Note::Shifted { .. }
                | Note::GoalReached { .. }
                | Note::Booked { .. }
                | Note::Cancelled { .. },
            )
            | Err(_) => false,
        },
        Ok((_, Entry::Record(_))) | Err(_) => false,
    })
}

/// Has the workshop make the report. Whoever asks for it twice waits for the same job.
async fn make(app: &App, client: Client, race: RaceId, guest: GuestId) -> Result<Bytes, ApiError> {
    let gateway = &app.gateway;
    check_versions(gateway, race).await?;
    // The shard answers only when everything up to here is on disk, so the log holds the whole run. Another member's
    // report was asked for in the same way.
    if guest == client.guest {
        gateway.ask(client, race, |reply| MemberAsk::IsOver { reply }).await?;
    }
    let usual = gateway.usual_times(guest, race).await;
    let start = || {
        let (gateway, reruns) = (Arc::clone(gateway), Arc::clone(&app.reruns));
        let replay = move |wanted: &Wanted| {
            let (json, rerun) = replay(&gateway, race, guest, usual, wanted)?;
            reruns.keep((race, guest), rerun);
            Ok(json)
        };
        app.gateway.context.workshop.submit(Work::Report, client.into(), replay)
    };
    app.reports.join((race, guest), start).await
}

/// Refuses a race that this version cannot replay, before anything loads it.
pub(super) async fn check_versions(gateway: &Gateway, race: RaceId) -> Result<(), ApiError> {
    let header = gateway.call(move |store| Log::header_of(store, race.sale())).await?;
    let header = header.map_err(|error| problem(gateway, race, error))?;
    let header = Header::decode(&header).map_err(|error| {
        tracing::error!(race.id = %race, %error, "a header is not understood");
        ApiError::RaceDamaged
    })?;
    header.versions.check().map_err(|_| ApiError::ReportOutdated)
}

/// Replays the race, on a thread of the workshop, and keeps the report. Returns it with the run for what-ifs: whoever reads
/// a report asks for them next.
fn replay(
    gateway: &Gateway,
    race: RaceId,
    guest: GuestId,
    usual: UsualTimes,
    wanted: &Wanted,
) -> Result<(Bytes, Rerun), ApiError> {
    let log = gateway.read_log_and_wait(race)?;
    let made = report(race, guest.person(), &log, usual, || wanted.is_wanted());
    let made = made.map_err(|error| not_replayed(race, &*error))?;
    // Without one, nobody is there to hear why.
    let (report, rerun) = made.ok_or(ApiError::Stopping)?;
    let json = serde_json::to_vec(&report).expect("a report becomes JSON");
    keep(gateway, race, guest, &KeptReport { through: log.last(), json: json.clone() });
    Ok((json.into(), rerun))
}

/// Keeps a report, so that it need not be made again. Without it the report is made again the next time.
fn keep(gateway: &Gateway, race: RaceId, guest: GuestId, report: &KeptReport) {
    let result = report.to_result();
    if result.bytes.len() > RESULT_BYTES_MAX {
        return tracing::warn!(race.id = %race, "a report is too long to be kept");
    }
    let kept = gateway
        .call_and_wait(move |store| store.keep_result(race.sale(), guest.person().0, &result));
    match kept {
        // The race was removed, or the server stops.
        Ok(Ok(()) | Err(JournalError::UnknownSale { .. })) | Err(_) => {}
        Ok(Err(error)) => {
            let _told = problem(gateway, race, error);
        }
    }
}

/// What it means for the one who waits that a race cannot be replayed.
pub(super) fn not_replayed(race: RaceId, error: &(dyn Error + 'static)) -> ApiError {
    tracing::error!(race.id = %race, error, "a race cannot be replayed");
    ApiError::RaceDamaged
}

/// What an error of the journal means for the one who asked for a report.
pub(super) fn problem(gateway: &Gateway, race: RaceId, error: JournalError) -> ApiError {
    gateway.context.judge(race, &Arc::new(error))
}
