//! Two people become one: what a guest did at a browser belongs to the account that logs in there. Rule L2.

use sea_orm::DatabaseTransaction;

use crate::days::UtcMs;
use crate::error::CatalogueError;
use crate::limits::LIKES_MAX;
use crate::names::{GuestKey, PersonId};
use crate::people::find_person;
use crate::rows::{execute, number};

/// Moves all that the person at a guest's browser has to an account. A guest who is one of the account stays so.
///
/// # Errors
/// If the guest is one of another account.
pub(crate) async fn merge(
    transaction: &DatabaseTransaction,
    guest: GuestKey,
    account: PersonId,
    now: UtcMs,
) -> Result<(), CatalogueError> {
    let from = match find_person(transaction, guest).await? {
        Some(person) if person == account => return Ok(()),
        Some(person) => person,
        None => {
            let sql = "INSERT INTO guests (guest, person, joined_at_ms) VALUES ($1, $2, $3)";
            let values = [guest.bytes().into(), account.0.into(), now.0.into()];
            execute(transaction, sql, values).await?;
            return Ok(());
        }
    };
    let sql = "SELECT COUNT(*) AS number FROM accounts WHERE person = $1";
    if number(transaction, sql, [from.0.into()]).await? > 0 {
        return Err(CatalogueError::Missing("guest without an account"));
    }
    // Locks both, so that a like or a booking of the same moment comes before or after.
    let sql = "UPDATE people SET made_at_ms = made_at_ms WHERE id IN ($1, $2)";
    execute(transaction, sql, [from.0.into(), account.0.into()]).await?;
    for sql in [
        "INSERT INTO favourites (person, concert, liked_at_ms)
             SELECT $2, concert, liked_at_ms FROM favourites WHERE person = $1
             ON CONFLICT (person, concert) DO NOTHING",
        "INSERT INTO administrators (person, granted_at_ms)
             SELECT $2, granted_at_ms FROM administrators WHERE person = $1
             ON CONFLICT (person) DO NOTHING",
        "UPDATE bookings SET person = $2 WHERE person = $1",
    ] {
        execute(transaction, sql, [from.0.into(), account.0.into()]).await?;
    }
    let sql = "UPDATE guests SET person = $2, joined_at_ms = $3 WHERE person = $1";
    execute(transaction, sql, [from.0.into(), account.0.into(), now.0.into()]).await?;
    // Together they may like more than one person may. The oldest go.
    let sql = "DELETE FROM favourites WHERE person = $1 AND concert NOT IN (
             SELECT concert FROM favourites WHERE person = $1
             ORDER BY liked_at_ms DESC, concert DESC LIMIT $2)";
    let likes_max = i64::try_from(LIKES_MAX).unwrap_or(i64::MAX);
    execute(transaction, sql, [account.0.into(), likes_max.into()]).await?;
    execute(transaction, "DELETE FROM people WHERE id = $1", [from.0.into()]).await?;
    Ok(())
}
