//! The messages that a shard takes about a race, and the ways back for their answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use axum::body::Bytes;
use journal::Ledger;
use practice::{Act, Awaited, Header, Mark, MemberId, Origin, PersonId, Practice};
use protocol::{Commanded, FromClient, RaceView, ResultRow};
use sale::{Moment, PaymentId, Tag};
use tokio::sync::{mpsc, oneshot};

use super::board::Rows;
use crate::captcha::Prompt;
use crate::client::Network;
use crate::clock::UnixTime;
#[cfg(doc)]
use crate::limits::{ASKS_PER_RACE_MAX, ASKS_PER_SHARED_RACE_MAX};
use crate::problem::ApiError;
use crate::sheet::Sheet;

/// How a payment stands in its sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentStand {
    /// It can still be confirmed.
    UnderWay,
    /// It led to a booking.
    Booked,
    /// It is over without a booking, or never began.
    Over,
}

/// The way back for an answer. Sending fails if the asker was dropped, which does no harm.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, ApiError>>;

/// A live connection, by its number in the race.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ViewerId(pub(crate) u64);

impl ViewerId {
    /// A number that no connection had before in this process. So a message of an old connection reaches no other one,
    /// even if its race was loaded again.
    pub(super) fn next() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(COUNT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A message to send over a live connection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outgoing {
    Text(String),
    /// JSON that many are sent.
    Shared(Bytes),
    Seats(Vec<u8>),
}

/// A message about one race, with its place in the race's line.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) ask: Ask,
    /// From where it comes; `None` if the server itself asks.
    pub(crate) from: Option<Network>,
    /// Dropped when the race has handled the message; `None` if the message waits in no line.
    pub(crate) place: Option<Place>,
}

/// The line of messages to one race. It is as long as [`ASKS_PER_RACE_MAX`] at most, or as
/// [`ASKS_PER_SHARED_RACE_MAX`] for a shared race, so that those who ask one race without end keep nobody else waiting.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    taken: Arc<AtomicUsize>,
    most: usize,
}

/// A place in a line, which dropping gives up.
#[derive(Debug)]
pub(crate) struct Place(Line);

impl Line {
    /// An empty line that has so many places.
    pub(crate) fn with_places(most: usize) -> Self {
        Self { taken: Arc::default(), most }
    }

    /// A place at the end of the line; `None` if the line is full.
    pub(crate) fn join(&self) -> Option<Place> {
        let taken = self.taken.fetch_add(1, Ordering::Relaxed);
        // From here on, dropping the place corrects the count.
        let place = Place(self.clone());
        (taken < self.most).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A message about one race.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Set the race up, and then handle its first message.
    Create { setup: Box<Setup>, first: Box<Self> },
    /// A person asks. A person who is not a member yet becomes one.
    Member { person: PersonId, ask: MemberAsk },
    /// Somebody looks at the race and does not become a member by it.
    Look(Look),
    /// A viewer has sent a message.
    Hear { viewer: ViewerId, said: FromClient },
    /// A viewer has closed its connection.
    Unwatch { viewer: ViewerId },
    /// End the run of a person who has begun too many other races.
    GiveUp { person: PersonId },
    /// Remove the race, unless it is in use. The answer says whether it was removed.
    Remove { reply: Reply<bool> },
}

/// What has come of a race, as somebody may see it.
#[derive(Debug)]
pub(crate) struct Standings {
    /// Whether the race is over for everybody.
    pub(crate) is_over: bool,
    /// The rows that all are shown who do not race; `None` for those who do.
    pub(crate) board: Option<Arc<Rows>>,
    /// The own row as it is at this moment, without a name; `None` for those who are no members.
    pub(crate) own: Option<ResultRow>,
    /// Seed and secret, which stay inside of the server until the race is over for everybody.
    pub(crate) origin: Origin,
}

/// How the sale of a performance stands.
#[derive(Debug)]
pub(crate) struct SaleSeen {
    pub(crate) stage: sale::Stage,
    /// When the sale opens or opened, after all outages.
    pub(crate) opens_at: UnixTime,
    /// When it closes.
    pub(crate) ends_at: UnixTime,
    /// Seats that anybody may take.
    pub(crate) free: u32,
    /// The names of the sections.
    pub(crate) sections: Vec<String>,
    /// The names of the grades.
    pub(crate) grades: Vec<String>,
    /// The seats left, by section and grade, also where none is left.
    pub(crate) left: Vec<Left>,
}

/// The seats of one grade that are left in one section, each by its index in the plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    pub(crate) section: u16,
    pub(crate) grade: u8,
    pub(crate) seats: u32,
}

/// What is asked of a race by somebody who need not be a member.
#[derive(Debug)]
pub(crate) enum Look {
    /// Let the race go on until now, so that the index knows how its runs have ended, and close it if nobody can come any more.
    Reach { reply: Reply<()> },
    /// How the sale of a performance stands, for the catalogue.
    Sale { reply: Reply<SaleSeen> },
    /// How a payment stands, for the keeper of payments.
    Payment { payment: PaymentId, reply: Reply<PaymentStand> },
    /// Watch the hall, with everybody in it.
    Hall { person: PersonId, network: Network, tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId> },
    /// What has come of the race so far.
    Results { person: PersonId, reply: Reply<Standings> },
    /// Who this member is, whose report somebody asks for.
    Member { member: u32, reply: Reply<PersonId> },
}

/// What a member asks.
#[derive(Debug)]
pub(crate) enum MemberAsk {
    /// The race as the member sees it.
    Show { reply: Reply<RaceView> },
    /// A command.
    Act(Request),
    /// The state of every seat, for a map that is refreshed by hand.
    Seats { reply: Reply<Vec<u8>> },
    /// What a captcha is made from, so that it can be drawn or spoken.
    Prompt { challenge: u16, reply: Reply<Prompt> },
    /// Keep marks of the client. The answer is the number of marks kept.
    Mark { tag: Tag, marks: Vec<Mark>, reply: Reply<usize> },
    /// Check that the report of the member may be made.
    IsOver { reply: Reply<()> },
    /// Let race time jump ahead. The answer is the race as it is then.
    Forward { to: Jump, reply: Reply<RaceView> },
    /// Give a copy of the race to somebody who looks ahead in it, for a member who is alone and waits for this.
    Copy { awaited: Awaited, reply: Reply<Ahead> },
    /// Add a live connection of the member.
    Watch { tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId> },
}

/// How far race time is to jump ahead.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Jump {
    /// To shortly before the opening.
    Opening,
    /// To shortly before a moment at which what a member waits for happens.
    Before { at: Moment, awaited: Awaited },
}

/// A copy of a race in which somebody looks ahead.
#[derive(Debug)]
pub(crate) struct Ahead {
    pub(crate) practice: Box<Practice>,
    pub(crate) member: MemberId,
}

/// Everything that a race is created from.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sheet: Sheet,
    /// The recipe as text.
    pub(crate) recipe: String,
    pub(crate) header: Header,
    /// The asker makes it, because a large crowd takes a while and the shard must not wait. The journal does not have it
    /// yet.
    pub(crate) ledger: Box<Ledger<Practice>>,
}

/// A command as a client sent it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) act: Act,
    /// Equal in two requests if they are the same command sent again.
    pub(crate) tag: Tag,
    pub(crate) pass: Option<String>,
    /// What a cancel gives back; `None` for everything.
    pub(crate) refund_won: Option<u64>,
    pub(crate) reply: Reply<Commanded>,
}

impl Ask {
    /// Answers with an error. Messages that expect no answer are dropped.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Create { first, .. } => first.refuse(error),
            Self::Look(look) => look.refuse(error),
            Self::Remove { reply } => refuse(reply, error),
            Self::Member { ask, .. } => ask.refuse(error),
            Self::Hear { .. } | Self::Unwatch { .. } | Self::GiveUp { .. } => {}
        }
    }
}

impl Ask {
    /// Whether it only asks, and nobody waits for the answer any more. Commands and marks are done all the
    /// same: whoever sent them may ask again under their key.
    pub(crate) fn is_given_up(&self) -> bool {
        if let Self::Look(look) = self {
            return look.is_given_up();
        }
        let Self::Member { ask, .. } = self else { return false };
        match ask {
            MemberAsk::Show { reply } => reply.is_closed(),
            MemberAsk::Seats { reply } => reply.is_closed(),
            MemberAsk::Prompt { reply, .. } => reply.is_closed(),
            MemberAsk::IsOver { reply } => reply.is_closed(),
            MemberAsk::Watch { reply, .. } => reply.is_closed(),
            MemberAsk::Copy { reply, .. } => reply.is_closed(),
            MemberAsk::Act(_) | MemberAsk::Mark { .. } | MemberAsk::Forward { .. } => false,
        }
    }
}

impl Look {
    fn refuse(self, error: &ApiError) {
        match self {
            Self::Reach { reply } => refuse(reply, error),
            Self::Hall { reply, .. } => refuse(reply, error),
            Self::Member { reply, .. } => refuse(reply, error),
            Self::Results { reply, .. } => refuse(reply, error),
            Self::Sale { reply } => refuse(reply, error),
            Self::Payment { reply, .. } => refuse(reply, error),
        }
    }

    fn is_given_up(&self) -> bool {
        match self {
            Self::Reach { reply } => reply.is_closed(),
            Self::Hall { reply, .. } => reply.is_closed(),
            Self::Member { reply, .. } => reply.is_closed(),
            Self::Results { reply, .. } => reply.is_closed(),
            Self::Sale { reply } => reply.is_closed(),
            Self::Payment { reply, .. } => reply.is_closed(),
        }
    }
}

impl MemberAsk {
    /// Answers with an error.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Show { reply } | Self::Forward { reply, .. } => refuse(reply, error),
            Self::Copy { reply, .. } => refuse(reply, error),
            Self::Act(Request { reply, .. }) => refuse(reply, error),
            Self::Seats { reply } => refuse(reply, error),
            Self::Prompt { reply, .. } => refuse(reply, error),
            Self::Mark { reply, .. } => refuse(reply, error),
            Self::IsOver { reply } => refuse(reply, error),
            Self::Watch { reply, .. } => refuse(reply, error),
        }
    }
}

fn refuse<T>(reply: Reply<T>, error: &ApiError) {
    // The asker may have been dropped, and then nobody waits for the answer.
    let _gone = reply.send(Err(error.clone()));
}

#[cfg(test)]
mod tests;
