//! What can be asked of a race, and by whom the answer is waited for.

use std::sync::Arc;

use protocol::{Commanded, FromClient, Race};
use sale::{Command, Departure, Discount, Letters, Seats, Section, Visitor};
use tokio::sync::{mpsc, oneshot};

use crate::course::Course;
use crate::header::Header;
use crate::play::{Mark, Play};
use crate::problem::ApiError;

/// Where an answer goes. Whoever asked may have gone away; then nobody misses it.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, ApiError>>;

/// A live connection, by its number in the race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ViewerId(pub(crate) u64);

/// Something for a live connection to send.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outgoing {
    Text(String),
    Seats(Vec<u8>),
}

/// A question about one race.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Set it up.
    Create { setup: Box<Setup>, reply: Reply<Race> },
    /// How it stands.
    Show { reply: Reply<Race> },
    /// Do something.
    Act(Request),
    /// Every seat, for whoever refreshes by hand.
    Seats { reply: Reply<Vec<u8>> },
    /// The letters of a captcha, for drawing it.
    Letters { challenge: u16, reply: Reply<Letters> },
    /// Keep the client's marks.
    Mark { tag: u64, marks: Vec<Mark>, reply: Reply<usize> },
    /// Whether the person's run is over, and the marks that were kept.
    Run { reply: Reply<(bool, Vec<Mark>)> },
    /// Somebody looks on.
    Watch { tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId> },
    /// Somebody who looks on says something.
    Hear { viewer: ViewerId, said: FromClient },
    /// Somebody looks away.
    Unwatch { viewer: ViewerId },
    /// The guest has begun too many others.
    GiveUp,
    /// Remove it, unless somebody is at it; tells whether it was removed.
    Remove { reply: Reply<bool> },
}

/// What a race is set up from.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) course: Arc<Course>,
    pub(crate) header: Header,
    /// Made where nobody waits for it: a large crowd takes a while to gather.
    pub(crate) play: Play,
}

/// A command and what comes with it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) act: Act,
    /// What the request is known by.
    pub(crate) tag: u64,
    pub(crate) pass: Option<String>,
    pub(crate) reply: Reply<Commanded>,
}

/// What a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Enter,
    Leave,
    AnswerCaptcha { challenge: u16, letters: Letters },
    RenewCaptcha,
    PutOffCaptcha,
    ViewSection(Section),
    HoldSeats(Seats),
    ReleaseSeats(Seats),
    ChoosePrice { seats: Seats, discount: Discount },
    Pay { expected_won: u64 },
}

impl Act {
    pub(crate) fn command(self, visitor: Visitor) -> Command {
        match self {
            Self::Enter => Command::Enter { visitor },
            Self::Leave => Command::Leave { visitor, cause: Departure::Left },
            Self::AnswerCaptcha { challenge, letters } => {
                Command::AnswerCaptcha { visitor, challenge, letters }
            }
            Self::RenewCaptcha => Command::RenewCaptcha { visitor },
            Self::PutOffCaptcha => Command::PutOffCaptcha { visitor },
            Self::ViewSection(section) => Command::ViewSection { visitor, section },
            Self::HoldSeats(seats) => Command::HoldSeats { visitor, seats },
            Self::ReleaseSeats(seats) => Command::ReleaseSeats { visitor, seats },
            Self::ChoosePrice { seats, discount } => {
                Command::ChoosePrice { visitor, seats, discount }
            }
            Self::Pay { .. } => Command::Pay { visitor },
        }
    }

    /// Whether only somebody inside can mean it.
    pub(crate) fn needs_pass(self) -> bool {
        match self {
            Self::Enter | Self::Leave => false,
            Self::AnswerCaptcha { .. }
            | Self::RenewCaptcha
            | Self::PutOffCaptcha
            | Self::ViewSection(_)
            | Self::HoldSeats(_)
            | Self::ReleaseSeats(_)
            | Self::ChoosePrice { .. }
            | Self::Pay { .. } => true,
        }
    }

    /// For counting.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Leave => "leave",
            Self::AnswerCaptcha { .. } => "captcha",
            Self::RenewCaptcha => "captcha-renew",
            Self::PutOffCaptcha => "captcha-put-off",
            Self::ViewSection(_) => "view",
            Self::HoldSeats(_) => "hold",
            Self::ReleaseSeats(_) => "release",
            Self::ChoosePrice { .. } => "price",
            Self::Pay { .. } => "pay",
        }
    }
}
