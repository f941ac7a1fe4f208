//! The people of a race: keeps their runs and the seat feed up to date from the race's events.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::Cell;

use crowd::{Race, Visits};
use protocol::SeatState::{self, Free, Held, Sold};
use sale::{Event, Moment, Sale, Seat, Seats, Stage, Stamped, Visitor};

use crate::feed::Feed;
use crate::free_clock::FreeClock;
use crate::member::Member;
use crate::names::{MemberId, PersonId};
use crate::note::NoteError;
use crate::run::Ending;
use crate::wire::seat_state;

/// Joins of which the members before are told at once. In a larger race they hear of further members together with
/// whatever they are told next: ten thousand people who come in the same minute would else make a hundred million messages.
const JOINS_TOLD_MAX: u32 = 64;

/// Changes that are noted beyond two for each member before all members count as changed.
const CHANGED_SLACK: usize = 64;

/// The members and the seat feed. They read the race and never change it.
#[derive(Clone, Debug)]
pub(crate) struct People {
    members: Vec<Member>,
    numbers: BTreeMap<PersonId, MemberId>,
    pub(crate) feed: Feed,
    pub(crate) ends_at: Moment,
    /// How long some seat was free.
    pub(crate) free_clock: FreeClock,
    pub(crate) visits: Visits,
    /// Incremented when the state that every member is told may have changed.
    version: u64,
    /// When that last happened.
    pub(crate) changed_at: Moment,
    /// When something last happened of which any member is told.
    last_change: Moment,
    /// How many runs go on.
    going_on: usize,
    /// The members whose runs may have changed since the shell last took them. One can come twice.
    changed: Vec<MemberId>,
    /// When seats may come back, and after how many events that was computed: every viewer asks for it.
    returns_at: Cell<(u64, Option<Moment>)>,
}

impl People {
    pub(crate) fn new(
        race: &Race,
        ends_at: Moment,
        visits: Visits,
        members: Vec<Member>,
        free_clock: FreeClock,
    ) -> Self {
        let sale = race.sale();
        let seats = (0..sale.layout().seat_count()).map(|seat| sale.seat_state(Seat(seat)));
        let numbers = (0..).map(MemberId).zip(&members);
        let numbers = numbers.map(|(id, member)| (member.person(), id)).collect();
        let feed = Feed::new(seats.map(seat_state));
        let (changed_at, last_change) = (sale.now(), sale.now());
        let going_on = members.iter().filter(|member| member.run.ended().is_none()).count();
        let changed = (0..count(&members)).map(MemberId).collect();
        Self {
            members,
            numbers,
            feed,
            ends_at,
            free_clock,
            visits,
            version: 1,
            changed_at,
            last_change,
            going_on,
            changed,
            returns_at: Cell::new((u64::MAX, None)),
        }
    }

    /// Whether there are members and all their runs have ended.
    pub(crate) fn are_all_over(&self) -> bool {
        !self.members.is_empty() && self.going_on == 0
    }

    /// When something last happened of which any member is told.
    pub(crate) fn last_change(&self) -> Moment {
        self.last_change
    }

    /// Where no seat is free: when the first of the live holds ends, or the next batch of cancelled seats returns.
    pub(crate) fn returns_at(&self, sale: &Sale) -> Option<Moment> {
        if sale.free_count() > 0 {
            return None;
        }
        let (computed_after, known) = self.returns_at.get();
        if computed_after == sale.event_count() {
            return known;
        }
        let ends = [sale.first_hold_end(), sale.cancelled_return_at()];
        let first = ends.into_iter().flatten().min();
        self.returns_at.set((sale.event_count(), first));
        first
    }

    /// The members whose runs may have changed since this was last called, each once.
    pub(crate) fn take_changed(&mut self) -> Vec<MemberId> {
        let mut changed = core::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Notes that the run of a member may have changed. The list has an end even if no shell takes it: then every member
    /// counts as changed.
    pub(crate) fn note_changed(&mut self, id: MemberId) {
        if self.changed.len() > 2 * self.members.len() + CHANGED_SLACK {
            self.changed = (0..count(&self.members)).map(MemberId).collect();
        }
        self.changed.push(id);
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn members_mut(&mut self) -> &mut [Member] {
        &mut self.members
    }

    pub(crate) fn get(&self, id: MemberId) -> Option<&Member> {
        self.members.get(id.0 as usize)
    }

    pub(crate) fn get_mut(&mut self, id: MemberId) -> Option<&mut Member> {
        self.members.get_mut(id.0 as usize)
    }

    pub(crate) fn number_of(&self, person: PersonId) -> Option<MemberId> {
        self.numbers.get(&person).copied()
    }

    pub(crate) fn version_for(&self, member: &Member) -> u64 {
        self.version + member.version
    }

    /// Makes a person the next member. A person who is a member already keeps that number.
    pub(crate) fn join(&mut self, race: &Race, person: PersonId, at: Moment) {
        if self.numbers.contains_key(&person) {
            return;
        }
        let number = u32::try_from(self.members.len()).expect("at most MEMBERS_MAX");
        let mut member = Member::new(person, race.person(number), at);
        if race.sale().stage() == Stage::Closed {
            member.run.end(at, self.closing(at));
        } else if self.ends_when_sold_out(race) {
            member.run.end(at, Ending::SoldOut);
        }
        self.going_on += usize::from(member.run.ended().is_none());
        self.members.push(member);
        self.numbers.insert(person, MemberId(number));
        self.note_changed(MemberId(number));
        self.last_change = self.last_change.max(at);
        if number < JOINS_TOLD_MAX {
            self.version += 1;
        }
    }

    /// The member whom the sale knows as this visitor; `None` for a rival.
    pub(crate) fn of_visitor(&self, race: &Race, visitor: Visitor) -> Option<MemberId> {
        let number = visitor.0.checked_sub(race.rival_count())?;
        (number < count(&self.members)).then_some(MemberId(number))
    }

    /// Brings the members and the feed up to date after an event.
    pub(crate) fn see(&mut self, race: &Race, stamped: &Stamped) {
        let &Stamped { at, event } = stamped;
        self.paint(&event);
        self.free_clock.see(at, race.tally().free());
        let own = event.visitor().and_then(|visitor| self.of_visitor(race, visitor));
        if let Some(id) = own {
            self.see_own(race, id, stamped);
        }
        match event {
            Event::Opened | Event::Paused | Event::Resumed => self.change_all(at),
            Event::Closed => self.end_all(at, self.closing(at)),
            Event::Booked { visitor, .. } if self.ends_when_sold_out(race) => {
                self.sell_out(at, visitor);
            }
            Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::Placed { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::BookingCancelled { .. }
            | Event::PaymentBegun { .. }
            | Event::PaymentEnded { .. }
            | Event::SeatsHeld { .. }
            | Event::SeatMissed { .. }
            | Event::SeatsReturned { .. }
            | Event::Booked { .. }
            | Event::Left { .. } => {}
        }
    }

    /// Has a member's run count one of the member's own events.
    fn see_own(&mut self, race: &Race, id: MemberId, stamped: &Stamped) {
        let free = self.free_clock.read(stamped.at);
        let Some(member) = self.members.get_mut(id.0 as usize) else { return };
        let had_ended = member.run.ended().is_some();
        let is_return = member.run.ended().is_some_and(|ended| ended.at < stamped.at);
        let is_entry = matches!(stamped.event, Event::Placed { .. } | Event::Pooled { .. });
        if self.visits == Visits::Many && is_return && is_entry {
            member.begin_again();
        }
        member.run.see(race, stamped, free);
        member.version += 1;
        member.changed_at = stamped.at;
        match (had_ended, member.run.ended().is_some()) {
            (false, true) => self.going_on -= 1,
            // A refresh that goes to the end of the queue leaves and enters at the same moment.
            (true, false) => self.going_on += 1,
            (false, false) | (true, true) => {}
        }
        self.last_change = self.last_change.max(stamped.at);
        self.note_changed(id);
    }

    /// Ends the run of a member who has reached the goal of the exercise. A run that has ended keeps its ending.
    pub(crate) fn reach_goal(&mut self, id: MemberId, at: Moment) -> Result<(), NoteError> {
        let member = self.get_mut(id).ok_or(NoteError::Member { member: id })?;
        let went_on = member.run.ended().is_none();
        member.run.end(at, Ending::Done);
        member.version += 1;
        member.changed_at = at;
        self.going_on -= usize::from(went_on);
        self.last_change = self.last_change.max(at);
        self.note_changed(id);
        Ok(())
    }

    /// Whether every seat is paid for and none can return to those who still race.
    pub(crate) fn ends_when_sold_out(&self, race: &Race) -> bool {
        self.visits == Visits::One && is_sold_out(race)
    }

    /// The ending of a run if the sale closes at `at`.
    fn closing(&self, at: Moment) -> Ending {
        if at >= self.ends_at { Ending::TimeOver } else { Ending::Closed }
    }

    fn end_all(&mut self, at: Moment, ending: Ending) {
        self.members.iter_mut().for_each(|member| member.run.end(at, ending));
        self.note_all_ended();
        self.change_all(at);
    }

    /// Notes that runs have ended of which no event told.
    fn note_all_ended(&mut self) {
        let members = self.members.iter();
        self.going_on = members.filter(|member| member.run.ended().is_none()).count();
        self.changed = (0..count(&self.members)).map(MemberId).collect();
    }

    /// Notes that the state that every member is told may have changed.
    pub(crate) fn change_all(&mut self, at: Moment) {
        self.version += 1;
        self.changed_at = at;
        self.last_change = self.last_change.max(at);
    }

    /// Ends every run except that of the visitor who paid for the last seats, which ends as paid.
    fn sell_out(&mut self, at: Moment, last: Visitor) {
        let others = self.members.iter_mut().filter(|member| member.visitor() != last);
        others.for_each(|member| member.run.end(at, Ending::SoldOut));
        self.note_all_ended();
        self.change_all(at);
    }

    fn paint(&mut self, event: &Event) {
        if let Event::SeatsHeld { seats, .. } = event {
            self.set(seats, Held);
        } else if let Event::SeatsReturned { seats, .. } = event {
            self.set(seats, Free);
        } else if let Event::Booked { seats, .. } = event {
            self.set(seats, Sold);
        }
    }

    fn set(&mut self, seats: &Seats, state: SeatState) {
        seats.iter().for_each(|seat| self.feed.set(seat.0, state));
    }
}

/// Whether visitors have paid for every seat.
fn is_sold_out(race: &Race) -> bool {
    race.tally().sold() == race.tally().seats()
}

fn count(members: &[Member]) -> u32 {
    u32::try_from(members.len()).expect("at most MEMBERS_MAX")
}
