//! Cookies and passes are accepted only with the signature of this server.

use sale::{Moment, Visitor};

use super::{Keys, tag_of};
use crate::ids::{GuestId, RaceId};

fn keys() -> (tempfile::TempDir, Keys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("secret.key")).unwrap();
    (folder, keys)
}

#[test]
fn a2_a_changed_cookie_is_not_accepted() {
    let (folder, keys) = keys();
    let cookie = keys.guest_cookie(GuestId(7));
    assert_eq!(keys.guest_of(&cookie), Some(GuestId(7)));
    let again = Keys::open(&folder.path().join("secret.key")).unwrap();
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
fn a4_tags_differ_by_guest_and_by_key() {
    assert_eq!(tag_of(GuestId(1), "a"), tag_of(GuestId(1), "a"));
    assert_ne!(tag_of(GuestId(1), "a"), tag_of(GuestId(2), "a"));
    assert_ne!(tag_of(GuestId(1), "a"), tag_of(GuestId(1), "b"));
}
