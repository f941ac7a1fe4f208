//! A header is read as it was written, and headers of other forms are refused.

use practice::{
    About, Begun, Exercise, Fair, Header, HeaderError, PerformanceId, PersonId, Versions,
};
use protocol::Title;
use sale::Moment;

fn header() -> Header {
    let title = Title { ko: "첫 연습".to_owned(), en: "First".to_owned(), ja: "初".to_owned() };
    let about = About {
        scenario: "first-time".to_owned(),
        title,
        plan: "theatre".to_owned(),
        demand: "practice".to_owned(),
        style: "n-style".to_owned(),
        rivals: 1_200,
        seats: 400,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    let begun = Some(Begun { host: PersonId(7), at_unix_ns: 1_000, content: 77 });
    let fair = Fair::chosen(5);
    let (versions, ends_at) = (Versions::HERE, Moment::from_millis(9));
    Header { versions, fair, shared: false, ends_at, begun, about }
}

#[test]
fn a5_a_header_and_its_recipe_are_read_as_they_were_written() {
    let bytes = header().encode("{\"plan\":1}");
    assert_eq!(Header::decode(&bytes), Ok(header()));
    assert_eq!(Header::decode_whole(&bytes), Ok((header(), "{\"plan\":1}".to_owned())));
    let headless = Header { begun: None, ..header() };
    assert_eq!(Header::decode(&headless.encode("")), Ok(headless));
}

#[test]
fn a5_a_race_of_other_versions_is_refused() {
    assert_eq!(Versions::HERE.check(), Ok(()));
    let found = Versions { rules: 0, ..Versions::HERE };
    assert_eq!(found.check(), Err(HeaderError::OtherVersions { found }));
}

#[test]
fn a5_a_header_of_another_form_is_refused() {
    for older in [b"{\"version\":1}".as_slice(), b"H\x10\0\0\0", &[1, 0, 7]] {
        assert_eq!(Header::decode(older), Err(HeaderError::Older));
    }
    assert_eq!(Header::decode(&[9, 0, 7]), Err(HeaderError::Newer { found: 9 }));
    assert_eq!(Header::decode(b""), Err(HeaderError::Damaged));
    let bytes = header().encode("recipe");
    for length in 1..bytes.len() {
        assert!(Header::decode_whole(&bytes[..length]).is_err(), "cut after {length} bytes");
    }
}

#[test]
fn j30_a_header_keeps_seed_secret_and_whether_others_may_enter() {
    let keyed = Fair::keyed(u128::MAX - 7, [0xab; 16]);
    for (fair, shared) in [(keyed, true), (Fair::drawn(u64::MAX), false), (Fair::chosen(1), true)] {
        let header = Header { fair, shared, ..header() };
        assert_eq!(Header::decode(&header.encode("")), Ok(header));
    }
    assert!(!format!("{keyed:?}").contains("171"), "no log shows the secret");
}

#[test]
fn j30_a_header_of_the_version_before_is_read() {
    let bytes = header().encode("recipe");
    // After the version of the form and the two versions of the program come a bool and the fair part:
    // 16 bytes of seed, one for no secret and one for a chosen seed. Before, eight bytes of seed did.
    // Before the recipe with its length stand one byte for no exercise, which the two oldest versions lack, and one for
    // no performance, which all three lack.
    let rest = &bytes[6 + 1 + 18..];
    let (rest, recipe) = rest.split_at(rest.len() - 4 - "recipe".len() - 2);
    let fair_at = [&[4, 0], &bytes[2..6], &5u64.to_le_bytes()].concat();
    let before_fair = [&fair_at, rest, &recipe[2..]].concat();
    let before_exercises = [&[5, 0], &bytes[2..6 + 1 + 18], rest, &recipe[2..]].concat();
    let before_openings = [&[6, 0], &bytes[2..6 + 1 + 18], rest, &recipe[1..]].concat();
    for older in [before_fair, before_exercises, before_openings] {
        assert_eq!(Header::decode_whole(&older), Ok((header(), "recipe".to_owned())));
        for length in 1..older.len() {
            assert!(Header::decode_whole(&older[..length]).is_err(), "cut after {length} bytes");
        }
    }
}

#[test]
fn j31_a_header_keeps_which_exercise_the_race_is() {
    for exercise in Exercise::ALL {
        let about = About { exercise: Some(exercise), ..header().about };
        let header = Header { about, ..header() };
        assert_eq!(Header::decode(&header.encode("")), Ok(header));
    }
}

#[test]
fn k63_a_header_keeps_of_which_performance_the_race_is_a_rehearsal() {
    let about = About { rehearses: Some(PerformanceId(77)), ..header().about };
    let header = Header { about, shared: false, ..header() };
    let bytes = header.encode("recipe");
    assert_eq!(Header::decode_whole(&bytes), Ok((header, "recipe".to_owned())));
}

#[test]
fn k55_a_header_keeps_of_which_performance_the_race_is_the_sale() {
    let about = About { performance: Some(PerformanceId(77)), ..header().about };
    let header = Header { about, shared: true, ..header() };
    let bytes = header.encode("recipe");
    assert_eq!(Header::decode_whole(&bytes), Ok((header, "recipe".to_owned())));
}
