//! Asking the catalogue: at most so many questions at once, each within a time.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use catalogue::CatalogueError;
use tokio::sync::Semaphore;

use crate::limits::{CATALOGUE_ASKS_MAX, CATALOGUE_WITHIN};
use crate::problem::ApiError;

/// Limits the questions to the catalogue, so that a slow database keeps nobody waiting but those who ask it.
#[derive(Debug)]
pub(crate) struct Asks {
    places: Semaphore,
    /// Whether the database failed the last time.
    is_away: AtomicBool,
}

impl Default for Asks {
    fn default() -> Self {
        Self { places: Semaphore::new(CATALOGUE_ASKS_MAX), is_away: AtomicBool::new(false) }
    }
}

impl Asks {
    /// The answer to a question to the catalogue.
    ///
    /// # Errors
    ///
    /// [`ApiError::Overloaded`] if too many questions are under way or this one takes too long,
    /// [`ApiError::CatalogueAway`] if the database fails, and otherwise what is wrong with the question.
    pub(crate) async fn ask<T>(
        &self,
        question: impl Future<Output = Result<T, CatalogueError>>,
    ) -> Result<T, ApiError> {
        let _place = self.places.try_acquire().map_err(|_| ApiError::Overloaded)?;
        let answer = tokio::time::timeout(CATALOGUE_WITHIN, question).await;
        let answer = answer.map_err(|_| ApiError::Overloaded)?;
        self.note(&answer);
        answer.map_err(ApiError::from)
    }

    /// Notes whether the database works, and logs each change once.
    pub(crate) fn note<T>(&self, answer: &Result<T, CatalogueError>) {
        match answer {
            Err(error) if error.is_of_database() => {
                if !self.is_away.swap(true, Ordering::Relaxed) {
                    let error: &dyn std::error::Error = error;
                    tracing::error!(error, "the catalogue's database is away");
                }
            }
            Ok(_) | Err(_) => {
                if self.is_away.swap(false, Ordering::Relaxed) {
                    tracing::info!("the catalogue's database works again");
                }
            }
        }
    }
}
