//! Each check, on invented projects of a few lines: some keep the rule, the others break it.

use super::{tree::File, *};

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut files: Vec<File> =
        files.iter().map(|(path, text)| File::new(path, text.as_bytes().to_vec())).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Tree { files }
}

/// The faults as `path:line`, a form that editors can jump to.
fn places(check: Check, files: &[(&str, &str)]) -> Vec<String> {
    check(&tree(files)).iter().map(|fault| format!("{}:{}", fault.path, fault.line)).collect()
}

const NOWHERE: [&str; 0] = [];

#[test]
fn a_module_begins_with_a_sentence_about_itself() {
    assert_eq!(places(module_docs::check, &[("a.rs", "//! Seats.\n")]), NOWHERE);
    assert_eq!(places(module_docs::check, &[("a.rs", "use b;\n//! Seats.\n")]), ["a.rs:1"]);
    assert_eq!(places(module_docs::check, &[("a.rs", "")]), ["a.rs:1"]);
}

#[test]
fn a_long_file_is_a_fault_unless_it_holds_tests() {
    let (fits, long) = ("x\n".repeat(600), "x\n".repeat(601));
    assert_eq!(places(file_length::check, &[("src/a.rs", &fits)]), NOWHERE);
    assert_eq!(places(file_length::check, &[("src/a.rs", &long)]), ["src/a.rs:601"]);
    let tests = [("a/src/b/tests.rs", &*long), ("a/tests/it/b.rs", &long)];
    assert_eq!(places(file_length::check, &tests), NOWHERE);
}

#[test]
fn a_large_file_is_a_fault() {
    let (fits, large) = ("x".repeat(500_000), "x".repeat(500_001));
    assert_eq!(places(file_size::check, &[("fits", &fits), ("large", &large)]), ["large:1"]);
}

#[test]
fn a_todo_without_an_owner_is_a_fault() {
    let mark = concat!("TO", "DO");
    let check = |line: String| places(unowned_todo::check, &[("a.rs", &line)]);
    assert_eq!(check(format!("\n// {mark}: later")), ["a.rs:2"]);
    assert_eq!(check(format!("// {mark}() later")), ["a.rs:1"]);
    assert_eq!(check(concat!("// FIX", "ME").to_owned()), ["a.rs:1"]);
    assert_eq!(check(format!("// {mark}(mina) later")), NOWHERE);
    assert_eq!(check(format!("let {mark}S = 1;")), NOWHERE);
    assert_eq!(places(unowned_todo::check, &[("a.md", mark)]), NOWHERE);
}

#[test]
fn a_document_has_one_title() {
    assert_eq!(
        places(headings::check, &[("a.md", "# A\n\n## B\n```\n# not a title\n```\n")]),
        NOWHERE
    );
    assert_eq!(places(headings::check, &[("a.md", "## B\n")]), ["a.md:1"]);
    assert_eq!(places(headings::check, &[("a.md", "# A\n# B\n# C\n")]), ["a.md:2", "a.md:3"]);
}

#[test]
fn a_crate_without_the_lints_of_the_workspace_is_a_fault() {
    let check = |manifest| places(lint_table::check, &[("crates/a/Cargo.toml", manifest)]);
    assert_eq!(check("[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n"), NOWHERE);
    assert_eq!(check("[package]\nname = \"a\"\n"), ["crates/a/Cargo.toml:2"]);
    assert_eq!(check("[lints]\n[dependencies]\nworkspace = true\n"), ["crates/a/Cargo.toml:3"]);
    let beside = places(lint_table::check, &[("fuzz/Cargo.toml", "[package]\n")]);
    assert_eq!(beside, ["fuzz/Cargo.toml:1"]);
    assert_eq!(places(lint_table::check, &[("Cargo.toml", "[workspace]\n")]), NOWHERE);
}

#[test]
fn a_conflict_marker_is_a_fault() {
    let ours = "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n";
    assert_eq!(places(conflict_markers::check, &[("a.txt", ours)]), ["a.txt:2", "a.txt:6"]);
    assert_eq!(places(conflict_markers::check, &[("a.md", "Title\n=======\n")]), NOWHERE);
}

#[test]
fn private_names_and_paths_are_faults() {
    let path = concat!("see /wo", "rk/notes");
    assert_eq!(places(forbidden_words::check, &[("a.md", path)]), ["a.md:1"]);
    let tool = concat!("\nFarm", "-Bench");
    assert_eq!(places(forbidden_words::check, &[("a.rs", tool)]), ["a.rs:2"]);
    assert_eq!(places(forbidden_words::check, &[("a.md", "the Work, at work")]), NOWHERE);
}

#[test]
fn a_name_keeps_to_the_glossary() {
    let check = |text: &str| places(glossary::check, &[("a.rs", text)]);
    for name in ["user", "Users", "USER_ID", "FindUser", "user_id", "new_game", "GameOver"] {
        assert_eq!(check(&format!("\nlet {name} = 1;")), ["a.rs:2"], "{name}");
    }
    for name in ["superuser", "uses", "robot", "both", "user_version", "TingTing"] {
        assert_eq!(check(&format!("let {name} = 1;")), NOWHERE, "{name}");
    }
    assert_eq!(check("// a user\nlet a = \"user\";"), NOWHERE);
}

#[test]
fn a_crate_without_std_that_brings_it_back_is_a_fault() {
    let check = |text| places(bare_crates::check, &[("crates/sale/src/lib.rs", text)]);
    assert_eq!(check("//! Sale.\n#![no_std]\n#[cfg(test)]\nextern crate std;\n"), NOWHERE);
    assert_eq!(check("//! Sale.\n"), ["crates/sale/src/lib.rs:1"]);
    assert_eq!(check("#![no_std]\nextern crate std;\n"), ["crates/sale/src/lib.rs:2"]);
    assert_eq!(places(bare_crates::check, &[("crates/journal/src/lib.rs", "")]), NOWHERE);
}

#[test]
fn a_crate_that_only_computes_reaches_nothing_outside() {
    let check = |text| places(pure_crates::check, &[("crates/protocol/src/a.rs", text)]);
    assert_eq!(
        check("use std::{collections::BTreeMap, fmt};\nuse core::time::Duration;\n"),
        NOWHERE
    );
    assert_eq!(check("#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"), NOWHERE);
    let here = |line: usize| [format!("crates/protocol/src/a.rs:{line}")];
    assert_eq!(check("use std::{\n    collections::BTreeMap,\n    time::Instant,\n};\n"), here(3));
    assert_eq!(check("\nfn f() { std::thread::yield_now() }\n"), here(2));
    assert_eq!(check("\nfn f() { ::std::env::args(); }\n"), here(2));
    assert_eq!(check("mod inside {\n    use ::std::net;\n}\n"), here(2));
    let elsewhere = [
        ("crates/server/src/a.rs", "use std::fs;"),
        ("crates/sale/tests/it/main.rs", "use std::fs;"),
        ("crates/sale/src/seat/tests.rs", "use std::fs;"),
    ];
    assert_eq!(places(pure_crates::check, &elsewhere), NOWHERE);
}

#[test]
fn a_test_file_that_no_module_declares_is_a_fault() {
    let main = ("crates/a/tests/it/main.rs", "mod seats;\n");
    let seats = ("crates/a/tests/it/seats.rs", "mod holds;\n");
    assert_eq!(places(test_files::check, &[main, seats]), NOWHERE);
    let forgotten = ("crates/a/tests/it/queue.rs", "");
    assert_eq!(places(test_files::check, &[main, forgotten]), ["crates/a/tests/it/queue.rs:1"]);
    let nested = ("crates/a/tests/it/seats/holds.rs", "");
    assert_eq!(places(test_files::check, &[main, seats, nested]), NOWHERE);
    let lost = ("crates/a/tests/it/seats/lost.rs", "");
    assert_eq!(
        places(test_files::check, &[main, seats, lost]),
        ["crates/a/tests/it/seats/lost.rs:1"]
    );
}

#[test]
fn a_link_that_leads_nowhere_is_a_fault() {
    let files = |text| [("docs/a.md", text), ("docs/b.md", "# B"), ("README.md", "")];
    let good = "[b](b.md) [b](./b.md#part) [up](../README.md) ![x](/docs/b.md \"title\") [d](.)\n\
                [web](https://example.com) [here](#part) `[no](link)`\n[b]: b.md\n\
                ```\n[not](looked-at.md)\n```\n";
    assert_eq!(places(links::check, &files(good)), NOWHERE);
    let bad = "[x](c.md)\n<img src=\"x.svg\">\n[x]: c.md\n[out](../../b.md)\n";
    assert_eq!(
        places(links::check, &files(bad)),
        ["docs/a.md:1", "docs/a.md:2", "docs/a.md:3", "docs/a.md:4"]
    );
}

#[test]
fn data_that_nothing_names_is_a_fault() {
    let style = ("data/styles/n-style.toml", "");
    assert_eq!(places(data_references::check, &[style]), ["data/styles/n-style.toml:1"]);
    let by_code = ("src/a.rs", "include_str!(\"../data/styles/n-style.toml\")");
    assert_eq!(places(data_references::check, &[style, by_code]), NOWHERE);
    let by_data = ("data/scenarios/a.toml", "style = \"n-style\"");
    assert_eq!(places(data_references::check, &[style, by_data]), ["data/scenarios/a.toml:1"]);
    let not_quite = ("src/a.rs", "\"n-style-2\" \"an-style\"");
    assert_eq!(places(data_references::check, &[style, not_quite]), ["data/styles/n-style.toml:1"]);
}

#[test]
fn o21_a_key_a_token_or_a_password_in_a_file_is_a_fault() {
    let check = |text: &str| places(secrets::check, &[("a.toml", text)]);
    let begin = concat!("-----BEGIN RSA PRIV", "ATE KEY-----");
    assert_eq!(check(&format!("x\n{begin}\nMIIE\n")), ["a.toml:2"]);
    assert_eq!(check(&format!("key = \"{begin}\\nMIIE\"")), ["a.toml:1"]);
    assert_eq!(check(&format!("write(\"{begin}\\n{{text}}\")")), NOWHERE);
    assert_eq!(check(concat!("let k = \"AK", "IAABCDEFGHIJKLMNOP\";")), ["a.toml:1"]);
    assert_eq!(check(concat!("AK", "IA and more")), NOWHERE);
    let set = concat!("pass", "word");
    for line in ["{} = \"hunter2hunter2\"", "\"{}\": 'hunter2hunter2'", "{}:\"hunter2hunter2\""] {
        assert_eq!(check(&line.replace("{}", set)), ["a.toml:1"], "{line}");
    }
    for line in ["{} = \"…\"", "{} = \"${SECRET}\"", "{}_file = \"/etc/hunter2hunter2\"", "{} = 7"]
    {
        assert_eq!(check(&line.replace("{}", set)), NOWHERE, "{line}");
    }
}

#[test]
fn rules_and_tests_name_each_other() {
    let book = (
        "docs/RULES.md",
        "Letters: **S** seats, **H** holds.\n\n- **S1** Once.\n- **H2** Ends.\n- **Note** no rule\n",
    );
    let tests = "fn s1_a_seat_is_sold_once() {\nfn h2_s1_a_hold_ends() {\nfn u8_is_no_rule() {\n";
    let good = [book, ("crates/sale/src/seat/tests.rs", tests)];
    assert_eq!(places(rules::check, &good), NOWHERE);

    let untested = [book, ("crates/sale/src/seat/tests.rs", "fn s1_sold_once() {")];
    assert_eq!(places(rules::check, &untested), ["docs/RULES.md:4"]);

    let in_code =
        [book, ("src/a.rs", "fn s1_no_test() {\n#[cfg(test)]\nfn h2_a() {\nfn h9_a() {\n")];
    assert_eq!(places(rules::check, &in_code), ["src/a.rs:4", "docs/RULES.md:3"]);
}

#[test]
fn a_title_of_a_typescript_test_names_its_rules() {
    let book = ("docs/RULES.md", "Letters: **S** seats.\n\n- **S1** Once.\n- **S2** Shown.\n");
    let shown = |titles: &str| places(rules::check, &[book, ("web/e2e/a.test.ts", titles)]);
    assert_eq!(shown("test(\"S1: a seat\", () => {\n  test(`S2: ${x}`, () => {\n"), NOWHERE);
    assert_eq!(shown("test(\"S1 S2: both\", async ({\n"), NOWHERE);
    assert_eq!(shown("test(\"S1: a seat\"\n"), ["docs/RULES.md:4"]);
    // An unknown number is a fault, and words are none.
    let unknown = "test(\"S1 S2: both\"\ntest(\"S9: no rule\"\ntest(\"M-style: the map\"\n";
    assert_eq!(shown(unknown), ["web/e2e/a.test.ts:2"]);
    assert_eq!(shown("test(\"S1 S9: both\"\ntest(\"S2: one\"\n"), ["web/e2e/a.test.ts:1"]);
    // Neither is what only stands in a comment or in a file without tests.
    assert_eq!(
        shown("// test(\"S1: a\"\ncheck(\"S2: b\"\n"),
        ["docs/RULES.md:3", "docs/RULES.md:4"]
    );
    let helper = ("web/e2e/a.ts", "test(\"S1: a\"\ntest(\"S2: b\"\n");
    let unseen = ["docs/RULES.md:3", "docs/RULES.md:4"];
    assert_eq!(places(rules::check, &[book, helper]), unseen);
}

#[test]
fn a_rule_has_a_number_of_its_own_and_a_known_family() {
    let book = "Letters: **S** seats.\n\n- **S1** a\n- **S1** b\n- **X1** c\n";
    let tests = ("a/tests.rs", "fn s1_a() {");
    let found = places(rules::check, &[("docs/RULES.md", book), tests]);
    assert_eq!(found, ["docs/RULES.md:4", "docs/RULES.md:5"]);
}

#[test]
fn the_guide_shows_the_families_of_the_book() {
    let book =
        ("docs/RULES.md", "# Rules\n\nLetters: **S** seats and\nmore, **H** holds.\n\n**X** no.\n");
    let check = |rows| {
        let table = format!("# Guide\n| letter | family | letter | family |\n|-|-|-|-|\n{rows}");
        places(families::check, &[book, ("CONTRIBUTING.md", &table)])
    };
    assert_eq!(check("| S | seats and more | H | holds |\n\n| Z | other table |\n"), NOWHERE);
    assert_eq!(check("| H | holds | S | seats and more |\n"), NOWHERE);
    assert_eq!(check("| S | seats and more | | |\n"), ["CONTRIBUTING.md:2"]);
    assert_eq!(check("| S | seats | H | holds |\n"), ["CONTRIBUTING.md:2"]);
    assert_eq!(
        check("| S | seats and more | H | holds |\n| X | no | | |\n"),
        ["CONTRIBUTING.md:2"]
    );
}

#[test]
fn a_file_that_is_not_text_has_only_a_size() {
    let file = File::new("a.png", vec![0x89, b'P', 0, 0xff]);
    assert!(file.text.is_none());
    assert_eq!(file.size_bytes, 4);
}
