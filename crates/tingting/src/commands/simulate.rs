//! `tingting simulate`: runs a whole race as fast as possible, and prints how it went.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use crowd::RIVALS_MAX;
use sale::Moment;
use scenario::{Kind, Library, Overrides, Recipe, ScenarioError};

use crate::clock::Stopwatch;
use crate::drive::Drive;
use crate::error::CommandError;
use crate::folder::{self, Found};
use crate::highlight::Highlight;
use crate::narrated::STEP;
use crate::output::Output;
use crate::setup::Setup;
use crate::text::clock;
use crate::watch;

mod json;
mod summary;
mod table;

use summary::{Effort, Summary};

/// Race a whole sale and tell how it went
///
/// Rivals come, queue, choose on maps that are out of date, pay or let go, until the hall is sold
/// out or nobody is left. The same scenario and seed give the same race on every machine. A
/// simulation: no real tickets are sold.
#[derive(Debug, Args)]
#[command(after_help = format!("Built-in scenarios: {}.", Library::built_in().names(Kind::Scenario).join(", ")))]
pub(crate) struct Simulate {
    /// What is raced: a scenario by its name
    scenario: String,
    /// How many rivals come
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = rivals)]
    rivals: Option<u32>,
    /// The number all chance is drawn from
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    #[arg(value_parser = seed)]
    seed: u64,
    /// The rules of another style
    #[arg(long, value_name = "NAME")]
    style: Option<String>,
    /// Let a scripted person take part
    #[arg(long)]
    person: bool,
    /// Answer with one JSON object
    #[arg(long, conflicts_with = "watch")]
    json: bool,
    /// Watch the hall empty; lines of text where the output is no terminal
    #[arg(long)]
    watch: bool,
    /// Save a picture of the moment when half of the seats are gone (SVG)
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
    /// Record the race, to be run again with `tingting replay`
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    record: Option<PathBuf>,
    /// Keep the race in this folder: killed and started again, it goes on
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder of scenarios, plans, styles … that take the place of the built-in ones
    #[arg(long, value_name = "DIR", alias = "files")]
    library: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Simulate, output: &Output) -> Result<(), CommandError> {
    for path in [&arguments.picture, &arguments.record].into_iter().flatten() {
        check_writable(path)?;
    }
    let setup = set_up(arguments)?;
    let (mut drive, found) = if let Some(folder) = &arguments.data {
        folder::take_up(folder, &setup)?
    } else {
        let drive = Drive::in_memory(setup.narrated()?, setup.people, setup.course.ends_at)?;
        (drive, Found::Nothing)
    };
    if let Some(folder) = &arguments.data {
        say_what_was_found(folder, found, &drive, output);
    }
    let events_before = drive.race().tally().events();
    let stopwatch = Stopwatch::start();
    let wants_picture = arguments.picture.is_some();
    let mut onlooker = Onlooker { setup: &setup, wants_picture, picture: None, news: Vec::new() };
    let is_watched_through = race(arguments, &setup, &mut drive, &mut onlooker, output)?;
    if !is_watched_through {
        output.note(match &arguments.data {
            Some(_) => "left before the end; started again with the same arguments, it goes on",
            None => "left before the end, so there is no result",
        });
        return Ok(());
    }
    let events = drive.race().tally().events() - events_before;
    // On the screen, the person who watches sets the speed, so there is nothing to measure.
    let is_measured = found != Found::Finished && !is_on_screen(arguments, output);
    let effort = is_measured.then(|| Effort::of(stopwatch.elapsed(), events));
    if let Some(path) = &arguments.picture {
        let svg = onlooker.picture.unwrap_or_else(|| watch::picture_of(&drive, &setup, &[]));
        super::file::write(Some(path), svg.as_bytes(), output)?;
    }
    if let Some(path) = &arguments.record {
        super::file::write(Some(path), &recorded(&setup, &drive), output)?;
    }
    let summary = Summary::of(&setup, &drive, effort);
    let answer =
        if arguments.json { json::text(&summary) } else { table::text(&summary, output.paint()) };
    output.write(answer.as_bytes())
}

/// Runs the race to its end. Returns `false` if the person who watches left before.
fn race(
    arguments: &Simulate,
    setup: &Setup,
    drive: &mut Drive,
    onlooker: &mut Onlooker<'_>,
    output: &Output,
) -> Result<bool, CommandError> {
    if is_on_screen(arguments, output) {
        let left = watch::run(drive, setup, &mut |drive| onlooker.look(drive).to_vec())?;
        return Ok(left == watch::Left::AtTheEnd);
    }
    let mut bar = output.progress(u64::from(drive.race().tally().seats()));
    let mut bar_watch = Stopwatch::start();
    while !drive.is_ended() {
        drive.advance(drive.at() + STEP)?;
        let fresh = onlooker.look(drive);
        if arguments.watch {
            tell(fresh, output)?;
        }
        if bar_watch.elapsed() >= BAR_EVERY {
            bar_watch = Stopwatch::start();
            let opens_at = drive.race().sale().rules().opens_at;
            let paid = u64::from(drive.race().tally().sold());
            bar.show(paid, &clock(drive.at().since(opens_at)));
        }
    }
    bar.clear();
    Ok(true)
}

fn is_on_screen(arguments: &Simulate, output: &Output) -> bool {
    arguments.watch && output.is_terminal()
}

/// The time between two changes of the progress bar. Chosen: an eye can follow them.
const BAR_EVERY: Duration = Duration::from_millis(100);

fn tell(news: &[Highlight], output: &Output) -> Result<(), CommandError> {
    for highlight in news {
        let line = format!("{:>8}  {}\n", clock(highlight.after), highlight.news);
        output.write(line.as_bytes())?;
    }
    Ok(())
}

/// Watches the race while it runs: collects the highlights and takes the picture.
struct Onlooker<'a> {
    setup: &'a Setup,
    wants_picture: bool,
    picture: Option<String>,
    news: Vec<Highlight>,
}

impl Onlooker<'_> {
    /// Returns the new highlights. Takes the picture when half of the seats are gone, or at the
    /// end.
    fn look(&mut self, drive: &mut Drive) -> &[Highlight] {
        let told = self.news.len();
        self.news.extend(drive.take_highlights());
        let tally = drive.race().tally();
        let is_moment = tally.free() <= tally.seats() / 2 || drive.is_ended();
        if self.wants_picture && self.picture.is_none() && is_moment {
            self.picture = Some(watch::picture_of(drive, self.setup, &self.news));
        }
        &self.news[told..]
    }
}

fn recorded(setup: &Setup, drive: &Drive) -> Vec<u8> {
    let race = drive.race();
    let end = recording::End {
        at: race.sale().now(),
        events: race.sale().event_count(),
        hash: race.hash(),
    };
    recording::encode(&setup.header(), &setup.course.recipe.to_json(), drive.items(), &end)
}

fn say_what_was_found(folder: &Path, found: Found, drive: &Drive, output: &Output) {
    let folder = folder.display();
    match found {
        Found::Nothing => {}
        Found::Finished => output.note(format_args!("the race in {folder} is finished")),
        Found::Begun => {
            let at = drive.at();
            let opens_at: Moment = drive.race().sale().rules().opens_at;
            let (word, span) = if at < opens_at {
                ("before", opens_at.since(at))
            } else {
                ("after", at.since(opens_at))
            };
            let span = clock(span);
            output.note(format_args!("the race in {folder} goes on {span} {word} the opening"));
        }
    }
}

fn set_up(arguments: &Simulate) -> Result<Setup, CommandError> {
    let library = match &arguments.library {
        Some(folder) if !folder.is_dir() => {
            let message = format!("{} is no folder", folder.display());
            return Err(CommandError::usage(anyhow::Error::msg(message))
                .hint("`--library` names a folder with scenarios/, plans/, styles/ … in it"));
        }
        Some(folder) => Library::with_folder(folder.clone()),
        None => Library::built_in(),
    };
    let overrides = Overrides { rivals: arguments.rivals, style: arguments.style.clone() };
    let recipe = Recipe::load(&library, &arguments.scenario, &overrides).map_err(refused)?;
    let course = scenario::Course::new(recipe).map_err(refused)?;
    Ok(Setup { course, seed: arguments.seed, people: u32::from(arguments.person) })
}

/// The error to print: a wrong name is a fault of the command line, a wrong file a fault of the
/// input.
fn refused(error: ScenarioError) -> CommandError {
    let hint = error.hint();
    let is_name = matches!(error, ScenarioError::Unknown { .. } | ScenarioError::Name { .. });
    let failure = if is_name { CommandError::usage(error) } else { CommandError::input(error) };
    match hint {
        Some(hint) => failure.hint(hint),
        None if is_name => failure
            .hint(format!("scenarios: {}", Library::built_in().names(Kind::Scenario).join(", "))),
        None => failure,
    }
}

fn rivals(text: &str) -> Result<u32, String> {
    let most = crate::text::grouped(RIVALS_MAX);
    let number = text.parse().ok().filter(|&number| number <= RIVALS_MAX);
    number.ok_or_else(|| format!("a race has 0 to {most} rivals\n  hint: try `--rivals 100000`"))
}

fn seed(text: &str) -> Result<u64, String> {
    let most = u64::MAX;
    text.parse().map_err(|_| format!("a seed is 0 to {most}\n  hint: try `--seed 1`"))
}

/// Checks before the race that a file can be written, so that the user need not wait for the error.
fn check_writable(path: &Path) -> Result<(), CommandError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let has_folder = parent.is_none_or(Path::is_dir);
    if has_folder && !path.is_dir() {
        return Ok(());
    }
    fs::File::create(path)
        .map(drop)
        .with_context(|| format!("cannot write {}", path.display()))
        .map_err(|error| CommandError::input(error).hint("check the folder and its permissions"))
}
