//! Tests: how a question is read, and how many a guest asks at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Asked, Newest};
use crate::ids::{GuestId, RaceId};
use crate::problem::ApiError;

fn read(query: &str) -> Result<([Option<u16>; 6], u8), ApiError> {
    Asked::read(RaceId(1), GuestId(2), query).map(|asked| (asked.times, asked.crowds))
}

#[test]
fn a98_times_are_rounded_to_fifty_milliseconds() {
    let press = |query| read(query).unwrap().0[0];
    assert_eq!(press("press_ms=0"), Some(0));
    assert_eq!((press("press_ms=524.9"), press("press_ms=525")), (Some(10), Some(11)));
    assert_eq!(press("press_ms=600000"), Some(12_000));
    let all = read("pay_ms=50&held_ms=100&first_seat_ms=150&captcha_ms=200&page_ms=250&crowds=20")
        .unwrap();
    assert_eq!(all, ([None, Some(5), Some(4), Some(3), Some(2), Some(1)], 20));
}

#[test]
fn a98_a_question_that_makes_no_sense_is_refused() {
    for query in [
        "",
        "crowds=3",
        "press_ms",
        "press_ms=",
        "press_ms=x",
        "press_ms=-1",
        "press_ms=600001",
        "press_ms=NaN",
        "press_ms=inf",
        "press_ms=1&press_ms=1",
        "press_ms=1&speed=2",
        "press_ms=1&crowds=0",
        "press_ms=1&crowds=21",
        "press_ms=1&crowds=2&crowds=2",
        "place=1",
    ] {
        let refused = read(query);
        assert!(matches!(refused, Err(ApiError::QueryInvalid { .. })), "{query}: {refused:?}");
    }
}

#[test]
fn a101_a_guest_may_ask_two_questions_at_once_and_the_third_ends_the_oldest() {
    let newest = Newest::default();
    let ask = |guest| {
        let superseded = Arc::new(AtomicBool::new(false));
        newest.note(GuestId(guest), &superseded);
        superseded
    };
    let asked = [ask(1), ask(2), ask(1)];
    let ends = |asked: &[Arc<AtomicBool>]| -> Vec<bool> {
        asked.iter().map(|one| one.load(Ordering::Relaxed)).collect()
    };
    assert_eq!(ends(&asked), [false, false, false], "two tabs of one person");
    let third = ask(1);
    assert_eq!(ends(&asked), [true, false, false]);
    drop(third);
    let _fourth = ask(1);
    assert_eq!(ends(&asked), [true, false, false], "one that has ended does not count");
    drop(asked);
    let _only = ask(3);
    assert_eq!(newest.0.lock().unwrap().len(), 2, "guests without questions are forgotten");
}
