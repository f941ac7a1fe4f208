//! What can be said of a plan that was checked: counts, and everything found in its file.

use super::{Plan, SeatKind, index, limits};

/// The answer to "is this plan fit for a sale?", as data; the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    /// Name of the plan, as its source has it; empty if it has none.
    pub name: String,
    /// Seats found, also when the plan is refused.
    pub seat_count: u32,
    /// Sections found.
    pub section_count: u32,
    /// Rows found.
    pub row_count: u32,
    /// Wheelchair places found.
    pub wheelchair_count: u32,
    /// Seats with a restricted view found.
    pub restricted_count: u32,
    /// Grades in their order, with their seats.
    pub grades: Vec<GradeCount>,
    /// How many seats bear a `seat_guid` and how many different ones there are; `None` for
    /// plans that come from no file of guids.
    pub guids: Option<GuidCount>,
    /// What makes the plan unfit.
    pub faults: Findings,
    /// What is odd and accepted.
    pub warnings: Findings,
}

/// A grade and how many seats have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeCount {
    /// Name of the grade.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Price in won; 0 if the source has none.
    pub price_won: u32,
    /// Seats of this grade, special ones included.
    pub seat_count: u32,
}

/// Seats against the guids they bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuidCount {
    /// Seats that bear one.
    pub seat_count: u32,
    /// Different guids among them.
    pub different_count: u32,
}

/// Faults or warnings: all are counted, the first [`limits::FINDINGS_KEPT_MAX`] are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    count: u32,
}

/// Something wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub at: FilePlace,
    /// What: one clause in lower case, without a final full stop.
    pub what: String,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePlace {
    /// A JSON pointer (RFC 6901) such as `/zones/0/rows/3`; empty for the whole document.
    Pointer(String),
    /// Line and column, both from 1: the text itself is broken there.
    LineColumn(u32, u32),
}

impl Findings {
    /// The first ones, in the order of the file.
    pub fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// How many there are, those not kept included.
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
    /// What there is in a finished plan. It has no faults.
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
