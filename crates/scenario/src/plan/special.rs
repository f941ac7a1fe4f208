//! Special seats: the rules of a spec give seats their grades and make wheelchair places and
//! restricted views.

use super::SeatKind;
use super::draft::{DraftSeat, DraftSection};
use super::spec::{Scope, Spec, SpecError};

/// Whether a scope covers a row of a section; `row` counts from 0 at the front.
pub(super) fn covers(scope: &Scope, section: &DraftSection<'_>, row: usize) -> bool {
    let number = super::index(row) + 1;
    let from_back = super::index(section.rows.len() - row);
    let angle = section.angle_degrees;
    scope.floor.as_ref().is_none_or(|floor| *floor == section.block.floor.label)
        && scope.sections.as_ref().is_none_or(|labels| labels.contains(&section.block.label))
        && scope.angle_from.is_none_or(|from| angle >= from)
        && scope.angle_to.is_none_or(|to| angle <= to)
        && scope.row_from.is_none_or(|from| number >= from)
        && scope.row_to.is_none_or(|to| number <= to)
        && scope.back_rows.is_none_or(|rows| from_back <= rows)
}

/// Puts wheelchair places into the rows that the spec names. Rule P5.
///
/// # Errors
///
/// When a rule covers no row, or a row is too short for its places.
pub(super) fn set_wheelchairs(
    sections: &mut [DraftSection<'_>],
    spec: &Spec,
) -> Result<(), SpecError> {
    for (index, rule) in spec.wheelchair.iter().enumerate() {
        let mut covered = false;
        for section in &mut *sections {
            for row in 0..section.rows.len() {
                if !covers(&rule.at, section, row) {
                    continue;
                }
                covered = true;
                if !section.rows[row].set_wheelchairs(rule.places) {
                    let label = &section.block.label;
                    let wrong = format!("row {} of section {label} is too short", row + 1);
                    let field = format!("wheelchair[{index}].places");
                    return Err(SpecError::field(field, wrong, "ask for fewer places"));
                }
            }
        }
        if !covered {
            let fix = "name a floor, section and row that exist";
            let field = format!("wheelchair[{index}].at");
            return Err(SpecError::field(field, "it covers no row", fix));
        }
    }
    Ok(())
}

/// The grade of a row: the first rule that covers it.
pub(super) fn grade_of(spec: &Spec, section: &DraftSection<'_>, row: usize) -> u8 {
    let rule = (spec.grade_rule.iter().find(|rule| covers(&rule.at, section, row)))
        .expect("the last rule covers everything: checked when the spec was read");
    let grade = (spec.grade.iter().position(|grade| grade.name == rule.grade))
        .expect("rules name grades that exist: checked when the spec was read");
    u8::try_from(grade).expect("there are at most 16 grades")
}

/// Marks the ordinary seats of a row from which not all of the stage is seen. Rule P5.
pub(super) fn set_restricted(
    seats: &mut [DraftSeat],
    spec: &Spec,
    section: &DraftSection<'_>,
    row: usize,
) {
    let (Some(first), Some(last)) = (seats.first(), seats.last()) else { return };
    let outer_is_first = libm::fabs(first.spot.x) > libm::fabs(last.spot.x);
    let count = seats.len();
    for rule in spec.restricted.iter().filter(|rule| covers(&rule.at, section, row)) {
        for (position, seat) in seats.iter_mut().enumerate() {
            let inward = if outer_is_first { position } else { count - 1 - position };
            let is_named = rule.outer_seats.is_none_or(|seats| super::index(inward) < seats);
            if is_named && seat.kind == SeatKind::Ordinary {
                seat.kind = SeatKind::Restricted;
            }
        }
    }
}
