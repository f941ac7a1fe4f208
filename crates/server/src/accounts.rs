//! Accounts: who has logged in, at which browsers, and as which guests they take part in races. Rules L10 to L16 and L33.
//!
//! All of it is in memory, and written to the catalogue first. So no request asks the database who sends it, and people go on
//! while the database is away. Only a log-out ends in memory first: whoever leaves must not wait for a database.

mod ended;
mod lines;
mod log_in;
pub(crate) mod sessions;
mod used;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use catalogue::{
    Account, Catalogue, CatalogueError, GuestKey, Login, PersonId, Session, SessionHash,
};
use sha2::{Digest, Sha256};

use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::{GuestId, bytes_of};
use crate::limits::{SESSION_IDLE_MAX, SESSION_SEEN_EVERY};
use crate::shows::utc_ms;
pub(crate) use ended::ENDED_SESSIONS_FILE;
use ended::EndedSessions;
pub(crate) use lines::Presence;
use lines::{GuestLines, Lines};
use used::UsedStates;

/// All accounts of the server.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    inner: RwLock<Inner>,
    /// Log-ins and deletions take turns, so that two of one person do not cross.
    turn: tokio::sync::Mutex<()>,
    used: Mutex<UsedStates>,
    guest_lines: Mutex<GuestLines>,
    ended: EndedSessions,
}

#[derive(Debug, Default)]
struct Inner {
    accounts: HashMap<PersonId, Arc<Account>>,
    /// The account of each guest that is one of an account.
    owners: HashMap<GuestId, PersonId>,
    /// Guests who were deleted.
    forgotten: HashSet<GuestId>,
    logins: HashMap<Login, PersonId>,
    sessions: HashMap<SessionHash, Kept>,
    /// How often each account was logged out everywhere since the start.
    log_outs: HashMap<PersonId, u64>,
}

/// A session, with the live connections that end with it.
#[derive(Debug)]
struct Kept {
    session: Session,
    lines: Lines,
}

/// What comes of taking a person in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TakenIn {
    /// The person is this account.
    As(PersonId),
    /// Nobody is taken in: the guest may make concerts and the account may not, so that whoever has the account would get the
    /// right without anybody having meant it (rule L32).
    NotAdministrator,
}

/// Who is at a browser that is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) account: PersonId,
    /// The guest as whom the account takes part in what it begins.
    pub(crate) main: GuestId,
    pub(crate) session: SessionHash,
    /// Whether it is time to write down that the browser was seen.
    pub(crate) is_due: bool,
}

impl Accounts {
    /// Reads all accounts, and the sessions that have not ended.
    pub(crate) async fn load(
        catalogue: &Catalogue,
        data: &Path,
        now: UnixTime,
    ) -> Result<Self, CatalogueError> {
        let ended = EndedSessions::open(data).unwrap_or_else(|error| {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "which sessions ended while the database was away is not known");
            EndedSessions::default()
        });
        let told = ended.all();
        for session in &told {
            catalogue.end_session(*session).await?;
        }
        ended.remove(&told);
        let mut inner = Inner::default();
        for account in catalogue.accounts().await? {
            inner.put(account);
        }
        let forgotten = catalogue.forgotten_guests().await?;
        inner.forgotten.extend(forgotten.into_iter().map(|GuestKey(guest)| GuestId(guest)));
        for session in catalogue.sessions().await? {
            if has_ended(&session, now) {
                catalogue.end_session(session.id).await?;
            } else {
                inner.sessions.insert(session.id, Kept { session, lines: Lines::new(None) });
            }
        }
        Ok(Self { inner: RwLock::new(inner), ended, ..Self::default() })
    }

    /// Who is at the browser that sends this cookie. Rule L11.
    pub(crate) fn at(&self, cookie: &str, now: UnixTime) -> Option<Present> {
        let session = hash_of(cookie)?;
        let inner = self.read();
        let kept = &inner.sessions.get(&session)?.session;
        if has_ended(kept, now) {
            return None;
        }
        let account = inner.accounts.get(&kept.account)?;
        let main = GuestId(account.main.0);
        let is_due = kept.seen_at.after(millis(SESSION_SEEN_EVERY)) <= utc_ms(now);
        Some(Present { account: kept.account, main, session, is_due })
    }

    /// By what a live connection of this session knows that it ends; `None` if the session has ended. Rule L25.
    pub(crate) fn presence_of(&self, session: SessionHash) -> Option<Presence> {
        self.read().sessions.get(&session).map(|kept| kept.lines.presence())
    }

    /// The same for a guest at a browser that is not logged in; `None` if it is by now.
    pub(crate) fn presence_of_guest(&self, guest: GuestId) -> Option<Presence> {
        // A log-in writes down first whose the guest is, and then takes the connections: one of the two sees the other.
        let presence = self.guest_lines().presence(guest);
        (!self.is_spent(guest)).then_some(presence)
    }

    /// Whether a guest's own cookie is worth nothing: the guest is one of an account (rule L12), or was deleted (rule L26).
    pub(crate) fn is_spent(&self, guest: GuestId) -> bool {
        let inner = self.read();
        inner.owners.contains_key(&guest) || inner.forgotten.contains(&guest)
    }

    /// An account; `None` if there is none, or it was deleted.
    pub(crate) fn get(&self, account: PersonId) -> Option<Arc<Account>> {
        self.read().accounts.get(&account).cloned()
    }

    /// The browsers at which an account is logged in, the one that was seen last first.
    pub(crate) fn sessions_of(&self, account: PersonId) -> Vec<Session> {
        let inner = self.read();
        let all = inner.sessions.values().map(|kept| &kept.session);
        let mut own: Vec<Session> =
            all.filter(|session| session.account == account).copied().collect();
        own.sort_by_key(|session| std::cmp::Reverse((session.seen_at, session.made_at)));
        own
    }

    /// All guests that a client is: the latest that logged in first, the main one last. Rule L14.
    pub(crate) fn guests_of(&self, client: Client) -> Vec<GuestId> {
        let account = client.account.and_then(|account| self.get(account));
        account.map_or_else(|| vec![client.guest], |account| guests(&account).collect())
    }

    /// All guests of whoever is this guest.
    pub(crate) fn same_person(&self, guest: GuestId) -> Vec<GuestId> {
        let inner = self.read();
        let account = inner.owners.get(&guest).and_then(|owner| inner.accounts.get(owner));
        account.map_or_else(|| vec![guest], |account| guests(account).collect())
    }

    /// Whether no log-in with this state has ended before.
    pub(crate) fn is_first(&self, now: UnixTime, state: [u8; 32], until: UnixTime) -> bool {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).take(now, state, until)
    }

    /// Whether nobody else is writing down that a browser was seen.
    pub(crate) fn is_first_to_see(&self, session: SessionHash, now: UnixTime) -> bool {
        let mut inner = self.write();
        let Some(Kept { session: kept, .. }) = inner.sessions.get_mut(&session) else {
            return false;
        };
        let is_first = kept.seen_at.after(millis(SESSION_SEEN_EVERY)) <= utc_ms(now);
        if is_first {
            kept.seen_at = utc_ms(now);
        }
        is_first
    }

    /// Writes down that a browser was seen.
    pub(crate) async fn see(&self, catalogue: &Catalogue, session: SessionHash, now: UnixTime) {
        // If the database is away, the browser counts as seen a day earlier.
        let _away = catalogue.see_session(session, utc_ms(now)).await;
    }

    /// Deletes a person, with the account if it is one, and the guests as whom the person came.
    pub(crate) async fn forget(
        &self,
        catalogue: &Catalogue,
        person: Option<PersonId>,
        guests: &[GuestId],
    ) -> Result<(), CatalogueError> {
        let _turn = self.turn.lock().await;
        let keys: Vec<GuestKey> = guests.iter().map(|guest| GuestKey(guest.0)).collect();
        catalogue.forget(person, &keys).await?;
        let mut inner = self.write();
        inner.forgotten.extend(guests);
        if let Some(person) = person {
            inner.sessions.retain(|_, kept| kept.session.account != person);
            inner.accounts.remove(&person);
            inner.owners.retain(|_, owner| *owner != person);
            inner.logins.retain(|_, owner| *owner != person);
            inner.log_outs.remove(&person);
        }
        drop(inner);
        let mut lines = self.guest_lines();
        for guest in guests {
            drop(lines.take(*guest));
        }
        Ok(())
    }

    fn guest_lines(&self) -> std::sync::MutexGuard<'_, GuestLines> {
        self.guest_lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Ends the sessions of an account, and says which.
    fn end_all(&mut self, account: PersonId) -> Vec<SessionHash> {
        *self.log_outs.entry(account).or_default() += 1;
        let own = self.sessions.extract_if(|_, kept| kept.session.account == account);
        own.map(|(id, _)| id).collect()
    }

    fn log_outs_of(&self, account: PersonId) -> u64 {
        self.log_outs.get(&account).copied().unwrap_or_default()
    }

    fn put(&mut self, account: Account) {
        for guest in guests(&account) {
            self.owners.insert(guest, account.person);
        }
        for login in &account.logins {
            self.logins.insert(login.clone(), account.person);
        }
        self.accounts.insert(account.person, Arc::new(account));
    }
}

fn guests(account: &Account) -> impl Iterator<Item = GuestId> {
    account.others.iter().chain([&account.main]).map(|GuestKey(guest)| GuestId(*guest))
}

/// By what a session is known whose browser sends this cookie.
fn hash_of(cookie: &str) -> Option<SessionHash> {
    let secret: [u8; 32] = bytes_of(cookie).ok()?;
    Some(SessionHash(Sha256::digest(secret).into()))
}

fn has_ended(session: &Session, now: UnixTime) -> bool {
    session.seen_at.after(millis(SESSION_IDLE_MAX)) <= utc_ms(now)
}

fn millis(time: std::time::Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
