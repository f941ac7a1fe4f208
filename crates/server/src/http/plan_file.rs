//! A plan as a client draws it.

use protocol::{
    PlanGrade, PlanKinds, PlanRow, PlanSection, PlanStage, PlanView, RowGrades, RowNumbers,
};
use scenario::plan::{Plan, Point, Row, SeatKind, Section, Spec, StageShape, generate};

use crate::problem::ApiError;
use crate::sheet::title;

/// A plan in the form in which clients get it.
#[derive(Debug)]
pub(crate) struct PlanFile {
    /// A [`PlanView`] as JSON.
    pub(super) json: Vec<u8>,
}

impl PlanFile {
    /// Lays the plan of a spec out: this takes a while, so this is for the workshop.
    pub(super) fn of_spec(spec: &str) -> Result<Self, ApiError> {
        let plan = Spec::parse(spec).and_then(|spec| generate(&spec));
        let plan = plan.map_err(|error| ApiError::Unplayable { reason: error.to_string() })?;
        Ok(Self { json: serde_json::to_vec(&view(&plan)).expect("a plan becomes JSON") })
    }
}

fn view(plan: &Plan) -> PlanView {
    let grade = |grade: &scenario::plan::Grade| PlanGrade {
        name: grade.name.clone(),
        color: grade.color.clone(),
        price_won: grade.price_won,
    };
    PlanView {
        name: plan.name.clone(),
        title: title(&plan.title),
        width: whole(plan.width),
        height: whole(plan.height),
        stage: PlanStage {
            shape: match plan.stage.shape {
                StageShape::End => "end",
                StageShape::Thrust => "thrust",
                StageShape::Round => "round",
            }
            .to_owned(),
            outline: outline(&plan.stage.outline),
        },
        grades: plan.grades.iter().map(grade).collect(),
        sections: plan.sections.iter().map(|section| section_view(plan, section)).collect(),
    }
}

fn section_view(plan: &Plan, section: &Section) -> PlanSection {
    let rows = &plan.rows[section.rows.start as usize..section.rows.end as usize];
    PlanSection {
        floor: section.floor.clone(),
        label: section.label.clone(),
        outline: outline(&section.outline),
        rows: rows.iter().map(|row| row_view(plan, row)).collect(),
    }
}

fn row_view(plan: &Plan, row: &Row) -> PlanRow {
    let seats = &plan.seats[row.seats.start as usize..row.seats.end as usize];
    let positions = |is: &dyn Fn(&scenario::plan::Seat) -> bool| -> Vec<u32> {
        (0u32..).zip(seats).filter(|(_, seat)| is(seat)).map(|(at, _)| at).collect()
    };
    let last = row.seats.end - row.seats.start - 1;
    let mut gaps = positions(&|seat| !seat.next_adjacent);
    gaps.retain(|&at| at != last);
    let kinds = PlanKinds {
        wheelchair: positions(&|seat| seat.kind == SeatKind::Wheelchair),
        restricted: positions(&|seat| seat.kind == SeatKind::Restricted),
    };
    let first = seats.first().map_or(0, |seat| seat.grade);
    let is_one_grade = seats.iter().all(|seat| seat.grade == first);
    PlanRow {
        label: row.label.clone(),
        first_seat: row.seats.start,
        numbers: numbers(seats),
        x: seats.iter().map(|seat| whole(seat.x)).collect(),
        y: seats.iter().map(|seat| whole(seat.y)).collect(),
        grades: if is_one_grade {
            RowGrades::One(first)
        } else {
            RowGrades::Each(seats.iter().map(|seat| seat.grade).collect())
        },
        kinds: (kinds != PlanKinds::default()).then_some(kinds),
        gaps: (!gaps.is_empty()).then_some(gaps),
    }
}

/// The numbers of a row: as a run if each is one more than the number before it, else as a list.
fn numbers(seats: &[scenario::plan::Seat]) -> RowNumbers {
    let list = || RowNumbers::List(seats.iter().map(|seat| seat.number.clone()).collect());
    let Some(from) = seats.first().and_then(|seat| seat.number.parse::<u32>().ok()) else {
        return list();
    };
    let is_run = (from..).zip(seats).all(|(number, seat)| seat.number == number.to_string());
    let count = u32::try_from(seats.len()).expect("plans have limits");
    if is_run { RowNumbers::Run { from, count } } else { list() }
}

fn outline(points: &[Point]) -> Vec<[i32; 2]> {
    points.iter().map(|point| [whole(point.x), whole(point.y)]).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "centimetres of a hall fit")]
fn whole(length: f32) -> i32 {
    length.round() as i32
}

#[cfg(test)]
mod tests;
