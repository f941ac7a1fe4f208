//! One race in memory: its ledger, who waits for its answers and who looks on.
//!
//! ```text
//!  question ─▶ decided at once ─▶ batch ─▶ journal ─▶ report ─▶ answers, then viewers
//! ```
//!
//! Nothing that is seen of a command leaves before the command is on disk: answers wait for their batch,
//! viewers are told only while nothing is on its way (rule A5).

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use journal::{
    Answer, Append, JournalError, Ledger, Note, Record, Reply as Told, Seq, SubmitError, Task,
    Ticket,
};
use protocol::{Commanded, FromClient, FromServer, Race};
use sale::{Command, Departure, Machine, Moment, Outcome, Stage, Standing};
use tokio::sync::mpsc;

use super::ask::{Act, Ask, Outgoing, Reply, Request, ViewerId};
use super::viewer::Viewer;
use crate::clock::UnixTime;
use crate::context::{Context, Desk};
use crate::course::Course;
use crate::ids::RaceId;
use crate::limits::{COMMANDS_PER_RACE_MAX, VIEWERS_PER_RACE_MAX};
use crate::play::{Answered, Mark, Play};
use crate::problem::ApiError;
use crate::to_protocol::{counts, frame_millis, millis, outcome, stage, you};

/// How often a race that somebody looks at goes on.
const TICK: Duration = Duration::from_millis(50);

/// A race in memory.
pub(crate) struct Room {
    id: RaceId,
    course: Arc<Course>,
    ledger: Ledger<Play>,
    seed: u64,
    /// When race time began.
    started_at: UnixTime,
    asked: BTreeMap<Ticket, Asked>,
    tickets: u64,
    /// What was seen and may leave when its batch is on disk.
    held_back: VecDeque<(Seq, Box<dyn FnOnce() + Send>)>,
    viewers: Vec<Viewer>,
    viewer_count: u64,
    /// When somebody was last heard of.
    seen_at: UnixTime,
    /// When to look again.
    due: UnixTime,
    /// The version of the run that the index knows.
    noted: u64,
}

/// A command that is decided and not yet on disk.
struct Asked {
    waiters: Vec<Reply<Commanded>>,
    record: Record,
    race: Race,
}

impl Room {
    /// A race that goes on at `now`. Its time never goes back: should the clock say less than was
    /// told already, it goes on from what was told.
    pub(crate) fn new(
        id: RaceId,
        course: Arc<Course>,
        ledger: Ledger<Play>,
        seed: u64,
        started_at: UnixTime,
        now: UnixTime,
    ) -> Self {
        let told = Machine::now(ledger.machine()).as_nanos();
        let latest = now.as_nanos().saturating_sub(told);
        let started_at = started_at.min(UnixTime::from_nanos(latest));
        Self {
            id,
            course,
            ledger,
            seed,
            started_at,
            asked: BTreeMap::new(),
            tickets: 0,
            held_back: VecDeque::new(),
            viewers: Vec::new(),
            viewer_count: 0,
            seen_at: now,
            due: now,
            noted: 0,
        }
    }

    pub(crate) fn due(&self) -> UnixTime {
        self.due
    }

    fn play(&self) -> &Play {
        self.ledger.machine()
    }

    fn moment(&self, now: UnixTime) -> Moment {
        Moment::from_nanos(now.since(self.started_at))
    }

    fn unix(&self, at: Moment) -> UnixTime {
        UnixTime::from_nanos(self.started_at.as_nanos().saturating_add(at.as_nanos()))
    }

    /// Answers a question, or sees to it that it will be.
    pub(crate) fn handle(&mut self, context: &Context, now: UnixTime, ask: Ask) {
        self.seen_at = now;
        self.go_on(context, now);
        match ask {
            Ask::Create { reply, .. } | Ask::Show { reply } => {
                let race = self.view(context, now);
                self.answer_later(reply, Ok(race));
            }
            Ask::Act(request) => self.act(context, now, request),
            Ask::Seats { reply } => {
                let at_ms = frame_millis(self.moment(now));
                let play = self.play();
                let seats = play.may_see_map().then(|| play.feed().still(at_ms));
                self.answer_later(reply, seats.ok_or(ApiError::NotAdmitted));
            }
            Ask::Letters { challenge, reply } => {
                let play = self.play();
                let asked = play.sale().challenge(play.me());
                let asked = asked.filter(|asked| asked.number == challenge && !play.is_over());
                let letters = asked.map(|asked| asked.letters).ok_or(ApiError::NoSuchCaptcha);
                self.answer_later(reply, letters);
            }
            Ask::Mark { tag, marks, reply } => {
                let kept = self.mark(tag, marks);
                self.answer_later(reply, kept);
            }
            Ask::Run { reply } => {
                let run = self.play().run();
                let told = (run.ended.is_some(), run.marks.clone());
                self.answer_later(reply, Ok(told));
            }
            Ask::Watch { tx, reply } => self.watch(tx, reply),
            Ask::Hear { viewer, said } => self.hear(now, viewer, said),
            Ask::Unwatch { viewer } => self.viewers.retain(|other| other.id != viewer),
            Ask::GiveUp => self.host(now, Command::Close),
            // Answered by the shard.
            Ask::Remove { .. } => {}
        }
        self.tell(context, now);
    }

    /// Lets time go on, and everything happen that is due.
    pub(crate) fn tick(&mut self, context: &Context, now: UnixTime) {
        self.go_on(context, now);
        self.tell(context, now);
    }

    fn go_on(&mut self, context: &Context, now: UnixTime) {
        if self.play().run().ended.is_some() {
            return;
        }
        let (moment, ends_at) = (self.moment(now), self.course.ends_at);
        self.ledger.machine_mut().advance(moment.min(ends_at));
        if moment >= ends_at && self.play().sale().stage() != Stage::Closed {
            self.host(now, Command::Close);
        }
        let is_alone = self.viewers.iter().all(Viewer::is_gone);
        let is_lost = is_alone && now >= self.seen_at.after(context.patience.lost_after);
        if is_lost && self.is_in() {
            let visitor = self.play().me();
            self.host(now, Command::Leave { visitor, cause: Departure::Lost });
        }
    }

    /// Whether the person has something to lose by being away.
    fn is_in(&self) -> bool {
        let is_away = matches!(self.play().standing(), Standing::Away { .. });
        self.play().run().ended.is_none() && !is_away
    }

    /// A command of our own.
    fn host(&mut self, now: UnixTime, command: Command) {
        if self.play().is_over() {
            return;
        }
        let at = self.play().sale().stamp(self.moment(now));
        let ticket = self.next_ticket();
        // Nobody waits for what comes of it.
        self.ledger.submit(at, command, ticket).unwrap_or_default();
    }

    fn act(&mut self, context: &Context, now: UnixTime, request: Request) {
        let Request { act, tag, pass, reply } = request;
        let command = act.command(self.play().me());
        if let Some(answered) = self.play().answered(tag).copied() {
            let again = self.answer_again(context, now, command, &answered);
            return self.answer_later(reply, again);
        }
        if let Some(asked) = self.asked.values_mut().find(|asked| asked.record.tag == tag) {
            if asked.record.command == command {
                return asked.waiters.push(reply);
            }
            return self.answer_later(reply, Err(ApiError::KeyReused));
        }
        if let Err(error) = self.check(context, act, pass.as_deref()) {
            return self.answer_later(reply, Err(error));
        }
        metrics::counter!("tingting_commands_total", "command" => act.name()).increment(1);
        let at = self.play().sale().stamp(self.moment(now));
        let ticket = self.next_ticket();
        match self.ledger.submit_tagged(at, command, tag, ticket) {
            Ok(()) => {
                let record = Record { at, command, tag };
                let race = self.view(context, now);
                self.asked.insert(ticket, Asked { waiters: vec![reply], record, race });
            }
            Err(error) => self.answer_later(reply, Err(unsubmitted(error))),
        }
    }

    /// Keeps marks as a note in the log, and tells how many there are (rule A18).
    fn mark(&mut self, tag: u64, marks: Vec<Mark>) -> Result<usize, ApiError> {
        let count = self.play().marks_with(tag, &marks).ok_or(ApiError::TooManyMarks)?;
        if !self.play().has_marked(tag) {
            let bytes = borsh::to_vec(&marks).expect("memory takes every write");
            self.ledger.note(&Note { tag, bytes: &bytes }).map_err(unsubmitted)?;
            self.ledger.machine_mut().add_marks(tag, marks);
        }
        Ok(count)
    }

    /// What the sale does not know and must be right before it is asked.
    fn check(&self, context: &Context, act: Act, pass: Option<&str>) -> Result<(), ApiError> {
        let play = self.play();
        if play.run().ended.is_some() {
            return Err(ApiError::RunOver);
        }
        if play.answer_count() >= COMMANDS_PER_RACE_MAX {
            return Err(ApiError::TooManyCommands);
        }
        // Whoever is not inside is told so by the sale.
        let Standing::Inside { until, hold, .. } = play.standing() else { return Ok(()) };
        let is_right =
            pass.is_some_and(|pass| context.keys.is_pass(pass, self.id, play.me(), until));
        if act.needs_pass() && !is_right {
            return Err(ApiError::PassInvalid);
        }
        if let (Act::Pay { expected_won }, Some(hold)) = (act, hold) {
            let total_won = play.sale().total_of(&hold);
            if total_won != expected_won {
                return Err(ApiError::TotalDiffers { total_won });
            }
        }
        Ok(())
    }

    /// Asked twice, answered once: the same outcome, and the race as it stands (rule A4).
    fn answer_again(
        &self,
        context: &Context,
        now: UnixTime,
        command: Command,
        answered: &Answered,
    ) -> Result<Commanded, ApiError> {
        if answered.command != command {
            return Err(ApiError::KeyReused);
        }
        commanded(answered.at, answered.outcome, self.view(context, now))
    }

    fn watch(&mut self, tx: mpsc::Sender<Outgoing>, reply: Reply<ViewerId>) {
        self.viewers.retain(|viewer| !viewer.is_gone());
        if self.viewers.len() >= VIEWERS_PER_RACE_MAX {
            return self.answer_later(reply, Err(ApiError::TooManyViewers));
        }
        self.viewer_count += 1;
        let id = ViewerId(self.viewer_count);
        self.viewers.push(Viewer::new(id, tx, self.seed));
        self.answer_later(reply, Ok(id));
    }

    fn hear(&mut self, now: UnixTime, viewer: ViewerId, said: FromClient) {
        let now_ms = millis(self.moment(now));
        let Some(viewer) = self.viewers.iter_mut().find(|other| other.id == viewer) else { return };
        match said {
            FromClient::Ping { echo } => {
                // A reader too slow for it will ask again.
                viewer.say(&FromServer::Pong { now_ms, echo });
            }
            FromClient::Resync => viewer.resync(),
        }
    }

    /// Keeps an answer until all it tells of is on disk.
    fn answer_later<T: Send + 'static>(&mut self, reply: Reply<T>, answer: Result<T, ApiError>) {
        let send = move || {
            // Whoever asked may have gone away.
            let _gone = reply.send(answer);
        };
        self.held_back.push_back((self.ledger.horizon(), Box::new(send)));
    }

    /// What became of the batch in flight.
    pub(crate) fn handle_appended(
        &mut self,
        context: &Context,
        now: UnixTime,
        seq: Seq,
        result: &Result<(), Arc<JournalError>>,
    ) {
        self.ledger.handle_appended(seq, result);
        self.tell(context, now);
    }

    /// Hands in what is open, lets everything leave that may, and finds when to look again.
    fn tell(&mut self, context: &Context, now: UnixTime) {
        while let Some(told) = self.ledger.poll_reply() {
            self.reply(told);
        }
        if self.ledger.is_poisoned() {
            // Whoever waits learns from the closed channel that nothing is known.
            self.held_back.clear();
            self.viewers.clear();
            context.fail();
        }
        let durable = self.ledger.durable_through();
        while let Some((_, send)) = self.held_back.pop_front_if(|(through, _)| *through <= durable)
        {
            send();
        }
        if self.ledger.is_settled() {
            self.publish(context, now);
        }
        if self.noted != self.play().version() {
            self.noted = self.play().version();
            context.index.note(self.id, self.play().run());
        }
        self.due = self.next_due(context, now);
    }

    fn reply(&mut self, told: Told) {
        let Told { ticket, answer } = told;
        let Some(Asked { mut waiters, record, race }) = self.asked.remove(&ticket) else { return };
        let result = match answer {
            Answer::Unknown => Err(ApiError::JournalFailed),
            Answer::Decided(Err(refusal)) => Err(refusal.into()),
            Answer::Decided(Ok(outcome)) => {
                self.ledger.machine_mut().keep(&record, outcome);
                commanded(record.at, outcome, race)
            }
        };
        // Nearly always one, who gets it as it is.
        let last = waiters.pop();
        for waiter in waiters {
            // Whoever asked may have gone away.
            let _gone = waiter.send(result.clone());
        }
        if let Some(last) = last {
            let _gone = last.send(result);
        }
    }

    fn publish(&mut self, context: &Context, now: UnixTime) {
        self.viewers.retain(|viewer| !viewer.is_gone());
        let mut viewers = std::mem::take(&mut self.viewers);
        let (moment, play) = (self.moment(now), self.play());
        for viewer in &mut viewers {
            viewer.tell_race(play.version(), || self.view(context, now));
            if play.run().ended.is_none() {
                viewer.tell_counts(moment, play);
                if let Some(every) = &self.course.map_every {
                    viewer.show_seats(moment, play, every);
                }
            }
        }
        self.viewers = viewers;
    }

    fn next_due(&self, context: &Context, now: UnixTime) -> UnixTime {
        let patience = &context.patience;
        let ends_at = self.unix(self.course.ends_at);
        let soonest = now.after(TICK);
        if self.play().run().ended.is_some() {
            return self.seen_at.after(patience.unload_after).max(soonest);
        }
        if self.viewers.is_empty() {
            let patience = if self.is_in() { patience.lost_after } else { patience.unload_after };
            return ends_at.min(self.seen_at.after(patience)).max(soonest);
        }
        let play_at = self.play().poll_timeout().map_or(ends_at, |at| self.unix(at));
        let viewers_at = self.viewers.iter().map(|viewer| self.unix(viewer.due_at()));
        viewers_at.fold(ends_at.min(play_at), UnixTime::min).max(soonest)
    }

    /// The open batch for the journal, if none is on its way.
    pub(crate) fn take_batch(&mut self) -> Option<Append> {
        self.ledger.take_batch()
    }

    /// Whether all is on disk and nobody needs the race here.
    pub(crate) fn may_unload(&self, context: &Context, now: UnixTime) -> bool {
        self.viewers.is_empty()
            && !self.is_in()
            && self.is_quiet()
            && now >= self.seen_at.after(context.patience.unload_after)
    }

    /// Whether nothing is on its way to the journal and nobody waits for it.
    pub(crate) fn is_quiet(&self) -> bool {
        self.ledger.is_settled() && self.asked.is_empty() && self.held_back.is_empty()
    }

    /// Whether nobody looks on and nothing is on its way: then it can go, saved or not.
    pub(crate) fn is_idle(&self) -> bool {
        self.is_quiet() && self.viewers.iter().all(Viewer::is_gone)
    }

    /// Whether the journal failed under it.
    pub(crate) fn is_poisoned(&self) -> bool {
        self.ledger.is_poisoned()
    }

    /// Hands in the whole state, to go on from.
    pub(crate) fn save(&self, desk: &Desk) {
        if let Some(snapshot) = self.ledger.snapshot(Play::snapshot_version()) {
            let (sale, epoch) = (self.ledger.sale(), self.ledger.epoch());
            desk.submit(Task::Snapshot { sale, epoch, snapshot });
        }
    }

    fn next_ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// The race as its person sees it.
    fn view(&self, context: &Context, now: UnixTime) -> Race {
        let (course, play) = (&self.course, self.play());
        let recipe = &course.recipe;
        Race {
            id: self.id.to_string(),
            scenario: recipe.name().to_owned(),
            title: course.title.clone(),
            plan: recipe.plan().to_owned(),
            demand: recipe.demand().to_owned(),
            style: course.style.clone(),
            rivals: recipe.rivals(),
            seats: course.seat_count(),
            started_at_ms: self.started_at.as_millis_f64(),
            opens_at_ms: millis(course.opens_at()),
            ends_at_ms: millis(course.ends_at),
            now_ms: millis(self.moment(now)),
            stage: stage(play.sale().stage()),
            over: play.is_over(),
            you: you(play, self.id, &context.keys),
            counts: counts(play.sale()),
        }
    }
}

fn unsubmitted(error: SubmitError) -> ApiError {
    match error {
        SubmitError::Overloaded => ApiError::Overloaded,
        SubmitError::Poisoned => ApiError::JournalFailed,
    }
}

/// An accepted command as it is answered. A seat that is gone is a problem, if an expected one.
fn commanded(at: Moment, came_of_it: Outcome, race: Race) -> Result<Commanded, ApiError> {
    if let Outcome::SeatTaken { seat, since } = came_of_it {
        let late_ms = (millis(at) - millis(since)).max(0.0);
        return Err(ApiError::SeatTaken { seat: seat.0, late_ms, race: Box::new(race) });
    }
    let outcome = outcome(came_of_it).expect("a person gives none of the host's commands");
    Ok(Commanded { outcome, race })
}
