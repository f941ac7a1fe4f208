//! Sessions that begin and end at the same moment, and those of whose end the database has not heard.

use super::*;
use crate::context::Context;
use crate::providers::Person;

/// The account of somebody who has just come.
async fn account(context: &Context, name: &str) -> PersonId {
    let login = Login { issuer: "https://id.example".to_owned(), subject: name.to_owned() };
    let person = Person { login, name: None };
    let (guest, now) = (GuestId::random(), context.clock.now());
    let taken = context.accounts.take_in(context, person, guest, false, now).await.unwrap();
    let TakenIn::As(account) = taken else { panic!("{taken:?}") };
    account
}

/// Runs a test beside a catalogue in a folder.
fn with_context(test: impl AsyncFnOnce(&Context)) {
    let folder = tempfile::tempdir().unwrap();
    let context = Context::for_tests(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(test(&context));
}

#[test]
fn l11_a_log_in_under_way_does_not_outlive_a_log_out_everywhere() {
    with_context(async |context| {
        let (accounts, now) = (&context.accounts, context.clock.now());
        let (mina, noa) = (account(context, "mina").await, account(context, "noa").await);
        let begin = |account| accounts.begin_session(context, account, GuestId::random(), now);
        assert!(begin(mina).await.unwrap().is_some());
        // The log-ins ask the database first, and then the log-out everywhere comes.
        let (under_way, of_another, ()) =
            tokio::join!(begin(mina), begin(noa), accounts.end_sessions(context, mina));
        assert_eq!(under_way.unwrap(), None);
        let cookie = of_another.unwrap().expect("nobody logged noa out");
        assert_eq!(accounts.at(&cookie, now).unwrap().account, noa);
        let kept = context.catalogue.sessions().await.unwrap();
        assert_eq!(kept.iter().map(|one| one.account).collect::<Vec<_>>(), [noa]);
        assert!(begin(mina).await.unwrap().is_some(), "who comes later logs in");
    });
}

#[test]
fn l21_a_log_in_under_way_does_not_outlive_the_account() {
    with_context(async |context| {
        let (accounts, now) = (&context.accounts, context.clock.now());
        let mina = account(context, "mina").await;
        let (under_way, forgotten) = tokio::join!(
            accounts.begin_session(context, mina, GuestId::random(), now),
            accounts.forget(&context.catalogue, Some(mina), &[])
        );
        forgotten.unwrap();
        let cookie = under_way.ok().flatten().unwrap_or_default();
        assert_eq!(accounts.at(&cookie, now), None);
        assert!(accounts.read().sessions.is_empty());
    });
}

#[test]
fn l33_what_ended_while_the_database_was_away_is_kept_until_it_has_heard_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = [1, 2].map(|byte| SessionHash([byte; 32]));
    let kept = || {
        let mut all = EndedSessions::open(folder.path()).unwrap().all();
        all.sort_by_key(|SessionHash(id)| *id);
        all
    };
    let ended = EndedSessions::open(folder.path()).unwrap();
    ended.add(&[one]);
    assert_eq!(kept(), [], "the database is asked first");
    ended.keep();
    ended.add(&[two]);
    ended.keep();
    assert_eq!(kept(), [one, two]);
    ended.remove(&[one]);
    assert_eq!(kept(), [two]);
    ended.remove(&[two]);
    assert_eq!(kept(), []);
    assert!(!folder.path().join(ENDED_SESSIONS_FILE).exists());
    // Whatever else is in the file ends nobody's session.
    std::fs::write(folder.path().join(ENDED_SESSIONS_FILE), b"\xff\n\n0102\nzz\n").unwrap();
    assert_eq!(kept(), []);
}
