//! `tingting check-plan`: checks whether seats can be sold from a plan.

use std::path::{Path, PathBuf};

use clap::Args;
use scenario::plan::limits;
use scenario::plan::pretix::{self, AcceptedPlan, GuidPolicy, Import};
use scenario::plan::summary::PlanSummary;

use super::{file, generate};
use crate::error::CommandError;
use crate::output::Output;

mod table;

/// Check a seating plan: its seats, sections and grades, and every fault with its place
///
/// Reads pretix seating plans (JSON) and specs of halls (TOML). Ends with 0 if the plan is accepted
/// and with 1 if it is refused.
#[derive(Debug, Args)]
pub(crate) struct CheckPlan {
    /// The file to check
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Give every seat a new guid, whatever it bears in the file
    #[arg(long)]
    renumber: bool,
    /// Write the accepted plan as a pretix seating plan
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &CheckPlan, output: &Output) -> Result<(), CommandError> {
    let policy = if arguments.renumber { GuidPolicy::Renumber } else { GuidPolicy::Keep };
    let bytes = file::read(&arguments.file, limits::FILE_BYTES_MAX, "plan")?;
    let import = check(&bytes, &arguments.file, policy)?;
    let answer =
        if arguments.json { table::json(&import.summary) } else { table::text(&import.summary) };
    output.write(answer.as_bytes())?;
    let Some(AcceptedPlan { plan, guids }) = &import.accepted else {
        return Err(refusal(&import.summary, &arguments.file, policy));
    };
    match &arguments.out {
        Some(out) => file::write(Some(out), generate::pretix_text(plan, guids).as_bytes(), output),
        None => Ok(()),
    }
}

/// Recognises the format by the extension of the file, or else by its first character.
fn check(bytes: &[u8], path: &Path, policy: GuidPolicy) -> Result<Import, CommandError> {
    let name = path.display().to_string();
    if bytes.trim_ascii().is_empty() {
        return Err(CommandError::refused(format!("{name} is empty")).hint(FORMATS));
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    let is_json = match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("json") => true,
        Some("toml") => false,
        Some(_) | None => bytes.trim_ascii_start().starts_with(b"{"),
    };
    if is_json {
        return Ok(pretix::import(bytes, policy));
    }
    let Ok(text) = str::from_utf8(bytes) else {
        let message = format!("{name} is no plan: it is not a text in UTF-8");
        return Err(CommandError::refused(message).hint(FORMATS));
    };
    let plan = generate::plan_of_spec(text, &name).map_err(|error| error.hint(FORMATS))?;
    let guids = pretix::guids(&plan);
    let report = PlanSummary::of_plan(&plan);
    Ok(Import { accepted: Some(AcceptedPlan { plan, guids }), summary: report })
}

const FORMATS: &str = "a plan is a pretix seating plan (JSON) or a spec of a hall (TOML)";

fn refusal(report: &PlanSummary, path: &Path, policy: GuidPolicy) -> CommandError {
    let count = report.faults.count();
    let noun = if count == 1 { "fault" } else { "faults" };
    let refused = format!("{} is refused: {count} {noun}", path.display());
    let correct = "correct the file at the places named above";
    let doubles = report.guids.filter(|guids| guids.different_count < guids.seat_count);
    let (Some(guids), GuidPolicy::Keep) = (doubles, policy) else {
        return CommandError::refused(refused).hint(correct);
    };
    let (seats, different) = (guids.seat_count, guids.different_count);
    let message = format!("{refused}; {seats} seats bear only {different} different seat_guid");
    let refusal =
        CommandError::refused(message).hint("`--renumber` gives every seat a guid of its own");
    if count > seats - different { refusal.hint(correct) } else { refusal }
}
