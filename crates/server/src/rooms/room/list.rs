//! Lists of a room that forget.

use std::collections::VecDeque;

/// Adds to a list that forgets its first entry when it is full.
pub(super) fn push<T>(list: &mut VecDeque<T>, max: usize, new: T) {
    if list.len() >= max {
        list.pop_front();
    }
    list.push_back(new);
}
