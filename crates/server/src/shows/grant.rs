//! Making administrators.

use catalogue::{Catalogue, GuestKey};

use super::utc_ms;
use crate::clock::UnixTime;
use crate::ids::GuestId;

/// Makes the person at a guest's browser an administrator. `guest` is the guest's cookie, or its first 32 characters.
///
/// # Errors
/// If that is no guest, or the database fails; in words for the operator.
pub(crate) async fn grant(catalogue: &Catalogue, guest: &str, now: UnixTime) -> Result<(), String> {
    let id = guest.split_once('.').map_or(guest, |(id, _)| id);
    let guest: GuestId = id.trim().parse().map_err(|_| {
        "a guest is the value of the cookie tingting_guest, or its first 32 characters; accounts with e-mail \
         do not exist yet"
            .to_owned()
    })?;
    let now = utc_ms(now);
    let granted = async {
        let person = catalogue.take_in(GuestKey(guest.0), now).await?;
        catalogue.grant(person, now).await
    };
    granted.await.map_err(|error| error.to_string())
}
