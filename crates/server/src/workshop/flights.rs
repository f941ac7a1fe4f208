//! Jobs that several wait for: whoever asks for what is being made already waits for the same job.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use super::Job;
use crate::problem::ApiError;

/// The jobs under way, each by a key that says what it makes. A job is given up when the last who waits for it is
/// gone (rule A42).
pub(crate) struct Flights<K, T: Clone> {
    under_way: Mutex<HashMap<K, WeakShared<Job<T>>>>,
}

impl<K: Eq + Hash, T: Clone> Flights<K, T> {
    /// Waits for the job under this key, which `start` hands in if there is none.
    ///
    /// # Errors
    ///
    /// Those of `start` and of the job.
    pub(crate) async fn join(
        &self,
        key: K,
        start: impl FnOnce() -> Result<Job<T>, ApiError>,
    ) -> Result<T, ApiError> {
        self.find(key, start)?.await
    }

    pub(super) fn find(
        &self,
        key: K,
        start: impl FnOnce() -> Result<Job<T>, ApiError>,
    ) -> Result<Shared<Job<T>>, ApiError> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = under_way.get(&key).and_then(WeakShared::upgrade) {
            return Ok(job);
        }
        let job = start()?.shared();
        // There are at most as many as jobs that wait or run, so looking at all of them is cheap.
        under_way.retain(|_, job| job.upgrade().is_some());
        under_way.extend(job.downgrade().map(|weak| (key, weak)));
        Ok(job)
    }
}

impl<K, T: Clone> Default for Flights<K, T> {
    fn default() -> Self {
        Self { under_way: Mutex::default() }
    }
}

impl<K, T: Clone> fmt::Debug for Flights<K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flights").finish_non_exhaustive()
    }
}
