//! Chance: all that nobody chooses in a sale or a race, as two values from which it is computed.
//!
//! Whoever knows them knows what will happen, so both stay secret while people take part.

use core::fmt;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::random::Seed;

/// The key with which the letters of captchas are computed. Whoever knows it can answer every captcha.
#[derive(Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CaptchaSecret(pub [u8; 16]);

/// Shows nothing of the secret, so that no log does.
impl fmt::Debug for CaptchaSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaptchaSecret")
    }
}

/// The seed of everything that is drawn, and the secret of the captchas if there is one.
///
/// A number becomes the chance with that seed and without a secret, whose captchas are computed from
/// the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// The seed of everything that is drawn.
    pub seed: Seed,
    /// Decides the letters of the captchas (rule C41). `None` if the seed decides them.
    pub captcha_secret: Option<CaptchaSecret>,
}

impl Chance {
    /// The bytes by which this chance differs from the one with only the lower half of its seed;
    /// empty if it does not. Snapshots of such a chance are the same as before there was more.
    pub fn extra_bytes(&self) -> impl Iterator<Item = u8> {
        let high = Some(self.seed.high()).filter(|&high| high != 0);
        let high = high.into_iter().flat_map(u64::to_le_bytes);
        high.chain(self.captcha_secret.into_iter().flat_map(|secret| secret.0))
    }
}

impl From<Seed> for Chance {
    fn from(seed: Seed) -> Self {
        Self { seed, captcha_secret: None }
    }
}

impl From<u64> for Chance {
    fn from(seed: u64) -> Self {
        Seed::from(seed).into()
    }
}
