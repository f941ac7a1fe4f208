//! Whether any payment may be pending, and what wakes the keeper.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// What the server knows of payments: whether some may be pending. All else is in the ledger and in the logs.
#[derive(Debug)]
pub(crate) struct Payments {
    pub(super) may_be_pending: AtomicBool,
    /// Wakes the keeper.
    pub(super) wake: Notify,
}

impl Default for Payments {
    fn default() -> Self {
        // After a start nobody knows.
        Self { may_be_pending: AtomicBool::new(true), wake: Notify::new() }
    }
}

impl Payments {
    /// Notes once more, when what is returned is dropped, that a payment may be pending: the keeper may have looked while its debit was
    /// under way.
    pub(super) fn note_at_the_end(&self) -> NotesAtEnd<'_> {
        NotesAtEnd(self)
    }

    /// Notes that a payment may be debited from here on.
    pub(super) fn note(&self) {
        self.may_be_pending.store(true, Ordering::SeqCst);
    }
}

/// Notes when it is dropped that a payment may be pending.
#[derive(Debug)]
pub(super) struct NotesAtEnd<'a>(&'a Payments);

impl Drop for NotesAtEnd<'_> {
    fn drop(&mut self) {
        self.0.note();
    }
}
