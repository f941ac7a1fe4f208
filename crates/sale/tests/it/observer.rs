//! An observer: it sees nothing but the events, and computes a seat map and a queue from them.

use std::collections::BTreeMap;

use sale::{Event, Place, Seat, SeatState, Visitor};

#[derive(Default)]
pub(crate) struct Observer {
    /// Seats that are not free.
    seats: BTreeMap<Seat, (SeatState, Visitor)>,
    queue: BTreeMap<Place, Visitor>,
    last_place: u32,
}

impl Observer {
    pub(crate) fn seat(&self, seat: Seat) -> (SeatState, Option<Visitor>) {
        self.seats.get(&seat).map_or((SeatState::Free, None), |&(state, by)| (state, Some(by)))
    }

    pub(crate) fn waiting_count(&self) -> usize {
        self.queue.len()
    }

    /// Takes in an event, and asserts that the seat or the place can take this step.
    pub(crate) fn sees(&mut self, event: Event) {
        match event {
            Event::Placed { visitor, place } => {
                assert_eq!(place.0, self.last_place + 1, "places are given in order");
                self.last_place = place.0;
                self.queue.insert(place, visitor);
            }
            Event::PlaceGivenUp { visitor, place } => {
                assert_eq!(self.queue.remove(&place), Some(visitor));
            }
            Event::Admitted { visitor, place, .. } => {
                assert_eq!(self.queue.pop_first(), Some((place, visitor)), "the first is let in");
            }
            Event::SeatsHeld { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let was = self.seats.insert(seat, (SeatState::Held, visitor));
                    assert_eq!(was, None, "only a free seat is held");
                }
            }
            Event::Booked { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let was = self.seats.insert(seat, (SeatState::Sold, visitor));
                    let mine = was.is_none_or(|was| was == (SeatState::Held, visitor));
                    assert!(mine, "the seat was another visitor's: {was:?}");
                }
            }
            Event::SeatsReturned { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let was = self.seats.remove(&seat);
                    assert_eq!(was.map(|(_, by)| by), Some(visitor), "given back by its owner");
                }
            }
            Event::SeatMissed { visitor, seat, .. } => {
                assert!(self.seats.contains_key(&seat), "{visitor:?} missed a free seat");
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
            | Event::PaymentEnded { .. }
            | Event::Left { .. } => {}
        }
    }
}
