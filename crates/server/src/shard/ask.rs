//! The messages that a shard takes about a race, and the ways back for their answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use practice::{Act, Header, Mark, PersonId, Practice};
use protocol::{Commanded, FromClient, RaceView};
use sale::Tag;
use tokio::sync::{mpsc, oneshot};

use crate::captcha::Prompt;
use crate::client::Network;
use crate::limits::ASKS_PER_RACE_MAX;
use crate::problem::ApiError;
use crate::sheet::Sheet;

/// The way back for an answer. Sending fails if the asker was dropped, which does no harm.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, ApiError>>;

/// A live connection, by its number in the race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ViewerId(pub(crate) u64);

/// A message to send over a live connection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outgoing {
    Text(String),
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

/// The line of messages to one race. It is as long as [`ASKS_PER_RACE_MAX`] at most, so that those who
/// ask one race without end keep nobody else waiting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Arc<AtomicUsize>);

/// A place in a line, which dropping gives up.
#[derive(Debug)]
pub(crate) struct Place(Line);

impl Line {
    /// A place at the end of the line; `None` if the line is full.
    pub(crate) fn join(&self) -> Option<Place> {
        let taken = self.0.fetch_add(1, Ordering::Relaxed);
        // From here on, dropping the place corrects the count.
        let place = Place(self.clone());
        (taken < ASKS_PER_RACE_MAX).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A message about one race.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Set the race up.
    Create { setup: Box<Setup>, reply: Reply<RaceView> },
    /// A person asks. A person who is not a member yet becomes one.
    Member { person: PersonId, ask: MemberAsk },
    /// A viewer has sent a message.
    Hear { viewer: ViewerId, said: FromClient },
    /// A viewer has closed its connection.
    Unwatch { viewer: ViewerId },
    /// End the run of a person who has begun too many other races.
    GiveUp { person: PersonId },
    /// Remove the race, unless it is in use. The answer says whether it was removed.
    Remove { reply: Reply<bool> },
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
    /// Whether the run of the member is over.
    IsOver { reply: Reply<bool> },
    /// Add a live connection of the member.
    Watch { tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId> },
}

/// Everything that a race is created from.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) sheet: Sheet,
    /// The recipe as text.
    pub(crate) recipe: String,
    pub(crate) header: Header,
    /// The asker makes it, because a large crowd takes a while and the shard must not wait.
    pub(crate) practice: Practice,
    /// The person who set the race up, its first member.
    pub(crate) host: PersonId,
}

/// A command as a client sent it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) act: Act,
    /// Equal in two requests if they are the same command sent again.
    pub(crate) tag: Tag,
    pub(crate) pass: Option<String>,
    pub(crate) reply: Reply<Commanded>,
}

impl Ask {
    /// Answers with an error. Messages that expect no answer are dropped.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Create { reply, .. } => refuse(reply, error),
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
        let Self::Member { ask, .. } = self else { return false };
        match ask {
            MemberAsk::Show { reply } => reply.is_closed(),
            MemberAsk::Seats { reply } => reply.is_closed(),
            MemberAsk::Prompt { reply, .. } => reply.is_closed(),
            MemberAsk::IsOver { reply } => reply.is_closed(),
            MemberAsk::Watch { reply, .. } => reply.is_closed(),
            MemberAsk::Act(_) | MemberAsk::Mark { .. } => false,
        }
    }
}

impl MemberAsk {
    /// Answers with an error.
    pub(crate) fn refuse(self, error: &ApiError) {
        match self {
            Self::Show { reply } => refuse(reply, error),
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
