//! Tests of pictures.

use sha2::{Digest, Sha256};

use super::{FORM, version};

#[test]
fn k42_browsers_keep_a_picture_for_ever_so_another_drawing_has_another_form() {
    let mut hash = Sha256::new();
    for seed in 0..8 {
        hash.update(catalogue::poster(seed, "겨울 바다 콘서트", "물마루홀"));
        hash.update(catalogue::portrait(seed, "달무리"));
    }
    let drawn = data_encoding::HEXLOWER.encode(&hash.finalize()[..8]);
    let (form, known) = (2, "b21e62099bf74930");
    assert_eq!((FORM, drawn.as_str()), (form, known), "raise FORM, and write the new hash here");
}

#[test]
fn k42_a_version_names_all_that_a_picture_is_drawn_from() {
    let one = version(7, &["ab", "c"]);
    assert_eq!(one.len(), 16);
    assert_ne!(one, version(8, &["ab", "c"]));
    assert_ne!(one, version(7, &["a", "bc"]));
}
