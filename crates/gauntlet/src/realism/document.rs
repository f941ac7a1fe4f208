//! The document `docs/REALISM.md`: tables of the comparisons, a curve, and a list of what does not
//! match.

use std::fmt::Write as _;

use crate::realism::cases::Cases;
use crate::realism::{Comparison, Part, curve};

/// The text at the head of the document.
const HEAD: &str = "# Realism

This page compares the crowd with what is known of real on-sales. Nobody publishes the log of one, so
the reference is a set of notes: figures from press reports and from people who measured, a mixture of
arrivals that was fitted to a few anecdotes, a simple model that was fitted to press reports, and
estimates. Where a figure of the notes is an estimate, the crowd is compared with the estimate and not
with the world.

`cargo xtask realism` writes this page. It plays every race below with fixed seeds and ends with an
error if the crowd misses one of the first three parts. A figure is the median over the seeds, with the
lowest and the highest in brackets. No race draws anything to match a figure. ✓ is within what is
allowed, ✗ is not.
";

/// The whole document.
pub fn document(parts: &[Part], cases: &Cases) -> String {
    let mut text = HEAD.to_owned();
    for part in parts {
        let kind = if part.is_required { "Required." } else { "For information." };
        write!(text, "\n## {}\n\n{} {kind}\n\n", part.title, wrapped(&part.about))
            .expect("memory takes every write");
        text.push_str(&table(&part.comparisons));
    }
    if let Some(race) = cases.of("sanity-arena-10k").first() {
        text.push_str("\n## The curve\n\n`sanity-arena-10k`, first seed: `#` paid, `+` held, blank free.\n\n```text\n");
        text.push_str(&curve::draw(&race.tally, 720));
        text.push_str("```\n");
    }
    text.push_str("\n## What does not match\n\n");
    text.push_str(&misses(parts));
    text
}

fn table(comparisons: &[Comparison]) -> String {
    let mut text =
        "| what | reference | measured | deviation | |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for Comparison { what, reference, measured, deviation, is_met } in comparisons {
        let deviation =
            deviation.map_or_else(String::new, |share| format!("{:+.0} %", share * 100.0));
        let mark = if *is_met { '✓' } else { '✗' };
        writeln!(text, "| {what} | {reference} | {measured} | {deviation} | {mark} |")
            .expect("memory takes every write");
    }
    text
}

fn misses(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_met()) {
        let missed = part.comparisons.iter().filter(|comparison| !comparison.is_met);
        let list: Vec<_> = missed
            .map(|miss| format!("{}: {}, expected {}", miss.what, miss.measured, miss.reference))
            .collect();
        let line = format!("- **{}.** {}. {}", part.title, list.join("; "), part.reason);
        text.push_str(&wrapped(&line));
        text.push('\n');
    }
    if text.is_empty() { "Every comparison is met.\n".to_owned() } else { text }
}

/// Wraps a text into lines of at most a hundred characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("one line at least");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= 100 {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_met_is_listed_with_its_reason() {
        let comparison = |what: &str, is_met| Comparison {
            what: what.to_owned(),
            reference: "1 s".to_owned(),
            measured: "2 s".to_owned(),
            deviation: Some(1.0),
            is_met,
        };
        let part = Part {
            title: "Times",
            about: "Seconds.".to_owned(),
            comparisons: vec![comparison("here", true), comparison("there", false)],
            is_required: true,
            reason: "It is slow.",
        };
        let expected = "- **Times.** there: 2 s, expected 1 s. It is slow.\n";
        assert_eq!(misses(std::slice::from_ref(&part)), expected);
        assert!(table(&part.comparisons).contains("| there | 1 s | 2 s | +100 % | ✗ |"));
    }
}
