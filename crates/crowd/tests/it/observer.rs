//! An observer: it sees nothing but the events of a race, and computes a seat map and a queue from
//! them.

use std::collections::{BTreeMap, BTreeSet};

use sale::{Event, Moment, Place, Seat, Stamped, Visitor};

pub(crate) struct Observer {
    /// Whose each seat is and since when.
    owners: BTreeMap<Seat, (Visitor, Moment)>,
    waiting: BTreeMap<Place, Visitor>,
    pub(crate) inside: BTreeSet<Visitor>,
    sold: BTreeSet<Seat>,
    seat_count: u32,
    places_given: u32,
    last_at: Moment,
}

impl Observer {
    pub(crate) fn of(seat_count: u32) -> Self {
        Self {
            owners: BTreeMap::new(),
            waiting: BTreeMap::new(),
            inside: BTreeSet::new(),
            sold: BTreeSet::new(),
            seat_count,
            places_given: 0,
            last_at: Moment::START,
        }
    }

    pub(crate) fn free_count(&self) -> u32 {
        self.seat_count - u32::try_from(self.owners.len()).unwrap()
    }

    pub(crate) fn owner(&self, seat: Seat) -> Option<Visitor> {
        self.owners.get(&seat).map(|owner| owner.0)
    }

    /// Who waits, in the order of their places.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (Place, Visitor)> {
        self.waiting.iter().map(|(&place, &visitor)| (place, visitor))
    }

    /// Takes in an event, and asserts that the seat, the place or the visitor can take this step.
    pub(crate) fn sees(&mut self, stamped: &Stamped) {
        let at = stamped.at;
        assert!(self.last_at <= at, "events come in order of time");
        self.last_at = at;
        match stamped.event {
            Event::Placed { visitor, place } => {
                self.places_given += 1;
                assert_eq!(place, Place(self.places_given), "places are counted, never invented");
                self.waiting.insert(place, visitor);
            }
            Event::PlaceGivenUp { visitor, place } => {
                assert_eq!(self.waiting.remove(&place), Some(visitor));
            }
            Event::Admitted { visitor, place, .. } => {
                assert_eq!(self.waiting.pop_first(), Some((place, visitor)), "the first is let in");
                assert!(self.inside.insert(visitor), "nobody is inside twice");
            }
            Event::SeatsHeld { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let was = self.owners.insert(seat, (visitor, at));
                    assert_eq!(was, None, "{seat:?} was taken twice");
                }
            }
            Event::Booked { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let owner = self.owners.entry(seat).or_insert((visitor, at));
                    assert_eq!(owner.0, visitor, "{seat:?} is sold to its owner");
                    self.sold.insert(seat);
                }
            }
            Event::SeatsReturned { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let was = self.owners.remove(&seat);
                    assert_eq!(was.map(|owner| owner.0), Some(visitor), "given back by its owner");
                    self.sold.remove(&seat);
                }
            }
            Event::SeatMissed { visitor, seat, late_by } => {
                let (owner, since) = self.owners[&seat];
                // A visitor who has paid for a seat may come back and click it again.
                let is_own = owner == visitor && !self.sold.contains(&seat);
                assert!(!is_own, "a missed seat is another visitor's");
                assert_eq!(late_by, at.since(since), "late by the time since it was taken");
            }
            Event::Left { visitor, .. } => {
                self.inside.remove(&visitor);
            }
            Event::Opened
            | Event::Paused
            | Event::Resumed
            | Event::Closed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::BookingCancelled { .. }
            | Event::PaymentBegun { .. }
            | Event::PaymentEnded { .. } => {}
        }
    }
}
