//! Answers what-ifs: replays a race from the journal and runs it again with other times for some steps.

use crowd::Scenario;
use journal::{BoxError, Log};
use practice::what_if::{Change, Stopped, UsualTimes};
use practice::{Fair, PersonId, Practice};
use protocol::{WhatIfChance, WhatIfTold};
use sale::Moment;

use crate::clock::{Clock, UnixTime};
use crate::ids::RaceId;
use crate::limits::{CHANCE_WITHIN, SEED_MAX};
use crate::report::{Told, retell};

/// What somebody wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The steps that take other times.
    pub(crate) changes: Vec<Change>,
    /// In how many races with other crowds the same is tried; 0 for none.
    pub(crate) crowds: u32,
}

/// The answer to a question about the run of a person, which is over; `None` once `go_on` returns false. `log` is the whole
/// log of the race, and `usual` are the person's times from other races.
///
/// # Errors
///
/// When the log cannot be replayed by this version, or the person is not a member of the race.
pub(crate) fn what_if(
    id: RaceId,
    person: PersonId,
    log: &Log,
    question: &Question,
    usual: UsualTimes,
    clock: &Clock,
    mut go_on: impl FnMut() -> bool,
) -> Result<Option<WhatIfTold>, BoxError> {
    let Some(told) = retell(person, log, &mut go_on)? else { return Ok(None) };
    let Told { header, scenario, mut retold, member } = told;
    if !retold.finish_while(member, &mut go_on) {
        return Ok(None);
    }
    let started_at_ms = UnixTime::of_header(&header).as_millis_f64();
    let Ok(original) = retold.original(member, started_at_ms, usual, &mut go_on) else {
        return Ok(None);
    };
    let Ok(what_if) = original.what_if(&question.changes, &mut go_on) else { return Ok(None) };
    let chance = if question.crowds == 0 {
        None
    } else {
        let (ends_at, count, until) =
            (header.ends_at, question.crowds, clock.now().after(CHANCE_WITHIN));
        let races = Crowds { race: id, scenario, ends_at, next: 0, count, clock, until };
        match original.chance(&question.changes, races, &mut go_on) {
            Ok(chance) => Some(WhatIfChance { paid: chance.paid, runs: chance.runs }),
            Err(Stopped) => return Ok(None),
        }
    };
    Ok(Some(WhatIfTold { what_if, chance }))
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
