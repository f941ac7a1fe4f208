//! What is said on the wire, both ends, without sockets.
//!
//! Requests, answers and live messages are plain serde types; seats travel as binary frames
//! ([`frame`]); [`Replica`] is the client's half of them.
//!
//! Nothing of ours is used here, so the public contract cannot move because a type inside did. No
//! clock, no socket, no executor; no bytes make a decoder panic. Rule numbers (*F1*, *F2* …) refer to
//! `docs/RULES.md`.

mod captcha;
mod catalogue;
mod command;
pub mod frame;
mod live;
mod plan;
mod problem;
mod race;
mod replica;
mod report;
mod style;
mod title;

/// The version of all that is said on the wire. A page names it in the header `Wire-Version` of every request
/// that changes something; a page of another version is refused in words (rule A23). It is raised with every
/// change that an earlier page would not understand.
pub const WIRE_VERSION: u32 = 2;

pub use captcha::CaptchaState;
pub use catalogue::{Catalogue, DemandCard, PlanCard, RaceCard, RaceCards, ScenarioCard};
pub use command::{
    CaptchaAnswer, Clock, Commanded, Mark, Marks, MarksKept, NewRace, Outcome, Payment,
    PriceChoice, SeatChoice, SectionChoice,
};
pub use frame::{Change, Frame, FrameError, SEAT_COUNT_MAX, SeatState};
pub use live::{FromClient, FromServer};
pub use plan::{
    Gaps, PlanGrade, PlanKinds, PlanRow, PlanSection, PlanStage, PlanView, RowGrades, RowNumbers,
};
pub use problem::{Problem, ProblemCode};
pub use race::{
    Booking, Counts, Ending, GoneCause, Hold, Race, RaceState, RaceView, Stage, Viewed, You,
};
pub use replica::{Folded, Replica};
pub use report::{
    Bar, Basis, CaptchaTally, ClockFit, Conflict, CurvePoint, Loss, LossKind, Report, ReportRace,
    RivalTimes, SeatWorth, Step, StepKey,
};
pub use style::{
    AfterWrong, CaptchaStep, CaptchaStyle, Discount, HoldAt, MapRefresh, MapStyle, PayStep,
    QueueStyle, RefreshCost, ScreenStyle, SeatsStyle, Style,
};
pub use title::Title;
