//! Numbers that no race can be played with are refused with their file and their key in it.

use scenario::{Kind, ScenarioError};

use crate::test_folder::{TestFolder, told};

/// Why no race can be made of `mine` when a line of one of its files is changed.
#[track_caller]
fn refused(kind: Kind, from: &str, to: &str) -> String {
    let folder = TestFolder::new();
    folder.change(kind, from, to);
    let error = folder.course().unwrap_err();
    assert!(matches!(error, ScenarioError::Unplayable { .. }), "{}", told(&error));
    assert!(error.hint().is_some());
    let told = told(&error);
    let start = format!("the {kind} `mine` cannot be played: ");
    told.strip_prefix(&start).expect(&told).to_owned()
}

#[test]
fn d6_times_of_a_scenario_are_checked() {
    for wrong in ["-1", "nan", "inf", "86401"] {
        let told = refused(Kind::Scenario, "lobby = 12 ", &format!("lobby = {wrong} "));
        assert_eq!(told, "lobby: must be 0 to 86,400");
    }
    for wrong in ["0", "-1", "nan", "inf", "86401"] {
        let told = refused(Kind::Scenario, "length = 900 ", &format!("length = {wrong} "));
        assert_eq!(told, "length: must be above 0 and at most 86,400");
    }
    let told = refused(Kind::Scenario, "rivals = 1500", "rivals = 2000001");
    assert!(told.starts_with("rivals: "), "{told}");
}

#[test]
fn d6_numbers_of_a_demand_tier_are_checked() {
    for (field, line, wrongs) in [
        ("program_share", "program_share = 0.0", vec!["-0.1", "1.1", "nan"]),
        ("admissions_per_s", "admissions_per_s = 15", vec!["0", "-15", "0.0001", "nan", "inf"]),
        ("burst_s", "burst_s = 3", vec!["-3", "nan", "inf"]),
        ("rate_noise", "rate_noise = 0.0", vec!["-0.1", "1", "nan"]),
    ] {
        for wrong in wrongs {
            let told = refused(Kind::Demand, line, &format!("{field} = {wrong}"));
            assert!(told.starts_with(&format!("{field}: must be ")), "{wrong}: {told}");
        }
    }
    let told = refused(Kind::Demand, "burst_s = 3", "burst_s = 0");
    assert!(told.starts_with("burst_s: "), "{told}");
    let told = refused(Kind::Demand, "inside_max = 100000", "inside_max = 0");
    assert!(told.starts_with("inside_max: "), "{told}");
    let told = refused(Kind::Demand, "seats_max = 2", "seats_max = 17");
    assert!(told.starts_with("seats_max: "), "{told}");
}

#[test]
fn d6_numbers_of_a_style_are_checked() {
    for (field, line, wrongs) in [
        ("queue.early_lock", "early_lock = 0.5", vec!["early_lock = -1", "early_lock = nan"]),
        ("seats.hold", "hold = 420", vec!["hold = 0", "hold = -1", "hold = 86401", "hold = nan"]),
        ("seats.pass", "pass = 600", vec!["pass = 0", "pass = inf"]),
        ("captcha.letters", "letters = 6", vec!["letters = 0", "letters = 9"]),
        ("captcha.valid", "valid = 300", vec!["valid = 0", "valid = nan"]),
        (
            "captcha.put_off",
            "step = \"before-map\"",
            vec!["step = \"before-pay\"\nput_off = true\n#"],
        ),
        ("seats.fee_won", "fee_won = 2000", vec!["fee_won = 100000001"]),
        ("map.every", "{ uniform = [3, 4] }", vec!["{ uniform = [4, 3] }"]),
        ("seen.notice", "{ uniform = [0, 2.5] }", vec!["{ uniform = [0, nan] }"]),
        ("seen.click", "{ uniform = [0.22, 0.39] }", vec!["{ fixed = 1e9 }"]),
    ] {
        for wrong in wrongs {
            let folder = TestFolder::new();
            if field == "captcha.put_off" {
                folder.change(Kind::Style, "put_off = false", "");
            }
            folder.change(Kind::Style, line, wrong);
            let told = told(&folder.course().unwrap_err());
            let start = format!("the style `mine` cannot be played: {field}: ");
            assert!(told.starts_with(&start), "{told}");
        }
    }
}

#[test]
fn d6_numbers_of_people_are_checked() {
    for (field, line, wrong) in [
        ("groups.all", "all = 0.55", "all = 1.55"),
        ("groups.one_less", "one_less = 0.22", "one_less = 0.46"),
        ("leave_per_min", "leave_per_min = 0.003", "leave_per_min = -0.003"),
        ("leave_late_factor", "leave_late_factor = 5", "leave_late_factor = 101"),
        ("refresh_per_min", "refresh_per_min = 0.006", "refresh_per_min = nan"),
        ("novice.share", "share = 0.45", "share = -0.45"),
        ("novice.share", "share = 0.45", "share = nan"),
        ("program.share", "share = 0.03", "share = 1e7"),
        ("novice.captcha_error", "captcha_error = 0.12", "captcha_error = 1"),
        ("novice.pay", "pay = [{ lognormal = [80, 0.5] }]", "pay = [{ lognormal = [0, 0.5] }]"),
        ("novice.care.temperature", "temperature = 0.20", "temperature = 0"),
        ("novice.arrival", "press = { uniform = [0, 0.9] }", "press = { uniform = [0.9, 0] }"),
        ("novice.arrival", "weight = 0.05", "weight = -0.05"),
    ] {
        let told = refused(Kind::People, line, wrong);
        assert!(told.starts_with(&format!("{field}: ")), "{told}");
    }
    // All rivals are programs then, but the demand tier gives programs no share.
    let folder = TestFolder::new();
    for share in ["share = 0.45", "share = 0.40", "share = 0.12"] {
        folder.change(Kind::People, share, "share = 0");
    }
    let told = told(&folder.course().unwrap_err());
    assert!(told.contains("share"), "{told}");
}
