//! The header of a race in the journal: what it is made from again, and what a list tells of it.

use crowd::CROWD_VERSION;
use protocol::{RaceCard, Title};
use sale::RULES_VERSION;
use scenario::Recipe;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::clock::UnixTime;
use crate::course::Course;
use crate::ids::{GuestId, RaceId};

/// The version of the form below.
const VERSION: u32 = 1;

/// What stands at the head of every race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) guest: GuestId,
    pub(crate) seed: u64,
    pub(crate) started_at: UnixTime,
    pub(crate) ends_at: UnixTime,
    /// Versions of the rules and the crowd it was set up under.
    pub(crate) versions: (u16, u16),
    scenario: String,
    title: Title,
    plan: String,
    style: String,
    rivals: u32,
    seats: u32,
}

/// Why a header is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HeaderError {
    #[error("the header is not understood")]
    Json(#[from] serde_json::Error),
    #[error("the header has version {found}, version {VERSION} is known here")]
    Version { found: u32 },
    #[error("the header names no guest")]
    Guest,
    #[error(
        "the race was recorded under rules {}.{}, this program has {RULES_VERSION}.{CROWD_VERSION}",
        found.0, found.1
    )]
    Recorded { found: (u16, u16) },
    #[error("the scenario cannot be set up")]
    Scenario(#[from] scenario::ScenarioError),
}

#[derive(Serialize, Deserialize)]
struct Form<'a> {
    version: u32,
    rules_version: u16,
    crowd_version: u16,
    guest: String,
    seed: u64,
    started_at_ns: u64,
    ends_at_ns: u64,
    scenario: String,
    title: Title,
    plan: String,
    style: String,
    rivals: u32,
    seats: u32,
    /// Passed over by whoever only lists races.
    #[serde(borrow)]
    recipe: &'a RawValue,
}

impl Header {
    pub(crate) fn new(course: &Course, guest: GuestId, seed: u64, started_at: UnixTime) -> Self {
        let recipe = &course.recipe;
        Self {
            guest,
            seed,
            started_at,
            ends_at: UnixTime::from_nanos(started_at.as_nanos() + course.ends_at.as_nanos()),
            versions: (RULES_VERSION, CROWD_VERSION),
            scenario: recipe.name().to_owned(),
            title: course.title.clone(),
            plan: recipe.plan().to_owned(),
            style: recipe.style().to_owned(),
            rivals: recipe.rivals(),
            seats: course.seat_count(),
        }
    }

    pub(crate) fn encode(&self, recipe: &Recipe) -> Vec<u8> {
        let recipe = RawValue::from_string(recipe.to_json()).expect("a recipe is JSON");
        let form = Form {
            version: VERSION,
            rules_version: self.versions.0,
            crowd_version: self.versions.1,
            guest: self.guest.to_string(),
            seed: self.seed,
            started_at_ns: self.started_at.as_nanos(),
            ends_at_ns: self.ends_at.as_nanos(),
            scenario: self.scenario.clone(),
            title: self.title.clone(),
            plan: self.plan.clone(),
            style: self.style.clone(),
            rivals: self.rivals,
            seats: self.seats,
            recipe: &recipe,
        };
        serde_json::to_vec(&form).expect("text and numbers become JSON")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        Self::of(&form(bytes)?)
    }

    /// Header and recipe.
    pub(crate) fn decode_whole(bytes: &[u8]) -> Result<(Self, Recipe), HeaderError> {
        let form = form(bytes)?;
        Ok((Self::of(&form)?, Recipe::from_json(form.recipe.get())?))
    }

    fn of(form: &Form<'_>) -> Result<Self, HeaderError> {
        Ok(Self {
            guest: form.guest.parse().map_err(|_| HeaderError::Guest)?,
            seed: form.seed,
            started_at: UnixTime::from_nanos(form.started_at_ns),
            ends_at: UnixTime::from_nanos(form.ends_at_ns),
            versions: (form.rules_version, form.crowd_version),
            scenario: form.scenario.clone(),
            title: form.title.clone(),
            plan: form.plan.clone(),
            style: form.style.clone(),
            rivals: form.rivals,
            seats: form.seats,
        })
    }

    /// Whether a replay of this race means the same here as it did then.
    pub(crate) fn check_versions(&self) -> Result<(), HeaderError> {
        let found = self.versions;
        let is_ours = found == (RULES_VERSION, CROWD_VERSION);
        if is_ours { Ok(()) } else { Err(HeaderError::Recorded { found }) }
    }

    /// What a list tells of a race.
    pub(crate) fn card(&self, id: RaceId) -> RaceCard {
        RaceCard {
            id: id.to_string(),
            scenario: self.scenario.clone(),
            title: self.title.clone(),
            plan: self.plan.clone(),
            style: self.style.clone(),
            created_ms: self.started_at.as_millis_f64(),
            ending: None,
            place: None,
            rivals: self.rivals,
            seats: self.seats,
        }
    }
}

fn form(bytes: &[u8]) -> Result<Form<'_>, HeaderError> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let Version { version } = serde_json::from_slice(bytes)?;
    if version != VERSION {
        return Err(HeaderError::Version { found: version });
    }
    Ok(serde_json::from_slice(bytes)?)
}

#[cfg(test)]
mod tests;
