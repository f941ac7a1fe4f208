//! The crowd: rivals who press the button, rivals in the queue who leave or refresh, and one small
//! state machine for each rival inside.
//!
//! ```text
//! press ─early─▶ press again        admitted ─▶ captcha ─▶ section ─▶ look ─▶ hold ─▶ pay ─▶ out
//!   └─▶ page loads ─▶ place ─▶ (waits: costs nothing)        ▲         ▲       │
//!                                                            └─ empty ─┴─ gone ┘   gives up ─▶ out
//! ```

mod choice;
mod rival;
mod turn;

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::random::{Seed, Stream};
use sale::{
    Command, Departure, Event, Moment, Outcome, Place, Sale, Span, Stage, Stamped, Visitor,
};

use crate::agenda::{Agenda, Beat};
use crate::arrivals::{Arrivals, Ways};
use crate::crowd::rival::Rival;
use crate::crowd::turn::{Next, Turn};
use crate::draws::Draws;
use crate::hall::Hall;
use crate::persona::{CrowdRules, Persona};

/// The purpose of the draws for unrest: which rivals in the queue leave or refresh.
const UNREST: u64 = 0x0000_756e_7265_7374;

/// How many places are drawn for unrest until one is found at which a rival still waits.
const UNREST_TRIES: u64 = 4;

/// All rivals of one race.
#[derive(Clone, Debug)]
pub(crate) struct Crowd {
    rules: CrowdRules,
    hall: Hall,
    ways: Ways,
    seed: Seed,
    state: State,
    /// Room for the weights of the sections, kept from one turn to the next.
    weights: Vec<f64>,
}

/// Everything that changes in a crowd.
#[derive(Clone, Debug, BorshSerialize, BorshDeserialize)]
pub(crate) struct State {
    arrivals: Arrivals,
    agenda: Agenda,
    rivals: Vec<Option<Rival>>,
    vacant: Vec<u32>,
}

impl Crowd {
    /// A crowd that has not come yet.
    pub(crate) fn new(rules: CrowdRules, hall: Hall, seed: Seed, opens_at: Moment) -> Self {
        let ways = Ways::new(&rules, seed, opens_at);
        let mut agenda = Agenda::default();
        agenda.plan(opens_at + Span::SECOND, Beat::Unrest { second: 1 });
        let arrivals = Arrivals::new(&ways);
        let state = State { arrivals, agenda, rivals: Vec::new(), vacant: Vec::new() };
        Self { rules, hall, ways, seed, state, weights: Vec::new() }
    }

    /// The same crowd in the state of a snapshot.
    pub(crate) fn resumed(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Quality and neighbours of the seats.
    pub(crate) fn hall(&self) -> &Hall {
        &self.hall
    }

    /// Who comes.
    pub(crate) fn rules(&self) -> &CrowdRules {
        &self.rules
    }

    /// The state, for a snapshot.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// The persona of a visitor; `None` for a person.
    pub(crate) fn persona_of(&self, visitor: Visitor) -> Option<&Persona> {
        let rival = self.is_rival(visitor).then_some(visitor.0)?;
        Some(self.ways.persona_of(&self.rules, rival))
    }

    fn is_rival(&self, visitor: Visitor) -> bool {
        visitor.0 < self.rules.rivals
    }

    /// When the next rival does something; `None` if no rival will unless the sale lets one in.
    pub(crate) fn next_at(&self) -> Option<Moment> {
        let next = [self.state.arrivals.next_at(), self.state.agenda.next_at()];
        // A drawn time may be longer than a moment can tell: then its moment does not come.
        next.into_iter().flatten().min().filter(|&at| at != Moment::NEVER)
    }

    /// Whether no rival will do anything, unless the sale lets one in.
    pub(crate) fn is_quiet(&self) -> bool {
        self.next_at().is_none()
    }

    /// Performs what [`next_at`](Self::next_at) named.
    pub(crate) fn step(&mut self, sale: &mut Sale) {
        if let Some(pressing_at) = self.state.arrivals.next_at()
            && self.state.agenda.next_at().is_none_or(|planned| pressing_at < planned)
        {
            let rival = self.state.arrivals.take(&self.ways);
            return self.press(sale, pressing_at, rival, 0);
        }
        let Some((at, beat)) = self.state.agenda.take() else { return };
        match beat {
            Beat::PressAgain { rival, presses } => self.press(sale, at, rival, presses),
            Beat::AskPlace { rival } => {
                self.enter(sale, at, rival);
            }
            Beat::Act { slot } => self.act(sale, at, slot),
            Beat::Unrest { second } => self.unrest(sale, at, second),
        }
    }

    /// A rival presses the button. Before the opening the sale answers at once; after it, the rival
    /// asks for a place when its page has loaded.
    fn press(&mut self, sale: &mut Sale, at: Moment, rival: u32, presses: u16) {
        let mut draws = Draws::coming(self.seed, rival, presses);
        if sale.stage() == Stage::Before {
            let Some(Outcome::TooEarly { locked_until }) = self.enter(sale, at, rival) else {
                return;
            };
            let persona = self.ways.persona_of(&self.rules, rival);
            let again_at = (at + persona.press_again.span(&mut draws)).max(locked_until);
            return self
                .state
                .agenda
                .plan(again_at, Beat::PressAgain { rival, presses: presses.saturating_add(1) });
        }
        let loading = self.ways.arrival_of(&self.rules, rival).to_place.span(&mut draws);
        if loading == Span::ZERO {
            self.enter(sale, at, rival);
        } else {
            self.state.agenda.plan(at + loading, Beat::AskPlace { rival });
        }
    }

    /// Asks for a place. A rival who is refused, since the sale is paused or closed, does not come
    /// again.
    #[expect(clippy::unused_self, reason = "reads as what a rival of this crowd does")]
    fn enter(&self, sale: &mut Sale, at: Moment, rival: u32) -> Option<Outcome> {
        sale.handle(sale.stamp(at), Command::Enter { visitor: Visitor(rival) }).ok()
    }

    /// Some rivals in the queue leave or refresh. Their number is the expected one, rounded up or
    /// down by a draw; which rivals they are is drawn among the places that are still waited for.
    fn unrest(&mut self, sale: &mut Sale, at: Moment, second: u32) {
        let nobody_comes = self.is_quiet() && sale.waiting_count() == 0;
        if nobody_comes || sale.stage() == Stage::Closed {
            return;
        }
        self.state.agenda.plan(at + Span::SECOND, Beat::Unrest { second: second + 1 });
        for (visitor, is_leaving) in self.restless(sale, second) {
            let command = if is_leaving {
                Command::Leave { visitor, cause: Departure::Left }
            } else {
                Command::Enter { visitor }
            };
            // A paused sale refuses a refresh that would cost the place; then the rival stays.
            let _: Result<Outcome, sale::Refusal> = sale.handle(sale.stamp(at), command);
        }
    }

    /// The rivals who leave (true) or refresh (false) in this second, each of them once. All are
    /// looked up before the first one acts, so that the processor can load their places at the same
    /// time.
    fn restless(&self, sale: &Sale, second: u32) -> Vec<(Visitor, bool)> {
        let stream = Stream::of(self.seed, UNREST, u64::from(second));
        let late = u64::from(sale.sold_count()) * 10 > u64::from(sale.layout().seat_count()) * 9;
        let haste = if late { self.rules.leave_late_factor } else { 1.0 };
        let waiting = f64::from(sale.waiting_count());
        let leave = count(waiting * self.rules.leave_per_min * haste / 60.0, stream.unit(0));
        let refresh = count(waiting * self.rules.refresh_per_min / 60.0, stream.unit(1));
        let picks = 0..u64::from(leave) + u64::from(refresh);
        let mut restless: Vec<(Visitor, bool)> = picks
            .filter_map(|pick| {
                let visitor = self.someone_waiting(sale, stream, pick)?;
                Some((visitor, pick < u64::from(leave)))
            })
            .collect();
        restless.sort_unstable();
        restless.dedup_by_key(|(visitor, _)| *visitor);
        restless
    }

    fn someone_waiting(&self, sale: &Sale, stream: Stream, pick: u64) -> Option<Visitor> {
        let (served, given) = (sale.places_served(), sale.places_given());
        if served == given {
            return None;
        }
        (0..UNREST_TRIES).find_map(|attempt| {
            let position = 2 + pick * UNREST_TRIES + attempt;
            let drawn = stream.below(position, u64::from(given - served));
            let place = Place(served + 1 + u32::try_from(drawn).expect("below a u32"));
            sale.waiting_at(place).filter(|&visitor| self.is_rival(visitor))
        })
    }

    /// Tells the crowd what happened in the sale: an admitted rival begins its visit.
    pub(crate) fn observe(&mut self, sale: &Sale, stamped: &Stamped) {
        if let Event::Admitted { visitor, place, .. } = stamped.event
            && self.is_rival(visitor)
        {
            self.begin_visit(sale, stamped.at, visitor.0, place);
        }
    }

    /// An admitted rival begins its visit.
    fn begin_visit(&mut self, sale: &Sale, at: Moment, number: u32, place: Place) {
        let draws = Draws::inside(self.seed, number, place.0);
        let persona = self.ways.persona_index(number);
        let (rival, begins_at) =
            Rival::admitted(number, persona, draws, &self.rules, sale.rules(), at);
        let slot = self.seat_rival(rival);
        self.state.agenda.plan(begins_at, Beat::Act { slot });
    }

    /// The rival in `slot` takes its turn.
    fn act(&mut self, sale: &mut Sale, at: Moment, slot: u32) {
        let rival = &mut self.state.rivals[slot as usize];
        let rival = rival.as_mut().expect("a rival with a beat has its slot");
        let mut turn = Turn {
            persona: &self.rules.personas[usize::from(rival.persona)],
            rival,
            rules: &self.rules,
            hall: &self.hall,
            weights: &mut self.weights,
            sale,
            at,
        };
        match turn.take() {
            Some(Next { at, intent }) => {
                rival.intent = intent;
                self.state.agenda.plan(at, Beat::Act { slot });
            }
            None => self.dismiss(slot),
        }
    }

    fn seat_rival(&mut self, rival: Rival) -> u32 {
        if let Some(slot) = self.state.vacant.pop() {
            self.state.rivals[slot as usize] = Some(rival);
            return slot;
        }
        self.state.rivals.push(Some(rival));
        u32::try_from(self.state.rivals.len() - 1).expect("at most INSIDE_MAX rivals inside")
    }

    fn dismiss(&mut self, slot: u32) {
        self.state.rivals[slot as usize] = None;
        self.state.vacant.push(slot);
    }
}

/// `expected` as a whole number, rounded up or down by a draw so that the mean is right.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of the visitors waiting"
)]
fn count(expected: f64, unit: f64) -> u32 {
    (expected + unit) as u32
}
