//! Tests: a hand-over code is good once, for two minutes, and for its guest.

use std::time::Duration;

use super::*;

const NOW: UnixTime = UnixTime::from_millis(1_000_000);

#[test]
fn a77_a_code_is_good_once() {
    let handovers = Handovers::default();
    let code = handovers.offer(NOW, GuestId(1), "/room/x".to_owned()).unwrap();
    assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(handovers.claim(NOW, &code), Ok((GuestId(1), "/room/x".to_owned())));
    assert_eq!(handovers.claim(NOW, &code), Err(ApiError::HandoverInvalid));
}

#[test]
fn a77_a_code_ends_after_two_minutes_and_with_the_next_one_of_its_guest() {
    let handovers = Handovers::default();
    let offer = |at, guest| handovers.offer(at, GuestId(guest), "/".to_owned()).unwrap();
    let late = offer(NOW, 1);
    let then = NOW.after(Duration::from_mins(2));
    assert_eq!(handovers.claim(then, &late), Err(ApiError::HandoverInvalid));
    let (first, other, second) = (offer(NOW, 1), offer(NOW, 2), offer(NOW, 1));
    assert_eq!(handovers.claim(NOW, &first), Err(ApiError::HandoverInvalid));
    assert!(handovers.claim(NOW, &second).is_ok() && handovers.claim(NOW, &other).is_ok());
}

#[test]
fn a77_what_is_no_code_is_refused() {
    let handovers = Handovers::default();
    for text in ["", "1234567", "123456789", "+1234567", " 1234567", "１２３４５６７８"] {
        assert_eq!(handovers.claim(NOW, text), Err(ApiError::HandoverInvalid), "{text}");
    }
}

#[test]
fn a77_the_number_of_codes_is_limited_and_those_that_ended_make_way() {
    let handovers = Handovers::default();
    for guest in 0..HANDOVERS_MAX as u128 {
        handovers.offer(NOW, GuestId(guest), "/".to_owned()).unwrap();
    }
    let more = |now| handovers.offer(now, GuestId(u128::MAX), "/".to_owned());
    assert_eq!(more(NOW), Err(ApiError::Overloaded));
    assert!(more(NOW.after(Duration::from_mins(2))).is_ok());
}
