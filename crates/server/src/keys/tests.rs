//! Cookies and passes are accepted only with the signature of this server.

use sale::{Moment, Visitor};

use practice::Act;
use protocol::NewRace;

use super::{KeyNeed, Keys, content_of_act, content_of_marks, content_of_race, key_of};
use crate::ids::{GuestId, RaceId};

fn keys() -> (tempfile::TempDir, Keys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("secret.key"), KeyNeed::Signed).unwrap();
    (folder, keys)
}

#[test]
fn a2_a_changed_cookie_is_not_accepted() {
    let (folder, keys) = keys();
    let cookie = keys.guest_cookie(GuestId(7));
    assert_eq!(keys.guest_of(&cookie), Some(GuestId(7)));
    let again = Keys::open(&folder.path().join("secret.key"), KeyNeed::Signed).unwrap();
    assert_eq!(again.guest_of(&cookie), Some(GuestId(7)), "the key is kept");
    let other = cookie.replacen('7', "8", 1);
    for wrong in [&other, "", ".", "7.", &cookie[..cookie.len() - 2], "é.é"] {
        assert_eq!(keys.guest_of(wrong), None, "{wrong}");
    }
}

#[cfg(unix)]
#[test]
fn a2_only_its_owner_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _keys) = keys();
    let about = std::fs::metadata(folder.path().join("secret.key")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a3_a_pass_is_for_one_race_one_visitor_and_one_deadline() {
    let (_folder, keys) = keys();
    let (race, visitor, until) = (RaceId(1), Visitor(2), Moment::from_millis(3));
    let pass = keys.pass(race, visitor, until);
    assert!(keys.is_pass(&pass, race, visitor, until));
    assert!(!keys.is_pass(&pass, RaceId(2), visitor, until));
    assert!(!keys.is_pass(&pass, race, Visitor(3), until));
    assert!(!keys.is_pass(&pass, race, visitor, Moment::from_millis(4)));
    assert!(!keys.is_pass("", race, visitor, until));
}

#[test]
fn a4_keys_differ_by_guest() {
    assert_eq!(key_of(GuestId(1), "a"), key_of(GuestId(1), "a"));
    assert_ne!(key_of(GuestId(1), "a"), key_of(GuestId(2), "a"));
    assert_ne!(key_of(GuestId(1), "a"), key_of(GuestId(1), "b"));
}

#[test]
fn j14_the_digests_in_a_journal_do_not_change_unnoticed() {
    let new = NewRace { scenario: Some("calm".to_owned()), seed: Some(7), ..NewRace::default() };
    let digests = [
        content_of_act(Act::Pay { expected_won: 51_000 }),
        content_of_marks(&[]),
        content_of_race(&new),
    ];
    assert_eq!(
        digests,
        [15_340_337_581_994_155_247, 7_976_930_419_680_498_176, 2_559_266_483_488_892_233]
    );
    assert_eq!(key_of(GuestId(1), "a").get(), 10_705_883_879_307_900_803);
}

#[test]
fn a45_an_empty_key_is_replaced_only_if_no_race_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    std::fs::write(&path, b"").unwrap();
    let refused = Keys::open(&path, KeyNeed::Signed).unwrap_err();
    assert!(refused.to_string().contains("put a copy of the key back"), "{refused}");
    Keys::open(&path, KeyNeed::None).unwrap();
    assert_eq!(std::fs::read(&path).unwrap().len(), 32);
    Keys::open(&path, KeyNeed::Signed).unwrap();
    let names = std::fs::read_dir(folder.path()).unwrap();
    assert_eq!(names.count(), 1, "nothing else is left");
}
