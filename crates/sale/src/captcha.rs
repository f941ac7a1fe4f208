//! Captchas: the letters of each image. The sale decides them, so a replay asks for the same
//! letters. Where the sale has a secret, nobody can compute them who does not know it.

use core::fmt;
use core::hash::Hasher as _;

use borsh::io::{self, Read};
use borsh::{BorshDeserialize, BorshSerialize};
use siphasher::sip::SipHasher24;

use crate::chance::{CaptchaSecret, Chance};
use crate::limits::CAPTCHA_LETTERS_MAX;
use crate::names::Place;
use crate::random::Stream;
use crate::refusal::Refusal;

/// Capital letters without I, O and Q, which look like other letters in distorted print.
const ALPHABET: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// The purpose of captcha draws.
const CAPTCHA: u64 = 0x6361_7074_6368_6121;

/// One to eight letters A to Z, stored as capitals.
#[derive(Clone, Copy, PartialEq, Eq, BorshSerialize)]
pub struct Letters {
    len: u8,
    list: [u8; CAPTCHA_LETTERS_MAX],
}

impl Letters {
    /// The letters of `text` as capitals; spaces around them are ignored.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotLatin`] for anything but one to eight letters A to Z, so that a visitor whose
    /// keyboard still types Hangul learns it at once.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim_ascii();
        let fits = (1..=CAPTCHA_LETTERS_MAX).contains(&text.len());
        if !fits || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Err(Refusal::NotLatin);
        }
        let mut letters = Self { len: 0, list: [0; CAPTCHA_LETTERS_MAX] };
        for byte in text.bytes() {
            letters.push(byte.to_ascii_uppercase());
        }
        Ok(letters)
    }

    fn push(&mut self, letter: u8) {
        self.list[usize::from(self.len)] = letter;
        self.len += 1;
    }

    /// The letters as text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.list[..usize::from(self.len)]).unwrap_or_default()
    }

    /// The same letters with the first one changed, as a visitor types them who misreads it.
    #[must_use]
    pub fn misread(mut self) -> Self {
        self.list[0] = if self.list[0] == b'A' { b'B' } else { b'A' };
        self
    }
}

impl BorshDeserialize for Letters {
    /// Reads only what [`parse`](Letters::parse) can make. A length past the end of the list would
    /// cause a panic where the letters are shown.
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let len = u8::deserialize_reader(reader)?;
        let list = <[u8; CAPTCHA_LETTERS_MAX]>::deserialize_reader(reader)?;
        let (letters, rest) = list.split_at_checked(usize::from(len)).unwrap_or_default();
        let sound = !letters.is_empty()
            && letters.iter().all(u8::is_ascii_uppercase)
            && rest.iter().all(|&byte| byte == 0);
        if sound { Ok(Self { len, list }) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

impl fmt::Debug for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The captcha that a visitor is asked to answer: the number of the image and the letters on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Challenge {
    /// The number of the image, so that the sale can refuse an answer to an older one.
    pub number: u16,
    /// The letters on it. They are for drawing the image, and never sent to the visitor.
    pub letters: Letters,
}

impl Challenge {
    /// The challenge with this number for the visitor who came in with this place. A place is given
    /// only once, so a visitor who comes in again gets other letters.
    pub(crate) fn new(chance: Chance, place: Place, number: u16, count: u8) -> Self {
        let letters = match chance.captcha_secret {
            Some(secret) => keyed(secret, place, number, count),
            None => drawn(chance, place, number, count),
        };
        Self { number, letters }
    }
}

fn drawn(chance: Chance, place: Place, number: u16, count: u8) -> Letters {
    let index = u64::from(place.0) << 16 | u64::from(number);
    let stream = Stream::of(chance.seed, CAPTCHA, index);
    letters(count, |position| stream.below(position, ALPHABET.len() as u64))
}

/// The letters under a secret: SipHash-2-4 of place and number, as a fraction of 2^64 written in base 23
/// (rule C41). One hash is enough, because even eight letters have less than 37 bits.
fn keyed(secret: CaptchaSecret, place: Place, number: u16, count: u8) -> Letters {
    let mut hasher = SipHasher24::new_with_key(&secret.0);
    hasher.write(&place.0.to_le_bytes());
    hasher.write(&number.to_le_bytes());
    let mut fraction = hasher.finish();
    letters(count, |_| {
        let scaled = u128::from(fraction) * ALPHABET.len() as u128;
        fraction = low_half(scaled);
        low_half(scaled >> 64)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn low_half(wide: u128) -> u64 {
    wide as u64
}

/// `count` letters, each the one at the index in the alphabet that `at` gives for its position.
fn letters(count: u8, mut at: impl FnMut(u64) -> u64) -> Letters {
    let mut letters = Letters { len: 0, list: [0; CAPTCHA_LETTERS_MAX] };
    for position in 0..u64::from(count) {
        let at = usize::try_from(at(position)).expect("below 23");
        letters.push(ALPHABET[at]);
    }
    letters
}
