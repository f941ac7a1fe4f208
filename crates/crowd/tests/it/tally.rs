//! The tally says what counting the events gives.

use crowd::{Band, Sample};
use sale::{Command, Departure, Event, HoldAt, Moment, Return, Span};

use crate::world::{OPENING, SEED, Show, after, busy, crowd, instant, rules, scenario};

/// What counting a list of events gives, by the simplest means.
struct Counted {
    free: u32,
    sold: u32,
    /// Tries and misses, with the number of seats free before each.
    tries: Vec<(u32, bool)>,
    all_held_at: Option<Moment>,
    sold_at: Vec<(Moment, u32)>,
    curve: Vec<Sample>,
}

fn counted(show: &Show, hold_at: HoldAt) -> Counted {
    let seats = show.race.sale().layout().seat_count();
    let mut counted = Counted {
        free: seats,
        sold: 0,
        tries: Vec::new(),
        all_held_at: None,
        sold_at: Vec::new(),
        curve: Vec::new(),
    };
    for stamped in &show.events {
        let (free, sold) = (counted.free, counted.sold);
        match stamped.event {
            Event::SeatsHeld { seats, .. } => {
                counted.tries.push((free, false));
                counted.free -= u32::try_from(seats.len()).unwrap();
            }
            Event::SeatMissed { .. } => counted.tries.push((free, true)),
            Event::SeatsReturned { seats, cause, .. } => {
                counted.free += u32::try_from(seats.len()).unwrap();
                if cause == Return::Cancelled {
                    counted.sold -= u32::try_from(seats.len()).unwrap();
                }
            }
            Event::Booked { seats, .. } => {
                counted.sold += u32::try_from(seats.len()).unwrap();
                if hold_at == HoldAt::Payment {
                    counted.tries.push((free, false));
                    counted.free -= u32::try_from(seats.len()).unwrap();
                }
                counted.sold_at.push((stamped.at, counted.sold));
            }
            _ => {}
        }
        if counted.free == 0 {
            counted.all_held_at.get_or_insert(stamped.at);
        }
        if (free, sold) != (counted.free, counted.sold) {
            let second = u32::try_from(stamped.at.since(OPENING).as_millis() / 1_000).unwrap();
            if counted.curve.last().is_none_or(|last| last.second < second) {
                counted.curve.push(Sample { second, free, sold });
            }
        }
    }
    counted
}

fn band_of(free: u32, seats: u32) -> Band {
    let share = f64::from(free) / f64::from(seats);
    match share {
        _ if share > 0.7 => Band::Plenty,
        _ if share >= 0.25 => Band::Half,
        _ if share >= 0.15 => Band::Fifth,
        _ if share >= 0.03 => Band::Scarce,
        _ => Band::Crumbs,
    }
}

fn show(hold_at: HoldAt) -> Show {
    let mut scenario = busy(700);
    scenario.rules.hold_at = hold_at;
    // Seven tenths and a quarter of 201 are not whole numbers.
    let (layout, hall) = crate::world::seats(&[60, 80, 61]);
    (scenario.layout, scenario.hall) = (layout, hall);
    let mut show = Show::of(scenario, SEED);
    show.until(after(100.0));
    let payer = show.race.sale().bookings()[3].visitor;
    let cancel = Command::CancelBooking { visitor: payer, booking: sale::BookingId(3) };
    show.race.handle(after(100.0), cancel).unwrap();
    show.until(after(2_000.0));
    show
}

#[test]
fn c23_the_tally_says_what_counting_the_events_gives() {
    for hold_at in [HoldAt::Click, HoldAt::Done, HoldAt::Payment] {
        let show = show(hold_at);
        let (tally, counted) = (show.tally(), counted(&show, hold_at));
        assert_eq!(tally.seats(), 201);
        assert_eq!(tally.events(), show.events.len() as u64);
        assert_eq!(tally.events(), show.race.sale().event_count());
        assert_eq!((tally.free(), tally.sold()), (counted.free, counted.sold));
        let sale = show.race.sale();
        assert_eq!((tally.free(), tally.sold()), (sale.free_count(), sale.sold_count()));
        assert_eq!(tally.bookings() as usize, sale.bookings().len());
        let count = |is_it: fn(&Event) -> bool| u32::try_from(show.count(is_it)).unwrap();
        let ended =
            count(|event| matches!(event, Event::SeatsReturned { cause: Return::HoldEnded, .. }));
        assert_eq!(tally.holds_ended(), ended);
        let early = count(|event| matches!(event, Event::PressedEarly { .. }));
        assert!(early > 50);
        assert_eq!(tally.early_presses(), early);
        let given_up = count(|event| matches!(event, Event::PlaceGivenUp { .. }));
        assert!(given_up > 10);
        assert_eq!(tally.places_given_up(), given_up);
        assert_eq!(tally.curve(), counted.curve);
        assert_eq!(tally.all_held_after(), counted.all_held_at.map(|at| at.since(OPENING)));
    }
}

#[test]
fn c23_conflict_rates_are_misses_by_tries_in_each_band() {
    for hold_at in [HoldAt::Click, HoldAt::Done, HoldAt::Payment] {
        let show = show(hold_at);
        let (tally, counted) = (show.tally(), counted(&show, hold_at));
        let rate = |tries: &[bool]| {
            let misses = tries.iter().filter(|&&missed| missed).count();
            crate::world::as_f64(misses) / crate::world::as_f64(tries.len())
        };
        let all: Vec<bool> = counted.tries.iter().map(|tried| tried.1).collect();
        assert_eq!(tally.conflict_rate().to_bits(), rate(&all).to_bits());
        assert_eq!(tally.conflicts() as usize, all.iter().filter(|&&missed| missed).count());
        for band in Band::ALL {
            let here = counted.tries.iter().filter(|tried| band_of(tried.0, 201) == band);
            let here: Vec<bool> = here.map(|tried| tried.1).collect();
            assert!(!here.is_empty(), "{band:?} under {hold_at:?}");
            assert_eq!(tally.conflict_rate_in(band).unwrap().to_bits(), rate(&here).to_bits());
        }
    }
}

#[test]
fn c23_shares_are_paid_when_so_many_seats_are_sold() {
    let show = show(HoldAt::Click);
    let counted = counted(&show, HoldAt::Click);
    let first = |seats: u32| counted.sold_at.iter().find(|sold| sold.1 >= seats).map(|sold| sold.0);
    for (hundredths, seats) in [(50, 101), (90, 181), (99, 199), (100, 201)] {
        let paid_after = show.tally().paid_after(hundredths);
        assert_eq!(paid_after, first(seats).map(|at| at.since(OPENING)), "{hundredths}");
    }
    assert!(show.tally().paid_after(90).is_some());
    assert_eq!(show.tally().paid_after(51), None);
}

#[test]
fn c23_times_count_from_the_moment_at_which_the_sale_opened() {
    let mut show = Show::of(scenario(rules(), &[3], crowd(20, instant())), SEED);
    show.race.handle(after(-2.0), Command::Open).unwrap();
    show.until(after(5.0));
    let first = show.pick(|at, event| matches!(event, Event::SeatsHeld { .. }).then_some(at))[2];
    let opened_at = show.pick(|at, event| matches!(event, Event::Opened).then_some(at))[0];
    assert_eq!(opened_at, after(-2.0));
    assert_eq!(show.tally().all_held_after(), Some(first.since(opened_at)));
    assert!(show.tally().all_held_after() > Some(Span::from_millis(2_000)));
}

#[test]
fn c23_without_tries_there_is_no_rate() {
    let show = Show::of(busy(10), SEED);
    assert_eq!(show.tally().conflict_rate().to_bits(), 0.0_f64.to_bits());
    assert_eq!(show.tally().conflict_rate_in(Band::Plenty), None);
    assert_eq!(show.tally().curve(), []);
    assert_eq!(show.tally().all_held_after(), None);
}

#[test]
fn c23_closing_makes_held_seats_free_in_the_tally() {
    let mut show = Show::of(busy(300), SEED);
    show.until(after(40.0));
    assert!(show.tally().free() + show.tally().sold() < 200, "some are held");
    show.race.handle(after(40.0), Command::Close).unwrap();
    show.watch();
    assert_eq!(show.tally().free() + show.tally().sold(), 200);
    assert!(show.count(|event| matches!(event, Event::Left { cause: Departure::Closed, .. })) > 5);
}
