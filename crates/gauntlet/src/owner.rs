//! An owner: decides the commands of one sale under one claim. An observer follows its events.

use std::collections::VecDeque;

use journal::{Answer, Caller, JournalError, Ledger, NoteKind, Seq, SubmitError};
use practice::{Mark, Member, MemberId, Note, Objection, PersonId};
use sale::{Command, Event, Machine, Moment, Outcome, Stamped, Tag};

use crate::counts::Counts;
use crate::dice::Dice;
use crate::history::{Fate, History, Submission};
use crate::observer::Observer;
use crate::witness::Witness;

/// The owner of a sale.
#[derive(Debug)]
pub(crate) struct Owner {
    /// A number that no other owner of the trial has.
    pub(crate) number: u64,
    /// The index of the show that the owner sells.
    pub(crate) show: usize,
    pub(crate) ledger: Ledger<Witness>,
    observer: Observer,
    /// Events that may not leave yet, each with the batch that it waits for.
    held_back: VecDeque<(Seq, Stamped)>,
    /// How many records the log has, as far as this owner knows.
    position: usize,
    last_at: Option<Moment>,
    /// Whether another owner has claimed the sale.
    is_stale: bool,
    /// The last command that was accepted. The trial sometimes sends it again.
    pub(crate) last_command: Option<Command>,
}

impl Owner {
    /// The owner of a sale that was just created or recovered.
    pub(crate) fn new(
        number: u64,
        show: usize,
        ledger: Ledger<Witness>,
        observer: Observer,
        history: &History,
    ) -> Self {
        Self {
            number,
            show,
            ledger,
            observer,
            held_back: VecDeque::new(),
            position: history.records.len(),
            last_at: history.records.last().map(|record| record.at),
            is_stale: false,
            last_command: None,
        }
    }

    /// The first moment from `clock` on at which the sale takes a command.
    pub(crate) fn stamp(&self, clock: Moment) -> Moment {
        let after_last = self.last_at.map_or(Moment::START, Moment::next);
        clock.max(after_last).max(self.ledger.machine().now())
    }

    /// Notes that another owner has claimed the sale.
    pub(crate) fn lose_sale(&mut self) {
        self.is_stale = true;
    }

    /// How many people have joined.
    pub(crate) fn members(&self) -> u32 {
        u32::try_from(self.ledger.machine().practice().members().len()).expect("few")
    }

    /// Keeps notes: now and then one of `persons` people joins, or a member's client sends a mark. Notes
    /// without a member, such as one of a shift of race time, would come here too.
    pub(crate) fn note(&mut self, dice: &mut Dice, persons: u32, now: Moment, counts: &mut Counts) {
        self.let_join(dice, persons, now, counts);
        let members = self.members();
        if members > 0 && dice.percent(4) {
            let mark = Mark { name: "press".to_owned(), at_ms: dice.unit(), error_ms: None };
            let member = MemberId(dice.below_u32(members));
            let tag = Tag::new(1 + dice.below(40), mark.at_ms.to_bits());
            let (tag, marks) = (tag.expect("a key from 1 on"), vec![mark]);
            match self.ledger.machine().practice().check_marks(member, tag, &marks) {
                Ok(_) => self.keep(now, Some(tag), &Note::Marked { member, marks }, counts),
                Err(objection) => {
                    assert_eq!(objection, Objection::KeyReused, "there is room for forty marks");
                    counts.reused_keys += 1;
                }
            }
        }
    }

    /// Lets somebody join, in any order of the people. One who is a member already may join again.
    fn let_join(&mut self, dice: &mut Dice, persons: u32, now: Moment, counts: &mut Counts) {
        let practice = self.ledger.machine().practice();
        let mut people: Vec<PersonId> =
            (1..=persons).map(|number| PersonId(number.into())).collect();
        if dice.percent(98) {
            people.retain(|&person| practice.member_of(person).is_none());
        }
        let is_first = practice.members().is_empty();
        if !people.is_empty() && (is_first || dice.percent(25)) {
            let person = dice.pick(&people);
            let before = practice.members().len();
            self.keep(now, None, &Note::Joined { person }, counts);
            let after = self.ledger.machine().practice().members().len();
            counts.joins += (after - before) as u64;
        }
    }

    fn keep(&mut self, now: Moment, tag: Option<Tag>, note: &Note, counts: &mut Counts) {
        let at = now.max(self.ledger.machine().now());
        let (kind, bytes) = (NoteKind(note.kind()), note.encode());
        match self.ledger.note(&journal::Note { at, kind, tag, bytes: &bytes }) {
            Ok(()) => counts.notes += 1,
            Err(error) => assert_eq!(error, SubmitError::Poisoned),
        }
    }

    /// Decides a command.
    pub(crate) fn submit(
        &mut self,
        at: Moment,
        command: Command,
        asked: u64,
        history: &mut History,
        counts: &mut Counts,
    ) {
        let caller = history.caller();
        let tag = tag_of(caller);
        if let Err(error) = self.ledger.submit_tagged(at, command, Some(tag), caller) {
            assert!(self.ledger.is_poisoned(), "only a failed journal takes no command: {error}");
            assert_eq!(error, SubmitError::Poisoned);
            return;
        }
        let decided = self.ledger.machine().watcher().decided;
        let decided = decided.expect("the machine has just decided");
        let fate = if self.is_stale { Fate::Stale } else { Fate::Stands };
        let position = self.position;
        let (told, person) = (None, self.person_of(command));
        history.submitted(Submission {
            at,
            command,
            person,
            tag,
            decided,
            position,
            asked,
            told,
            fate,
        });
        counts.commands += 1;
        *match decided {
            Ok(Outcome::Held { .. }) => &mut counts.holds,
            Ok(Outcome::Booked { .. }) => &mut counts.payments,
            Ok(Outcome::SeatTaken { .. }) => &mut counts.conflicts,
            Ok(Outcome::PaymentBegun { .. }) => &mut counts.begun_payments,
            Ok(Outcome::PaymentEnded) => &mut counts.ended_payments,
            Ok(Outcome::Left) => &mut counts.leaves,
            Ok(_) => &mut counts.accepted,
            Err(_) => &mut counts.refused,
        } += 1;
        if let (Command::ConfirmPayment { .. }, Ok(_)) = (command, decided) {
            counts.confirmed_payments += 1;
        }
        if decided.is_ok() {
            let is_double = self.last_command.replace(command) == Some(command);
            counts.double_submits += u64::from(is_double);
            self.position += 1;
            self.last_at = Some(at);
        }
        self.observe(counts);
    }

    /// The person who sends a command; `None` if that is the host, or a visitor whom nobody is.
    fn person_of(&self, command: Command) -> Option<PersonId> {
        let visitor = command.visitor()?;
        let mut members = self.ledger.machine().practice().members().iter();
        members.find(|member| member.visitor() == visitor).map(Member::person)
    }

    /// Lets the sale's time go on to `now`.
    pub(crate) fn advance(&mut self, now: Moment, counts: &mut Counts) {
        Machine::advance(self.ledger.machine_mut(), now);
        self.observe(counts);
    }

    /// Shows new events to the observer, and holds them back until all that they depend on is on
    /// disk.
    fn observe(&mut self, counts: &mut Counts) {
        let events = std::mem::take(&mut self.ledger.machine_mut().watcher_mut().events);
        let horizon = self.ledger.horizon();
        for event in events {
            self.observer.see(&event);
            // The one that a command ended tells of itself too.
            let is_ended = matches!(event.event, Event::PaymentEnded { .. });
            counts.lapsed_payments += u64::from(is_ended && self.last_at != Some(event.at));
            self.held_back.push_back((horizon, event));
            counts.events += 1;
        }
    }

    /// Publishes the events that may leave. Nobody hears those of an owner that lost the sale.
    pub(crate) fn publish(&mut self, history: &mut History) {
        let durable = self.ledger.durable_through();
        while let Some((_, event)) = self.held_back.pop_front_if(|(through, _)| *through <= durable)
        {
            if !self.is_stale {
                history.published.push(event);
            }
        }
    }

    /// Gives at most `most` of the answers that may leave. `told` counts the questions and answers
    /// of the trial.
    pub(crate) fn answer(
        &mut self,
        most: usize,
        told: &mut u64,
        history: &mut History,
        counts: &mut Counts,
    ) {
        for _ in 0..most {
            let Some(reply) = self.ledger.poll_reply() else { return };
            *told += 1;
            counts.answers += 1;
            if reply.answer == Answer::Unknown {
                counts.unknown_answers += 1;
                assert!(
                    self.ledger.is_poisoned(),
                    "only a failed journal does not know the outcome"
                );
            }
            history.answered(reply.caller, reply.answer, *told);
        }
    }

    /// Takes in whether the store wrote the owner's batch.
    pub(crate) fn handle_appended(&mut self, seq: Seq, result: Result<(), ()>) {
        self.ledger.handle_appended(seq, &result);
        assert_eq!(self.ledger.is_poisoned(), result.is_err(), "a failure poisons the ledger");
    }

    /// Has the observer compare the sale with its events.
    pub(crate) fn check(&self) {
        self.observer.check(self.ledger.machine().practice().sale());
    }

    /// A snapshot; `None` while the open batch has records or after a failure.
    pub(crate) fn snapshot(&self) -> Option<journal::Snapshot> {
        self.ledger.snapshot(practice::SNAPSHOT_VERSION)
    }

    /// Whether this error says that another owner has claimed the sale.
    pub(crate) fn is_fenced_by(error: &JournalError) -> bool {
        matches!(error, JournalError::Fenced { .. })
    }
}

/// The tag of the request of a caller. No other request of the trial has its key.
fn tag_of(Caller(number): Caller) -> Tag {
    // The keys up to forty belong to marks.
    Tag::new(number + 41, number).expect("a key from 41 on")
}
