//! Values that must never change: replays of old races depend on them.

use sale::random::{Stream, mix};
use sale::{
    CaptchaStep, Command, Commitment, Digest, HoldAt, Machine, Order, Rules, Sale, Visitor,
};

use crate::story::{OPENING, SEED, Story, hall, plain, secs};

/// The first outputs of `SplitMix64` from seed 0, as published with it.
#[test]
fn s12_the_mixer_is_splitmix64() {
    let gamma = 0x9E37_79B9_7F4A_7C15_u64;
    let outputs = [1, 2, 3].map(|step: u64| mix(gamma.wrapping_mul(step)));
    assert_eq!(outputs, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]);
}

#[test]
fn s12_streams_are_stable() {
    let stream = Stream::new(SEED, 1, 2);
    assert_eq!(
        [0, 1, u64::MAX].map(|at| stream.at(at)),
        [0xAB51_2005_3F6B_E922, 0x7A9D_46FE_6A4D_AED0, 0x88AB_99AD_D92A_D69E]
    );
    assert_eq!([0, 1, 2, 3].map(|at| stream.below(at, 1_000)), [669, 478, 597, 436]);
    assert_eq!(
        [0, 1].map(|at| stream.unit(at).to_bits()),
        [0x3FE5_6A24_00A7_ED7D, 0x3FDE_A751_BF9A_936A]
    );
}

#[test]
fn s12_streams_of_other_seeds_purposes_and_indices_differ() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..20 {
        for purpose in 0..20 {
            for index in 0..20 {
                for position in 0..5 {
                    assert!(seen.insert(Stream::new(seed, purpose, index).at(position)));
                }
            }
        }
    }
}

#[test]
fn s12_fractions_lie_strictly_between_nought_and_one() {
    let stream = Stream::new(SEED, 5, 5);
    let mean = (0..10_000).map(|at| stream.unit(at)).sum::<f64>() / 10_000.0;
    assert!((0.49..0.51).contains(&mean), "{mean}");
    // A stream whose number at position 0 is all ones; its key is computed by inverting `mix`.
    let key = unmix(u64::MAX);
    let ones = borsh::from_slice::<Stream>(&key.wrapping_sub(GAMMA).to_le_bytes()).unwrap();
    assert_eq!(ones.at(0), u64::MAX);
    assert!(ones.unit(0) < 1.0);
    assert_eq!(ones.below(0, 7), 6);
    let zeros = borsh::from_slice::<Stream>(&unmix(0).wrapping_sub(GAMMA).to_le_bytes()).unwrap();
    assert_eq!(zeros.at(0), 0);
    assert!(zeros.unit(0) > 0.0);
    assert_eq!(zeros.below(0, 7), 0);
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The inverse of `mix`.
fn unmix(mut x: u64) -> u64 {
    let inverse = |odd: u64| {
        // Newton's method doubles the right bits: 3, 6, 12, 24, 48, 96.
        (0..5).fold(odd, |guess, _| guess.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(guess))))
    };
    let unshift = |x: u64, by: u32| (1..=64 / by).fold(x, |guess, _| x ^ (guess >> by));
    x = unshift(x, 31).wrapping_mul(inverse(0x94D0_49BB_1331_11EB));
    x = unshift(x, 27).wrapping_mul(inverse(0xBF58_476D_1CE4_E5B9));
    unshift(x, 30)
}

#[test]
fn s12_the_lottery_is_stable() {
    let sale = Sale::new(plain(), hall(), SEED).unwrap();
    assert_eq!(
        hex(sale.lottery_commitment()),
        "d362f53289ba7eed6976b0f296eb15ffd062cda0037d66ff879ae8a4c7d58791"
    );
    assert_eq!(
        hex(Commitment::to(0)),
        "b477641dc687fa44c9b7932d4c37c3cb5663cad2161ec6f6bdd784863117c4a1"
    );
}

fn hex(commitment: Commitment) -> String {
    commitment.0.map(|byte| format!("{byte:02x}")).concat()
}

#[test]
fn s12_captchas_are_stable() {
    let mut rules = plain();
    rules.captcha.step = CaptchaStep::BeforeMap;
    let mut story = Story::inside(rules, Visitor(0));
    let mut shown = Vec::new();
    for _ in 0..4 {
        let challenge = story.sale.challenge(Visitor(0)).unwrap();
        shown.push(challenge.letters.as_str().to_owned());
        story.renew(Visitor(0)).unwrap();
    }
    assert_eq!(shown, ["ZZEBNG", "DLTAKG", "DUBWWM", "HAYJPD"]);
}

/// A long history with a queue, noise, captchas, holds, misses, payments and cancellations.
#[test]
fn s12_a_history_is_stable() {
    let mut rules = Rules { order: Order::Lottery, hold_at: HoldAt::Click, ..plain() };
    rules.admission.per_1000_s = 2_000;
    rules.admission.noise_permille = 200;
    rules.captcha.step = CaptchaStep::BeforeHold;
    let mut story = Story::of(rules);
    assert_eq!(story.sale.hash().to_string(), Digest::default().hash().to_string());
    assert_eq!(story.sale.hash().to_string(), "99aa06d3014798d86001c324468d497f");
    for number in 0..300 {
        story.enter(Visitor(number)).unwrap();
    }
    let draws = Stream::new(SEED, 9, 9);
    for second in 0..140 {
        story.until(OPENING + sale::Span::from_millis(second * 1_000));
        for number in 0..300 {
            let visitor = Visitor(number);
            let draw = draws.below(second << 32 | u64::from(number), 8);
            if !story.is_inside(visitor) {
                continue;
            }
            let seat = u32::try_from(draws.below(u64::from(number), 10)).unwrap();
            let _ = match draw {
                0 if story.sale.challenge(visitor).is_some() => story.solve(visitor),
                1..=3 => story.hold(visitor, &[seat]),
                4 => story.pay(visitor),
                5 => story.release(visitor, &[seat]),
                6 => story.renew(visitor),
                _ => story.does(Command::Enter { visitor }),
            };
        }
        let booked = u32::try_from(story.sale.bookings().len()).unwrap();
        if booked > 0 && second % 3 == 0 {
            let _ = story.cancel(story.sale.bookings()[booked as usize - 1].visitor, booked - 1);
        }
    }
    story.until(secs(400));
    assert!(story.sale.bookings().len() > 5);
    let machine: &dyn Machine = &story.sale;
    assert_eq!(
        (machine.hash().to_string().as_str(), story.sale.event_count()),
        ("7689a00c46e62c340c79780a2b9dacbb", 6631)
    );
}
