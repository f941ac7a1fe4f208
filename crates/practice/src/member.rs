//! Members: the people of one race, each with a run, answers, marks and a presence of their own.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Answered, Moment, Tag, Visitor};

use crate::limits::MARKS_MAX;
use crate::names::PersonId;
use crate::note::Mark;
use crate::run::Run;

/// A person in a race.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub struct Member {
    person: PersonId,
    visitor: Visitor,
    joined_at: Moment,
    pub(crate) run: Run,
    /// Accepted requests by their tags, so that a repeated one is answered as the first was (rule A4).
    answers: BTreeMap<Tag, Answered>,
    marks: Vec<Mark>,
    /// The tags of requests that brought marks.
    marked: BTreeSet<Tag>,
    /// When something was last heard of the person, in race time. Not kept: after a restart everybody
    /// counts as just heard of.
    #[borsh(skip)]
    heard_at: Moment,
    /// Incremented when something that this member is told may have changed.
    #[borsh(skip)]
    pub(crate) version: u64,
}

/// Members are the same if all that a journal keeps of them is: presence and version are not.
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
            version: 0,
        }
    }

    /// Who the member is outside the race.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Who the member is in the sale.
    pub fn visitor(&self) -> Visitor {
        self.visitor
    }

    /// When the person joined.
    pub fn joined_at(&self) -> Moment {
        self.joined_at
    }

    /// The member's way through the race.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// What the client said, in the order in which it came.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What came of the request with this tag.
    pub fn answered(&self, tag: Tag) -> Option<&Answered> {
        self.answers.get(&tag)
    }

    /// Accepted commands that are kept.
    pub fn answer_count(&self) -> usize {
        self.answers.len()
    }

    /// When something was last heard of the person.
    pub fn heard_at(&self) -> Moment {
        self.heard_at
    }

    /// How many marks the member would have with these, or `None` if they are too many. Marks that came
    /// with a known tag are counted already (rule A18).
    pub fn marks_with(&self, tag: Tag, marks: &[Mark]) -> Option<usize> {
        if self.has_marked(tag) {
            return Some(self.marks.len());
        }
        let count = self.marks.len() + marks.len();
        (count <= MARKS_MAX && self.marked.len() < MARKS_MAX).then_some(count)
    }

    /// Whether marks came with this tag before.
    pub fn has_marked(&self, tag: Tag) -> bool {
        self.marked.contains(&tag)
    }

    pub(crate) fn hear(&mut self, now: Moment) {
        self.heard_at = self.heard_at.max(now);
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
