//! How fast visitors are let in, and how many at once.

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;
use sale::{AdmissionRules, Command, Moment, Order, Rules, Sale, Visitor};

use crate::story::{
    JUNHO, MINA, OPENING, SORA, Story, hall, one_a_second, one_inside, plain, secs, span,
};

fn admitting(per_1000_s: u32, burst: u32) -> Rules {
    let admission = AdmissionRules { per_1000_s, burst, noise_permille: 0, inside_max: 100_000 };
    Rules { admission, ..plain() }
}

fn when_admitted(story: &Story) -> Vec<u64> {
    story.admissions().iter().map(|(_, at)| at.since(OPENING).as_nanos()).collect()
}

fn crowd(story: &mut Story, visitors: std::ops::Range<u32>) {
    for number in visitors {
        story.enter(Visitor(number)).unwrap();
    }
}

#[test]
fn q8_a_burst_at_the_opening_then_the_mean_rate_to_the_nanosecond() {
    let mut story = Story::of(Rules { order: Order::Lottery, ..admitting(1_500, 2) });
    crowd(&mut story, 0..7);
    story.until(secs(60));
    let third = 2_000_000_000_u64;
    let expected = [0, 0, third.div_ceil(3), (2 * third).div_ceil(3), third, 2_666_666_667];
    assert_eq!(when_admitted(&story)[..6], expected);
}

#[test]
fn q8_no_more_than_the_burst_is_saved_up_while_nobody_waits() {
    let mut story = Story::opened(admitting(1_000, 3));
    story.until(secs(500));
    crowd(&mut story, 0..5);
    assert_eq!(story.admissions().len(), 3);
    story.until(Moment::from_nanos(secs(501).as_nanos() - 1));
    assert_eq!(story.admissions().len(), 3);
    story.until(secs(501));
    assert_eq!(story.admissions().len(), 4, "a full bucket does not fill further");
}

#[test]
fn q8_admissions_are_saved_up_while_there_is_no_room() {
    let mut rules = admitting(1_000, 2);
    rules.admission.inside_max = 2;
    let mut story = Story::opened(rules);
    crowd(&mut story, 0..6);
    assert_eq!(story.admissions().len(), 2);
    story.until(secs(50));
    story.leave(Visitor(0)).unwrap();
    story.leave(Visitor(1)).unwrap();
    assert_eq!(story.admissions().len(), 4);
    story.leave(Visitor(2)).unwrap();
    assert_eq!(story.admissions().len(), 4);
    story.until(secs(51));
    assert_eq!(story.admissions().len(), 5);
}

#[test]
fn q8_admissions_are_saved_up_while_the_sale_is_paused() {
    let mut story = Story::opened(admitting(1_000, 2));
    crowd(&mut story, 0..6);
    assert_eq!(story.admissions().len(), 2);
    story.does(Command::Pause).unwrap();
    story.until(secs(90));
    assert_eq!(story.admissions().len(), 2);
    story.does(Command::Resume).unwrap();
    assert_eq!(story.admissions().len(), 4);
}

#[test]
fn q8_the_slowest_rate_is_one_visitor_in_a_thousand_seconds() {
    let mut story = Story::opened(Rules { pass: span(5_000), ..admitting(1, 1) });
    crowd(&mut story, 0..3);
    story.until(secs(3_000));
    assert_eq!(when_admitted(&story), [0, 1_000_000_000_000, 2_000_000_000_000]);
}

#[test]
fn q10_a_visitor_who_leaves_makes_room_at_that_moment() {
    let mut story = Story::inside(one_inside(), MINA);
    story.enter(JUNHO).unwrap();
    story.enter(SORA).unwrap();
    assert_eq!(story.sale.inside_count(), 1);
    story.until(secs(60));
    story.leave(MINA).unwrap();
    assert_eq!(story.admissions()[1], (JUNHO, secs(60)));
    story.until(secs(500));
    assert_eq!(story.admissions()[2], (SORA, secs(160)), "JUNHO's pass ended then");
}

#[test]
fn q11_without_a_rate_everybody_comes_in_as_fast_as_there_is_room() {
    let mut rules = Rules { order: Order::Lottery, ..plain() };
    rules.admission.inside_max = 50;
    let mut story = Story::of(rules);
    crowd(&mut story, 0..80);
    story.until(OPENING);
    assert_eq!(story.sale.inside_count(), 50);
    assert_eq!(when_admitted(&story), [0; 50]);
    story.leave(story.admissions()[0].0).unwrap();
    assert_eq!(story.admissions().len(), 51);
}

#[test]
fn q8_admission_works_at_the_last_moment_there_is() {
    let mut story = Story::opened(one_a_second());
    crowd(&mut story, 0..2);
    story.does(Command::Pause).unwrap();
    story.until(Moment::from_nanos(u64::MAX - 1));
    story.does(Command::Resume).unwrap();
    assert!(story.is_inside(Visitor(1)));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_algorithm: RngAlgorithm::XorShift,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// All visitors are there at the opening and none leaves, so admissions depend on the rate
    /// alone.
    #[test]
    fn q9_the_noise_stays_within_its_bounds(
        seed: u64,
        per_s in 1_u32..200,
        burst in 1_u32..50,
        noise_permille in 0_u16..1_000,
        inside_max in 1_u32..4_000,
    ) {
        let admission = AdmissionRules { per_1000_s: per_s * 1000, burst, noise_permille, inside_max };
        let rules = Rules { order: Order::Lottery, admission, ..plain() };
        let mut sale = Sale::new(rules, hall(), seed).unwrap();
        let mut at = Moment::START;
        let waiting = 4_000;
        for number in 0..waiting {
            at = at.next();
            sale.handle(at, Command::Enter { visitor: Visitor(number) }).unwrap();
        }
        sale.advance(OPENING + span(40));
        sale.audit();
        let events = std::iter::from_fn(|| sale.poll_event());
        let admitted: Vec<u64> = events
            .filter(|stamped| matches!(stamped.event, sale::Event::Admitted { .. }))
            .map(|stamped| stamped.at.since(OPENING).as_nanos())
            .collect();
        prop_assert!(admitted.len() <= inside_max as usize);
        let (mean, noise) = (u128::from(per_s) * 5, u128::from(noise_permille));
        let everybody = waiting.min(inside_max) as usize;
        for batch in 0..8_u64 {
            let end = (batch + 1) * 5_000_000_000;
            let in_batch = admitted.iter().filter(|&&at| end - 5_000_000_000 <= at && at < end).count();
            // Counted in thousandths, so that rounding does not hide an excess.
            prop_assert!(
                in_batch as u128 * 1000 <= (1000 + noise) * mean + 1000 * u128::from(burst),
                "{in_batch} in batch {batch}"
            );
            let so_far = admitted.iter().filter(|&&at| at < end).count();
            let least = (1000 - noise) * mean * u128::from(batch + 1) / 1000;
            prop_assert!(so_far == everybody || so_far as u128 >= least, "{so_far} by batch {batch}");
        }
    }
}

#[test]
fn q9_the_noise_differs_from_batch_to_batch() {
    let mut rules = admitting(100_000, 1);
    rules.admission.noise_permille = 500;
    rules.order = Order::Lottery;
    let mut story = Story::of(rules);
    for number in 0..3_000 {
        story.sale.handle(Moment::from_nanos(u64::from(number) + 1), enter(number)).unwrap();
    }
    story.until(OPENING + span(20));
    let counts: Vec<usize> = (0..4)
        .map(|batch| {
            let admitted = when_admitted(&story);
            admitted.iter().filter(|&&at| at / 5_000_000_000 == batch).count()
        })
        .collect();
    assert!(counts.windows(2).any(|pair| pair[0].abs_diff(pair[1]) > 20), "{counts:?}");
}

fn enter(number: u32) -> Command {
    Command::Enter { visitor: Visitor(number) }
}

/// With a noise of one half, the rates of two hundred batches average to the mean.
#[test]
fn q9_the_noise_evens_out_to_the_mean() {
    let mut rules = admitting(10_000, 1);
    rules.admission.noise_permille = 500;
    rules.order = Order::Lottery;
    let mut sale = Sale::new(rules, hall(), 1).unwrap();
    for number in 0..15_000 {
        sale.handle(Moment::from_nanos(u64::from(number) + 1), enter(number)).unwrap();
    }
    sale.advance(OPENING + span(1_000));
    let admitted = sale.places_served();
    assert!((9_500..10_500).contains(&admitted), "{admitted}");
}
