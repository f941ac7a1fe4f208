//! Whether a visitor is paying, after holds that ended in different ways.

use alloc::vec;
use alloc::vec::Vec;

use sale::{Event, Moment, Return, Seat, Seats, Stamped, Visitor};

use super::{Around, Walk};
use crate::step::Step;

const ME: Visitor = Visitor(1);

fn seats(numbers: &[u32]) -> Seats {
    let seats: Vec<Seat> = numbers.iter().copied().map(Seat).collect();
    Seats::new(&seats).unwrap()
}

/// The step under way after these events, which come a second apart.
fn step_after(events: &[Event]) -> Option<Step> {
    let mut walk = Walk::default();
    for (second, &event) in (1..).zip(events) {
        let at = Moment::from_millis(second * 1_000);
        walk.note(&Stamped { at, event }, Around::all_free(at));
    }
    walk.under_way(false).map(|(step, _)| step)
}

#[test]
fn c44_a_payment_is_due_while_seats_are_held_and_after_a_hold_that_ended_unpaid() {
    let until = Moment::from_millis(100_000);
    let hold = |numbers: &[u32]| Event::SeatsHeld { visitor: ME, seats: seats(numbers), until };
    let give =
        |numbers: &[u32], cause| Event::SeatsReturned { visitor: ME, seats: seats(numbers), cause };
    let ended = give(&[1, 2], Return::HoldEnded);
    let both = hold(&[1, 2]);
    for (events, step) in [
        (vec![both], Some(Step::Paid)),
        (vec![both, give(&[1], Return::Released)], Some(Step::Paid)),
        (vec![both, give(&[1, 2], Return::Released)], None),
        (vec![both, give(&[1, 2], Return::Left)], Some(Step::Paid)),
        (vec![both, ended], Some(Step::Paid)),
        (vec![both, ended, hold(&[3])], Some(Step::Paid)),
        // The seats of the hold that ended are not among those that are held now.
        (vec![both, ended, hold(&[3]), give(&[3], Return::Released)], None),
    ] {
        assert_eq!(step_after(&events), step, "{events:?}");
    }
}
