//! Tests of what is said of a fault.

use super::{fault, without_value};

#[test]
fn l24_a_message_says_kind_and_key_and_no_value() {
    for (message, shown) in [
        (
            "invalid type: string \"hunter2\", expected a sequence",
            "invalid type: string, expected a sequence",
        ),
        (
            "invalid type: string \"a, expected b\", expected a number",
            "invalid type: string, expected a number",
        ),
        (
            "invalid value: integer `0`, expected a nonzero u32",
            "invalid value: integer, expected a nonzero u32",
        ),
        ("invalid type: sequence, expected a string", "invalid type: sequence, expected a string"),
        (
            "unknown variant `hunter2`, expected `text` or `json`",
            "unknown variant, expected `text` or `json`",
        ),
        ("unknown variant `hunter2`", "unknown variant"),
        ("unknown field `listne`, expected `listen`", "unknown field `listne`, expected `listen`"),
        ("missing field `id`", "missing field `id`"),
    ] {
        assert_eq!(without_value(message), shown);
    }
}

#[test]
fn l24_a_place_is_a_line_and_a_column_in_characters() {
    let text = "열쇠 = 1\nlog = 5\n";
    for (place, shown) in [
        (Some(0..1), "line 1, column 1: bad"),
        (Some(text.find('=').unwrap()..9), "line 1, column 4: bad"),
        (Some(text.find('5').unwrap()..17), "line 2, column 7: bad"),
        (Some(text.len()..text.len()), "line 3, column 1: bad"),
        (Some(1..2), "bad"),
        (None, "bad"),
    ] {
        assert_eq!(fault(text, place, "bad"), shown);
    }
}
