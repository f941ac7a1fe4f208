//! What is told of the turns of the timetable of open races.

/// What is told of each turn of the timetable; `None` for one that makes no race.
pub(crate) type OpenCards = Vec<Option<OpenCard>>;

/// What is told of one turn of the timetable.
#[derive(Clone, Debug)]
pub(crate) struct OpenCard {
    pub(super) about: practice::About,
}
