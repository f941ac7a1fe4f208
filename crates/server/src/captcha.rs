//! Captchas to see and to hear. The workshop makes each once, as long as people ask for it.

mod draw;
mod speak;

use std::sync::Arc;

use axum::body::Bytes;
use sale::Letters;
use sha2::{Digest, Sha256};

use crate::limits::CAPTCHA_BYTES_MAX;
use crate::problem::ApiError;
use crate::recent::Recent;
use crate::workshop::{Asker, Flights, Job, Work, Workshop};

/// What a captcha is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prompt {
    /// The letters to be copied.
    pub(crate) letters: Letters,
    /// Decides how the letters are distorted, and where pauses and noise are. Only the server can compute
    /// it, and it is the same at every request for the same captcha. So whoever asks again and again
    /// gets nothing that could be compared, and a player can ask for a recording in parts.
    pub(crate) noise: u64,
}

/// The form of a captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Medium {
    /// A PNG image.
    Image,
    /// A WAV recording.
    Sound,
}

/// A captcha as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) bytes: Bytes,
    /// The SHA-256 of the bytes.
    pub(crate) hash: [u8; 32],
}

/// What tells a captcha from all others.
type Key = (String, u64, Medium);

/// Draws and speaks captchas.
#[derive(Debug)]
pub(crate) struct Artist {
    made: Arc<Recent<Key, Made>>,
    under_way: Flights<Key, Job<Arc<Made>>>,
}

impl Artist {
    pub(crate) fn new() -> Self {
        Self { made: Arc::new(Recent::new(CAPTCHA_BYTES_MAX)), under_way: Flights::default() }
    }

    /// The captcha, made now or before.
    ///
    /// # Errors
    ///
    /// Those of the workshop.
    pub(crate) async fn make(
        &self,
        workshop: &Workshop,
        asker: Asker,
        prompt: Prompt,
        medium: Medium,
    ) -> Result<Arc<Made>, ApiError> {
        let key = (prompt.letters.as_str().to_owned(), prompt.noise, medium);
        if let Some(made) = self.made.get(&key) {
            return Ok(made);
        }
        let start = || {
            let (shelf, key) = (Arc::clone(&self.made), key.clone());
            workshop.submit(Work::Captcha, asker, move |_| {
                let made = Arc::new(make(&key));
                shelf.keep(key, Arc::clone(&made), made.bytes.len());
                Ok(made)
            })
        };
        self.under_way.join(key.clone(), start).await
    }
}

fn make((letters, noise, medium): &Key) -> Made {
    let bytes = match medium {
        Medium::Image => draw::draw(letters, *noise),
        Medium::Sound => speak::speak(letters, *noise),
    };
    Made { hash: Sha256::digest(&bytes).into(), bytes: bytes.into() }
}
