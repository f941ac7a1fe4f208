//! The messages between server and client, for both ends and without sockets.
//!
//! Requests, answers and live messages are plain serde types. Seats travel as binary frames
//! ([`frame`]), and [`Replica`] is the client's part of them.
//!
//! This crate uses no other crate of the project, so that a change inside the server cannot change
//! what clients rely on. It has no clock, no socket and no executor. No bytes make a decoder panic.
//! Rule numbers (*F1*, *F2* …) refer to `docs/RULES.md`.

mod captcha;
mod catalogue;
mod command;
mod exercise;
pub mod frame;
mod live;
mod me;
mod plan;
mod problem;
mod progress;
mod race;
mod replica;
mod report;
mod result;
mod room;
mod show;
mod step;
mod style;
mod ticket;
mod title;
mod watch;
mod what_if;

/// The version of all messages. A page sends it in the header `Wire-Version` of every request that
/// changes something, and the server refuses a page of another version (rule A23). Raise it with
/// every change that an earlier page would not understand.
pub const WIRE_VERSION: u32 = 7;

pub use captcha::CaptchaState;
pub use catalogue::{Catalogue, DemandCard, PlanCard, RaceCard, RaceCards, ScenarioCard, StepTook};
pub use command::{
    CaptchaAnswer, Clock, Commanded, Forward, ForwardTo, Mark, Marks, MarksKept, NewRace, Outcome,
    Payment, PriceChoice, SeatChoice, SectionChoice,
};
pub use exercise::{Exercise, NewExercise};
pub use frame::{Change, Frame, FrameError, SEAT_COUNT_MAX, SeatState};
pub use live::{FromClient, FromServer};
pub use me::{Me, MyAccount, MyData, MyLogin, MyProvider, MyRoom, MyRooms, MySession};
pub use plan::{
    Gaps, PlanGrade, PlanKinds, PlanRow, PlanSection, PlanStage, PlanView, RowGrades, RowNumbers,
};
pub use problem::{Problem, ProblemCode};
pub use progress::{
    ExerciseProgress, ExerciseRun, HallProgress, HallRun, PressParts, Progress, StepProgress,
    StepRun,
};
pub use race::{
    Booking, Counts, Ending, GoneCause, Hold, Race, RaceState, RaceView, Shift, ShiftCause, Stage,
    Viewed, You,
};
pub use replica::{Folded, Replica};
pub use report::{
    Bar, Basis, CaptchaTally, ClockFit, Conflict, CurvePoint, Fault, HallThen, HeldBy, Report,
    ReportRace, RivalTimes, SeatFate, SeatWorth, Step, TakenSeat, Verdict, VerdictKind,
    WHAT_IFS_MAX,
};
pub use result::{Cost, ResultRow, Results};
pub use room::{
    COUNTDOWN_S_MAX, COUNTDOWN_S_MIN, Door, FromRoom, HandoverClaim, HandoverCode, HandoverOffer,
    HandoverTo, NewRoom, OpenRace, OpenRaces, ReportShare, Room, RoomDoor, RoomKind, RoomMember,
    RoomName, RoomReady, RoomSettings, RoomStage, RoomStart, RunStand,
};
pub use show::{
    Calendar, CalendarEntry, CancelTerms, CancelledSeats, Concert, ConcertCard, ConcertGrade,
    ConcertList, ConcertOrder, ConcertPage, ConcertPerformer, ConcertPlan, Kept, KeptConcert,
    ListedOpening, NewConcert, NewPerformance, NewPerformer, NewVenue, Opening, OpeningStage,
    PaidWith, Performance, PointsCause, PointsEntry, PointsPage, SeatsLeft, SectionSeats,
    ShowBooking, ShowBookingPage, ShowSeat,
};
pub use step::StepKey;
pub use style::{
    AfterWrong, CancelFee, CancelStyle, CaptchaStep, CaptchaStyle, Discount, HoldAt, MapRefresh,
    MapStyle, PayStep, QueueStyle, RefreshCost, ScreenStyle, SeatsStyle, Style,
};
pub use ticket::{DoorTicket, Ticket, TicketState, TicketedBooking};
pub use title::Title;
pub use watch::{ToWatcher, WatchPerson, WatchState, WatchStep};
pub use what_if::{Gain, OwnTime, Pace, RunOutcome, StepChange, WhatIf, WhatIfChance, WhatIfTold};
