//! The sell-out curve: what share of the seats was free, held or paid, second by second.
//!
//! ```text
//! 100 % ┌ free ──────╮
//!       │     held   ╰───
//!   0 % └ paid ──────────▶ time
//! ```

use crowd::Tally;
use sale::SeatState;

use crate::dots::{self, ACROSS, DOWN};

/// A row of characters, each with the state that gives it its colour.
pub(crate) type Row = Vec<(char, SeatState)>;

/// The rows of a chart of `width` by `height` characters, from the top. Its right edge is `seconds` after
/// the opening.
pub(crate) fn rows(tally: &Tally, seconds: u32, width: u16, height: u16) -> Vec<Row> {
    let (across, down) = (usize::from(width) * ACROSS, usize::from(height) * DOWN);
    let columns: Vec<(u32, u32)> =
        (0..across).map(|column| state_at(tally, middle(seconds, column, across))).collect();
    let seats = tally.seats();
    let state = |x: usize, y: usize| {
        let (free, sold) = columns[x];
        // The middle of a dot decides its state. Paid seats fill the chart from the bottom, free ones from the top.
        let level = middle(seats, down - 1 - y, down);
        match () {
            () if sold > level => SeatState::Sold,
            () if seats - free > level => SeatState::Held,
            () => SeatState::Free,
        }
    };
    let character = |column: usize, row: usize| {
        let dots = dots::character(|x, y| Some(state(column * ACROSS + x, row * DOWN + y)));
        dots.expect("every dot of a chart has a state")
    };
    (0..usize::from(height))
        .map(|row| (0..usize::from(width)).map(|column| character(column, row)).collect())
        .collect()
}

/// The number of seconds in a chart of the whole race, which ends with the last change.
pub(crate) fn seconds_of(tally: &Tally) -> u32 {
    let last = tally.curve().last().map_or(0, |sample| sample.second);
    (last + 1).max(10)
}

/// The middle of part `index` when `whole` is cut into `count` equal parts.
fn middle(whole: u32, index: usize, count: usize) -> u32 {
    let middle = u64::from(whole) * (2 * index as u64 + 1) / (2 * count as u64);
    u32::try_from(middle).expect("within the whole")
}

/// Free and paid seats at the end of a second.
fn state_at(tally: &Tally, second: u32) -> (u32, u32) {
    let curve = tally.curve();
    // A sample holds the counts before the first change in its second.
    let next = curve.partition_point(|sample| sample.second <= second);
    curve.get(next).map_or((tally.free(), tally.sold()), |sample| (sample.free, sample.sold))
}
