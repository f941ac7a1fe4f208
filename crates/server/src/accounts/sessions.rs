//! Sessions begin when the database has them, and end at once. Rules L11 and L33.
//!
//! A log-out waits for no database: whoever leaves, or whose cookie was stolen, has no time.

use std::sync::Arc;
use std::time::Duration;

use catalogue::{Catalogue, CatalogueError, PersonId, Session, SessionHash};
use data_encoding::HEXLOWER;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::lines::Lines;
use super::{Accounts, Kept, hash_of};
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::{GuestId, random_bytes};
use crate::limits::{LOG_OUT_WAITS, SESSIONS_PER_ACCOUNT_MAX};
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// The time between two looks for sessions of whose end the database has not heard.
const SETTLE_EVERY: Duration = Duration::from_secs(1);

/// Has the database hear, when it is back, which sessions have ended. For as long as it is polled.
pub(crate) async fn keep_settling(context: Arc<Context>) {
    let mut looks = interval(SETTLE_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        context.accounts.settle_all(&context).await;
    }
}

impl Accounts {
    /// Logs a browser in at which a guest was, and returns its cookie; `None` if the account was logged out everywhere or deleted
    /// meanwhile (rule L11).
    ///
    /// # Errors
    ///
    /// Those of the catalogue.
    pub(crate) async fn begin_session(
        &self,
        context: &Context,
        account: PersonId,
        guest: GuestId,
        now: UnixTime,
    ) -> Result<Option<String>, ApiError> {
        let log_outs = self.read().log_outs_of(account);
        let cookie = HEXLOWER.encode(&random_bytes::<32>());
        let id = hash_of(&cookie).ok_or(ApiError::Internal)?;
        let now = utc_ms(now);
        let session = Session { id, account, made_at: now, seen_at: now };
        context.asks.ask(context.catalogue.begin_session(&session)).await?;
        if !self.keep(session, guest, log_outs) {
            self.settle(context, &[id]).await;
            return Ok(None);
        }
        for surplus in self.surplus(account) {
            self.end_session(context, surplus).await;
        }
        Ok(Some(cookie))
    }

    /// Keeps a session that the database has. A log-out everywhere does not wait for the database, so it may have come first.
    fn keep(&self, session: Session, guest: GuestId, log_outs: u64) -> bool {
        let mut inner = self.write();
        let lines = Lines::new(self.guest_lines().take(guest));
        let account = session.account;
        let is_kept =
            inner.log_outs_of(account) == log_outs && inner.accounts.contains_key(&account);
        if is_kept {
            inner.sessions.insert(session.id, Kept { session, lines });
        }
        is_kept
    }

    /// Logs one browser out, at once. The database hears of it when it can. Rule L33.
    pub(crate) async fn end_session(&self, context: &Context, session: SessionHash) {
        self.write().sessions.remove(&session);
        self.settle(context, &[session]).await;
    }

    /// Logs all browsers of an account out, and those that are just logging in. Otherwise as [`end_session`](Self::end_session).
    pub(crate) async fn end_sessions(&self, context: &Context, account: PersonId) {
        let ended = self.write().end_all(account);
        self.settle(context, &ended).await;
    }

    /// Tells the database that sessions ended. Of what it does not hear soon it hears later.
    async fn settle(&self, context: &Context, ended: &[SessionHash]) {
        self.ended.add(ended);
        let told = context.asks.ask(tell(&context.catalogue, ended));
        match timeout(LOG_OUT_WAITS, told).await {
            Ok(Ok(())) => self.ended.remove(ended),
            Ok(Err(_)) | Err(_) => self.ended.keep(),
        }
    }

    /// Tells the database which sessions ended while it was away.
    pub(crate) async fn settle_all(&self, context: &Context) {
        let ended = self.ended.all();
        if ended.is_empty() {
            return;
        }
        match context.asks.ask(tell(&context.catalogue, &ended)).await {
            Ok(()) => self.ended.remove(&ended),
            Err(_) => self.ended.keep(),
        }
    }

    /// The sessions of an account beyond the limit, those that were not seen for longest.
    fn surplus(&self, account: PersonId) -> Vec<SessionHash> {
        let inner = self.read();
        let all = inner.sessions.values().map(|kept| &kept.session);
        let own = all.filter(|session| session.account == account);
        let mut own: Vec<&Session> = own.collect();
        own.sort_by_key(|session| std::cmp::Reverse((session.seen_at, session.made_at)));
        own.iter().skip(SESSIONS_PER_ACCOUNT_MAX).map(|session| session.id).collect()
    }
}

/// Has the database end sessions. To say it twice changes nothing.
async fn tell(catalogue: &Catalogue, ended: &[SessionHash]) -> Result<(), CatalogueError> {
    for session in ended {
        catalogue.end_session(*session).await?;
    }
    Ok(())
}
