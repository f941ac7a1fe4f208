//! The agenda: what rivals will do next, in order of time. Beats of one moment are ordered by what
//! they are, so the order does not depend on the steps in which time was told.
//!
//! It is a calendar queue: time is cut into days, each of the next four thousand days has a page,
//! and only the page of today is kept in order. In the first second of a hot opening a third of a
//! million page loads are pending; a heap would take most of the time of such a race.

use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use borsh::io::{Read, Result, Write};
use borsh::{BorshDeserialize, BorshSerialize};
use sale::Moment;

/// Something that a rival, or the crowd as a whole, will do at a planned moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub(crate) enum Beat {
    /// A rival presses the button again after pressing too early.
    PressAgain {
        /// Who.
        rival: u32,
        /// How often it pressed before.
        presses: u16,
    },
    /// A rival's page has loaded: it asks for a place.
    AskPlace {
        /// Who.
        rival: u32,
    },
    /// The rival in this slot takes its turn.
    Act {
        /// Which.
        slot: u32,
    },
    /// Some rivals in the queue leave or refresh.
    Unrest {
        /// Seconds since the planned opening.
        second: u32,
    },
}

/// A beat and its moment. The soonest sorts last, because a heap gives its greatest entry first and
/// a list is cheap to shorten at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Entry {
    at: Moment,
    beat: Beat,
}

const _: () = assert!(size_of::<Entry>() == 16);

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.beat).cmp(&(self.at, self.beat))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A day is 2²² ns, about 4 ms: short enough that a page of the busiest second is sorted in cache.
const DAY_BITS: u32 = 22;

/// How many days have a page, about 17 s together. Nearly everything but a payment is planned less
/// far ahead.
const PAGES: usize = 4096;

/// Planned beats in order of time. No beat is planned earlier than the one taken last.
#[derive(Clone, Debug)]
pub(crate) struct Agenda {
    /// The day of the beat taken last. The pages are those of the days from this one on.
    base: u64,
    /// The first day that has a beat.
    day: u64,
    /// The beats of that day, soonest last. Empty only when there are no beats at all.
    today: Vec<Entry>,
    /// Beats of the days after, in no order, by day modulo [`PAGES`].
    pages: Vec<Vec<Entry>>,
    on_pages: usize,
    /// The beats of days that have no page yet.
    later: BinaryHeap<Entry>,
}

impl Default for Agenda {
    fn default() -> Self {
        let pages = vec![Vec::new(); PAGES];
        let (today, later) = (Vec::new(), BinaryHeap::new());
        Self { base: 0, day: 0, today, pages, on_pages: 0, later }
    }
}

impl Agenda {
    /// Plans a beat.
    pub(crate) fn plan(&mut self, at: Moment, beat: Beat) {
        let entry = Entry { at, beat };
        let day = day_of(at);
        if self.today.is_empty() {
            self.day = day;
        }
        match day.cmp(&self.day) {
            Ordering::Equal => {
                let place = self.today.partition_point(|other| *other < entry);
                self.today.insert(place, entry);
            }
            Ordering::Greater => self.put(day, entry),
            Ordering::Less => {
                for shelved in core::mem::take(&mut self.today) {
                    self.put(self.day, shelved);
                }
                self.day = day;
                self.today.push(entry);
            }
        }
    }

    /// When the soonest beat is.
    pub(crate) fn next_at(&self) -> Option<Moment> {
        self.today.last().map(|entry| entry.at)
    }

    /// Takes the soonest beat.
    pub(crate) fn take(&mut self) -> Option<(Moment, Beat)> {
        let entry = self.today.pop()?;
        if self.base < self.day {
            self.base = self.day;
            self.fetch_later();
        }
        if self.today.is_empty() {
            self.turn();
        }
        Some((entry.at, entry.beat))
    }

    /// Puts a beat of another day than today where it belongs.
    fn put(&mut self, day: u64, entry: Entry) {
        if day - self.base < PAGES as u64 {
            self.pages[page_of(day)].push(entry);
            self.on_pages += 1;
        } else {
            self.later.push(entry);
        }
    }

    /// Moves beats to the pages of days that have one by now.
    fn fetch_later(&mut self) {
        while let Some(entry) = self.later.peek().copied() {
            let day = day_of(entry.at);
            if day - self.base >= PAGES as u64 {
                break;
            }
            self.later.pop();
            self.put(day, entry);
        }
    }

    /// Goes on to the next day that has a beat.
    fn turn(&mut self) {
        if self.on_pages == 0 {
            let Some(first) = self.later.peek() else { return };
            self.day = day_of(first.at);
            while let Some(entry) = self.later.peek().filter(|next| day_of(next.at) == self.day) {
                self.today.push(*entry);
                self.later.pop();
            }
            return self.today.reverse();
        }
        while self.today.is_empty() {
            self.day += 1;
            // The page's memory moves along, so the memory in use follows the number of pending
            // beats.
            self.today = core::mem::take(&mut self.pages[page_of(self.day)]);
        }
        self.on_pages -= self.today.len();
        self.today.sort_unstable();
    }

    /// All beats, the soonest first.
    fn sorted(&self) -> Vec<Entry> {
        let pages = self.pages.iter().flatten();
        let mut all: Vec<Entry> =
            self.today.iter().chain(pages).chain(&self.later).copied().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all
    }
}

fn day_of(at: Moment) -> u64 {
    at.as_nanos() >> DAY_BITS
}

fn page_of(day: u64) -> usize {
    usize::try_from(day % PAGES as u64).expect("below PAGES")
}

/// Writes the beats in order of time, so that equal agendas give equal bytes however they were
/// filled.
impl BorshSerialize for Agenda {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        self.sorted().serialize(writer)
    }
}

impl BorshDeserialize for Agenda {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let mut agenda = Self::default();
        for entry in Vec::<Entry>::deserialize_reader(reader)? {
            agenda.plan(entry.at, entry.beat);
        }
        Ok(agenda)
    }
}

#[cfg(test)]
mod tests;
