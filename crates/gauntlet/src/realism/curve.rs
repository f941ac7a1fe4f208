//! Draws the sell-out curve as text: which share of the hall was taken and which was paid, over
//! time.

use crowd::Tally;

const WIDTH: u32 = 64;
const HEIGHT: u32 = 12;

/// Draws the first `seconds` of a race. `#` is paid, `+` is held, and a blank is free.
pub(crate) fn draw(tally: &Tally, seconds: u32) -> String {
    let columns: Vec<(u32, u32)> =
        (0..WIDTH).map(|at| levels(tally, at * seconds / WIDTH)).collect();
    let mut text = String::new();
    for row in (1..=HEIGHT).rev() {
        let label =
            if row % 3 == 0 { format!("{:>4} %", row * 100 / HEIGHT) } else { " ".repeat(6) };
        text.push_str(&label);
        text.push_str(" |");
        text.extend(columns.iter().map(|&(paid, taken)| match row {
            row if row <= paid => '#',
            row if row <= taken => '+',
            _ => ' ',
        }));
        let end = text.trim_end().len();
        text.truncate(end);
        text.push('\n');
    }
    let half = format!("{} s", seconds / 2);
    let rest = WIDTH as usize / 2 - 3;
    let (line, end) = ("-".repeat(WIDTH as usize), format!("{seconds} s"));
    text + &format!("       +{line}\n        0 s{half:>rest$}{end:>32}\n")
}

/// How many rows of the drawing are paid and how many are taken at this second.
fn levels(tally: &Tally, second: u32) -> (u32, u32) {
    let samples = tally.curve();
    let after = samples.partition_point(|sample| sample.second <= second + 1);
    let seats = tally.seats();
    let (free, sold) = match samples.get(after.saturating_sub(1)) {
        Some(sample) if sample.second <= second + 1 => (sample.free, sample.sold),
        Some(_) | None => (seats, 0),
    };
    let rows = |count: u32| (count * HEIGHT + seats / 2) / seats;
    (rows(sold), rows(seats - free))
}
