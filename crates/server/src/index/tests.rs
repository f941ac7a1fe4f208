//! Tests: who may enter a race, and what each guest's list shows.

use std::collections::HashSet;

use practice::{About, Begun, Fair, Header, PersonId, Run, Versions};
use protocol::Title;
use sale::Moment;

use super::{Access, Index, Listed, NOBODY};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{RACES_ENTERED_KEPT_MAX, RACES_LISTED_MAX, RACES_PER_GUEST_MAX};
use crate::plan_address::PlanAddress;

const HOST: GuestId = GuestId(1);
const FRIEND: GuestId = GuestId(2);
const STRANGER: GuestId = GuestId(3);
const START_NS: u64 = 1_800_000_000_000_000_000;

fn header(host: PersonId, number: u64) -> Header {
    let text = String::new;
    let title = Title { ko: text(), en: text(), ja: text() };
    let (scenario, plan, demand, style) = (text(), text(), text(), text());
    let about = About {
        scenario,
        title,
        plan,
        demand,
        style,
        rivals: 1,
        seats: 1,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    let begun = Some(Begun { host, at_unix_ns: START_NS + number, content: 0 });
    let ends_at = Moment::from_millis(1000);
    let fair = Fair::drawn(7);
    Header { versions: Versions::HERE, fair, shared: false, ends_at, begun, about }
}

fn add(index: &Index, number: u64, host: PersonId, access: Access) -> RaceId {
    let id = RaceId(number);
    index.add(id, &header(host, number), PlanAddress::of("plan"), access);
    id
}

fn shared() -> Access {
    Access::Members(HashSet::new())
}

fn ids(index: &Index, guest: GuestId) -> Vec<String> {
    index.latest(guest, Listed::Races, RACES_LISTED_MAX).into_iter().map(|card| card.id).collect()
}

#[test]
fn a54_only_the_host_enters_a_race_alone_and_only_whom_the_room_lets_in_a_shared_one() {
    let index = Index::default();
    let alone = add(&index, 1, HOST.person(), Access::Host);
    let room = add(&index, 2, HOST.person(), shared());
    let open = add(&index, 3, NOBODY, shared());
    let may_enter = |race| [HOST, FRIEND, STRANGER].map(|guest| index.may_enter(race, guest));
    assert_eq!(may_enter(alone), [true, false, false]);
    assert_eq!(may_enter(room), [false, false, false], "the room has not spoken yet");
    assert!(index.let_in(room, [HOST, FRIEND]) && index.let_in(open, [FRIEND]));
    assert!(!index.let_in(RaceId(9), [FRIEND]), "there is no such race");
    assert_eq!(may_enter(room), [true, true, false]);
    assert_eq!(may_enter(open), [false, true, false]);
    assert_eq!((index.host_of(room), index.host_of(open)), (Some(HOST), None));
    assert_eq!([alone, room, open].map(|race| index.is_shared(race)), [false, true, true]);
    assert_eq!(ids(&index, HOST), [room.to_string(), alone.to_string()]);
    assert_eq!(ids(&index, FRIEND), [open.to_string(), room.to_string()]);
    assert!(ids(&index, STRANGER).is_empty());
}

#[test]
fn a54_whom_the_room_puts_out_stays_out_unless_there_is_a_run() {
    let index = Index::default();
    let room = add(&index, 2, HOST.person(), shared());
    index.let_in(room, [FRIEND, STRANGER]);
    index.note(room, [(FRIEND.person(), &Run::default())], false);
    assert!(index.put_out(room, STRANGER) && !index.put_out(room, FRIEND));
    assert!(!index.may_enter(room, STRANGER) && index.may_enter(room, FRIEND));
    assert!(ids(&index, STRANGER).is_empty());
    assert_eq!(ids(&index, FRIEND), [room.to_string()]);
}

#[test]
fn a55_each_member_finds_the_race_with_the_own_ending_and_none_once_it_is_gone() {
    let index = Index::default();
    let room = add(&index, 2, HOST.person(), shared());
    index.let_in(room, [HOST, FRIEND, STRANGER]);
    let mut left = Run::default();
    left.end(Moment::START, practice::Ending::Left);
    index.note(room, [(FRIEND.person(), &left), (HOST.person(), &Run::default())], false);
    let ending = |guest| index.latest(guest, Listed::Races, RACES_LISTED_MAX)[0].ending;
    assert_eq!((ending(FRIEND), ending(HOST)), (Some(protocol::Ending::Left), None));
    let later = UnixTime::from_nanos(2 * START_NS);
    assert_eq!(index.undecided(HOST, later, Listed::Races), [room]);
    assert!(index.undecided(FRIEND, later, Listed::Races).is_empty());
    index.note(room, [(HOST.person(), &left)], true);
    assert!(ids(&index, STRANGER).is_empty(), "it is over, and the stranger never came");
    assert!(index.undecided(STRANGER, later, Listed::Races).is_empty());
    let entry = index.remove(room);
    assert!([HOST, FRIEND, STRANGER].iter().all(|guest| ids(&index, *guest).is_empty()));
    index.put_back(room, entry);
    assert_eq!(ids(&index, FRIEND), [room.to_string()]);
}

#[test]
fn a87_after_a_start_a_race_stands_in_the_list_of_those_alone_who_are_in_it() {
    let index = Index::default();
    let now = UnixTime::from_nanos(START_NS);
    let room = add(&index, 2, HOST.person(), shared());
    assert!(ids(&index, HOST).is_empty(), "the room has not said that its opener is in it");
    index.let_in(room, [STRANGER]);
    index.recall(room, FRIEND, "Jun".to_owned());
    assert_eq!(ids(&index, STRANGER), [room.to_string()]);
    for left in [HOST, FRIEND] {
        assert!(ids(&index, left).is_empty());
        assert_eq!(index.undecided(left, now, Listed::Races), [room], "the log can tell");
    }
    index.note(room, [(FRIEND.person(), &Run::default())], false);
    assert_eq!(ids(&index, FRIEND), [room.to_string()], "who had a run has it in the list");
    assert!(ids(&index, HOST).is_empty() && index.undecided(HOST, now, Listed::Races).is_empty());
}

#[test]
fn a87_who_leaves_and_comes_back_finds_the_race_again() {
    let index = Index::default();
    let room = add(&index, 2, HOST.person(), shared());
    index.let_in(room, [HOST, FRIEND]);
    for guest in [HOST, FRIEND] {
        index.put_out(room, guest);
        assert!(ids(&index, guest).is_empty());
        index.let_in(room, [guest]);
        assert_eq!(ids(&index, guest), [room.to_string()]);
    }
}

#[test]
fn a55_nobody_gives_up_a_race_of_a_room_for_another_one() {
    let index = Index::default();
    let now = UnixTime::from_nanos(START_NS);
    for number in 0..10 {
        let room = add(&index, number, HOST.person(), shared());
        index.let_in(room, [HOST]);
    }
    assert!(index.surplus(HOST, now).is_empty());
    for number in 10..10 + RACES_PER_GUEST_MAX as u64 {
        add(&index, number, HOST.person(), Access::Host);
    }
    assert_eq!(index.surplus(HOST, now), [RaceId(10)]);
}

#[test]
fn a63_a_list_keeps_only_so_many_races_of_others() {
    let index = Index::default();
    let own = add(&index, 0, FRIEND.person(), Access::Host);
    for number in 1..=RACES_ENTERED_KEPT_MAX as u64 + 20 {
        let room = add(&index, number, HOST.person(), shared());
        index.let_in(room, [FRIEND]);
    }
    let inner = index.lock();
    let list = &inner.guests[&FRIEND];
    assert_eq!(list.len(), RACES_ENTERED_KEPT_MAX + 1);
    assert_eq!((list[0], list[1]), (own, RaceId(21)));
}

#[test]
fn a80_a_race_is_looked_at_when_nobody_need_be_waited_for_any_more() {
    let index = Index::default();
    let race = add(&index, 2, HOST.person(), shared());
    let open = add(&index, 3, NOBODY, shared());
    for race in [race, open] {
        index.let_in(race, [HOST, FRIEND, STRANGER]);
        let mut left = Run::default();
        left.end(Moment::START, practice::Ending::Left);
        index.note(race, [(HOST.person(), &left)], false);
    }
    index.put_out(race, STRANGER);
    assert!(index.take_thinned().is_empty(), "the friend may still come");
    index.put_out(race, HOST);
    assert!(index.take_thinned().is_empty(), "the host has come");
    assert!(index.put_out(race, FRIEND) && index.put_out(open, FRIEND));
    assert_eq!(index.take_thinned(), [race], "anybody may come to the race that nobody opened");
    assert!(index.take_thinned().is_empty());
    index.put_back_thinned(race);
    assert_eq!(index.take_thinned(), [race]);
    index.put_back_thinned(race);
    index.remove(race);
    assert!(index.take_thinned().is_empty());
    // After a start the index knows no run, so the race has to be loaded.
    let unknown = add(&index, 4, HOST.person(), shared());
    index.let_in(unknown, [FRIEND, STRANGER]);
    index.set_name(unknown, FRIEND, "Mina".to_owned());
    index.put_out(unknown, FRIEND);
    assert_eq!(index.take_thinned(), [unknown]);
    let known = index.known_of(unknown, &[STRANGER, FRIEND]);
    assert_eq!(known[1].name.as_deref(), Some("Mina"), "there may be a run");
}

#[test]
fn a110_a_race_is_looked_at_when_those_who_never_pressed_have_left() {
    let index = Index::default();
    let race = add(&index, 2, HOST.person(), shared());
    index.let_in(race, [HOST, FRIEND]);
    let (mut left, looked) = (Run::default(), Run::default());
    left.end(Moment::START, practice::Ending::Left);
    index.note(race, [(HOST.person(), &left), (FRIEND.person(), &looked)], false);
    let is_over = |guest| guest == HOST;
    assert!(index.take_thinned().is_empty() && !index.is_complete(race, is_over));
    assert!(!index.put_out(race, FRIEND), "the run is kept");
    assert_eq!(index.take_thinned(), [race]);
    assert!(index.is_complete(race, is_over) && index.may_enter(race, FRIEND));
    index.let_in(race, [FRIEND]);
    index.put_back_thinned(race);
    assert!(index.take_thinned().is_empty(), "who is back in the room is waited for again");
}

#[test]
fn a87_a_race_that_was_removed_stands_in_no_list() {
    let index = Index::default();
    let room = add(&index, 7, HOST.person(), shared());
    for named in [FRIEND, STRANGER] {
        index.recall(room, named, "Jun".to_owned());
    }
    index.note(room, [(HOST.person(), &Run::default())], false);
    assert!(
        index.put_out(room, STRANGER),
        "the race knows its runs by now, and this guest has none"
    );
    index.remove(room);
    assert!(ids(&index, STRANGER).is_empty());
    let other = add(&index, 8, HOST.person(), shared());
    assert!(index.let_in(other, [FRIEND]));
    assert_eq!(ids(&index, FRIEND), [other.to_string()]);
    index.remove(other);
    assert!(ids(&index, FRIEND).is_empty());
    assert!(index.undecided(FRIEND, UnixTime::from_nanos(START_NS), Listed::Races).is_empty());
}
