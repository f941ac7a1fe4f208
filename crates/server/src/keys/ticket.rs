//! The codes of tickets: what a ticket is for, and a signature of that, as forty characters.
//!
//! ```text
//!  25 bytes: 1 form and practice · 8 sale · 4 booking · 1 seat of the booking · 11 signature
//! ```
//!
//! A QR code keeps capital letters and digits in less room than others, and an address keeps them as they are. Twenty-five
//! bytes are exactly forty characters of base 32, so each ticket has one code.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sale::BookingId;
use sha2::Sha256;

use super::{Keys, TICKET};
use crate::ids::RaceId;

/// What is signed.
const HEAD: usize = 14;

/// The part of the signature that a code holds. Whoever guesses codes is right once in 2^88.
const SIGNATURE: usize = 11;

/// The first byte of a code of this form; one more where the sale is practice.
const FORM: u8 = 0x20;

/// What a code says: a seat of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignedTicket {
    /// In which sale.
    pub(crate) sale: RaceId,
    /// The booking.
    pub(crate) booking: BookingId,
    /// Which of the seats of the booking, in their order.
    pub(crate) index: u8,
    /// Whether the sale is practice, so that the ticket is worth nothing at a door.
    pub(crate) is_practice: bool,
}

impl Keys {
    /// The code of a ticket.
    pub(crate) fn ticket_code(&self, ticket: SignedTicket) -> String {
        let head = ticket.head();
        let signature = self.ticket_mac(head).finalize().into_bytes();
        BASE32_NOPAD.encode(&[&head[..], &signature[..SIGNATURE]].concat())
    }

    /// The ticket with this code; `None` if the server did not sign it. The comparison takes the same time whichever byte
    /// differs.
    pub(crate) fn ticket_of(&self, code: &str) -> Option<SignedTicket> {
        let bytes = BASE32_NOPAD.decode(code.as_bytes()).ok()?;
        let (head, signature) = bytes.split_first_chunk::<HEAD>()?;
        if signature.len() != SIGNATURE {
            return None;
        }
        self.ticket_mac(*head).verify_truncated_left(signature).ok()?;
        SignedTicket::of(head)
    }

    fn ticket_mac(&self, head: [u8; HEAD]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(TICKET);
        mac.update(&head);
        mac
    }
}

impl SignedTicket {
    fn head(self) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[0] = FORM + u8::from(self.is_practice);
        head[1..9].copy_from_slice(&self.sale.0.to_be_bytes());
        head[9..13].copy_from_slice(&self.booking.0.to_be_bytes());
        head[13] = self.index;
        head
    }

    fn of(head: &[u8; HEAD]) -> Option<Self> {
        let [form, sale @ .., _, _, _, _, _] = *head;
        let [.., b0, b1, b2, b3, index] = *head;
        let is_practice = match form {
            FORM => false,
            _ if form == FORM + 1 => true,
            _ => return None,
        };
        let sale = RaceId(u64::from_be_bytes(sale));
        let booking = BookingId(u32::from_be_bytes([b0, b1, b2, b3]));
        Some(Self { sale, booking, index, is_practice })
    }
}

#[cfg(test)]
mod tests;
