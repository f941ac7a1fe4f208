//! A data folder: one race in a journal, taken up again where it was.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use journal::{Durable, JournalError, Ledger, SaleId, Snapshot, SqliteStore, Store};
use scenario::Recipe;

use crate::course::Course;
use crate::drive::Drive;
use crate::error::CommandError;
use crate::record::{self, Header};
use crate::setup::Setup;
use crate::text::grouped;

/// The race of a folder.
const RACE: SaleId = SaleId(1);

/// What was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No race: this one begins.
    Nothing,
    /// The race as far as it had come.
    Begun,
    /// The race and its end.
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
/// When it is in use, is something else, or cannot be read.
pub(crate) fn open(folder: &Path) -> Result<SqliteStore, CommandError> {
    SqliteStore::open(&journal_path(folder)).map_err(|error| refused(folder, error))
}

/// Begins the race of `setup` in a folder, or takes it up again.
///
/// # Errors
///
/// When the folder has another race, is in use, or its journal is damaged.
pub(crate) fn take_up(folder: &Path, setup: &Setup) -> Result<(Drive, Found), CommandError> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
        .map_err(|error| CommandError::input(error).hint("check the path and its permissions"))?;
    let mut store = open(folder)?;
    let header = record::encode_header(&setup.header());
    let sales = store.sales().map_err(|error| refused(folder, error))?;
    let ledger = if sales.is_empty() {
        Ledger::create(&mut store, RACE, &header, setup.course()?)
    } else {
        check_same(folder, &mut store, &header)?;
        Ledger::recover(&mut store, RACE, |_, snapshot| revive(setup, snapshot), |_| {})
    };
    let ledger = ledger.map_err(|error| refused(folder, error))?;
    let found = match ledger.machine().is_ended() {
        _ if sales.is_empty() => Found::Nothing,
        true => Found::Finished,
        false => Found::Begun,
    };
    let durable = Durable::new(ledger, store).context("cannot start the journal's thread")?;
    Ok((Drive::in_journal(durable, setup.staged.ends_at), found))
}

/// The race of `setup` as of a snapshot, or from its beginning.
///
/// # Errors
///
/// When the snapshot is damaged or of another race.
pub(crate) fn revive(
    setup: &Setup,
    snapshot: Option<&Snapshot>,
) -> Result<Course, Box<dyn Error + Send + Sync>> {
    let scenario = setup.staged.scenario.clone();
    match snapshot {
        Some(snapshot) => Ok(Course::restore(scenario, setup.seed, setup.people, &snapshot.state)?),
        None => Ok(Course::new(scenario, setup.seed, setup.people)?),
    }
}

/// A folder keeps one race: another one is not begun over it.
fn check_same(folder: &Path, store: &mut SqliteStore, wanted: &[u8]) -> Result<(), CommandError> {
    let (found, _) = journal::header(store, RACE).map_err(|error| refused(folder, error))?;
    if found == wanted {
        return Ok(());
    }
    let header = record::decode_header(&found)
        .with_context(|| format!("the race in {} cannot be read", folder.display()))
        .map_err(CommandError::input)?;
    let message = format!("{} has another race: {}", folder.display(), in_words(&header));
    let hint = if header.is_ours() {
        "ask for that race with the same arguments, or name another folder"
    } else {
        "a race goes on under the version it was begun with; name another folder"
    };
    Err(CommandError::refused(message).hint(hint))
}

fn in_words(header: &Header) -> String {
    let Header { rules, crowd, seed, people, recipe } = header;
    let person = if *people > 0 { " and a person" } else { "" };
    let race = Recipe::from_json(recipe).map_or_else(
        |_| "a scenario of another form".to_owned(),
        |recipe| {
            let rivals = grouped(recipe.rivals());
            format!("{}, {}, {rivals} rivals", recipe.name(), recipe.style())
        },
    );
    let versions = if header.is_ours() {
        String::new()
    } else {
        format!(", under rules version {rules} and crowd version {crowd}")
    };
    format!("{race}{person}, seed {seed}{versions}")
}

/// What a journal's error means to whoever named the folder.
pub(crate) fn refused(folder: &Path, error: JournalError) -> CommandError {
    let hint = match &error {
        JournalError::InUse => Some("wait for that process to end, or name another folder"),
        JournalError::Foreign { .. } => Some("name a folder that TingTing made, or a new one"),
        JournalError::NewerSchema { .. } => Some("use the newer program, or name another folder"),
        JournalError::Storage { .. } => Some("check the folder, its permissions and the disk"),
        JournalError::Poisoned
        | JournalError::Fenced { .. }
        | JournalError::Gap { .. }
        | JournalError::Corrupt { .. }
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
