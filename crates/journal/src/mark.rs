//! The mark: a small file beside the journal that says how far the journal had come.
//!
//! It is written only after the sync of what it speaks of, so it is never ahead of the disk. A journal
//! that is behind its mark has lost something that was acknowledged (rule J16).
//!
//! ```text
//! "ting mrk"  commits u32  time u64  count u32  count × (sale u64, seq u64)  checksum u64
//! ```

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::limits::MARK_SALES_MAX;
use crate::names::{SaleId, Seq};

const MAGIC: &[u8; 8] = b"ting mrk";

/// How far a journal had come. Numbers are little-endian in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The last commit.
    pub(crate) commits: u32,
    /// When the mark was written: nanoseconds since 1970, as the shell told them. 0 if nobody did.
    pub(crate) at_ns: u64,
    /// The last batch of each sale.
    pub(crate) reaches: BTreeMap<SaleId, Seq>,
}

impl Mark {
    /// Notes the last batch of a sale. If too many sales are noted, forgets one of them.
    pub(crate) fn reach(&mut self, sale: SaleId, seq: Seq) {
        self.reaches.insert(sale, seq);
        if self.reaches.len() > MARK_SALES_MAX {
            let other = self.reaches.keys().copied().find(|other| *other != sale);
            other.map(|other| self.reaches.remove(&other));
        }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.commits.to_le_bytes());
        bytes.extend(self.at_ns.to_le_bytes());
        let count = u32::try_from(self.reaches.len()).expect("there is a limit");
        bytes.extend(count.to_le_bytes());
        for (sale, seq) in &self.reaches {
            bytes.extend(sale.0.to_le_bytes());
            bytes.extend(seq.0.to_le_bytes());
        }
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        bytes
    }

    /// `None` if the bytes are damaged.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(body) != u64::from_le_bytes(*sum) {
            return None;
        }
        let rest = body.strip_prefix(MAGIC)?;
        let (commits, rest) = rest.split_first_chunk()?;
        let (at_ns, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let pairs = rest.chunks_exact(16).map(|pair| {
            let (sale, seq) = pair.split_at(8);
            let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
            (SaleId(number(sale)), Seq(number(seq)))
        });
        let reaches: BTreeMap<_, _> = pairs.collect();
        let is_whole = rest.len() == 16 * reaches.len()
            && u32::try_from(reaches.len()) == Ok(u32::from_le_bytes(*count))
            && reaches.len() <= MARK_SALES_MAX;
        let (commits, at_ns) = (u32::from_le_bytes(*commits), u64::from_le_bytes(*at_ns));
        is_whole.then_some(Self { commits, at_ns, reaches })
    }
}

/// Whether commit `one` was made before commit `other`. The count begins again at 0 after the last
/// number of 32 bits; two commits are never half of all numbers apart.
pub(crate) fn is_before(one: u32, other: u32) -> bool {
    one.wrapping_sub(other).cast_signed() < 0
}

#[cfg(test)]
mod tests;
