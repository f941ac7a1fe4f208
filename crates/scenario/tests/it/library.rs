//! The library: finding files by name, in a folder and among the built-in ones.

use scenario::{Course, Kind, Library, Overrides, Recipe, ScenarioError};

use crate::test_folder::{MINE, TestFolder, told};

#[test]
fn d2_a_file_in_the_folder_replaces_the_built_in_one() {
    let folder = TestFolder::new();
    let title = "title = { ko = \"N 스타일\", en = \"N-style\", ja = \"Nスタイル\" }";
    let text = Library::built_in().read(Kind::Style, "n-style").unwrap();
    folder.put(Kind::Style, "n-style", &text.replace(title, &title.replace("N-style", "Ours")));
    let recipe = Recipe::load(&folder.library(), "arena-hot", &Overrides::default()).unwrap();
    assert_eq!(Course::new(recipe).unwrap().style.title.en, "Ours");
    let other = folder.library().read(Kind::Style, "m-style").unwrap();
    assert_eq!(other, Library::built_in().read(Kind::Style, "m-style").unwrap());
}

#[test]
fn d2_names_that_a_folder_adds_come_last() {
    let folder = TestFolder::new();
    folder.put(Kind::Style, "a-style", "");
    folder.put(Kind::Style, "Not A Name", "");
    folder.put(Kind::Style, "n-style", "");
    std::fs::write(folder.path(Kind::Style, MINE).with_file_name("notes.txt"), "").unwrap();
    assert_eq!(folder.library().names(Kind::Style), ["n-style", "m-style", "a-style", "mine"]);
    let course = folder.course().unwrap();
    assert_eq!(course.scenario.crowd.rivals, 1_500);
    assert_eq!(course.plan.seats.len(), 1_200);
}

#[test]
fn d2_a_folder_without_such_files_changes_nothing() {
    let empty = tempfile::tempdir().unwrap();
    for folder in [empty.path().to_owned(), empty.path().join("nowhere")] {
        let library = Library::with_folder(folder);
        for kind in Kind::ALL {
            assert_eq!(library.names(kind), Library::built_in().names(kind));
        }
        assert!(library.read(Kind::People, "fans").unwrap().contains("novice"));
    }
}

#[test]
fn d2_a_file_that_cannot_be_read_is_an_error() {
    let folder = TestFolder::new();
    let path = folder.path(Kind::Demand, "hot");
    std::fs::write(&path, [0xFF, 0xFE, 0x00]).unwrap();
    let error = folder.library().read(Kind::Demand, "hot").unwrap_err();
    assert!(
        matches!(&error, ScenarioError::Read { path: told, .. } if *told == path.display().to_string())
    );
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let error = folder.library().read(Kind::Demand, "hot").unwrap_err();
    assert!(matches!(error, ScenarioError::Read { .. }));
    assert_eq!(error.hint(), None);
}

#[test]
fn d3_the_error_of_an_unknown_name_lists_the_known_ones() {
    let folder = TestFolder::new();
    for kind in Kind::ALL {
        let error = folder.library().read(kind, "nothing").unwrap_err();
        assert_eq!(error.to_string(), format!("there is no {kind} named `nothing`"));
        let hint = error.hint().unwrap();
        for name in folder.library().names(kind) {
            assert!(hint.contains(&name), "{hint}");
        }
    }
    let overrides = Overrides { rivals: None, style: Some("x-style".to_owned()) };
    let error = Recipe::load(&Library::built_in(), "arena-hot", &overrides).unwrap_err();
    insta::assert_snapshot!(error, @"there is no style named `x-style`");
    insta::assert_snapshot!(error.hint().unwrap(), @"known names: n-style, m-style");
}

#[test]
fn d3_a_scenario_that_names_a_missing_file_is_refused() {
    for (kind, field) in [
        (Kind::Plan, "plan"),
        (Kind::Demand, "demand"),
        (Kind::Style, "style"),
        (Kind::People, "people"),
    ] {
        let folder = TestFolder::new();
        let from = format!("{field} = \"mine\"");
        folder.change(Kind::Scenario, &from, &format!("{field} = \"gone\""));
        let error = folder.recipe().unwrap_err();
        assert_eq!(error.to_string(), format!("there is no {kind} named `gone`"));
    }
}

#[test]
fn d4_a_name_that_could_lead_out_of_the_folder_is_refused() {
    let folder = TestFolder::new();
    let long = "a".repeat(65);
    let outside = [
        "",
        ".",
        "..",
        "../people/fans",
        "a/b",
        "a\\b",
        "/etc/passwd",
        "fans.toml",
        "Fans",
        "한국",
        "a b",
        "a\0b",
        "c:",
        &long,
    ];
    for library in [folder.library(), Library::built_in()] {
        for name in outside {
            let error = library.read(Kind::People, name).unwrap_err();
            assert!(matches!(error, ScenarioError::Name { .. }), "{name:?}: {error}");
        }
    }
    folder.change(Kind::Scenario, "people = \"mine\"", "people = \"../people/mine\"");
    assert!(matches!(folder.recipe(), Err(ScenarioError::Name { kind: Kind::People, .. })));
    let longest = "a".repeat(64);
    let unknown = Library::built_in().read(Kind::People, &longest);
    assert!(matches!(unknown, Err(ScenarioError::Unknown { .. })));
}

#[test]
fn d5_an_unknown_key_is_refused_with_its_line() {
    let cases = [
        (Kind::Scenario, "lobby = 12", "lobbby = 12"),
        (Kind::Demand, "burst_s = 3", "burst = 3"),
        (Kind::Style, "early_lock = 0.5", "lock = 0.5"),
        (Kind::Style, "put_off = false", "put_of = false"),
        (Kind::Style, "fee_won = 2000", "fee = 2000"),
        (Kind::People, "patience = 6", "patiense = 6"),
        (Kind::People, "temperature = 0.20", "temprature = 0.20"),
        (Kind::People, "{ lognormal = [7.0, 0.35] }", "{ lognormall = [7.0, 0.35] }"),
        (Kind::People, "two_of_two = 0.65", "two = 0.65"),
        (Kind::People, "weight = 0.05", "waight = 0.05"),
    ];
    for (kind, from, to) in cases {
        let folder = TestFolder::new();
        folder.change(kind, from, to);
        let text = std::fs::read_to_string(folder.path(kind, MINE)).unwrap();
        let line = text.lines().position(|line| line.contains(to)).unwrap() + 1;
        let error = folder.course().unwrap_err();
        let told = told(&error);
        assert!(told.contains(&format!("the {kind} `mine` is not understood")), "{told}");
        assert!(told.contains(&format!("line {line}")), "{told}");
        assert!(error.hint().unwrap().contains("mend the file"));
    }
}

#[test]
fn d5_a_missing_key_or_a_value_of_another_type_is_refused() {
    let cases = [
        (Kind::Scenario, "length = 900", "", "missing field `length`"),
        (Kind::Scenario, "rivals = 1500", "rivals = -1", "-1"),
        (Kind::Scenario, "rivals = 1500", "rivals = 4294967296", "4294967296"),
        (Kind::Demand, "seats_max = 2", "seats_max = 256", "256"),
        (Kind::Style, "order = \"arrival\"", "order = \"luck\"", "unknown variant `luck`"),
        (Kind::People, "patience = 6", "patience = 1.5", "invalid type"),
        (
            Kind::People,
            "pay = [{ lognormal = [80, 0.5] }]",
            "pay = [{ lognormal = [80] }]",
            "length",
        ),
    ];
    for (kind, from, to, words) in cases {
        let folder = TestFolder::new();
        folder.change(kind, from, to);
        let told = told(&folder.course().unwrap_err());
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn d5_a_plan_that_makes_no_hall_is_refused_by_its_name() {
    let folder = TestFolder::new();
    folder.change(Kind::Plan, "seats = 1200", "seats = 5000");
    let error = folder.course().unwrap_err();
    assert!(told(&error).starts_with("the plan `mine` makes no hall: "), "{}", told(&error));
}
