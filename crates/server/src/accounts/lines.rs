//! The live connections of people who are logged out or forgotten end. Rule L25.
//!
//! Each session has a sender, and each guest at a browser that is not logged in has one while such a connection is open. No
//! message is ever sent: a connection ends when the sender is gone.

use std::collections::HashMap;

use tokio::sync::watch;

use crate::ids::GuestId;

/// So many guests may have a sender before those without connections are looked for.
const GUESTS_MIN: usize = 1_024;

/// Whether whoever opened a live connection is still the one who opened it.
#[derive(Debug)]
pub(crate) struct Presence(watch::Receiver<()>);

impl Presence {
    /// Waits until whoever opened the connection is logged out or forgotten.
    pub(crate) async fn ended(&mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

/// The live connections of one session. Dropping them tells them to end.
#[derive(Debug)]
pub(super) struct Lines {
    own: watch::Sender<()>,
    /// Those that were opened at the same browser before it was logged in.
    _before: Option<watch::Sender<()>>,
}

impl Lines {
    pub(super) fn new(before: Option<watch::Sender<()>>) -> Self {
        Self { own: watch::Sender::new(()), _before: before }
    }

    pub(super) fn presence(&self) -> Presence {
        Presence(self.own.subscribe())
    }
}

/// The live connections of guests at browsers that are not logged in.
#[derive(Debug)]
pub(super) struct GuestLines {
    senders: HashMap<GuestId, watch::Sender<()>>,
    sweep_at: usize,
}

impl Default for GuestLines {
    fn default() -> Self {
        Self { senders: HashMap::new(), sweep_at: GUESTS_MIN }
    }
}

impl GuestLines {
    pub(super) fn presence(&mut self, guest: GuestId) -> Presence {
        if self.senders.len() >= self.sweep_at {
            self.senders.retain(|_, sender| sender.receiver_count() > 0);
            self.sweep_at = GUESTS_MIN.max(2 * self.senders.len());
        }
        Presence(self.senders.entry(guest).or_insert_with(|| watch::Sender::new(())).subscribe())
    }

    /// The sender of a guest who is now logged in or forgotten; `None` if no connection is open.
    pub(super) fn take(&mut self, guest: GuestId) -> Option<watch::Sender<()>> {
        self.senders.remove(&guest)
    }
}
