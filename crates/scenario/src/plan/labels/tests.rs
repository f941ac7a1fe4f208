//! Labels of letters and of numbers count up.

use super::label_after;

#[test]
fn labels_of_letters_and_numbers_count_up() {
    let check = |first, steps, want: Option<&str>| {
        assert_eq!(label_after(first, steps).as_deref(), want, "{first} + {steps}");
    };
    check("A", 0, Some("A"));
    check("A", 25, Some("Z"));
    check("A", 26, Some("AA"));
    check("Y", 30, Some("BC"));
    check("201", 19, Some("220"));
    check("1", 0, Some("1"));
    check("", 0, None);
    check("a", 0, None);
    check("가", 1, None);
    check("4294967295", 1, None);
}
