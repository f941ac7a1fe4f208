//! A tape being played: a practice under way, what came of the member's run so far, and what the member saw.
//! A copy of it is a fork of the race.

use crowd::Race;
use sale::{Command, Moment, Outcome, Refusal, Span, Stage, Stamped, Visitor};

use crate::free_clock::FreeClock;
use crate::names::MemberId;
use crate::note::Note;
use crate::practice::Practice;
use crate::what_if::observer::Observer;
use crate::what_if::seen::Seen;

/// How far a race goes on between two questions whether to go on: 50 ms. Chosen.
const SLICE: Span = Span::from_millis(50);

/// About how many bytes a race takes for each rival and for each seat. Measured.
const RIVAL_BYTES: usize = 12;
const SEAT_BYTES: usize = 64;

/// A practice under way.
#[derive(Clone, Debug)]
pub(super) struct Reel {
    practice: Practice,
    id: MemberId,
    visitor: Visitor,
    pub(super) observer: Observer,
    /// The clock of the present choice.
    pub(super) clock: FreeClock,
    /// The same for the whole time with the map.
    pub(super) map_clock: FreeClock,
    /// The map that the member has before them.
    pub(super) seen: Option<Seen>,
    /// The index of the next input of the tape.
    pub(super) next: usize,
}

/// Why a race does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The member's run is over, or nothing more happens.
    Over,
    /// The caller does not wait any longer.
    Stopped,
}

impl Reel {
    pub(super) fn new(practice: Practice, id: MemberId) -> Self {
        let visitor = practice.race().person(id.0);
        let (now, free) = (practice.sale().now(), practice.race().tally().free());
        let (observer, clock) = (Observer::new(visitor), FreeClock::begin(now, free));
        let map_clock = clock;
        Self { practice, id, visitor, observer, clock, map_clock, seen: None, next: 0 }
    }

    pub(super) fn practice(&self) -> &Practice {
        &self.practice
    }

    pub(super) fn race(&self) -> &Race {
        self.practice.race()
    }

    pub(super) fn id(&self) -> MemberId {
        self.id
    }

    pub(super) fn visitor(&self) -> Visitor {
        self.visitor
    }

    pub(super) fn now(&self) -> Moment {
        self.practice.sale().now()
    }

    /// Whether the member has joined.
    pub(super) fn has_joined(&self) -> bool {
        self.practice.members().len() > self.id.0 as usize
    }

    /// Whether the member can do nothing more.
    pub(super) fn is_over(&self) -> bool {
        let is_over = self.has_joined() && self.practice.is_over_for(self.id);
        is_over || self.practice.sale().stage() == Stage::Closed || self.now() >= self.ends_at()
    }

    fn ends_at(&self) -> Moment {
        self.practice.ends_at()
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let race = self.race();
        let (rivals, seats) = (race.rival_count(), race.sale().layout().seat_count());
        rivals as usize * RIVAL_BYTES + seats as usize * SEAT_BYTES
    }

    /// Starts the clock of a choice.
    pub(super) fn start_clock(&mut self) {
        self.clock = FreeClock::begin(self.now(), self.race().tally().free());
    }

    /// Starts both clocks: the map is open.
    pub(super) fn open_map(&mut self) {
        self.start_clock();
        self.map_clock = self.clock;
    }

    /// Looks at the map.
    pub(super) fn look(&mut self) {
        self.seen = Some(Seen::of(self.race()));
    }

    /// Lets the race go on until `to`, whatever becomes of the member.
    pub(super) fn advance(&mut self, to: Moment) {
        let Self { practice, observer, clock, map_clock, .. } = self;
        let to = to.max(practice.sale().now());
        practice.advance(to, |race, stamped| see(observer, [clock, map_clock], race, stamped));
    }

    /// Lets the race go on until `to`.
    pub(super) fn go_to(
        &mut self,
        to: Moment,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<(), Halt> {
        let to = to.min(self.ends_at());
        while let Some(due_at) = self.practice.poll_timeout().filter(|&at| at < to) {
            if !go_on() {
                return Err(Halt::Stopped);
            }
            self.advance((due_at + SLICE).min(to));
            if self.is_over() {
                return Err(Halt::Over);
            }
        }
        self.advance(to);
        if self.is_over() { Err(Halt::Over) } else { Ok(()) }
    }

    /// Lets the race go on to the next moment at which something happens, but no further than `to`. Returns
    /// whether there was such a moment.
    pub(super) fn step(&mut self, to: Moment) -> bool {
        let due_at = self.practice.poll_timeout().filter(|&at| at <= to);
        self.advance(due_at.unwrap_or(to));
        due_at.is_some()
    }

    /// Gives the sale a command at the present moment, or at the first one after it.
    pub(super) fn handle(&mut self, command: Command) -> Result<Outcome, Refusal> {
        let Self { practice, observer, clock, map_clock, .. } = self;
        let now = practice.sale().now();
        practice
            .handle(now, command, |race, stamped| see(observer, [clock, map_clock], race, stamped))
    }

    /// Takes in a note of another member at the present moment.
    pub(super) fn keep(&mut self, note: Note) {
        // A note of a member who never joined cannot be on the tape.
        let _: Result<(), _> = self.practice.keep(self.practice.sale().now(), None, note);
    }
}

fn see(observer: &mut Observer, clocks: [&mut FreeClock; 2], race: &Race, stamped: &Stamped) {
    observer.see(race, stamped);
    for clock in clocks {
        clock.see(stamped.at, race.tally().free());
    }
}
