//! Hand-over codes: with one, another browser on the same device becomes the same guest.
//!
//! A browser inside a chat app has cookies of its own. Its page shows eight digits, and whoever types them in the real
//! browser within two minutes goes on there. Codes are in memory alone: a restart ends them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::UnixTime;
use crate::ids::{GuestId, random_bytes};
use crate::limits::{HANDOVER_GOOD_FOR, HANDOVERS_MAX};
use crate::problem::ApiError;

/// How many codes there are.
const CODES: u64 = 100_000_000;

/// The codes that are good.
#[derive(Debug, Default)]
pub(crate) struct Handovers {
    offers: Mutex<HashMap<u32, Offer>>,
}

/// Who is handed over, and to which page.
#[derive(Debug)]
struct Offer {
    guest: GuestId,
    to: String,
    until: UnixTime,
}

impl Handovers {
    /// Makes a code for a guest. The guest's earlier code ends.
    ///
    /// # Errors
    ///
    /// [`ApiError::Overloaded`] if too many codes are good.
    pub(crate) fn offer(
        &self,
        now: UnixTime,
        guest: GuestId,
        to: String,
    ) -> Result<String, ApiError> {
        let mut offers = self.offers.lock().unwrap_or_else(PoisonError::into_inner);
        offers.retain(|_, offer| offer.until > now && offer.guest != guest);
        if offers.len() >= HANDOVERS_MAX {
            return Err(ApiError::Overloaded);
        }
        let mut code = random_code();
        while offers.contains_key(&code) {
            code = random_code();
        }
        offers.insert(code, Offer { guest, to, until: now.after(HANDOVER_GOOD_FOR) });
        Ok(format!("{code:08}"))
    }

    /// The guest and the page of a code, which is good for one use.
    ///
    /// # Errors
    ///
    /// [`ApiError::HandoverInvalid`] if there is no such code, or it was used or has ended.
    pub(crate) fn claim(&self, now: UnixTime, code: &str) -> Result<(GuestId, String), ApiError> {
        let is_code = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
        let code: u32 = code.parse().ok().filter(|_| is_code).ok_or(ApiError::HandoverInvalid)?;
        let mut offers = self.offers.lock().unwrap_or_else(PoisonError::into_inner);
        let offer = offers.remove(&code).filter(|offer| offer.until > now);
        offer.map(|Offer { guest, to, .. }| (guest, to)).ok_or(ApiError::HandoverInvalid)
    }
}

/// A random code. The remainder favours no code by more than one in a thousand million.
fn random_code() -> u32 {
    let code = u64::from_le_bytes(random_bytes()) % CODES;
    u32::try_from(code).expect("eight digits fit")
}

#[cfg(test)]
mod tests;
