//! What would have come of a run if some of its steps had taken another time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use journal::{Log, Start};
use practice::limits::CHANCE_RUNS_MAX;
use practice::what_if::{Change, Lever, UsualTimes};
use protocol::{Pace, Problem, WhatIfTold};
use sale::Span;

use super::report::{check_versions, problem};
use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::ids::{GuestId, RaceId};
use crate::limits::{WHAT_IF_MS_MAX, WHAT_IF_STEP_MS};
use crate::problem::ApiError;
use crate::shard::MemberAsk;
use crate::what_if::{Question, what_if};
use crate::workshop::{Wanted, Work};

/// A question about a guest's run, as the answers are kept: the times in steps of [`WHAT_IF_STEP_MS`], in the order of
/// [`Lever::ALL`], and the number of crowds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    race: RaceId,
    guest: GuestId,
    times: [Option<u16>; 5],
    crowds: u8,
}

/// The parameters, in the order of [`Lever::ALL`].
const TIMES: [&str; 5] = ["press_ms", "captcha_ms", "first_seat_ms", "held_ms", "pay_ms"];

/// The what-if that each guest asked for last. An earlier one ends when its guest asks for another.
#[derive(Debug, Default)]
pub(crate) struct Newest(Mutex<HashMap<GuestId, Weak<AtomicBool>>>);

/// What if
///
/// What would have come of the own run if these steps had taken other times: the race is run again by a script that else
/// keeps the person's own times. Name at least one. Times are rounded to 50 ms; `press_ms` counts from the opening. With
/// `crowds`, it also tells in how many of so many races with other crowds the same would have got a seat. Possible as soon
/// as the report is. A guest's next question ends the one before.
#[utoipa::path(get, path = "/api/races/{id}/what-if", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("press_ms" = Option<f64>, Query, description = "From the opening to the press"),
        ("captcha_ms" = Option<f64>, Query, description = "From admission until the captcha is passed"),
        ("first_seat_ms" = Option<f64>, Query, description = "From the map to the first click for a seat, while any seat is free"),
        ("held_ms" = Option<f64>, Query, description = "From each conflict to the next click"),
        ("pay_ms" = Option<f64>, Query, description = "From the first held seat to the payment"),
        ("crowds" = Option<u32>, Query, description = "How many races with other crowds the chance is taken from")),
    responses((status = 200, body = WhatIfTold), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 410, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn read_what_if(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let asked = Asked::read(race, client.guest, query.as_deref().unwrap_or_default())?;
    app.gateway.check_entry(race, client).await?;
    check_versions(&app.gateway, race).await?;
    app.gateway.ask(client, race, |reply| MemberAsk::IsOver { reply }).await?;
    let json = match app.what_ifs.get(&asked) {
        Some(json) => Bytes::clone(&json),
        None => make(&app, client, asked).await?,
    };
    Ok(([(CONTENT_TYPE, "application/json")], json))
}

impl Asked {
    /// Reads the question from the query of an address.
    fn read(race: RaceId, guest: GuestId, query: &str) -> Result<Self, ApiError> {
        let invalid = |reason: String| ApiError::QueryInvalid { reason };
        let (mut times, mut crowds) = ([None; 5], None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if name == "crowds" && crowds.is_none() {
                let count =
                    value.parse().ok().filter(|count| (1..=CHANCE_RUNS_MAX).contains(count));
                let count = count.and_then(|count: usize| u8::try_from(count).ok());
                crowds = Some(count.ok_or_else(|| {
                    invalid(format!("`crowds` is a number from 1 to {CHANCE_RUNS_MAX}"))
                })?);
                continue;
            }
            let at = TIMES.iter().position(|time| *time == name);
            let slot = at.map(|at| &mut times[at]).filter(|slot| slot.is_none());
            let slot =
                slot.ok_or_else(|| invalid("a parameter is unknown or given twice".into()))?;
            *slot = Some(steps(value).ok_or_else(|| {
                invalid(format!("a time is a number of milliseconds from 0 to {WHAT_IF_MS_MAX}"))
            })?);
        }
        if times.iter().all(Option::is_none) {
            return Err(invalid("no step is named".to_owned()));
        }
        Ok(Self { race, guest, times, crowds: crowds.unwrap_or(0) })
    }

    fn question(&self) -> Question {
        let change = |(lever, steps): (Lever, Option<u16>)| {
            let to = Span::from_millis(u64::from(steps?) * u64::from(WHAT_IF_STEP_MS));
            Some(Change { lever, to, pace: Pace::Chosen })
        };
        let changes = Lever::ALL.into_iter().zip(self.times).filter_map(change);
        Question { changes: changes.collect(), crowds: self.crowds.into() }
    }
}

/// A time in steps of [`WHAT_IF_STEP_MS`], rounded.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 12,000")]
fn steps(value: &str) -> Option<u16> {
    let millis: f64 = value.parse().ok()?;
    let is_in_range = (0.0..=f64::from(WHAT_IF_MS_MAX)).contains(&millis);
    is_in_range.then(|| (millis / f64::from(WHAT_IF_STEP_MS)).round() as u16)
}

/// Has the workshop make the answer. Whoever asks for the same meanwhile waits for the same job.
async fn make(app: &App, client: Client, asked: Asked) -> Result<Bytes, ApiError> {
    let usual = app.gateway.usual_times(client.guest, asked.race).await;
    let start = || {
        let (gateway, kept) = (Arc::clone(&app.gateway), Arc::clone(&app.what_ifs));
        let superseded = app.newest_what_ifs.begin(client.guest);
        let answer = move |wanted: &Wanted| {
            let go_on = || wanted.is_wanted() && !superseded.load(Ordering::Relaxed);
            let answered = answer(&gateway, &asked, usual, go_on)?;
            // Whoever still waits is told that another question came first.
            let json = answered.ok_or(ApiError::TooMuchWork)?;
            kept.keep(asked, Arc::new(json.clone()), json.len() + size_of::<Asked>());
            Ok(json)
        };
        app.gateway.context.workshop.submit(Work::Report, client.into(), answer)
    };
    app.what_ifs_under_way.join(asked, start).await
}

/// Replays the race on a thread of the workshop; `None` once `go_on` returns false.
fn answer(
    gateway: &Gateway,
    asked: &Asked,
    usual: UsualTimes,
    go_on: impl FnMut() -> bool,
) -> Result<Option<Bytes>, ApiError> {
    let race = asked.race;
    let log =
        gateway.call_and_wait(move |store| Log::read(store, race.sale(), Start::Beginning))?;
    let log = log.map_err(|error| problem(gateway, race, error))?;
    let told = what_if(race, asked.guest.person(), &log, &asked.question(), usual, go_on);
    let told = told.map_err(|error| {
        tracing::error!(race.id = %race, error = &*error, "a race cannot be replayed");
        ApiError::RaceDamaged
    })?;
    let json = |told: &WhatIfTold| serde_json::to_vec(told).expect("an answer becomes JSON");
    Ok(told.as_ref().map(json).map(Bytes::from))
}

impl Newest {
    /// Notes that a guest asks for another what-if, and tells the one before to end. The value turns true when this one
    /// is to end.
    fn begin(&self, guest: GuestId) -> Arc<AtomicBool> {
        let superseded = Arc::new(AtomicBool::new(false));
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // There are at most as many as jobs wait or run, so looking at all of them is cheap.
        newest.retain(|_, one| one.strong_count() > 0);
        let before = newest.insert(guest, Arc::downgrade(&superseded));
        if let Some(before) = before.and_then(|before| before.upgrade()) {
            before.store(true, Ordering::Relaxed);
        }
        superseded
    }
}

#[cfg(test)]
mod tests;
