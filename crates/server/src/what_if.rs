//! Answers what-ifs: replays a race from the journal and runs it again with other times for some steps.

use crowd::Scenario;
use journal::{BoxError, Log, Seq};
use practice::what_if::{Change, Original, UsualTimes};
use practice::{Fair, PersonId, Practice};
use protocol::{WhatIfChance, WhatIfTold};
use sale::Moment;

use crate::clock::{Clock, UnixTime};
use crate::ids::RaceId;
use crate::limits::{CHANCE_WITHIN, SEED_MAX};
use crate::retold::{Told, retell};

/// What somebody wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The steps that take other times.
    pub(crate) changes: Vec<Change>,
    /// In how many races with other crowds the same is tried; 0 for none.
    pub(crate) crowds: u32,
}

/// A run that is over, to be run again with other times. It is kept for those who ask more than once: to replay the race
/// takes longer than the answer.
#[derive(Debug)]
pub(crate) struct Rerun {
    pub(crate) original: Original,
    pub(crate) scenario: Scenario,
    pub(crate) ends_at: Moment,
    /// The last batch of the log from which it was made.
    pub(crate) through: Seq,
}

impl Rerun {
    /// The run of a person; `None` once `go_on` returns false. `log` is the whole log of the race, and `usual` are the
    /// person's times from other races.
    ///
    /// # Errors
    ///
    /// When the log cannot be replayed by this version, or the person is not a member of the race.
    pub(crate) fn of(
        person: PersonId,
        log: &Log,
        usual: UsualTimes,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Self>, BoxError> {
        let Some(told) = retell(person, log, &mut go_on)? else { return Ok(None) };
        let Told { header, scenario, mut retold, member } = told;
        if !retold.finish_while(member, &mut go_on) {
            return Ok(None);
        }
        let started_at_ms = UnixTime::of_header(&header).as_millis_f64();
        let original = retold.original(member, started_at_ms, usual, &mut go_on);
        let (ends_at, through) = (header.ends_at, log.last());
        Ok(original.ok().map(|original| Self { original, scenario, ends_at, through }))
    }

    /// The answer to a question; `None` once `go_on` returns false.
    pub(crate) fn answer(
        &self,
        race: RaceId,
        question: &Question,
        clock: &Clock,
        mut go_on: impl FnMut() -> bool,
    ) -> Option<WhatIfTold> {
        let what_if = self.original.what_if(&question.changes, &mut go_on).ok()?;
        if question.crowds == 0 {
            return Some(WhatIfTold { what_if, chance: None });
        }
        let (scenario, ends_at) = (self.scenario.clone(), self.ends_at);
        let (count, until) = (question.crowds, clock.now().after(CHANCE_WITHIN));
        let races = Crowds { race, scenario, ends_at, next: 0, count, clock, until };
        let chance = self.original.chance(&question.changes, races, &mut go_on).ok()?;
        let chance = WhatIfChance { paid: chance.paid, runs: chance.runs };
        Some(WhatIfTold { what_if, chance: Some(chance) })
    }

    /// About how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.original.bytes() + size_of::<Self>()
    }
}

/// New races of one scenario, each with another crowd: always the same ones for a race, so that the same question has the
/// same answer. It ends early if they take long.
struct Crowds<'a> {
    race: RaceId,
    scenario: Scenario,
    ends_at: Moment,
    next: u32,
    count: u32,
    clock: &'a Clock,
    /// When no further race begins.
    until: UnixTime,
}

impl Iterator for Crowds<'_> {
    type Item = Practice;

    fn next(&mut self) -> Option<Practice> {
        let is_late = self.next > 0 && self.clock.now() > self.until;
        if self.next >= self.count || is_late {
            return None;
        }
        self.next += 1;
        // Neighbouring seeds give crowds that have nothing in common.
        let seed = self.race.0.wrapping_add(self.next.into()) & SEED_MAX;
        // The scenario made a race before.
        Practice::new(self.scenario.clone(), Fair::drawn(seed), self.ends_at).ok()
    }
}
