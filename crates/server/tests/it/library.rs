//! A library with a small hall and short races, so that a race in a test takes a second or two.

use std::fs;
use std::path::Path;

/// Forty seats in two sections.
const NOOK: &str = r##"
name = "nook"
seats = 40
title = { ko = "구석", en = "Nook", ja = "すみ" }
stage = { shape = "end", width = 600, depth = 300, clearance = 100 }
grade = [{ name = "R", color = "#8455c9", price_won = 50000 }]
grade_rule = [{ grade = "R" }]

[[floor]]
label = "F"
pitch = 52
row_pitch = 95
aisle = 120
row_labels = "numbers"

[[floor.grid]]
label = "A"
y = 300
columns = 2
ranks = 1
rows = 4
row_seats = 5
cross_aisle = 100
"##;

/// Rivals who choose seats within a second. `PAY` stands for the seconds in which they pay.
const QUICK: &str = r#"
groups = { all = 1.0, one_less = 0.0, two_of_two = 1.0 }
leave_per_min = 0.0
leave_late_factor = 1
refresh_per_min = 0.0

[[persona]]
name = "quick"
share = 1.0
press_again = [{ fixed = 0.5 }]
captcha = [{ fixed = 0.01 }]
captcha_error = 0.0
captcha_again = [{ fixed = 0.1 }]
put_off = 0.0
section = [{ fixed = 0.01 }]
first_seat = [{ uniform = [0.01, 0.3] }]
next_seat = [{ fixed = 0.01 }]
done = [{ fixed = 0.01 }]
alert = [{ fixed = 0.05 }]
repick = [{ fixed = 0.05 }]
look_again = [{ fixed = 0.2 }]
pay = [{ fixed = PAY }]
abandon = 0.0
patience = 1000
give_up = 0.0
settle = 0.5
care = { temperature = 0.2, crowd_aversion = 0.3, random_section = 0.5, random_seat = 0.2, skip = 0.0, spread = 0.05, glance = 80, haste = 0.0 }

[[persona.arrival]]
weight = 1.0
press = { uniform = [0.3, 0.6] }
"#;

/// A demand tier without programs, because the persona above is none.
const DEMAND: &str = r#"
title = { ko = "시험", en = "Test", ja = "テスト" }
rivals = 0
program_share = 0.0
admissions_per_s = 1000
burst_s = 1
rate_noise = 0.0
inside_max = 100000
seats_max = 4
"#;

/// A style. The words in capitals stand for values of [`Style`].
const STYLE: &str = r#"
title = { ko = "시험", en = "Test", ja = "テスト" }

[queue]
order = "arrival"
early_lock = 60
refresh = "goes-to-end"
refresh_inside = "INSIDE"

[captcha]
step = "STEP"
letters = 6
valid = 300
put_off = PUT_OFF
after_wrong = "keeps-letters"

[seats]
hold_at = "HOLD_AT"
hold = HOLD
pass = PASS
after_hold = "leaves"
fee_won = 1000

[map]
refreshes = "REFRESHES"
every = { uniform = [0.25, 0.3] }

[seen]
notice = []
click = []

[pay]
steps = PAY_LIST

[screen]
words = "WORDS"
skin = "round"

[[discounts]]
title = { ko = "절반", en = "Half", ja = "半額" }
percent = 50
"#;

/// The values in which the styles of the tests differ.
struct Style {
    name: &'static str,
    step: &'static str,
    put_off: bool,
    hold_at: &'static str,
    hold_s: f64,
    pass_s: f64,
    refreshes: &'static str,
    inside: &'static str,
    pay_steps: &'static [&'static str],
    words: &'static str,
}

const PLAIN: Style = Style {
    name: "plain",
    step: "never",
    put_off: false,
    hold_at: "click",
    hold_s: 60.0,
    pass_s: 60.0,
    refreshes: "by-itself",
    inside: "keeps",
    pay_steps: &["price", "receipt", "payment"],
    words: "plain",
};

impl Style {
    fn text(&self) -> String {
        STYLE
            .replace("STEP", self.step)
            .replace("PUT_OFF", &self.put_off.to_string())
            .replace("HOLD_AT", self.hold_at)
            .replace("HOLD", &self.hold_s.to_string())
            .replace("PASS", &self.pass_s.to_string())
            .replace("REFRESHES", self.refreshes)
            .replace("INSIDE", self.inside)
            .replace("PAY_LIST", &format!("{:?}", self.pay_steps))
            .replace("WORDS", self.words)
    }
}

/// The file of the plan `nook`.
pub(crate) fn nook() -> String {
    NOOK.to_owned()
}

/// The file of the style `plain`.
pub(crate) fn plain_style() -> String {
    PLAIN.text()
}

/// The file of the demand tier `test`.
pub(crate) fn test_demand() -> String {
    DEMAND.to_owned()
}

/// The file of the scenario `calm`.
pub(crate) fn calm_scenario() -> String {
    scenario_text("nook", "test", "quick", 0, 0.3, 120.0)
}

fn scenario_text(
    plan: &str,
    demand: &str,
    people: &str,
    rivals: u32,
    lobby: f64,
    length: f64,
) -> String {
    format!(
        "title = {{ ko = \"시험\", en = \"Test\", ja = \"テスト\" }}\nplan = \"{plan}\"\n\
         demand = \"{demand}\"\nstyle = \"plain\"\npeople = \"{people}\"\nrivals = {rivals}\n\
         lobby = {lobby:?}\nlength = {length:?}\n"
    )
}

/// Puts a file into the library in `folder`.
pub(crate) fn put(folder: &Path, kind: &str, name: &str, text: &str) {
    fs::create_dir_all(folder.join(kind)).unwrap();
    fs::write(folder.join(kind).join(format!("{name}.toml")), text).unwrap();
}

/// Puts the files of all races of the tests into `folder`.
pub(crate) fn fill(folder: &Path) {
    let put = |kind: &str, name: &str, text: &str| put(folder, kind, name, text);
    put("plans", "nook", NOOK);
    put("people", "quick", &QUICK.replace("PAY", "0.2"));
    put("people", "ponderous", &QUICK.replace("PAY", "30"));
    put("demand", "test", DEMAND);
    put("demand", "trickle", &DEMAND.replace("admissions_per_s = 1000", "admissions_per_s = 1"));
    for style in [
        PLAIN,
        Style { name: "guarded", step: "before-map", ..PLAIN },
        Style { name: "later", step: "before-map", put_off: true, ..PLAIN },
        Style { name: "by-hand", refreshes: "by-hand", hold_at: "done", ..PLAIN },
        Style { name: "at-payment", hold_at: "payment", ..PLAIN },
        Style { name: "brief-hold", hold_s: 0.4, ..PLAIN },
        Style { name: "lapsing", hold_s: 20.0, ..PLAIN },
        Style { name: "brief-pass", pass_s: 0.4, ..PLAIN },
        Style { name: "strict", inside: "goes-to-end", ..PLAIN },
        Style { name: "hasty", pay_steps: &["payment"], words: "never-heard-of", ..PLAIN },
    ] {
        put("styles", style.name, &style.text());
    }
    let scenario =
        |name: &str, demand: &str, people: &str, rivals: u32, lobby: f64, length: f64| {
            let plan = if name == "wide" { "theatre" } else { "nook" };
            put("scenarios", name, &scenario_text(plan, demand, people, rivals, lobby, length));
        };
    scenario("calm", "test", "quick", 0, 0.3, 120.0);
    scenario("wide", "test", "quick", 0, 0.3, 120.0);
    scenario("lobby", "test", "quick", 0, 100.0, 120.0);
    scenario("short", "test", "quick", 0, 0.2, 0.5);
    scenario("rush", "test", "quick", 100, 0.3, 120.0);
    scenario("crowded", "test", "ponderous", 7, 0.3, 120.0);
    scenario("queue", "trickle", "ponderous", 60, 0.3, 120.0);
}
