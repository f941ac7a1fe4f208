//! Tests: rooms and members have limits, nobody uses up the share of others, and what nobody needs makes way.

use std::time::Duration;

use protocol::RoomStage;

use super::*;
use crate::limits::{
    OPEN_LISTED_RUNNING, OPEN_MEMBERS_ALL_MAX, OPEN_MEMBERS_ALL_PER_NETWORK_MAX, OPEN_MEMBERS_MAX,
    OPEN_MEMBERS_PER_NETWORK_MAX, OPEN_ROOMS_MAX, ROOM_IDLE_MIN, ROOM_MEMBERS_PER_NETWORK_MAX,
    ROOMS_MAX, ROOMS_PER_NETWORK_MAX,
};

/// A guest of a network of their own, counted from 0.
fn from(network: u32, guest: u128) -> Client {
    let ip = IpAddr::V4(Ipv4Addr::from(0x0a00_0000 + network));
    Client::without_account(GuestId(guest), Network::of(ip))
}

fn open_from(town: &mut Town, now: UnixTime, client: Client) -> Result<RoomCode, ApiError> {
    let mut new = opening(1, 7, 1);
    new.client = client;
    town.open(now, new).map(|room| room.code.parse().unwrap())
}

/// The room of an open race that opens at `opens_at`. Its first member is guest 1 of network 0.
fn open_race(town: &mut Town, now: UnixTime, opens_at: UnixTime) -> RoomCode {
    enter_first(town, now, opens_at, from(0, 1)).unwrap()
}

fn enter_first(
    town: &mut Town,
    now: UnixTime,
    opens_at: UnixTime,
    client: Client,
) -> Result<RoomCode, ApiError> {
    let code = RoomCode::random();
    let slot = crate::rooms::Slot { code, opens_at, turn: 0 };
    let turn = crate::rooms::OpenTurn { scenario: "calm".to_owned(), style: None };
    town.enter(now, code, client, Some((slot, turn, drawn()))).map(|_| code)
}

/// Lets a room's race run from its countdown to its end.
fn begin(town: &mut Town, now: UnixTime, code: RoomCode, ends_at: UnixTime) {
    let opens_at = now.after(Duration::from_secs(30));
    let round = Round::new(RaceId(town.next_viewer + 1), now, opens_at, ends_at);
    town.settle(now, code, Ok(round)).unwrap();
    town.tell(now);
}

fn finish(town: &mut Town, now: UnixTime, code: RoomCode) {
    begin(town, now, code, now.after(Duration::from_mins(20)));
    town.note_runs(code, &[], true);
    town.tell(now);
}

fn enter(town: &mut Town, code: RoomCode, client: Client) -> Result<(), ApiError> {
    town.bring_in(START, code, client, |room| room.enter(START, client.guest))
}

/// Fills an open race with guests of `networks` networks, a quarter of a full race for each.
fn fill(town: &mut Town, code: RoomCode, networks: std::ops::Range<u32>) -> usize {
    let mut came = 0;
    for network in networks {
        for number in 0..OPEN_MEMBERS_PER_NETWORK_MAX as u128 {
            let guest = (u128::from(network) << 32) + number + 100;
            came += usize::from(enter(town, code, from(network, guest)).is_ok());
        }
    }
    town.tell(START);
    came
}

#[test]
fn a85_a_network_takes_no_more_than_its_share_of_an_open_race() {
    let mut town = Town::default();
    let code = open_race(&mut town, START, at_ms(120_000));
    assert_eq!(fill(&mut town, code, 0..1), OPEN_MEMBERS_PER_NETWORK_MAX - 1);
    assert_eq!(enter(&mut town, code, from(0, 9)), Err(ApiError::RoomFull));
    assert!(enter(&mut town, code, from(0, 1)).is_ok(), "who is in it is not refused");
    assert!(enter(&mut town, code, from(1, 9)).is_ok(), "another network comes in");
    let left = town.show(START, code, GuestId(1)).unwrap().you.unwrap();
    town.remove(START, code, GuestId(1), left).unwrap();
    assert!(enter(&mut town, code, from(0, 8)).is_ok(), "who leaves makes room");
}

#[test]
fn a85_finished_open_races_take_nobody_the_place_in_the_next_one() {
    let mut town = Town::default();
    let full = OPEN_MEMBERS_MAX as usize;
    let quarters = u32::try_from(full / OPEN_MEMBERS_PER_NETWORK_MAX).unwrap();
    let mut codes = Vec::new();
    for number in 0..=OPEN_MEMBERS_ALL_MAX / full {
        let now = at_ms(number as u64 * 1_000);
        let code = enter_first(&mut town, now, at_ms(120_000), from(1, 1)).unwrap();
        assert_eq!(fill(&mut town, code, 1..quarters + 1), full - 1, "race {number}");
        finish(&mut town, now.before(Duration::from_hours(1)), code);
        codes.push(code);
    }
    assert!(town.shares.members(RoomKind::Open).0 <= OPEN_MEMBERS_ALL_MAX);
    assert_eq!(town.shares.members(RoomKind::Open).1, 0, "no network pays for what is over");
    let latest = codes.last().unwrap();
    assert_eq!(town.show(START, *latest, GuestId(1)).unwrap().member_count, OPEN_MEMBERS_MAX);
    assert_eq!(town.show(START, codes[0], GuestId(1)), Err(ApiError::NoSuchRoom));
}

#[test]
fn a85_the_members_of_a_network_in_open_races_under_way_are_limited() {
    let mut town = Town::default();
    let mut guest = 0;
    let mut came = 0;
    let mut refused = None;
    while refused.is_none() {
        let code = enter_first(&mut town, START, at_ms(120_000), from(0, guest));
        let Ok(code) = code else {
            refused = code.err();
            break;
        };
        came += 1;
        for _ in 1..OPEN_MEMBERS_PER_NETWORK_MAX {
            guest += 1;
            match enter(&mut town, code, from(0, guest)) {
                Ok(()) => came += 1,
                Err(error) => refused = Some(error),
            }
        }
    }
    assert_eq!((came, refused), (OPEN_MEMBERS_ALL_PER_NETWORK_MAX, Some(ApiError::ServerFull)));
    assert!(enter_first(&mut town, START, at_ms(120_000), from(1, 1)).is_ok());
}

#[test]
fn a85_a_network_that_opens_too_many_rooms_gives_up_its_own_idle_ones_and_nobody_elses() {
    let mut town = Town::default();
    let theirs = open_from(&mut town, START, from(1, 1)).unwrap();
    let guest = |number: usize| from(0, number as u128 + 10);
    let codes: Vec<_> = (0..ROOMS_PER_NETWORK_MAX)
        .map(|number| open_from(&mut town, at_ms(number as u64), guest(number)).unwrap())
        .collect();
    town.join(at_ms(1), codes[0], from(2, 5), "Jun").unwrap();
    town.tell(at_ms(1_000));
    let more = open_from(&mut town, at_ms(1_000), guest(9_999));
    assert!(matches!(more, Err(ApiError::TooManyRequests { .. })), "all have just been opened");
    let later = at_ms(1_000).after(ROOM_IDLE_MIN);
    open_from(&mut town, later, guest(9_999)).unwrap();
    assert!(town.show(later, codes[0], GuestId(10)).is_ok(), "two have met in it");
    assert_eq!(town.show(later, codes[1], GuestId(11)), Err(ApiError::NoSuchRoom));
    assert!(town.show(later, theirs, GuestId(1)).is_ok());
    assert_eq!(town.count(RoomKind::Room), ROOMS_PER_NETWORK_MAX + 1);
}

#[test]
fn a85_a_room_that_somebody_needs_does_not_make_way() {
    let mut town = Town::default();
    let codes: Vec<_> = (0..ROOMS_PER_NETWORK_MAX as u128)
        .map(|number| open_from(&mut town, START, from(0, number + 10)).unwrap())
        .collect();
    town.tell(START);
    for (number, code) in codes.iter().enumerate() {
        let guest = GuestId(number as u128 + 10);
        match number % 3 {
            0 => drop(town.watch(*code, guest, false).unwrap()),
            1 => begin(&mut town, START, *code, at_ms(3_600_000)),
            _ => {
                let at = RoomStart::At { at_ms: at_ms(7_200_000).as_millis() };
                let set = |room: &mut Room| {
                    room.settings.start = at;
                    Ok(())
                };
                town.change(START, *code, guest, set).unwrap();
            }
        }
    }
    town.tell(START);
    let later = at_ms(1_800_000);
    let more = open_from(&mut town, later, from(0, 1));
    assert!(matches!(more, Err(ApiError::TooManyRequests { .. })));
    town.unwatch(later, codes[0], 0);
    town.tell(later);
    let later = later.after(ROOM_IDLE_MIN);
    open_from(&mut town, later, from(0, 1)).unwrap();
    assert_eq!(town.show(later, codes[0], GuestId(10)), Err(ApiError::NoSuchRoom));
}

#[test]
fn a85_rooms_of_people_never_keep_an_open_race_from_being_made() {
    let mut town = Town::default();
    for number in 0..ROOMS_MAX {
        let network = u32::try_from(number / ROOMS_PER_NETWORK_MAX).unwrap();
        open_from(&mut town, START, from(network, number as u128 + 10)).unwrap();
    }
    town.tell(START);
    let network = u32::try_from(ROOMS_MAX).unwrap();
    assert_eq!(open_from(&mut town, START, from(network, 1)), Err(ApiError::ServerFull));
    open_race(&mut town, START, at_ms(120_000));
    open_from(&mut town, START.after(ROOM_IDLE_MIN), from(network, 1)).unwrap();
    assert_eq!(town.count(RoomKind::Room), ROOMS_MAX, "the oldest lobby with one person made way");
}

#[test]
fn a85_finished_open_races_make_way_for_the_next_one() {
    let mut town = Town::default();
    let now = at_ms(3_600_000);
    for number in 0..OPEN_ROOMS_MAX as u64 {
        let code = open_race(&mut town, START, at_ms(120_000 + number));
        finish(&mut town, at_ms(number), code);
    }
    open_race(&mut town, now, at_ms(4_000_000));
    assert_eq!(town.count(RoomKind::Open), OPEN_ROOMS_MAX);
    assert_eq!(town.open.len(), 1);
}

#[test]
fn a85_the_members_of_a_network_in_rooms_are_limited_and_its_idle_rooms_make_way() {
    let mut town = Town::default();
    let mut guest = 0u128;
    let mut join = |town: &mut Town, now, code| {
        guest += 1;
        let client = from(0, guest + 1_000_000);
        town.bring_in(now, code, client, |room| room.join(now, client.guest, &format!("p{guest}")))
    };
    let mut codes = Vec::new();
    for room in 0..ROOM_MEMBERS_PER_NETWORK_MAX as u128 / 1_000 {
        let code = open_from(&mut town, at_ms(1), from(0, room + 10)).unwrap();
        (1..1_000).for_each(|_| join(&mut town, START, code).unwrap());
        codes.push(code);
    }
    town.tell(START);
    let other = open_from(&mut town, START, from(1, 1)).unwrap();
    assert_eq!(join(&mut town, START, other), Err(ApiError::ServerFull));
    assert!(join(&mut town, START.after(ROOM_IDLE_MIN * 2), other).is_ok());
    assert_eq!(town.count(RoomKind::Room), codes.len(), "one has ended");
}

#[test]
fn a85_what_is_counted_is_the_same_after_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = RoomStore::open(&folder.path().join("rooms.sqlite3")).unwrap();
    let mut town = Town::default();
    let code = open_from(&mut town, START, from(0, 1)).unwrap();
    let race = open_race(&mut town, START, at_ms(120_000));
    store.write(&town.take_changes()).unwrap();
    town.tell(START);
    let counted = |town: &Town| {
        let kinds = [RoomKind::Room, RoomKind::Open];
        let own = Network::of(IpAddr::V4(Ipv4Addr::from(0x0a00_0000)));
        let opened: Vec<_> = town.shares.opened_from(own).collect();
        (kinds.map(|kind| (town.shares.members(kind), town.shares.rooms(kind))), opened)
    };
    let before = counted(&town);
    store.fill_the_disk();
    for guest in 2..300 {
        town.join(START, code, from(1, guest), "Jun").unwrap();
        enter(&mut town, race, from(1, guest)).unwrap();
    }
    assert!(store.write(&town.take_changes()).is_err());
    town.go_back(START, &store, &Outages::default()).unwrap();
    town.tell(START);
    assert_eq!(counted(&town), before);
    let mut all = std::mem::take(&mut town.rooms).into_keys().collect::<Vec<_>>();
    all.sort_unstable();
    assert_eq!(all.len(), 2);
}

#[test]
fn a73_a_list_of_open_races_shows_those_next_and_the_latest_under_way() {
    let mut town = Town::default();
    let now = at_ms(60_000);
    let mut codes: Vec<_> = (0..OPEN_LISTED_RUNNING as u64 + 5)
        .map(|number| {
            let code = open_race(&mut town, START, at_ms(120_000));
            begin(&mut town, at_ms(number), code, at_ms(900_000));
            code
        })
        .collect();
    let next = open_race(&mut town, START, at_ms(120_000));
    let over = codes.pop().unwrap();
    town.note_runs(over, &[], true);
    town.tell(now);
    let running = town.running_open_races(now);
    let latest: Vec<_> = codes.iter().rev().take(OPEN_LISTED_RUNNING).copied().collect();
    assert_eq!(running.iter().map(|room| room.code).collect::<Vec<_>>(), latest);
    assert!(running.iter().all(|room| (room.stage, room.entered) == (RoomStage::Running, 1)));
    let entered = town.open_races(now, &[RoomCode::random(), next]);
    let [room] = &entered[..] else { panic!("one of them is there") };
    assert_eq!((room.code, room.stage, room.opens_at), (next, RoomStage::Lobby, at_ms(120_000)));
    assert_eq!(room.starts_at, at_ms(60_000));
}
