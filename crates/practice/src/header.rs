//! The header of a race. A journal or a recorded file keeps it to set the race up again, and lists
//! of races show what it says. See `docs/FORMAT.md`.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::CROWD_VERSION;
pub use protocol::Title;
use sale::{Moment, RULES_VERSION};

use crate::exercise::Exercise;
use crate::fair::Fair;
use crate::names::{PerformanceId, PersonId};

/// The version of the bytes of a header. Older headers had no version: they were JSON, which begins
/// with `{`, or a chunk, which begins with `H`.
const VERSION: u16 = 7;

/// The version before, whose headers are read too: none of its races was an opening.
const BEFORE_OPENINGS: u16 = 6;

/// The version before that one, whose headers are read too: none of its races was an exercise.
const BEFORE_EXERCISES: u16 = 5;

/// The version before that one, whose headers are read too: its races had a seed of 64 bits, no secret, and
/// nobody but their host in them.
const BEFORE_FAIR: u16 = 4;

/// What a journal or a recorded file keeps at the head of every race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The versions of the program that set the race up.
    pub versions: Versions,
    /// The seed of all chance in the race, and the secret of its captchas.
    pub fair: Fair,
    /// Whether others than the host may enter the race.
    pub shared: bool,
    /// When the race ends at the latest, in race time.
    pub ends_at: Moment,
    /// Who opened the race and when; `None` for a race that follows no real clock, such as one of
    /// the command line.
    pub begun: Option<Begun>,
    /// What a list shows of the race.
    pub about: About,
}

/// The versions on which a race depends. A program with other versions would replay another race.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Versions {
    /// [`RULES_VERSION`] of the program that set the race up.
    pub rules: u16,
    /// [`CROWD_VERSION`] of the program that set the race up.
    pub crowd: u16,
}

/// How a race that follows a real clock began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Begun {
    /// The person who opened the race.
    pub host: PersonId,
    /// When race time began, in Unix nanoseconds by the server's clock.
    pub at_unix_ns: u64,
    /// A digest of all that the request asked for that began the race (rule J14).
    pub content: u64,
}

/// What a list shows of a race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's title on screen.
    pub title: Title,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
    /// The number of rivals.
    pub rivals: u32,
    /// The number of seats.
    pub seats: u32,
    /// The exercise that the race is; `None` if it is a whole race.
    pub exercise: Option<Exercise>,
    /// The performance of which the race is the sale; `None` if it is not the opening of one.
    pub performance: Option<PerformanceId>,
    /// The performance of which the race rehearses the opening. A race is one of the two at most: the sale of a performance is
    /// shared, a rehearsal is not.
    pub rehearses: Option<PerformanceId>,
}

/// Where the chance of a race comes from, and whether others may enter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The seed and the secret.
    pub fair: Fair,
    /// Whether others than the host may enter the race.
    pub shared: bool,
}

/// Why the bytes of a header cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// An earlier program wrote the header, in a form that this one does not read.
    #[error("the race was kept by an older version of this program, in a form it no longer reads")]
    Older,
    /// A later program wrote the header.
    #[error("the race's header has version {found}, this program knows version {VERSION}")]
    Newer {
        /// The version found.
        found: u16,
    },
    /// The bytes are not a whole header.
    #[error("the race's header is damaged")]
    Damaged,
    /// A program with other rules or another crowd set the race up.
    #[error(
        "the race was recorded under rules {}.{}, this program has {RULES_VERSION}.{CROWD_VERSION}",
        found.rules, found.crowd
    )]
    OtherVersions {
        /// The versions found.
        found: Versions,
    },
}

/// What follows the version in a header's bytes. After it come [`Rest`], the exercise, the performance of which the race is
/// the sale or a rehearsal, and the recipe: its length and its text.
#[derive(Clone, Copy, BorshSerialize, BorshDeserialize)]
struct Head {
    versions: Versions,
    shared: bool,
    fair: Fair,
}

/// What followed the version in a header of version [`BEFORE_FAIR`].
#[derive(BorshDeserialize)]
struct OldHead {
    versions: Versions,
    seed: u64,
}

/// The part of a header that did not change.
#[derive(BorshSerialize, BorshDeserialize)]
struct Rest {
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

    /// Checks that this program replays a race of these versions as it was.
    ///
    /// # Errors
    ///
    /// [`HeaderError::OtherVersions`] if this program has other versions.
    pub fn check(self) -> Result<(), HeaderError> {
        if self == Self::HERE { Ok(()) } else { Err(HeaderError::OtherVersions { found: self }) }
    }
}

impl Header {
    /// The bytes of the header, followed by the recipe that the race is made from. `recipe` is its
    /// text form.
    pub fn encode(&self, recipe: &str) -> Vec<u8> {
        let About { scenario, title, plan, demand, style, rivals, seats, .. } = self.about.clone();
        let About { exercise, performance, rehearses, .. } = self.about;
        // Whether the race is shared says which of the two it is.
        let performance = performance.or(rehearses);
        let head = Head { versions: self.versions, shared: self.shared, fair: self.fair };
        let rest = Rest {
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
        borsh::to_writer(&mut bytes, &(head, rest, exercise, performance, recipe))
            .expect("memory takes every write");
        bytes
    }

    /// Reads the header from `bytes`. It does not check the recipe that follows, nor the header's
    /// [`versions`](Self::versions).
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if the bytes have another form or are damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        Self::split(bytes).map(|(header, _)| header)
    }

    /// Reads the header and the text of the recipe from `bytes`.
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if the bytes have another form or are damaged.
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
        let version = u16::from_le_bytes(*version);
        let head = match version {
            VERSION | BEFORE_OPENINGS | BEFORE_EXERCISES => Head::deserialize(&mut rest),
            BEFORE_FAIR => OldHead::deserialize(&mut rest).map(Head::from),
            found if found > VERSION => return Err(HeaderError::Newer { found }),
            _ => return Err(HeaderError::Older),
        };
        let head = head.map_err(|_| HeaderError::Damaged)?;
        let saved = Rest::deserialize(&mut rest).map_err(|_| HeaderError::Damaged)?;
        let exercise = if version >= BEFORE_OPENINGS {
            Option::deserialize(&mut rest).map_err(|_| HeaderError::Damaged)?
        } else {
            None
        };
        let performance = if version == VERSION {
            Option::deserialize(&mut rest).map_err(|_| HeaderError::Damaged)?
        } else {
            None
        };
        Ok((Self::of(head, saved, exercise, performance), rest))
    }

    fn of(
        head: Head,
        saved: Rest,
        exercise: Option<Exercise>,
        performance: Option<PerformanceId>,
    ) -> Self {
        let Head { versions, shared, fair } = head;
        let Rest { ends_at, begun, scenario, title, .. } = saved;
        let [ko, en, ja] = title;
        let (performance, rehearses) =
            if shared { (performance, None) } else { (None, performance) };
        let about = About {
            scenario,
            title: Title { ko, en, ja },
            plan: saved.plan,
            demand: saved.demand,
            style: saved.style,
            rivals: saved.rivals,
            seats: saved.seats,
            exercise,
            performance,
            rehearses,
        };
        Self { versions, fair, shared, ends_at, begun, about }
    }
}

impl From<OldHead> for Head {
    /// Nobody noted whether the seed was chosen, so nobody can say that it was not.
    fn from(OldHead { versions, seed }: OldHead) -> Self {
        Self { versions, shared: false, fair: Fair::chosen(seed) }
    }
}

impl About {
    /// The part of the race that clients are told once, because it never changes. The caller takes
    /// `plan_address`, `style` and `opens_at` from the recipe, because the header does not have
    /// them.
    pub fn race(
        &self,
        id: &str,
        plan_address: &str,
        style: protocol::Style,
        opens_at: Moment,
        ends_at: Moment,
        origin: Origin,
    ) -> protocol::Race {
        let Origin { fair, shared } = origin;
        protocol::Race {
            id: id.to_owned(),
            scenario: self.scenario.clone(),
            title: self.title.clone(),
            plan: self.plan.clone(),
            plan_address: plan_address.to_owned(),
            demand: self.demand.clone(),
            style,
            rivals: self.rivals,
            seats: self.seats,
            opens_at_ms: crate::wire::millis(opens_at),
            ends_at_ms: crate::wire::millis(ends_at),
            shared,
            commitment: shared.then(|| fair.commitment().to_string()),
            seed_chosen: fair.chosen,
            exercise: self.exercise.map(Exercise::told),
            performance: self.performance.map(|performance| performance.to_string()),
            rehearses: self.rehearses.map(|performance| performance.to_string()),
            goal_ms: self.exercise.map(|_| Exercise::goal(ends_at).map(crate::wire::millis)),
        }
    }
}
