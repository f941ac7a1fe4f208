//! Accounts: people who have logged in, how providers know them, and the browsers that are logged in. Rules L1 to L5.
//!
//! It checks no password and no token: the caller has done that, and says who came.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

use crate::catalogue::Catalogue;
use crate::days::UtcMs;
use crate::engine::Engine;
use crate::error::CatalogueError;
use crate::limits::ACCOUNT_NAME_CHARS_MAX;
use crate::merge::merge;
use crate::names::{GuestKey, PersonId};
use crate::people::take_in;
use crate::points::welcome_in;
use crate::rows::{execute, statement};

/// Who a provider says somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login {
    /// The provider, by the address that its tokens name.
    pub issuer: String,
    /// The person's name at the provider, which never changes. No person reads it.
    pub subject: String,
}

/// A person who can come back from any browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub person: PersonId,
    /// What the provider calls the person, if it says so.
    pub name: Option<String>,
    /// The guest as whom the person takes part in races.
    pub main: GuestKey,
    /// The guests that the person was at other browsers before logging in there, the latest first.
    pub others: Vec<GuestKey>,
    /// How providers know the person.
    pub logins: Vec<Login>,
    /// When the account was made.
    pub made_at: UtcMs,
}

/// What came of a log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedIn {
    /// The account, with the guest who logged in.
    pub account: Account,
    /// Whether this was the person's first log-in.
    pub is_new: bool,
}

/// The SHA-256 of the cookie with which a browser is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionHash(pub [u8; 32]);

/// A browser that is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// By what it is known.
    pub id: SessionHash,
    /// To which account.
    pub account: PersonId,
    /// When it logged in.
    pub made_at: UtcMs,
    /// When it was last seen, to the day.
    pub seen_at: UtcMs,
}

#[derive(FromQueryResult)]
struct AccountRow {
    person: i64,
    name: Option<String>,
    main_guest: Vec<u8>,
    made_at_ms: i64,
}

#[derive(FromQueryResult)]
struct LoginRow {
    account: i64,
    issuer: String,
    subject: String,
}

#[derive(FromQueryResult)]
struct GuestRow {
    person: i64,
    guest: Vec<u8>,
}

#[derive(FromQueryResult)]
struct ForgottenRow {
    guest: Vec<u8>,
}

#[derive(FromQueryResult)]
struct SessionRow {
    id_hash: Vec<u8>,
    account: i64,
    made_at_ms: i64,
    seen_at_ms: i64,
}

impl Catalogue {
    /// All accounts.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, CatalogueError> {
        read(self.read(), "", None).await
    }

    /// The account that a login belongs to; `None` if nobody has logged in by it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn account_of(&self, login: &Login) -> Result<Option<PersonId>, CatalogueError> {
        account_of(self.read(), login).await
    }

    /// All browsers that are logged in.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sessions(&self) -> Result<Vec<Session>, CatalogueError> {
        let sql = "SELECT id_hash, account, made_at_ms, seen_at_ms FROM sessions";
        let rows = SessionRow::find_by_statement(statement(self.read(), sql, []));
        let rows = rows.all(self.read()).await?;
        Ok(rows.into_iter().filter_map(Session::of).collect())
    }

    /// Notes that the person of a login has come with a guest's browser. The first time the guest's person becomes the
    /// account; later the guest's person becomes one with it. `guest` is `None` for a browser whose guest stays apart; the
    /// first log-in needs one.
    ///
    /// # Errors
    /// If the guest belongs to another account, or another log-in of the same login came first. It can be tried again then.
    pub async fn log_in(
        &self,
        login: &Login,
        name: Option<&str>,
        guest: Option<GuestKey>,
        now: UtcMs,
    ) -> Result<LoggedIn, CatalogueError> {
        let name = name.map(|name| name.chars().take(ACCOUNT_NAME_CHARS_MAX).collect::<String>());
        let name = name.filter(|name| !name.is_empty());
        let transaction = self.begin_write().await?;
        let known = account_of(&transaction, login).await?;
        let person = match (known, guest) {
            (None, None) => return Err(CatalogueError::Missing("guest")),
            (None, Some(guest)) => make(&transaction, self.engine(), login, guest, now).await?,
            (Some(account), guest) => {
                if let Some(guest) = guest {
                    merge(&transaction, guest, account, now).await?;
                }
                account
            }
        };
        let sql = "UPDATE accounts SET name = COALESCE($2, name) WHERE person = $1";
        execute(&transaction, sql, [person.0.into(), name.into()]).await?;
        let account = read(&transaction, "WHERE person = $1", Some(person)).await?.pop();
        let account = account.ok_or(CatalogueError::Missing("account"))?;
        transaction.commit().await?;
        Ok(LoggedIn { account, is_new: known.is_none() })
    }

    /// Keeps a browser that has logged in.
    ///
    /// # Errors
    /// If there is no such account, or the database fails.
    pub async fn begin_session(&self, session: &Session) -> Result<(), CatalogueError> {
        let sql = "INSERT INTO sessions (id_hash, account, made_at_ms, seen_at_ms)
             VALUES ($1, $2, $3, $4)";
        let Session { id, account, made_at, seen_at } = session;
        let values = [id.0.to_vec().into(), account.0.into(), made_at.0.into(), seen_at.0.into()];
        execute(self.write(), sql, values).await?;
        Ok(())
    }

    /// Notes when a browser was seen.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn see_session(&self, id: SessionHash, now: UtcMs) -> Result<(), CatalogueError> {
        let sql = "UPDATE sessions SET seen_at_ms = $2 WHERE id_hash = $1 AND seen_at_ms < $2";
        execute(self.write(), sql, [id.0.to_vec().into(), now.0.into()]).await?;
        Ok(())
    }

    /// Logs one browser out. To say it twice changes nothing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_session(&self, id: SessionHash) -> Result<(), CatalogueError> {
        let sql = "DELETE FROM sessions WHERE id_hash = $1";
        execute(self.write(), sql, [id.0.to_vec().into()]).await?;
        Ok(())
    }

    /// Logs all browsers of an account out.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_sessions(&self, account: PersonId) -> Result<(), CatalogueError> {
        execute(self.write(), "DELETE FROM sessions WHERE account = $1", [account.0.into()])
            .await?;
        Ok(())
    }

    /// Deletes a person, if `person` says one, with the account, the logins, the sessions and the likes. Bookings stay on record
    /// and name nobody. Of the person's `guests` nothing is kept but that they are forgotten. To say it twice changes nothing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget(
        &self,
        person: Option<PersonId>,
        guests: &[GuestKey],
    ) -> Result<(), CatalogueError> {
        let transaction = self.begin_write().await?;
        for guest in guests {
            let sql = "INSERT INTO forgotten_guests (guest) VALUES ($1) ON CONFLICT DO NOTHING";
            execute(&transaction, sql, [guest.bytes().into()]).await?;
        }
        if let Some(person) = person {
            // Those whom the caller does not know yet are forgotten as well.
            let sql =
                "INSERT INTO forgotten_guests (guest) SELECT guest FROM guests WHERE person = $1
                 ON CONFLICT DO NOTHING";
            execute(&transaction, sql, [person.0.into()]).await?;
            execute(&transaction, "DELETE FROM people WHERE id = $1", [person.0.into()]).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// All guests who were forgotten.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forgotten_guests(&self) -> Result<Vec<GuestKey>, CatalogueError> {
        let rows = ForgottenRow::find_by_statement(statement(
            self.read(),
            "SELECT guest FROM forgotten_guests",
            [],
        ));
        let rows = rows.all(self.read()).await?;
        Ok(rows.iter().filter_map(|row| GuestKey::from_kept(&row.guest)).collect())
    }
}

async fn account_of(
    connection: &impl ConnectionTrait,
    login: &Login,
) -> Result<Option<PersonId>, CatalogueError> {
    let sql = "SELECT account, issuer, subject FROM logins WHERE issuer = $1 AND subject = $2";
    let values = [login.issuer.clone().into(), login.subject.clone().into()];
    let found = LoginRow::find_by_statement(statement(connection, sql, values));
    Ok(found.one(connection).await?.map(|row| PersonId(row.account)))
}

/// Makes the person at a guest's browser an account.
async fn make(
    transaction: &DatabaseTransaction,
    engine: Engine,
    login: &Login,
    guest: GuestKey,
    now: UtcMs,
) -> Result<PersonId, CatalogueError> {
    let person = take_in(transaction, engine, guest, now).await?;
    let person = person.ok_or(CatalogueError::Missing("guest who was not deleted"))?;
    let sql = "INSERT INTO accounts (person, main_guest, made_at_ms) VALUES ($1, $2, $3)";
    let values = [person.0.into(), guest.bytes().into(), now.0.into()];
    execute(transaction, sql, values).await?;
    let sql = "INSERT INTO logins (issuer, subject, account) VALUES ($1, $2, $3)";
    let values = [login.issuer.clone().into(), login.subject.clone().into(), person.0.into()];
    execute(transaction, sql, values).await?;
    welcome_in(transaction, person, now).await?;
    Ok(person)
}

/// The accounts that a condition finds, or all of them.
async fn read(
    connection: &impl ConnectionTrait,
    condition: &str,
    person: Option<PersonId>,
) -> Result<Vec<Account>, CatalogueError> {
    let values = || person.map(|person| person.0.into());
    let sql = format!("SELECT person, name, main_guest, made_at_ms FROM accounts {condition}");
    let rows = AccountRow::find_by_statement(statement(connection, &sql, values()));
    let rows = rows.all(connection).await?;
    let mut accounts: HashMap<i64, Account> =
        rows.into_iter().filter_map(|row| Some((row.person, Account::of(row)?))).collect();
    let sql = format!(
        "SELECT account, issuer, subject FROM logins {}",
        condition.replace("person", "account")
    );
    let logins = LoginRow::find_by_statement(statement(connection, &sql, values()));
    for LoginRow { account, issuer, subject } in logins.all(connection).await? {
        if let Some(account) = accounts.get_mut(&account) {
            account.logins.push(Login { issuer, subject });
        }
    }
    let condition =
        if person.is_some() { condition } else { "WHERE person IN (SELECT person FROM accounts)" };
    let sql = format!(
        "SELECT person, guest FROM guests {condition}
         ORDER BY joined_at_ms DESC, guest"
    );
    let guests = GuestRow::find_by_statement(statement(connection, &sql, values()));
    for GuestRow { person, guest } in guests.all(connection).await? {
        let Some((account, guest)) = accounts.get_mut(&person).zip(GuestKey::from_kept(&guest))
        else {
            continue;
        };
        if guest != account.main {
            account.others.push(guest);
        }
    }
    Ok(accounts.into_values().collect())
}

impl Account {
    fn of(row: AccountRow) -> Option<Self> {
        Some(Self {
            person: PersonId(row.person),
            name: row.name,
            main: GuestKey::from_kept(&row.main_guest)?,
            others: Vec::new(),
            logins: Vec::new(),
            made_at: UtcMs(row.made_at_ms),
        })
    }
}

impl Session {
    fn of(row: SessionRow) -> Option<Self> {
        Some(Self {
            id: SessionHash(row.id_hash.try_into().ok()?),
            account: PersonId(row.account),
            made_at: UtcMs(row.made_at_ms),
            seen_at: UtcMs(row.seen_at_ms),
        })
    }
}
