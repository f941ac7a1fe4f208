//! A race under way: advanced in small steps, its events taken as they come, the person's run noted.

use crowd::{Race, RaceError, Scenario};
use sale::snapshot::{SnapshotError, decode, encode};
use sale::{
    Command, Event, Hash, Machine, Moment, Outcome, RULES_VERSION, Refusal, Span, Stamped, Visitor,
};

use crate::highlight::Lookout;

/// How far a race is advanced at once. A second of a hot opening may be half a million events; they
/// are taken after each step, so this bounds how many wait.
pub(crate) const STEP: Span = Span::from_millis(20);

/// Both versions a replay depends on, as a snapshot has them.
pub(crate) const SNAPSHOT_VERSION: u16 = RULES_VERSION << 8 | crowd::CROWD_VERSION;

/// A race and what is noted beside it.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    race: Race,
    person: Option<Visitor>,
    diary: Diary,
    lookout: Lookout,
    is_ended: bool,
}

/// A person's run in short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Diary {
    /// The place given last.
    pub(crate) place: Option<u32>,
    /// How often somebody was faster.
    pub(crate) conflicts: u32,
    pub(crate) admitted_at: Option<Moment>,
    pub(crate) held_at: Option<Moment>,
    pub(crate) paid_at: Option<Moment>,
}

/// What a snapshot holds: the diary, whether the race has ended, the race's own snapshot.
type Saved = ((Option<u32>, u32, [Option<Moment>; 3]), bool, Vec<u8>);

impl Course {
    /// A race that has not begun, with a person in it or without.
    pub(crate) fn new(scenario: Scenario, seed: u64, people: u32) -> Result<Self, RaceError> {
        Ok(Self::of(Race::new(scenario, seed)?, people, Diary::default(), false))
    }

    /// The race that `bytes` are a snapshot of.
    pub(crate) fn restore(
        scenario: Scenario,
        seed: u64,
        people: u32,
        bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        let saved: Saved = decode(SNAPSHOT_VERSION, bytes)?;
        let ((place, conflicts, [admitted_at, held_at, paid_at]), is_ended, race) = saved;
        let diary = Diary { place, conflicts, admitted_at, held_at, paid_at };
        Ok(Self::of(Race::restore(scenario, seed, &race)?, people, diary, is_ended))
    }

    fn of(race: Race, people: u32, diary: Diary, is_ended: bool) -> Self {
        let person = (people > 0).then(|| race.person(0));
        let lookout = Lookout::new(&race, person);
        Self { race, person, diary, lookout, is_ended }
    }

    pub(crate) fn race(&self) -> &Race {
        &self.race
    }

    pub(crate) fn diary(&self) -> &Diary {
        &self.diary
    }

    /// The person of the race, if there is one.
    pub(crate) fn person(&self) -> Option<Visitor> {
        self.person
    }

    pub(crate) fn lookout_mut(&mut self) -> &mut Lookout {
        &mut self.lookout
    }

    /// Whether the race was found to be over and will not go on.
    pub(crate) fn is_ended(&self) -> bool {
        self.is_ended
    }

    pub(crate) fn end(&mut self) {
        self.is_ended = true;
    }

    /// How far the opening lies back at `at`.
    pub(crate) fn since_opening(&self, at: Moment) -> Span {
        at.since(self.race.sale().rules().opens_at)
    }

    fn take_events(&mut self) {
        while let Some(stamped) = self.race.poll_event() {
            let after = self.since_opening(stamped.at);
            self.lookout.look(after, &stamped);
            if let Some(person) = self.person {
                self.diary.note(person, &stamped);
            }
        }
    }
}

/// The first moment after `at` at which it is looked whether the race is over. Fixed by nothing but
/// the step, so a race that is taken up again in between ends when it would have ended.
pub(crate) fn next_look(at: Moment) -> Moment {
    let step = STEP.as_nanos();
    Moment::from_nanos((at.as_nanos() / step + 1) * step)
}

impl Diary {
    fn note(&mut self, person: Visitor, stamped: &Stamped) {
        let at = stamped.at;
        match stamped.event {
            Event::Placed { visitor, place } if visitor == person => self.place = Some(place.0),
            Event::Admitted { visitor, .. } if visitor == person => self.admitted_at = Some(at),
            Event::SeatMissed { visitor, .. } if visitor == person => self.conflicts += 1,
            Event::SeatsHeld { visitor, .. } if visitor == person => self.held_at = Some(at),
            Event::Booked { visitor, .. } if visitor == person => self.paid_at = Some(at),
            Event::Opened
            | Event::Paused
            | Event::Resumed
            | Event::Closed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::Placed { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::SeatsHeld { .. }
            | Event::SeatMissed { .. }
            | Event::SeatsReturned { .. }
            | Event::Booked { .. }
            | Event::Left { .. } => {}
        }
    }
}

impl Machine for Course {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        Machine::advance(self, now);
        let outcome = self.race.handle(now, command);
        self.take_events();
        outcome
    }

    fn advance(&mut self, now: Moment) {
        loop {
            let until = next_look(self.race.sale().now()).min(now);
            self.race.advance(until);
            self.take_events();
            if until == now {
                return;
            }
        }
    }

    fn now(&self) -> Moment {
        self.race.sale().now()
    }

    fn hash(&self) -> Hash {
        self.race.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        let Diary { place, conflicts, admitted_at, held_at, paid_at } = self.diary;
        let diary = (place, conflicts, [admitted_at, held_at, paid_at]);
        let saved: Saved = (diary, self.is_ended, self.race.snapshot());
        encode(SNAPSHOT_VERSION, &saved)
    }
}
