//! What is kept, and what gives way.

use super::*;

#[test]
fn a43_what_was_asked_for_last_is_kept_within_its_bytes() {
    let recent = Recent::new(10);
    let keep = |key: char, bytes| recent.keep(key, Arc::new(key), bytes);
    let kept = |keys: &[char]| keys.iter().filter(|key| recent.get(key).is_some()).count();
    keep('a', 4);
    keep('b', 4);
    assert_eq!(kept(&['a', 'b']), 2);
    // `a` was asked for before `b`, so it gives way to `c`.
    keep('c', 4);
    assert_eq!((kept(&['a']), kept(&['b', 'c'])), (0, 2));
    keep('b', 6);
    assert_eq!(kept(&['b', 'c']), 2, "a value in place of the former counts once");
    keep('d', 11);
    assert_eq!(kept(&['b', 'c', 'd']), 0, "what is larger than all that may be kept");
}
