//! Signatures of cookies and passes: HMAC-SHA256 under a key that never leaves the data folder.

use std::num::NonZeroU64;
use std::path::Path;
use std::{fs, io};

use catalogue::CursorKey;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use practice::{Act, Mark};
use protocol::{NewExercise, NewRace};
use sale::{Challenge, Moment, Visitor};
use sha2::{Digest, Sha256};

use crate::client::Client;
use crate::ids::{GuestId, RaceId, random_bytes};

mod ticket;

pub(crate) use ticket::SignedTicket;

const KEY_BYTES: usize = 32;

/// Prefixes of what is signed, so that a signature for one purpose is invalid for the others.
const GUEST: &[u8] = b"tingting guest 1";
const LOG_IN: &[u8] = b"tingting log-in 1";
const PASS: &[u8] = b"tingting pass 1";
const CAPTCHA: &[u8] = b"tingting captcha 1";
const OPEN_RACE: &[u8] = b"tingting open race 1";
const CURSORS: &[u8] = b"tingting cursors 1";
const DEMO: &[u8] = b"tingting demo 1";
const TICKET: &[u8] = b"tingting ticket 1";
const PERSON: &[u8] = b"tingting person 1";

/// Prefixes of what requests ask for, so that two requests of different kinds never have the same
/// content.
const ACT: &[u8] = b"tingting act 1";
const MARKS: &[u8] = b"tingting marks 1";
const RACE: &[u8] = b"tingting race 1";
const ROOM: &[u8] = b"tingting room 1";
const EXERCISE: &[u8] = b"tingting exercise 1";
/// Of a request for a rehearsal.
const REHEARSAL: &[u8] = b"rehearsal";
/// Of the steps of a payment that the server does itself.
const PAYMENT_STEP: &[u8] = b"tingting payment step 1";

/// A step of a payment behind the one that the request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentStep {
    Confirm,
    End,
}

/// Whether something was signed with the key that a file should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyNeed {
    /// The journal has no race, so nobody would miss the key.
    None,
    /// There are races, whose members have cookies under the key.
    Signed,
}

/// The server's secret.
#[derive(Clone)]
pub(crate) struct Keys {
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Reads the key from the file at `path`, or makes the file with a new key if there is none. A file
    /// of another length is replaced if no race needs the key that it had (rule A45).
    pub(crate) fn open(path: &Path, need: KeyNeed) -> io::Result<Self> {
        let key = match (fs::read(path), need) {
            (Ok(key), _) if key.len() == KEY_BYTES => key,
            (Ok(_), KeyNeed::None) => create(path)?,
            (Ok(key), KeyNeed::Signed) => {
                let message = format!(
                    "a key has {KEY_BYTES} bytes, this file has {}: put a copy of the key back, or remove \
                     the file to have a new key made, with which nobody can go on in the races of before",
                    key.len()
                );
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            (Err(error), need) if error.kind() == io::ErrorKind::NotFound => {
                if need == KeyNeed::Signed {
                    tracing::warn!(
                        "there was no key, and a new one is made: nobody can go on in the races of before"
                    );
                }
                create(path)?
            }
            (Err(error), _) => return Err(error),
        };
        Ok(Self::of(&key))
    }

    /// The secret with these bytes.
    pub(crate) fn of(key: &[u8]) -> Self {
        Self { mac: Hmac::new_from_slice(key).expect("HMAC takes keys of any length") }
    }

    /// The value of a guest's cookie: the id and its signature.
    pub(crate) fn guest_cookie(&self, guest: GuestId) -> String {
        format!("{guest}.{}", HEXLOWER.encode(&self.guest_mac(guest).finalize().into_bytes()))
    }

    /// The guest of a cookie, if its signature is right.
    pub(crate) fn guest_of(&self, cookie: &str) -> Option<GuestId> {
        let (id, mac) = cookie.split_once('.')?;
        let guest = id.parse().ok()?;
        self.guest_mac(guest)
            .verify_slice(&HEXLOWER_PERMISSIVE.decode(mac.as_bytes()).ok()?)
            .ok()?;
        Some(guest)
    }

    /// A name for an account or a guest, by which a browser tells whether somebody else sits there. Nobody can be found by it.
    pub(crate) fn name_of(&self, client: Client) -> String {
        let (kind, id) = match client.account {
            Some(account) => (b'a', account.0.to_string()),
            None => (b'g', client.guest.to_string()),
        };
        let mac = self.mac.clone().chain_update(PERSON).chain_update([kind]).chain_update(id);
        HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
    }

    /// The cookie of a log-in under way: what the server has to remember, and its signature.
    pub(crate) fn log_in_cookie(&self, text: &str) -> String {
        format!("{text}.{}", HEXLOWER.encode(&self.log_in_mac(text).finalize().into_bytes()))
    }

    /// What a cookie remembers, if its signature is right.
    pub(crate) fn log_in_of<'a>(&self, cookie: &'a str) -> Option<&'a str> {
        let (text, mac) = cookie.split_once('.')?;
        self.log_in_mac(text)
            .verify_slice(&HEXLOWER_PERMISSIVE.decode(mac.as_bytes()).ok()?)
            .ok()?;
        Some(text)
    }

    /// The pass with which a visitor may be inside a race until a moment.
    pub(crate) fn pass(&self, race: RaceId, visitor: Visitor, until: Moment) -> String {
        HEXLOWER.encode(&self.pass_mac(race, visitor, until).finalize().into_bytes())
    }

    /// Whether `pass` is the pass for these three. The comparison takes the same time whichever byte differs.
    pub(crate) fn is_pass(
        &self,
        pass: &str,
        race: RaceId,
        visitor: Visitor,
        until: Moment,
    ) -> bool {
        let Ok(mac) = HEXLOWER_PERMISSIVE.decode(pass.as_bytes()) else { return false };
        self.pass_mac(race, visitor, until).verify_slice(&mac).is_ok()
    }

    /// The noise in the image and the recording of a captcha. The letters are part of what it is made from,
    /// because each visit counts its images from one again.
    pub(crate) fn captcha_noise(&self, race: RaceId, visitor: Visitor, asked: &Challenge) -> u64 {
        let mut mac = self.mac.clone();
        mac.update(CAPTCHA);
        mac.update(&race.0.to_le_bytes());
        mac.update(&visitor.0.to_le_bytes());
        mac.update(&asked.number.to_le_bytes());
        mac.update(asked.letters.as_str().as_bytes());
        let sum = mac.finalize().into_bytes();
        let (head, _) = sum.split_first_chunk().expect("32 bytes");
        u64::from_le_bytes(*head)
    }

    /// What makes the code of the open race that opens at this moment of Unix time, in nanoseconds.
    pub(crate) fn open_race(&self, opens_at_ns: u64) -> [u8; 32] {
        let mut mac = self.mac.clone();
        mac.update(OPEN_RACE);
        mac.update(&opens_at_ns.to_le_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The key of the catalogue's cursors. It stays the same, so that lists go on after a restart.
    pub(crate) fn cursors(&self) -> CursorKey {
        CursorKey(self.derived(CURSORS))
    }

    /// What the concerts of the demo are invented from.
    pub(crate) fn demo_seed(&self) -> u64 {
        let sum = self.derived(DEMO);
        let (head, _) = sum.split_first_chunk().expect("32 bytes");
        u64::from_le_bytes(*head)
    }

    fn derived(&self, purpose: &[u8]) -> [u8; 32] {
        let mut mac = self.mac.clone();
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    }

    fn guest_mac(&self, guest: GuestId) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(GUEST);
        mac.update(&guest.0.to_le_bytes());
        mac
    }

    fn log_in_mac(&self, text: &str) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(LOG_IN);
        mac.update(text.as_bytes());
        mac
    }

    fn pass_mac(&self, race: RaceId, visitor: Visitor, until: Moment) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(PASS);
        mac.update(&race.0.to_le_bytes());
        mac.update(&visitor.0.to_le_bytes());
        mac.update(&until.as_nanos().to_le_bytes());
        mac
    }
}

/// The number of a request's key: the same for the same guest and key, so that two guests can use the
/// same key without meeting each other.
pub(crate) fn key_of(guest: GuestId, key: &str) -> NonZeroU64 {
    let sum = Sha256::new().chain_update(guest.0.to_le_bytes()).chain_update(key);
    NonZeroU64::new(head_of(sum)).unwrap_or(NonZeroU64::MIN)
}

/// The key of a step of a payment: the same whenever the request is sent again, and no key that a client can send.
pub(crate) fn key_of_step(key: NonZeroU64, step: PaymentStep) -> NonZeroU64 {
    let step: &[u8] = match step {
        PaymentStep::Confirm => b"confirm",
        PaymentStep::End => b"end",
    };
    let sum = Sha256::new().chain_update(PAYMENT_STEP).chain_update(key.get().to_le_bytes());
    NonZeroU64::new(head_of(sum.chain_update(step))).unwrap_or(NonZeroU64::MIN)
}

/// A digest of everything that a command asks for.
pub(crate) fn content_of_act(act: Act) -> u64 {
    content_of(ACT, &act.content())
}

/// A digest of the marks that a request brings.
pub(crate) fn content_of_marks(marks: &[Mark]) -> u64 {
    content_of(MARKS, &Mark::content(marks))
}

/// A digest of everything that a request for a race asks for.
pub(crate) fn content_of_race(new: &NewRace) -> u64 {
    content_of(RACE, &serde_json::to_vec(new).expect("text and numbers become JSON"))
}

/// A digest of everything that a request for an exercise asks for.
pub(crate) fn content_of_exercise(new: &NewExercise) -> u64 {
    content_of(EXERCISE, &serde_json::to_vec(new).expect("names become JSON"))
}

/// A digest of everything that a request for a rehearsal asks for.
pub(crate) fn content_of_rehearsal(performance: catalogue::PerformanceId) -> u64 {
    content_of(REHEARSAL, &performance.0.to_le_bytes())
}

/// A digest of everything that a request to a room asks for.
pub(crate) fn content_of_room(asked: &impl serde::Serialize) -> u64 {
    content_of(ROOM, &serde_json::to_vec(asked).expect("text and numbers become JSON"))
}

fn content_of(kind: &[u8], form: &[u8]) -> u64 {
    head_of(Sha256::new().chain_update(kind).chain_update(form))
}

/// The first eight bytes of a hash as a number.
fn head_of(sum: Sha256) -> u64 {
    let sum = sum.finalize();
    let (head, _) = sum.split_first_chunk().expect("32 bytes");
    u64::from_le_bytes(*head)
}

fn create(path: &Path) -> io::Result<Vec<u8>> {
    let key = random_bytes::<KEY_BYTES>();
    journal::write_whole(path, &key)?;
    Ok(key.to_vec())
}

#[cfg(test)]
mod tests;
