//! A race of the command line: a practice, together with the notable moments that are found in it.

use crowd::{Race, RaceError, Scenario};
use practice::{Member, Practice};
use sale::{
    Answered, Command, Hash, Machine, Moment, NoteRefused, Outcome, Refusal, SnapshotError, Span,
    Tag,
};

use crate::highlight::Lookout;

/// The race time between two checks of whether the race is over.
pub(crate) const STEP: Span = Span::from_millis(20);

/// A practice and a lookout that finds its notable moments.
#[derive(Clone, Debug)]
pub(crate) struct Narrated {
    practice: Practice,
    lookout: Lookout,
}

impl Narrated {
    /// A race that has not begun.
    ///
    /// # Errors
    ///
    /// When no race can be made from the scenario.
    pub(crate) fn new(scenario: Scenario, seed: u64, ends_at: Moment) -> Result<Self, RaceError> {
        Ok(Self::of(Practice::new(scenario, seed, ends_at)?))
    }

    /// The race as of a snapshot.
    ///
    /// # Errors
    ///
    /// When `bytes` are damaged or of another race.
    pub(crate) fn restore(
        scenario: Scenario,
        seed: u64,
        ends_at: Moment,
        bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        Ok(Self::of(Practice::restore(scenario, seed, ends_at, bytes)?))
    }

    fn of(practice: Practice) -> Self {
        let person = practice.members().first().map(Member::visitor);
        let lookout = Lookout::new(practice.race(), person);
        Self { practice, lookout }
    }

    pub(crate) fn practice(&self) -> &Practice {
        &self.practice
    }

    pub(crate) fn practice_mut(&mut self) -> &mut Practice {
        &mut self.practice
    }

    pub(crate) fn race(&self) -> &Race {
        self.practice.race()
    }

    /// The person of the race, if one joined.
    pub(crate) fn person(&self) -> Option<&Member> {
        self.practice.members().first()
    }

    pub(crate) fn lookout_mut(&mut self) -> &mut Lookout {
        &mut self.lookout
    }

    /// The time from the opening to `at`; zero before the opening.
    pub(crate) fn since_opening(&self, at: Moment) -> Span {
        at.since(self.race().sale().rules().opens_at)
    }
}

/// The first moment after `at` at which a drive checks whether the race is over.
///
/// These moments are multiples of [`STEP`], so that a race that was interrupted ends at the same
/// moment as one that was not.
pub(crate) fn next_look(at: Moment) -> Moment {
    let step = STEP.as_nanos();
    Moment::from_nanos((at.as_nanos() / step + 1) * step)
}

impl Machine for Narrated {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        let Self { practice, lookout } = self;
        practice.handle(now, command, |race, stamped| lookout.look(race, stamped))
    }

    fn advance(&mut self, now: Moment) {
        let Self { practice, lookout } = self;
        practice.advance(now, |race, stamped| lookout.look(race, stamped));
    }

    fn now(&self) -> Moment {
        self.practice.now()
    }

    fn hash(&self) -> Hash {
        self.practice.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.practice.snapshot()
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
        self.practice.keep_note(at, tag, kind, bytes)?;
        self.lookout.follow(self.practice.members().first().map(Member::visitor));
        Ok(())
    }
}
