//! Snapshots: restored whole, or refused.

use sale::{CaptchaStep, Command, Layout, Order, Rules, Sale, SnapshotError, Visitor, snapshot};

use crate::story::{JUNHO, MINA, SEED, SORA, Story, hall, one_inside, plain, secs};

fn eventful() -> Rules {
    let mut rules = one_inside();
    rules.admission.inside_max = 2;
    rules.admission.per_1000_s = 700;
    rules.admission.noise_permille = 300;
    rules.captcha.step = CaptchaStep::BeforePay;
    rules.order = Order::Lottery;
    rules
}

/// A story with a bit of everything: a visitor in the queue, a hold, and a cancelled booking.
fn busy() -> Story {
    let mut story = Story::of(eventful());
    for visitor in [MINA, JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    story.until(secs(10));
    let (first, _) = story.admissions()[0];
    story.hold(first, &[0, 1]).unwrap();
    story.solve(first).unwrap();
    story.pay(first).unwrap();
    story.until(secs(15));
    let (second, _) = story.admissions()[1];
    story.hold(second, &[4]).unwrap();
    story.renew(second).unwrap();
    story.enter(first).unwrap();
    story.enter(Visitor(40)).unwrap();
    story.cancel(first, 0).unwrap();
    story
}

#[test]
fn s10_a_restored_sale_goes_on_like_the_original() {
    let mut story = busy();
    let bytes = story.sale.snapshot();
    let restored = Sale::restore(eventful(), hall(), SEED, &bytes).unwrap();
    assert_eq!(restored.snapshot(), bytes);
    assert_eq!(restored.hash(), story.sale.hash());
    assert_eq!(restored.event_count(), story.sale.event_count());
    let mut again = Story::going_on(restored);
    story.news();
    for story in [&mut story, &mut again] {
        story.until(secs(30));
        story.enter(Visitor(50)).unwrap();
        let payer = story.sale.bookings()[0].visitor;
        let _ = story.leave(payer);
        story.until(secs(200));
    }
    assert_eq!(story.news(), again.news());
    assert_eq!(story.sale.snapshot(), again.sale.snapshot());
}

#[test]
fn s10_a_snapshot_before_the_opening_keeps_pool_and_locks() {
    let mut pooled = Story::of(eventful());
    pooled.enter(MINA).unwrap();
    pooled.enter(JUNHO).unwrap();
    pooled.leave(MINA).unwrap();
    let mut locked = Story::of(plain());
    locked.enter(MINA).unwrap();
    for (story, rules) in [(pooled, eventful()), (locked, plain())] {
        let restored = Sale::restore(rules, hall(), SEED, &story.sale.snapshot()).unwrap();
        let mut again = Story::going_on(restored);
        let mut story = story;
        story.news();
        for story in [&mut story, &mut again] {
            story.until(secs(60));
        }
        assert_eq!(story.news(), again.news());
        assert_eq!(story.sale.standing(MINA), again.sale.standing(MINA));
        assert_eq!(story.sale.hash(), again.sale.hash());
    }
}

#[test]
#[should_panic(expected = "events are taken")]
fn s10_a_snapshot_with_events_not_taken_stops_the_program() {
    let mut sale = busy().sale;
    sale.advance(secs(400));
    drop(sale.snapshot());
}

#[test]
fn s11_damage_anywhere_is_noticed() {
    let whole = busy().sale.snapshot();
    let restore =
        |bytes: &[u8]| Sale::restore(eventful(), hall(), SEED, bytes).map(|_| ()).unwrap_err();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        assert_eq!(restore(&bytes), SnapshotError::Damaged, "byte {at}");
        assert_eq!(restore(&whole[..at]), SnapshotError::Damaged, "cut at {at}");
    }
    let longer = [&whole[..], &[0]].concat();
    assert_eq!(restore(&longer), SnapshotError::Damaged);
}

#[test]
fn s11_a_snapshot_of_another_form_is_refused() {
    let found = snapshot::FORM + 1;
    let bytes = snapshot::encode(found, &7_u64);
    let error = Sale::restore(plain(), hall(), SEED, &bytes).map(|_| ()).unwrap_err();
    assert_eq!(error, SnapshotError::Version { found, here: snapshot::FORM });
    let bytes = snapshot::encode(snapshot::FORM, &7_u64);
    let error = Sale::restore(plain(), hall(), SEED, &bytes).map(|_| ()).unwrap_err();
    assert_eq!(error, SnapshotError::Damaged, "the bytes are whole, but no sale");
}

#[test]
fn s11_a_snapshot_of_another_sale_is_refused() {
    let bytes = busy().sale.snapshot();
    let foreign =
        |rules: Rules, layout: Layout| Sale::restore(rules, layout, SEED, &bytes).map(|_| ()).err();
    assert_eq!(foreign(eventful(), hall()), None);
    let other_rules = Rules { fee_won: 2_000, ..eventful() };
    assert_eq!(foreign(other_rules, hall()), Some(SnapshotError::Foreign));
    let grades = vec![0, 0, 1, 1, 1, 1, 1, 1, 2, 2];
    let prices = vec![100_000, 80_000, 50_000];
    for (sizes, prices) in [([2, 4, 4], prices), ([4, 4, 2], vec![100_000, 80_000, 50_001])] {
        let layout = Layout::new(&sizes, grades.clone(), prices).unwrap();
        assert_eq!(foreign(eventful(), layout), Some(SnapshotError::Foreign));
    }
}

#[test]
fn s10_decoding_gives_what_was_encoded() {
    let bytes = snapshot::encode(9, &(3_u8, vec![Command::Open]));
    assert_eq!(snapshot::decode::<(u8, Vec<Command>)>(9, &bytes), Ok((3, vec![Command::Open])));
    assert_eq!(snapshot::decode::<u8>(9, &bytes), Err(SnapshotError::Damaged), "bytes are left");
}
