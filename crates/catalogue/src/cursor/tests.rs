//! Cursors that are read, and those that are not.

use proptest::prelude::*;

use super::*;

const KEY: CursorKey = CursorKey([7; 32]);

fn list(name: &str) -> ListTag {
    ListTag::new(name, &[Some("서울"), None])
}

#[test]
fn k8_a_cursor_fits_its_own_list_and_key_only() {
    let place = Place { first: -3, second: i64::MAX, third: 5 };
    let text = write(&KEY, list("search"), place);
    assert_eq!(read(&KEY, list("search"), &text), Ok(place));
    assert_eq!(read(&KEY, list("on sale"), &text), Err(BadCursor));
    assert_eq!(read(&KEY, ListTag::new("search", &[None, Some("서울")]), &text), Err(BadCursor));
    assert_eq!(
        read(&KEY, ListTag::new("search", &[Some("서울"), Some("")]), &text),
        Err(BadCursor)
    );
    assert_eq!(read(&CursorKey([8; 32]), list("search"), &text), Err(BadCursor));
}

#[test]
fn k8_a_cursor_with_one_changed_or_missing_character_is_refused() {
    let text = write(&KEY, list("search"), Place::of(1, 2));
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(read(&KEY, list("search"), &changed), Err(BadCursor), "{at}");
        assert_eq!(read(&KEY, list("search"), &text[..at]), Err(BadCursor), "{at}");
    }
    assert_eq!(read(&KEY, list("search"), &format!("{text}A")), Err(BadCursor));
}

proptest! {
    #[test]
    fn k8_any_other_text_is_refused(text in ".{0,100}") {
        prop_assert_eq!(read(&KEY, list("search"), &text), Err(BadCursor));
    }
}
