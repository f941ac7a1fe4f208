//! Trimming: a hall gets exactly the number of seats that its spec promises.

use super::draft::DraftSection;
use super::geometry::Spot;
use super::limits::{SEATS_MAX, SURPLUS_SHARE_MAX};
use super::spec::{Spec, SpecError};

/// Takes surplus chairs out at the ends of the last rows, one from each row. It begins with the top
/// floor and there with the outermost sections, left and right in turn, so that the hall stays
/// symmetric. Rule P3.
///
/// # Errors
///
/// When the blocks hold too few seats, or so many that the missing chairs would be noticed.
pub(super) fn trim(
    sections: &mut [DraftSection<'_>],
    spec: &Spec,
    is_free: &impl Fn(Spot) -> bool,
) -> Result<(), SpecError> {
    let mut surplus = check_count(count(sections, is_free), spec.seats)?;
    while surplus > 0 {
        let before = surplus;
        for (section, row) in cutting_order(sections) {
            let row = &mut sections[section].rows[row];
            if surplus > 0 && is_whole(row, is_free) && row.shorten() {
                surplus -= 1;
            }
        }
        if surplus == before {
            let wrong = format!("{surplus} seats too many and no row to take them from");
            return Err(SpecError::field("seats", wrong, "shorten blocks by hand"));
        }
    }
    Ok(())
}

fn count(sections: &[DraftSection<'_>], is_free: &impl Fn(Spot) -> bool) -> usize {
    sections.iter().flat_map(|section| &section.rows).map(|row| row.seats(is_free).len()).sum()
}

fn check_count(found: usize, promised: u32) -> Result<usize, SpecError> {
    if found > SEATS_MAX as usize {
        let wrong = format!("the blocks hold {found} seats");
        return Err(SpecError::field("floor", wrong, format!("keep it to {SEATS_MAX}")));
    }
    let Some(surplus) = found.checked_sub(promised as usize) else {
        let wrong = format!("the blocks hold only {found} of {promised} seats");
        return Err(SpecError::field("seats", wrong, "add rows or widen blocks"));
    };
    if super::index(surplus) > surplus_max(promised) {
        let wrong = format!("the blocks hold {found} seats, {surplus} more than promised");
        return Err(SpecError::field("seats", wrong, "take out rows or narrow blocks"));
    }
    Ok(surplus)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small share of a bounded count"
)]
fn surplus_max(promised: u32) -> u32 {
    (f64::from(promised) * SURPLUS_SHARE_MAX) as u32
}

/// Whether all chairs of the row stand: then one chair less is one seat less.
fn is_whole(row: &super::draft::DraftRow, is_free: &impl Fn(Spot) -> bool) -> bool {
    let chairs: u32 = row.parts.iter().map(|part| part.chairs).sum();
    row.seats(is_free).len() == chairs as usize
}

/// The rows as (section, row), in the order in which they are shortened.
fn cutting_order(sections: &[DraftSection<'_>]) -> Vec<(usize, usize)> {
    let mut floors: Vec<&str> = Vec::new();
    for section in sections {
        if floors.last() != Some(&section.block.floor.label.as_str()) {
            floors.push(&section.block.floor.label);
        }
    }
    let rows_max = sections.iter().map(|section| section.rows.len()).max().unwrap_or_default();
    let mut order = Vec::new();
    for depth in 1..=rows_max {
        for floor in floors.iter().rev() {
            let on_floor: Vec<usize> = (0..sections.len())
                .filter(|&index| {
                    let section = &sections[index];
                    let has_row = section.rows.len() >= depth && !section.block.is_flat;
                    has_row && section.block.floor.label == *floor
                })
                .collect();
            let cut = outside_in(&on_floor);
            order.extend(cut.map(|section| (section, sections[section].rows.len() - depth)));
        }
    }
    order
}

/// The first item, the last, the second, the last but one …
fn outside_in(items: &[usize]) -> impl Iterator<Item = usize> + '_ {
    (0..items.len()).map(|turn| {
        let step = turn / 2;
        items[if turn % 2 == 0 { step } else { items.len() - 1 - step }]
    })
}
