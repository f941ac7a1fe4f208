//! The result of a race for people: what was raced, when the seats were gone, conflicts, counts,
//! and the curve.

use crowd::Band;
use sale::{SeatState, Span};

use super::summary::{PAID, Person, Summary, band_name};
use crate::chart;
use crate::dots::MARKS;
use crate::output::Paint;
use crate::text::{clock, grouped, mebibytes, percent};

/// Columns and rows of the curve. With its labels it fits into 80 columns.
const CURVE: (u16, u16) = (70, 12);

pub(super) fn text(summary: &Summary<'_>, paint: Paint) -> String {
    let mut lines = Vec::new();
    heading(summary, &mut lines);
    times(summary, &mut lines);
    conflicts(summary, &mut lines);
    counts(summary, &mut lines);
    if let Some(person) = &summary.person {
        run_of(person, &mut lines);
    }
    effort(summary, &mut lines);
    lines.push(String::new());
    lines.extend(curve(summary, paint));
    lines.push(String::new());
    lines.join("\n")
}

/// A line with a name and a value. The values of all lines end in the same column.
fn row(name: &str, value: &str) -> String {
    format!("  {name:<22}{value:>12}")
}

fn heading(summary: &Summary<'_>, lines: &mut Vec<String>) {
    let setup = summary.setup;
    // A Korean letter is two columns wide, so the Korean title stands at the end, where it moves
    // nothing.
    lines.push(format!("{}  {}", setup.course.title.en, setup.course.title.ko));
    lines.push(format!("  {}, {}", setup.in_words(), setup.course.plan.title.en));
    lines.push("  a simulation: no real tickets".to_owned());
    lines.push(String::new());
    lines.push(row("rivals", &grouped(setup.course.recipe.rivals())));
    lines.push(row("seats", &grouped(summary.tally.seats())));
}

fn times(summary: &Summary<'_>, lines: &mut Vec<String>) {
    let time = |span: Option<Span>| span.map_or("not reached".to_owned(), clock);
    lines.push("after the opening (minutes:seconds)".to_owned());
    lines.push(row("all seats held", &time(summary.tally.all_held_after())));
    for share in PAID {
        lines.push(row(&format!("{share} % paid"), &time(summary.tally.paid_after(share))));
    }
    lines.push(row("end of the race", &clock(summary.ended_after)));
}

fn conflicts(summary: &Summary<'_>, lines: &mut Vec<String>) {
    let tally = summary.tally;
    lines.push("somebody was faster (conflicts, share of all tries)".to_owned());
    let all = format!("{:>10}", percent(tally.conflict_rate()));
    lines.push(row("overall", &grouped(tally.conflicts())) + &all);
    for band in Band::ALL {
        let rate = tally.conflict_rate_in(band).map_or("no tries".to_owned(), percent);
        lines.push(format!("  {:<22}{:>12}{rate:>10}", band_name(band), ""));
    }
}

fn counts(summary: &Summary<'_>, lines: &mut Vec<String>) {
    let tally = summary.tally;
    lines.push("what came of it".to_owned());
    lines.push(row("bookings", &grouped(tally.bookings())));
    lines.push(row("seats sold", &grouped(tally.sold())));
    lines.push(row("abandoned holds", &grouped(tally.holds_ended())));
    lines.push(row("early presses", &grouped(tally.early_presses())));
    lines.push(row("gave up waiting", &grouped(tally.places_given_up())));
}

fn run_of(person: &Person, lines: &mut Vec<String>) {
    let time = |span: Option<Span>| span.map_or("never".to_owned(), clock);
    lines.push("the scripted person".to_owned());
    let place = person.place.map_or("none".to_owned(), grouped);
    lines.push(row("place", &place));
    lines.push(row("inside at", &time(person.admitted_after)));
    lines.push(row("conflicts", &grouped(person.conflicts)));
    lines.push(row("seats held at", &time(person.held_after)));
    lines.push(row("paid at", &time(person.paid_after)));
    if person.seats.is_empty() {
        lines.push("  got no seat".to_owned());
        return;
    }
    for seat in &person.seats {
        lines.push(format!(
            "  got {} section {} row {} seat {} (floor {})",
            seat.grade, seat.section, seat.row, seat.number, seat.floor
        ));
    }
    lines.push(row("total, won", &grouped(person.total_won)));
}

fn effort(summary: &Summary<'_>, lines: &mut Vec<String>) {
    lines.push("this run".to_owned());
    lines.push(row("events", &grouped(summary.events)));
    if let Some(effort) = summary.effort {
        lines.push(row("wall time", &format!("{:.3} s", effort.wall.as_secs_f64())));
        lines.push(row("events a second", &grouped(rounded(effort.events_per_s))));
    }
    if let Some(bytes) = summary.peak_rss_bytes {
        lines.push(row("peak memory", &mebibytes(bytes)));
    }
    lines.push(format!("  hash  {}", summary.hash));
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is far from both ends"
)]
fn rounded(rate: f64) -> u64 {
    rate.round() as u64
}

/// The sell-out curve with its axes.
fn curve(summary: &Summary<'_>, paint: Paint) -> Vec<String> {
    let (width, height) = CURVE;
    let seconds = chart::seconds_of(summary.tally);
    let mut lines = vec!["  seats".to_owned()];
    for (index, cells) in chart::rows(summary.tally, seconds, width, height).iter().enumerate() {
        let label = match index {
            0 => "100 %",
            at if at == usize::from(height) / 2 => " 50 %",
            _ => "     ",
        };
        lines.push(format!(" {label} │{}", line(cells, paint)));
    }
    let quarter = usize::from(width) / 4;
    let ticks: String = (0..usize::from(width))
        .map(|column| if column > 0 && column.is_multiple_of(quarter) { '┴' } else { '─' })
        .collect();
    lines.push(format!("   0 % └{ticks}"));
    let label = |part: u32| {
        let whole = u64::from(seconds) * u64::from(part) / 4;
        format!("{}:{:02}", whole / 60, whole % 60)
    };
    let [a, b, c, d] = [0, 1, 2, 3].map(label);
    let (space, unit) = (' ', "min:s");
    lines.push(format!(
        "{space:8}{a:<quarter$}{b:<quarter$}{c:<quarter$}{d:<0$}{unit}",
        quarter - unit.len() + 1
    ));
    let keys = MARKS.iter().zip(["free", "held", "paid"]);
    let keys = keys.map(|(&(state, mark), word)| {
        let mark = line(&[(mark, state), (mark, state)], paint);
        format!("{mark} {word}")
    });
    lines.push(format!("        {}", keys.collect::<Vec<_>>().join("   ")));
    lines
}

/// One row of the curve. Each state has its own mark, and its own color if the output has colors.
fn line(row: &[(char, SeatState)], paint: Paint) -> String {
    let mut text = String::new();
    for run in row.chunk_by(|a, b| a.1 == b.1) {
        let color = match run[0].1 {
            SeatState::Free => "35",
            SeatState::Held => "33",
            SeatState::Sold => "38;5;103",
        };
        let marks: String = run.iter().map(|(mark, _)| mark).collect();
        text.push_str(&paint.colored(&marks, color));
    }
    text
}
