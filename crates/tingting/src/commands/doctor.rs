//! `tingting doctor`: looks through a data folder and says what is wrong and what to do.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use journal::{Examination, JournalError, Log, Notice, SaleId, SqliteStore, Start, Store};
use practice::Header;
use scenario::Recipe;
use serde_json::json;
use server::operate::examine;
use server::{DatabaseUrl, ShowsFault};

use super::database::DatabaseOption;
use crate::error::CommandError;
use crate::folder::{journal_path, race_name, refused};
use crate::output::Output;

/// The bytes of a key.
const KEY_BYTES: u64 = 32;

const RESTORE: &str = "put a copy of the folder's files back, or go on without what is lost";

/// Look through a data folder for damage
///
/// Reads every page of the journal, every batch of every race, the mark and the key, compares what is shown of sales with their
/// logs, and adds up the ledger of points. Says of each finding what to do. Changes nothing unless `--accept-loss` asks for it. The exit code is 0 only if all is well.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Folder of journal and key
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Go on with what is left of a journal that lost commits. Its files are copied first
    #[arg(long)]
    accept_loss: bool,
    #[command(flatten)]
    database: DatabaseOption,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

const LEDGER: &str = "put a copy of the catalogue back; no command mends the ledger, so that nobody loses points by it";

/// Something that is not as it should be.
#[derive(Debug)]
struct Finding {
    what: String,
    advice: &'static str,
}

/// The races of a folder.
#[derive(Default)]
struct Races {
    count: usize,
    /// Whether guests of a server began some of them.
    have_guests: bool,
}

pub(crate) fn run(arguments: &Doctor, output: &Output) -> Result<(), CommandError> {
    let folder = &arguments.data;
    let path = journal_path(folder);
    if !path.is_file() {
        let message = format!("{} has no journal", folder.display());
        return Err(CommandError::refused(message).hint("name a folder that TingTing made"));
    }
    if arguments.accept_loss {
        accept_loss(folder, &path, output)?;
    }
    let database = arguments.database.url(None)?;
    let mut findings = Vec::new();
    check_permissions(folder, &mut findings);
    let Races { count, have_guests } = match Examination::open(&path) {
        Ok(mut journal) => {
            check_files(&mut journal, &mut findings);
            let races = check_races(&mut journal, output, &mut findings);
            check_shows(folder, database.as_ref(), &mut journal, &mut findings);
            races
        }
        Err(error @ JournalError::InUse) => return Err(refused(folder, error)),
        Err(error) => {
            findings.push(Finding { what: in_words(&error), advice: RESTORE });
            Races::default()
        }
    };
    check_key(folder, have_guests, &mut findings);
    report(arguments, output, count, &findings)
}

fn report(
    arguments: &Doctor,
    output: &Output,
    race_count: usize,
    findings: &[Finding],
) -> Result<(), CommandError> {
    let folder = arguments.data.display();
    if arguments.json {
        let all = findings.iter().map(|one| json!({"what": one.what, "advice": one.advice}));
        let whole = json!({"races": race_count, "findings": all.collect::<Vec<_>>()});
        output.write(format!("{whole}\n").as_bytes())?;
    } else {
        let lines = findings.iter().map(|one| format!("{}\n  → {}\n", one.what, one.advice));
        output.write(lines.collect::<String>().as_bytes())?;
    }
    if findings.is_empty() {
        if !arguments.json {
            output.write(format!("all is well in {folder}: {race_count} races\n").as_bytes())?;
        }
        return Ok(());
    }
    let count = findings.len();
    let noun = if count == 1 { "finding" } else { "findings" };
    Err(CommandError::refused(format!("{count} {noun} in {folder}, which has {race_count} races")))
}

/// Copies the files of a journal, then makes what is left of it all that there was.
fn accept_loss(folder: &Path, path: &Path, output: &Output) -> Result<(), CommandError> {
    let names = ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-mark"];
    let end_of = |number: u32| match number {
        1 => "before-loss".to_owned(),
        _ => format!("before-loss-{number}"),
    };
    let is_free = |number: &u32| {
        names.iter().all(|name| !folder.join(format!("{name}.{}", end_of(*number))).exists())
    };
    // A folder that lost something before has copies of then, which stay.
    let end = end_of((1..10_000).find(is_free).unwrap_or(u32::MAX));
    for name in names {
        let (from, to) = (folder.join(name), folder.join(format!("{name}.{end}")));
        if from.exists() {
            fs::copy(&from, &to).map_err(|error| {
                let message = format!("cannot copy {}", from.display());
                CommandError::input(anyhow::Error::new(error).context(message))
            })?;
            output.note(format!("{} is kept as {}", from.display(), to.display()));
        }
    }
    let store = SqliteStore::open_despite_loss(path).map_err(|error| refused(folder, error))?;
    store.close().map_err(|error| refused(folder, error))
}

/// Looks at the key. Only a folder of a server has one: it is `needed` if a guest began one of the races.
fn check_key(folder: &Path, needed: bool, findings: &mut Vec<Finding>) {
    let path = folder.join("secret.key");
    let Ok(about) = fs::metadata(&path) else {
        if needed {
            let what = format!("the key {} is missing", path.display());
            let advice = "put a copy of the key back; with a new one nobody can go on in old races";
            findings.push(Finding { what, advice });
        }
        return;
    };
    if about.len() != KEY_BYTES {
        let what = format!("the key {} has {} bytes, not {KEY_BYTES}", path.display(), about.len());
        let advice = "put a copy of the key back; with a new one nobody can go on in old races";
        findings.push(Finding { what, advice });
    }
}

#[cfg(unix)]
fn check_permissions(folder: &Path, findings: &mut Vec<Finding>) {
    use std::os::unix::fs::PermissionsExt;
    let names = [
        "journal.sqlite",
        "journal.sqlite-wal",
        "journal.sqlite-mark",
        "rooms.sqlite3",
        "rooms.sqlite3-wal",
        "secret.key",
    ];
    for name in names {
        let path = folder.join(name);
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.permissions().mode() & 0o077 != 0 {
            let what = format!("others than the owner may read {}", path.display());
            findings
                .push(Finding { what, advice: "start the server: it takes that right from them" });
        }
    }
}

#[cfg(not(unix))]
fn check_permissions(_folder: &Path, _findings: &mut Vec<Finding>) {}

/// Looks at the mark, at SQLite's log, and at all pages.
fn check_files(journal: &mut Examination, findings: &mut Vec<Finding>) {
    if let Some(lost) = journal.lost() {
        let advice = "put the file that ends in -wal back, or go on without: doctor --accept-loss";
        findings.push(Finding { what: in_words(lost), advice });
    }
    for notice in journal.notices() {
        let advice = match notice {
            Notice::MarkDamaged | Notice::MarkMissing => "start the server: it writes a new mark",
            Notice::Cut { .. } | Notice::FreePages | Notice::SetAside { .. } => RESTORE,
        };
        findings.push(Finding { what: notice.to_string(), advice });
    }
    for table in journal.set_aside() {
        let what = format!("a damaged table was set aside as {table}");
        findings.push(Finding { what, advice: RESTORE });
    }
    match journal.integrity() {
        Ok(lines) => {
            // A page that is never used holds nothing.
            for line in lines.into_iter().filter(|line| !line.contains("never used")) {
                findings.push(Finding {
                    what: format!("the journal's pages: {line}"),
                    advice: RESTORE,
                });
            }
        }
        Err(error) => findings.push(Finding { what: in_words(&error), advice: RESTORE }),
    }
}

/// Looks at each race and at the results that were kept.
fn check_races(journal: &mut Examination, output: &Output, findings: &mut Vec<Finding>) -> Races {
    let races = match journal.store().sales() {
        Ok(races) => races,
        Err(error) => {
            findings.push(Finding { what: in_words(&error), advice: RESTORE });
            return Races::default();
        }
    };
    let mut have_guests = false;
    let mut progress = output.count("races", races.len() as u64);
    for (done, race) in races.iter().enumerate() {
        progress.show(done as u64, &race_name(*race));
        have_guests |= check_race(journal.store(), *race, findings);
    }
    progress.clear();
    match journal.damaged_results() {
        Ok(damaged) => findings.extend(damaged.into_iter().map(|race| Finding {
            what: format!("race {}: a kept report is damaged", race_name(race)),
            advice: "nothing, if the program still has the rules of that race: it is made anew",
        })),
        Err(error) => findings.push(Finding { what: in_words(&error), advice: RESTORE }),
    }
    Races { count: races.len(), have_guests }
}

/// Compares what the catalogue shows of sales with the journal, and looks through the ledger of points.
fn check_shows(
    folder: &Path,
    database: Option<&DatabaseUrl>,
    journal: &mut Examination,
    findings: &mut Vec<Finding>,
) {
    match examine(folder, database, journal.store()) {
        Ok(faults) => findings.extend(faults.iter().map(|fault| Finding {
            what: fault.to_string(),
            advice: match fault {
                ShowsFault::Points(_) | ShowsFault::Returned { .. } => LEDGER,
                ShowsFault::NoLog { .. } => RESTORE,
                ShowsFault::Booking { .. } | ShowsFault::Ahead { .. } => {
                    "make anew what is shown: tingting rebuild"
                }
                ShowsFault::Pending { .. } => "start the server: it gives the points back",
            },
        })),
        Err(error) => findings.push(Finding { what: causes(&error), advice: RESTORE }),
    }
}

/// Looks at a race. Returns whether a guest began it.
fn check_race(store: &mut impl Store, race: SaleId, findings: &mut Vec<Finding>) -> bool {
    let name = race_name(race);
    let mut found = |what: String, advice| {
        findings.push(Finding { what: format!("race {name}: {what}"), advice });
    };
    let advice = "its members are told that it is damaged; put a copy back to have it again";
    let mut has_guest = false;
    // The snapshot at its end, and the whole log as well.
    for start in [Start::Snapshot, Start::Beginning] {
        let log = match Log::read(store, race, start) {
            Ok(log) => log,
            Err(error) => {
                found(in_words(&error), advice);
                return has_guest;
            }
        };
        if start == Start::Snapshot && log.lost_snapshot() {
            found(
                "its snapshot is damaged".to_owned(),
                "nothing: the whole log is replayed instead",
            );
        }
        if let Err(error) = log.check() {
            found(in_words(&error), advice);
            return has_guest;
        }
        match header_of(&log) {
            Ok(header) => has_guest = header.begun.is_some(),
            Err(error) => {
                found(format!("its header is not understood: {error:#}"), advice);
                return has_guest;
            }
        }
    }
    has_guest
}

fn header_of(log: &Log) -> anyhow::Result<Header> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    Recipe::from_json(&recipe)?;
    Ok(header)
}

fn in_words(error: &JournalError) -> String {
    causes(error)
}

/// An error with all its causes in one line.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}
