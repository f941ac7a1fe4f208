//! Problems: the answers to requests that the server refuses, in the form of RFC 9457.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strum::{Display, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Why the server refused a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of the problem, in the caller's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The code that tells a client which problem this is. It never changes.
    pub code: ProblemCode,
    /// What happened, in the caller's language.
    pub detail: String,
    /// What to do about it, in the caller's language.
    pub hint: String,
    /// After how many milliseconds the request may succeed, where the server knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// Members that only this code has, such as `seat`, `late_ms` and `view_age_ms` of
    /// `seat-taken`.
    #[serde(flatten)]
    #[schema(additional_properties = true, value_type = Object)]
    pub more: Map<String, Value>,
}

/// The kind of a problem, written in kebab-case. A code keeps its meaning for ever.
///
/// The order is that of the table in `docs/API.md`: by status.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ProblemCode {
    /// A command came without an `Idempotency-Key` header.
    IdempotencyKeyMissing,
    /// The idempotency key is empty, too long or not visible ASCII.
    IdempotencyKeyInvalid,
    /// The body is not JSON.
    JsonMalformed,
    /// A page of another site sent the request.
    ForeignOrigin,
    /// The pass is missing, belongs to another visitor or has ended.
    PassInvalid,
    /// The room lets nobody in, or its host removed the guest.
    RoomClosed,
    /// Only the room's host may do this.
    NotHost,
    /// Only members of the room may do this.
    NotInRoom,
    /// The visitor is not inside the sale.
    NotInside,
    /// The seat map is not shown before admission, nor before a captcha that comes first.
    NotAdmitted,
    /// The guest's run of the race goes on, and the hall is shown only to those who have no run that does.
    StillRacing,
    /// The member does not share the report.
    ReportNotShared,
    /// The guest has no race with this id.
    NoSuchRace,
    /// There is no room with this code.
    NoSuchRoom,
    /// No such code for another browser was given, or it was used or has ended.
    HandoverInvalid,
    /// The library has no plan of this name.
    NoSuchPlan,
    /// The race does not ask for this captcha at the moment.
    NoSuchCaptcha,
    /// The visitor has no booking with this number.
    NoSuchBooking,
    /// The server made no ticket with this code.
    NoSuchTicket,
    /// There is no concert with this number.
    NoSuchConcert,
    /// There is no performance with this number.
    NoSuchPerformance,
    /// The library has no scenario, plan, demand or style of this name.
    UnknownScenario,
    /// Nothing is served at this address.
    NotFound,
    /// The address does not take this HTTP method.
    MethodNotAllowed,
    /// The sale has not opened.
    NotOpen,
    /// A press before the opening locked the button for a moment.
    ButtonLocked,
    /// The sale is paused.
    SalePaused,
    /// The sale is closed.
    SaleClosed,
    /// The sale is open already.
    AlreadyOpen,
    /// The visitor is not in the queue.
    NotInQueue,
    /// The visitor has booked all the seats that one person may book.
    LimitReached,
    /// The captcha must be answered first.
    CaptchaDue,
    /// The answer is for an earlier image, or came too late.
    CaptchaOld,
    /// No captcha is asked for, or it was passed.
    CaptchaNotAsked,
    /// The captcha cannot be put off, or was put off once.
    CaptchaCannotWait,
    /// Another visitor has the seat.
    SeatTaken,
    /// A named seat is not in the visitor's hold.
    NotHeld,
    /// The visitor has no hold, or it has ended.
    NoHold,
    /// The visitor has a hold and must release it first.
    HoldExists,
    /// The sum that the client expects to pay is not the total of the hold.
    TotalDiffers,
    /// The person's run of this race is over.
    RunOver,
    /// The report exists only after the person's run is over.
    RunNotOver,
    /// The race has as many members as a race may have.
    RaceFull,
    /// The room has as many members as it may have.
    RoomFull,
    /// The room's race has started.
    RoomStarted,
    /// Race time does not jump ahead where others are in the race, or once the sale is open.
    CannotForward,
    /// Another request already looks for the moment to which race time is to jump.
    SearchUnderWay,
    /// Later questions of the same guest took the place of this one. Asked again, it is answered.
    Superseded,
    /// The race is not over for everybody.
    NotOver,
    /// The opening lets nobody in yet.
    OpeningNotYet,
    /// The opening is closed.
    OpeningClosed,
    /// Only people who have logged in may do this.
    LoginNeeded,
    /// The booking was cancelled before.
    BookingCancelled,
    /// The member is paying, and the seats cannot change before the payment ends.
    PaymentUnderWay,
    /// The payment is over, or was never the member's.
    NoPayment,
    /// The balance of points does not cover the payment.
    PointsShort,
    /// Somebody came in with the ticket before.
    TicketUsed,
    /// The ticket lets nobody in: its booking was cancelled, or it is practice.
    TicketNotValid,
    /// The person likes as many concerts as one person may.
    TooManyLikes,
    /// Something of this name is in the catalogue already.
    NameTaken,
    /// A sale of the concert has begun, so the concert cannot be changed or removed.
    ConcertOnSale,
    /// The page was made for another version of the wire and must be loaded again.
    ClientOutdated,
    /// The race ran under rules of another version of the program, and no report of it was kept.
    ReportOutdated,
    /// The body is longer than a request may be.
    BodyTooLarge,
    /// The body is not `application/json`.
    MediaType,
    /// The content has no byte of the part that was asked for.
    RangeOutside,
    /// The query of the address has an unknown or repeated parameter, or a value that is not allowed.
    QueryInvalid,
    /// The cursor was not given for this list.
    CursorInvalid,
    /// The body is JSON, but does not have the form that the request needs.
    JsonInvalid,
    /// The choice of a race lacks a scenario, or one of plan, demand and style.
    ChoiceIncomplete,
    /// The race would have more rivals than the server allows.
    TooManyRivals,
    /// The seed is larger than every JSON reader can hold exactly.
    SeedTooLarge,
    /// The choice does not make a race.
    Unplayable,
    /// The concert, venue or performer cannot be kept as it is described.
    ConcertInvalid,
    /// The name is empty, too long, or has a character that cannot be seen.
    NameInvalid,
    /// The answer to a captcha is not one to eight letters from A to Z.
    CaptchaNotLatin,
    /// The plan has no such section.
    NoSuchSection,
    /// The plan has no such seat.
    NoSuchSeat,
    /// The style has no such discount.
    NoSuchPrice,
    /// The command names no seat.
    NoSeats,
    /// The command names a seat twice, or one that is in the hold already.
    SeatTwice,
    /// The command names more seats than one person may have.
    TooManySeats,
    /// The idempotency key belongs to another command.
    IdempotencyKeyReused,
    /// A mark has an unknown name or an impossible time.
    MarkInvalid,
    /// The race keeps no more marks.
    TooManyMarks,
    /// The address serves WebSocket connections only.
    WebsocketNeeded,
    /// The request names its host more than once.
    HostInvalid,
    /// The request is for a host that is not served here.
    Misdirected,
    /// The guest or the address sent too many requests in a short time.
    TooManyRequests,
    /// Work of the guest or of the network waits already, and has to be done first.
    TooMuchWork,
    /// The race accepts no more commands.
    TooManyCommands,
    /// The race has as many live connections as it may have.
    TooManyViewers,
    /// The visitor asked for too many other images during this visit.
    CaptchaTooMany,
    /// The server has a fault.
    Internal,
    /// The race cannot be read back from the journal.
    RaceDamaged,
    /// Too many requests are waiting.
    Overloaded,
    /// The database of the shows is away. Races go on.
    CatalogueAway,
    /// The server holds as many races as fit in memory.
    ServerFull,
    /// The sale takes no more visitors.
    SaleFull,
    /// The queue has no more places.
    QueueFull,
    /// The request took too long.
    TimedOut,
    /// The server is stopping.
    Stopping,
    /// The journal could not write the command; it may or may not count.
    JournalFailed,
    /// The server's disk is full; the command may or may not count.
    DiskFull,
}

impl ProblemCode {
    /// Every code, in the order of the enumeration.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The code as it travels, such as `seat-taken`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
