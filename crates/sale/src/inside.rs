//! Visitors inside. They are the only visitors who take more than a few bytes.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::hold::Hold;
use crate::moment::Moment;
use crate::names::{Place, Section, Visitor};

/// How far a visitor is with the captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Captcha {
    Due,
    PutOff,
    Passed,
}

/// One visitor inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Insider {
    pub(crate) visitor: Visitor,
    pub(crate) place: Place,
    pub(crate) admitted_at: Moment,
    /// When the pass ends.
    pub(crate) until: Moment,
    pub(crate) captcha: Captcha,
    pub(crate) challenge: u16,
    pub(crate) challenge_at: Moment,
    /// The section whose map was opened last, and when.
    pub(crate) viewed: Option<(Section, Moment)>,
    pub(crate) hold: Option<Hold>,
    /// The number of this visit, so that the deadline of an earlier one in the same slot does not
    /// end it.
    pub(crate) serial: u32,
}

/// All visitors inside. Each has a slot, which is used again after the visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Inside {
    slots: Vec<Option<Insider>>,
    vacant: Vec<u32>,
}

impl Inside {
    /// How many are inside.
    #[expect(clippy::cast_possible_truncation, reason = "at most INSIDE_MAX")]
    pub(crate) fn count(&self) -> u32 {
        (self.slots.len() - self.vacant.len()) as u32
    }

    /// Lets a visitor in and returns the slot.
    #[expect(clippy::cast_possible_truncation, reason = "at most INSIDE_MAX slots")]
    pub(crate) fn add(&mut self, insider: Insider) -> u32 {
        if let Some(slot) = self.vacant.pop() {
            self.slots[slot as usize] = Some(insider);
            return slot;
        }
        self.slots.push(Some(insider));
        (self.slots.len() - 1) as u32
    }

    /// Takes the visitor in a slot out and returns who it was.
    pub(crate) fn remove(&mut self, slot: u32) -> Visitor {
        let visitor = self.at(slot).visitor;
        self.slots[slot as usize] = None;
        self.vacant.push(slot);
        visitor
    }

    /// The visitor in a slot; `None` if it is vacant.
    pub(crate) fn get(&self, slot: u32) -> Option<&Insider> {
        self.slots.get(slot as usize)?.as_ref()
    }

    /// The visitor in a slot that is known to be taken.
    pub(crate) fn at(&mut self, slot: u32) -> &mut Insider {
        self.slots[slot as usize].as_mut().expect("the slot is taken")
    }

    /// The slots that are taken, in order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        let slots = self.slots.iter().zip(0..);
        slots.filter(|(insider, _)| insider.is_some()).map(|(_, slot)| slot)
    }

    /// All visitors inside, in the order of their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Insider> {
        self.slots.iter().flatten()
    }
}
