//! Makes the report of a run by replaying its race from the journal, and reads and writes kept reports.
//!
//! A report is kept once it was made. So it outlives the rules of its race: a program with other rules cannot replay
//! the race and still shows the report.

use journal::{BoxError, KeptResult, Log, Seq, Snapshot};
use practice::report::{Retold, Subject, answer_while};
use practice::what_if::UsualTimes;
use practice::{Header, PersonId, Practice};
use protocol::{Report, ResultRow, WIRE_VERSION};
use sale::Section;
use scenario::{Course, Recipe};

use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::retold::{Told, retell};
use crate::sheet::section_names;
use crate::what_if::Rerun;

/// The version with which reports are kept: that of the messages, because a kept report is one.
#[expect(clippy::cast_possible_truncation, reason = "it is raised by one at a time")]
pub(crate) const REPORT_VERSION: u16 = WIRE_VERSION as u16;

/// A report as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptReport {
    /// The last batch of the log from which it was made.
    pub(crate) through: Seq,
    /// A [`Report`] as JSON.
    pub(crate) json: Vec<u8>,
}

impl KeptReport {
    /// Reads a kept report; `None` if this version cannot send it. A report of another version can be sent if it
    /// reads as one of this version.
    pub(crate) fn read(kept: &KeptResult) -> Option<Self> {
        let (through, json) = kept.bytes.split_first_chunk()?;
        let is_readable =
            kept.version == REPORT_VERSION || serde_json::from_slice::<Report>(json).is_ok();
        let through = Seq(u64::from_le_bytes(*through));
        is_readable.then(|| Self { through, json: json.to_vec() })
    }

    pub(crate) fn to_result(&self) -> KeptResult {
        let bytes = [&self.through.0.to_le_bytes(), self.json.as_slice()].concat();
        KeptResult { version: REPORT_VERSION, bytes }
    }
}

/// The report of a person whose run is over, and the run for what-ifs; `None` once `go_on` returns false. `log` is the whole
/// log of the race, and `usual` are the person's times from other races.
///
/// # Errors
///
/// When the log cannot be replayed by this version, or the person is not a member of the race.
pub(crate) fn report(
    id: RaceId,
    person: PersonId,
    log: &Log,
    usual: UsualTimes,
    mut go_on: impl FnMut() -> bool,
) -> Result<Option<(Report, Rerun)>, BoxError> {
    let Some(told) = retell(person, log, &mut go_on)? else { return Ok(None) };
    let Told { header, scenario, retold, member } = told;
    let started_at_ms = UnixTime::of_header(&header).as_millis_f64();
    let Header { about, fair, shared, ends_at, .. } = header;
    // The results of a shared race publish its seed, which JSON has no number for.
    let seed = (!shared).then_some(fair.seed.low());
    let subject = Subject { member, id: id.to_string(), about, seed, started_at_ms, usual };
    let made = answer_while(retold, subject, go_on);
    let through = log.last();
    Ok(made.map(|(report, original)| (report, Rerun { original, scenario, ends_at, through })))
}

/// What came of a race that is over for everybody.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// A row for each member, without names, with what cost each most.
    pub(crate) rows: Vec<ResultRow>,
    /// The record for everybody: a file with which the race can be run again.
    pub(crate) record: Vec<u8>,
}

impl Outcome {
    /// About how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.record.len() + self.rows.len() * (size_of::<ResultRow>() + ROW_BYTES)
    }
}

/// About how many bytes a row has beside itself: seats, the name of a section.
const ROW_BYTES: usize = 64;

/// Replays a whole race; `None` once `go_on` returns false.
///
/// # Errors
///
/// When the log cannot be replayed by this version.
pub(crate) fn outcome(
    log: &Log,
    mut go_on: impl FnMut() -> bool,
) -> Result<Option<Outcome>, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    header.versions.check()?;
    let course = Course::new(Recipe::from_json(&recipe)?)?;
    let sections = section_names(&course);
    let make = |_: &[u8], _: Option<&Snapshot>| {
        Ok(Retold::tell(Practice::new(course.scenario, header.fair, header.ends_at)?))
    };
    let Some(replayed) = log.replay_while(make, &mut go_on)? else { return Ok(None) };
    let mut retold = replayed.machine;
    if !retold.finish_all_while(&mut go_on) {
        return Ok(None);
    }
    let began_ms = UnixTime::of_header(&header).as_millis_f64();
    let section = |section: Section| sections.get(usize::from(section.0)).cloned();
    let rows = retold.results(began_ms, section);
    let end = recording::End::of(retold.practice().sale());
    let record = recording::publish(&header, &recipe, &recording::items_of(log)?, &end);
    Ok(Some(Outcome { rows, record }))
}

#[cfg(test)]
mod tests;
