//! Circles in small invented crates, each file told as its path below `crates/a/src/` and its text.

use super::*;
use crate::tidy::tree::File;

fn messages(files: &[(&str, &str)]) -> Vec<String> {
    let paths = files
        .iter()
        .map(|(path, text)| File::new(&format!("crates/a/src/{path}"), text.as_bytes().to_vec()));
    let mut files: Vec<File> = paths.collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    check(&Tree { files }).iter().map(ToString::to_string).collect()
}

/// The circles alone, as in `a::b → a::c → a::b`.
fn circles(files: &[(&str, &str)]) -> Vec<String> {
    let inside = |message: String| {
        let (_, rest) = message.split_once("circle: ").unwrap();
        rest.split_once(" (at").unwrap().0.to_owned()
    };
    messages(files).into_iter().map(inside).collect()
}

const NONE: [&str; 0] = [];
const B_AND_C: [&str; 1] = ["a::b → a::c → a::b"];

#[test]
fn a_fault_names_the_circle_and_every_line_of_it() {
    let found = messages(&[
        ("lib.rs", "mod b; mod c;"),
        ("b.rs", "//! B.\nuse crate::c::C;\n"),
        ("c.rs", "//! C.\n\nuse super::b::B;\n"),
    ]);
    assert_eq!(
        found,
        ["crates/a/src/b.rs:2: modules use each other in a circle: a::b → a::c → a::b \
          (at crates/a/src/b.rs:2, crates/a/src/c.rs:3): \
          move what they share into a module of its own"]
    );
}

#[test]
fn a_use_in_one_direction_is_no_circle() {
    let root = ("lib.rs", "mod b; mod c; mod d;");
    let files = [root, ("b.rs", "use crate::{c::C, d::D};"), ("c.rs", "use crate::d;\nd::f();")];
    assert_eq!(circles(&files), NONE);
}

#[test]
fn a_circle_of_three_is_found() {
    let root = ("lib.rs", "mod b; mod c; mod d;");
    let files = [
        root,
        ("b.rs", "use crate::c::C;"),
        ("c.rs", "use crate::d::D;"),
        ("d.rs", "use crate::b::B;"),
    ];
    assert_eq!(circles(&files), ["a::b → a::c → a::d → a::b"]);
}

#[test]
fn every_way_to_name_a_module_counts() {
    let both = |b, c| circles(&[("lib.rs", "mod b; mod c;"), ("b.rs", b), ("c.rs", c)]);
    for b in [
        "use crate::c::C;",
        "use super::c::C as D;",
        "use self::super::c::{\n    self,\n    C,\n};",
        "use crate::{\n    x::{Y, Z},\n    c::{d::D, C},\n};",
        "pub fn f(c: crate::c::C) {}",
        "pub fn f() {\n    super::c::f()\n}",
        "use crate::c;\nfn f() { c::f() }",
        "use super::{c as d};\nfn f() -> d::D { todo!() }",
        "fn f() {\n    use crate::c::*;\n}",
        "macro_rules! m { () => { $crate::c::f() } }",
    ] {
        assert_eq!(both(b, "use crate::b::B;"), B_AND_C, "{b}");
    }
}

#[test]
fn what_only_looks_like_a_use_does_not_count() {
    let both = |b, c| circles(&[("lib.rs", "mod b; mod c;"), ("b.rs", b), ("c.rs", c)]);
    for b in [
        "// use crate::c::C;",
        "/* use crate::c::C; /* crate::c::C */ */",
        "/* /* */ crate::c::C */",
        "const A: &str = \"crate::c::C\";",
        "const A: &str = \"\\\" crate::c::C\";",
        "const A: &str = r#\"\" crate::c::C\"#;",
        "const A: char = '\"'; // crate::c::C \"",
        "fn f<'a>(x: &'a str) { /* 'crate::c::C' */ }",
        "use c::C;",
        "fn f() { <u8 as X>::c::f() }",
        "fn f() { x.c::<u8>() }",
        "use crate::c;",
        "pub(in crate::c) fn f() {}",
    ] {
        assert_eq!(both(b, "use crate::b::B;"), NONE, "{b}");
    }
}

#[test]
fn a_path_that_begins_outside_leads_to_no_module() {
    let root = "mod c;\nuse ::c::C;\nfn f() { ::c::f(); }\nfn helper() {}";
    let files = |root| circles(&[("lib.rs", root), ("c.rs", "use crate::helper;")]);
    assert_eq!(files(root), NONE);
    assert_eq!(files("mod c;\nfn helper() { c::f(); }"), ["a → a::c → a"]);
}

#[test]
fn tests_are_left_out() {
    let both = |b, c| circles(&[("lib.rs", "mod b; mod c;"), ("b.rs", b), ("c.rs", c)]);
    for b in [
        "#[cfg(test)]\nmod tests {\n    use crate::c::C;\n}",
        "#[cfg(test)]\nmod tests;",
        "#[cfg(test)]\nuse crate::{c::{C, D}, d};",
        "#[cfg(test)]\n#[expect(x)]\npub(crate) fn f(a: A, b: B) { crate::c::f() }",
        "#[cfg(all(test, unix))]\nimpl B { fn f() { crate::c::f() } }",
        "struct B {\n    #[cfg(test)]\n    c: crate::c::C,\n}",
    ] {
        assert_eq!(both(b, "use crate::b::B;"), NONE, "{b}");
    }
    let after = "#[cfg(test)]\nmod tests;\nuse crate::c::C;";
    assert_eq!(both(after, "use crate::b::B;"), B_AND_C);
    let field = "struct B {\n    #[cfg(test)]\n    x: u8,\n    c: crate::c::C,\n}";
    assert_eq!(both(field, "use crate::b::B;"), B_AND_C);
    let after_use = "#[cfg(test)]\nuse crate::{x, y};\nuse crate::c::C;";
    assert_eq!(both(after_use, "use crate::b::B;"), B_AND_C);
    let otherwise = "#[cfg(not(test))]\nuse crate::c::C;";
    assert_eq!(both(otherwise, "use crate::b::B;"), B_AND_C);
    let in_a_file = [
        ("lib.rs", "mod b;"),
        ("b.rs", "#[cfg(test)]\nmod tests;"),
        ("b/tests.rs", "use super::B;"),
    ];
    assert_eq!(circles(&in_a_file), NONE);
}

#[test]
fn a_parent_and_its_child_make_a_circle() {
    let child = ("b/c.rs", "use super::B;");
    let files = |b| circles(&[("lib.rs", "mod b;"), ("b.rs", b), child]);
    assert_eq!(files("mod c;\nuse c::C;"), ["a::b → a::b::c → a::b"]);
    assert_eq!(files("mod c;\nfn f() { c::f() }"), ["a::b → a::b::c → a::b"]);
    assert_eq!(files("mod c;"), NONE);
    assert_eq!(files("mod c;\npub use c::C;\npub(crate) use self::c::{D, E};"), NONE);
    assert_eq!(files("mod c;\npub use c::C;\nfn f(c: C) {}"), ["a::b → a::b::c → a::b"]);
}

#[test]
fn the_root_is_a_module_too() {
    let child = ("b.rs", "use crate::helper;");
    let files = |root| circles(&[("main.rs", root), child]);
    assert_eq!(files("mod b;\nfn helper() { b::run() }"), ["a → a::b → a"]);
    assert_eq!(files("mod b;\nfn helper() {}"), NONE);
}

#[test]
fn a_name_that_is_passed_on_leads_to_the_module_that_defines_it() {
    let b = ("b.rs", "use crate::C;");
    let c = ("c.rs", "pub struct C;\nuse crate::b::B;");
    for root in [
        "mod b; mod c;\npub use c::C;",
        "mod b; mod c;\npub use crate::c::{C};",
        "mod b; mod c;\npub use c::*;",
        "mod b; mod c; mod d;\npub use d::C;",
        "mod b; mod c; mod d;\npub use d::D as C;",
    ] {
        let d = ("d.rs", "pub use crate::c::C;\npub use super::c::C as D;");
        assert_eq!(circles(&[("lib.rs", root), b, c, d]), B_AND_C, "{root}");
    }
    let from_outside = [("lib.rs", "mod b; mod c;\npub use sale::C;"), b, c];
    assert_eq!(circles(&from_outside), NONE);
}

#[test]
fn a_module_written_out_in_its_parent_is_a_module() {
    let root = "mod b {\n    use super::c::C;\n}\nmod c {\n    use super::b::B;\n}";
    assert_eq!(circles(&[("lib.rs", root)]), B_AND_C);
}

#[test]
fn every_program_is_looked_at_by_itself() {
    let program = "mod b; mod c;";
    let (b, c) = ("use crate::c::C;", "use crate::b::B;");
    assert_eq!(circles(&[("bin/x.rs", program), ("bin/b.rs", b), ("bin/c.rs", c)]), B_AND_C);
    assert_eq!(circles(&[("bin/x.rs", "use a::b::B;"), ("lib.rs", "mod b;"), ("b.rs", b)]), NONE);
}

#[test]
fn names_that_pass_each_other_on_end_somewhere() {
    let files = [
        ("lib.rs", "mod b; mod c;"),
        ("b.rs", "pub use crate::c::X;\npub use crate::c::*;\nfn f() { X }"),
        ("c.rs", "pub use crate::b::X;\npub use crate::b::*;\nfn f() { X }"),
    ];
    assert_eq!(circles(&files), NONE);
}
