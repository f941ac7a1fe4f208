//! What makes a race with several people fair: its seed, the secret of its captchas, and a commitment
//! to both that is shown before they are.
//!
//! Nobody can find seed and secret from the commitment. Once they are published, everybody can see that
//! they were not changed meanwhile.

use alloc::format;
use alloc::string::String;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::random::Seed;
use sale::{CaptchaSecret, Chance};
use sha2::{Digest as _, Sha256};

/// The seed and the secret of a race. They stay secret until the race is over for everybody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Fair {
    /// The seed of all chance in the race.
    pub seed: Seed,
    /// Decides the letters of the captchas; `None` where the seed decides them.
    pub secret: Option<CaptchaSecret>,
    /// Whether somebody chose the seed. Who knows the seed knows the race, so such a race counts for no
    /// record.
    pub chosen: bool,
}

/// SHA-256 of a text that names seed and secret (rule C42). Shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Commitment(pub [u8; 32]);

impl Fair {
    /// A seed of 64 bits that somebody chose, without a secret.
    pub fn chosen(seed: u64) -> Self {
        Self { seed: seed.into(), secret: None, chosen: true }
    }

    /// A seed of 64 bits that nobody chose, without a secret, for a person alone.
    pub fn drawn(seed: u64) -> Self {
        Self { seed: seed.into(), secret: None, chosen: false }
    }

    /// A seed and a secret for a race of several people. The caller draws both from a source that nobody
    /// can predict.
    pub fn keyed(seed: u128, secret: [u8; 16]) -> Self {
        Self { seed: Seed(seed), secret: Some(CaptchaSecret(secret)), chosen: false }
    }

    /// The commitment to seed and secret.
    pub fn commitment(&self) -> Commitment {
        Commitment(Sha256::digest(self.text()).into())
    }

    /// The text of which the commitment is the hash. `docs/FORMAT.md` says how to check it.
    fn text(&self) -> String {
        let secret = self.secret_hex();
        format!("tingting race 1 {} {}", self.seed_hex(), secret.as_deref().unwrap_or("-"))
    }

    /// The seed as 32 lower-case hexadecimal digits.
    pub fn seed_hex(&self) -> String {
        format!("{:032x}", self.seed.0)
    }

    /// The secret as 32 lower-case hexadecimal digits, first byte first; `None` without one.
    pub fn secret_hex(&self) -> Option<String> {
        self.secret.map(|secret| format!("{:032x}", u128::from_be_bytes(secret.0)))
    }
}

impl core::fmt::Display for Commitment {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl core::str::FromStr for Commitment {
    type Err = NoCommitment;

    /// Reads 64 hexadecimal digits, in upper or lower case.
    fn from_str(text: &str) -> Result<Self, NoCommitment> {
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoCommitment);
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NoCommitment)?;
        }
        Ok(Self(bytes))
    }
}

/// Why a text is no commitment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a commitment is 64 digits, each 0 to 9 or a to f")]
pub struct NoCommitment;

impl From<Fair> for Chance {
    fn from(Fair { seed, secret, chosen: _ }: Fair) -> Self {
        Self { seed, captcha_secret: secret }
    }
}
