//! Addresses of plans. An address is made of the plan's content, so it never names another plan.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::ids::{NotAnId, bytes_of};

/// The version of the geometry that the server makes of a spec. Caches keep a plan for ever, so the
/// number must change whenever the same spec gives another [`protocol::PlanView`].
const FORM: u8 = 1;

/// The address of a plan: the form, and the first half of the SHA-256 of the plan's spec, written as
/// `1-` and thirty-two lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PlanAddress([u8; 16]);

impl PlanAddress {
    /// The address of the plan that is laid out from the text of this spec.
    pub(crate) fn of(spec: &str) -> Self {
        let sum = Sha256::digest(spec);
        let (head, _) = sum.split_first_chunk().expect("32 bytes");
        Self(*head)
    }
}

impl fmt::Display for PlanAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FORM}-{}", HEXLOWER.encode_display(&self.0))
    }
}

impl FromStr for PlanAddress {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (form, digits) = text.split_once('-').ok_or(NotAnId)?;
        if form != FORM.to_string() {
            return Err(NotAnId);
        }
        bytes_of(digits).map(Self)
    }
}

#[cfg(test)]
mod tests;
