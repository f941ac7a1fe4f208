//! Makes the report of a run by replaying its race from the journal.

use journal::{BoxError, Log, Snapshot};
use practice::report::{Retold, Subject, answer};
use practice::{Header, PersonId, Practice};
use protocol::Report;
use scenario::{Course, Recipe};

use crate::clock::UnixTime;
use crate::ids::RaceId;

/// The report of a person whose run is over. `log` is the whole log of the race.
///
/// # Errors
///
/// When the log cannot be replayed by this version, or the person is not a member of the race.
pub(crate) fn report(id: RaceId, person: PersonId, log: &Log) -> Result<Report, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    header.versions.check()?;
    let scenario = Course::new(Recipe::from_json(&recipe)?)?.scenario;
    let make = |_: &[u8], _: Option<&Snapshot>| {
        Ok(Retold::tell(Practice::new(scenario, header.seed, header.ends_at)?))
    };
    let retold = log.replay(make)?.machine;
    let member = retold.practice().member_of(person).ok_or("the person never joined")?;
    let started_at_ms = UnixTime::of_header(&header).as_millis_f64();
    let Header { about, seed, .. } = header;
    Ok(answer(retold, Subject { member, id: id.to_string(), about, seed, started_at_ms }))
}
