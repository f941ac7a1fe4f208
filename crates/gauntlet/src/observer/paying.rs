//! What the observer keeps of payments that are under way, and what must hold of them.

use sale::limits::PAYING;
use sale::{HoldAt, Moment, PaymentId, Return, Visitor};

use super::{Observer, Whereabouts};

impl Observer {
    pub(super) fn begin_payment(&mut self, visitor: Visitor, id: PaymentId, until: Moment) {
        let Whereabouts::Inside { until: pass_until, hold_until, payment } = self.of(visitor)
        else {
            panic!("{visitor:?} begins to pay from outside");
        };
        assert_eq!(payment, None, "{visitor:?} pays twice at once");
        assert_eq!(id.0, self.payments_begun, "payments are numbered in order");
        assert_eq!(until, self.now + PAYING, "a payment lasts as the limit says");
        assert!(hold_until.is_some_and(|end| self.now < end), "a payment has seats that are held");
        assert!(self.holds_any(visitor), "a payment has seats that are held");
        self.payments_begun += 1;
        let payment = Some((id, until));
        self.people.insert(visitor, Whereabouts::Inside { until: pass_until, hold_until, payment });
    }

    pub(super) fn end_payment(&mut self, visitor: Visitor, id: PaymentId) {
        let Whereabouts::Inside { until, hold_until, payment } = self.of(visitor) else {
            panic!("{visitor:?} ends a payment from outside");
        };
        let (under_way, end) = payment.expect("a payment that is under way ends");
        assert_eq!(under_way, id, "the payment that is under way ends");
        assert!(self.now <= end, "a payment ends when its time is over at the latest");
        self.payment_ended = Some((visitor, self.now));
        self.people.insert(visitor, Whereabouts::Inside { until, hold_until, payment: None });
    }

    /// Checks that held seats return when they may. A payment puts the end of a hold off to its own.
    pub(super) fn check_end(&self, visitor: Visitor, hold_until: Option<Moment>, cause: Return) {
        let has_just_paid = self.payment_ended == Some((visitor, self.now));
        match cause {
            Return::HoldEnded => {
                let end = hold_until.expect("a hold has an end");
                let is_put_off = has_just_paid && end <= self.now;
                assert!(is_put_off || end == self.now, "a hold ends at the moment that was set");
            }
            Return::PaymentEnded => {
                assert_eq!(self.rules.hold_at, HoldAt::Payment, "the hold outlives the payment");
                assert!(has_just_paid, "seats return with the payment");
            }
            Return::Released | Return::Left | Return::Cancelled | Return::Closed => {}
        }
    }
}
