//! The sell-out curve: what share of the seats was free, held or paid, second by second, as cells of
//! a chart. Whoever draws gives each state its own mark.

use crowd::Tally;

/// What the seats at one height of the chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    Free,
    Held,
    Paid,
}

/// Rows of a chart, from the top. Paid seats stand at the bottom, free ones hang from the top; each
/// column is one stretch of time, the last one ends `seconds` after the opening.
pub(crate) fn rows(tally: &Tally, seconds: u32, width: u16, height: u16) -> Vec<Vec<Share>> {
    let columns: Vec<(u32, u32)> = (0..width)
        .map(|column| {
            let middle = u64::from(seconds) * (2 * u64::from(column) + 1);
            let second = middle / (2 * u64::from(width.max(1)));
            state_at(tally, u32::try_from(second).expect("within seconds"))
        })
        .collect();
    let seats = u64::from(tally.seats());
    let row = |from_bottom: u16| {
        // A cell is what its middle is.
        let middle = seats * (2 * u64::from(from_bottom) + 1);
        let reaches = |count: u32| u64::from(count) * 2 * u64::from(height) > middle;
        let cell = |&(free, sold): &(u32, u32)| match () {
            () if reaches(sold) => Share::Paid,
            () if reaches(tally.seats() - free) => Share::Held,
            () => Share::Free,
        };
        columns.iter().map(cell).collect()
    };
    (0..height).rev().map(row).collect()
}

/// How many seconds a chart of the whole race should reach: to the last change, and a little.
pub(crate) fn seconds_of(tally: &Tally) -> u32 {
    let last = tally.curve().last().map_or(0, |sample| sample.second);
    (last + 1).max(10)
}

/// Free and paid seats at the end of a second.
fn state_at(tally: &Tally, second: u32) -> (u32, u32) {
    let curve = tally.curve();
    // A sample tells how things stood before the first change in its second.
    let next = curve.partition_point(|sample| sample.second <= second);
    curve.get(next).map_or((tally.free(), tally.sold()), |sample| (sample.free, sample.sold))
}
