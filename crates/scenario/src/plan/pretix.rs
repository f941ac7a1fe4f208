//! Plans in the seating-plan format of pretix, the one public format with several users.
//!
//! Read leniently: unknown keys are passed over, and `size`, `uuid` and `zone_id` may be absent.
//! Written strictly: no key that the published field list does not have.
//!
//! The format has zones where we have floors and sections, and neither prices, titles, qualities,
//! neighbours nor kinds of seats. What an export keeps and an import makes of any file:
//!
//! | of a plan | written as | read back from any file |
//! |---|---|---|
//! | unit of 1 cm | half a unit: 25 are one chair | twice the number, whole centimetres |
//! | floor, section | a zone each: `zone_id` is `floor/label` | such a zone; else the zone is a section, cut where a row label comes again, and then the zone is the floor |
//! | grade | a category | a category; price 0 |
//! | wheelchair, restricted | categories of their own: `R · wheelchair` | such a category; else ordinary |
//! | stage | an area in a zone without rows, its text at the focus | the area that says `STAGE`, else the largest one, else the top centre is assumed; around a stage with seats behind it nobody sits off centre |
//! | outline of a section | an area of the zone | such an area; else the hull of the seats |
//! | neighbours | positions | seats of a row not much farther apart than is usual in it |
//! | quality | – | the formula of `quality.rs` |
//! | prices, titles | – | lost: 0, and the name in all three languages |

use serde_json::Value;

use super::report::{FilePlace, GuidCount, Report};
use super::{Plan, limits};

mod build;
mod document;
mod export;
mod read;
mod stage;
#[cfg(test)]
mod tests;

pub use export::{export, export_with_guids, guids};

/// Centimetres in one unit of the format: 25 units are customary for a chair of 50 cm.
const UNIT_CM: f64 = 2.0;

/// What to do with the `seat_guid`s of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuidPolicy {
    /// Keep them; one that is missing or not unique is a fault.
    Keep,
    /// Pass over them and give every seat `<floor>-<section>-<row>-<number>`, made unique.
    Renumber,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The plan, if it was accepted.
    pub accepted: Option<AcceptedPlan>,
    /// Counts, faults and warnings, also of a refused file.
    pub report: Report,
}

/// A plan and the names its seats have in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedPlan {
    /// The plan.
    pub plan: Plan,
    /// The `seat_guid` of every seat, in the order of [`Plan::seats`]; all different.
    pub guids: Vec<String>,
}

/// Reads a file. All its faults are reported, not only the first. Rules P10 to P13.
pub fn import(bytes: &[u8], policy: GuidPolicy) -> Import {
    if bytes.len() as u64 > limits::FILE_BYTES_MAX {
        let what = format!("{} bytes; at most {} are read", bytes.len(), limits::FILE_BYTES_MAX);
        return unreadable(FilePlace::Pointer(String::new()), &what);
    }
    let root: Value = match serde_json::from_slice(bytes) {
        Ok(root) => root,
        Err(error) => return unreadable(broken_at(&error), &syntax_message(&error)),
    };
    let mut reading = read::read(&root, policy);
    let plan = build::build(&reading.document);
    if plan.sections.len() > limits::SECTIONS_MAX as usize {
        let (found, max) = (plan.sections.len(), limits::SECTIONS_MAX);
        let what = format!("{found} sections; at most {max} are accepted");
        reading.faults.add(FilePlace::Pointer("/zones".to_owned()), what);
    }
    let guids = match policy {
        GuidPolicy::Keep => reading.document.guids(),
        GuidPolicy::Renumber => guids(&plan),
    };
    let report = Report {
        name: reading.document.name.clone(),
        guids: Some(reading.guid_count),
        faults: reading.faults,
        warnings: reading.warnings,
        ..Report::of_plan(&plan)
    };
    let accepted = report.is_accepted().then_some(AcceptedPlan { plan, guids });
    Import { accepted, report }
}

fn broken_at(error: &serde_json::Error) -> FilePlace {
    let position = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    FilePlace::LineColumn(position(error.line()), position(error.column()))
}

/// The reader's own words without the place, which is said apart.
fn syntax_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("this is not JSON: {}", &message[..end])
}

fn unreadable(at: FilePlace, what: &str) -> Import {
    let mut report = Report {
        name: String::new(),
        seat_count: 0,
        section_count: 0,
        row_count: 0,
        wheelchair_count: 0,
        restricted_count: 0,
        grades: Vec::new(),
        guids: Some(GuidCount { seat_count: 0, different_count: 0 }),
        faults: super::report::Findings::default(),
        warnings: super::report::Findings::default(),
    };
    report.faults.add(at, what);
    Import { accepted: None, report }
}
