//! A race told again from its log: the practice, with a chronicle of what happens in it.

use alloc::vec::Vec;

use crowd::Race;
use sale::{
    Answered, Command, Hash, Machine, Moment, NoteRefused, Outcome, Refusal, Stage, Stamped, Tag,
    Visitor,
};

use crate::names::MemberId;
use crate::note::{Note, NoteError};
use crate::practice::Practice;
use crate::report::chronicle::Chronicle;
use crate::report::findings::Findings;

/// How far the race goes on before it is looked whether a run has ended.
const SLICE_NS: u64 = 50_000_000;

/// A practice being replayed, and its chronicle.
#[derive(Clone, Debug)]
pub struct Retold {
    practice: Practice,
    chronicle: Chronicle,
}

impl Retold {
    /// Tells a practice that has not begun.
    pub fn new(practice: Practice) -> Self {
        let mut chronicle = Chronicle::default();
        practice.members().iter().for_each(|member| chronicle.watch(member.visitor()));
        Self { practice, chronicle }
    }

    /// The practice as far as it was told.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// Watches a visitor who is not a member, such as a rival.
    pub fn watch(&mut self, visitor: Visitor) {
        self.chronicle.watch(visitor);
    }

    /// What happened so far.
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Keeps a note as the practice did. Who joins is watched from then on.
    ///
    /// # Errors
    ///
    /// As [`Practice::keep`].
    pub fn keep(&mut self, at: Moment, tag: Option<Tag>, note: Note) -> Result<(), NoteError> {
        self.practice.keep(at, tag, note)?;
        if let Some(joined) = self.practice.members().last() {
            self.chronicle.watch(joined.visitor());
        }
        Ok(())
    }

    /// Decides a command; see [`Practice::handle`].
    ///
    /// # Errors
    ///
    /// The sale's refusal.
    pub fn handle(
        &mut self,
        now: Moment,
        command: Command,
        mut see: impl FnMut(&Race, &Stamped),
    ) -> Result<Outcome, Refusal> {
        let Self { practice, chronicle } = self;
        practice.handle(now, command, |race, stamped| {
            chronicle.see(race, stamped);
            see(race, stamped);
        })
    }

    /// Lets the race go on; see [`Practice::advance`].
    pub fn advance(&mut self, now: Moment, mut see: impl FnMut(&Race, &Stamped)) {
        let Self { practice, chronicle } = self;
        practice.advance(now, |race, stamped| {
            chronicle.see(race, stamped);
            see(race, stamped);
        });
    }

    /// Goes on from the last command until the run of a member has ended.
    pub fn finish(&mut self, id: MemberId) {
        let ends_at = self.practice.ends_at();
        while self.practice.member(id).run().ended().is_none()
            && self.practice.sale().stage() != Stage::Closed
        {
            let due_at = self.practice.poll_timeout().filter(|&at| at <= ends_at);
            let Some(due_at) = due_at else { break };
            let slice_end = Moment::from_nanos(due_at.as_nanos().saturating_add(SLICE_NS));
            self.advance(slice_end.min(ends_at), crowd::ignore);
        }
    }

    /// What a member's run says so far.
    pub fn findings(&self, id: MemberId) -> Findings {
        let member = self.practice.member(id);
        Findings::of(self.practice.race(), &self.chronicle, member.visitor(), member.run())
    }
}

impl Machine for Retold {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.handle(now, command, crowd::ignore)
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now, crowd::ignore);
    }

    fn now(&self) -> Moment {
        Machine::now(&self.practice)
    }

    fn hash(&self) -> Hash {
        Machine::hash(&self.practice)
    }

    fn snapshot(&self) -> Vec<u8> {
        Machine::snapshot(&self.practice)
    }

    fn keep_answer(&mut self, answered: Answered) {
        self.practice.keep_answer(answered);
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
