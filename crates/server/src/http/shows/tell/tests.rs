//! Tests of what is told of an opening.

use catalogue::{
    CancelledSeats, ConcertId, Opening, PerformanceId, SaleNumber, SeatsLeft, SeatsSeen, UtcMs,
};
use protocol::OpeningStage;

use super::{opening, seats_left, stage};

const MINUTE: i64 = 60_000;
const OPENS_AT: UtcMs = UtcMs(1_800_000_000_000);

fn given() -> Opening {
    Opening {
        performance: PerformanceId(77),
        concert: ConcertId(41),
        starts_at: OPENS_AT.after(600 * MINUTE),
        opens_at: OPENS_AT,
        closes_at: OPENS_AT.after(30 * MINUTE),
        style: "n-style".to_owned(),
        rivals: 0,
        seats_per_person: 4,
        cancelled_seats: CancelledSeats::AtOnce,
        guests_may_enter: true,
        sale: Some(SaleNumber(0x0c_0ffe)),
        ended_at: None,
    }
}

fn seen(seats: [u32; 2]) -> SeatsSeen {
    let left = |(section, seats): (&str, u32)| SeatsLeft {
        section: section.to_owned(),
        grade: "R".to_owned(),
        seats,
    };
    let left = ["A", "B"].into_iter().zip(seats).map(left).collect();
    SeatsSeen { seen_at: OPENS_AT, left }
}

#[test]
fn k38_the_stage_of_an_opening_follows_the_clock_and_the_seats() {
    use OpeningStage::{Before, Closed, Lobby, Open, SoldOut};
    let at = |minutes: i64| OPENS_AT.after(minutes * MINUTE);
    for (now, is) in [
        (at(-10).after(-1), Before),
        (at(-10), Lobby),
        (at(0).after(-1), Lobby),
        (at(0), Open),
        (at(30).after(-1), Open),
        (at(30), Closed),
    ] {
        assert_eq!(stage(&given(), None, now), is, "{now:?}");
        assert_eq!(stage(&given(), Some(&seen([0, 1])), now), is, "{now:?}");
    }
    assert_eq!(stage(&given(), Some(&seen([0, 0])), at(1)), SoldOut);
    assert_eq!(stage(&given(), Some(&seen([0, 0])), at(31)), Closed);
    let ended = Opening { ended_at: Some(at(5)), ..given() };
    assert_eq!(stage(&ended, None, at(6)), Closed);
}

#[test]
fn k38_an_opening_with_rivals_is_practice_and_its_race_has_the_name_of_races() {
    let told = opening(&given(), None, OPENS_AT);
    assert_eq!((told.is_practice, told.race.as_deref()), (false, Some("00000000000c0ffe")));
    let told = opening(&Opening { rivals: 1, sale: None, ..given() }, None, OPENS_AT);
    assert_eq!((told.is_practice, told.race), (true, None));
    assert_eq!(seats_left(&seen([3, 4])).total, 7);
}
