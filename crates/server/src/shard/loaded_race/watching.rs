//! What a race shows to those who look at it and need not be members.

use practice::{MemberId, PersonId, RaceClock};
use protocol::{ResultRow, ToWatcher, WatchPerson};
use sale::Section;

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::GuestId;
use crate::limits::RESULT_ROWS_MAX;
use crate::problem::ApiError;
use crate::shard::ask::{Look, Standings, ViewerId};
use crate::shard::board::{Rows, foremost, paid};
use crate::shard::hall::Course;

impl LoadedRace {
    pub(super) fn look(&mut self, now: UnixTime, look: Look) {
        match look {
            Look::Reach { reply } => {
                self.indexed.may_be_complete = true;
                self.answer_later(reply, Ok(()));
            }
            Look::Sale { reply } => {
                let seen = self.sale_seen();
                self.answer_later(reply, Ok(seen));
            }
            Look::Payment { payment, reply } => {
                let stand = self.payment_stand(now, payment);
                self.answer_later(reply, stand);
            }
            Look::Hall { person, network, tx, reply } => {
                let viewer = if self.is_hidden_from(person) {
                    Err(ApiError::StillRacing)
                } else {
                    self.hall.add(ViewerId::next(), person, network, tx)
                };
                self.answer_later(reply, viewer);
            }
            Look::Results { person, reply } => {
                let standings = self.standings(now, person);
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

    /// Whether a person must not see what the others do. Everybody finds the sale of a performance, also whoever races in it in
    /// another browser, so nobody sees it before it is over.
    fn is_hidden_from(&self, person: PersonId) -> bool {
        let is_found_by_all = self.performance.is_some() && !self.is_done();
        is_found_by_all || self.is_racing(person)
    }

    /// The person whose report others may ask for, once the race is over for everybody.
    fn sharer(&self, member: MemberId) -> Result<PersonId, ApiError> {
        if !self.is_done() {
            return Err(ApiError::NotOver);
        }
        let about = self.practice().members().get(member.0 as usize);
        about.map(practice::Member::person).ok_or(ApiError::ReportNotShared)
    }

    /// What has come of the race so far, as far as this person may see it. Only the rows that all see who do not race cost
    /// more in a larger race.
    fn standings(&mut self, now: UnixTime, person: PersonId) -> Standings {
        let is_over = self.is_done();
        let own = self.practice().member_of(person).map(|you| self.row(you));
        let own = own.map(|row| ResultRow { you: true, ..row });
        let mut board = std::mem::take(&mut self.board);
        let rows = (!self.is_hidden_from(person)).then(|| board.rows(now, is_over, || self.rows()));
        self.board = board;
        Standings { is_over, board: rows, own, origin: self.origin }
    }

    /// The rows that all are shown who do not race.
    fn rows(&self) -> Rows {
        let practice = self.practice();
        let shown = foremost(practice, RESULT_ROWS_MAX);
        Rows {
            list: shown.iter().map(|id| self.row(*id)).collect(),
            people: shown.iter().map(|id| practice.member(*id).person()).collect(),
            members: u32::try_from(practice.members().len()).expect("a race has fewer members"),
            paid: paid(practice),
        }
    }

    fn row(&self, id: MemberId) -> ResultRow {
        let section = |section: Section| self.sheet.sections.get(usize::from(section.0)).cloned();
        practice::result_row(self.practice(), id, self.began_at.as_millis_f64(), section)
    }

    /// Whether anything can still happen of which a watcher is told.
    pub(super) fn course(&self) -> Course {
        if self.is_done() { Course::IsOver } else { Course::GoesOn }
    }

    /// Sends the watchers of the hall what is due.
    pub(super) fn show_hall(&mut self, context: &Context, now: UnixTime) {
        if self.hall.is_empty() {
            return;
        }
        let mut hall = std::mem::take(&mut self.hall);
        let races = |person| self.is_racing(person);
        let people = || self.people(context, now);
        let feed = self.practice().feed();
        hall.tell((now, self.moment(now)), self.course(), feed, races, people);
        self.hall = hall;
    }

    /// The message that tells where everybody is.
    fn people(&self, context: &Context, now: UnixTime) -> String {
        let started_at_ms = self.started_at.as_millis_f64();
        let clock = RaceClock { started_at_ms, now: self.moment(now) };
        let mut state = practice::watch(self.practice(), clock);
        let guest = |told: &WatchPerson| {
            let PersonId(person) = self.practice().member(MemberId(told.member)).person();
            GuestId(person)
        };
        let guests: Vec<GuestId> = state.people.iter().map(guest).collect();
        for (told, known) in state.people.iter_mut().zip(context.index.known_of(self.id, &guests)) {
            told.name = known.name;
        }
        let message = ToWatcher::Watch(state);
        serde_json::to_string(&message).expect("a message becomes JSON")
    }
}
