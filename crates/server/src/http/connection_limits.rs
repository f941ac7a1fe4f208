//! The limits of connections.

use std::time::Duration;

use crate::limits::{
    ANSWER_READ_TIMEOUT, CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX, FILES_KEPT, HEAD_TIMEOUT,
    NEW_CONNECTIONS_BURST, NEW_CONNECTIONS_PER_S, READ_TIMEOUT, REQUEST_TIMEOUT,
};
use crate::open_files;

/// How many connections there may be, and how long they may be silent.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Connections at once. For a further one, the connection that has waited longest for a request ends, of the
    /// address that has most.
    pub all: usize,
    /// Connections at once from one address, or from one network of an IPv6 subscriber. For a further one, the
    /// connection of this address ends that has waited longest for a request.
    pub from_one_address: usize,
    /// Connections that one address may open at once. Further ones are closed unanswered. Above 0.
    pub new_burst: u32,
    /// Connections that one address may open in a second, lasting. Above 0.
    pub new_per_s: u32,
    /// How long a client may take to send the head of a request. The time between two requests counts as well, so
    /// this is also how long an idle connection is kept.
    pub head_within: Duration,
    /// How long a request may take, from its head to the head of the answer. The body is sent in this time, too.
    pub answer_within: Duration,
    /// How long a client may take to read the whole of an answer.
    pub sent_within: Duration,
    /// How long a client may take to read some of what is written to it.
    pub read_within: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            all: CONNECTIONS_MAX,
            from_one_address: CONNECTIONS_PER_ADDRESS_MAX,
            new_burst: NEW_CONNECTIONS_BURST,
            new_per_s: NEW_CONNECTIONS_PER_S,
            head_within: HEAD_TIMEOUT,
            answer_within: REQUEST_TIMEOUT,
            sent_within: ANSWER_READ_TIMEOUT,
            read_within: READ_TIMEOUT,
        }
    }
}

impl ConnectionLimits {
    /// The default limits for `wanted` connections, lowered to what the system allows. Logs a warning if it allows
    /// less.
    pub fn that_fit(wanted: usize) -> Self {
        let files = open_files::raise_limit().unwrap_or(usize::MAX);
        let all = wanted.min(files.saturating_sub(FILES_KEPT)).max(1);
        if all < wanted {
            tracing::warn!(
                connections = all,
                wanted,
                "the system allows few open files: raise `ulimit -n`"
            );
        }
        Self::of(all)
    }

    /// The default limits for so many connections, of which one address may have half.
    pub(crate) fn of(all: usize) -> Self {
        Self { all, from_one_address: all.div_ceil(2), ..Self::default() }
    }

    /// The time between two looks for connections that take too long.
    pub(super) fn look_every(&self) -> Duration {
        let shortest = self.head_within.min(self.answer_within).min(self.read_within);
        (shortest / 8).clamp(Duration::from_millis(10), Duration::from_secs(1))
    }
}
