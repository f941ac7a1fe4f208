//! Imports: the bytes of a file become a plan and a summary.

use serde_json::Value;

use super::super::summary::{FilePlace, Findings, GuidCount, PlanSummary};
use super::super::{Plan, limits};
use super::build;
use super::export::guids;
use super::read::{self, GuidPolicy};

/// What became of the file that was imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The plan, if it was accepted.
    pub accepted: Option<AcceptedPlan>,
    /// Counts, faults and warnings. A refused file has them too.
    pub summary: PlanSummary,
}

/// A plan that was accepted, and the guids of its seats.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedPlan {
    /// The plan.
    pub plan: Plan,
    /// The `seat_guid` of every seat, in the order of [`Plan::seats`]; all different.
    pub guids: Vec<String>,
}

/// Reads a file. The summary has all its faults, not only the first. Rules P10 to P13.
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
    let summary = PlanSummary {
        name: reading.document.name.clone(),
        guids: Some(reading.guid_count),
        faults: reading.faults,
        warnings: reading.warnings,
        ..PlanSummary::of_plan(&plan)
    };
    let accepted = summary.is_accepted().then_some(AcceptedPlan { plan, guids });
    Import { accepted, summary }
}

fn broken_at(error: &serde_json::Error) -> FilePlace {
    let position = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    FilePlace::LineColumn(position(error.line()), position(error.column()))
}

/// The message of the JSON reader without the place, which the finding tells separately.
fn syntax_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("this is not JSON: {}", &message[..end])
}

fn unreadable(at: FilePlace, what: &str) -> Import {
    let mut summary = PlanSummary {
        name: String::new(),
        seat_count: 0,
        section_count: 0,
        row_count: 0,
        wheelchair_count: 0,
        restricted_count: 0,
        grades: Vec::new(),
        guids: Some(GuidCount { seat_count: 0, different_count: 0 }),
        faults: Findings::default(),
        warnings: Findings::default(),
    };
    summary.faults.add(at, what);
    Import { accepted: None, summary }
}
