//! `tingting replay`: runs recorded races again and compares.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use crowd::CROWD_VERSION;
use journal::{SaleId, SqliteStore, Start, Store};
use sale::{Hash, Machine, Moment, RULES_VERSION};
use scenario::Recipe;
use serde_json::{Value, json};

use crate::course::Course;
use crate::error::CommandError;
use crate::folder;
use crate::output::Output;
use crate::record::{self, End, Header, Log};
use crate::setup::Setup;
use crate::text::{clock, grouped};

/// Run recorded races again and compare how they end
///
/// Ends with 0 if every race came out as it was recorded, to the last event.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// A file made with `simulate --record`, or a folder made with `simulate --data`
    #[arg(value_name = "FILE|DIR")]
    source: PathBuf,
    /// Answer with one JSON object
    #[arg(long)]
    json: bool,
}

/// One race, run again.
#[derive(Debug)]
struct Replayed {
    what: String,
    header: Header,
    verdict: Verdict,
}

#[derive(Debug)]
enum Verdict {
    /// It came out the same.
    Same(End),
    /// It came out another way.
    Differs { recorded: End, replayed: End },
    /// A command that was accepted is refused.
    Refused { at: Moment, why: String },
    /// It was made under other versions, so it was not run.
    OtherVersion,
    /// There is nothing to compare with: the race was killed before its first snapshot.
    NoEnd(End),
}

pub(crate) fn run(arguments: &Replay, output: &Output) -> Result<(), CommandError> {
    let source = &arguments.source;
    let races = if source.is_dir() { of_folder(source)? } else { vec![of_file(source)?] };
    let failed = races.iter().filter(|race| !race.is_same()).count();
    let answer = if arguments.json {
        let list: Vec<Value> = races.iter().map(Replayed::json).collect();
        format!("{}\n", json!({ "races": list, "ok": failed == 0 }))
    } else {
        races.iter().map(|race| race.line() + "\n").collect()
    };
    output.write(answer.as_bytes())?;
    if failed == 0 {
        return Ok(());
    }
    let has_other_version = races.iter().any(|race| matches!(race.verdict, Verdict::OtherVersion));
    let message = format!("{failed} of {} races did not come out as recorded", races.len());
    let failure = CommandError::refused(message);
    Err(if has_other_version {
        failure.hint("replay a race with the program that recorded it")
    } else {
        failure
    })
}

fn of_file(path: &Path) -> Result<Replayed, CommandError> {
    let bytes = super::file::read(path, record::FILE_BYTES_MAX, "recorded race")?;
    let recorded = record::decode(&bytes)
        .with_context(|| format!("{} is refused", path.display()))
        .map_err(|error| {
            CommandError::input(error).hint("a recorded race is made with `simulate --record`")
        })?;
    let header = recorded.header;
    let verdict = match recorded.log {
        Log::OtherVersion => Verdict::OtherVersion,
        Log::Here(records, end) => {
            let setup = set_up(&header)?;
            let mut course = setup.course()?;
            replay_records(&mut course, &records, end)
        }
    };
    Ok(Replayed { what: path.display().to_string(), header, verdict })
}

fn replay_records(course: &mut Course, records: &[journal::Record], end: End) -> Verdict {
    for record in records {
        if let Err(refusal) = course.handle(record.at, record.command) {
            return Verdict::Refused { at: record.at, why: refusal.to_string() };
        }
    }
    course.advance(end.at);
    compare(end, end_of(course))
}

fn of_folder(folder: &Path) -> Result<Vec<Replayed>, CommandError> {
    if !folder::journal_path(folder).is_file() {
        let message = format!("{} has no journal", folder.display());
        return Err(CommandError::refused(message)
            .hint("name a folder made with `simulate --data`, or a recorded file"));
    }
    let mut store = folder::open(folder)?;
    let sales = store.sales().map_err(|error| folder::refused(folder, error))?;
    if sales.is_empty() {
        let message = format!("the journal in {} has no race", folder.display());
        return Err(CommandError::refused(message));
    }
    sales.into_iter().map(|sale| of_sale(folder, &mut store, sale)).collect()
}

/// A race of a folder is run from its beginning and compared with its newest snapshot and what was
/// logged after that.
fn of_sale(folder: &Path, store: &mut SqliteStore, sale: SaleId) -> Result<Replayed, CommandError> {
    let what = format!("{} race {sale}", folder.display());
    let failed = |error| folder::refused(folder, error);
    let (bytes, _) = journal::header(store, sale).map_err(failed)?;
    let header = record::decode_header(&bytes)
        .with_context(|| format!("the header of {what} is damaged"))
        .map_err(CommandError::input)?;
    if !header.is_ours() {
        return Ok(Replayed { what, header, verdict: Verdict::OtherVersion });
    }
    let setup = set_up(&header)?;
    let has_snapshot = store.snapshot(sale).map_err(failed)?.is_some();
    let mut run = |start| {
        let revive = |_: &[u8], snapshot: Option<&_>| folder::revive(&setup, snapshot);
        journal::replay(store, sale, start, revive, |_| {}).map(|replayed| replayed.machine)
    };
    let recorded = run(Start::Snapshot).map_err(failed)?;
    let mut replayed = run(Start::Beginning).map_err(failed)?;
    let verdict = if has_snapshot {
        replayed.advance(recorded.now());
        compare(end_of(&recorded), end_of(&replayed))
    } else {
        Verdict::NoEnd(end_of(&replayed))
    };
    Ok(Replayed { what, header, verdict })
}

fn set_up(header: &Header) -> Result<Setup, CommandError> {
    let recipe = Recipe::from_json(&header.recipe).map_err(CommandError::input)?;
    let staged = scenario::Course::new(recipe.clone()).map_err(CommandError::input)?;
    Ok(Setup { recipe, staged, seed: header.seed, people: header.people })
}

fn end_of(course: &Course) -> End {
    let sale = course.race().sale();
    End { at: sale.now(), events: sale.event_count(), hash: sale.hash() }
}

fn compare(recorded: End, replayed: End) -> Verdict {
    if recorded == replayed {
        Verdict::Same(replayed)
    } else {
        Verdict::Differs { recorded, replayed }
    }
}

impl Replayed {
    /// A race without an end has nothing that it could disagree with.
    fn is_same(&self) -> bool {
        match self.verdict {
            Verdict::Same(_) | Verdict::NoEnd(_) => true,
            Verdict::Differs { .. } | Verdict::Refused { .. } | Verdict::OtherVersion => false,
        }
    }

    fn line(&self) -> String {
        let what = &self.what;
        match &self.verdict {
            Verdict::Same(end) => format!("{what}: ok, {}", in_words(*end)),
            Verdict::NoEnd(end) => {
                format!("{what}: ok so far, killed before its first snapshot, {}", in_words(*end))
            }
            Verdict::Differs { recorded, replayed } => {
                format!("{what}: differs: {}", differences(*recorded, *replayed))
            }
            Verdict::Refused { at, why } => {
                let at = at.as_secs_f64();
                format!("{what}: differs: the command at {at:.9} s is refused: {why}")
            }
            Verdict::OtherVersion => {
                let Header { rules, crowd, .. } = self.header;
                format!(
                    "{what}: not run: recorded under rules version {rules} and crowd version \
                     {crowd}; this program has {RULES_VERSION} and {CROWD_VERSION}"
                )
            }
        }
    }

    fn json(&self) -> Value {
        let Header { rules, crowd, seed, people, .. } = self.header;
        let (outcome, recorded, replayed) = match &self.verdict {
            Verdict::Same(end) => ("ok", Some(*end), Some(*end)),
            Verdict::NoEnd(end) => ("unfinished", None, Some(*end)),
            Verdict::Differs { recorded, replayed } => {
                ("differs", Some(*recorded), Some(*replayed))
            }
            Verdict::Refused { .. } => ("refused", None, None),
            Verdict::OtherVersion => ("other-version", None, None),
        };
        json!({
            "race": self.what,
            "outcome": outcome,
            "what": self.line(),
            "rules_version": rules,
            "crowd_version": crowd,
            "seed": seed,
            "people": people,
            "recorded": recorded.map(end_json),
            "replayed": replayed.map(end_json),
        })
    }
}

fn end_json(end: End) -> Value {
    json!({
        "end_s": end.at.as_secs_f64(),
        "events": end.events,
        "hash": hex(end.hash),
    })
}

fn in_words(end: End) -> String {
    let at = clock(end.at.since(Moment::START));
    format!("{} events, end {at}, hash {}", grouped(end.events), hex(end.hash))
}

fn differences(recorded: End, replayed: End) -> String {
    let mut found = Vec::new();
    if recorded.at != replayed.at {
        let (before, after) = (recorded.at.as_secs_f64(), replayed.at.as_secs_f64());
        found.push(format!("end at {before:.9} s, replayed {after:.9} s"));
    }
    if recorded.events != replayed.events {
        let (before, after) = (grouped(recorded.events), grouped(replayed.events));
        found.push(format!("{before} events, replayed {after}"));
    }
    if recorded.hash != replayed.hash {
        found.push(format!("hash {}, replayed {}", hex(recorded.hash), hex(replayed.hash)));
    }
    found.join("; ")
}

fn hex(hash: Hash) -> String {
    hash.to_string()
}
