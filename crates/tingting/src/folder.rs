//! A data folder: keeps one race in a journal, so that it goes on after the program was stopped.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use journal::{
    Durable, Entry, JournalError, Ledger, Log, SaleId, Seq, Snapshot, SqliteStore, Start, Store,
};
use practice::{Header, Practice};
use sale::{Machine, Moment};
use scenario::Recipe;

use crate::drive::Drive;
use crate::error::CommandError;
use crate::narrated::{Narrated, narrate, person_of};
use crate::setup::Setup;
use crate::text::grouped;

/// The number of the race in a folder of `simulate`.
const RACE: SaleId = SaleId(1);

/// The name of a race for people: `1` for the race of `simulate`, else the id that the server uses
/// in its addresses.
pub(crate) fn race_name(race: SaleId) -> String {
    if race == RACE { race.to_string() } else { format!("{:016x}", race.0) }
}

/// How far the race in a folder had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The folder had no race, so the race begins.
    Nothing,
    /// The race was under way, so it goes on.
    Begun,
    /// The race was over.
    Finished,
}

/// The journal's file in a folder.
pub(crate) fn journal_path(folder: &Path) -> PathBuf {
    folder.join("journal.sqlite")
}

/// Opens the journal of a folder.
///
/// # Errors
///
/// When another process uses it, when the file is no journal, or when it cannot be read.
pub(crate) fn open(folder: &Path) -> Result<SqliteStore, CommandError> {
    SqliteStore::open(&journal_path(folder)).map_err(|error| refused(folder, error))
}

/// Begins the race of `setup` in a folder, or goes on with it.
///
/// # Errors
///
/// When the folder has another race, when another process uses it, or when its journal is damaged.
pub(crate) fn take_up(folder: &Path, setup: &Setup) -> Result<(Drive, Found), CommandError> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
        .map_err(|error| CommandError::input(error).hint("check the path and its permissions"))?;
    let mut store = open(folder)?;
    let header = setup.header().encode(&setup.course.recipe.to_json());
    let sales = store.sales().map_err(|error| refused(folder, error))?;
    let ledger = if sales.is_empty() {
        Ledger::create(&mut store, RACE, &header, setup.narrated()?)
    } else {
        check_same(folder, &mut store, &header, setup)?;
        Log::claim(&mut store, RACE)
            .and_then(|log| Ledger::from_log(&log, |_, snapshot| revive(setup, snapshot)))
    };
    let ledger = ledger.map_err(|error| refused(folder, error))?;
    // A race that was killed before its first command was on disk begins anew.
    let is_new = ledger.durable_through() == Seq::NONE && ledger.machine().now() == Moment::START;
    let found = match ledger.machine().practice().is_stopped() {
        _ if is_new => Found::Nothing,
        true => Found::Finished,
        false => Found::Begun,
    };
    if !is_new {
        check_people(folder, setup, ledger.machine())?;
    }
    let durable = Durable::new(ledger, store).context("cannot start the journal's thread")?;
    let (people, ends_at) = (setup.people, setup.course.ends_at);
    let drive = if is_new {
        Drive::begin_in_journal(durable, people, ends_at)?
    } else {
        Drive::in_journal(durable, ends_at)
    };
    Ok((drive, found))
}

/// Refuses to go on with a race that has another number of people than `setup`.
fn check_people(folder: &Path, setup: &Setup, found: &Narrated) -> Result<(), CommandError> {
    if found.practice().members().len() == setup.people as usize {
        return Ok(());
    }
    let people = if person_of(found).is_some() { "with a person" } else { "without a person" };
    let message = format!("the race in {} was begun {people}", folder.display());
    let hint = "ask for that race with the same arguments, or name another folder";
    Err(CommandError::refused(message).hint(hint))
}

/// The race of `setup` as of a snapshot, or from its beginning.
///
/// # Errors
///
/// When the snapshot is damaged or of another race.
pub(crate) fn revive(
    setup: &Setup,
    snapshot: Option<&Snapshot>,
) -> Result<Narrated, Box<dyn Error + Send + Sync>> {
    let (scenario, ends_at) = (setup.course.scenario.clone(), setup.course.ends_at);
    Ok(narrate(match snapshot {
        Some(snapshot) => Practice::restore(scenario, setup.seed, ends_at, &snapshot.state)?,
        None => Practice::new(scenario, setup.seed, ends_at)?,
    }))
}

/// Refuses to begin a race in a folder that has another one.
fn check_same(
    folder: &Path,
    store: &mut SqliteStore,
    wanted: &[u8],
    setup: &Setup,
) -> Result<(), CommandError> {
    let (found, _) = journal::header(store, RACE).map_err(|error| refused(folder, error))?;
    if found == wanted {
        return Ok(());
    }
    let (header, recipe) = Header::decode_whole(&found)
        .with_context(|| format!("the race in {} cannot be read", folder.display()))
        .map_err(CommandError::input)?;
    let log = Log::read(store, RACE, Start::Beginning).map_err(|error| refused(folder, error))?;
    let people = people_of(&log).map_err(|error| refused(folder, error))?;
    let race = in_words(&header, &recipe, people);
    if race == setup.in_words() {
        let message =
            format!("the files of the race in {} have changed since it began", folder.display());
        let hint =
            "`tingting replay` runs it with its own files; name another folder for a new race";
        return Err(CommandError::refused(message).hint(hint));
    }
    let message = format!("{} has another race: {race}", folder.display());
    let hint = if header.versions.check().is_ok() {
        "ask for that race with the same arguments, or name another folder"
    } else {
        "a race goes on under the version it was begun with; name another folder"
    };
    Err(CommandError::refused(message).hint(hint))
}

/// The number of people who joined a race.
fn people_of(log: &Log) -> Result<usize, JournalError> {
    let mut people = 0;
    log.entries(|entry| {
        if let Entry::Note(note) = entry
            && let Ok(practice::Note::Joined { .. }) =
                practice::Note::decode(note.kind.0, note.bytes)
        {
            people += 1;
        }
    })?;
    Ok(people)
}

fn in_words(header: &Header, recipe: &str, people: usize) -> String {
    let person = if people > 0 { " and a person" } else { "" };
    let (versions, seed) = (header.versions, header.fair.seed.0);
    let race = Recipe::from_json(recipe).map_or_else(
        |_| "a scenario of another form".to_owned(),
        |recipe| {
            let rivals = grouped(recipe.rivals());
            format!("{}, {}, {rivals} rivals", recipe.name(), recipe.style())
        },
    );
    let versions = if versions.check().is_ok() {
        String::new()
    } else {
        format!(", under rules version {} and crowd version {}", versions.rules, versions.crowd)
    };
    format!("{race}{person}, seed {seed}{versions}")
}

/// What to do about a journal that lost commits.
pub(crate) const LOST: &str = "put the file that ends in -wal or a copy of the folder back, or go on without what is lost: \
     `tingting doctor --data DIR --accept-loss`";

/// What to do about a journal whose first page is damaged.
pub(crate) const BROKEN: &str =
    "put a copy of journal.sqlite back, or move it and the files beside it away to begin anew";

/// The error to print when the journal of a folder fails, with a hint where the user can do
/// something.
pub(crate) fn refused(folder: &Path, error: JournalError) -> CommandError {
    let hint = match &error {
        JournalError::InUse => Some("wait for that process to end, or name another folder"),
        JournalError::Foreign { .. } => Some("name a folder that TingTing made, or a new one"),
        JournalError::NewerSchema { .. } => Some("use the newer program, or name another folder"),
        JournalError::Storage { .. } => Some("check the folder, its permissions and the disk"),
        JournalError::DiskFull { .. } => Some("make room on the disk, then try again"),
        JournalError::Lost { .. } => Some(LOST),
        JournalError::Broken { .. } => Some(BROKEN),
        JournalError::Damaged { .. } | JournalError::Corrupt { .. } => {
            Some("`tingting doctor --data DIR` says what else is damaged")
        }
        JournalError::Poisoned
        | JournalError::Fenced { .. }
        | JournalError::Gap { .. }
        | JournalError::UnknownSale { .. }
        | JournalError::SaleExists { .. }
        | JournalError::Revive { .. }
        | JournalError::UnsafeSqlite { .. } => None,
    };
    let message = format!("cannot use the journal in {}", folder.display());
    let failure = CommandError::input(anyhow::Error::new(error).context(message));
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
