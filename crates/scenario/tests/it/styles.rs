//! Styles: the same code behaves differently with another file.

use std::collections::BTreeMap;

use crowd::{Fan, Race, ignore};
use sale::{AfterHold, Event, HoldAt, Moment, Order, Span, Stamped, Visitor};
use scenario::{AfterWrong, Course, Kind, Overrides, PayStep, Screen};

use crate::test_folder::{TestFolder, built_in, told};

/// Runs a race to its end, and gives all its events.
fn run(course: Course, seed: u64) -> (Race, Vec<Stamped>) {
    let mut race = Race::new(course.scenario, seed).unwrap();
    let mut events = Vec::new();
    race.advance(course.ends_at, |_, stamped| events.push(*stamped));
    (race, events)
}

fn under(style: &str) -> Course {
    built_in("theatre-small", &Overrides { rivals: Some(4_000), style: Some(style.to_owned()) })
}

fn count(events: &[Stamped], is_it: fn(&Event) -> bool) -> usize {
    events.iter().filter(|stamped| is_it(&stamped.event)).count()
}

fn is_put_off(event: &Event) -> bool {
    matches!(event, Event::CaptchaPutOff { .. })
}

fn is_pair(event: &Event) -> bool {
    matches!(event, Event::SeatsHeld { seats, .. } if seats.len() == 2)
}

fn is_pressed_early(event: &Event) -> bool {
    matches!(event, Event::PressedEarly { .. })
}

#[test]
fn d10_the_styles_differ_by_their_files_alone() {
    assert!(!under("n-style").style.is_map_by_hand);
    assert!(under("m-style").style.is_map_by_hand);
    let (_, n) = run(under("n-style"), 1);
    let (_, m) = run(under("m-style"), 1);
    assert_eq!(count(&n, is_put_off), 0);
    assert!(count(&m, is_put_off) > 50, "{}", count(&m, is_put_off));
    assert_eq!(count(&n, is_pair), 0, "each click holds one seat");
    assert!(count(&m, is_pair) > 100, "all chosen seats are held together");
    let early = |events| count(events, is_pressed_early);
    assert!(early(&n) > 50 && early(&m) > 50);
}

#[test]
fn d10_an_early_press_locks_the_button_where_the_file_says_so() {
    /// The shortest time from an early press to the next press of the same visitor.
    fn quickest(style: &str) -> Span {
        let (_, events) = run(under(style), 1);
        let mut early: BTreeMap<Visitor, Moment> = BTreeMap::new();
        let mut waits = Vec::new();
        for stamped in &events {
            if let Event::PressedEarly { visitor } | Event::Placed { visitor, .. } = stamped.event
                && let Some(pressed_at) = early.remove(&visitor)
            {
                waits.push(stamped.at.since(pressed_at));
            }
            if let Event::PressedEarly { visitor } = stamped.event {
                early.insert(visitor, stamped.at);
            }
        }
        assert!(waits.len() > 50);
        waits.into_iter().min().unwrap()
    }
    let half_a_second = Span::from_millis(500);
    assert!(quickest("n-style") >= half_a_second);
    assert!(quickest("m-style") < half_a_second);
}

/// Compares the conflict rates of both styles over the same seeds.
#[test]
fn d10_a_map_refreshed_by_hand_and_a_late_hold_mean_more_conflicts() {
    let rate = |style: &str, seed| run(under(style), seed).0.tally().conflict_rate();
    let mut sums = (0.0, 0.0);
    for seed in 1..=5 {
        let (n, m) = (rate("n-style", seed), rate("m-style", seed));
        assert!(n < m, "seed {seed}: {n} and {m}");
        sums = (sums.0 + n, sums.1 + m);
    }
    assert!(sums.0 > 0.5 && sums.1 < 4.5, "{sums:?}");
}

#[test]
fn d10_one_line_of_a_style_changes_what_happens() {
    let folder = TestFolder::new();
    let before = run(folder.course().unwrap(), 1).1;
    folder.change(Kind::Style, "hold_at = \"click\"", "hold_at = \"done\"");
    let done = run(folder.course().unwrap(), 1).1;
    assert_eq!(count(&before, is_pair), 0);
    assert!(count(&done, is_pair) > 50);
    folder.change(Kind::Style, "put_off = false", "put_off = true");
    let put_off = run(folder.course().unwrap(), 1).1;
    assert_eq!(count(&done, is_put_off), 0);
    assert!(count(&put_off, is_put_off) > 50);
    folder.change(Kind::Style, "step = \"before-map\"", "step = \"never\"");
    folder.change(Kind::Style, "put_off = true", "put_off = false");
    let never = run(folder.course().unwrap(), 1).1;
    assert_eq!(count(&never, |event| matches!(event, Event::CaptchaPassed { .. })), 0);
    folder.change(Kind::Style, "order = \"arrival\"", "order = \"lottery\"");
    let drawn = run(folder.course().unwrap(), 1).1;
    assert_eq!(count(&drawn, |event| matches!(event, Event::LotteryDrawn { .. })), 1);
    assert_eq!(count(&drawn, is_pressed_early), 0);
}

/// A style that differs from both built-in ones. No code knows its name.
const THIRD: &str = r#"
title = { ko = "셋째", en = "Third", ja = "三つ目" }

[queue]
order = "lottery"
early_lock = 0
refresh = "keeps"
refresh_inside = "keeps"

[captcha]
step = "before-pay"
letters = 3
valid = 60
put_off = false
after_wrong = "clears-letters"

[seats]
hold_at = "done"
hold = 120
pass = 300
after_hold = "stays"
fee_won = 500

[map]
refreshes = "by-itself"
every = { fixed = 1 }

[seen]
notice = []
click = [{ fixed = 0.1 }]

[pay]
steps = ["receipt", "payment"]

[screen]
words = "whispered"
skin = "paper"
"#;

#[test]
fn d13_a_third_style_file_is_played_from_the_opening_to_a_booking() {
    let folder = TestFolder::new();
    folder.put(Kind::Style, "third", THIRD);
    let course = folder.course_in_style("third").unwrap();
    let rules = &course.scenario.rules;
    assert_eq!((rules.order, rules.hold_at), (Order::Lottery, HoldAt::Done));
    assert_eq!((rules.after_hold, rules.fee_won), (AfterHold::Stays, 500));
    assert_eq!((course.style.title.en.as_str(), course.style.is_map_by_hand), ("Third", false));
    assert_eq!(course.style.after_wrong, AfterWrong::ClearsLetters);
    assert_eq!(course.style.pay_steps, [PayStep::Receipt, PayStep::Payment]);
    let (words, skin) = ("whispered".to_owned(), "paper".to_owned());
    assert_eq!(course.style.screen, Screen { words, skin });
    let ends_at = course.ends_at;
    let mut race = Race::new(course.scenario, 1).unwrap();
    let fan = Fan::new(&race, 0);
    while let Some(next) = fan.next_at(&race).filter(|&next| next < ends_at) {
        race.advance(Moment::from_nanos(next.as_nanos() - 1), ignore);
        match fan.command(&race) {
            Some(command) => drop(race.handle(next, command, ignore)),
            None => race.advance(next, ignore),
        }
    }
    race.advance(ends_at, ignore);
    let bookings = race.sale().bookings();
    assert!(bookings.iter().any(|booking| booking.visitor == fan.visitor()));
    assert!(bookings.len() > 100, "rivals book in this style too: {}", bookings.len());
}

#[test]
fn d14_a_styles_pay_steps_end_with_the_payment_and_none_comes_twice() {
    use PayStep::{Payment, Price, Receipt};
    let stage = |steps: &str| {
        let folder = TestFolder::new();
        let line = "steps = [\"price\", \"receipt\", \"payment\"]";
        folder.change(Kind::Style, line, &format!("steps = {steps}"));
        folder.course()
    };
    for (steps, read) in [
        (r#"["price", "receipt", "payment"]"#, vec![Price, Receipt, Payment]),
        (r#"["receipt", "price", "payment"]"#, vec![Receipt, Price, Payment]),
        (r#"["payment"]"#, vec![Payment]),
    ] {
        assert_eq!(stage(steps).unwrap().style.pay_steps, read);
    }
    for (steps, words) in [
        ("[]", "pay.steps: must end with `payment`"),
        (r#"["price"]"#, "pay.steps: must end with `payment`"),
        (r#"["payment", "price"]"#, "pay.steps: must end with `payment`"),
        (r#"["price", "price", "payment"]"#, "pay.steps: must not name a step twice"),
        (r#"["payment", "payment"]"#, "pay.steps: must not name a step twice"),
        (r#"["delivery", "payment"]"#, "unknown variant `delivery`"),
    ] {
        let told = told(&stage(steps).unwrap_err());
        assert!(told.contains(words), "{steps}: {told}");
    }
}

#[test]
fn d15_words_and_skin_may_be_any_name_that_a_file_may_have() {
    for key in ["words", "skin"] {
        let was = if key == "words" { "words = \"plain\"" } else { "skin = \"round\"" };
        for (name, is_accepted) in
            [("x", true), ("a-b-2", true), ("", false), ("Plain", false), ("a b", false)]
        {
            let folder = TestFolder::new();
            folder.change(Kind::Style, was, &format!("{key} = \"{name}\""));
            match folder.course() {
                Ok(course) => {
                    assert!(is_accepted, "{key} {name:?}");
                    let Screen { words, skin } = course.style.screen;
                    assert_eq!(if key == "words" { words } else { skin }, name);
                }
                Err(error) => {
                    assert!(!is_accepted, "{key} {name:?}");
                    let told = told(&error);
                    assert!(
                        told.contains(&format!("screen.{key}: must be 1 to 64 lower")),
                        "{told}"
                    );
                }
            }
        }
    }
}

/// Follows the owner of every seat through the events of races with thousands of rivals.
#[test]
fn c13_whole_races_of_both_styles_are_consistent() {
    for style in ["n-style", "m-style"] {
        let overrides = Overrides { rivals: Some(5_000), style: Some(style.to_owned()) };
        let course = built_in("hall-normal", &overrides);
        let (race, events) = run(course, 3);
        let mut owners = vec![None; race.sale().layout().seat_count() as usize];
        for stamped in events {
            match stamped.event {
                Event::SeatsHeld { visitor, seats, .. } => {
                    for seat in seats.iter() {
                        let was = owners[seat.0 as usize].replace((visitor, stamped.at));
                        assert_eq!(was, None, "{seat:?} was taken twice");
                    }
                }
                Event::SeatsReturned { visitor, seats, .. } => {
                    for seat in seats.iter() {
                        let was = owners[seat.0 as usize].take();
                        assert_eq!(was.map(|(by, _)| by), Some(visitor));
                    }
                }
                Event::Booked { visitor, seats, .. } => {
                    for seat in seats.iter() {
                        assert_eq!(owners[seat.0 as usize].map(|(by, _)| by), Some(visitor));
                    }
                }
                Event::SeatMissed { visitor, seat, late_by } => {
                    let (owner, since) = owners[seat.0 as usize].unwrap();
                    assert_ne!(owner, visitor);
                    assert_eq!(late_by, stamped.at.since(since));
                }
                _ => {}
            }
        }
        assert!(race.tally().conflicts() > 1_000);
        race.sale().audit();
    }
}
