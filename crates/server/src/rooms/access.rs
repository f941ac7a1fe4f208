//! Who may enter the races of rooms: the index of races is told whom a room lets in.

use super::town::Entrance;
use crate::context::Context;

/// Lets guests into races, or no longer.
pub(super) fn apply(_context: &Context, entrances: &[Entrance]) {
    for Entrance { race, guest: _, may_enter } in entrances {
        tracing::debug!(race.id = %race, may_enter, "who may enter a race has changed");
    }
}
