//! A race with its members: the state machine that a journal makes durable.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::{CROWD_VERSION, Race, RaceError, Scenario, Visits, ignore};
use sale::snapshot::{SnapshotError, decode, encode};
use sale::{
    Answered, Chance, Command, Hash, Machine, Moment, NoteRefused, Outcome, RULES_VERSION, Refusal,
    Sale, Span, Stage, Stamped, Standing, Tag, Visitor,
};

use crate::act::{Act, Objection};
use crate::feed::Feed;
use crate::free_clock::FreeClock;
use crate::limits::{MEMBERS_MAX, REQUESTS_PER_MEMBER_MAX};
use crate::member::Member;
use crate::names::{MemberId, PersonId};
use crate::note::{Mark, Note, NoteError};
use crate::people::People;
use crate::shift::{self, Shift};

/// The number that a journal keeps with a practice's snapshots, made of the versions of the rules and
/// the crowd. It is for people who look into the journal: [`FORM`] decides whether a snapshot can be
/// read.
pub const SNAPSHOT_VERSION: u16 = RULES_VERSION << 8 | CROWD_VERSION;

/// The version of what a snapshot holds besides the race. Change it together with [`Saved`] or
/// [`Member`].
const FORM: u16 = 0x0205;

/// A race and its members.
///
/// The shell gives the time with each call. It keeps every accepted command and every [`Note`] in
/// its journal. The same commands and notes in the same order give the same practice again.
///
/// ```
/// use practice::{Act, Ending, Note, PersonId, Practice};
/// use sale::Span;
/// use scenario::{Course, Library, Overrides, Recipe};
///
/// let recipe = Recipe::load(&Library::built_in(), "first-time", &Overrides::default())?;
/// let course = Course::new(recipe)?;
/// let (opens_at, ends_at) = (course.scenario.rules.opens_at, course.ends_at);
/// let mut practice = Practice::new(course.scenario, 7, ends_at)?;
///
/// let person = PersonId(42);
/// practice.keep(practice.race().sale().now(), None, Note::Joined { person })?;
/// let me = practice.member_of(person).expect("the person just joined");
///
/// let enter = Act::Enter.command(practice.member(me).visitor());
/// practice.handle(opens_at + Span::from_millis(300), enter, crowd::ignore)?;
/// assert!(practice.member(me).run().place().is_some());
///
/// // The person does nothing more, and so another visitor pays for the last seat.
/// practice.advance(ends_at, crowd::ignore);
/// assert!(practice.member(me).run().ended().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Practice {
    race: Race,
    people: People,
    /// Whether the shell stopped the race because nothing more can happen in it.
    is_stopped: bool,
    shifts: Vec<Shift>,
}

/// The contents of a snapshot.
#[derive(BorshSerialize, BorshDeserialize)]
struct Saved {
    race: Vec<u8>,
    members: Vec<Member>,
    is_stopped: bool,
    shifts: Vec<Shift>,
    free_clock: FreeClock,
}

impl Practice {
    /// A race that has not begun and has no members. It ends at `ends_at` at the latest. `chance`
    /// decides all that nobody chooses in it: a [`Fair`](crate::Fair), or a seed of 64 bits.
    ///
    /// # Errors
    ///
    /// [`RaceError`] if the scenario cannot be played.
    pub fn new(
        scenario: Scenario,
        chance: impl Into<Chance>,
        ends_at: Moment,
    ) -> Result<Self, RaceError> {
        let visits = scenario.visits;
        let race = Race::new(scenario, chance)?;
        let people = People::new(&race, ends_at, visits, Vec::new(), FreeClock::default());
        Ok(Self { race, people, is_stopped: false, shifts: Vec::new() })
    }

    /// Restores a practice from its [snapshot](Machine::snapshot). `scenario`, `chance` and `ends_at`
    /// must be those of the practice that made it.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if the bytes are damaged, have another form, or are of another race.
    pub fn restore(
        scenario: Scenario,
        chance: impl Into<Chance>,
        ends_at: Moment,
        bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        let Saved { race, members, is_stopped, shifts, free_clock } = decode(FORM, bytes)?;
        let visits = scenario.visits;
        let race = Race::restore(scenario, chance, &race)?;
        let people = People::new(&race, ends_at, visits, members, free_clock);
        Ok(Self { race, people, is_stopped, shifts })
    }

    /// Decides a command at `now`; see [`Race::handle`]. Calls `see` with every event, after the
    /// members' runs have counted it.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the sale's rules do not allow the command.
    pub fn handle(
        &mut self,
        now: Moment,
        command: Command,
        mut see: impl FnMut(&Race, &Stamped),
    ) -> Result<Outcome, Refusal> {
        let Self { race, people, .. } = self;
        let outcome = race.handle(now, command, |race, stamped| {
            people.see(race, stamped);
            see(race, stamped);
        })?;
        if let Command::RenewCaptcha { visitor } = command
            && let Some(id) = self.people.of_visitor(&self.race, visitor)
            && let Some(member) = self.people.get_mut(id)
        {
            member.run.count_renewed_captcha();
        }
        Ok(outcome)
    }

    /// Lets the race go on until `now`; see [`Race::advance`]. Calls `see` as
    /// [`handle`](Self::handle) does.
    pub fn advance(&mut self, now: Moment, mut see: impl FnMut(&Race, &Stamped)) {
        let Self { race, people, .. } = self;
        race.advance(now, |race, stamped| {
            people.see(race, stamped);
            see(race, stamped);
        });
    }

    /// Lets the race go on towards `now` for at most `beats_max` beats, and returns whether it has reached
    /// `now`; see [`Race::advance_some`].
    pub fn advance_some(&mut self, now: Moment, beats_max: u32) -> bool {
        let Self { race, people, .. } = self;
        race.advance_some(now, beats_max, |race, stamped| people.see(race, stamped))
    }

    /// Takes in a note at the current moment, `at`. A person who joins again stays the same member.
    /// Marks that the same request brought before are not added again (rule A18).
    ///
    /// # Errors
    ///
    /// [`NoteError::Member`] if the note names a member who never joined.
    pub fn keep(&mut self, at: Moment, tag: Option<Tag>, note: Note) -> Result<(), NoteError> {
        match note {
            Note::Joined { person } => self.people.join(&self.race, person, at),
            Note::Marked { member, marks } => {
                let kept = self.people.get_mut(member).ok_or(NoteError::Member { member })?;
                kept.keep_marks(tag, marks);
                // The press of a run that is over may be known only now.
                self.people.note_changed(member);
            }
            Note::Shown { member, at } => {
                let shown = self.people.get_mut(member).ok_or(NoteError::Member { member })?;
                shown.run.note_seen(at);
            }
            Note::TurnedDown { member } => {
                let kept = self.people.get_mut(member).ok_or(NoteError::Member { member })?;
                if let Some(tag) = tag {
                    kept.turn_down(tag);
                }
            }
            // The moment is all that the first says; the others tell the catalogue what the sale knows already.
            Note::Told | Note::Booked { .. } | Note::Cancelled { .. } => {}
            Note::Shifted { by, cause } => {
                shift::add(&mut self.shifts, Shift { at, by, cause });
                self.people.change_all(at);
            }
            Note::GoalReached { member } => self.people.reach_goal(member, at)?,
        }
        Ok(())
    }

    /// Sets when the race ends at the latest. For a race that has just been made: how long its prelude takes shows only
    /// once it was played.
    pub fn set_end(&mut self, ends_at: Moment) {
        self.people.ends_at = ends_at;
    }

    /// Whether another person may become a member.
    ///
    /// # Errors
    ///
    /// [`Objection::RaceFull`] if the race has [`MEMBERS_MAX`] members.
    pub fn check_join(&self) -> Result<(), Objection> {
        let has_room = self.members().len() < MEMBERS_MAX as usize;
        if has_room { Ok(()) } else { Err(Objection::RaceFull) }
    }

    /// Checks what the sale cannot check: that the member's run goes on, that the member has
    /// requests left, and that the member pays the sum that the screen showed. Call it before
    /// [`handle`](Self::handle).
    ///
    /// # Errors
    ///
    /// [`Objection::RunOver`], [`Objection::TooManyCommands`] or [`Objection::TotalDiffers`].
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn check_act(&self, id: MemberId, act: Act) -> Result<(), Objection> {
        let member = self.member(id);
        if member.run().ended().is_some() && !self.may_act_after_visit(act) {
            return Err(Objection::RunOver);
        }
        if member.request_count() >= REQUESTS_PER_MEMBER_MAX && !act.is_of_shell() {
            return Err(Objection::TooManyCommands);
        }
        if let Act::Pay { expected_won } | Act::BeginPayment { expected_won } = act
            && let Standing::Inside { hold: Some(hold), .. } = self.standing(id)
        {
            let total_won = self.sale().total_of(&hold);
            if total_won != expected_won {
                return Err(Objection::TotalDiffers { total_won });
            }
        }
        Ok(())
    }

    /// Whether a member whose visit has ended may do this: come in again, or cancel a booking (rule B12).
    fn may_act_after_visit(&self, act: Act) -> bool {
        let is_possible = match act {
            Act::Enter | Act::CancelBooking(_) => true,
            Act::Leave
            | Act::AnswerCaptcha { .. }
            | Act::RenewCaptcha
            | Act::PutOffCaptcha
            | Act::ViewSection(_)
            | Act::HoldSeats(_)
            | Act::ReleaseSeats(_)
            | Act::ChoosePrice { .. }
            | Act::Pay { .. }
            | Act::BeginPayment { .. }
            | Act::EndPayment(_)
            | Act::ConfirmPayment(_) => false,
        };
        self.people.visits == Visits::Many && is_possible
    }

    /// How many marks a member would have after adding `marks`; see [`Member::marks_with`].
    ///
    /// # Errors
    ///
    /// [`Objection::TooManyMarks`] if that is more than a race keeps, [`Objection::KeyReused`] if the
    /// key belongs to another request.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn check_marks(&self, id: MemberId, tag: Tag, marks: &[Mark]) -> Result<usize, Objection> {
        self.member(id).marks_with(tag, marks)
    }

    /// Notes that the shell heard from a member at `now`.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn hear(&mut self, id: MemberId, now: Moment) {
        self.people.get_mut(id).expect("a member who joined").hear(now);
    }

    /// Notes that the shell sent a member the seats as they were at `at`.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn show(&mut self, id: MemberId, at: Moment) {
        self.people.get_mut(id).expect("a member who joined").show(at);
    }

    /// The note that the shell keeps before it gives the sale this act of a member, if there is one. Then
    /// a replay knows as well how old the seats were from which the member chose.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn note_before(&self, id: MemberId, act: Act) -> Option<Note> {
        let at = self.member(id).shown_since_noted().filter(|_| act.takes_seats())?;
        Some(Note::Shown { member: id, at })
    }

    /// Notes that the shell heard from every member at `now`. For a shell that starts again: it
    /// cannot know who was there while it was away.
    pub fn hear_all(&mut self, now: Moment) {
        self.people.members_mut().iter_mut().for_each(|member| member.hear(now));
    }

    /// The members who are in the sale, see [`is_in`](Self::is_in), and from whom the shell has
    /// heard nothing for `patience`. Not those whose payment is under way: who comes back before it ends has lost nothing.
    pub fn lost_members(
        &self,
        now: Moment,
        patience: Span,
    ) -> impl Iterator<Item = (MemberId, Visitor)> {
        self.ids().filter_map(move |(id, member)| {
            let is_silent = member.heard_at() + patience <= now;
            let is_lost = is_silent && self.is_in(id) && !self.is_paying(id);
            is_lost.then_some((id, member.visitor()))
        })
    }

    fn is_paying(&self, id: MemberId) -> bool {
        let Standing::Inside { hold, .. } = self.standing(id) else { return false };
        hold.is_some_and(|hold| hold.payment.is_some())
    }

    /// How often a person may come in.
    pub fn visits(&self) -> Visits {
        self.people.visits
    }

    /// The race.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// The sale of the race.
    pub fn sale(&self) -> &Sale {
        self.race.sale()
    }

    /// The seats as viewers see them.
    pub fn feed(&self) -> &Feed {
        &self.people.feed
    }

    /// When the race ends at the latest, in race time.
    pub fn ends_at(&self) -> Moment {
        self.people.ends_at
    }

    /// The members in the order in which they joined.
    pub fn members(&self) -> &[Member] {
        self.people.members()
    }

    /// The members with their numbers.
    pub fn ids(&self) -> impl Iterator<Item = (MemberId, &Member)> {
        (0..).map(MemberId).zip(self.members())
    }

    /// The member with this number.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn member(&self, id: MemberId) -> &Member {
        self.people.get(id).expect("a member who joined")
    }

    /// The number of the member who this person is; `None` for a person who has not joined.
    pub fn member_of(&self, person: PersonId) -> Option<MemberId> {
        self.people.number_of(person)
    }

    /// Where a member is in the sale.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn standing(&self, id: MemberId) -> Standing {
        self.sale().standing(self.member(id).visitor())
    }

    /// A number that increases when the state that the member is told may have changed. The counts and
    /// the position change without it; they have messages of their own.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn version_for(&self, id: MemberId) -> u64 {
        self.people.version_for(self.member(id))
    }

    /// When something last happened of which a member is told: to that member, or to the race as a
    /// whole, such as its opening.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn changed_at(&self, id: MemberId) -> Moment {
        self.people.changed_at.max(self.member(id).changed_at)
    }

    /// Whether a member whose run goes on is in the sale: in the pool of a lottery, in the queue or
    /// inside.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn is_in(&self, id: MemberId) -> bool {
        let is_away = matches!(self.standing(id), Standing::Away { .. });
        self.member(id).run().ended().is_none() && !is_away
    }

    /// Whether the race is over for a member: the member's run has ended or the sale is closed.
    ///
    /// # Panics
    ///
    /// If there is no such member.
    pub fn is_over_for(&self, id: MemberId) -> bool {
        self.member(id).run().ended().is_some() || self.sale().stage() == Stage::Closed
    }

    /// Whether there are members and all their runs have ended.
    pub fn is_over_for_all(&self) -> bool {
        self.people.are_all_over()
    }

    /// Whether nobody can get a seat any more, whoever else joins: the sale is closed, or
    /// every seat is paid for and none can return.
    pub fn is_final(&self) -> bool {
        self.sale().stage() == Stage::Closed || self.people.ends_when_sold_out(&self.race)
    }

    /// When something last happened of which any member is told.
    pub fn last_change(&self) -> Moment {
        self.people.last_change()
    }

    /// The members whose runs may have changed since this was last called: all of them the first time. For a shell that
    /// keeps a list of runs elsewhere.
    pub fn take_changed(&mut self) -> Vec<MemberId> {
        self.people.take_changed()
    }

    /// By how much race time was moved against the clock, and when, in the order in which it happened. At most
    /// [`SHIFTS_MAX`](crate::limits::SHIFTS_MAX).
    pub fn shifts(&self) -> &[Shift] {
        &self.shifts
    }

    /// Where no seat is free: when the first of the live holds ends, unless its visitor pays before. `None` if a seat is
    /// free or nobody holds one.
    pub fn returns_at(&self) -> Option<Moment> {
        self.people.returns_at(self.sale())
    }

    /// When something will happen next if no person does anything; `None` if nothing will.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.race.poll_timeout()
    }

    /// Whether the shell has [stopped](Self::stop) the race.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Notes that nothing more can happen in the race. The snapshot keeps this, so that a shell
    /// that loads the race again does not let its time go on.
    pub fn stop(&mut self) {
        self.is_stopped = true;
    }
}

impl Machine for Practice {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.handle(now, command, ignore)
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now, ignore);
    }

    fn now(&self) -> Moment {
        self.sale().now()
    }

    fn hash(&self) -> Hash {
        self.race.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        let race = self.race.snapshot();
        let members = self.members().to_vec();
        let (is_stopped, shifts) = (self.is_stopped, self.shifts.clone());
        let free_clock = self.people.free_clock;
        encode(FORM, &Saved { race, members, is_stopped, shifts, free_clock })
    }

    fn keep_answer(&mut self, answered: Answered) {
        let sender = answered.command.visitor();
        let id = sender.and_then(|visitor| self.people.of_visitor(&self.race, visitor));
        if let Some(member) = id.and_then(|id| self.people.get_mut(id)) {
            member.keep_answer(answered);
        }
    }

    fn keep_note(
        &mut self,
        at: Moment,
        tag: Option<Tag>,
        kind: u8,
        bytes: &[u8],
    ) -> Result<(), NoteRefused> {
        Ok(self.keep(at, tag, Note::decode(kind, bytes)?)?)
    }
}
