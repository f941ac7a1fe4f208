//! The world of one trial: small sales whose rules, halls and crowds the seed chooses. Over many
//! seeds, every value of a rule is combined with every value of the others.
//!
//! The sales are not meant to be realistic: they reach cases that real sales reach once a year.

use crowd::{Arrival, Care, CrowdRules, Delay, Dist, Groups, Hall, Persona, Race, Scenario};
use journal::SaleId;
use practice::Practice;
use sale::random::Seed;
use sale::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaSecret, CaptchaStep, Chance,
    HoldAt, Layout, Moment, Order, Refresh, Rules, SnapshotError, Span,
};

use crate::dice::Dice;

/// The purpose of the draws for a show.
const SHOW: u64 = 0x7368_6f77;

/// One sale of a trial, and all that is needed to set it up again.
#[derive(Clone, Debug)]
pub struct Show {
    /// The number of the sale in the journal.
    pub sale: SaleId,
    /// What decides the rest: a seed of 64 or of 128 bits, and often a secret of the captchas.
    pub chance: Chance,
    /// The hall, the rules and the crowd.
    pub scenario: Scenario,
    /// How many people may take part, from 3 to 40.
    pub persons: u32,
    header: [u8; 16],
}

impl Show {
    /// The show with this number in the trial of seed `trial`.
    pub fn new(trial: u64, number: u64) -> Self {
        let mut dice = Dice::new(trial, SHOW.wrapping_add(number));
        let rules = rules(&mut dice);
        let (layout, hall) = hall(&mut dice);
        let crowd = crowd(&mut dice);
        let mut header = [0; 16];
        header[..8].copy_from_slice(&trial.to_le_bytes());
        header[8..].copy_from_slice(&number.to_le_bytes());
        let chance = chance(&mut dice);
        let persons = 3 + dice.below_u32(38);
        // Drawn last, so that everything else in a trial stays as its seed has always had it.
        let cancelled = cancelled(&mut dice);
        let rules = Rules { cancelled, ..rules };
        Self {
            sale: SaleId(number + 1),
            chance,
            scenario: Scenario { rules, layout, hall, crowd, visits: crowd::Visits::One },
            persons,
            header,
        }
    }

    /// The header that the journal keeps, from which [`of`](Self::of) makes this show again.
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// The show that this header belongs to.
    ///
    /// # Panics
    ///
    /// If the bytes are not a header.
    pub fn of(header: &[u8]) -> Self {
        let (trial, number) = header.split_first_chunk().expect("a header has 16 bytes");
        let number = number.try_into().expect("a header has 16 bytes");
        Self::new(u64::from_le_bytes(*trial), u64::from_le_bytes(number))
    }

    /// The race before it begins.
    ///
    /// # Panics
    ///
    /// If the scenario cannot be played, which a test excludes.
    pub fn race(&self) -> Race {
        Race::new(self.scenario.clone(), self.chance).expect("every show can be played")
    }

    /// The race before it begins, as a practice without members.
    ///
    /// # Panics
    ///
    /// If the scenario cannot be played, which a test excludes.
    pub fn practice(&self) -> Practice {
        self.practice_until(Moment::NEVER)
    }

    /// The same, as a practice that ends at `ends_at` at the latest.
    ///
    /// # Panics
    ///
    /// If the scenario cannot be played, which a test excludes.
    pub fn practice_until(&self, ends_at: Moment) -> Practice {
        let practice = Practice::new(self.scenario.clone(), self.chance, ends_at);
        practice.expect("every show can be played")
    }

    /// Restores a practice of this show from a snapshot.
    ///
    /// # Errors
    ///
    /// If the bytes are damaged or a snapshot of another practice.
    pub fn restore(&self, bytes: &[u8]) -> Result<Practice, SnapshotError> {
        Practice::restore(self.scenario.clone(), self.chance, Moment::NEVER, bytes)
    }
}

fn chance(dice: &mut Dice) -> Chance {
    let (low, high) = (dice.any(), dice.pick(&[0, 1, u64::MAX]));
    let secret = [0; 2].map(|_: u64| dice.any().to_le_bytes()).concat();
    let secret = CaptchaSecret(secret.try_into().expect("two times eight bytes"));
    Chance {
        seed: Seed(u128::from(high) << 64 | u128::from(low)),
        captcha_secret: dice.percent(60).then_some(secret),
    }
}

fn millis(dice: &mut Dice, low: u64, high: u64) -> Span {
    Span::from_millis(dice.within(low, high))
}

fn rules(dice: &mut Dice) -> Rules {
    let opens_at = Moment::START + millis(dice, 0, 4_000);
    let closes_at = match dice.below(10) {
        0 => Some(opens_at + millis(dice, 5_000, 90_000)),
        _ => None,
    };
    let refreshes = [Refresh::Keeps, Refresh::GoesToEnd];
    Rules {
        opens_at,
        closes_at,
        order: dice.pick(&[Order::Arrival, Order::Arrival, Order::Lottery]),
        early_lock: millis(dice, 0, 1_500),
        refresh_waiting: dice.pick(&refreshes),
        refresh_inside: dice.pick(&refreshes),
        admission: admission(dice),
        captcha: captcha(dice),
        pass: millis(dice, 500, 60_000),
        hold_at: dice.pick(&[HoldAt::Click, HoldAt::Done, HoldAt::Payment]),
        hold: millis(dice, 300, 30_000),
        after_hold: dice.pick(&[AfterHold::Leaves, AfterHold::Stays]),
        seats_max: 1 + u8::try_from(dice.below(8)).expect("a small number"),
        fee_won: dice.below(3) * 1_000,
        discounts: dice.pick(&[&[][..], &[50], &[10, 99]]).to_vec(),
        cancelled: CancelledSeats::AtOnce,
    }
}

fn cancelled(dice: &mut Dice) -> CancelledSeats {
    if dice.percent(60) {
        CancelledSeats::AtOnce
    } else {
        CancelledSeats::InBatches { every: millis(dice, 200, 20_000) }
    }
}

fn admission(dice: &mut Dice) -> AdmissionRules {
    let per_1000_s = match dice.below(4) {
        0 => 0,
        1 => dice.within(100, 5_000),
        2 => dice.within(5_000, 60_000),
        _ => dice.within(60_000, 2_000_000),
    };
    AdmissionRules {
        per_1000_s: u32::try_from(per_1000_s).expect("a small number"),
        burst: 1 + dice.below_u32(40),
        noise_permille: dice.pick(&[0, 0, 250, 999]),
        inside_max: if dice.percent(60) { 1 + dice.below_u32(20) } else { 100_000 },
    }
}

fn captcha(dice: &mut Dice) -> CaptchaRules {
    use CaptchaStep::{BeforeHold, BeforeMap, BeforePay, Never};
    let step = dice.pick(&[Never, BeforeMap, BeforeMap, BeforeHold, BeforePay]);
    CaptchaRules {
        step,
        letters: 1 + u8::try_from(dice.below(8)).expect("a small number"),
        valid_for: millis(dice, 200, 30_000),
        put_off: step == BeforeMap && dice.percent(60),
    }
}

fn hall(dice: &mut Dice) -> (Layout, Hall) {
    let seat_count = dice.within(20, 400);
    let mut sizes = Vec::new();
    let mut left = u32::try_from(seat_count).expect("a small number");
    for _ in 0..dice.below(6) {
        let size = 1 + dice.below_u32(left.div_ceil(2));
        if size < left {
            sizes.push(size);
            left -= size;
        }
    }
    sizes.push(left);
    let grades =
        (0..seat_count).map(|_| u8::try_from(dice.below(3)).expect("a small number")).collect();
    let layout = Layout::new(&sizes, grades, vec![154_000, 132_000, 99_000])
        .expect("the layout fits together");
    #[expect(clippy::cast_possible_truncation, reason = "a quality needs no more digits")]
    let quality = (0..seat_count).map(|_| dice.unit() as f32).collect();
    let adjacent = (0..seat_count).map(|_| dice.percent(85)).collect();
    let hall = Hall::new(&layout, quality, adjacent).expect("as many as seats");
    (layout, hall)
}

fn crowd(dice: &mut Dice) -> CrowdRules {
    let rivals = match dice.below(20) {
        0..=2 => 0,
        3..=10 => dice.within(1, 60),
        11..=17 => dice.within(60, 400),
        18 => dice.within(400, 1_000),
        _ => dice.within(1_000, 3_000),
    };
    let all = dice.between(0.0, 0.7);
    CrowdRules {
        rivals: u32::try_from(rivals).expect("a small number"),
        personas: (0..=dice.below(3)).map(|_| persona(dice)).collect(),
        groups: Groups { all, one_less: (1.0 - all) * dice.unit(), two_of_two: dice.unit() },
        notice: delay(dice, 2.0),
        map_refresh: dist(dice, 3.0),
        click: delay(dice, 0.3),
        leave_per_min: dice.between(0.0, 0.5),
        leave_late_factor: dice.between(0.0, 8.0),
        refresh_per_min: dice.between(0.0, 0.5),
    }
}

fn persona(dice: &mut Dice) -> Persona {
    Persona {
        name: "anyone".to_owned(),
        share: dice.between(0.1, 1.0),
        is_program: dice.percent(20),
        arrivals: (0..=dice.below(3)).map(|_| arrival(dice)).collect(),
        press_again: delay(dice, 1.0),
        captcha: delay(dice, 3.0),
        captcha_error: dice.between(0.0, 0.5),
        captcha_again: delay(dice, 2.0),
        put_off: dice.unit(),
        section: delay(dice, 2.0),
        first_seat: delay(dice, 1.5),
        next_seat: delay(dice, 1.0),
        done: delay(dice, 1.0),
        alert: delay(dice, 0.5),
        repick: delay(dice, 1.5),
        // Without a delay, a rival would look at a full hall endlessly often at the same moment.
        look_again: Delay(vec![Dist::Uniform { low: 0.5, high: 4.0 }]),
        pay: delay(dice, 12.0),
        abandon: dice.between(0.0, 0.4),
        patience: dice.below_u32(8),
        give_up: dice.between(0.1, 0.9),
        settle: dice.unit(),
        care: Care {
            temperature: dice.between(0.05, 1.0),
            crowd_aversion: dice.between(0.0, 1.0),
            random_section: dice.unit(),
            random_seat: dice.unit(),
            skip: dice.between(0.0, 0.5),
            spread: dice.between(0.0, 0.3),
            glance: dice.between(1.0, 400.0),
            haste: dice.between(0.0, 0.3),
        },
    }
}

fn arrival(dice: &mut Dice) -> Arrival {
    let press = match dice.below(4) {
        // All rivals of this way of arriving press in the same nanosecond.
        0 => Dist::Fixed(dice.between(-0.5, 3.0)),
        1 => Dist::Normal { mean: dice.between(-0.5, 2.0), sd: dice.between(0.0, 1.0) },
        2 => Dist::Uniform { low: dice.between(-2.0, 1.0), high: dice.between(1.0, 20.0) },
        _ => Dist::Exponential { from: dice.between(-1.0, 5.0), mean: dice.between(0.0, 20.0) },
    };
    let to_place = if dice.percent(40) { Delay::none() } else { delay(dice, 1.0) };
    Arrival { weight: dice.between(0.1, 1.0), press, to_place }
}

/// A delay that is always zero, always the same time, or spread around `typical` seconds.
fn delay(dice: &mut Dice, typical: f64) -> Delay {
    if dice.percent(8) { Delay::none() } else { Delay(vec![dist(dice, typical)]) }
}

fn dist(dice: &mut Dice, typical: f64) -> Dist {
    let size = typical * dice.between(0.2, 1.5);
    match dice.below(5) {
        0 => Dist::Fixed(size),
        1 => Dist::Uniform { low: 0.0, high: size },
        2 => Dist::Normal { mean: size, sd: size / 2.0 },
        3 => Dist::LogNormal { median: size, sd: dice.between(0.1, 0.9) },
        _ => Dist::Exponential { from: 0.0, mean: size },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g1_every_seed_makes_sales_that_can_be_played_and_found_again() {
        for trial in 0..300 {
            for number in 0..2 {
                let show = Show::new(trial, number);
                show.scenario.rules.check().expect("rules that can be played");
                show.scenario.crowd.check().expect("a crowd that can be played");
                let again = Show::of(show.header());
                assert_eq!((again.sale, again.chance), (show.sale, show.chance));
                assert_eq!(again.scenario, show.scenario);
            }
        }
    }
}
