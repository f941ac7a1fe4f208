//! `tingting check-plan`.

use std::fs::File;

use scenario::plan::{builtin, limits};

use crate::tingting::{Said, TestFolder};

const WILD: &[u8] = include_bytes!("../../../scenario/tests/fixtures/stadium.pretix.json");

fn folder_with_wild_file() -> TestFolder {
    let folder = TestFolder::new();
    folder.put("stadium.json", WILD);
    folder
}

/// The first lines of the output.
fn head(said: &Said, lines: usize) -> String {
    said.stdout.lines().take(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn p16_a_spec_is_accepted_with_its_counts() {
    let folder = TestFolder::new();
    folder.put("theatre.toml", builtin("theatre").unwrap());
    let said = folder.run(&["check-plan", "theatre.toml"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(said.stdout, @r"
    theatre: accepted
      seats           1,200
      sections            9
      rows               90
      wheelchair          8
      restricted         40
    grades
            218 seats  18.2 %    160,000 won  #d9437f  VIP
            438 seats  36.5 %    130,000 won  #8455c9  R
            323 seats  26.9 %    100,000 won  #3b78d8  S
            221 seats  18.4 %     70,000 won  #2f9e6b  A
    ");
}

#[test]
fn p12_double_guids_are_refused_with_their_number() {
    let said = folder_with_wild_file().run(&["check-plan", "stadium.json"]);
    insta::assert_snapshot!(said.failure(), @r"
    1
    error: stadium.json is refused: 420 faults; 738 seats bear only 318 different seat_guid
    hint: `--renumber` gives every seat a guid of its own
    ");
    insta::assert_snapshot!(head(&said, 20), @r#"
    Plan: refused
      seats             738
      sections           10
      rows               90
      wheelchair          0
      restricted          0
    grades
            369 seats  50.0 %          - won  #f44336  Category I
            168 seats  22.8 %          - won  #9c27b0  Category II
              0 seats   0.0 %          - won  #4caf50  Category III
             84 seats  11.4 %          - won  #2196f3  Category IV
            117 seats  15.9 %          - won  #8bc34a  Category V
    faults (420)
      /zones/0/rows/6/seats/0/seat_guid: "Groundfloor-A-1" is the guid of /zones/0/rows/0/seats/0 too
      /zones/0/rows/6/seats/1/seat_guid: "Groundfloor-A-2" is the guid of /zones/0/rows/0/seats/1 too
      /zones/0/rows/6/seats/2/seat_guid: "Groundfloor-A-3" is the guid of /zones/0/rows/0/seats/2 too
      /zones/0/rows/6/seats/3/seat_guid: "Groundfloor-A-4" is the guid of /zones/0/rows/0/seats/3 too
      /zones/0/rows/6/seats/4/seat_guid: "Groundfloor-A-5" is the guid of /zones/0/rows/0/seats/4 too
      /zones/0/rows/6/seats/5/seat_guid: "Groundfloor-A-6" is the guid of /zones/0/rows/0/seats/5 too
      /zones/0/rows/6/seats/6/seat_guid: "Groundfloor-A-7" is the guid of /zones/0/rows/0/seats/6 too
    "#);
    assert!(said.stdout.ends_with("  … and 370 more\n"), "{}", said.stdout);
}

#[test]
fn p12_a_renumbered_file_is_accepted_and_written() {
    let folder = folder_with_wild_file();
    let arguments = ["check-plan", "stadium.json", "--renumber", "--out", "mine.json"];
    let said = folder.run(&arguments);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    let again = folder.run(&["check-plan", "mine.json"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.stdout.contains("seats             738"), "{}", again.stdout);
}

#[test]
fn p12_renumbering_does_not_heal_other_faults() {
    let folder = TestFolder::new();
    let text = str::from_utf8(WILD).unwrap().replacen("\"Category I\"", "\"Category 1\"", 1);
    folder.put("stadium.json", text);
    let said = folder.run(&["check-plan", "stadium.json", "--renumber"]);
    insta::assert_snapshot!(said.failure(), @r"
    1
    error: stadium.json is refused: 369 faults
    hint: correct the file at the places named above
    ");
    let said = folder.run(&["check-plan", "stadium.json"]);
    insta::assert_snapshot!(said.failure(), @r"
    1
    error: stadium.json is refused: 789 faults; 738 seats bear only 318 different seat_guid
    hint: `--renumber` gives every seat a guid of its own
    hint: correct the file at the places named above
    ");
}

#[test]
fn p16_a_refused_file_writes_nothing() {
    let folder = folder_with_wild_file();
    assert_eq!(folder.run(&["check-plan", "stadium.json", "--out", "mine.json"]).code, Some(1));
    assert!(!folder.path("mine.json").exists());
}

#[test]
fn p16_the_answer_is_json_with_the_json_flag() {
    let folder = folder_with_wild_file();
    let said = folder.run(&["check-plan", "stadium.json", "--json"]);
    assert_eq!(said.code, Some(1));
    let answer: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(answer["accepted"], false);
    assert_eq!(answer["seat_guids"]["different"], 318);
    assert_eq!(answer["faults"]["count"], 420);
    assert_eq!(answer["faults"]["first"][0]["pointer"], "/zones/0/rows/6/seats/0/seat_guid");
}

#[test]
fn p16_formats_are_told_apart_by_content_without_an_extension() {
    let folder = TestFolder::new();
    folder.put("spec", builtin("theatre").unwrap());
    folder.put("json", folder.run(&["generate", "theatre"]).stdout);
    assert_eq!(folder.run(&["check-plan", "spec"]).code, Some(0));
    assert_eq!(folder.run(&["check-plan", "json"]).code, Some(0));
}

#[test]
fn p18_a_file_that_is_not_a_plan_is_refused_with_the_reason() {
    let folder = TestFolder::new();
    folder.put("empty.json", "");
    folder.put("blank", " \n");
    folder.put("garbage", b"\x7fELF\xff\xfe\x00");
    folder.put("broken.json", "{\n  \"zones\": [\n");
    folder.put("spec.toml", "name = 1");
    let names = ["absent.json", ".", "empty.json", "blank", "garbage", "broken.json", "spec.toml"];
    let said = names.map(|name| folder.run(&["check-plan", name]).failure());
    insta::assert_snapshot!(said.join("\n"), @r"
    1
    error: cannot open absent.json
      caused by: No such file or directory (os error 2)
    hint: check the path of the file

    1
    error: . is a directory
    hint: name a file in it

    1
    error: empty.json is empty
    hint: a plan is a pretix seating plan (JSON) or a spec of a hall (TOML)

    1
    error: blank is empty
    hint: a plan is a pretix seating plan (JSON) or a spec of a hall (TOML)

    1
    error: garbage is no plan: it is not a text in UTF-8
    hint: a plan is a pretix seating plan (JSON) or a spec of a hall (TOML)

    1
    error: broken.json is refused: 1 fault
    hint: correct the file at the places named above

    1
    error: spec.toml makes no plan
      caused by: TOML parse error at line 1, column 8
          |
        1 | name = 1
          |        ^
        invalid type: integer `1`, expected a string
    hint: a plan is a pretix seating plan (JSON) or a spec of a hall (TOML)
    ");
    insta::assert_snapshot!(folder.run(&["check-plan", "broken.json"]).stdout, @r"
    (no name): refused
      seats               0
      sections            0
      rows                0
      wheelchair          0
      restricted          0
    faults (1)
      line 3 column 0: this is not JSON: EOF while parsing a list
    ");
}

#[test]
fn p18_a_file_beyond_the_limit_is_refused_without_reading_it_all() {
    let folder = TestFolder::new();
    let file = File::create(folder.path("huge.json")).unwrap();
    file.set_len(limits::FILE_BYTES_MAX + 1).unwrap();
    insta::assert_snapshot!(folder.run(&["check-plan", "huge.json"]).failure(), @r"
    1
    error: huge.json is longer than 64 MiB
    hint: no plan needs as much: is it one?
    ");
}

#[test]
fn p18_a_wrong_command_line_ends_with_2() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&["check-plan"]).code, Some(2));
    assert_eq!(folder.run(&["check-plan", "a.json", "--frobnicate"]).code, Some(2));
    assert_eq!(folder.run(&[]).code, Some(2));
    let help = folder.run(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
    assert!(help.stdout.contains("check-plan") && help.stdout.contains("generate"));
}
