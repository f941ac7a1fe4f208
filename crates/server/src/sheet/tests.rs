//! Tests: how the sections of a hall are called.

use std::collections::HashSet;

use scenario::{Course, Library, Overrides, Recipe};

use super::section_names;

#[test]
fn k34_sections_of_one_label_have_a_name_for_each_floor() {
    let library = Library::built_in();
    let recipe =
        Recipe::load(&library, "theatre-small", &Overrides { rivals: None, style: None }).unwrap();
    let names = section_names(&Course::new(recipe).unwrap());
    assert!(names.contains(&"1-A".to_owned()) && names.contains(&"2-A".to_owned()), "{names:?}");
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
}
