//! Problems: everything that can be answered instead of what was asked for.
//!
//! [`ApiError`] is turned into words as the answer leaves, in the language of whoever asked: see
//! `http::speak`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{Problem, RaceState};
use sale::Refusal;
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::words::{Entry, of_error};

/// Why a request was turned down.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ApiError {
    /// The sale's own reason.
    Refused(Refusal),
    /// Somebody else has the seat.
    SeatTaken {
        seat: u32,
        late_ms: f64,
        state: Box<RaceState>,
    },
    /// The sum on the screen is not the sum of the hold.
    TotalDiffers {
        total_won: u64,
    },
    /// The run is over.
    RunOver,
    /// The run is not over.
    RunNotOver,
    /// The race has as many members as it may have.
    RaceFull,
    PassInvalid,
    ForeignOrigin,
    KeyMissing,
    KeyInvalid,
    KeyReused,
    JsonMalformed {
        reason: String,
    },
    JsonInvalid {
        reason: String,
    },
    MediaType,
    BodyTooLarge,
    UnknownName {
        reason: String,
        hint: Option<String>,
    },
    Unplayable {
        reason: String,
    },
    ChoiceIncomplete,
    TooManyRivals,
    SeedTooLarge,
    NoSuchRace,
    NoSuchPlan,
    NoSuchCaptcha,
    NotAdmitted,
    TooManyMarks,
    MarkInvalid,
    TooManyViewers,
    TooManyCommands,
    TooManyRequests {
        retry_after_ms: u64,
    },
    ServerFull,
    Overloaded,
    Stopping,
    JournalFailed,
    RaceDamaged,
    TimedOut,
    NotFound,
    MethodNotAllowed,
    NotWebSocket,
    Internal,
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl ApiError {
    /// Status, code and words. One table: a variant without an entry does not compile.
    pub(crate) fn entry(&self) -> Entry {
        of_error(self)
    }

    /// The problem in somebody's language.
    pub(crate) fn problem(&self, language: Language) -> Problem {
        let Entry { status, code, ko, en } = self.entry();
        let words = match language {
            Language::Korean => ko,
            Language::English => en,
        };
        let mut problem = Problem {
            kind: format!("/problems/{code}"),
            title: words.title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: words.detail.to_owned(),
            hint: words.hint.to_owned(),
            retry_after_ms: None,
            more: Map::new(),
        };
        self.fill(&mut problem);
        problem
    }

    /// What belongs to one code only.
    fn fill(&self, problem: &mut Problem) {
        let mut more = |key: &str, value: Value| problem.more.insert(key.to_owned(), value);
        if let Self::SeatTaken { seat, late_ms, state } = self {
            more("seat", json!(seat));
            more("late_ms", json!(late_ms));
            more("state", json!(state));
        }
        if let Self::TotalDiffers { total_won } = self {
            more("total_won", json!(total_won));
        }
        if let Self::JsonMalformed { reason }
        | Self::JsonInvalid { reason }
        | Self::Unplayable { reason }
        | Self::UnknownName { reason, .. } = self
        {
            more("reason", json!(reason));
        }
        if let Self::UnknownName { hint: Some(known), .. } = self {
            more("known", json!(known));
        }
        if let Self::TooManyRequests { retry_after_ms } = self {
            problem.retry_after_ms = Some(*retry_after_ms);
        }
    }

    /// Seconds for the `Retry-After` header.
    pub(crate) fn retry_after_s(&self) -> Option<u64> {
        if let Self::TooManyRequests { retry_after_ms } = self {
            return Some(retry_after_ms.div_ceil(1000).max(1));
        }
        let is_brief = matches!(self, Self::Overloaded | Self::TimedOut);
        let is_long = matches!(self, Self::ServerFull | Self::Stopping | Self::JournalFailed);
        if is_brief { Some(1) } else { is_long.then_some(5) }
    }
}

/// The words are added where the language is known.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status: StatusCode = self.entry().status;
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
