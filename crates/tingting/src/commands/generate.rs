//! `tingting generate`: writes a hall as a pretix seating plan, or fills a catalogue with invented concerts.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use scenario::Library;
use scenario::plan::{BUILTIN_NAMES, Plan, Spec, builtin, generate, limits, pretix};
use server::operate::{self, OriginalScale, Scale, Stage};

use super::database::DatabaseOption;
use super::file;
use super::serve::data_folder;
use crate::error::CommandError;
use crate::output::{Output, Progress};
use crate::text::grouped;

/// The most concerts that a catalogue is filled with: three times as many as the original service had.
const CONCERTS_MAX: u64 = 1_000_000;

/// Lay out a hall and write it as a pretix seating plan, or invent concerts
#[derive(Debug, Args)]
#[command(after_help = format!("Built-in halls: {}.", BUILTIN_NAMES.join(", ")))]
pub(crate) struct Generate {
    /// Name of a built-in hall, or a spec file (TOML)
    #[arg(
        value_name = "PLAN",
        required_unless_present = "catalogue",
        conflicts_with = "catalogue"
    )]
    plan: Option<String>,
    /// File to write; standard output if absent
    #[arg(long, value_name = "FILE", conflicts_with = "catalogue")]
    out: Option<PathBuf>,
    /// Fill the catalogue of a server with invented concerts
    #[arg(long)]
    catalogue: bool,
    #[command(flatten)]
    shows: Shows,
}

/// Which concerts are invented, and where they are kept.
#[derive(Debug, Args)]
#[command(next_help_heading = "With --catalogue")]
struct Shows {
    /// Folder of the server [default: tingting in the user's data folder]
    #[arg(long, value_name = "DIR", env = "TINGTING_DATA", requires = "catalogue")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOption,
    /// How many concerts: `demo`, `original` (302,400), or a number [default: demo]
    #[arg(long, value_name = "SCALE", requires = "catalogue", conflicts_with = "plan")]
    scale: Option<ScaleChoice>,
    /// Other seeds give other concerts [default: 1]
    #[arg(long, value_name = "SEED", requires = "catalogue", conflicts_with = "plan")]
    seed: Option<u64>,
    /// Folder of plans and styles that take the place of the built-in ones
    #[arg(long, value_name = "DIR", env = "TINGTING_LIBRARY")]
    library: Option<PathBuf>,
}

/// The word for a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ScaleChoice(Scale);

impl FromStr for ScaleChoice {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, &'static str> {
        match word {
            "demo" => Ok(Self(Scale::Demo)),
            "original" => Ok(Self(Scale::Concerts(OriginalScale::WHOLE.concerts))),
            number => match number.parse() {
                Ok(count) if (1..=CONCERTS_MAX).contains(&count) => {
                    Ok(Self(Scale::Concerts(count)))
                }
                Ok(_) | Err(_) => Err("a scale is `demo`, `original` or a number up to 1000000"),
            },
        }
    }
}

pub(crate) fn run(arguments: &Generate, output: &Output) -> Result<(), CommandError> {
    let Some(plan) = &arguments.plan else { return invent(&arguments.shows, output) };
    let plan = lay_out(plan)?;
    file::write(
        arguments.out.as_deref(),
        pretix_text(&plan, &pretix::guids(&plan)).as_bytes(),
        output,
    )
}

/// Fills a catalogue with invented concerts.
fn invent(shows: &Shows, output: &Output) -> Result<(), CommandError> {
    let Shows { data, database, scale, seed, library } = shows;
    let data = data.clone().unwrap_or_else(data_folder);
    let scale = scale.map_or(Scale::Demo, |scale| scale.0);
    let library = library.clone().map_or_else(Library::built_in, Library::with_folder);
    let mut bar: Option<(Stage, Progress)> = None;
    let tell = |progress: operate::Progress| {
        let is_same = bar.as_ref().is_some_and(|(stage, _)| *stage == progress.stage);
        if !is_same {
            let things = match progress.stage {
                Stage::People => "people",
                Stage::Concerts => "concerts",
                Stage::Indexes => "indexes",
            };
            bar = Some((progress.stage, output.count(things, progress.total)));
        }
        if let Some((_, bar)) = &mut bar {
            bar.show(progress.done, "");
        }
    };
    let (seed, database) = (seed.unwrap_or(1), database.url(None)?);
    let added = operate::generate(&data, database.as_ref(), &library, scale, seed, tell);
    let added = added.map_err(|error| {
        CommandError::input(anyhow::Error::new(error))
            .hint("check the folder and its permissions, or the database and the right to make tables in it")
    })?;
    let place = database.as_ref().map_or_else(|| data.display().to_string(), ToString::to_string);
    match scale {
        Scale::Demo => output.note(format_args!("{added} concerts were added in {place}")),
        Scale::Concerts(count) => {
            output.note(format_args!("{} concerts are in {place}", grouped(count)));
        }
    }
    Ok(())
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
