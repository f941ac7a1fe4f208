//! The order of outcomes, on outcomes made by hand.

use alloc::vec;

use super::*;

fn outcome() -> RunOutcome {
    RunOutcome {
        paid: false,
        held: false,
        seats: vec![],
        quality: None,
        place: Some(90),
        free_on_admission: None,
        best_seat: None,
        best_quality: Some(0.5),
        free_then: None,
        ended_ms: 0.0,
    }
}

#[test]
fn c47_outcomes_are_compared_by_paid_held_seats_place_and_best_free_seat() {
    let held = |seats: u32, quality| RunOutcome {
        held: true,
        seats: (0..seats).collect(),
        quality: Some(quality),
        place: Some(900),
        best_quality: None,
        ..outcome()
    };
    // Each is better than the one before, although all that is compared later is worse.
    let rising = [
        RunOutcome { place: Some(900), best_quality: Some(0.9), ..outcome() },
        RunOutcome { place: Some(100), best_quality: Some(0.4), ..outcome() },
        RunOutcome { place: Some(100), ..outcome() },
        held(1, 0.1),
        held(1, 0.8),
        held(2, 0.1),
        RunOutcome { paid: true, ..held(1, 0.0) },
    ];
    let gains =
        [Gain::Place, Gain::BetterSeat, Gain::Hold, Gain::BetterSeat, Gain::BetterSeat, Gain::Seat];
    for (pair, expected) in rising.windows(2).zip(gains) {
        assert_eq!(compare(&pair[0], &pair[1]), Ordering::Less, "{pair:?}");
        assert_eq!(gain(&pair[0], &pair[1]), expected, "{pair:?}");
        assert_eq!(gain(&pair[1], &pair[0]), Gain::Worse);
        assert_eq!(gain(&pair[0], &pair[0]), Gain::None);
    }
}
