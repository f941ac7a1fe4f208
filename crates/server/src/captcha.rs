//! Captchas to see and to hear. Blocking threads make them, a few at a time.

mod draw;
mod speak;

use sale::Letters;
use tokio::sync::Semaphore;

use crate::ids::random_bytes;
use crate::limits::DRAWINGS_MAX;

/// Draws and speaks captchas.
#[derive(Debug)]
pub(crate) struct Artist {
    /// Limits how many captchas are made at once.
    hands: Semaphore,
}

impl Artist {
    pub(crate) fn new() -> Self {
        Self { hands: Semaphore::new(DRAWINGS_MAX) }
    }

    /// The letters as a PNG image.
    pub(crate) async fn draw(&self, letters: Letters) -> Option<Vec<u8>> {
        self.make(move |noise| draw::draw(letters.as_str(), noise)).await
    }

    /// The letters as a WAV recording.
    pub(crate) async fn speak(&self, letters: Letters) -> Option<Vec<u8>> {
        self.make(move |noise| speak::speak(letters.as_str(), noise)).await
    }

    async fn make(&self, make: impl FnOnce(u64) -> Vec<u8> + Send + 'static) -> Option<Vec<u8>> {
        let _hand = self.hands.acquire().await.ok()?;
        // Each request gets another image of the same letters, so that images cannot be collected and compared.
        let noise = u64::from_le_bytes(random_bytes());
        tokio::task::spawn_blocking(move || make(noise)).await.ok()
    }
}
