//! What makes a race the opening of a performance: what came of payments and cancels is noted for the catalogue, and the
//! seats left are counted.
//!
//! ```text
//!  pay ─▶ record ┐
//!                ├─ one batch ─▶ on disk ─▶ the projection hears of it
//!  what came ─▶ note ┘
//! ```

use practice::{Act, MemberId, Note};
use sale::{Machine, Moment, Outcome, PaymentFate, PaymentId, Refusal, Seat};

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::limits::OUTCOME_NOTE_BYTES_MAX;
use crate::problem::ApiError;
use crate::shard::ask::{Left, PaymentStand, SaleSeen};

impl LoadedRace {
    /// Refuses a command for which the open batch has no room together with the note about what came of it.
    pub(super) fn check_room_for_outcome(&self) -> Result<(), ApiError> {
        let is_opening = self.performance.is_some();
        if is_opening && !self.ledger.fits_with_note(OUTCOME_NOTE_BYTES_MAX) {
            return Err(ApiError::Overloaded);
        }
        Ok(())
    }

    /// Notes what came of a payment or a cancel in an opening, in the batch of the command. A cancel gives `refund_won` back, or
    /// everything if nobody says how much.
    pub(super) fn keep_outcome(
        &mut self,
        member: MemberId,
        at: Moment,
        act: Act,
        outcome: Outcome,
        refund_won: Option<u64>,
    ) {
        if self.performance.is_none() {
            return;
        }
        let at_unix_ms = i64::try_from(self.unix(at).as_millis()).unwrap_or(i64::MAX);
        let sale = self.practice().sale();
        let note = match (outcome, act) {
            (Outcome::Booked { booking, total }, _) => sale.booking(booking).map(|row| {
                let person = self.practice().member(member).person();
                let seats = row.seats.iter().collect();
                let payment = row.payment;
                Note::Booked { person, booking, at_unix_ms, total, seats, payment }
            }),
            (Outcome::Cancelled, Act::CancelBooking(booking)) => {
                let whole = sale.booking(booking).map(|row| row.total);
                let refunded = whole.map(|whole| refund_won.unwrap_or(whole).min(whole));
                refunded.map(|refunded| Note::Cancelled { booking, at_unix_ms, refunded })
            }
            _ => None,
        };
        let Some(note) = note else { return };
        // `check_room_for_outcome` has seen to it that there is room. A ledger that is poisoned answers nobody.
        if self.note_at(at, None, &note).is_ok() {
            self.note_news();
        }
    }

    /// How a payment stands. That one is over stays so: the log is told how far time had come, so that no restart and no clock that
    /// was set back brings it to life again.
    pub(super) fn payment_stand(
        &mut self,
        now: UnixTime,
        payment: PaymentId,
    ) -> Result<PaymentStand, ApiError> {
        match self.practice().sale().payment(payment) {
            Some(PaymentFate::UnderWay { .. }) => Ok(PaymentStand::UnderWay),
            Some(PaymentFate::Booked(_)) => Ok(PaymentStand::Booked),
            Some(PaymentFate::Over) | None => {
                if self.logged_at < Machine::now(self.practice()) {
                    self.note(now, None, &Note::Told)?;
                }
                Ok(PaymentStand::Over)
            }
        }
    }

    /// Notes that the open batch has something in it that the catalogue shows.
    pub(super) fn note_news(&mut self) {
        if self.performance.is_some() {
            self.news_through = Some(self.ledger.horizon());
        }
    }

    /// Tells the projection that there is news on disk.
    pub(super) fn tell_projection(&mut self, context: &Context) {
        let durable = self.ledger.durable_through();
        if self.news_through.take_if(|through| *through <= durable).is_some() {
            context.openings.note_news(self.id);
        }
    }

    /// What a refusal means. A booking that was cancelled before is told from one that never was this member's.
    pub(super) fn refused(&self, member: MemberId, act: Act, refusal: Refusal) -> ApiError {
        let visitor = self.practice().member(member).visitor();
        if let (Act::CancelBooking(booking), Refusal::NoSuchBooking) = (act, refusal)
            && let Some(row) = self.practice().sale().booking(booking)
            && row.visitor == visitor
        {
            return ApiError::BookingCancelled;
        }
        refusal.into()
    }

    /// How the sale stands. Counts every seat, so it is asked for now and then only.
    pub(super) fn sale_seen(&self) -> SaleSeen {
        let sale = self.practice().sale();
        let layout = sale.layout();
        let mut left: Vec<Left> = Vec::new();
        for section in 0..layout.section_count() {
            let section = u16::try_from(section).unwrap_or(u16::MAX);
            let seats = layout.seats_of(sale::Section(section)).map(Seat);
            let first = left.len();
            for seat in seats {
                let grade = layout.grade_of(seat);
                let known = left[first..].iter().position(|one| one.grade == grade);
                let index = known.map_or(left.len(), |index| first + index);
                if known.is_none() {
                    left.push(Left { section, grade, seats: 0 });
                }
                left[index].seats += u32::from(sale.is_free(seat));
            }
        }
        let opens_at = self.unix(sale.rules().opens_at);
        let ends_at = self.unix(self.practice().ends_at());
        SaleSeen {
            stage: sale.stage(),
            opens_at,
            ends_at,
            free: sale.free_count(),
            sections: self.sheet.sections.clone(),
            grades: self.sheet.grades.clone(),
            left,
        }
    }
}
