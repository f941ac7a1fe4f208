//! What a race shows to those who look at it and need not be members.

use practice::wire::{self, millis};
use practice::{MemberId, PersonId};
use serde_json::json;

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::problem::ApiError;
use crate::shard::ask::{Look, ViewerId};

impl LoadedRace {
    pub(super) fn look(&mut self, look: Look) {
        match look {
            Look::Reach { reply } => self.answer_later(reply, Ok(())),
            Look::Hall { person, tx, reply } => {
                let viewer = if self.is_racing(person) {
                    Err(ApiError::StillRacing)
                } else {
                    self.hall.add(ViewerId::next(), person, tx)
                };
                self.answer_later(reply, viewer);
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

    /// Sends the watchers of the hall what is due.
    pub(super) fn show_hall(&mut self, _context: &Context, now: UnixTime) {
        if self.hall.is_empty() {
            return;
        }
        let mut hall = std::mem::take(&mut self.hall);
        let races = |person| self.is_racing(person);
        hall.tell(now, self.moment(now), self.practice().feed(), races, || self.people(now));
        self.hall = hall;
    }

    /// The message that tells where everybody is.
    fn people(&self, now: UnixTime) -> String {
        let practice = self.practice();
        let message = json!({
            "type": "watch",
            "now_ms": millis(self.moment(now)),
            "started_at_ms": self.started_at.as_millis_f64(),
            "stage": wire::stage(practice.sale().stage()),
            "counts": wire::counts(practice.sale()),
            "people": [],
            "more": practice.members().len(),
        });
        message.to_string()
    }
}
