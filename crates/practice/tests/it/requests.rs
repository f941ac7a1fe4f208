//! Requests under keys: the same request gets the same answer, and another request gets none.

use std::collections::BTreeMap;

use practice::{Act, Became, MemberId, Note, Objection, Practice};
use proptest::collection::vec;
use proptest::prelude::*;
use sale::{
    Answered, Discount, Letters, Machine, Moment, Outcome, Refusal, Seat, Seats, Section, Span, Tag,
};
use scenario::Course;

use crate::scene::{course, join, practice};

/// Every act, once with each of two values for everything that the act asks for.
fn acts() -> Vec<Act> {
    let seats = |list: &[u32]| {
        let list: Vec<Seat> = list.iter().copied().map(Seat).collect();
        Seats::new(&list).unwrap()
    };
    let letters = |text| Letters::parse(text).unwrap();
    let answer = |challenge, text| Act::AnswerCaptcha { challenge, letters: letters(text) };
    let price = |list: &[u32], discount| Act::ChoosePrice {
        seats: seats(list),
        discount: Discount(discount),
    };
    vec![
        Act::Enter,
        Act::Leave,
        answer(1, "ABCDEF"),
        answer(2, "ABCDEF"),
        answer(1, "ABCDEG"),
        Act::RenewCaptcha,
        Act::PutOffCaptcha,
        Act::ViewSection(Section(0)),
        Act::ViewSection(Section(1)),
        Act::HoldSeats(seats(&[1, 2])),
        Act::HoldSeats(seats(&[2, 1])),
        Act::HoldSeats(seats(&[1])),
        Act::ReleaseSeats(seats(&[1])),
        Act::ReleaseSeats(seats(&[2])),
        price(&[1], 0),
        price(&[1], 1),
        price(&[2], 1),
        Act::Pay { expected_won: 51_000 },
        Act::Pay { expected_won: 51_001 },
    ]
}

/// The tag of an act under a key. The digest of a test is the sum of the content, which no two of
/// the [`acts`] share.
fn tag(key: u64, act: Act) -> Tag {
    let digit = |sum: u64, byte: u8| sum.wrapping_mul(1_000_003).wrapping_add(u64::from(byte) + 1);
    Tag::new(key, act.content().into_iter().fold(0, digit)).unwrap()
}

/// What a shell writes down.
enum Logged {
    Command(Answered),
    TurnedDown(Moment, Tag),
}

/// Sends an act as a shell does: looks for the key first, then asks the race, then keeps what became
/// of it.
fn send(
    practice: &mut Practice,
    now: Moment,
    member: MemberId,
    tag: Tag,
    act: Act,
    log: &mut Vec<Logged>,
) -> Result<Result<Outcome, Refusal>, Objection> {
    if let Some(Became::Answered(answered)) = practice.member(member).earlier(tag)? {
        return Ok(Ok(answered.outcome));
    }
    practice.advance(now, crowd::ignore);
    practice.check_act(member, act)?;
    let command = act.command(practice.member(member).visitor());
    let at = practice.sale().stamp(now);
    let decided = practice.handle(at, command, crowd::ignore);
    if let Ok(outcome) = decided {
        let answered = Answered { at, tag: Some(tag), command, outcome };
        practice.keep_answer(answered);
        log.push(Logged::Command(answered));
    } else {
        practice.keep(at, Some(tag), Note::TurnedDown { member }).unwrap();
        log.push(Logged::TurnedDown(at, tag));
    }
    Ok(decided)
}

/// The race after its log was given to a new one.
fn replayed(course: &Course, member: MemberId, log: &[Logged]) -> Practice {
    let mut practice = practice(course, 3);
    assert_eq!(join(&mut practice, 0), member);
    for entry in log {
        match entry {
            Logged::Command(answered) => {
                practice.handle(answered.at, answered.command, crowd::ignore).unwrap();
                practice.keep_answer(*answered);
            }
            Logged::TurnedDown(at, tag) => {
                practice.advance(*at, crowd::ignore);
                practice.keep(*at, Some(*tag), Note::TurnedDown { member }).unwrap();
            }
        }
    }
    practice
}

#[test]
fn j14_the_contents_of_any_two_different_acts_differ() {
    let acts = acts();
    for (one, first) in acts.iter().enumerate() {
        for (two, second) in acts.iter().enumerate() {
            let differ = first.content() != second.content();
            assert_eq!(differ, one != two, "{first:?} {second:?}");
            assert_eq!(tag(1, *first) != tag(1, *second), differ);
        }
    }
}

#[test]
fn j14_the_content_of_an_act_does_not_change_unnoticed() {
    let all: Vec<Vec<u8>> = acts().into_iter().map(Act::content).collect();
    assert_eq!(all[0], [0]);
    assert_eq!(all[2], *b"\x02\x01\0\x06ABCDEF\0\0");
    assert_eq!(all[8], [5, 1, 0]);
    assert_eq!(all[9], [6, 2, 1, 0, 0, 0, 2, 0, 0, 0]);
    assert_eq!(all[15], [8, 1, 1, 0, 0, 0, 1]);
    assert_eq!(all[17], [9, 0x38, 0xc7, 0, 0, 0, 0, 0, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a4_j14_a_key_belongs_to_the_first_request_under_it(
        tries in vec((1u64..9, any::<prop::sample::Index>(), 0u64..900), 1..60), cut: prop::sample::Index
    ) {
        let (course, acts) = (course(5, Some("m-style")), acts());
        let mut race = practice(&course, 3);
        let (member, mut log) = (join(&mut race, 0), Vec::new());
        let mut now = course.scenario.rules.opens_at;
        let mut first: BTreeMap<u64, (Act, Option<Outcome>)> = BTreeMap::new();
        let cut = cut.index(tries.len());
        for (number, (key, act, wait)) in tries.into_iter().enumerate() {
            if number == cut {
                // The program stops here and starts again.
                let again = replayed(&course, member, &log);
                prop_assert_eq!(again.members(), race.members());
                race = again;
            }
            let (act, snapshot) = (*act.get(&acts), Machine::snapshot(&race));
            now = now + Span::from_millis(wait);
            let told = send(&mut race, now, member, tag(key, act), act, &mut log);
            match first.get(&key) {
                Some((other, _)) if *other != act => {
                    prop_assert_eq!(told, Err(Objection::KeyReused));
                    prop_assert_eq!(Machine::snapshot(&race), snapshot);
                }
                Some((_, Some(outcome))) => {
                    prop_assert_eq!(told, Ok(Ok(*outcome)));
                    prop_assert_eq!(Machine::snapshot(&race), snapshot);
                }
                // A request that was turned down is decided anew.
                Some((_, None)) | None => {
                    if let Ok(decided) = told {
                        first.insert(key, (act, decided.ok()));
                    }
                }
            }
        }
        let (seed, ends_at) = (3, course.ends_at);
        let state = Machine::snapshot(&race);
        let restored = Practice::restore(course.scenario.clone(), seed, ends_at, &state).unwrap();
        prop_assert_eq!(restored.members(), race.members());
    }
}
