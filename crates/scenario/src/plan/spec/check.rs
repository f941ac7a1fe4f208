//! Which numbers a spec may have. The first one out of its range is an error.

use std::collections::BTreeSet;

use super::super::limits::{
    BLOCK_SIDE_MAX, COORDINATE_MAX_CM, GRADES_MAX, LABEL_CHARS_MAX, NAME_CHARS_MAX, PITCH_MIN_CM,
    SEATS_MAX,
};
use super::super::{StageShape, labels};
use super::{ArcSpec, BowlSpec, FloorSpec, GridSpec, Scope, Spec, SpecError, TunnelSpec};

type Checked = Result<(), SpecError>;

/// Checks everything that can be checked before the seats are laid out.
pub(super) fn check(spec: &Spec) -> Checked {
    check_names(spec)?;
    check_stage(spec)?;
    check_grades(spec)?;
    if spec.floor.is_empty() {
        return Err(SpecError::field("floor", "there is none", "add a [[floor]] with blocks"));
    }
    let mut labels = BTreeSet::new();
    for (index, floor) in spec.floor.iter().enumerate() {
        let path = format!("floor[{index}]");
        if !labels.insert(floor.label.as_str()) {
            let wrong = format!("another floor is called {:?}", floor.label);
            return Err(SpecError::field(format!("{path}.label"), wrong, "choose another label"));
        }
        check_floor(floor, &path)?;
    }
    check_places(spec, &labels)
}

fn check_names(spec: &Spec) -> Checked {
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if spec.name.is_empty() || !spec.name.chars().all(slug) {
        let wrong = format!("{:?} is no id", spec.name);
        return Err(SpecError::field("name", wrong, "use lower case letters, digits and hyphens"));
    }
    text("name", &spec.name, NAME_CHARS_MAX)?;
    text("title.ko", &spec.title.ko, NAME_CHARS_MAX)?;
    text("title.en", &spec.title.en, NAME_CHARS_MAX)?;
    text("title.ja", &spec.title.ja, NAME_CHARS_MAX)?;
    count("seats", spec.seats, 1, SEATS_MAX)
}

fn check_stage(spec: &Spec) -> Checked {
    let stage = &spec.stage;
    length("stage.width", stage.width, 100.0, COORDINATE_MAX_CM)?;
    length("stage.depth", stage.depth, 100.0, COORDINATE_MAX_CM)?;
    length("stage.clearance", stage.clearance, 0.0, COORDINATE_MAX_CM)?;
    match (&stage.runway, stage.shape) {
        (None, StageShape::Thrust) => {
            Err(SpecError::field("stage.runway", "a thrust stage has none", "add [stage.runway]"))
        }
        (Some(_), StageShape::End | StageShape::Round) => {
            let fix = "set stage.shape to \"thrust\" or leave it out";
            Err(SpecError::field("stage.runway", "only a thrust stage has one", fix))
        }
        (None, StageShape::End | StageShape::Round) => Ok(()),
        (Some(runway), StageShape::Thrust) => {
            length("stage.runway.width", runway.width, 50.0, stage.width)?;
            length("stage.runway.tip_width", runway.tip_width, runway.width, stage.width)?;
            length("stage.runway.tip_depth", runway.tip_depth, 50.0, COORDINATE_MAX_CM)?;
            length("stage.runway.length", runway.length, runway.tip_depth, COORDINATE_MAX_CM)
        }
    }
}

fn check_grades(spec: &Spec) -> Checked {
    let grades = u32::try_from(spec.grade.len()).unwrap_or(u32::MAX);
    count("grade", grades, 1, GRADES_MAX)?;
    let mut names = BTreeSet::new();
    for (index, grade) in spec.grade.iter().enumerate() {
        text(&format!("grade[{index}].name"), &grade.name, NAME_CHARS_MAX)?;
        if !names.insert(grade.name.as_str()) {
            let wrong = format!("another grade is called {:?}", grade.name);
            return Err(SpecError::field(format!("grade[{index}].name"), wrong, "rename one"));
        }
        if !is_color(&grade.color) {
            let wrong = format!("{:?} is no colour", grade.color);
            return Err(SpecError::field(format!("grade[{index}].color"), wrong, "write #rrggbb"));
        }
    }
    for (index, rule) in spec.grade_rule.iter().enumerate() {
        if !names.contains(rule.grade.as_str()) {
            let wrong = format!("no grade is called {:?}", rule.grade);
            let fix = "name one of the [[grade]] entries";
            return Err(SpecError::field(format!("grade_rule[{index}].grade"), wrong, fix));
        }
    }
    if spec.grade_rule.last().is_none_or(|rule| rule.at != Scope::default()) {
        let fix = "end with a rule without `at`";
        return Err(SpecError::field("grade_rule", "the last rule does not fit every seat", fix));
    }
    Ok(())
}

/// Whether `color` is `#rrggbb`.
pub(in crate::plan) fn is_color(color: &str) -> bool {
    let digits = color.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn check_floor(floor: &FloorSpec, path: &str) -> Checked {
    text(&format!("{path}.label"), &floor.label, LABEL_CHARS_MAX)?;
    length(&format!("{path}.pitch"), floor.pitch, PITCH_MIN_CM, 200.0)?;
    length(&format!("{path}.row_pitch"), floor.row_pitch, 60.0, 300.0)?;
    // A narrower aisle could not be told from a missing chair.
    length(&format!("{path}.aisle"), floor.aisle, floor.pitch, 2_000.0)?;
    if floor.grid.is_empty() && floor.arc.is_empty() && floor.bowl.is_empty() {
        let fix = "add [[floor.grid]], [[floor.arc]] or [[floor.bowl]]";
        return Err(SpecError::field(path, "it has no blocks", fix));
    }
    for (index, grid) in floor.grid.iter().enumerate() {
        check_grid(grid, &format!("{path}.grid[{index}]"))?;
    }
    for (index, arc) in floor.arc.iter().enumerate() {
        check_arc(arc, &format!("{path}.arc[{index}]"))?;
    }
    for (index, bowl) in floor.bowl.iter().enumerate() {
        check_bowl(bowl, &format!("{path}.bowl[{index}]"))?;
    }
    Ok(())
}

fn check_grid(grid: &GridSpec, path: &str) -> Checked {
    label(&format!("{path}.label"), &grid.label)?;
    coordinate(&format!("{path}.x"), grid.x)?;
    coordinate(&format!("{path}.y"), grid.y)?;
    count(&format!("{path}.columns"), grid.columns, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.ranks"), grid.ranks, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.rows"), grid.rows, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.row_seats"), grid.row_seats, 1, BLOCK_SIDE_MAX)?;
    length(&format!("{path}.cross_aisle"), grid.cross_aisle, 0.0, COORDINATE_MAX_CM)
}

fn check_arc(arc: &ArcSpec, path: &str) -> Checked {
    label(&format!("{path}.label"), &arc.label)?;
    coordinate(&format!("{path}.y"), arc.y)?;
    length(&format!("{path}.radius"), arc.radius, 100.0, COORDINATE_MAX_CM)?;
    count(&format!("{path}.rows"), arc.rows, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.splits"), arc.splits, 0, 10)?;
    let in_range = arc.cuts.iter().all(|cut| (-180.0..=180.0).contains(cut));
    if arc.cuts.len() < 2 || !in_range || !arc.cuts.is_sorted_by(|a, b| a < b) {
        let wrong = "these are not borders of blocks";
        let fix = "give two or more rising angles from -180 to 180";
        return Err(SpecError::field(format!("{path}.cuts"), wrong, fix));
    }
    check_tunnel(arc.tunnel.as_ref(), path)
}

fn check_bowl(bowl: &BowlSpec, path: &str) -> Checked {
    label(&format!("{path}.label"), &bowl.label)?;
    coordinate(&format!("{path}.y"), bowl.y)?;
    length(&format!("{path}.half_width"), bowl.half_width, 100.0, COORDINATE_MAX_CM)?;
    length(&format!("{path}.half_depth"), bowl.half_depth, 100.0, COORDINATE_MAX_CM)?;
    let corner_max = bowl.half_width.min(bowl.half_depth);
    length(&format!("{path}.corner"), bowl.corner, 100.0, corner_max)?;
    count(&format!("{path}.rows"), bowl.rows, 1, BLOCK_SIDE_MAX)?;
    for (field, blocks) in [
        ("side_blocks", bowl.side_blocks),
        ("corner_blocks", bowl.corner_blocks),
        ("end_blocks", bowl.end_blocks),
        ("stage_corner_blocks", bowl.stage_corner_blocks),
        ("stage_end_blocks", bowl.stage_end_blocks),
    ] {
        count(&format!("{path}.{field}"), blocks, 0, BLOCK_SIDE_MAX)?;
    }
    if bowl.stage_end_blocks % 2 == 1 {
        let fix = "use an even number: half stand on each side of the axis";
        return Err(SpecError::field(format!("{path}.stage_end_blocks"), "it is odd", fix));
    }
    count(&format!("{path}.splits"), bowl.splits, 0, 10)?;
    check_tunnel(bowl.tunnel.as_ref(), path)
}

fn check_tunnel(tunnel: Option<&TunnelSpec>, path: &str) -> Checked {
    let Some(tunnel) = tunnel else { return Ok(()) };
    count(&format!("{path}.tunnel.row_from"), tunnel.row_from, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.tunnel.row_to"), tunnel.row_to, tunnel.row_from, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.tunnel.seats"), tunnel.seats, 1, BLOCK_SIDE_MAX)?;
    count(&format!("{path}.tunnel.every"), tunnel.every, 1, BLOCK_SIDE_MAX)
}

/// Checks holes and wheelchair places, and that rules name floors that exist.
fn check_places(spec: &Spec, floors: &BTreeSet<&str>) -> Checked {
    for (index, hole) in spec.hole.iter().enumerate() {
        coordinate(&format!("hole[{index}].x"), hole.x)?;
        coordinate(&format!("hole[{index}].y"), hole.y)?;
        length(&format!("hole[{index}].width"), hole.width, 1.0, COORDINATE_MAX_CM)?;
        length(&format!("hole[{index}].depth"), hole.depth, 1.0, COORDINATE_MAX_CM)?;
    }
    for (index, wheelchair) in spec.wheelchair.iter().enumerate() {
        count(&format!("wheelchair[{index}].places"), wheelchair.places, 1, BLOCK_SIDE_MAX)?;
    }
    let grades = spec.grade_rule.iter().map(|rule| ("grade_rule", &rule.at));
    let wheelchairs = spec.wheelchair.iter().map(|rule| ("wheelchair", &rule.at));
    let restricted = spec.restricted.iter().map(|rule| ("restricted", &rule.at));
    for (rules, scope) in grades.chain(wheelchairs).chain(restricted) {
        if let Some(floor) = &scope.floor
            && !floors.contains(floor.as_str())
        {
            let wrong = format!("no floor is called {floor:?}");
            let fix = "use the label of a [[floor]]";
            return Err(SpecError::field(format!("{rules}.at.floor"), wrong, fix));
        }
        for angle in [scope.angle_from, scope.angle_to].into_iter().flatten() {
            length(&format!("{rules}.at.angle"), angle, 0.0, 180.0)?;
        }
    }
    Ok(())
}

fn label(field: &str, value: &str) -> Checked {
    if labels::label_after(value, 0).is_some() {
        return Ok(());
    }
    let wrong = format!("{value:?} is no label to count up from");
    Err(SpecError::field(field, wrong, "use a number or up to three capital letters"))
}

fn text(field: &str, value: &str, chars_max: u32) -> Checked {
    let chars = value.chars().count();
    if !value.trim().is_empty() && chars <= chars_max as usize {
        return Ok(());
    }
    let wrong = format!("{chars} characters");
    Err(SpecError::field(field, wrong, format!("use 1 to {chars_max}, not all blank")))
}

fn count(field: &str, value: u32, min: u32, max: u32) -> Checked {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(SpecError::field(
        field,
        format!("{value:?} is out of range"),
        format!("use {min} to {max}"),
    ))
}

fn coordinate(field: &str, value: f64) -> Checked {
    length(field, value, -COORDINATE_MAX_CM, COORDINATE_MAX_CM)
}

/// Refuses NaN too: it is in no range.
fn length(field: &str, value: f64, min: f64, max: f64) -> Checked {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(SpecError::field(
        field,
        format!("{value:?} is out of range"),
        format!("use {min} to {max}"),
    ))
}
