//! Captchas to see and to hear. Blocking threads make them, a few at a time.

mod draw;
mod speak;

use sale::Letters;
use tokio::sync::Semaphore;

use crate::limits::DRAWINGS_MAX;

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
    pub(crate) async fn draw(&self, prompt: Prompt) -> Option<Vec<u8>> {
        self.make(move || draw::draw(prompt.letters.as_str(), prompt.noise)).await
    }

    /// The letters as a WAV recording.
    pub(crate) async fn speak(&self, prompt: Prompt) -> Option<Vec<u8>> {
        self.make(move || speak::speak(prompt.letters.as_str(), prompt.noise)).await
    }

    async fn make(&self, make: impl FnOnce() -> Vec<u8> + Send + 'static) -> Option<Vec<u8>> {
        let _hand = self.hands.acquire().await.ok()?;
        tokio::task::spawn_blocking(make).await.ok()
    }
}
