//! Making administrators.

use catalogue::{Catalogue, GuestKey, Login};

use super::utc_ms;
use crate::clock::UnixTime;
use crate::ids::GuestId;

/// Makes a person an administrator. `who` is the guest's cookie at a browser that is not logged in, or its first 32 characters;
/// or how a provider knows the person: its address and the person's name there, with a space between.
///
/// # Errors
/// If that is nobody, or the database fails; in words for the operator.
pub(crate) async fn grant(catalogue: &Catalogue, who: &str, now: UnixTime) -> Result<(), String> {
    let granted = async {
        let person = match who.trim().split_once(' ') {
            Some((issuer, subject)) => {
                let (issuer, subject) = (issuer.to_owned(), subject.trim().to_owned());
                catalogue.account_of(&Login { issuer, subject }).await?
            }
            None => match guest_of(who) {
                Some(guest) => Some(catalogue.take_in(guest, utc_ms(now)).await?),
                None => None,
            },
        };
        match person {
            Some(person) => catalogue.grant(person, utc_ms(now)).await.map(|()| true),
            None => Ok(false),
        }
    };
    match granted.await {
        Ok(true) => Ok(()),
        Ok(false) => Err("nobody is known by that: name the value of the cookie tingting_guest (behind https \
             __Host-tingting_guest), or its first 32 characters; or, for an account, the issuer and the subject that the file has which one's own page gives to download"
            .to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn guest_of(cookie: &str) -> Option<GuestKey> {
    let id = cookie.split_once('.').map_or(cookie, |(id, _)| id);
    let guest: GuestId = id.trim().parse().ok()?;
    Some(GuestKey(guest.0))
}
