//! Many members in one race: each has a run of their own, and the one log of the race gives all
//! runs again.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use practice::report::{Retold, Subject, answer};
use practice::what_if::UsualTimes;
use practice::{About, Act, Mark, MemberId, Note, PersonId, Practice, RaceClock, Reader, Viewer};
use proptest::collection::vec;
use proptest::prelude::*;
use protocol::Title;
use sale::{
    Answered, Command, Event, Letters, Machine, Moment, Seat, Seats, Section, Span, Stamped, Tag,
    Visitor,
};
use scenario::Course;

use crate::scene::{act, course, join, practice};

/// One entry in the log of a race.
#[derive(Clone, Debug)]
pub(crate) enum Logged {
    Command(Answered),
    Note(Moment, Option<Tag>, Note),
}

/// One attempt of a member, after a wait. `kind` chooses the act, `number` the seat.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    who: u32,
    wait: Span,
    kind: u8,
    number: u32,
}

pub(crate) fn tries(members: u32, most: usize) -> impl Strategy<Value = Vec<Try>> {
    let wait = prop_oneof![0u64..3, 1_000_000..900_000_000u64, 1_000_000_000..9_000_000_000u64];
    let one = (0..members, wait, 0u8..12, any::<u32>());
    let one = one.prop_map(|(who, wait, kind, number)| {
        let wait = Span::from_nanos(wait);
        Try { who, wait, kind, number }
    });
    vec(one, 1..most)
}

fn act_of(practice: &Practice, member: MemberId, attempt: &Try) -> Act {
    let (sale, visitor) = (practice.sale(), practice.member(member).visitor());
    // Only twelve seats, so that members compete for them.
    let seats = Seats::one(Seat(attempt.number % 12));
    match attempt.kind {
        0..=2 => Act::Enter,
        3 | 4 => {
            let challenge = sale.challenge(visitor);
            let letters = challenge.map_or(Letters::parse("AB").unwrap(), |asked| asked.letters);
            Act::AnswerCaptcha { challenge: challenge.map_or(0, |asked| asked.number), letters }
        }
        5 => Act::ViewSection(Section(0)),
        6..=8 => Act::HoldSeats(seats),
        9 => Act::ReleaseSeats(seats),
        10 => Act::Leave,
        _ => Act::Pay { expected_won: 0 },
    }
}

/// Plays the tries of members who join one after the other, and returns the race with its log.
/// Calls `see` with every event.
pub(crate) fn play(
    course: &Course,
    members: u32,
    tries: &[Try],
    mut see: impl FnMut(&Stamped),
) -> (Practice, Vec<Logged>) {
    let (mut practice, mut log) = (practice(course, 11), Vec::new());
    let mut now = course.scenario.rules.opens_at;
    practice.advance(now, |_, stamped| see(stamped));
    for attempt in tries {
        now = now + attempt.wait;
        practice.advance(now, |_, stamped| see(stamped));
        let person = PersonId(u128::from(attempt.who) + 100);
        let at = now.max(practice.sale().now());
        let mut note = |practice: &mut Practice, tag, note: Note| {
            practice.keep(at, tag, note.clone()).unwrap();
            log.push(Logged::Note(at, tag, note));
        };
        if practice.member_of(person).is_none() {
            note(&mut practice, None, Note::Joined { person });
        }
        let member = practice.member_of(person).unwrap();
        assert!(member.0 < members);
        if attempt.number.is_multiple_of(5) {
            let name = format!("mark-of-{}", attempt.who);
            let mark = Mark { name, at_ms: f64::from(attempt.number), error_ms: None };
            let tag = Tag::new(u64::from(attempt.number) + 1, 0);
            note(&mut practice, tag, Note::Marked { member, marks: vec![mark] });
        }
        let command = act_of(&practice, member, attempt).command(practice.member(member).visitor());
        let at = practice.sale().stamp(now);
        let tag = Tag::new(log.len() as u64 + 1_000_000_000_000, 0);
        if let Ok(outcome) = practice.handle(at, command, |_, stamped| see(stamped)) {
            let answered = Answered { at, tag, command, outcome };
            practice.keep_answer(answered);
            log.push(Logged::Command(answered));
        }
    }
    practice.advance(course.ends_at, |_, stamped| see(stamped));
    (practice, log)
}

pub(crate) fn retell(course: &Course, log: &[Logged]) -> Retold {
    let mut retold = Retold::tell(practice(course, 11));
    for entry in log {
        match entry {
            Logged::Command(answered) => {
                let outcome = retold.handle(answered.at, answered.command, crowd::ignore);
                assert_eq!(outcome, Ok(answered.outcome));
                retold.keep_answer(*answered);
            }
            Logged::Note(at, tag, note) => {
                retold.advance(*at, crowd::ignore);
                retold.keep_note(*at, *tag, note.kind(), &note.encode()).unwrap();
            }
        }
    }
    retold
}

pub(crate) fn subject(member: MemberId) -> Subject {
    let (ko, en, ja) = ("가".to_owned(), "a".to_owned(), "あ".to_owned());
    let about = About {
        scenario: "first-time".to_owned(),
        title: Title { ko, en, ja },
        plan: "theatre".to_owned(),
        demand: "practice".to_owned(),
        style: "n-style".to_owned(),
        rivals: 40,
        seats: 400,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    Subject {
        member,
        id: "race".to_owned(),
        about,
        seed: Some(11),
        started_at_ms: 0.0,
        usual: UsualTimes::default(),
    }
}

/// The owner of each seat, by the events alone. Asserts that nobody takes a seat that another
/// visitor has.
#[derive(Default)]
struct Owners {
    seats: BTreeMap<Seat, Visitor>,
}

impl Owners {
    fn see(&mut self, stamped: &Stamped) {
        match stamped.event {
            Event::SeatsHeld { visitor, seats, .. } => {
                for seat in seats.iter() {
                    assert_eq!(self.seats.insert(seat, visitor), None, "{seat:?} is taken twice");
                }
            }
            Event::Booked { visitor, seats, .. } => {
                for seat in seats.iter() {
                    let owner = *self.seats.entry(seat).or_insert(visitor);
                    assert_eq!(owner, visitor, "{seat:?} is sold to a visitor who did not hold it");
                }
            }
            Event::SeatsReturned { visitor, seats, .. } => {
                for seat in seats.iter() {
                    assert_eq!(self.seats.remove(&seat), Some(visitor));
                }
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn r16_a_replay_for_one_member_gives_the_same_as_a_replay_for_all(
        tries in tries(5, 60), style in 0usize..2
    ) {
        let course = course(40, Some(["n-style", "m-style"][style]));
        let (live, log) = play(&course, 5, &tries, |_| {});
        let mut whole = retell(&course, &log);
        let count = live.members().len();
        for number in 0..count {
            whole.finish(MemberId(u32::try_from(number).unwrap()));
        }
        for (member, lived) in live.ids() {
            let mut alone = retell(&course, &log);
            alone.finish(member);
            let told = alone.practice().member(member);
            prop_assert_eq!(told.run(), lived.run());
            prop_assert_eq!(told.marks(), lived.marks());
            prop_assert_eq!(told.request_count(), lived.request_count());
            prop_assert_eq!(alone.findings(member), whole.findings(member));
            let reports = [alone, whole.clone()].map(|retold| answer(retold, subject(member)));
            prop_assert_eq!(&reports[0], &reports[1]);
        }
        let mut told = whole.practice().clone();
        told.advance(course.ends_at, crowd::ignore);
        prop_assert_eq!(Machine::snapshot(&told), Machine::snapshot(&live));
        prop_assert_eq!(Machine::hash(&told), Machine::hash(&live));
    }

    #[test]
    fn s1_h1_b1_two_members_never_share_a_seat_however_they_interleave(
        tries in tries(2, 120), style in 0usize..2
    ) {
        let course = course(30, Some(["n-style", "m-style"][style]));
        let mut owners = Owners::default();
        let (live, _) = play(&course, 2, &tries, |stamped| owners.see(stamped));
        live.sale().audit();
        let taken = u32::try_from(owners.seats.len()).unwrap();
        prop_assert_eq!(live.sale().free_count(), live.sale().layout().seat_count() - taken);
        let limit = usize::from(live.sale().rules().seats_max);
        for member in live.members() {
            let visitor = member.visitor();
            let own = live.sale().bookings().iter().filter(|booking| booking.visitor == visitor);
            prop_assert!(own.map(|booking| booking.seats.len()).sum::<usize>() <= limit);
        }
    }

    #[test]
    fn a3_a_member_is_told_no_secret_of_another(tries in tries(3, 60)) {
        let course = course(20, None);
        let (mut now, mut said) = (course.scenario.rules.opens_at, BTreeMap::<u32, String>::new());
        // Every member is told the state after each try, while the members are at different steps.
        for length in 1..=tries.len() {
            let (practice, _) = play_to(&course, &tries[..length], &mut now);
            for (member, _) in practice.ids() {
                tell(&practice, member, now, said.entry(member.0).or_default());
            }
            if length == tries.len() {
                check_secrets(&practice, &said);
            }
        }
    }
}

/// Plays tries and stops after the last one, long before the end of the race.
fn play_to(course: &Course, tries: &[Try], now: &mut Moment) -> (Practice, Vec<Logged>) {
    let spent = tries.iter().fold(course.scenario.rules.opens_at, |at, attempt| at + attempt.wait);
    *now = spent;
    let stopped = Course { ends_at: spent, ..course.clone() };
    play(&stopped, 3, tries, |_| {})
}

/// Appends to `said` all that a member's screen is told at a moment.
fn tell(practice: &Practice, member: MemberId, now: Moment, said: &mut String) {
    let clock = RaceClock { started_at_ms: 0.0, now };
    let state = practice.state(member, clock, |visitor, _| format!("pass-of-{}-", visitor.0));
    said.push_str(&serde_json::to_string(&state).unwrap());
    let mut viewer = Viewer::new(member, 3, u64::from(member.0));
    let counts = viewer.poll_counts(now, practice);
    said.push_str(&serde_json::to_string(&counts).unwrap());
    let every = crowd::Dist::Fixed(1.0);
    let seats = viewer.poll_seats(now, practice, &every, Reader::Ready);
    assert_eq!(seats.is_some(), practice.may_see_map(member), "seats are shown inside only");
}

fn check_secrets(practice: &Practice, said: &BTreeMap<u32, String>) {
    for (member, told) in said {
        for (other, about) in practice.ids() {
            let pass = format!("pass-of-{}-", about.visitor().0);
            assert!(other.0 == *member || !told.contains(&pass), "{member} is told {pass}");
            // No member is told the marks, the person number or the captcha letters of anybody.
            for mark in about.marks() {
                assert!(!told.contains(&mark.name));
            }
            let person = about.person().0.to_string();
            assert!(!told.contains(&format!("\"{person}\"")));
            if let Some(asked) = practice.sale().challenge(about.visitor()) {
                let letters = asked.letters.as_str().to_owned();
                assert!(letters.len() < 4 || !told.contains(&letters), "{member}: {letters}");
            }
        }
    }
}

#[test]
fn a3_the_secrecy_check_fails_if_a_member_is_told_the_pass_of_another() {
    let course = course(0, None);
    let tries = [0, 1].map(|who| Try { who, wait: Span::SECOND, kind: 0, number: 1 });
    let (mut now, mut said) = (Moment::START, BTreeMap::new());
    let (practice, _) = play_to(&course, &tries, &mut now);
    for (member, _) in practice.ids() {
        tell(&practice, member, now, said.entry(member.0).or_insert_with(String::new));
    }
    assert!(said[&0].contains("pass-of-0-") && said[&1].contains("pass-of-1-"), "both are inside");
    let leaked = BTreeMap::from([(0, said[&1].clone())]);
    assert!(
        std::panic::catch_unwind(AssertUnwindSafe(|| check_secrets(&practice, &leaked))).is_err()
    );
}

#[test]
fn a63_ten_thousand_people_who_join_make_little_work_for_each_other() {
    let course = course(0, None);
    let mut practice = practice(&course, 5);
    let first = join(&mut practice, 0);
    assert_eq!(practice.take_changed(), [first]);
    let mut told = 0;
    let mut version = practice.version_for(first);
    for number in 1..10_000 {
        join(&mut practice, number);
        told += u32::from(practice.version_for(first) != version);
        version = practice.version_for(first);
    }
    assert!((1..=64).contains(&told), "the first one is told of {told} joins");
    assert_eq!(practice.take_changed().len(), 9_999);
    assert!(practice.take_changed().is_empty());
    let opens_at = course.scenario.rules.opens_at;
    practice.advance(opens_at, crowd::ignore);
    let second = MemberId(1);
    act(&mut practice, opens_at, second, Act::Enter).unwrap();
    let changed = practice.take_changed();
    assert_eq!(changed, [second], "only who acted has changed");
    act(&mut practice, opens_at, second, Act::Leave).unwrap();
    assert!(practice.take_changed() == [second] && !practice.is_over_for_all());
    practice.advance(course.ends_at, crowd::ignore);
    let close = Command::Close;
    practice.handle(practice.sale().stamp(course.ends_at), close, crowd::ignore).unwrap();
    assert_eq!(practice.take_changed().len(), 10_000, "the closing ends every run");
    assert!(practice.is_over_for_all() && practice.is_final());
}
