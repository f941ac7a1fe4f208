//! Arrivals: the first press of each rival, in order of time, without a list of them.
//!
//! The rivals of one way of arriving are numbered in the order in which they come, so their times
//! are `n` independent draws in sorted order. These are computed one after the other: with `E`
//! standard exponential, the k-th smallest of `n` exponentials is the sum of `E_i / (n - i)` for `i
//! < k` (Rényi, "On the theory of order statistics", 1953), and `1 - exp(-sum)` is the share of the
//! distribution below it. So the state is one sum for each way, however many rivals there are.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::random::{Seed, Stream};
use sale::{Moment, Span};

use crate::dist::Dist;
use crate::persona::{Arrival, CrowdRules, Persona};

/// The purpose of the draws for arrivals.
const ARRIVAL: u64 = 0x0061_7272_6976_616c;

/// One way of arriving of one persona, and the rivals who arrive so.
#[derive(Clone, Debug)]
struct Way {
    persona: usize,
    arrival: usize,
    first: u32,
    count: u32,
    press: Dist,
}

/// How many rivals of one way have come, and when the next one does.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Progress {
    /// How many have come.
    come: u32,
    /// Rényi's sum.
    sum: f64,
    /// When the next one comes; `None` after the last.
    next_at: Option<Moment>,
}

/// All ways of arriving in a crowd. They do not change during a race.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    seed: Seed,
    opens_at: Moment,
    all: Vec<Way>,
}

/// How far the arrivals are. This changes during a race.
#[derive(Clone, Debug, Default, BorshSerialize, BorshDeserialize)]
pub(crate) struct Arrivals {
    progress: Vec<Progress>,
    /// The index of the way whose next rival comes first.
    soonest: usize,
}

impl Ways {
    /// Shares the rivals out among personas and their ways of arriving.
    pub(crate) fn new(rules: &CrowdRules, seed: Seed, opens_at: Moment) -> Self {
        let mut weights = Vec::new();
        for (persona_at, persona) in rules.personas.iter().enumerate() {
            let sum: f64 = persona.arrivals.iter().map(|arrival| arrival.weight).sum();
            for (arrival_at, arrival) in persona.arrivals.iter().enumerate() {
                weights.push((persona_at, arrival_at, persona.share * arrival.weight / sum));
            }
        }
        let total: f64 = weights.iter().map(|weight| weight.2).sum();
        let mut ways = Vec::with_capacity(weights.len());
        let (mut first, mut sum) = (0, 0.0);
        for (persona, arrival, weight) in weights {
            sum += weight;
            let end = round(f64::from(rules.rivals) * (sum / total));
            let press = rules.personas[persona].arrivals[arrival].press;
            ways.push(Way { persona, arrival, first, count: end - first, press });
            first = end;
        }
        Self { seed, opens_at, all: ways }
    }

    fn way_of(&self, rival: u32) -> &Way {
        let at = self.all.partition_point(|way| way.first + way.count <= rival);
        &self.all[at]
    }

    /// The persona of a rival, by index.
    pub(crate) fn persona_index(&self, rival: u32) -> u8 {
        u8::try_from(self.way_of(rival).persona).expect("at most ARRIVALS_MAX")
    }

    /// The persona of a rival.
    pub(crate) fn persona_of<'a>(&self, rules: &'a CrowdRules, rival: u32) -> &'a Persona {
        &rules.personas[self.way_of(rival).persona]
    }

    /// How a rival arrives.
    pub(crate) fn arrival_of<'a>(&self, rules: &'a CrowdRules, rival: u32) -> &'a Arrival {
        let way = self.way_of(rival);
        &rules.personas[way.persona].arrivals[way.arrival]
    }

    /// Finds the time of the next rival of the way at index `at`.
    fn next(&self, at: usize, progress: &mut Progress) {
        let way = &self.all[at];
        if progress.come == way.count {
            progress.next_at = None;
            return;
        }
        let stream = Stream::of(self.seed, ARRIVAL, at as u64);
        let exponential = -libm::log(stream.unit(u64::from(progress.come)));
        progress.sum += exponential / f64::from(way.count - progress.come);
        let share = -libm::expm1(-progress.sum);
        // The sum is finite and above zero, but the share of the last rival may be rounded to one.
        let secs = way.press.quantile(share.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0));
        progress.next_at = Some(offset(self.opens_at, secs));
    }
}

impl Arrivals {
    /// Arrivals of which nobody has come yet.
    pub(crate) fn new(ways: &Ways) -> Self {
        let mut progress = Vec::with_capacity(ways.all.len());
        for at in 0..ways.all.len() {
            let mut fresh = Progress { come: 0, sum: 0.0, next_at: None };
            ways.next(at, &mut fresh);
            progress.push(fresh);
        }
        let mut arrivals = Self { progress, soonest: 0 };
        arrivals.find_soonest();
        arrivals
    }

    /// When the next rival presses; `None` after the last.
    pub(crate) fn next_at(&self) -> Option<Moment> {
        self.progress.get(self.soonest)?.next_at
    }

    /// Takes the next rival.
    pub(crate) fn take(&mut self, ways: &Ways) -> u32 {
        let progress = &mut self.progress[self.soonest];
        let rival = ways.all[self.soonest].first + progress.come;
        progress.come += 1;
        ways.next(self.soonest, progress);
        self.find_soonest();
        rival
    }

    fn find_soonest(&mut self) {
        let coming = self.progress.iter().enumerate().filter(|(_, way)| way.next_at.is_some());
        if let Some((at, _)) = coming.min_by_key(|(_, way)| way.next_at) {
            self.soonest = at;
        }
    }
}

/// The moment `secs` after `opens_at`, or before it if negative, but never before the start.
fn offset(opens_at: Moment, secs: f64) -> Moment {
    if secs >= 0.0 {
        return opens_at + Span::from_secs_f64(secs);
    }
    let before = Span::from_secs_f64(-secs).as_nanos();
    Moment::from_nanos(opens_at.as_nanos().saturating_sub(before))
}

/// To the nearest whole number; the callers' values fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of rivals"
)]
fn round(value: f64) -> u32 {
    (value + 0.5) as u32
}
