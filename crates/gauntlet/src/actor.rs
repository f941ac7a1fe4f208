//! The actor: chooses by the dice what people and the host do. Some of it makes sense and some does
//! not.
//!
//! It sees a race from outside, as a browser does. It never acts for a rival, because the server
//! and not the sale decides who may act for whom.

use crowd::Race;
use sale::limits::VISITORS_MAX;
use sale::{
    BookingId, Command, Departure, Discount, Hold, Letters, PaymentId, Seat, Seats, Section, Stage,
    Standing, Visitor,
};

use crate::dice::Dice;

/// The next command: now and then one of the host, else one of the `members`, who have joined.
pub fn command(dice: &mut Dice, race: &Race, members: u32) -> Command {
    if dice.percent(4) {
        return host(dice, race.sale().stage());
    }
    let visitor = someone(dice, race, members);
    if dice.percent(70) { sensible(dice, race, visitor) } else { nonsense(dice, race, visitor) }
}

/// One of the members, half of the time one who is inside: there, people get in each other's way.
fn someone(dice: &mut Dice, race: &Race, members: u32) -> Visitor {
    let anybody = race.person(dice.below_u32(members));
    if dice.percent(50) {
        return anybody;
    }
    let people = (0..members).map(|number| race.person(number));
    let is_inside = |visitor| matches!(race.sale().standing(visitor), Standing::Inside { .. });
    let inside: Vec<Visitor> = people.filter(|&visitor| is_inside(visitor)).collect();
    if inside.is_empty() { anybody } else { dice.pick(&inside) }
}

fn host(dice: &mut Dice, stage: Stage) -> Command {
    match stage {
        Stage::Before => dice.pick(&[Command::Open, Command::Pause, Command::Resume]),
        // Resuming is likelier than pausing, because little happens during a pause.
        Stage::Paused => dice.pick(&[Command::Resume, Command::Resume, Command::Pause]),
        Stage::Open if dice.percent(4) => Command::Close,
        Stage::Open => dice.pick(&[Command::Pause, Command::Open, Command::Resume]),
        Stage::Closed => dice.pick(&[Command::Open, Command::Resume, Command::Close]),
    }
}

/// The command of a person who tries to get seats.
fn sensible(dice: &mut Dice, race: &Race, visitor: Visitor) -> Command {
    let sale = race.sale();
    match sale.standing(visitor) {
        Standing::Away { .. } => {
            let booking = (0..)
                .zip(sale.bookings())
                .find(|(_, booking)| booking.visitor == visitor && booking.cancelled_at.is_none());
            match booking {
                Some((number, _)) if dice.percent(20) => {
                    Command::CancelBooking { visitor, booking: BookingId(number) }
                }
                _ => Command::Enter { visitor },
            }
        }
        Standing::Pooled | Standing::Waiting { .. } => match dice.below(6) {
            0 => Command::Leave { visitor, cause: departure(dice) },
            1 => Command::Enter { visitor },
            _ => Command::ViewSection { visitor, section: section(dice, race) },
        },
        Standing::Inside { captcha_due: true, .. } if dice.percent(60) => {
            captcha(dice, race, visitor)
        }
        Standing::Inside { hold: Some(Hold { payment: Some(payment), .. }), .. } => {
            paying(dice, race, visitor, payment.id)
        }
        Standing::Inside { hold: Some(hold), .. } => match dice.below(7) {
            0 => Command::Pay { visitor },
            1 => Command::BeginPayment { visitor },
            6 => {
                let seats = Seats::one(dice.pick(hold.seats.as_slice()));
                Command::ChoosePrice { visitor, seats, discount: discount(dice) }
            }
            2 => {
                let count = 1 + dice.index(hold.seats.len());
                let some = Seats::new(&hold.seats.as_slice()[..count]);
                Command::ReleaseSeats { visitor, seats: some.unwrap_or(hold.seats) }
            }
            3 => Command::Leave { visitor, cause: departure(dice) },
            _ => hold_free(dice, race, visitor),
        },
        Standing::Inside { .. } => match dice.below(5) {
            0 => Command::ViewSection { visitor, section: section(dice, race) },
            _ => hold_free(dice, race, visitor),
        },
    }
}

/// The command of a person who is paying: some confirm, some end the payment, and some do neither, so that it ends by
/// itself.
fn paying(dice: &mut Dice, race: &Race, visitor: Visitor, payment: PaymentId) -> Command {
    match dice.below(8) {
        0..=1 => Command::ConfirmPayment { visitor, payment },
        3 => Command::EndPayment { visitor, payment },
        4 => Command::Leave { visitor, cause: departure(dice) },
        5 => Command::BeginPayment { visitor },
        6 => Command::Enter { visitor },
        _ => Command::ViewSection { visitor, section: section(dice, race) },
    }
}

/// A discount. Sometimes one that the rules do not offer.
fn discount(dice: &mut Dice) -> Discount {
    Discount(u8::try_from(dice.below(4)).expect("a small number"))
}

fn departure(dice: &mut Dice) -> Departure {
    // Only the sale decides that a visitor leaves after paying, so it must not record the last one
    // (rule Q18).
    dice.pick(&[Departure::Left, Departure::Lost, Departure::Paid])
}

fn captcha(dice: &mut Dice, race: &Race, visitor: Visitor) -> Command {
    let challenge = race.sale().challenge(visitor).expect("the captcha is due, so there is one");
    let (challenge, letters) = (challenge.number, challenge.letters);
    match dice.below(6) {
        0 => Command::RenewCaptcha { visitor },
        1 => Command::PutOffCaptcha { visitor },
        2 => Command::AnswerCaptcha { visitor, challenge, letters: letters.misread() },
        _ => Command::AnswerCaptcha { visitor, challenge, letters },
    }
}

/// A section. Sometimes one past the last.
fn section(dice: &mut Dice, race: &Race) -> Section {
    let count = race.sale().layout().section_count();
    Section(u16::try_from(dice.index(count + 1)).expect("at most SECTIONS_MAX"))
}

/// Holds seats that begin at a free one, or sometimes at any seat.
fn hold_free(dice: &mut Dice, race: &Race, visitor: Visitor) -> Command {
    let sale = race.sale();
    let count = sale.layout().seat_count();
    let from = dice.below_u32(count);
    let free = (from..count).chain(0..from).map(Seat).find(|&seat| sale.is_free(seat));
    let first = free.filter(|_| dice.percent(90)).unwrap_or(Seat(from));
    let wanted = 1 + dice.below_u32(u32::from(sale.rules().seats_max));
    let list: Vec<Seat> = (first.0..count).take(wanted as usize).map(Seat).collect();
    Command::HoldSeats { visitor, seats: Seats::new(&list).unwrap_or(Seats::one(first)) }
}

/// Any command with any numbers.
fn nonsense(dice: &mut Dice, race: &Race, person: Visitor) -> Command {
    // Some numbers are beyond the visitors that a sale serves.
    let visitor = if dice.percent(5) { Visitor(VISITORS_MAX + dice.below_u32(9)) } else { person };
    let seats = any_seats(dice, race);
    match dice.below(15) {
        0 => Command::Enter { visitor },
        1 => Command::Leave { visitor, cause: departure(dice) },
        2 => {
            let challenge = u16::try_from(dice.below(4)).expect("a small number");
            let letters = Letters::parse(dice.pick(&["abcdef", "X", "zzzzzzzz"])).expect("Latin");
            Command::AnswerCaptcha { visitor, challenge, letters }
        }
        3 => Command::RenewCaptcha { visitor },
        4 => Command::PutOffCaptcha { visitor },
        5 => Command::ViewSection { visitor, section: section(dice, race) },
        6 | 7 => Command::HoldSeats { visitor, seats },
        8 => Command::ReleaseSeats { visitor, seats },
        9 => Command::Pay { visitor },
        10 => Command::ChoosePrice { visitor, seats, discount: discount(dice) },
        11 => Command::BeginPayment { visitor },
        12 => Command::EndPayment { visitor, payment: payment(dice) },
        13 => Command::ConfirmPayment { visitor, payment: payment(dice) },
        _ => {
            let count = u32::try_from(race.sale().bookings().len()).expect("counts seats");
            Command::CancelBooking { visitor, booking: BookingId(dice.below_u32(count + 2)) }
        }
    }
}

/// A payment. Mostly one that was never begun, or is over.
fn payment(dice: &mut Dice) -> PaymentId {
    PaymentId(dice.below_u32(20))
}

fn any_seats(dice: &mut Dice, race: &Race) -> Seats {
    let count = race.sale().layout().seat_count();
    let list: Vec<Seat> = (0..=dice.below(8)).map(|_| Seat(dice.below_u32(count + 2))).collect();
    Seats::new(&list).unwrap_or(Seats::one(list[0]))
}
