//! Makes and begins races: those of one guest alone, and those of several people.

use std::collections::HashSet;

use journal::Ledger;
use practice::{
    About, Begun, Commitment, Exercise, Fair, Header, Origin, PerformanceId, PersonId, Practice,
    Versions,
};
use protocol::RaceView;
use sale::Moment;
use scenario::Course;
use tokio::sync::oneshot;

use super::Gateway;
use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::exercise::play;
use crate::ids::{GuestId, RaceId, random_bytes, random_seed};
use crate::index::{Access, Known, NOBODY};
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;
use crate::shard::{Ask, Letter, Look, MemberAsk, Setup};
use crate::sheet::{Sheet, about};

/// A race that was made and has not begun.
#[derive(Debug)]
pub(crate) struct MadeRace {
    sheet: Sheet,
    plan: PlanAddress,
    about: About,
    recipe: String,
    fair: Fair,
    opens_at: Moment,
    ends_at: Moment,
    ledger: Box<Ledger<Practice>>,
    /// The moment of race time at which a person comes into the race: later than its beginning if earlier steps are done.
    from: Moment,
}

/// Who opens a shared race, and who is let in from the beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// The guest for whom the race counts; `None` for a race that nobody opened, such as one of the timetable.
    pub(crate) host: Option<GuestId>,
    /// From where it is opened; `None` if the server itself opens it.
    pub(crate) network: Option<Network>,
    /// Who is in the room.
    pub(crate) guests: HashSet<GuestId>,
    /// When race time begins, if that moment has passed: the time that setting the race up took is made up for, so
    /// that the sale opens when it was said to.
    pub(crate) begins_at: Option<UnixTime>,
}

/// The times of a shared race that has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SharedRace {
    pub(crate) started_at: UnixTime,
    pub(crate) opens_at: UnixTime,
    pub(crate) ends_at: UnixTime,
    /// What is shown of seed and secret before the race is over.
    pub(crate) commitment: Commitment,
}

impl MadeRace {
    /// Sets a race up. A large crowd takes up to a second, so this is for the workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn on(course: Course, race: RaceId, fair: Fair) -> Result<Self, ApiError> {
        let about = about(&course);
        Self::of(course, race, about, Origin { fair, shared: false })
    }

    /// Sets a rehearsal of an opening up, as [`on`](Self::on) sets a race up.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn rehearsal(
        course: Course,
        race: RaceId,
        performance: PerformanceId,
    ) -> Result<Self, ApiError> {
        let about = About { rehearses: Some(performance), ..about(&course) };
        let fair = Fair::drawn(random_seed());
        Self::of(course, race, about, Origin { fair, shared: false })
    }

    fn of(course: Course, race: RaceId, about: About, origin: Origin) -> Result<Self, ApiError> {
        let (Origin { fair, .. }, ends_at) = (origin, course.ends_at);
        let sheet = Sheet::new(race, &course, &about, ends_at, origin);
        let plan = PlanAddress::of(course.recipe.plan_text());
        let (recipe, opens_at) = (course.recipe.to_json(), course.scenario.rules.opens_at);
        let practice = Practice::new(course.scenario, fair, ends_at).map_err(unplayable)?;
        let ledger = Box::new(Ledger::unkept(race.sale(), practice));
        let from = Moment::START;
        Ok(Self { sheet, plan, about, recipe, fair, opens_at, ends_at, ledger, from })
    }

    /// Sets an exercise of a person up, with the steps before it done. For the workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`], also if the style has no such step.
    pub(crate) fn exercise(
        course: &Course,
        race: RaceId,
        exercise: Exercise,
        person: PersonId,
    ) -> Result<Self, ApiError> {
        let fair = Fair::drawn(random_seed());
        // An exercise takes place in a small hall, so a copy costs little.
        let practice = Practice::new(course.scenario.clone(), fair, course.ends_at);
        let mut ledger = Box::new(Ledger::unkept(race.sale(), practice.map_err(unplayable)?));
        let from = play(&mut ledger, exercise, person).map_err(unplayable)?;
        let about = About { title: exercise.title(), exercise: Some(exercise), ..about(course) };
        let (opens_at, ends_at) = (course.scenario.rules.opens_at, ledger.machine().ends_at());
        let sheet = Sheet::new(race, course, &about, ends_at, Origin { fair, shared: false });
        let plan = PlanAddress::of(course.recipe.plan_text());
        let recipe = course.recipe.to_json();
        Ok(Self { sheet, plan, about, recipe, fair, opens_at, ends_at, ledger, from })
    }

    /// Sets a race up with a seed and a secret for the captchas that nobody has chosen and nobody can guess. For the
    /// workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn fair(course: Course, race: RaceId) -> Result<Self, ApiError> {
        let about = about(&course);
        Self::of(course, race, about, Origin { fair: Self::secret(), shared: true })
    }

    /// Sets the sale of a performance up, as [`fair`](Self::fair) sets a race up.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn opening(
        course: Course,
        race: RaceId,
        performance: PerformanceId,
    ) -> Result<Self, ApiError> {
        let about = About { performance: Some(performance), ..about(&course) };
        Self::of(course, race, about, Origin { fair: Self::secret(), shared: true })
    }

    fn secret() -> Fair {
        Fair::keyed(u128::from_le_bytes(random_bytes()), random_bytes())
    }

    /// The parts of a race that begins at `now`.
    fn begin(self, now: UnixTime, host: PersonId, content: u64, access: &Access) -> Parts {
        let Self { sheet, plan, about, recipe, fair, ends_at, ledger, from, .. } = self;
        let at_unix_ns = now.as_nanos().saturating_sub(from.as_nanos());
        let begun = Some(Begun { host, at_unix_ns, content });
        let shared = access.is_shared();
        let header = Header { versions: Versions::HERE, fair, shared, ends_at, begun, about };
        Parts { plan, setup: Setup { sheet, recipe, header, ledger } }
    }
}

fn unplayable(error: impl std::fmt::Display) -> ApiError {
    ApiError::Unplayable { reason: error.to_string() }
}

/// What a race begins with.
struct Parts {
    plan: PlanAddress,
    setup: Setup,
}

impl Gateway {
    /// The race that a guest began before by the same request; `None` if there is no race with this
    /// id (rule A29). `content` is a digest of all that the request asks for.
    ///
    /// # Errors
    ///
    /// [`ApiError::KeyReused`] if another request began the race.
    pub(crate) async fn begun_before(
        &self,
        client: Client,
        race: RaceId,
        content: u64,
    ) -> Result<Option<RaceView>, ApiError> {
        if self.context.index.is_damaged(race) {
            return Err(ApiError::RaceDamaged);
        }
        match self.context.index.known(race, client.guest, content) {
            Known::Nothing => Ok(None),
            Known::Same => {
                self.ask(client, race, |reply| MemberAsk::Show { reply }).await.map(Some)
            }
            Known::Other => Err(ApiError::KeyReused),
        }
    }

    /// Sets up a race for a guest. A guest who has too many unfinished races gives up the oldest of
    /// them. `content` is a digest of all that the request asks for.
    pub(crate) async fn create(
        &self,
        client: Client,
        race: RaceId,
        content: u64,
        made: MadeRace,
    ) -> Result<RaceView, ApiError> {
        if self.context.is_journal_full() {
            return Err(ApiError::ServerFull);
        }
        let Client { guest, network, .. } = client;
        let host = guest.person();
        let now = self.now();
        let Parts { plan, setup } = made.begin(now, host, content, &Access::Host);
        let header = setup.header.clone();
        let surplus = self.context.index.surplus(guest, now);
        let unkept = self.context.index.unkept(guest, now);
        let (reply, answer) = oneshot::channel();
        let first = Ask::Member { person: host, ask: MemberAsk::Show { reply } };
        let ask = Ask::Create { setup: Box::new(setup), first: Box::new(first) };
        let mut is_sent = false;
        let letter = Letter { ask, from: Some(network), place: None };
        let send = || is_sent = self.post(race, letter);
        if !self.context.index.begin(race, &header, plan, Access::Host, send) {
            // The same request, or another one under its key, came in the meantime.
            return self.begun_before(client, race, content).await?.ok_or(ApiError::Overloaded);
        }
        if is_sent {
            // Before waiting: whoever hangs up keeps no more races than others.
            self.make_way(guest, network, &surplus, &unkept);
        }
        let created = if is_sent { self.wait(answer).await } else { Err(ApiError::Overloaded) };
        if created.is_ok() {
            metrics::counter!("tingting_races_created_total").increment(1);
        } else if !is_sent {
            // A race that reached its shard and could not be begun, the shard itself takes out.
            self.context.index.remove(race);
        }
        created
    }

    /// Begins a race that more people than one may enter. Nobody is a member of it yet: each becomes one with the first
    /// question.
    ///
    /// # Errors
    ///
    /// [`ApiError::ServerFull`], [`ApiError::Overloaded`] or another reason for which no race can begin.
    pub(crate) async fn create_shared(
        &self,
        race: RaceId,
        made: MadeRace,
        opening: Opening,
    ) -> Result<SharedRace, ApiError> {
        if self.context.is_journal_full() {
            return Err(ApiError::ServerFull);
        }
        let Opening { host, network, guests, begins_at } = opening;
        let (now, opens_at, ends_at) = (self.now(), made.opens_at, made.ends_at);
        let begins_at = begins_at.map_or(now, |at| at.min(now));
        // A race that begins now has missed no outage.
        let begins_at = self.context.outages.back_since(begins_at).unwrap_or(begins_at);
        let unkept = host.map_or_else(Vec::new, |host| self.context.index.unkept(host, now));
        let (host, access) = (host.map_or(NOBODY, GuestId::person), Access::Members(guests));
        let commitment = made.fair.commitment();
        let Parts { plan, setup } = made.begin(begins_at, host, race.0, &access);
        let header = setup.header.clone();
        let (reply, answer) = oneshot::channel();
        let first = Box::new(Ask::Look(Look::Reach { reply }));
        let ask = Ask::Create { setup: Box::new(setup), first };
        let mut is_sent = false;
        let send = || is_sent = self.post(race, Letter { ask, from: network, place: None });
        if !self.context.index.begin(race, &header, plan, access, send) {
            // A random id belongs to another race once in many millions of years.
            return Err(ApiError::Overloaded);
        }
        let created = if is_sent { self.wait(answer).await } else { Err(ApiError::Overloaded) };
        if let Err(error) = created {
            if !is_sent {
                self.context.index.remove(race);
            }
            return Err(error);
        }
        self.remove_unkept(&unkept);
        metrics::counter!("tingting_races_created_total").increment(1);
        let at = |moment: Moment| begins_at.later_by(moment.as_nanos());
        let (opens_at, ends_at) = (at(opens_at), at(ends_at));
        Ok(SharedRace { started_at: begins_at, opens_at, ends_at, commitment })
    }

    /// Ends the unfinished races that a guest has too many, and removes those that are not kept.
    fn make_way(&self, guest: GuestId, from: Network, surplus: &[RaceId], unkept: &[RaceId]) {
        for &race in surplus {
            self.tell(race, Some(from), Ask::GiveUp { person: guest.person() });
        }
        self.remove_unkept(unkept);
    }

    fn remove_unkept(&self, unkept: &[RaceId]) {
        // A clock that is wrong at the start removes nothing.
        for &race in unkept.iter().filter(|_| self.context.may_remove()) {
            let (reply, _nobody_waits) = oneshot::channel();
            self.tell(race, None, Ask::Remove { reply });
        }
    }
}
