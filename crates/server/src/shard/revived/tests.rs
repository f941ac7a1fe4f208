//! Tests: how a race comes back from its log.

use journal::{Ledger, Log, SqliteStore};
use practice::{About, Begun, Exercise, Fair, Header, PersonId, Practice, Versions};
use sale::Machine as _;
use scenario::Library;

use super::revive;
use crate::choice::course_of_exercise;
use crate::exercise::play;
use crate::ids::RaceId;
use crate::sheet::about;

#[test]
fn a92_the_prelude_of_an_exercise_is_played_again_if_its_log_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("journal.sqlite")).unwrap();
    let (id, host, fair) = (RaceId(7), PersonId(3), Fair::drawn(5));
    let course = course_of_exercise(&Library::built_in(), Exercise::Pay, None).unwrap();
    let fresh = || Practice::new(course.scenario.clone(), fair, course.ends_at).unwrap();
    let mut played = Ledger::unkept(id.sale(), fresh());
    let from = play(&mut played, Exercise::Pay, host).unwrap();
    let about = About { exercise: Some(Exercise::Pay), ..about(&course) };
    let begun = Some(Begun { host, at_unix_ns: 1_000, content: 0 });
    let ends_at = played.machine().ends_at();
    let header = Header { versions: Versions::HERE, fair, shared: false, ends_at, begun, about };
    // The process ends between the creation and the first batch.
    let bytes = header.encode(&course.recipe.to_json());
    Ledger::create(&mut store, id.sale(), &bytes, fresh()).unwrap();
    let log = Log::claim(&mut store, id.sale()).unwrap();
    let mut revived = revive(id, &log, || true).unwrap().unwrap();
    let practice = revived.ledger.machine();
    assert_eq!((practice.now(), practice.hash()), (from, played.machine().hash()));
    assert!(practice.member_of(host).is_some());
    assert!(revived.ledger.take_batch().is_some(), "the journal is to keep it");
}
