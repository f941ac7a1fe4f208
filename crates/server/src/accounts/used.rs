//! The log-ins that have ended, so that no address with a code is of use twice. Rule L8.

use std::collections::HashMap;

use crate::clock::UnixTime;
use crate::limits::LOG_INS_USED_MAX;

/// The states of log-ins that have ended, until they would be too old anyway.
#[derive(Debug, Default)]
pub(crate) struct UsedStates {
    until: HashMap<[u8; 32], UnixTime>,
}

impl UsedStates {
    /// Notes that the log-in with this state ends. Returns false if one has before, or if too many are remembered.
    pub(crate) fn take(&mut self, now: UnixTime, state: [u8; 32], until: UnixTime) -> bool {
        if self.until.len() >= LOG_INS_USED_MAX {
            self.until.retain(|_, until| *until > now);
        }
        self.until.len() < LOG_INS_USED_MAX && self.until.insert(state, until).is_none()
    }
}

#[cfg(test)]
mod tests;
