//! A header is read as it was written, and headers of other forms are refused.

use practice::{About, Begun, Header, HeaderError, PersonId, Versions};
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
    };
    let begun = Some(Begun { host: PersonId(7), at_unix_ns: 1_000, content: 77 });
    Header { versions: Versions::HERE, seed: 5, ends_at: Moment::from_millis(9), begun, about }
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
