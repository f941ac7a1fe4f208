//! Tests: what the server knows of a provider while time passes, by the clock of the test.

use std::time::Duration;

use axum::http::Uri;
use reqwest::redirect::Policy;

use super::provider::NotLoggedIn;
use super::{Asked, Begun, ProviderOptions, Providers, Secret};
use crate::clock::UnixTime;
use crate::limits::{PROVIDER_AGAIN_AFTER, PROVIDER_FRESH_FOR};

#[path = "../../tests/it/open_id.rs"]
#[expect(dead_code, reason = "these tests need a part of what the provider can do")]
mod open_id;

use open_id::{AbsentProvider, Fault, OpenIdProvider};

/// Where the provider sends people back. Nobody goes there.
const REDIRECT: &str = "http://127.0.0.1/login/test/callback";
const BEGIN: UnixTime = UnixTime::from_millis(1_795_932_000_000);

/// A nanosecond before so much time has passed since the beginning.
fn just_before(time: Duration) -> UnixTime {
    BEGIN.after(time).before(Duration::from_nanos(1))
}

/// A server's providers: this one.
fn only(options: ProviderOptions) -> Asked {
    Providers::new(vec![options]).get("test").unwrap()
}

/// Logs somebody in at a moment, and returns the name that the provider says.
async fn log_in(asked: &Asked, now: UnixTime, name: &str) -> Result<String, NotLoggedIn> {
    let Begun { url, state, nonce, verifier } = asked.begin(now, REDIRECT).await?;
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let back = browser.get(format!("{url}&as={name}")).send().await.unwrap();
    let back: Uri = back.headers()["location"].to_str().unwrap().parse().unwrap();
    let query = back.query().unwrap();
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|pair| pair.0 == name).unwrap().1.to_owned()
    };
    assert_eq!(value("state"), state);
    let person = asked.finish(now, REDIRECT, value("code"), nonce, verifier).await?;
    assert_eq!(person.login.subject, name);
    Ok(person.name.unwrap())
}

async fn is_logged_in(asked: &Asked, now: UnixTime, name: &str) {
    assert_eq!(log_in(asked, now, name).await.unwrap(), name);
}

async fn has_bad_token(asked: &Asked, now: UnixTime, name: &str) {
    let refused = log_in(asked, now, name).await;
    assert!(matches!(refused, Err(NotLoggedIn::Claims(_))), "{refused:?}");
}

async fn is_not_described(asked: &Asked, now: UnixTime) {
    let refused = asked.begin(now, REDIRECT).await;
    assert!(matches!(refused, Err(NotLoggedIn::Discovery(_))), "{refused:?}");
}

#[tokio::test]
async fn l10_a_key_that_changes_while_the_server_runs_is_learned_and_the_old_one_is_worth_nothing()
{
    let provider = OpenIdProvider::start();
    let asked = only(provider.options());
    is_logged_in(&asked, BEGIN, "mina").await;
    provider.change_key();
    // Right after it was asked, it is not asked again: whoever makes such tokens could make the server ask.
    let too_soon = just_before(PROVIDER_AGAIN_AFTER);
    has_bad_token(&asked, too_soon, "noa").await;
    assert_eq!(provider.described(), 1);
    let mut now = BEGIN.after(PROVIDER_AGAIN_AFTER);
    is_logged_in(&asked, now, "noa").await;
    is_logged_in(&asked, now, "mina").await;
    assert_eq!(provider.described(), 2);
    // A token that somebody signs with the key of before. The first one makes the server ask, the next ones do not.
    provider.misbehave(Some(Fault::OldKey));
    now = now.after(PROVIDER_AGAIN_AFTER);
    for name in ["eve", "mina", "noa"] {
        has_bad_token(&asked, now, name).await;
    }
    assert_eq!(provider.described(), 3);
    provider.misbehave(None);
    is_logged_in(&asked, now, "noa").await;
    // A second change is learned like the first.
    provider.change_key();
    is_logged_in(&asked, now.after(PROVIDER_AGAIN_AFTER), "noa").await;
    assert_eq!(provider.described(), 4);
}

#[tokio::test]
async fn l10_a_retired_key_is_forgotten_within_an_hour_though_nobody_brings_another() {
    let provider = OpenIdProvider::start();
    let asked = only(provider.options());
    is_logged_in(&asked, BEGIN, "mina").await;
    provider.change_key();
    provider.misbehave(Some(Fault::OldKey));
    let now = BEGIN.after(PROVIDER_FRESH_FOR);
    has_bad_token(&asked, now, "eve").await;
    assert_eq!(provider.described(), 2);
    provider.misbehave(None);
    is_logged_in(&asked, now, "noa").await;
}

#[tokio::test]
async fn l10_a_provider_that_is_away_is_asked_again_by_the_next_who_comes() {
    let absent = AbsentProvider::new();
    let asked = only(absent.options());
    for _ in 0..2 {
        is_not_described(&asked, BEGIN).await;
    }
    let provider = absent.arrive();
    is_logged_in(&asked, BEGIN, "mina").await;
    assert_eq!(provider.described(), 1);
    // What it said is believed for an hour, also while it says nothing.
    provider.misbehave(Some(Fault::Away));
    is_logged_in(&asked, just_before(PROVIDER_FRESH_FOR), "mina").await;
    assert_eq!(provider.described(), 1);
    let later = BEGIN.after(PROVIDER_FRESH_FOR);
    is_not_described(&asked, later).await;
    provider.misbehave(None);
    is_logged_in(&asked, later, "mina").await;
    assert_eq!(provider.described(), 3);
}
