//! A header comes back as it was written, and races of other versions are told apart.

use scenario::{Library, Overrides, Recipe};

use super::{Header, HeaderError};
use crate::clock::UnixTime;
use crate::course::Course;
use crate::ids::GuestId;

#[test]
fn a5_a_race_is_set_up_from_its_header_alone() {
    let recipe = Recipe::load(&Library::built_in(), "first-time", &Overrides::default()).unwrap();
    let course = Course::new(recipe.clone()).unwrap();
    let header = Header::new(&course, GuestId(7), 5, UnixTime::from_nanos(1_000));
    let bytes = header.encode(&recipe);
    assert_eq!(Header::decode(&bytes).unwrap(), header);
    let (whole, again) = Header::decode_whole(&bytes).unwrap();
    assert_eq!((whole, again), (header.clone(), recipe));
    assert!(header.check_versions().is_ok());
    let older = Header { versions: (0, 0), ..header };
    assert!(matches!(older.check_versions(), Err(HeaderError::Recorded { found: (0, 0) })));
}

#[test]
fn a5_a_header_of_another_kind_is_told_apart() {
    assert!(matches!(Header::decode(b"{\"version\":9}"), Err(HeaderError::Version { found: 9 })));
    for bytes in [b"".as_slice(), b"nonsense", b"{}", b"{\"version\":1}"] {
        assert!(matches!(Header::decode(bytes), Err(HeaderError::Json(_))));
    }
}
