//! Where each visitor is. It takes eight bytes a visitor, so eight megabytes for a million.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::names::{Place, Visitor};

/// Where a visitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Not in the sale.
    Away {
        /// The button is locked until this millisecond; 0 if it was never locked.
        locked_until_ms: u32,
    },
    /// In the pool before a lottery.
    Pooled {
        /// The index in the pool.
        index: u32,
    },
    /// In the queue.
    Waiting {
        /// The place that was given.
        place: Place,
    },
    /// Inside.
    Inside {
        /// The slot among those inside.
        slot: u32,
    },
}

/// One visitor's row. A [`Presence`] takes eight bytes, of which three are unused. The row keeps
/// its parts instead, and the number of seats paid fits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize)]
struct Row {
    /// The payload of the presence: milliseconds, index, place or slot.
    number: u32,
    kind: Kind,
    /// Seats paid and not cancelled.
    seats_booked: u8,
}

const _: () = assert!(size_of::<Row>() == 8);

/// The kind of a [`Presence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize)]
enum Kind {
    #[default]
    Away,
    Pooled,
    Waiting,
    Inside,
}

impl Row {
    fn presence(self) -> Presence {
        let number = self.number;
        match self.kind {
            Kind::Away => Presence::Away { locked_until_ms: number },
            Kind::Pooled => Presence::Pooled { index: number },
            Kind::Waiting => Presence::Waiting { place: Place(number) },
            Kind::Inside => Presence::Inside { slot: number },
        }
    }

    fn set(&mut self, presence: Presence) {
        (self.kind, self.number) = match presence {
            Presence::Away { locked_until_ms } => (Kind::Away, locked_until_ms),
            Presence::Pooled { index } => (Kind::Pooled, index),
            Presence::Waiting { place } => (Kind::Waiting, place.0),
            Presence::Inside { slot } => (Kind::Inside, slot),
        };
    }
}

/// All visitors seen so far, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Visitors {
    rows: Vec<Row>,
}

impl Visitors {
    /// Where a visitor is. One who was never seen is away, with a button that works.
    pub(crate) fn presence(&self, visitor: Visitor) -> Presence {
        self.row(visitor).presence()
    }

    /// How many seats a visitor has paid for and not cancelled.
    pub(crate) fn seats_booked(&self, visitor: Visitor) -> u8 {
        self.row(visitor).seats_booked
    }

    /// Notes where a visitor is. The caller has checked the limit of visitors.
    pub(crate) fn put(&mut self, visitor: Visitor, presence: Presence) {
        let at = visitor.0 as usize;
        if at >= self.rows.len() {
            self.rows.resize(at + 1, Row::default());
        }
        self.rows[at].set(presence);
    }

    /// Notes that a visitor paid for so many seats.
    pub(crate) fn add_booked(&mut self, visitor: Visitor, seats: u8) {
        self.rows[visitor.0 as usize].seats_booked += seats;
    }

    /// Notes that a visitor cancelled so many seats.
    pub(crate) fn remove_booked(&mut self, visitor: Visitor, seats: u8) {
        self.rows[visitor.0 as usize].seats_booked -= seats;
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, visitor: Visitor) -> Row {
        self.rows.get(visitor.0 as usize).copied().unwrap_or_default()
    }
}
