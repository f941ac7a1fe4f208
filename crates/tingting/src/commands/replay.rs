//! `tingting replay`: runs recorded races again and compares how they end.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use crowd::CROWD_VERSION;
use journal::{
    BoxError, JournalError, Log as SaleLog, SaleId, Snapshot, SqliteStore, Start, Store,
};
use practice::{Commitment, Fair, Header, HeaderError, Practice, Versions};
use recording::{End, Item, Log};
use sale::{Hash, Machine, Moment, RULES_VERSION};
use scenario::{Course, Recipe};
use serde_json::{Value, json};

use crate::error::CommandError;
use crate::folder;
use crate::output::Output;
use crate::text::{clock, grouped};

/// Run recorded races again and compare how they end
///
/// Ends with 0 if every race came out as it was recorded, to the last event.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// A file made with `simulate --record`, or the data folder of `serve` or of `simulate --data`
    #[arg(value_name = "FILE|DIR")]
    source: PathBuf,
    /// Answer with one JSON object
    #[arg(long)]
    json: bool,
    /// The commitment that was shown before the race: 64 hexadecimal digits
    ///
    /// The race's seed and the secret of its captchas must be those that were committed to.
    #[arg(long, value_name = "HEX")]
    commitment: Option<Commitment>,
}

/// One race and what came of running it again.
#[derive(Debug)]
struct Replayed {
    /// The name of the race for people.
    what: String,
    /// `None` if the header of the race cannot be read.
    about: Option<Known>,
    verdict: Verdict,
}

/// What is known of a race from its header, and how many people joined it.
#[derive(Clone, Copy, Debug)]
struct Known {
    versions: Versions,
    fair: Fair,
    /// The number of people who joined. `None` if the race was not run again.
    people: Option<usize>,
}

impl Known {
    fn of(header: &Header) -> Self {
        Self { versions: header.versions, fair: header.fair, people: None }
    }
}

/// How the race that was run again compares with the recorded one.
#[derive(Debug)]
enum Verdict {
    /// Both ended the same.
    Same(End),
    /// They ended differently.
    Differs { recorded: End, replayed: End },
    /// Both ended the same, but their members differ.
    MembersDiffer(End),
    /// A recorded command or note was refused when the race was run again.
    Refused { at: Moment, why: String },
    /// The race was made under other versions, so it was not run again.
    OtherVersion(Versions),
    /// The race was killed before its first snapshot, so there is no end to compare with.
    NoEnd(End),
    /// The recorded race is damaged, so it could not be run again.
    Damaged(anyhow::Error),
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
        return arguments.commitment.map_or(Ok(()), |shown| check_commitment(&races, shown));
    }
    let has_other_version =
        races.iter().any(|race| matches!(race.verdict, Verdict::OtherVersion(_)));
    let message = format!("{failed} of {} races did not come out as recorded", races.len());
    let failure = CommandError::refused(message);
    Err(if has_other_version {
        failure.hint("replay a race with the program that recorded it")
    } else {
        failure
    })
}

/// Refuses a race whose seed and secret are not those that were committed to.
fn check_commitment(races: &[Replayed], shown: Commitment) -> Result<(), CommandError> {
    for race in races {
        let made_from = race.about.map(|known| known.fair.commitment());
        if made_from != Some(shown) {
            let message = format!(
                "{}: the seed and the secret of this race are not those that were committed to: \
                 shown was {shown}, the race has {}",
                race.what,
                made_from.map_or_else(|| "none".to_owned(), |commitment| commitment.to_string()),
            );
            return Err(CommandError::refused(message)
                .hint("compare the digits with those that the room showed before the race")
                .hint("if they are the same, this is another race, or its seed was changed"));
        }
    }
    Ok(())
}

fn of_file(path: &Path) -> Result<Replayed, CommandError> {
    let bytes = super::file::read(path, recording::FILE_BYTES_MAX, "recorded race")?;
    let recorded = recording::decode(&bytes)
        .with_context(|| format!("{} is refused", path.display()))
        .map_err(|error| {
            CommandError::input(error).hint("a recorded race is made with `simulate --record`")
        })?;
    let (header, what) = (recorded.header, path.display().to_string());
    let mut known = Known::of(&header);
    let verdict = match recorded.log {
        Log::OtherVersion => Verdict::OtherVersion(header.versions),
        Log::Here(items, end) => {
            let mut practice = set_up(&header, &recorded.recipe)
                .map_err(|error| CommandError::input(anyhow::Error::from_boxed(error)))?;
            let verdict = replay_items(&mut practice, &items, end);
            known.people = Some(practice.members().len());
            verdict
        }
    };
    Ok(Replayed { what, about: Some(known), verdict })
}

fn replay_items(practice: &mut Practice, items: &[Item], end: End) -> Verdict {
    for item in items {
        let refused = match item {
            Item::Command(record) => practice
                .handle(record.at, record.command, crowd::ignore)
                .err()
                .map(|refusal| (record.at, refusal.to_string())),
            Item::Note { at, tag, kind, bytes } => {
                Machine::advance(practice, *at);
                let kept = practice.keep_note(*at, *tag, *kind, bytes);
                kept.err().map(|error| (*at, error.to_string()))
            }
        };
        if let Some((at, why)) = refused {
            return Verdict::Refused { at, why };
        }
    }
    Machine::advance(practice, end.at);
    compare(end, end_of(practice))
}

fn of_folder(folder: &Path) -> Result<Vec<Replayed>, CommandError> {
    if !folder::journal_path(folder).is_file() {
        let message = format!("{} has no journal", folder.display());
        return Err(CommandError::refused(message)
            .hint("name the data folder of `serve` or of `simulate --data`, or a recorded file"));
    }
    let mut store = folder::open(folder)?;
    let sales = store.sales().map_err(|error| folder::refused(folder, error))?;
    if sales.is_empty() {
        let message = format!("the journal in {} has no race", folder.display());
        return Err(CommandError::refused(message));
    }
    sales.into_iter().map(|sale| of_sale(folder, &mut store, sale)).collect()
}

/// Runs a race of a folder again. A damaged race is no error here, so that the others are run too.
fn of_sale(folder: &Path, store: &mut SqliteStore, sale: SaleId) -> Result<Replayed, CommandError> {
    let what = format!("{} race {}", folder.display(), folder::race_name(sale));
    let (known, verdict) = match read_sale(store, sale) {
        Ok(logs) => run_again(&logs),
        Err(error) if error.is_fatal() => return Err(folder::refused(folder, error)),
        Err(error) => (None, Verdict::Damaged(anyhow::Error::new(error))),
    };
    Ok(Replayed { what, about: known, verdict })
}

/// The log of a race, once from its newest snapshot on and once from its beginning.
struct Logs {
    newest: SaleLog,
    whole: SaleLog,
    has_snapshot: bool,
}

fn read_sale(store: &mut SqliteStore, sale: SaleId) -> Result<Logs, JournalError> {
    let newest = SaleLog::read(store, sale, Start::Snapshot)?;
    let whole = SaleLog::read(store, sale, Start::Beginning)?;
    let has_snapshot = store.snapshot(sale)?.is_some();
    Ok(Logs { newest, whole, has_snapshot })
}

/// Runs a race from its beginning and from its newest snapshot, and compares the two (rule R15).
fn run_again(logs: &Logs) -> (Option<Known>, Verdict) {
    let (header, recipe) = match Header::decode_whole(logs.whole.header()) {
        Ok(whole) => whole,
        Err(error) => return (None, Verdict::Damaged(anyhow::Error::new(error))),
    };
    let versions = header.versions;
    let known = |people| Some(Known { people, ..Known::of(&header) });
    if let Err(HeaderError::OtherVersions { found }) = versions.check() {
        return (known(None), Verdict::OtherVersion(found));
    }
    match compare_logs(logs, &header, &recipe) {
        Ok((people, verdict)) => (known(Some(people)), verdict),
        Err(error) => (known(None), Verdict::Damaged(anyhow::Error::new(error))),
    }
}

fn compare_logs(
    logs: &Logs,
    header: &Header,
    recipe: &str,
) -> Result<(usize, Verdict), JournalError> {
    let revive = |_: &[u8], snapshot: Option<&Snapshot>| revive(header, recipe, snapshot);
    let recorded = logs.newest.replay(revive)?.machine;
    let mut replayed = logs.whole.replay(revive)?.machine;
    let people = replayed.members().len();
    if !logs.has_snapshot {
        return Ok((people, Verdict::NoEnd(end_of(&replayed))));
    }
    Machine::advance(&mut replayed, recorded.now());
    let verdict = compare(end_of(&recorded), end_of(&replayed));
    let is_same = matches!(verdict, Verdict::Same(_));
    let members_differ = is_same && recorded.members() != replayed.members();
    let differ = || Verdict::MembersDiffer(end_of(&replayed));
    Ok((people, if members_differ { differ() } else { verdict }))
}

fn set_up(header: &Header, recipe: &str) -> Result<Practice, BoxError> {
    revive(header, recipe, None)
}

fn revive(
    header: &Header,
    recipe: &str,
    snapshot: Option<&Snapshot>,
) -> Result<Practice, BoxError> {
    let scenario = Course::new(Recipe::from_json(recipe)?)?.scenario;
    let (fair, ends_at) = (header.fair, header.ends_at);
    Ok(match snapshot {
        Some(snapshot) => Practice::restore(scenario, fair, ends_at, &snapshot.state)?,
        None => Practice::new(scenario, fair, ends_at)?,
    })
}

fn end_of(practice: &Practice) -> End {
    End::of(practice.sale())
}

fn compare(recorded: End, replayed: End) -> Verdict {
    if recorded == replayed {
        Verdict::Same(replayed)
    } else {
        Verdict::Differs { recorded, replayed }
    }
}

impl Replayed {
    /// Whether the race counts as replayed correctly. A race without a recorded end does: nothing
    /// contradicts it.
    fn is_same(&self) -> bool {
        match self.verdict {
            Verdict::Same(_) | Verdict::NoEnd(_) => true,
            Verdict::Differs { .. }
            | Verdict::MembersDiffer(_)
            | Verdict::Refused { .. }
            | Verdict::OtherVersion(_)
            | Verdict::Damaged(_) => false,
        }
    }

    fn line(&self) -> String {
        let what = &self.what;
        match &self.verdict {
            Verdict::Same(end) => {
                let commitment = self.about.map(|known| known.fair.commitment());
                let commitment = commitment.map(|hash| format!(", commitment {hash}"));
                format!("{what}: ok, {}{}", in_words(*end), commitment.unwrap_or_default())
            }
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
            Verdict::OtherVersion(Versions { rules, crowd }) => format!(
                "{what}: not run: recorded under rules version {rules} and crowd version {crowd}; \
                 this program has {RULES_VERSION} and {CROWD_VERSION}"
            ),
            Verdict::MembersDiffer(end) => {
                format!("{what}: differs: the same race, but other members, {}", in_words(*end))
            }
            Verdict::Damaged(why) => format!("{what}: damaged: {why:#}"),
        }
    }

    fn json(&self) -> Value {
        let known = self.about;
        let (outcome, recorded, replayed) = match &self.verdict {
            Verdict::Same(end) => ("ok", Some(*end), Some(*end)),
            Verdict::NoEnd(end) => ("unfinished", None, Some(*end)),
            Verdict::Differs { recorded, replayed } => {
                ("differs", Some(*recorded), Some(*replayed))
            }
            Verdict::Refused { .. } => ("refused", None, None),
            Verdict::OtherVersion(_) => ("other-version", None, None),
            Verdict::MembersDiffer(end) => ("members-differ", Some(*end), Some(*end)),
            Verdict::Damaged(_) => ("damaged", None, None),
        };
        json!({
            "race": self.what,
            "outcome": outcome,
            "what": self.line(),
            "rules_version": known.map(|known| known.versions.rules),
            "crowd_version": known.map(|known| known.versions.crowd),
            "seed": known.map(seed_json),
            "commitment": known.map(|known| known.fair.commitment().to_string()),
            "people": known.and_then(|known| known.people),
            "recorded": recorded.map(end_json),
            "replayed": replayed.map(end_json),
        })
    }
}

/// A seed of the command line or of a person alone as a number, a longer one as hexadecimal digits: JSON
/// keeps no longer number exactly.
fn seed_json(known: Known) -> Value {
    match known.fair.seed.high() {
        0 => json!(known.fair.seed.low()),
        _ => json!(known.fair.seed_hex()),
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
