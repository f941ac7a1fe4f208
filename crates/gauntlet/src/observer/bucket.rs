//! A simple bucket of admissions with a fixed rate. It is an upper or a lower bound of the sale's
//! bucket, whose rate has noise.

use sale::{AdmissionRules, Moment};

/// One admission, in units of which a rate of 1 per 1,000 s fills one in each nanosecond.
const ONE: i128 = 1_000_000_000_000;

/// A bucket that fills at a fixed rate, up to the burst.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    /// The units that each nanosecond fills; `None` if the rate has no limit.
    rate: Option<i128>,
    full: i128,
    credit: i128,
    at: Moment,
}

impl Bucket {
    /// A bucket with the highest rate that the noise allows.
    pub(super) fn fastest(rules: &AdmissionRules, opened_at: Moment) -> Self {
        let rate = i128::from(rules.per_1000_s) * (1000 + i128::from(rules.noise_permille)) / 1000;
        Self::opened(rules, (rate + 1).max(1), opened_at)
    }

    /// A bucket with the lowest rate that the noise allows.
    pub(super) fn slowest(rules: &AdmissionRules, opened_at: Moment) -> Self {
        let rate = i128::from(rules.per_1000_s) * (1000 - i128::from(rules.noise_permille)) / 1000;
        Self::opened(rules, rate.max(1), opened_at)
    }

    fn opened(rules: &AdmissionRules, rate: i128, at: Moment) -> Self {
        let full = i128::from(rules.burst) * ONE;
        let rate = (rules.per_1000_s > 0).then_some(rate);
        Self { rate, full, credit: full, at }
    }

    /// Takes an admission out, and says whether there was one. If there was none, the bucket owes
    /// it.
    pub(super) fn take(&mut self, now: Moment) -> bool {
        if self.rate.is_none() {
            return true;
        }
        self.credit = self.credit_at(now) - ONE;
        self.at = now;
        self.credit >= 0
    }

    /// Whether a whole admission is in the bucket.
    pub(super) fn is_due(&self, now: Moment) -> bool {
        self.rate.is_none() || self.credit_at(now) >= ONE
    }

    fn credit_at(&self, now: Moment) -> i128 {
        let filled = i128::from(now.since(self.at).as_nanos()) * self.rate.unwrap_or(0);
        self.full.min(self.credit + filled)
    }
}
