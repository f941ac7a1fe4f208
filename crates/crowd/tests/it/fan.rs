//! The scripted person.

use crowd::{Fan, Race, ignore};
use sale::{Booking, CaptchaStep, Command, Moment, Outcome, Span};

use crate::world::{OPENING, SEED, after, busy, crowd, instant, rules, scenario};

/// Lets the fan act until a moment, and returns how often it did.
fn play(race: &mut Race, fan: Fan, until: Moment) -> usize {
    let mut turns = 0;
    while let Some(at) = fan.next_at(race).filter(|&at| at < until) {
        assert!(at > race.sale().now(), "time goes on");
        race.advance(at, ignore);
        if let Some(command) = fan.command(race) {
            let _ = race.handle(at, command, ignore);
        }
        turns += 1;
    }
    race.advance(until, ignore);
    turns
}

fn booked(race: &Race, fan: Fan) -> Option<&Booking> {
    race.sale().bookings().iter().find(|booking| booking.visitor == fan.visitor())
}

#[test]
fn c30_a_fan_gets_seats_under_every_kind_of_rules() {
    use sale::HoldAt::{Click, Done, Payment};
    for (hold_at, seats) in [(Click, 2), (Done, 1), (Payment, 1)] {
        for step in [
            CaptchaStep::Never,
            CaptchaStep::BeforeMap,
            CaptchaStep::BeforeHold,
            CaptchaStep::BeforePay,
        ] {
            let mut rules = rules();
            (rules.hold_at, rules.captcha.step) = (hold_at, step);
            let scene = scenario(rules, &[50, 50], crowd(10, instant()));
            let mut race = Race::new(scene, SEED).unwrap();
            let fan = Fan::new(&race, 0);
            assert_eq!(fan.visitor(), race.person(0));
            assert_eq!(fan.next_at(&race), Some(OPENING + Span::from_millis(350)));
            play(&mut race, fan, after(300.0));
            let booking = booked(&race, fan).unwrap();
            assert_eq!(booking.seats.len(), seats, "{hold_at:?} {step:?}");
            assert_eq!(fan.next_at(&race), None, "nothing is left to do");
        }
    }
}

#[test]
fn c30_a_fan_restored_from_a_snapshot_goes_on_like_the_original() {
    let mut race = Race::new(busy(100), SEED).unwrap();
    let fan = Fan::new(&race, 0);
    play(&mut race, fan, after(20.0));
    let mut restored = Race::restore(busy(100), SEED, &race.snapshot()).unwrap();
    let other = Fan::new(&restored, 0);
    play(&mut race, fan, after(300.0));
    play(&mut restored, other, after(300.0));
    assert_eq!(race.hash(), restored.hash());
    assert!(booked(&race, fan).is_some());
}

#[test]
fn c30_a_fan_who_is_refused_tries_again_at_its_own_pace() {
    let mut race = Race::new(busy(100), SEED).unwrap();
    let fan = Fan::new(&race, 0);
    race.handle(after(0.1), Command::Pause, ignore).unwrap();
    assert!(play(&mut race, fan, after(60.0)) < 60, "not every nanosecond");
    assert_eq!(race.handle(after(60.0), Command::Resume, ignore), Ok(Outcome::Done));
    play(&mut race, fan, after(500.0));
    assert!(booked(&race, fan).is_some());
}

#[test]
fn c30_a_fan_whose_captcha_is_too_old_does_not_stop_the_race() {
    let mut scene = busy(10);
    scene.rules.captcha.valid_for = Span::from_millis(1_000);
    scene.rules.pass = Span::from_millis(30_000);
    let mut race = Race::new(scene, SEED).unwrap();
    let fan = Fan::new(&race, 0);
    assert!(play(&mut race, fan, after(100.0)) < 200);
}

#[test]
fn c30_a_fan_stops_when_the_sale_is_closed() {
    let mut race = Race::new(busy(100), SEED).unwrap();
    let fan = Fan::new(&race, 0);
    play(&mut race, fan, after(3.0));
    race.handle(after(3.0), Command::Close, ignore).unwrap();
    assert_eq!(fan.next_at(&race), None);
    assert_eq!(fan.command(&race), Some(Command::Enter { visitor: fan.visitor() }));
}
