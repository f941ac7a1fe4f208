//! Members: the people of one race, each with a run, answers, marks and a presence of their own.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Answered, Moment, Tag, Visitor};

use crate::limits::MARKS_MAX;
use crate::names::PersonId;
use crate::note::Mark;
use crate::run::Run;

/// A person who joined a race, with all that the race keeps of that person.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub struct Member {
    person: PersonId,
    visitor: Visitor,
    joined_at: Moment,
    pub(crate) run: Run,
    /// Answers to accepted requests, by the request's tag. A repeated request gets the first answer
    /// again (rule A4).
    answers: BTreeMap<Tag, Answered>,
    marks: Vec<Mark>,
    /// The tags of the requests that brought marks, so that a repeated one adds none (rule A18).
    marked: BTreeSet<Tag>,
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
}

/// Compares only what a journal keeps: not `heard_at`, `shown_at` and `version`.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        let kept = |member: &Self| (member.person, member.visitor, member.joined_at);
        kept(self) == kept(other)
            && self.run == other.run
            && self.answers == other.answers
            && self.marks == other.marks
            && self.marked == other.marked
    }
}

impl Member {
    pub(crate) fn new(person: PersonId, visitor: Visitor, at: Moment) -> Self {
        Self {
            person,
            visitor,
            joined_at: at,
            run: Run::default(),
            answers: BTreeMap::new(),
            marks: Vec::new(),
            marked: BTreeSet::new(),
            heard_at: at,
            shown_at: None,
            version: 0,
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

    /// The member's way through the race.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The marks that the member's client sent, in the order in which they came. At most
    /// [`MARKS_MAX`].
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The answer to the accepted request with this tag; `None` if there was no such request.
    pub fn answered(&self, tag: Tag) -> Option<&Answered> {
        self.answers.get(&tag)
    }

    /// How many accepted commands with a tag the member has sent.
    pub fn answer_count(&self) -> usize {
        self.answers.len()
    }

    /// When the shell last heard from the person, in race time.
    pub fn heard_at(&self) -> Moment {
        self.heard_at
    }

    /// How many marks the member would have after adding `marks`; `None` if that is more than
    /// [`MARKS_MAX`], or if the member has sent marks [`MARKS_MAX`] times. With a known tag it is
    /// the count of today, because the same marks are not added again (rule A18).
    pub fn marks_with(&self, tag: Tag, marks: &[Mark]) -> Option<usize> {
        if self.has_marked(tag) {
            return Some(self.marks.len());
        }
        let count = self.marks.len() + marks.len();
        (count <= MARKS_MAX && self.marked.len() < MARKS_MAX).then_some(count)
    }

    /// Whether an earlier request with this tag brought marks.
    pub fn has_marked(&self, tag: Tag) -> bool {
        self.marked.contains(&tag)
    }

    pub(crate) fn hear(&mut self, now: Moment) {
        self.heard_at = self.heard_at.max(now);
    }

    pub(crate) fn show(&mut self, at: Moment) {
        self.shown_at = self.shown_at.max(Some(at));
    }

    /// The moment of the seats that the person was shown last, if no note says so yet.
    pub(crate) fn shown_since_noted(&self) -> Option<Moment> {
        self.shown_at.filter(|&at| self.run.seen_at().is_none_or(|seen| seen < at))
    }

    pub(crate) fn keep_answer(&mut self, answered: Answered) {
        if let Some(tag) = answered.tag {
            self.answers.insert(tag, answered);
        }
        self.version += 1;
    }

    pub(crate) fn keep_marks(&mut self, tag: Option<Tag>, marks: Vec<Mark>) {
        let is_known = tag.is_some_and(|tag| !self.marked.insert(tag));
        if !is_known {
            self.marks.extend(marks);
        }
    }
}
