//! Who may enter the races of rooms: the index of races is told whom a room lets in.

use super::wish::{Entrance, Right};
use crate::context::Context;
use crate::index::Sharing;

/// Tells the index of races what has changed for guests. A race that was removed in the meantime needs to hear nothing.
pub(super) fn apply(context: &Context, entrances: &[Entrance]) {
    let index = &context.index;
    for Entrance { race, guest, right } in entrances {
        let (race, guest) = (*race, *guest);
        match right {
            Right::Enter { name } => {
                index.let_in(race, [guest]);
                index.set_name(race, guest, name.clone());
            }
            Right::Called { name } => index.recall(race, guest, name.clone()),
            Right::StayOut => {
                index.put_out(race, guest);
            }
            Right::Share => index.share_report(race, guest, Sharing::Everybody),
            Right::Hide => index.share_report(race, guest, Sharing::Nobody),
        }
    }
}
