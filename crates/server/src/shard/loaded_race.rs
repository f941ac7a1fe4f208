//! One race in memory: its ledger, the requests that wait for answers, and the live connections.
//!
//! ```text
//!  ask ─▶ decided at once ─▶ batch ─▶ journal ─▶ result ─▶ answers, then viewers
//! ```
//!
//! Nobody sees an effect of a command before the command is on disk (rule A5). An answer waits for
//! the batch of its command. Viewers get messages only while every batch is on disk.

mod exercising;
mod going_on;
mod leaving;
mod opening;
mod requests;
mod shifting;
mod telling;
mod watching;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use journal::{Append, Caller, Ledger, NoteKind, Seq, SubmitError};
use practice::wire::{self, frame_millis};
use practice::{
    Act, Exercise, MemberId, Note, Objection, Origin, PerformanceId, PersonId, Practice, RaceClock,
    last_outage_end, start_after,
};
use protocol::{Commanded, RaceState, RaceView};
use sale::{Command, Departure, Machine, Moment, Outcome, Refusal, Span, Stage, Tag};

use super::ask::{Ask, MemberAsk, Reply, Request, ViewerId};
use super::board::Board;
use super::connections::Connections;
use super::hall::Hall;
use super::pace::Waiting;
use super::revived::Revived;
use super::tallies::Tallies;
use crate::captcha::Prompt;
use crate::client::Network;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::RaceId;
use crate::outages::Outage;
use crate::problem::ApiError;
use crate::sheet::Sheet;

/// A race in memory.
pub(crate) struct LoadedRace {
    id: RaceId,
    /// Seed and secret.
    origin: Origin,
    /// Whether more people than the host may enter it.
    is_shared: bool,
    /// The exercise that it is; `None` if it is a whole race.
    exercise: Option<Exercise>,
    /// The performance of which it is the sale; `None` if it is no opening.
    performance: Option<PerformanceId>,
    /// The newest batch with something in it that the catalogue shows, until it is on disk.
    news_through: Option<Seq>,
    /// When race time began before all shifts.
    began_at: UnixTime,
    sheet: Sheet,
    ledger: Ledger<Practice>,
    /// The last batch that is in a snapshot on disk.
    saved_through: Seq,
    /// The start of race time.
    started_at: UnixTime,
    /// The outages that fell into the race's time and that its log does not have yet.
    outages: VecDeque<Outage>,
    /// The questions that wait until the race has reached the moments at which they came.
    waiting: VecDeque<Waiting>,
    /// How far the race is to go on while no question waits.
    goal: UnixTime,
    /// Whether the race has not reached its goal yet.
    is_behind: bool,
    /// The moment of the last entry in the log.
    logged_at: Moment,
    /// From where the last question came.
    network: Option<Network>,
    /// The commands whose answers wait for the disk.
    asked: BTreeMap<Caller, Asked>,
    caller_count: u64,
    /// The other answers that wait, each with the batch that must be on disk before it is sent.
    held_back: VecDeque<(Seq, Box<dyn FnOnce() + Send>)>,
    /// What came of runs that are over and that the journal does not have yet.
    tallies: Tallies,
    connections: Connections,
    /// Those who watch the hall.
    hall: Hall,
    /// The results as they were shown last.
    board: Board,
    /// The time of the last ask.
    heard_at: UnixTime,
    /// When members are looked for next who have been away for too long.
    lost_look_at: Moment,
    indexed: Indexed,
    /// When the viewers were last sent what was due.
    published_at: UnixTime,
    /// Whether the viewers may have something to be told since then.
    is_unpublished: bool,
    /// When something is due for a viewer, if nothing happens before, as of the last time they were sent anything.
    viewers_due_at: Option<Moment>,
    /// When the shard must look at the race again.
    due: UnixTime,
}

/// How far the index knows the end of a race.
#[derive(Debug, Default)]
struct Indexed {
    /// Whether the index was last told that the race is over for everybody.
    is_settled: bool,
    /// Whether something happened since which the race may have nobody left to wait for.
    may_be_complete: bool,
}

/// The answer to a command that is decided and not yet on disk.
struct Asked {
    member: MemberId,
    reply: Reply<Commanded>,
    state: RaceState,
    at: Moment,
}

impl LoadedRace {
    /// A race that was created or loaded at `now`. Nothing is decided in it before it has
    /// [passed the outages](Self::pass_outages) of its time.
    ///
    /// Race time never goes back. If the clock is behind the race, such as after it was set back,
    /// the start of race time is moved back so that the race goes on from where it was.
    pub(crate) fn new(context: &Context, id: RaceId, revived: Revived, now: UnixTime) -> Self {
        let Revived { header, sheet, ledger, saved_through } = revived;
        let logged_at = Machine::now(ledger.machine());
        let latest = now.as_nanos().saturating_sub(logged_at.as_nanos());
        let (began_ns, shifts) =
            (UnixTime::of_header(&header).as_nanos(), ledger.machine().shifts());
        let known_until = UnixTime::from_nanos(last_outage_end(began_ns, shifts));
        let outages = context.outages.since(known_until).collect();
        let started_at = UnixTime::from_nanos(start_after(began_ns, shifts).min(latest));
        let mut race = Self {
            id,
            origin: Origin { fair: header.fair, shared: header.shared },
            is_shared: context.index.is_shared(id),
            exercise: header.about.exercise,
            performance: header.about.performance,
            news_through: None,
            began_at: UnixTime::from_nanos(began_ns),
            sheet,
            ledger,
            saved_through,
            started_at,
            outages,
            waiting: VecDeque::new(),
            goal: now,
            is_behind: false,
            logged_at,
            network: None,
            asked: BTreeMap::new(),
            caller_count: 0,
            held_back: VecDeque::new(),
            tallies: Tallies::default(),
            connections: Connections::new(header.fair.seed),
            hall: Hall::default(),
            board: Board::default(),
            heard_at: now,
            lost_look_at: Moment::START,
            indexed: Indexed::default(),
            published_at: UnixTime::default(),
            is_unpublished: false,
            viewers_due_at: None,
            due: now,
        };
        // The tallies of a shared race were kept when it ended, and there may be thousands.
        race.tallies.are_kept = race.is_shared && race.is_done();
        // The shell cannot know who was there while it was away.
        let moment = Moment::START + race.moment(now).since(Moment::START + race.pending());
        race.ledger.machine_mut().hear_all(moment);
        race
    }

    /// When the shard must look at the race again.
    pub(crate) fn due(&self) -> UnixTime {
        self.due
    }

    /// Whether the race is over for everybody: nobody is in it any more, and nobody can come. Its time stands still.
    fn is_done(&self) -> bool {
        let practice = self.practice();
        let is_final = !self.is_shared || practice.is_final();
        practice.is_over_for_all() && is_final || practice.sale().stage() == Stage::Closed
    }

    fn practice(&self) -> &Practice {
        self.ledger.machine()
    }

    fn moment(&self, now: UnixTime) -> Moment {
        Moment::from_nanos(now.since(self.started_at))
    }

    fn unix(&self, at: Moment) -> UnixTime {
        UnixTime::from_nanos(self.started_at.as_nanos().saturating_add(at.as_nanos()))
    }

    /// Handles a message that came at `now`, which the race has reached.
    fn decide(&mut self, context: &Context, now: UnixTime, ask: Ask) {
        match ask {
            Ask::Member { person, ask: MemberAsk::Forward { to, reply } } => {
                self.forward(context, now, person, to, reply);
            }
            // Nobody becomes a member by naming somebody else's booking.
            Ask::Member {
                person,
                ask: MemberAsk::Act(Request { act: Act::CancelBooking(_), reply, .. }),
            } if self.practice().member_of(person).is_none() => {
                self.answer_later(reply, Err(Refusal::NoSuchBooking.into()));
            }
            Ask::Member { person, ask } => match self.member(now, person) {
                Ok(member) => self.answer(context, now, member, ask),
                Err(error) => ask.refuse(&error),
            },
            Ask::Hear { viewer, said } => {
                let moment = self.moment(now);
                if let Some(said) = self.connections.hear(now, moment, viewer, said) {
                    self.hall.hear(moment, viewer, said);
                }
            }
            Ask::Look(look) => self.look(now, look),
            Ask::Unwatch { viewer } => self.unwatch(now, viewer),
            Ask::GiveUp { person } => self.give_up(person),
            // The shard turns `Create` into another ask and handles `Remove` itself.
            Ask::Create { .. } | Ask::Remove { .. } => {}
        }
    }

    /// Takes a viewer out that has closed its connection. Its member was there until here.
    fn unwatch(&mut self, now: UnixTime, viewer: ViewerId) {
        let moment = self.moment(now);
        if let Some(member) = self.connections.remove(viewer) {
            self.ledger.machine_mut().hear(member, moment);
        }
        self.hall.remove(viewer);
    }

    /// The member of a person. A person who is not a member yet joins, unless a shared race is over for everybody: its
    /// members no longer change then (rule A81).
    fn member(&mut self, now: UnixTime, person: PersonId) -> Result<MemberId, ApiError> {
        if let Some(member) = self.practice().member_of(person) {
            return Ok(member);
        }
        if self.is_shared && self.is_done() {
            return Err(Refusal::Closed.into());
        }
        self.practice().check_join()?;
        self.note(now, None, &Note::Joined { person })?;
        Ok(self.practice().member_of(person).expect("the person has just joined"))
    }

    /// Adds a note to the log.
    fn note(&mut self, now: UnixTime, tag: Option<Tag>, note: &Note) -> Result<(), ApiError> {
        // A note lets the race go on to its moment, all at once. A race that is over has no reason to.
        let reached = Machine::now(self.practice());
        let is_over = self.is_done();
        let at = if is_over { reached } else { self.moment(now).min(self.practice().ends_at()) };
        self.note_at(at.max(reached), tag, note)
    }

    fn note_at(&mut self, at: Moment, tag: Option<Tag>, note: &Note) -> Result<(), ApiError> {
        let (kind, bytes) = (NoteKind(note.kind()), note.encode());
        let noted = self.ledger.note(&journal::Note { at, kind, tag, bytes: &bytes });
        noted.map_err(unsubmitted)?;
        self.logged_at = at;
        Ok(())
    }

    fn answer(&mut self, context: &Context, now: UnixTime, member: MemberId, ask: MemberAsk) {
        match ask {
            MemberAsk::Show { reply } => {
                let view = self.view(context, now, member);
                self.answer_later(reply, Ok(view));
            }
            MemberAsk::Act(request) => self.act(context, now, member, request),
            MemberAsk::Seats { reply } => {
                let seats = self.still(self.moment(now), member);
                self.answer_later(reply, seats);
            }
            MemberAsk::Prompt { challenge, reply } => {
                let prompt = self.prompt(context, member, challenge);
                self.answer_later(reply, prompt);
            }
            MemberAsk::Mark { tag, marks, reply } => self.mark(now, member, tag, marks, reply),
            MemberAsk::IsOver { reply } => {
                let is_over = self.check_over(member);
                self.answer_later(reply, is_over);
            }
            MemberAsk::Copy { awaited, reply } => {
                let copy = self.copy(member, awaited);
                self.answer_later(reply, copy);
            }
            // `decide` takes it: race time is another one after it.
            MemberAsk::Forward { .. } => {}
            MemberAsk::Watch { tx, reply } => {
                let viewer = self.connections.add(now, &context.patience, member, tx);
                self.answer_later(reply, viewer);
            }
        }
    }

    /// Refuses a report before its time. In a shared race a report would tell the others what they may still use.
    fn check_over(&self, member: MemberId) -> Result<(), ApiError> {
        if self.practice().member(member).run().ended().is_none() {
            return Err(ApiError::RunNotOver);
        }
        if self.is_shared && !self.is_done() { Err(ApiError::NotOver) } else { Ok(()) }
    }

    /// What the captcha is made from that a member is asked to answer.
    fn prompt(
        &self,
        context: &Context,
        member: MemberId,
        challenge: u16,
    ) -> Result<Prompt, ApiError> {
        let practice = self.practice();
        let visitor = practice.member(member).visitor();
        let asked = practice.sale().challenge(visitor);
        let is_over = practice.is_over_for(member);
        let asked = asked.filter(|asked| asked.number == challenge && !is_over);
        let asked = asked.ok_or(ApiError::NoSuchCaptcha)?;
        let noise = context.keys.captcha_noise(self.id, visitor, &asked);
        Ok(Prompt { letters: asked.letters, noise })
    }

    /// The seats at `moment`, for a member whose map is refreshed by hand.
    fn still(&mut self, moment: Moment, member: MemberId) -> Result<Vec<u8>, ApiError> {
        let practice = self.ledger.machine_mut();
        if !practice.may_see_map(member) {
            return Err(ApiError::NotAdmitted);
        }
        practice.show(member, moment);
        Ok(practice.feed().still(frame_millis(moment)))
    }

    /// Gives a command of the server itself at `moment`. Nobody waits for its answer.
    fn command(&mut self, moment: Moment, command: Command) {
        if self.practice().sale().stage() == Stage::Closed {
            return;
        }
        let at = self.practice().sale().stamp(moment);
        let caller = self.next_caller();
        if self.ledger.submit_tagged(at, command, None, caller).is_ok_and(|made| made.is_ok()) {
            self.logged_at = at;
            if command == Command::Close {
                self.note_news();
            }
        }
    }

    /// Ends the run of a member who has begun too many other races. A race that is nobody else's ends too (rule A55).
    fn give_up(&mut self, person: PersonId) {
        let Some(member) = self.practice().member_of(person) else { return };
        if self.practice().is_over_for(member) {
            return;
        }
        let visitor = self.practice().member(member).visitor();
        // Somebody's end is not the end of a race that others may enter.
        let is_alone = !self.is_shared && self.practice().members().len() == 1;
        let leave = Command::Leave { visitor, cause: Departure::Left };
        let moment = Machine::now(self.practice());
        self.command(moment, if is_alone { Command::Close } else { leave });
    }

    /// Holds an answer back until everything that it tells is on disk.
    fn answer_later<T: Send + 'static>(&mut self, reply: Reply<T>, answer: Result<T, ApiError>) {
        let send = move || {
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(answer);
        };
        self.held_back.push_back((self.ledger.horizon(), Box::new(send)));
    }

    /// The open batch, if it has records and no earlier batch is still being written.
    pub(crate) fn take_batch(&mut self) -> Option<Append> {
        self.ledger.take_batch()
    }

    /// Answers everybody who waits with a problem, and closes all live connections.
    pub(crate) fn refuse_all(self, problem: &ApiError) {
        for (_, Asked { reply, .. }) in self.asked {
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(Err(problem.clone()));
        }
        for Waiting { letter, .. } in self.waiting {
            letter.ask.refuse(problem);
        }
        // Dropping what was held back tells the others that no answer will come.
    }

    /// Whether the journal failed, so that this race can accept nothing more.
    pub(crate) fn is_poisoned(&self) -> bool {
        self.ledger.is_poisoned()
    }

    /// The answer to a command of a member that the sale accepted at `at`. A seat that somebody else has
    /// taken is accepted by the sale and answered as a problem.
    fn commanded(
        &self,
        member: MemberId,
        at: Moment,
        outcome: Outcome,
        state: RaceState,
    ) -> Result<Commanded, ApiError> {
        if let Outcome::SeatTaken { .. } = outcome {
            let practice = self.practice();
            let conflict = practice.member(member).run().conflict_at(at);
            let conflict = conflict.expect("a run has every conflict of its member");
            let conflict = wire::conflict(conflict, practice.sale().rules().opens_at);
            return Err(ApiError::SeatTaken { conflict, state: Box::new(state) });
        }
        let outcome = wire::outcome(outcome).expect("a member cannot give a command of the host");
        Ok(Commanded { outcome, state })
    }

    fn next_caller(&mut self) -> Caller {
        self.caller_count += 1;
        Caller(self.caller_count)
    }

    /// The race as a member sees it.
    fn view(&self, context: &Context, now: UnixTime, member: MemberId) -> RaceView {
        RaceView { race: self.sheet.race.clone(), state: self.state(context, now, member) }
    }

    /// The part of that view that changes.
    fn state(&self, context: &Context, now: UnixTime, member: MemberId) -> RaceState {
        let started_at_ms = self.started_at.as_millis_f64();
        let clock = RaceClock { started_at_ms, now: self.moment(now) };
        let pass = |visitor, until| context.keys.pass(self.id, visitor, until);
        self.practice().state(member, clock, pass)
    }
}

fn span(duration: Duration) -> Span {
    Span::from_nanos(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
}

fn unsubmitted(error: SubmitError) -> ApiError {
    match error {
        SubmitError::Overloaded => ApiError::Overloaded,
        SubmitError::Poisoned => ApiError::JournalFailed,
    }
}

impl From<Objection> for ApiError {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::RunOver => Self::RunOver,
            Objection::TooManyCommands => Self::TooManyCommands,
            Objection::KeyReused => Self::KeyReused,
            Objection::TooManyMarks => Self::TooManyMarks,
            Objection::RaceFull => Self::RaceFull,
            Objection::TotalDiffers { total_won } => Self::TotalDiffers { total_won },
        }
    }
}
