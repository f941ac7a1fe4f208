//! What can be asked of a race, and by whom the answer is waited for.

use practice::{Act, Header, Mark, PersonId, Practice};
use protocol::{Commanded, FromClient, RaceView};
use sale::{Letters, Tag};
use tokio::sync::{mpsc, oneshot};

use crate::problem::ApiError;
use crate::sheet::Sheet;

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
    Create { setup: Box<Setup>, reply: Reply<RaceView> },
    /// A question of one of its members. Who is not a member yet becomes one.
    Member { person: PersonId, ask: MemberAsk },
    /// Somebody who looks on says something.
    Hear { viewer: ViewerId, said: FromClient },
    /// Somebody looks away.
    Unwatch { viewer: ViewerId },
    /// The person has begun too many other races.
    GiveUp { person: PersonId },
    /// Have it in memory and let its time go on.
    Wake,
    /// Remove it, unless somebody is at it; tells whether it was removed.
    Remove { reply: Reply<bool> },
}

/// A question of a member's.
#[derive(Debug)]
pub(crate) enum MemberAsk {
    /// How the race stands.
    Show { reply: Reply<RaceView> },
    /// Do something.
    Act(Request),
    /// Every seat, for whoever refreshes by hand.
    Seats { reply: Reply<Vec<u8>> },
    /// The letters of a captcha, for drawing it.
    Letters { challenge: u16, reply: Reply<Letters> },
    /// Keep the client's marks.
    Mark { tag: Tag, marks: Vec<Mark>, reply: Reply<usize> },
    /// Whether the member's run is over.
    IsOver { reply: Reply<bool> },
    /// The member looks on.
    Watch { tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId> },
}

/// What a race is set up from.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sheet: Sheet,
    /// The recipe as text.
    pub(crate) recipe: String,
    pub(crate) header: Header,
    /// Made where nobody waits for it: a large crowd takes a while to gather.
    pub(crate) practice: Practice,
    /// Who opens the race and is its first member.
    pub(crate) host: PersonId,
}

/// A command and what comes with it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) act: Act,
    /// What the request is known by.
    pub(crate) tag: Tag,
    pub(crate) pass: Option<String>,
    pub(crate) reply: Reply<Commanded>,
}

impl Ask {
    /// Answers a question that no race can answer.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Create { reply, .. } => refuse(reply, error),
            Self::Remove { reply } => refuse(reply, error),
            Self::Member { ask, .. } => ask.refuse(error),
            Self::Hear { .. } | Self::Unwatch { .. } | Self::GiveUp { .. } | Self::Wake => {}
        }
    }
}

impl MemberAsk {
    /// Answers a question that the race does not take.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Show { reply } => refuse(reply, error),
            Self::Act(Request { reply, .. }) => refuse(reply, error),
            Self::Seats { reply } => refuse(reply, error),
            Self::Letters { reply, .. } => refuse(reply, error),
            Self::Mark { reply, .. } => refuse(reply, error),
            Self::IsOver { reply } => refuse(reply, error),
            Self::Watch { reply, .. } => refuse(reply, error),
        }
    }
}

fn refuse<T>(reply: Reply<T>, error: &ApiError) {
    // Whoever asked may have gone away.
    let _gone = reply.send(Err(error.clone()));
}
