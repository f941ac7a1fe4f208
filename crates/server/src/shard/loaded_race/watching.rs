//! What a race shows to those who look at it and need not be members.

use practice::{MemberId, PersonId, RaceClock};
use protocol::ToWatcher;
use sale::Section;

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::GuestId;
use crate::problem::ApiError;
use crate::shard::ask::{Look, Standings, ViewerId};

impl LoadedRace {
    pub(super) fn look(&mut self, look: Look) {
        match look {
            Look::Reach { reply } => {
                self.may_be_complete = true;
                self.answer_later(reply, Ok(()));
            }
            Look::Hall { person, tx, reply } => {
                let viewer = if self.is_racing(person) {
                    Err(ApiError::StillRacing)
                } else {
                    self.hall.add(ViewerId::next(), person, tx)
                };
                self.answer_later(reply, viewer);
            }
            Look::Results { person, reply } => {
                let standings = self.standings(person);
                self.answer_later(reply, Ok(standings));
            }
            Look::Member { member, reply } => {
                let person = self.sharer(MemberId(member));
                self.answer_later(reply, person);
            }
        }
    }

    /// Whether a person has a run that goes on, who must not see the hall before being inside.
    fn is_racing(&self, person: PersonId) -> bool {
        let practice = self.practice();
        practice.member_of(person).is_some_and(|member| !practice.is_over_for(member))
    }

    /// The person whose report others may ask for, once the race is over for everybody.
    fn sharer(&self, member: MemberId) -> Result<PersonId, ApiError> {
        if !self.is_done() {
            return Err(ApiError::NotOver);
        }
        let about = self.practice().members().get(member.0 as usize);
        about.map(practice::Member::person).ok_or(ApiError::ReportNotShared)
    }

    /// What has come of the race so far, as far as this person may see it.
    fn standings(&self, person: PersonId) -> Standings {
        let practice = self.practice();
        let section = |section: Section| self.sheet.sections.get(usize::from(section.0)).cloned();
        let mut rows = practice::results(practice, self.began_at.as_millis_f64(), section);
        let you = practice.member_of(person);
        if self.is_racing(person) {
            rows.retain(|row| you == Some(MemberId(row.member)));
        }
        for row in &mut rows {
            row.you = you == Some(MemberId(row.member));
        }
        Standings {
            is_over: self.is_done(),
            rows,
            people: practice.members().iter().map(practice::Member::person).collect(),
            origin: self.origin,
        }
    }

    /// Sends the watchers of the hall what is due.
    pub(super) fn show_hall(&mut self, context: &Context, now: UnixTime) {
        if self.hall.is_empty() {
            return;
        }
        let mut hall = std::mem::take(&mut self.hall);
        let races = |person| self.is_racing(person);
        let people = || self.people(context, now);
        hall.tell(now, self.moment(now), self.practice().feed(), races, people);
        self.hall = hall;
    }

    /// The message that tells where everybody is.
    fn people(&self, context: &Context, now: UnixTime) -> String {
        let started_at_ms = self.started_at.as_millis_f64();
        let clock = RaceClock { started_at_ms, now: self.moment(now) };
        let mut state = practice::watch(self.practice(), clock);
        for told in &mut state.people {
            let PersonId(person) = self.practice().member(MemberId(told.member)).person();
            told.name = context.index.name_of(self.id, GuestId(person));
        }
        let message = ToWatcher::Watch(state);
        serde_json::to_string(&message).expect("a message becomes JSON")
    }
}
