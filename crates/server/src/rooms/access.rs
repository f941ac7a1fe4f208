//! Who may enter the races of rooms: the index of races is told whom a room lets in.

use super::town::{Entrance, Right};
use crate::context::Context;

/// Tells the index of races what has changed for guests.
pub(super) fn apply(_context: &Context, entrances: &[Entrance]) {
    for Entrance { race, guest: _, right } in entrances {
        match right {
            Right::Enter | Right::StayOut | Right::Share | Right::Hide => {
                tracing::debug!(race.id = %race, ?right, "what a guest may do in a race has changed");
            }
        }
    }
}
