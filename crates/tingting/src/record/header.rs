//! What a recorded race was set up from.

use crowd::CROWD_VERSION;
use sale::RULES_VERSION;

use super::chunk::Chunk;
use super::error::{Fault, RecordError};

/// The version of the whole form. Magic, framing and the place of this number stay in all versions.
pub(super) const FORMAT_VERSION: u16 = 1;

/// Format, rules, crowd; seed; people; the length of the recipe.
const FIXED: usize = 3 * 2 + 8 + 4 + 4;

/// What a race was set up from, and the versions it ran under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// The version of the rules.
    pub(crate) rules: u16,
    /// The version of the crowd.
    pub(crate) crowd: u16,
    pub(crate) seed: u64,
    /// How many people took part.
    pub(crate) people: u32,
    /// [`Recipe::to_json`](scenario::Recipe::to_json): read only under the same versions.
    pub(crate) recipe: String,
}

impl Header {
    /// Whether the race ran under the versions of this program.
    pub(crate) fn is_ours(&self) -> bool {
        (self.rules, self.crowd) == (RULES_VERSION, CROWD_VERSION)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FIXED + self.recipe.len());
        bytes.extend(FORMAT_VERSION.to_le_bytes());
        bytes.extend(self.rules.to_le_bytes());
        bytes.extend(self.crowd.to_le_bytes());
        bytes.extend(self.seed.to_le_bytes());
        bytes.extend(self.people.to_le_bytes());
        let len = u32::try_from(self.recipe.len()).expect("a recipe is a few files");
        bytes.extend(len.to_le_bytes());
        bytes.extend(self.recipe.as_bytes());
        bytes
    }

    pub(super) fn of_chunk(chunk: &Chunk<'_>) -> Result<Self, RecordError> {
        let offset = chunk.payload_offset();
        let (&format, _) = chunk
            .payload
            .split_first_chunk()
            .ok_or(RecordError { offset, fault: Fault::HeaderForm })?;
        let found = u16::from_le_bytes(format);
        if found != FORMAT_VERSION {
            return Err(RecordError { offset, fault: Fault::Format { found } });
        }
        Self::of_bytes(chunk.payload).ok_or(RecordError { offset, fault: Fault::HeaderForm })
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (_format, rest) = bytes.split_first_chunk::<2>()?;
        let (rules, rest) = rest.split_first_chunk()?;
        let (crowd, rest) = rest.split_first_chunk()?;
        let (seed, rest) = rest.split_first_chunk()?;
        let (people, rest) = rest.split_first_chunk()?;
        let (len, recipe) = rest.split_first_chunk()?;
        if u32::from_le_bytes(*len) as usize != recipe.len() {
            return None;
        }
        Some(Self {
            rules: u16::from_le_bytes(*rules),
            crowd: u16::from_le_bytes(*crowd),
            seed: u64::from_le_bytes(*seed),
            people: u32::from_le_bytes(*people),
            recipe: String::from_utf8(recipe.to_vec()).ok()?,
        })
    }
}
