//! The lottery, compared with a program written from its published description alone.

use sale::{Command, Commitment, Event, Order, Outcome, Refusal, Rules, Sale, Visitor};

use crate::story::{JUNHO, MINA, OPENING, SORA, Story, hall, plain, secs};

fn by_lot() -> Rules {
    let mut rules = Rules { order: Order::Lottery, ..plain() };
    rules.admission.inside_max = 1;
    rules
}

/// The algorithm of `docs/RULES.md`, written from that text and not from the code.
pub(crate) fn recompute(seed: u64, pool: &[Visitor]) -> Vec<Visitor> {
    const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
    const L: u64 = 0x006c_6f74_7465_7279;
    fn mix(z: u64) -> u64 {
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    let k = mix(mix(seed ^ mix(L.wrapping_add(GAMMA))).wrapping_add(GAMMA));
    let mut drawn = pool.to_vec();
    for i in (1..drawn.len()).rev() {
        let random = mix(k.wrapping_add((i as u64 + 1).wrapping_mul(GAMMA)));
        let other = (u128::from(random) * (i as u128 + 1)) >> 64;
        drawn.swap(i, usize::try_from(other).unwrap());
    }
    drawn
}

fn draw_of(story: &Story) -> Option<(u32, u64)> {
    story.all_events().iter().find_map(|stamped| match stamped.event {
        Event::LotteryDrawn { entrants, seed } => Some((entrants, seed)),
        _ => None,
    })
}

fn places_of(story: &Story) -> Vec<Visitor> {
    let placed = story.all_events().iter().filter_map(|stamped| match stamped.event {
        Event::Placed { visitor, .. } => Some(visitor),
        _ => None,
    });
    placed.collect()
}

#[test]
fn q6_the_seed_is_committed_to_and_gives_every_place() {
    let mut story = Story::of(by_lot());
    let published = story.sale.lottery_commitment();
    let mut pool: Vec<Visitor> = (100..180).rev().map(Visitor).collect();
    for &visitor in &pool {
        assert_eq!(story.enter(visitor), Ok(Outcome::Pooled));
    }
    for leaver in [110, 179, 100] {
        story.leave(Visitor(leaver)).unwrap();
        pool.retain(|&visitor| visitor != Visitor(leaver));
    }
    story.enter(Visitor(110)).unwrap();
    pool.push(Visitor(110));
    story.until(OPENING);
    let (entrants, seed) = draw_of(&story).unwrap();
    assert_eq!(entrants as usize, pool.len());
    assert_eq!(Commitment::to(seed), published);
    assert_eq!(places_of(&story), recompute(seed, &pool));
    assert_ne!(places_of(&story), pool, "only one draw in 10^118 leaves eighty visitors in order");
}

#[test]
fn q6_the_seed_differs_from_sale_to_sale_and_is_not_the_sales_own() {
    let seeds: Vec<u64> = (0..20)
        .map(|seed| {
            let mut story = Story::going_on(Sale::new(by_lot(), hall(), seed).unwrap());
            story.enter(MINA).unwrap();
            story.does(Command::Open).unwrap();
            let drawn = draw_of(&story).unwrap().1;
            assert_ne!(drawn, seed);
            drawn
        })
        .collect();
    for (at, seed) in seeds.iter().enumerate() {
        assert!(!seeds[..at].contains(seed));
    }
}

/// Each order of three visitors comes up about equally often.
#[test]
fn q6_the_draw_is_fair() {
    let mut counts = std::collections::BTreeMap::<Vec<Visitor>, u32>::new();
    for seed in 0..6_000 {
        *counts.entry(recompute(seed, &[MINA, JUNHO, SORA])).or_default() += 1;
    }
    assert_eq!(counts.len(), 6);
    // 1,000 each; a standard deviation is 29.
    assert!(counts.values().all(|count| (850..1_150).contains(count)), "{counts:?}");
}

#[test]
fn q7_pressing_again_in_the_pool_changes_nothing() {
    let mut story = Story::of(by_lot());
    story.enter(MINA).unwrap();
    story.news();
    assert_eq!(story.enter(MINA), Ok(Outcome::Pooled));
    assert_eq!(story.news(), []);
    story.until(OPENING);
    assert_eq!(draw_of(&story).unwrap().0, 1);
    assert_eq!(story.sale.places_given(), 1);
}

#[test]
fn q7_a_visitor_who_left_does_not_draw_and_a_late_one_gets_a_place_behind() {
    let mut story = Story::of(by_lot());
    for visitor in [MINA, JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    story.leave(JUNHO).unwrap();
    story.until(OPENING);
    assert_eq!(story.sale.places_given(), 2);
    assert!(story.is_away(JUNHO));
    story.enter(JUNHO).unwrap();
    assert_eq!(story.place(JUNHO), sale::Place(3));
}

#[test]
fn q7_with_an_empty_pool_there_is_no_draw() {
    let mut story = Story::of(by_lot());
    story.until(secs(11));
    assert_eq!(draw_of(&story), None);
    story.enter(MINA).unwrap();
    assert!(story.is_inside(MINA));
    assert_eq!(story.does(Command::Open), Err(Refusal::AlreadyOpen));
}
