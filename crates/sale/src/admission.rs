//! Admission: when the next visitor may come in. A bucket fills with admissions at the rate of the
//! rules, up to the burst; letting a visitor in takes one admission out.
//!
//! All arithmetic is in integers, so filling the bucket in two steps gives exactly what one step
//! gives.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::moment::{Moment, Span};
use crate::random::{Seed, Stream};
use crate::rules::AdmissionRules;

/// One admission. A rate per 1,000 s times nanoseconds counts in units of 10⁻¹² admissions.
const ONE: u64 = 1_000_000_000_000;

/// How long one batch lasts. Within a batch the rate keeps one random factor, as it does on servers
/// that let visitors in by batches.
const BATCH: Span = Span::from_millis(5_000);

/// The purpose of the draws for the rate's noise.
const NOISE: u64 = 0x0061_646d_6974_6e6f;

/// The bucket of admissions.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Admission {
    /// When the sale opened. The bucket is full then.
    opened_at: Moment,
    /// How full the bucket was at `settled_at`, in units of [`ONE`].
    credit: u64,
    settled_at: Moment,
    /// The first moment at which the bucket holds a whole admission, if none is taken before.
    ready_at: Moment,
}

impl Admission {
    /// A bucket that starts full at the opening.
    pub(crate) fn opened(rules: &AdmissionRules, opened_at: Moment) -> Self {
        let credit = u64::from(rules.burst) * ONE;
        Self { opened_at, credit, settled_at: opened_at, ready_at: opened_at }
    }

    /// The first moment at which a visitor may be let in.
    pub(crate) fn ready_at(&self) -> Moment {
        self.ready_at
    }

    /// Takes one admission out at `now`.
    pub(crate) fn take(&mut self, rules: &AdmissionRules, seed: Seed, now: Moment) {
        if rules.per_1000_s == 0 {
            return;
        }
        self.settle(rules, seed, now);
        assert!(self.credit >= ONE, "an admission is taken only when one is ready");
        self.credit -= ONE;
        self.ready_at = self.next_ready(rules, seed);
    }

    /// Fills the bucket up to `now`, never above the burst.
    fn settle(&mut self, rules: &AdmissionRules, seed: Seed, now: Moment) {
        let full = u64::from(rules.burst) * ONE;
        while self.settled_at < now && self.credit < full {
            let step_end = self.batch_end(self.settled_at).min(now);
            let filled = self.rate(rules, seed, self.settled_at)
                * step_end.since(self.settled_at).as_nanos();
            self.credit = full.min(self.credit + filled);
            self.settled_at = step_end;
        }
        self.settled_at = now;
    }

    fn next_ready(&self, rules: &AdmissionRules, seed: Seed) -> Moment {
        let mut credit = self.credit;
        let mut at = self.settled_at;
        while credit < ONE {
            let rate = self.rate(rules, seed, at);
            let needed = Span::from_nanos((ONE - credit).div_ceil(rate));
            let batch_end = self.batch_end(at);
            if at + needed <= batch_end {
                return at + needed;
            }
            credit += rate * batch_end.since(at).as_nanos();
            at = batch_end;
        }
        at
    }

    fn batch(&self, at: Moment) -> u64 {
        at.since(self.opened_at).as_nanos() / BATCH.as_nanos()
    }

    fn batch_end(&self, at: Moment) -> Moment {
        self.opened_at + Span::from_nanos((self.batch(at) + 1).saturating_mul(BATCH.as_nanos()))
    }

    /// Units of [`ONE`] a nanosecond in the batch of `at`; at least 1, so that every wait ends.
    fn rate(&self, rules: &AdmissionRules, seed: Seed, at: Moment) -> u64 {
        let noise = u64::from(rules.noise_permille);
        let draw = Stream::of(seed, NOISE, self.batch(at)).below(0, 2 * noise + 1);
        (u64::from(rules.per_1000_s) * (1000 - noise + draw) / 1000).max(1)
    }
}
