//! A race told again from its log, up to where the log goes: what reports and what-ifs begin with.

use crowd::Scenario;
use journal::{BoxError, Log, Snapshot};
use practice::report::Retold;
use practice::{Header, MemberId, PersonId, Practice};
use scenario::{Course, Recipe};

/// A race that was replayed from its whole log, as far as the log goes.
pub(crate) struct Told {
    pub(crate) header: Header,
    pub(crate) scenario: Scenario,
    pub(crate) retold: Retold,
    pub(crate) member: MemberId,
}

/// Replays a race of which a person is a member; `None` once `go_on` returns false.
///
/// # Errors
///
/// When the log cannot be replayed by this version, or the person is not a member of the race.
pub(crate) fn retell(
    person: PersonId,
    log: &Log,
    go_on: impl FnMut() -> bool,
) -> Result<Option<Told>, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    header.versions.check()?;
    let scenario = Course::new(Recipe::from_json(&recipe)?)?.scenario;
    let origin = scenario.clone();
    let make = |_: &[u8], _: Option<&Snapshot>| {
        Ok(Retold::tell(Practice::new(origin, header.fair, header.ends_at)?))
    };
    let Some(replayed) = log.replay_while(make, go_on)? else { return Ok(None) };
    let retold = replayed.machine;
    let member = retold.practice().member_of(person).ok_or("the person never joined")?;
    Ok(Some(Told { header, scenario, retold, member }))
}
