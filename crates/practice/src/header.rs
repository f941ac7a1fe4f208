//! The header of a race: what a journal or a recorded file keeps to set the race up again, and what a list
//! tells of it. See `docs/FORMAT.md`.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::CROWD_VERSION;
pub use protocol::Title;
use sale::{Moment, RULES_VERSION};

use crate::names::PersonId;

/// The version of the form below. Forms before it were JSON, which begins with `{`, or a chunk, which
/// begins with `H`.
const VERSION: u16 = 3;

/// What stands at the head of every race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The versions under which the race was set up.
    pub versions: Versions,
    /// From which all chance in the race is drawn.
    pub seed: u64,
    /// When the race is over at the latest.
    pub ends_at: Moment,
    /// Who opened it and when; `None` for a race that runs by no clock.
    pub begun: Option<Begun>,
    /// What a list tells of it.
    pub about: About,
}

/// Versions that must be the same for a replay to mean the same race.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Versions {
    /// [`RULES_VERSION`] of the program that set it up.
    pub rules: u16,
    /// [`CROWD_VERSION`] of the program that set it up.
    pub crowd: u16,
}

/// How a race by the clock began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Begun {
    /// Who opened the race.
    pub host: PersonId,
    /// When race time began, in nanoseconds since 1970 by the server's clock.
    pub at_unix_ns: u64,
}

/// What a list tells of a race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The scenario's name.
    pub scenario: String,
    /// What it is called on screen.
    pub title: Title,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
}

/// Why the bytes of a header cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// A form of an earlier program.
    #[error("the race was kept by an older version of this program, in a form it no longer reads")]
    Older,
    /// A form of a later program.
    #[error("the race's header has version {found}, this program knows version {VERSION}")]
    Newer {
        /// The version found.
        found: u16,
    },
    /// Bytes that are not a whole header.
    #[error("the race's header is damaged")]
    Damaged,
    /// The race was set up under other rules or another crowd.
    #[error(
        "the race was recorded under rules {}.{}, this program has {RULES_VERSION}.{CROWD_VERSION}",
        found.rules, found.crowd
    )]
    OtherVersions {
        /// The versions found.
        found: Versions,
    },
}

/// A header's bytes after the version. The recipe follows as text with its length.
#[derive(BorshSerialize, BorshDeserialize)]
struct Saved {
    versions: Versions,
    seed: u64,
    ends_at: Moment,
    begun: Option<Begun>,
    scenario: String,
    /// In Korean, English and Japanese.
    title: [String; 3],
    plan: String,
    demand: String,
    style: String,
    rivals: u32,
    seats: u32,
}

impl Versions {
    /// The versions of this program.
    pub const HERE: Self = Self { rules: RULES_VERSION, crowd: CROWD_VERSION };

    /// Whether a replay of a race with these versions means the same here as it did then.
    ///
    /// # Errors
    ///
    /// [`HeaderError::OtherVersions`] if not.
    pub fn check(self) -> Result<(), HeaderError> {
        if self == Self::HERE { Ok(()) } else { Err(HeaderError::OtherVersions { found: self }) }
    }
}

impl Header {
    /// The bytes of a header and of the recipe that the race is made from, in its own text form.
    pub fn encode(&self, recipe: &str) -> Vec<u8> {
        let About { scenario, title, plan, demand, style, rivals, seats } = self.about.clone();
        let saved = Saved {
            versions: self.versions,
            seed: self.seed,
            ends_at: self.ends_at,
            begun: self.begun,
            scenario,
            title: [title.ko, title.en, title.ja],
            plan,
            demand,
            style,
            rivals,
            seats,
        };
        let mut bytes = VERSION.to_le_bytes().to_vec();
        borsh::to_writer(&mut bytes, &(saved, recipe)).expect("memory takes every write");
        bytes
    }

    /// The header of `bytes`, without looking at the recipe.
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if they are of another form or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        Self::split(bytes).map(|(header, _)| header)
    }

    /// Header and recipe.
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if they are of another form or damaged.
    pub fn decode_whole(bytes: &[u8]) -> Result<(Self, String), HeaderError> {
        let (header, rest) = Self::split(bytes)?;
        let recipe = borsh::from_slice(rest).map_err(|_| HeaderError::Damaged)?;
        Ok((header, recipe))
    }

    /// The header, and the bytes of the recipe.
    fn split(bytes: &[u8]) -> Result<(Self, &[u8]), HeaderError> {
        if bytes.starts_with(b"{") || bytes.starts_with(b"H") {
            return Err(HeaderError::Older);
        }
        let (version, mut rest) = bytes.split_first_chunk().ok_or(HeaderError::Damaged)?;
        match u16::from_le_bytes(*version) {
            VERSION => {}
            found if found > VERSION => return Err(HeaderError::Newer { found }),
            _ => return Err(HeaderError::Older),
        }
        let saved = Saved::deserialize(&mut rest).map_err(|_| HeaderError::Damaged)?;
        Ok((Self::of(saved), rest))
    }

    fn of(saved: Saved) -> Self {
        let Saved { versions, seed, ends_at, begun, scenario, title, .. } = saved;
        let [ko, en, ja] = title;
        let about = About {
            scenario,
            title: Title { ko, en, ja },
            plan: saved.plan,
            demand: saved.demand,
            style: saved.style,
            rivals: saved.rivals,
            seats: saved.seats,
        };
        Self { versions, seed, ends_at, begun, about }
    }
}

impl About {
    /// The static part of the race on the wire. What only the recipe says is given.
    pub fn race(
        &self,
        id: &str,
        style: protocol::Style,
        opens_at: Moment,
        ends_at: Moment,
    ) -> protocol::Race {
        protocol::Race {
            id: id.to_owned(),
            scenario: self.scenario.clone(),
            title: self.title.clone(),
            plan: self.plan.clone(),
            demand: self.demand.clone(),
            style,
            rivals: self.rivals,
            seats: self.seats,
            opens_at_ms: crate::wire::millis(opens_at),
            ends_at_ms: crate::wire::millis(ends_at),
        }
    }
}
