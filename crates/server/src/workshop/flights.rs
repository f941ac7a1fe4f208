//! Work that several wait for: whoever asks for what is being made already waits for the same work.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use crate::problem::ApiError;

/// The work under way, each by a key that says what it makes: jobs, or futures that wait for jobs. It is given up
/// when the last who waits for it is gone (rule A42).
pub(crate) struct Flights<K, F: Future> {
    under_way: Mutex<HashMap<K, WeakShared<F>>>,
}

impl<K, F, T> Flights<K, F>
where
    K: Eq + Hash,
    F: Future<Output = Result<T, ApiError>>,
    T: Clone,
{
    /// Waits for the work under this key, which `start` begins if there is none.
    ///
    /// # Errors
    ///
    /// Those of `start` and of the work.
    pub(crate) async fn join(
        &self,
        key: K,
        start: impl FnOnce() -> Result<F, ApiError>,
    ) -> Result<T, ApiError> {
        self.find(key, start)?.await
    }

    pub(super) fn find(
        &self,
        key: K,
        start: impl FnOnce() -> Result<F, ApiError>,
    ) -> Result<Shared<F>, ApiError> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(work) = under_way.get(&key).and_then(WeakShared::upgrade) {
            return Ok(work);
        }
        let work = start()?.shared();
        // There are at most as many as requests under way, so looking at all of them is cheap.
        under_way.retain(|_, work| work.upgrade().is_some());
        under_way.extend(work.downgrade().map(|weak| (key, weak)));
        Ok(work)
    }
}

impl<K, F: Future> Default for Flights<K, F> {
    fn default() -> Self {
        Self { under_way: Mutex::default() }
    }
}

impl<K, F: Future> fmt::Debug for Flights<K, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flights").finish_non_exhaustive()
    }
}
