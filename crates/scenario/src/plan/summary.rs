//! Summaries: what a check finds in a plan. Counts, faults and warnings.

use super::{Plan, SeatKind, index, limits};

/// What a check finds in a plan. It tells whether the plan is fit for a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    /// Name of the plan as its file has it; empty if it has none.
    pub name: String,
    /// Seats found. This and the other counts are there for a refused plan too.
    pub seat_count: u32,
    /// Sections found.
    pub section_count: u32,
    /// Rows found.
    pub row_count: u32,
    /// Wheelchair places found.
    pub wheelchair_count: u32,
    /// Seats with a restricted view found.
    pub restricted_count: u32,
    /// The grades in their order, with the number of their seats.
    pub grades: Vec<GradeCount>,
    /// How many seats have a `seat_guid`, and how many different ones there are; `None` for a plan
    /// that comes from a spec.
    pub guids: Option<GuidCount>,
    /// What makes the plan unfit for a sale.
    pub faults: Findings,
    /// What is odd in an accepted plan.
    pub warnings: Findings,
}

/// A grade and how many seats have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeCount {
    /// Name of the grade.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Price in won; 0 if the file has none.
    pub price_won: u32,
    /// Seats of this grade, special ones included.
    pub seat_count: u32,
}

/// How many seats have a guid, and how many guids there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuidCount {
    /// Seats that have one.
    pub seat_count: u32,
    /// Different guids among them.
    pub different_count: u32,
}

/// Faults or warnings. All are counted; the first [`limits::FINDINGS_KEPT_MAX`] are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    count: u32,
}

/// A fault or a warning, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The place.
    pub at: FilePlace,
    /// What is wrong: a clause in lower case without a full stop.
    pub what: String,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePlace {
    /// A JSON pointer (RFC 6901) such as `/zones/0/rows/3`; empty for the whole document.
    Pointer(String),
    /// Line and column, both counted from 1, of text that is no JSON.
    LineColumn(u32, u32),
}

impl Findings {
    /// The first ones, in the order of the file.
    pub fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// How many there are, including those that were not kept.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn add(&mut self, at: FilePlace, what: impl Into<String>) {
        self.count = self.count.saturating_add(1);
        if self.kept.len() < limits::FINDINGS_KEPT_MAX as usize {
            self.kept.push(Finding { at, what: what.into() });
        }
    }
}

impl PlanSummary {
    /// The summary of a finished plan. It has no faults.
    pub fn of_plan(plan: &Plan) -> Self {
        let kinds = |kind| index(plan.seats.iter().filter(|seat| seat.kind == kind).count());
        let grades = (plan.grades.iter().enumerate())
            .map(|(grade, about)| GradeCount {
                name: about.name.clone(),
                color: about.color.clone(),
                price_won: about.price_won,
                seat_count: index(
                    plan.seats.iter().filter(|seat| usize::from(seat.grade) == grade).count(),
                ),
            })
            .collect();
        Self {
            name: plan.name.clone(),
            seat_count: index(plan.seats.len()),
            section_count: index(plan.sections.len()),
            row_count: index(plan.rows.len()),
            wheelchair_count: kinds(SeatKind::Wheelchair),
            restricted_count: kinds(SeatKind::Restricted),
            grades,
            guids: None,
            faults: Findings::default(),
            warnings: Findings::default(),
        }
    }

    /// Whether the plan is fit for a sale.
    pub fn is_accepted(&self) -> bool {
        self.faults.is_empty()
    }
}
