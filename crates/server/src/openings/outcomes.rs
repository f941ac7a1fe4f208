//! What the journal says came of a sale: bookings, cancels and the end, as notes beside the commands. Rules K51 and K52.
//!
//! The notes are enough: no rule is applied again. So what came of a sale can be told under a later version of the rules too.

use std::ops::ControlFlow;

use catalogue::{Booked, BookingNumber, GuestKey, LogSeq, PaymentNumber, SaleEvent, UtcMs};
use journal::{BatchError, Corruption, Entry, JournalError, Records, SaleId, Seq, Store};
use practice::Note;
use sale::Command;

use super::places::Places;

/// What came of a sale in one batch of its log.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcomes {
    /// The batch.
    pub(super) seq: Seq,
    /// The notes about payments and cancels, in order.
    pub(super) notes: Vec<Note>,
    /// Whether the sale was closed.
    pub(super) closed: bool,
}

/// Reads what came of a sale behind batch `after`, in at most `batches_max` batches. Returns it with the last batch that was read.
///
/// # Errors
///
/// [`JournalError`] if the log cannot be read.
pub(super) fn read_outcomes(
    store: &mut (impl Store + ?Sized),
    sale: SaleId,
    after: Seq,
    batches_max: usize,
) -> Result<(Vec<Outcomes>, Seq), JournalError> {
    let (mut list, mut last, mut count) = (Vec::new(), after, 0);
    store.read_batches(sale, after, &mut |batch| {
        count += 1;
        last = batch.seq;
        let damaged = |error: BatchError| JournalError::Corrupt {
            sale,
            seq: batch.seq,
            offset: error.offset,
            reason: Corruption::Batch(error.reason),
        };
        let mut outcomes = Outcomes { seq: batch.seq, notes: Vec::new(), closed: false };
        let mut records = Records::of(batch.records).map_err(damaged)?;
        while let Some(entry) = records.next_entry() {
            match entry.map_err(damaged)?.1 {
                Entry::Record(record) => outcomes.closed |= record.command == Command::Close,
                Entry::Note(note) => outcomes.notes.extend(outcome(note.kind.0, note.bytes)),
            }
        }
        if outcomes.closed || !outcomes.notes.is_empty() {
            list.push(outcomes);
        }
        Ok(if count < batches_max { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok((list, last))
}

/// The note if it says what came of a payment or a cancel.
fn outcome(kind: u8, bytes: &[u8]) -> Option<Note> {
    let note = Note::decode(kind, bytes).ok()?;
    let matters = match &note {
        Note::Booked { .. } | Note::Cancelled { .. } => true,
        Note::Joined { .. }
        | Note::Marked { .. }
        | Note::Shown { .. }
        | Note::TurnedDown { .. }
        | Note::Told
        | Note::Shifted { .. }
        | Note::GoalReached { .. } => false,
    };
    matters.then_some(note)
}

/// What came of a sale, as the catalogue takes it. `ended_at` is when the sale closed, where the batch closes it.
pub(super) fn sale_events(
    outcomes: &Outcomes,
    places: &Places,
    ended_at: UtcMs,
) -> (LogSeq, Vec<SaleEvent>) {
    let mut events: Vec<SaleEvent> =
        outcomes.notes.iter().filter_map(|note| event(note, places)).collect();
    if outcomes.closed {
        events.push(SaleEvent::Ended { at: ended_at });
    }
    (LogSeq(outcomes.seq.0), events)
}

fn event(note: &Note, places: &Places) -> Option<SaleEvent> {
    match note {
        Note::Booked { person, booking, at_unix_ms, total, seats, payment } => {
            Some(SaleEvent::Booked(Booked {
                booking: BookingNumber(booking.0),
                guest: GuestKey(person.0),
                at: UtcMs(*at_unix_ms),
                total_won: *total,
                payment: payment.map(|payment| PaymentNumber(payment.0)),
                seats: seats.iter().filter_map(|seat| places.booked(seat.0)).collect(),
            }))
        }
        Note::Cancelled { booking, at_unix_ms, refunded } => Some(SaleEvent::Cancelled {
            booking: BookingNumber(booking.0),
            at: UtcMs(*at_unix_ms),
            refunded_won: *refunded,
        }),
        Note::Joined { .. }
        | Note::Marked { .. }
        | Note::Shown { .. }
        | Note::TurnedDown { .. }
        | Note::Told
        | Note::Shifted { .. }
        | Note::GoalReached { .. } => None,
    }
}
