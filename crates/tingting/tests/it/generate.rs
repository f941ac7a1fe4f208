//! `tingting generate`.

use std::io::Read;
use std::process::Stdio;

use crate::tingting::TestFolder;

#[test]
fn p17_a_built_in_hall_is_written_to_standard_output_and_accepted_again() {
    let folder = TestFolder::new();
    let said = folder.run(&["generate", "theatre"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    folder.put("theatre.json", &said.stdout);
    let checked = folder.run(&["check-plan", "theatre.json"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(checked.stdout.contains("seats           1,200"), "{}", checked.stdout);
}

#[test]
fn p17_a_hall_is_written_to_a_file() {
    let folder = TestFolder::new();
    let said = folder.run(&["generate", "hall", "--out", "hall.json"]);
    assert_eq!((said.code, said.stdout.as_str(), said.stderr.as_str()), (Some(0), "", ""));
    let printed = folder.run(&["generate", "hall"]).stdout;
    assert_eq!(std::fs::read_to_string(folder.path("hall.json")).unwrap(), printed);
}

#[test]
fn p17_a_spec_file_is_laid_out() {
    let folder = TestFolder::new();
    folder.put("mine.toml", scenario::plan::builtin("musical").unwrap());
    let said = folder.run(&["generate", "mine.toml"]);
    assert_eq!(said.stdout, folder.run(&["generate", "musical"]).stdout);
}

#[test]
fn p17_an_unknown_name_is_answered_with_the_known_ones() {
    insta::assert_snapshot!(TestFolder::new().run(&["generate", "opera"]).failure(), @r#"
    2
    error: no hall is called "opera"
    hint: built-in halls: theatre, musical, hall, arena-10k, arena, dome, stadium
    hint: or name a spec file, such as ./hall.toml
    "#);
}

#[test]
fn p18_a_file_that_is_not_a_spec_is_refused() {
    let folder = TestFolder::new();
    folder.put("plan.json", "{}");
    folder.put("garbage.toml", b"\xff\x00\xfe");
    folder.put("typo.toml", "nam = \"a\"\n");
    let said = ["plan.json", "garbage.toml", "typo.toml", "./absent.toml", "."]
        .map(|name| folder.run(&["generate", name]).failure());
    insta::assert_snapshot!(said.join("\n"), @r#"
    1
    error: plan.json is a pretix file already, not a spec
    hint: `tingting check-plan plan.json` checks it

    1
    error: garbage.toml is no spec: it is not a text in UTF-8
    hint: name a TOML file or a built-in hall

    1
    error: typo.toml makes no plan
      caused by: TOML parse error at line 1, column 1
          |
        1 | nam = "a"
          | ^^^
        unknown field `nam`, expected one of `name`, `seats`, `title`, `stage`, `grade`, `grade_rule`, `floor`, `hole`, `wheelchair`, `restricted`

    1
    error: cannot open ./absent.toml
      caused by: No such file or directory (os error 2)
    hint: check the path of the file

    1
    error: . is a directory
    hint: name a file in it
    "#);
}

#[test]
fn p18_a_file_that_cannot_be_written_is_an_error_with_a_hint() {
    let said = TestFolder::new().run(&["generate", "theatre", "--out", "no/such/folder.json"]);
    insta::assert_snapshot!(said.failure(), @r"
    1
    error: cannot write no/such/folder.json
      caused by: No such file or directory (os error 2)
    hint: check the folder and its permissions
    ");
}

#[test]
fn p18_a_reader_that_closes_the_pipe_causes_no_failure() {
    let folder = TestFolder::new();
    let mut child = folder
        .command(&["generate", "stadium"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().expect("it is piped");
    let mut start = [0; 10];
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
