//! Members: the people of one race, each with a run, answers, marks and a presence of their own.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::num::NonZeroU64;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Answered, Moment, Tag, Visitor};

use crate::act::Objection;
use crate::limits::{MARKS_MAX, REQUESTS_PER_MEMBER_MAX};
use crate::names::PersonId;
use crate::note::Mark;
use crate::run::Run;
use crate::step::Step;

/// A person who joined a race, with all that the race keeps of that person.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub struct Member {
    person: PersonId,
    visitor: Visitor,
    joined_at: Moment,
    /// The present visit: where a member may come in again, each visit is a run of its own.
    pub(crate) run: Run,
    /// The first visit, once another one has begun.
    first: Option<Run>,
    /// The requests that the race has decided, by their keys. A repeated request gets the first
    /// answer again (rule A4), and no other request gets an answer under its key (rule J14).
    requests: BTreeMap<NonZeroU64, Request>,
    marks: Vec<Mark>,
    /// When the shell last heard from the person, in race time. A snapshot does not keep it: after
    /// a restart the shell treats all members as just heard from.
    #[borsh(skip)]
    heard_at: Moment,
    /// The moment of the seats that the shell sent the person last. A snapshot does not keep it; what a
    /// report needs of it is [noted](crate::Note::Shown).
    #[borsh(skip)]
    shown_at: Option<Moment>,
    /// Incremented when the state that this member is told may have changed.
    #[borsh(skip)]
    pub(crate) version: u64,
    /// When something last happened to this member in the sale.
    #[borsh(skip)]
    pub(crate) changed_at: Moment,
}

/// A request that the race has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Request {
    /// The digest of all that the request asked for: [`Tag::content`].
    content: u64,
    became: Became,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Became {
    /// The race accepted its command and answered this.
    Answered(Answered),
    /// The race kept its marks.
    Marked,
    /// The race turned it down, and it changed nothing. If it comes again, it is decided anew.
    TurnedDown,
}

/// Compares only what a journal keeps: not `heard_at`, `shown_at`, `version` and `changed_at`.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        let kept = |member: &Self| (member.person, member.visitor, member.joined_at);
        kept(self) == kept(other)
            && self.run == other.run
            && self.first == other.first
            && self.requests == other.requests
            && self.marks == other.marks
    }
}

impl Member {
    pub(crate) fn new(person: PersonId, visitor: Visitor, at: Moment) -> Self {
        Self {
            person,
            visitor,
            joined_at: at,
            run: Run::default(),
            first: None,
            requests: BTreeMap::new(),
            marks: Vec::new(),
            heard_at: at,
            shown_at: None,
            version: 0,
            changed_at: at,
        }
    }

    /// The person who the member is outside the race.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The visitor who the member is in the sale.
    pub fn visitor(&self) -> Visitor {
        self.visitor
    }

    /// When the person joined, in race time.
    pub fn joined_at(&self) -> Moment {
        self.joined_at
    }

    /// The member's way through the race; where a member may come in again, through the present visit.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The run that reports, results and lists tell: that of the first visit (rule B12).
    pub fn told_run(&self) -> &Run {
        self.first.as_ref().unwrap_or(&self.run)
    }

    /// Begins another visit, whose run is one of its own.
    pub(crate) fn begin_again(&mut self) {
        let next = self.run.next_visit();
        let before = core::mem::replace(&mut self.run, next);
        self.first.get_or_insert(before);
    }

    /// The marks that the member's client sent, in the order in which they came. At most
    /// [`MARKS_MAX`].
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What became of the same request before; `None` if its key is unused.
    ///
    /// # Errors
    ///
    /// [`Objection::KeyReused`] if the key belongs to a request that asked for something else.
    pub fn earlier(&self, tag: Tag) -> Result<Option<Became>, Objection> {
        match self.requests.get(&tag.key) {
            None => Ok(None),
            Some(request) if request.content == tag.content => Ok(Some(request.became)),
            Some(_) => Err(Objection::KeyReused),
        }
    }

    /// How many requests of the member the race has decided, each under a key of its own.
    pub fn request_count(&self) -> usize {
        self.requests.len()
    }

    /// When the shell last heard from the person, in race time.
    pub fn heard_at(&self) -> Moment {
        self.heard_at
    }

    /// How many marks the member would have after adding `marks`. If the same request brought them
    /// before, it is the present count, because they are not added again (rule A18).
    ///
    /// # Errors
    ///
    /// [`Objection::TooManyMarks`] if that is more than [`MARKS_MAX`], or if the member has sent
    /// marks [`MARKS_MAX`] times or any requests [`REQUESTS_PER_MEMBER_MAX`] times. [`Objection::KeyReused`] as in [`earlier`](Self::earlier).
    pub fn marks_with(&self, tag: Tag, marks: &[Mark]) -> Result<usize, Objection> {
        if self.earlier(tag)? == Some(Became::Marked) {
            return Ok(self.marks.len());
        }
        let count = self.marks.len() + marks.len();
        let times = self.requests.values().filter(|request| request.became == Became::Marked);
        let has_room = count <= MARKS_MAX
            && times.count() < MARKS_MAX
            && self.requests.len() < REQUESTS_PER_MEMBER_MAX;
        if has_room { Ok(count) } else { Err(Objection::TooManyMarks) }
    }

    pub(crate) fn hear(&mut self, now: Moment) {
        self.heard_at = self.heard_at.max(now);
    }

    pub(crate) fn show(&mut self, at: Moment) {
        self.shown_at = self.shown_at.max(Some(at));
    }

    /// The moment of the seats that the person was shown last in this visit, if no note says so yet.
    pub(crate) fn shown_since_noted(&self) -> Option<Moment> {
        let admitted_at = self.run.at(Step::Admitted)?;
        let is_news = |at| self.run.seen_at().is_none_or(|seen| seen < at);
        self.shown_at.filter(|&at| admitted_at <= at && is_news(at))
    }

    pub(crate) fn keep_answer(&mut self, answered: Answered) {
        if let Some(tag) = answered.tag {
            self.keep_request(tag, Became::Answered(answered));
        }
        self.version += 1;
    }

    pub(crate) fn keep_marks(&mut self, tag: Option<Tag>, marks: Vec<Mark>) {
        if tag.is_none_or(|tag| self.keep_request(tag, Became::Marked)) {
            self.marks.extend(marks);
        }
    }

    pub(crate) fn turn_down(&mut self, tag: Tag) {
        self.keep_request(tag, Became::TurnedDown);
    }

    /// Keeps what became of a request. Returns whether it is kept: only the same request may
    /// replace what became of it, and only if it was turned down before.
    fn keep_request(&mut self, tag: Tag, became: Became) -> bool {
        let is_open = matches!(self.earlier(tag), Ok(None | Some(Became::TurnedDown)));
        if is_open {
            self.requests.insert(tag.key, Request { content: tag.content, became });
        }
        is_open
    }
}
