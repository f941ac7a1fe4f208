//! Conflicts: seats that a person asked for and that another visitor had. What the person is told at once
//! and what the report tells later are the same [`Conflict`], so no number in them is computed twice.

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::Race;
use sale::{Moment, Seat, Section, Span, Standing, Visitor};

/// A seat that a visitor asked for and that another visitor had taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Conflict {
    /// The seat.
    pub seat: Seat,
    /// When the visitor asked for it, in race time.
    pub at: Moment,
    /// How long it had been taken by then.
    pub late_by: Span,
    /// How old the seats were that the visitor had before them: the time since they were as shown last. For
    /// a visitor whose seats nobody noted, such as a rival, it is the time since the visitor opened the
    /// seat's section. `None` if that is not known either.
    pub view_age: Option<Span>,
    /// The seat's section.
    pub section: Section,
}

impl Conflict {
    /// The conflict of a visitor who asks for `seat` at `at`, `late_by` after it was taken. `seen_at` is the
    /// moment of the seats that the visitor was shown last.
    pub(crate) fn new(
        race: &Race,
        visitor: Visitor,
        at: Moment,
        (seat, late_by): (Seat, Span),
        seen_at: Option<Moment>,
    ) -> Self {
        let section = race.sale().layout().section_of(seat);
        let seen_at = seen_at.or_else(|| opened_at(race, visitor, section));
        Self { seat, at, late_by, view_age: seen_at.map(|seen| at.since(seen)), section }
    }
}

/// When the visitor opened a section, if it is the one opened last.
fn opened_at(race: &Race, visitor: Visitor, section: Section) -> Option<Moment> {
    let Standing::Inside { viewed: Some((opened, at)), .. } = race.sale().standing(visitor) else {
        return None;
    };
    (opened == section).then_some(at)
}
