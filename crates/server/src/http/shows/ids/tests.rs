//! Tests of numbers in paths.

use super::Number;

#[test]
fn k38_a_number_has_one_form() {
    assert_eq!("41".parse::<Number>().unwrap(), Number(41));
    for text in ["", "0", "041", "+41", "-41", "4 1", "٤١", "41.0", "9223372036854775808"] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}
