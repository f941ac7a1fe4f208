//! Small specs: how they are laid out, and how wrong numbers in them are refused.

use super::super::{SeatKind, generate};
use super::*;

const SMALL: &str = r##"
name = "small"
seats = 40
[title]
ko = "작은 방"
en = "Small Room"
ja = "小部屋"
[stage]
shape = "end"
width = 600
depth = 300
clearance = 100
[[grade]]
name = "R"
color = "#aa00aa"
price_won = 50_000
[[grade_rule]]
grade = "R"
[[floor]]
label = "F"
pitch = 50
row_pitch = 90
aisle = 100
row_labels = "letters"
[[floor.grid]]
label = "A"
y = 300
columns = 2
ranks = 1
rows = 4
row_seats = 5
cross_aisle = 0
"##;

fn with(from: &str, to: &str) -> Result<crate::plan::Plan, SpecError> {
    assert!(SMALL.contains(from), "the spec says {from}");
    Spec::parse(&SMALL.replacen(from, to, 1)).and_then(|spec| generate(&spec))
}

fn refused(from: &str, to: &str) -> String {
    with(from, to).expect_err("it is refused").to_string()
}

#[test]
fn p1_a_grid_is_laid_out_from_left_to_right_and_front_to_back() {
    let plan = with("rows = 4", "rows = 4").unwrap();
    let address = |seat: u32| {
        let number = &plan.seats[seat as usize].number;
        format!("{}-{}-{number}", plan.section_of(seat).label, plan.row_of(seat).label)
    };
    assert_eq!([address(0), address(9), address(20)], ["A-A-1", "A-B-5", "B-A-1"]);
    assert!(plan.seats[0].x < plan.seats[1].x && plan.seats[0].y < plan.seats[5].y);
    assert!(plan.seats[3].next_adjacent && !plan.seats[4].next_adjacent);
}

#[test]
fn p3_a_hall_that_cannot_hold_the_promised_seats_is_refused() {
    let few = refused("seats = 40", "seats = 41");
    insta::assert_snapshot!(few, @"seats: the blocks hold only 40 of 41 seats; add rows or widen blocks");
    let many = refused("seats = 40", "seats = 30");
    insta::assert_snapshot!(many, @"seats: the blocks hold 40 seats, 10 more than promised; take out rows or narrow blocks");
    let flat = refused("seats = 40", "seats = 39");
    insta::assert_snapshot!(flat, @"seats: 1 seats too many and no row to take them from; shorten blocks by hand");
}

#[test]
fn p9_a_wrong_number_is_refused_with_its_field_and_with_what_to_do() {
    let all = [
        refused("name = \"small\"", "name = \"Small Room\""),
        refused("seats = 40", "seats = 0"),
        refused("width = 600", "width = nan"),
        refused("clearance = 100", "clearance = -1"),
        refused("shape = \"end\"", "shape = \"thrust\""),
        refused("#aa00aa", "red"),
        refused("grade = \"R\"", "grade = \"S\""),
        refused("grade = \"R\"", "grade = \"R\"\nat = { floor = \"F\" }"),
        refused("pitch = 50", "pitch = 30"),
        refused("aisle = 100", "aisle = 10"),
        refused("label = \"A\"", "label = \"가\""),
        refused("rows = 4", "rows = 100_000"),
        refused("y = 300", "y = 1e300"),
        refused("y = 300", "y = -150"),
        refused("[[floor]]", "[[wheelchair]]\nat = { floor = \"9\" }\nplaces = 2\n[[floor]]"),
        refused("[[floor]]", "[[wheelchair]]\nat = { row_from = 9 }\nplaces = 2\n[[floor]]"),
        refused("[[floor]]", "[[wheelchair]]\nat = { row_to = 1 }\nplaces = 3\n[[floor]]"),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    name: "Small Room" is no id; use lower case letters, digits and hyphens
    seats: 0 is out of range; use 1 to 100000
    stage.width: NaN is out of range; use 100 to 50000
    stage.clearance: -1.0 is out of range; use 0 to 50000
    stage.runway: a thrust stage has none; add [stage.runway]
    grade[0].color: "red" is no colour; write #rrggbb
    grade_rule[0].grade: no grade is called "S"; name one of the [[grade]] entries
    grade_rule: the last rule does not fit every seat; end with a rule without `at`
    floor[0].pitch: 30.0 is out of range; use 45 to 200
    floor[0].aisle: 10.0 is out of range; use 50 to 2000
    floor[0].grid[0].label: "가" is no label to count up from; use a number or up to three capital letters
    floor[0].grid[0].rows: 100000 is out of range; use 1 to 200
    floor[0].grid[0].y: 1e300 is out of range; use -50000 to 50000
    seats: the blocks hold only 10 of 40 seats; add rows or widen blocks
    wheelchair.at.floor: no floor is called "9"; use the label of a [[floor]]
    wheelchair[0].at: it covers no row; name a floor, section and row that exist
    wheelchair[0].places: row 1 of section A is too short; ask for fewer places
    "#);
}

#[test]
fn p9_an_unknown_key_is_refused_with_its_line() {
    insta::assert_snapshot!(refused("depth = 300", "depht = 300"), @r"
    TOML parse error at line 11, column 1
       |
    11 | depht = 300
       | ^^^^^
    unknown field `depht`, expected one of `shape`, `width`, `depth`, `clearance`, `runway`
    ");
    insta::assert_snapshot!(refused("seats = 40", "seats = forty"), @r"
    TOML parse error at line 3, column 9
      |
    3 | seats = forty
      |         ^^^^^
    invalid boolean, expected `false`
    ");
}

#[test]
fn p5_wheelchair_places_take_the_room_of_two_chairs_at_both_ends() {
    let rule = "[[wheelchair]]\nat = { row_to = 1, sections = [\"A\"] }\nplaces = 2\n[[floor]]";
    let plan = Spec::parse(&SMALL.replace("[[floor]]", rule).replace("seats = 40", "seats = 38"))
        .and_then(|spec| generate(&spec))
        .unwrap();
    let row = &plan.seats[0..3];
    let kinds: Vec<_> = row.iter().map(|seat| seat.kind).collect();
    assert_eq!(kinds, [SeatKind::Wheelchair, SeatKind::Ordinary, SeatKind::Wheelchair]);
    assert!((row[1].x - row[0].x - 75.0).abs() < 1.0 && row[0].next_adjacent);
}
