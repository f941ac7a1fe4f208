//! Generating a plan from a spec. The same spec gives the same plan, bit for bit, on every machine.

use core::f64::consts::PI;

use super::block::blocks;
use super::draft::{DraftSeat, DraftSection, free_ground};
use super::geometry::{Spot, bounds, narrow};
use super::labels::label_after;
use super::limits::ROWS_MAX;
use super::spec::{RowLabels, Spec, SpecError, StageSpec};
use super::special::{grade_of, set_restricted, set_wheelchairs};
use super::{Grade, Plan, Point, Row, Seat, Section, Stage, StageShape, index, quality, trim};

/// The empty margin around the drawing, in centimetres.
const MARGIN_CM: f64 = 300.0;

/// Lays out a hall. Rules P1 to P8.
///
/// # Errors
///
/// [`SpecError::Field`] when the blocks do not hold the promised number of seats, a rule for
/// wheelchair places covers no row, or a row has no room for a chair.
pub fn generate(spec: &Spec) -> Result<Plan, SpecError> {
    let outline = stage_outline(&spec.stage);
    let rounded: Vec<Point> = outline.iter().map(|spot| spot.rounded()).collect();
    let focus = focus(&spec.stage);
    let is_free = free_ground(spec, &rounded);
    let mut sections = blocks(spec)?
        .into_iter()
        .map(|block| DraftSection::new(block, focus))
        .collect::<Result<Vec<_>, _>>()?;
    let row_count: usize = sections.iter().map(|section| section.rows.len()).sum();
    if row_count > ROWS_MAX as usize {
        let wrong = format!("the blocks have {row_count} rows");
        return Err(SpecError::field("floor", wrong, format!("keep it to {ROWS_MAX}")));
    }
    set_wheelchairs(&mut sections, spec)?;
    trim::trim(&mut sections, spec, &is_free)?;

    let mut drawing = Drawing::new(spec, &sections, &outline, focus);
    for section in &sections {
        drawing.add_section(spec, section, &is_free)?;
    }
    let mut plan = drawing.plan;
    quality::grade_quality(&mut plan);
    Ok(plan)
}

/// The middle of the deck.
fn focus(stage: &StageSpec) -> Spot {
    match stage.shape {
        StageShape::Round => Spot::new(0.0, 0.0),
        StageShape::End | StageShape::Thrust => Spot::new(0.0, -libm::round(stage.depth / 2.0)),
    }
}

fn stage_outline(stage: &StageSpec) -> Vec<Spot> {
    let (right, back) = (stage.width / 2.0, -stage.depth);
    if stage.shape == StageShape::Round {
        return ellipse(stage.width / 2.0, stage.depth / 2.0);
    }
    let mut half = vec![Spot::new(right, back), Spot::new(right, 0.0)];
    if let Some(runway) = &stage.runway {
        let tip = runway.length - runway.tip_depth;
        half.extend([
            Spot::new(runway.width / 2.0, 0.0),
            Spot::new(runway.width / 2.0, tip),
            Spot::new(runway.tip_width / 2.0, tip),
            Spot::new(runway.tip_width / 2.0, runway.length),
        ]);
    }
    let left: Vec<Spot> = half.iter().rev().map(|spot| Spot::new(-spot.x, spot.y)).collect();
    half.into_iter().chain(left).collect()
}

fn ellipse(half_width: f64, half_depth: f64) -> Vec<Spot> {
    const CORNERS: u32 = 24;
    let angle = |corner: u32| 2.0 * PI * f64::from(corner) / f64::from(CORNERS);
    (0..CORNERS)
        .map(|corner| {
            let angle = angle(corner);
            Spot::new(half_width * libm::cos(angle), half_depth * libm::sin(angle))
        })
        .collect()
}

/// A plan while it is generated, and the spot of the spec that is the corner of the drawing.
struct Drawing {
    plan: Plan,
    origin: Spot,
}

impl Drawing {
    fn new(spec: &Spec, sections: &[DraftSection<'_>], stage: &[Spot], focus: Spot) -> Self {
        let outlines = sections.iter().flat_map(DraftSection::outline);
        let spots = outlines.chain(stage.iter().copied());
        let (least, greatest) = bounds(spots).expect("a stage has corners");
        let margin = Spot::new(MARGIN_CM, MARGIN_CM);
        let least = least.minus(margin);
        // The corner lies on whole centimetres, so that rounding gives the same before and after.
        let origin = Spot::new(libm::floor(least.x), libm::floor(least.y));
        let size = greatest.plus(margin).minus(origin);
        let grades = spec.grade.iter().map(|grade| Grade {
            name: grade.name.clone(),
            color: grade.color.to_ascii_lowercase(),
            price_won: grade.price_won,
        });
        let plan = Plan {
            name: spec.name.clone(),
            title: spec.title.clone(),
            width: narrow(libm::ceil(size.x)),
            height: narrow(libm::ceil(size.y)),
            stage: Stage {
                shape: spec.stage.shape,
                focus: focus.minus(origin).rounded(),
                outline: stage.iter().map(|spot| spot.minus(origin).rounded()).collect(),
            },
            grades: grades.collect(),
            sections: Vec::new(),
            rows: Vec::new(),
            seats: Vec::new(),
        };
        Self { plan, origin }
    }

    fn add_section(
        &mut self,
        spec: &Spec,
        section: &DraftSection<'_>,
        is_free: &impl Fn(Spot) -> bool,
    ) -> Result<(), SpecError> {
        let first_row = index(self.plan.rows.len());
        let first_seat = index(self.plan.seats.len());
        for (row, draft) in section.rows.iter().enumerate() {
            let mut seats = draft.seats(is_free);
            if seats.is_empty() {
                continue;
            }
            set_restricted(&mut seats, spec, section, row);
            self.add_row(row_label(section, row)?, grade_of(spec, section, row), &seats);
        }
        let (rows, seats) = (index(self.plan.rows.len()), index(self.plan.seats.len()));
        let label = section.block.label.clone();
        if rows == first_row {
            let wrong = format!("section {label} lies wholly in a hole or on the stage");
            return Err(SpecError::field("floor", wrong, "move the block or the hole"));
        }
        self.plan.sections.push(Section {
            floor: section.block.floor.label.clone(),
            label,
            rows: first_row..rows,
            seats: first_seat..seats,
            outline: section.outline().iter().map(|s| s.minus(self.origin).rounded()).collect(),
        });
        Ok(())
    }

    /// Adds a row to the section that is added after its rows.
    fn add_row(&mut self, label: String, grade: u8, seats: &[DraftSeat]) {
        let row = index(self.plan.rows.len());
        let first = index(self.plan.seats.len());
        for (position, seat) in seats.iter().enumerate() {
            let Point { x, y } = seat.spot.minus(self.origin).rounded();
            self.plan.seats.push(Seat {
                row,
                number: (position + 1).to_string(),
                grade,
                x,
                y,
                kind: seat.kind,
                quality: 0.0,
                next_adjacent: seat.next_adjacent,
            });
        }
        let section = index(self.plan.sections.len());
        let seats = first..index(self.plan.seats.len());
        self.plan.rows.push(Row { section, label, seats });
    }
}

fn row_label(section: &DraftSection<'_>, row: usize) -> Result<String, SpecError> {
    let first = match section.block.floor.row_labels {
        RowLabels::Numbers => "1",
        RowLabels::Letters => "A",
    };
    label_after(first, index(row)).ok_or_else(|| {
        let field = format!("floor {}", section.block.floor.label);
        SpecError::field(field, "rows run out of labels", "use `row_labels = \"numbers\"`")
    })
}
