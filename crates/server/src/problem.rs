//! Problems: every reason for which the server turns a request down.
//!
//! Handlers return an [`ApiError`]. `http::speak` turns it into a body when the answer leaves, in the
//! language that the request asks for.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::{CatalogueError, Unfit};
use protocol::{Conflict, Problem, ProblemCode, RaceState};
use sale::Refusal;
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::words::wording;

/// After how many milliseconds a guest should ask again whose work waits. Chosen: most jobs take less.
const WORK_RETRY_MS: u64 = 1000;

/// Why a request was turned down.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ApiError {
    /// The sale's own reason.
    Refused(Refusal),
    /// Somebody else has the seat.
    SeatTaken {
        conflict: Conflict,
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
    /// The rules of the race are of another version, and no report was kept.
    ReportOutdated,
    /// The race has as many members as it may have.
    RaceFull,
    /// There is no room with this code.
    NoSuchRoom,
    /// The room lets nobody in, or its host removed the guest.
    RoomClosed,
    RoomFull,
    NotHost,
    NotInRoom,
    NameInvalid,
    /// The race of the room has started.
    RoomStarted,
    HandoverInvalid,
    /// Race time does not jump ahead where others are in the race, or once the sale is open.
    CannotForward,
    /// A search for the moment of a jump in this race is under way.
    SearchUnderWay,
    /// The guest asked other questions since.
    Superseded,
    /// The race is not over for everybody.
    NotOver,
    /// The guest's run of the race goes on.
    StillRacing,
    /// The member does not share the report.
    ReportNotShared,
    PassInvalid,
    ForeignOrigin,
    /// The page speaks another version of the wire.
    ClientOutdated,
    KeyMissing,
    KeyInvalid,
    KeyReused,
    JsonMalformed {
        reason: String,
    },
    JsonInvalid {
        reason: String,
    },
    QueryInvalid {
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
    NoSuchConcert,
    NoSuchPerformance,
    /// The opening lets people in from `from_ms` on, in Unix milliseconds.
    OpeningNotYet {
        from_ms: f64,
    },
    OpeningClosed,
    /// Only people who have logged in may do this.
    LoginNeeded,
    BookingCancelled,
    /// The balance of points does not cover the payment.
    PointsShort {
        balance_won: u64,
        total_won: u64,
    },
    NoSuchTicket,
    TicketUsed,
    TicketNotValid,
    TooManyLikes,
    /// Something of this name is in the catalogue already.
    NameTaken,
    /// A sale of the concert has begun.
    ConcertOnSale,
    CursorInvalid,
    ConcertInvalid {
        reason: String,
    },
    NotAdmitted,
    TooManyMarks,
    MarkInvalid,
    TooManyViewers,
    TooManyCommands,
    TooManyRequests {
        retry_after_ms: u64,
    },
    /// The guest or the network has its share of waiting jobs.
    TooMuchWork,
    ServerFull,
    Overloaded,
    /// The catalogue's database is away.
    CatalogueAway,
    Stopping,
    JournalFailed,
    DiskFull,
    RaceDamaged,
    TimedOut,
    NotFound,
    /// The request names no host, or several.
    HostInvalid,
    /// The request is for another host.
    Misdirected,
    MethodNotAllowed,
    /// The content has `size` bytes and no byte of the part that was asked for.
    RangeOutside {
        size: u64,
    },
    NotWebSocket,
    Internal,
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CatalogueError> for ApiError {
    fn from(error: CatalogueError) -> Self {
        let reason = || error.to_string();
        match &error {
            CatalogueError::Database(_) if error.is_taken() => Self::NameTaken,
            CatalogueError::Database(_)
            | CatalogueError::NewerTables { .. }
            | CatalogueError::OlderTables { .. }
            | CatalogueError::Locale => Self::CatalogueAway,
            CatalogueError::OnSale => Self::ConcertOnSale,
            CatalogueError::Cursor(_) => Self::CursorInvalid,
            CatalogueError::Unfit(Unfit::Search) => Self::QueryInvalid { reason: reason() },
            CatalogueError::Unfit(Unfit::Likes) => Self::TooManyLikes,
            // The key was sent by another account, or for another sum.
            CatalogueError::Unfit(Unfit::Payment) => Self::KeyReused,
            CatalogueError::Missing("concert") => Self::NoSuchConcert,
            CatalogueError::Missing("performance") => Self::NoSuchPerformance,
            CatalogueError::Zone(_) | CatalogueError::Unfit(_) | CatalogueError::Missing(_) => {
                Self::ConcertInvalid { reason: reason() }
            }
        }
    }
}

impl ApiError {
    /// The code that the answer carries.
    #[expect(clippy::too_many_lines, reason = "a line for each error")]
    pub(crate) fn code(&self) -> ProblemCode {
        match self {
            Self::Refused(refusal) => code_of(*refusal),
            Self::SeatTaken { .. } => ProblemCode::SeatTaken,
            Self::TotalDiffers { .. } => ProblemCode::TotalDiffers,
            Self::RunOver => ProblemCode::RunOver,
            Self::RunNotOver => ProblemCode::RunNotOver,
            Self::ReportOutdated => ProblemCode::ReportOutdated,
            Self::RaceFull => ProblemCode::RaceFull,
            Self::NoSuchRoom => ProblemCode::NoSuchRoom,
            Self::RoomClosed => ProblemCode::RoomClosed,
            Self::RoomFull => ProblemCode::RoomFull,
            Self::NotHost => ProblemCode::NotHost,
            Self::NotInRoom => ProblemCode::NotInRoom,
            Self::NameInvalid => ProblemCode::NameInvalid,
            Self::RoomStarted => ProblemCode::RoomStarted,
            Self::HandoverInvalid => ProblemCode::HandoverInvalid,
            Self::CannotForward => ProblemCode::CannotForward,
            Self::SearchUnderWay => ProblemCode::SearchUnderWay,
            Self::Superseded => ProblemCode::Superseded,
            Self::NotOver => ProblemCode::NotOver,
            Self::StillRacing => ProblemCode::StillRacing,
            Self::ReportNotShared => ProblemCode::ReportNotShared,
            Self::PassInvalid => ProblemCode::PassInvalid,
            Self::ForeignOrigin => ProblemCode::ForeignOrigin,
            Self::ClientOutdated => ProblemCode::ClientOutdated,
            Self::KeyMissing => ProblemCode::IdempotencyKeyMissing,
            Self::KeyInvalid => ProblemCode::IdempotencyKeyInvalid,
            Self::KeyReused => ProblemCode::IdempotencyKeyReused,
            Self::JsonMalformed { .. } => ProblemCode::JsonMalformed,
            Self::JsonInvalid { .. } => ProblemCode::JsonInvalid,
            Self::QueryInvalid { .. } => ProblemCode::QueryInvalid,
            Self::MediaType => ProblemCode::MediaType,
            Self::BodyTooLarge => ProblemCode::BodyTooLarge,
            Self::UnknownName { .. } => ProblemCode::UnknownScenario,
            Self::Unplayable { .. } => ProblemCode::Unplayable,
            Self::ChoiceIncomplete => ProblemCode::ChoiceIncomplete,
            Self::TooManyRivals => ProblemCode::TooManyRivals,
            Self::SeedTooLarge => ProblemCode::SeedTooLarge,
            Self::NoSuchRace => ProblemCode::NoSuchRace,
            Self::NoSuchPlan => ProblemCode::NoSuchPlan,
            Self::NoSuchCaptcha => ProblemCode::NoSuchCaptcha,
            Self::NoSuchConcert => ProblemCode::NoSuchConcert,
            Self::NoSuchPerformance => ProblemCode::NoSuchPerformance,
            Self::OpeningNotYet { .. } => ProblemCode::OpeningNotYet,
            Self::OpeningClosed => ProblemCode::OpeningClosed,
            Self::LoginNeeded => ProblemCode::LoginNeeded,
            Self::BookingCancelled => ProblemCode::BookingCancelled,
            Self::PointsShort { .. } => ProblemCode::PointsShort,
            Self::NoSuchTicket => ProblemCode::NoSuchTicket,
            Self::TicketUsed => ProblemCode::TicketUsed,
            Self::TicketNotValid => ProblemCode::TicketNotValid,
            Self::TooManyLikes => ProblemCode::TooManyLikes,
            Self::NameTaken => ProblemCode::NameTaken,
            Self::ConcertOnSale => ProblemCode::ConcertOnSale,
            Self::CursorInvalid => ProblemCode::CursorInvalid,
            Self::ConcertInvalid { .. } => ProblemCode::ConcertInvalid,
            Self::NotAdmitted => ProblemCode::NotAdmitted,
            Self::TooManyMarks => ProblemCode::TooManyMarks,
            Self::MarkInvalid => ProblemCode::MarkInvalid,
            Self::TooManyViewers => ProblemCode::TooManyViewers,
            Self::TooManyCommands => ProblemCode::TooManyCommands,
            Self::TooManyRequests { .. } => ProblemCode::TooManyRequests,
            Self::TooMuchWork => ProblemCode::TooMuchWork,
            Self::ServerFull => ProblemCode::ServerFull,
            Self::Overloaded => ProblemCode::Overloaded,
            Self::CatalogueAway => ProblemCode::CatalogueAway,
            Self::Stopping => ProblemCode::Stopping,
            Self::JournalFailed => ProblemCode::JournalFailed,
            Self::DiskFull => ProblemCode::DiskFull,
            Self::RaceDamaged => ProblemCode::RaceDamaged,
            Self::TimedOut => ProblemCode::TimedOut,
            Self::NotFound => ProblemCode::NotFound,
            Self::HostInvalid => ProblemCode::HostInvalid,
            Self::Misdirected => ProblemCode::Misdirected,
            Self::MethodNotAllowed => ProblemCode::MethodNotAllowed,
            Self::RangeOutside { .. } => ProblemCode::RangeOutside,
            Self::NotWebSocket => ProblemCode::WebsocketNeeded,
            Self::Internal => ProblemCode::Internal,
        }
    }

    /// Whether the same request may succeed a little later, although nobody does anything.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Overloaded
                | Self::CatalogueAway
                | Self::ServerFull
                | Self::TooMuchWork
                | Self::DiskFull
        )
    }

    /// The HTTP status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        wording(self.code()).status
    }

    /// The body of the answer, in a language.
    pub(crate) fn problem(&self, language: Language) -> Problem {
        let code = self.code();
        let row = wording(code);
        let words = match language {
            Language::Korean => row.ko,
            Language::English => row.en,
        };
        let mut problem = Problem {
            kind: format!("/problems/{code}"),
            title: words.title.to_owned(),
            status: row.status.as_u16(),
            code,
            detail: words.detail.to_owned(),
            hint: words.hint.to_owned(),
            retry_after_ms: None,
            more: Map::new(),
        };
        self.fill(&mut problem);
        problem
    }

    /// Adds the members that only some codes have.
    fn fill(&self, problem: &mut Problem) {
        let mut more = |key: &str, value: Value| problem.more.insert(key.to_owned(), value);
        if let Self::SeatTaken { conflict, state } = self {
            more("seat", json!(conflict.seat));
            more("late_ms", json!(conflict.late_ms));
            more("view_age_ms", json!(conflict.view_age_ms));
            more("state", json!(state));
        }
        if let Self::TotalDiffers { total_won } = self {
            more("total_won", json!(total_won));
        }
        if let Self::PointsShort { balance_won, total_won } = self {
            more("balance_won", json!(balance_won));
            more("total_won", json!(total_won));
        }
        if let Self::JsonMalformed { reason }
        | Self::JsonInvalid { reason }
        | Self::QueryInvalid { reason }
        | Self::Unplayable { reason }
        | Self::ConcertInvalid { reason }
        | Self::UnknownName { reason, .. } = self
        {
            more("reason", json!(reason));
        }
        if let Self::UnknownName { hint: Some(known), .. } = self {
            more("known", json!(known));
        }
        if let Self::OpeningNotYet { from_ms } = self {
            more("from_ms", json!(from_ms));
        }
        if let Self::TooManyRequests { retry_after_ms } = self {
            problem.retry_after_ms = Some(*retry_after_ms);
        }
        if let Self::TooMuchWork | Self::SearchUnderWay | Self::Superseded = self {
            problem.retry_after_ms = Some(WORK_RETRY_MS);
        }
    }

    /// The `Content-Range` header, which tells how long the content is.
    pub(crate) fn content_range(&self) -> Option<String> {
        let Self::RangeOutside { size } = self else { return None };
        Some(format!("bytes */{size}"))
    }

    /// Seconds for the `Retry-After` header.
    pub(crate) fn retry_after_s(&self) -> Option<u64> {
        if let Self::TooManyRequests { retry_after_ms } = self {
            return Some(retry_after_ms.div_ceil(1000).max(1));
        }
        let is_brief = matches!(
            self,
            Self::Overloaded
                | Self::TooMuchWork
                | Self::TimedOut
                | Self::SearchUnderWay
                | Self::Superseded
        );
        let is_long = matches!(
            self,
            Self::ServerFull
                | Self::CatalogueAway
                | Self::Stopping
                | Self::JournalFailed
                | Self::DiskFull
        );
        if is_brief { Some(1) } else { is_long.then_some(5) }
    }
}

/// The code for a refusal of the sale.
fn code_of(refusal: Refusal) -> ProblemCode {
    match refusal {
        Refusal::NotOpen => ProblemCode::NotOpen,
        Refusal::Locked => ProblemCode::ButtonLocked,
        Refusal::Paused => ProblemCode::SalePaused,
        Refusal::Closed => ProblemCode::SaleClosed,
        Refusal::AlreadyOpen => ProblemCode::AlreadyOpen,
        Refusal::SaleFull => ProblemCode::SaleFull,
        Refusal::QueueFull => ProblemCode::QueueFull,
        Refusal::NotInQueue => ProblemCode::NotInQueue,
        Refusal::NotInside => ProblemCode::NotInside,
        Refusal::LimitReached => ProblemCode::LimitReached,
        Refusal::NoCaptcha => ProblemCode::CaptchaNotAsked,
        Refusal::CaptchaOld => ProblemCode::CaptchaOld,
        Refusal::CaptchaDue => ProblemCode::CaptchaDue,
        Refusal::CannotPutOff => ProblemCode::CaptchaCannotWait,
        Refusal::NotLatin => ProblemCode::CaptchaNotLatin,
        Refusal::TooManyChallenges => ProblemCode::CaptchaTooMany,
        Refusal::NoSuchSection => ProblemCode::NoSuchSection,
        Refusal::NoSuchSeat => ProblemCode::NoSuchSeat,
        Refusal::NoSeats => ProblemCode::NoSeats,
        Refusal::SeatTwice => ProblemCode::SeatTwice,
        Refusal::TooManySeats => ProblemCode::TooManySeats,
        Refusal::NotHeld => ProblemCode::NotHeld,
        Refusal::NoHold => ProblemCode::NoHold,
        Refusal::HoldExists => ProblemCode::HoldExists,
        Refusal::NoSuchBooking => ProblemCode::NoSuchBooking,
        Refusal::NoSuchPrice => ProblemCode::NoSuchPrice,
        Refusal::PaymentUnderWay => ProblemCode::PaymentUnderWay,
        Refusal::NoPayment => ProblemCode::NoPayment,
    }
}

/// A bare answer with its status: `http::speak` adds the body, since it knows the language.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests;
