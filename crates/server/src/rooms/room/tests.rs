//! Tests: what a room allows and what always holds in it, whatever people do in whichever order.

use std::time::Duration;

use proptest::prelude::*;
use protocol::{RoomStart, RunStand};

use super::*;
use crate::limits::{ROOM_MEMBERS_MAX, ROOM_PAST_MAX};
use crate::rooms::name::key_of;

const START: UnixTime = UnixTime::from_millis(1_800_000_000_000);

fn title() -> Title {
    Title { ko: "시험".to_owned(), en: "Test".to_owned(), ja: "テスト".to_owned() }
}

fn settings(start: RoomStart) -> RoomSettings {
    RoomSettings {
        scenario: Some("calm".to_owned()),
        plan: None,
        demand: None,
        style: None,
        rivals: None,
        start,
        countdown_s: 30,
    }
}

fn room_of(kind: RoomKind, start: RoomStart) -> Room {
    let drawn = Drawn { title: title() };
    Room::new(START, RoomCode::of_digest(&[7; 32]), kind, settings(start), drawn)
}

fn guest(number: u128) -> GuestId {
    GuestId(number)
}

fn at(seconds: u64) -> UnixTime {
    START.after(Duration::from_secs(seconds))
}

fn round(now: UnixTime) -> Round {
    let after = |seconds| now.after(Duration::from_secs(seconds));
    Round::new(RaceId(5), now, after(30), after(930))
}

/// A room of the button with guests 1 to `count` in it, all with a live connection.
fn room_with(count: u128) -> Room {
    let mut room = room_of(RoomKind::Room, RoomStart::Button);
    for number in 1..=count {
        room.join(START, guest(number), "Mina").unwrap();
        room.came(guest(number), false);
    }
    room
}

#[test]
fn a64_the_first_in_a_room_is_host_and_all_others_are_members() {
    let room = room_with(3);
    assert_eq!(room.host, Some(1));
    let names: Vec<_> = room.members.values().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Mina", "Mina 2", "Mina 3"]);
}

#[test]
fn a64_who_joins_again_takes_another_name_and_stays_the_same_member() {
    let mut room = room_with(2);
    assert_eq!(room.join(START, guest(2), "  Jun "), Ok(2));
    assert_eq!(room.name_of(guest(2)), Some("Jun"));
    assert_eq!(room.join(START, guest(2), "Mina"), Ok(2));
    assert_eq!(room.name_of(guest(2)), Some("Mina 2"));
    assert_eq!(room.join(START, guest(2), "\u{200b}"), Err(Refusal::NameInvalid));
    assert_eq!(room.members.len(), 2);
}

#[test]
fn a64_a_room_has_a_largest_number_of_members() {
    let mut room = room_of(RoomKind::Room, RoomStart::Button);
    for number in 0..u128::from(ROOM_MEMBERS_MAX) {
        room.join(START, guest(number), &format!("p{number}")).unwrap();
    }
    assert_eq!(room.join(START, guest(9_999), "late"), Err(Refusal::Full));
    assert_eq!(room.join(START, guest(5), "again"), Ok(6), "a member may still take another name");
}

#[test]
fn a68_the_next_one_is_host_when_the_host_leaves() {
    let mut room = room_with(3);
    room.went(START, guest(2), false);
    room.remove(START, guest(1), 1).unwrap();
    assert_eq!(room.host, Some(3), "who has a live connection comes before who was here longer");
    room.remove(START, guest(3), 3).unwrap();
    assert_eq!(room.host, Some(2));
    room.remove(START, guest(2), 2).unwrap();
    assert_eq!(room.host, None);
    room.join(START, guest(9), "new").unwrap();
    assert_eq!(room.host, Some(4), "the first in an empty room is host");
}

#[test]
fn a68_a_host_without_a_connection_for_a_minute_passes_it_on() {
    let mut room = room_with(2);
    room.went(at(10), guest(1), false);
    assert_eq!(room.poll_timeout(at(10)), Some(at(70)));
    room.advance(at(69));
    assert_eq!(room.host, Some(1));
    room.came(guest(1), false);
    room.went(at(60), guest(1), false);
    room.advance(at(70));
    assert_eq!(room.host, Some(1), "who came back has a whole minute again");
    room.advance(at(120));
    assert_eq!(room.host, Some(2));
}

#[test]
fn a68_a_host_stays_host_while_nobody_else_is_there() {
    let mut room = room_with(2);
    room.went(at(0), guest(2), false);
    room.went(at(0), guest(1), false);
    room.advance(at(1_000));
    assert_eq!((room.host, room.poll_timeout(at(1_000))), (Some(1), None));
    room.came(guest(2), false);
    room.advance(at(1_001));
    assert_eq!(room.host, Some(2), "the first who comes is host at once");
}

#[test]
fn a68_who_was_removed_comes_back_only_through_a_door_that_was_opened_again() {
    let mut room = room_with(3);
    assert_eq!(room.remove(START, guest(2), 3), Err(Refusal::NotHost));
    room.remove(START, guest(1), 2).unwrap();
    assert_eq!(room.join(START, guest(2), "Jun"), Err(Refusal::Closed));
    room.set_door(START, guest(1), Door::Closed).unwrap();
    assert_eq!(room.join(START, guest(7), "Jun"), Err(Refusal::Closed));
    assert_eq!(room.join(START, guest(3), "Jun"), Ok(3), "members stay members");
    room.set_door(START, guest(1), Door::Open).unwrap();
    assert_eq!(room.join(START, guest(2), "Jun"), Ok(4));
    assert_eq!(room.name_of(guest(2)), Some("Jun 2"));
}

#[test]
fn a67_only_the_host_changes_settings_and_only_in_the_lobby() {
    let mut room = room_with(2);
    let other = RoomSettings { countdown_s: 60, ..settings(RoomStart::Button) };
    let drawn = Drawn { title: title() };
    let set = |room: &mut Room, who, now| {
        room.set_settings(now, guest(who), other.clone(), drawn.clone())
    };
    assert_eq!(set(&mut room, 2, START), Err(Refusal::NotHost));
    assert_eq!(set(&mut room, 9, START), Err(Refusal::NotIn));
    assert_eq!(set(&mut room, 1, START), Ok(()));
    assert_eq!(room.start(at(1), guest(1)), Ok(true));
    assert_eq!(set(&mut room, 1, at(1)), Err(Refusal::Started), "a race is being made");
    room.began(at(2), round(at(2)));
    assert_eq!(set(&mut room, 1, at(2)), Err(Refusal::Started));
}

#[test]
fn a69_a_room_asks_for_one_race_however_often_its_host_presses() {
    let mut room = room_with(2);
    assert_eq!(room.start(START, guest(2)), Err(Refusal::NotHost));
    assert_eq!(room.start(START, guest(1)), Ok(true));
    assert_eq!(room.start(START, guest(1)), Ok(false));
    room.began(START, round(START));
    assert_eq!(room.start(START, guest(1)), Ok(false));
    assert_eq!(room.stage(at(0)), RoomStage::Counting);
    assert_eq!(room.stage(at(30)), RoomStage::Running);
    assert_eq!(room.stage(at(930)), RoomStage::Over);
    assert_eq!(room.start(at(930), guest(1)), Err(Refusal::Started));
}

#[test]
fn a70_a_rematch_brings_everybody_back_to_the_lobby() {
    let mut room = room_with(2);
    room.set_ready(START, guest(2), true).unwrap();
    room.start(START, guest(1)).unwrap();
    room.began(START, round(START));
    assert_eq!(room.rematch(at(5), guest(1)), Err(Refusal::NotOver));
    assert_eq!(room.rematch(at(40), guest(1)), Err(Refusal::NotOver));
    room.note_run(guest(1), RunStand::Over);
    assert_eq!(room.rematch(at(40), guest(2)), Err(Refusal::NotHost));
    assert_eq!(room.rematch(at(40), guest(1)), Ok(()));
    let view = room.view(at(40));
    assert_eq!((view.stage, view.rematch, view.race), (RoomStage::Lobby, 1, None));
    assert!(view.members.iter().all(|member| !member.ready && member.run == RunStand::Away));
    assert_eq!(room.rematch(at(41), guest(1)), Ok(()), "in the lobby it changes nothing");
    assert_eq!(room.view(at(41)).rematch, 1);
    assert_eq!(room.start(at(41), guest(1)), Ok(true));
}

#[test]
fn a72_the_clock_starts_a_race_so_that_it_opens_at_the_moment_that_was_set() {
    let opens = at(100).as_millis();
    let mut room = room_of(RoomKind::Room, RoomStart::At { at_ms: opens });
    assert_eq!(room.poll_timeout(START), None, "nobody there: nothing starts");
    room.join(START, guest(1), "Mina").unwrap();
    assert_eq!(room.poll_timeout(START), Some(at(70)));
    assert!(!room.advance(at(69)));
    assert!(room.advance(at(70)));
    assert!(!room.advance(at(71)), "once");
    room.could_not_begin(at(72));
    assert_eq!(room.settings.start, RoomStart::Button, "then the host's button starts it");
}

#[test]
fn a73_an_open_race_gives_names_and_has_no_host() {
    let mut room = room_of(RoomKind::Open, RoomStart::At { at_ms: at(60).as_millis() });
    assert_eq!(room.enter(START, guest(4)), Ok(1));
    assert_eq!(room.enter(START, guest(5)), Ok(2));
    assert_eq!(room.enter(START, guest(4)), Ok(1));
    assert_eq!((room.name_of(guest(5)), room.host), (Some("포도 2"), None));
    room.join(START, guest(5), "Jun").unwrap();
    assert_eq!(room.name_of(guest(5)), Some("포도 2"), "nobody chooses a name there");
    assert_eq!(room.start(START, guest(4)), Err(Refusal::NotHost));
    room.began(at(30), round(at(30)));
    assert_eq!(room.enter(at(500), guest(6)), Ok(3), "who comes late joins the queue");
    assert_eq!(room.enter(at(961), guest(7)), Err(Refusal::Closed));
}

#[test]
fn a86_a_room_remembers_its_latest_races_and_counts_all() {
    let mut room = room_with(1);
    for number in 0..ROOM_PAST_MAX as u64 + 5 {
        room.began(START, Round { race: RaceId(number), ..round(START) });
        room.note_over();
        room.rematch(START, guest(1)).unwrap();
    }
    let races: Vec<u64> = room.past.iter().map(|past| past.race.0).collect();
    assert_eq!(races, (5..ROOM_PAST_MAX as u64 + 5).collect::<Vec<_>>());
    assert_eq!(room.view(START).rematch as usize, ROOM_PAST_MAX + 5);
    assert!(!room.has_race(RaceId(4)) && room.has_race(RaceId(5)));
}

#[test]
fn a75_that_a_race_is_over_is_written() {
    let mut room = room_with(1);
    room.began(START, round(START));
    room.changes = Changes::default();
    room.note_over();
    assert!(room.changes.room);
}

#[test]
fn a71_a_room_ends_a_day_after_its_last_change_or_the_start_of_its_race() {
    let mut room = room_with(1);
    assert_eq!(room.expires_at(), at(24 * 3600));
    room.set_ready(at(10), guest(1), true).unwrap();
    assert_eq!(room.expires_at(), at(10 + 24 * 3600));
    room.came(guest(1), false);
    assert_eq!(room.expires_at(), at(10 + 24 * 3600), "a connection is no change");
}

#[test]
fn a70_a_report_is_shown_only_while_its_person_wants_it_and_names_stay_for_the_results() {
    let mut room = room_with(2);
    assert_eq!(room.share_report(START, guest(2), true), Err(Refusal::NotOver), "no race yet");
    room.start(START, guest(1)).unwrap();
    room.began(START, round(START));
    assert_eq!(room.share_report(START, guest(9), true), Err(Refusal::NotIn));
    assert_eq!(room.share_report(START, guest(2), true), Ok(RaceId(5)));
    assert_eq!(room.share_report(START, guest(2), true), Ok(RaceId(5)));
    assert_eq!(room.sharers, [(RaceId(5), guest(2))]);
    room.share_report(START, guest(2), false).unwrap();
    assert!(room.sharers.is_empty());
    room.remove(START, guest(2), 2).unwrap();
    assert_eq!(room.left, [(guest(2), "Mina 2".to_owned())]);
    assert_eq!(room.name_of(guest(2)), None);
}

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Join(u128, u8),
    Remove(u128, u32),
    Ready(u128, bool),
    Door(u128, bool),
    Start(u128),
    Began,
    Failed,
    Over,
    Rematch(u128),
    Run(u128),
    Came(u128),
    Went(u128),
    Wait(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0u128..6;
    prop_oneof![
        4 => (who.clone(), 0u8..4).prop_map(|(who, name)| Deed::Join(who, name)),
        2 => (who.clone(), 1u32..12).prop_map(|(who, number)| Deed::Remove(who, number)),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, ready)| Deed::Ready(who, ready)),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, open)| Deed::Door(who, open)),
        1 => who.clone().prop_map(Deed::Start),
        1 => Just(Deed::Began),
        1 => Just(Deed::Failed),
        1 => Just(Deed::Over),
        1 => who.clone().prop_map(Deed::Rematch),
        1 => who.clone().prop_map(Deed::Run),
        2 => who.clone().prop_map(Deed::Came),
        2 => who.prop_map(Deed::Went),
        2 => (0u64..100).prop_map(Deed::Wait),
    ]
}

/// A room, and what a simple reader knows of it.
struct Model {
    room: Room,
    now: UnixTime,
    barred: HashSet<GuestId>,
}

impl Model {
    /// Does a deed. Returns whether the room refused it.
    fn act(&mut self, deed: &Deed) -> bool {
        let (room, now) = (&mut self.room, self.now);
        let names = ["Mina", "mina", "Jun", "Mina 2"];
        match deed {
            Deed::Join(who, name) => {
                let joined = room.join(now, guest(*who), names[usize::from(*name)]);
                let was_barred = self.barred.contains(&guest(*who));
                assert!(!was_barred || joined.is_err(), "a removed guest came back");
                return joined.is_err();
            }
            Deed::Remove(who, number) => {
                let target = room.members.get(number).map(|member| member.guest);
                let removed = room.remove(now, guest(*who), *number);
                let other = target.filter(|target| *target != guest(*who));
                self.barred.extend(other.filter(|_| removed.is_ok()));
                return removed.is_err();
            }
            Deed::Ready(who, ready) => return room.set_ready(now, guest(*who), *ready).is_err(),
            Deed::Door(who, is_open) => {
                let was = room.door;
                let door = if *is_open { Door::Open } else { Door::Closed };
                let set = room.set_door(now, guest(*who), door);
                if set.is_ok() && was == Door::Closed && *is_open {
                    self.barred.clear();
                }
                return set.is_err();
            }
            Deed::Start(who) => return room.start(now, guest(*who)).is_err(),
            Deed::Began if room.is_beginning => room.began(now, round(now)),
            Deed::Failed if room.is_beginning => room.could_not_begin(now),
            Deed::Began | Deed::Failed => {}
            Deed::Over => room.note_over(),
            Deed::Rematch(who) => return room.rematch(now, guest(*who)).is_err(),
            Deed::Run(who) => room.note_run(guest(*who), RunStand::Over),
            Deed::Came(who) => room.came(guest(*who), false),
            Deed::Went(who) => room.went(now, guest(*who), false),
            Deed::Wait(seconds) => {
                self.now = now.after(Duration::from_secs(*seconds));
                room.advance(self.now);
            }
        }
        false
    }

    fn check(&self) {
        let view = self.room.view(self.now);
        let hosts = view.members.iter().filter(|member| member.host).count();
        assert_eq!(hosts, usize::from(!view.members.is_empty()), "one host while anybody is there");
        let names: HashSet<_> = view.members.iter().map(|member| key_of(&member.name)).collect();
        assert_eq!(names.len(), view.members.len(), "names are told apart");
        assert_eq!(self.room.numbers.len(), view.members.len());
        assert_eq!(self.room.names, names);
        assert_eq!(view.race.is_some(), view.stage != RoomStage::Lobby);
        assert!(!self.room.is_beginning || view.stage == RoomStage::Lobby);
    }
}

proptest! {
    #[test]
    fn a66_whatever_people_do_a_room_stays_in_order(deeds in prop::collection::vec(deed(), 1..60)) {
        let room = room_of(RoomKind::Room, RoomStart::Button);
        let mut model = Model { room, now: START, barred: HashSet::new() };
        for deed in &deeds {
            let before = model.room.clone();
            let is_refused = model.act(deed);
            model.check();
            assert!(model.room.revision >= before.revision, "revisions grow");
            let is_told = model.room.view(model.now) == before.view(model.now);
            if is_refused {
                assert!(is_told, "a refusal changes nothing: {deed:?}");
            }
            if model.room.revision == before.revision && !matches!(deed, Deed::Wait(_)) {
                assert!(is_told, "a change without a revision: {deed:?}");
            }
        }
    }
}

#[test]
fn a80_a_room_keeps_on_disk_that_its_race_is_over() {
    let mut room = room_with(2);
    room.start(START, guest(1)).unwrap();
    room.began(START, round(START));
    room.changes = Changes::default();
    room.note_run(guest(1), RunStand::Over);
    assert!(!room.changes.room, "how far each is, the race itself knows");
    room.note_over();
    assert!(room.changes.room);
}
