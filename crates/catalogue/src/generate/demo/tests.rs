//! The moments of the demo.

use super::*;

#[test]
fn k27_at_every_moment_some_forty_concerts_and_the_next_opens_within_minutes() {
    let begin = 1_790_000_000_000;
    for minute in 0..3000 {
        let now = UtcMs(begin + minute * 61_003);
        let seen = moments(now);
        assert!((38..=42).contains(&seen.len()), "{}", seen.len());
        let next = seen.iter().find(|moment| **moment > now).unwrap();
        assert!(next.0 - now.0 <= EVERY_MS);
        let later = moments(now.after(EVERY_MS));
        // Nothing that was told as coming is missing a little later.
        assert!(seen.iter().filter(|moment| moment.0 > now.0).all(|moment| later.contains(moment)));
    }
}
