//! `tingting generate`: writes a hall as a pretix seating plan.

use std::path::{Path, PathBuf};

use clap::Args;
use scenario::plan::{BUILTIN_NAMES, Plan, Spec, builtin, generate, limits, pretix};

use super::file;
use crate::error::CommandError;
use crate::output::Output;

/// Lay out a hall and write it as a pretix seating plan
#[derive(Debug, Args)]
#[command(after_help = format!("Built-in halls: {}.", BUILTIN_NAMES.join(", ")))]
pub(crate) struct Generate {
    /// Name of a built-in hall, or a spec file (TOML)
    #[arg(value_name = "PLAN")]
    plan: String,
    /// File to write; standard output if absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Generate, output: &Output) -> Result<(), CommandError> {
    let plan = lay_out(&arguments.plan)?;
    file::write(
        arguments.out.as_deref(),
        pretix_text(&plan, &pretix::guids(&plan)).as_bytes(),
        output,
    )
}

/// A plan as the text of a pretix file.
pub(super) fn pretix_text(plan: &Plan, guids: &[String]) -> String {
    let document = pretix::export_with_guids(plan, guids);
    format!("{document}\n")
}

/// A plan from the text of a spec.
pub(super) fn plan_of_spec(text: &str, source: &str) -> Result<Plan, CommandError> {
    Spec::parse(text).and_then(|spec| generate(&spec)).map_err(|error| {
        let message = format!("{source} makes no plan");
        CommandError::input(anyhow::Error::new(error).context(message))
    })
}

fn lay_out(name: &str) -> Result<Plan, CommandError> {
    if let Some(spec) = builtin(name) {
        return plan_of_spec(spec, name);
    }
    let path = Path::new(name);
    let looks_like_path = path.extension().is_some() || path.components().count() > 1;
    if !looks_like_path && !path.exists() {
        return Err(unknown_plan(name));
    }
    let bytes = file::read(path, limits::FILE_BYTES_MAX, "plan")?;
    let Ok(text) = String::from_utf8(bytes) else {
        let message = format!("{name} is no spec: it is not a text in UTF-8");
        return Err(CommandError::refused(message).hint("name a TOML file or a built-in hall"));
    };
    if text.trim_start().starts_with('{') {
        let message = format!("{name} is a pretix file already, not a spec");
        let hint = format!("`tingting check-plan {name}` checks it");
        return Err(CommandError::refused(message).hint(hint));
    }
    plan_of_spec(&text, name)
}

fn unknown_plan(name: &str) -> CommandError {
    let message = format!("no hall is called {name:?}");
    CommandError::usage(anyhow::Error::msg(message))
        .hint(format!("built-in halls: {}", BUILTIN_NAMES.join(", ")))
        .hint("or name a spec file, such as ./hall.toml")
}
