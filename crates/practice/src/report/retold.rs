//! A practice replayed from its log, with a chronicle of what happens in it.

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

/// How far [`Retold::finish`] lets the race go on between two looks at the run: 50 ms. Chosen.
const SLICE_NS: u64 = 50_000_000;

/// A practice that is being replayed, and its chronicle.
#[derive(Clone, Debug)]
pub struct Retold {
    practice: Practice,
    chronicle: Chronicle,
}

impl Retold {
    /// Begins with a practice in which nothing has happened yet.
    pub fn new(practice: Practice) -> Self {
        let mut chronicle = Chronicle::default();
        practice.members().iter().for_each(|member| chronicle.watch(member.visitor()));
        Self { practice, chronicle }
    }

    /// The practice as far as it was replayed.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// Has the chronicle watch a visitor who is not a member, such as a rival.
    pub fn watch(&mut self, visitor: Visitor) {
        self.chronicle.watch(visitor);
    }

    /// The chronicle of what happened so far.
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Takes in a note; see [`Practice::keep`]. The chronicle watches a new member from then on.
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
    /// [`Refusal`] if the sale's rules do not allow the command.
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

    /// Lets the race go on until the run of a member has ended, the sale is closed, or nothing more
    /// happens before the race ends.
    ///
    /// # Panics
    ///
    /// If there is no such member.
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

    /// The findings about a member's run so far.
    ///
    /// # Panics
    ///
    /// If there is no such member.
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
