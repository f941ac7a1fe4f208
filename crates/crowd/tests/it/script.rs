//! Random scripts of what persons and the host do in a race.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sale::{
    BookingId, Command, Departure, Letters, Moment, Outcome, Refusal, Seat, Seats, Section, Span,
    Visitor,
};

use crowd::Race;

use crate::world::Taped;

/// What a visitor or the host does after a while.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    wait: Span,
    who: u32,
    act: Act,
}

#[derive(Clone, Debug)]
enum Act {
    Enter,
    Leave,
    Solve { right: bool },
    Renew,
    PutOff,
    View(u16),
    Hold(Vec<Index>),
    Release(Index),
    Pay,
    Cancel(Index),
    Host(Command),
}

pub(crate) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (wait(), 0_u32..4, act()).prop_map(|(wait, who, act)| Step { wait, who, act });
    vec(step, 1..most)
}

fn wait() -> impl Strategy<Value = Span> {
    prop_oneof![
        1 => (0_u64..3).prop_map(Span::from_nanos),
        6 => (1_u64..4_000_000_000).prop_map(Span::from_nanos),
        1 => (1_u64..100).prop_map(|secs| Span::from_millis(secs * 1_000)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let hosted = prop_oneof![
        4 => Just(Command::Open),
        4 => Just(Command::Pause),
        8 => Just(Command::Resume),
        1 => Just(Command::Close),
    ];
    prop_oneof![
        8 => Just(Act::Enter),
        1 => Just(Act::Leave),
        6 => prop::bool::weighted(0.8).prop_map(|right| Act::Solve { right }),
        1 => Just(Act::Renew),
        1 => Just(Act::PutOff),
        2 => (0_u16..5).prop_map(Act::View),
        8 => vec(any::<Index>(), 1..3).prop_map(Act::Hold),
        1 => any::<Index>().prop_map(Act::Release),
        4 => Just(Act::Pay),
        1 => any::<Index>().prop_map(Act::Cancel),
        1 => hosted.prop_map(Act::Host),
    ]
}

/// A command, its moment and its answer.
pub(crate) type Said = (Moment, Command, Result<Outcome, Refusal>);

/// Who acts: persons only, or any visitor, rivals included.
#[derive(Clone, Copy)]
pub(crate) enum Cast {
    Persons,
    Anybody,
}

/// Plays the steps and returns the commands with their answers. Persons' commands are stamped as a
/// journal stamps them: each later than all that was decided before.
pub(crate) fn play(race: &mut Taped, steps: &[Step], cast: Cast) -> Vec<Said> {
    let mut now = race.sale().now();
    let mut said = Vec::new();
    for step in steps {
        now = match cast {
            Cast::Persons => race.sale().stamp(now + step.wait),
            Cast::Anybody => now + step.wait,
        };
        // A person acts on what can be seen at that moment.
        race.advance(now);
        let visitor = match cast {
            Cast::Persons => race.person(step.who),
            Cast::Anybody => Visitor(step.who * 7),
        };
        let Some(command) = command_of(race, visitor, &step.act) else { continue };
        said.push((now, command, race.handle(now, command)));
    }
    said
}

fn command_of(race: &Race, visitor: Visitor, act: &Act) -> Option<Command> {
    let sale = race.sale();
    let seat = |index: &Index| Seat(u32::try_from(index.index(220)).unwrap());
    Some(match act {
        Act::Enter => Command::Enter { visitor },
        Act::Leave => Command::Leave { visitor, cause: Departure::Lost },
        Act::Solve { right } => {
            let challenge = sale.challenge(visitor)?;
            let letters = if *right { challenge.letters } else { Letters::parse("QQ").unwrap() };
            Command::AnswerCaptcha { visitor, challenge: challenge.number, letters }
        }
        Act::Renew => Command::RenewCaptcha { visitor },
        Act::PutOff => Command::PutOffCaptcha { visitor },
        Act::View(section) => Command::ViewSection { visitor, section: Section(*section) },
        Act::Hold(indices) => {
            let list: Vec<Seat> = indices.iter().map(seat).collect();
            Command::HoldSeats { visitor, seats: Seats::new(&list).ok()? }
        }
        Act::Release(index) => Command::ReleaseSeats { visitor, seats: Seats::one(seat(index)) },
        Act::Pay => Command::Pay { visitor },
        Act::Cancel(index) => {
            let booking = index.index(sale.bookings().len().max(1));
            let booking = BookingId(u32::try_from(booking).unwrap());
            let visitor = sale.booking(booking).map_or(visitor, |booking| booking.visitor);
            Command::CancelBooking { visitor, booking }
        }
        Act::Host(command) => *command,
    })
}
