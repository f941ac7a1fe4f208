//! People who have logged in.

use catalogue::limits::LIKES_MAX;
use catalogue::{Catalogue, GuestKey, LogSeq, Login, PersonId, Session, SessionHash};

use crate::given::*;
use crate::projection::{SALE, booked, under_way};

fn login(subject: &str) -> Login {
    Login { issuer: "https://provider.example".to_owned(), subject: subject.to_owned() }
}

async fn log_in(catalogue: &Catalogue, subject: &str, guest: u128) -> PersonId {
    let logged_in = catalogue.log_in(&login(subject), None, Some(GuestKey(guest)), NOW).await;
    logged_in.unwrap().account.person
}

pub(crate) async fn l1_the_first_log_in_makes_the_guest_an_account(given: Given) {
    let catalogue = given.open().await;
    let concert = simple(&catalogue).await.id;
    let person = catalogue.take_in(GuestKey(1), NOW).await.unwrap();
    catalogue.like(person, concert, NOW).await.unwrap();
    let mina = login("mina");
    let first = catalogue.log_in(&mina, Some("미나"), Some(GuestKey(1)), NOW).await.unwrap();
    assert!(first.is_new);
    let account = first.account;
    assert_eq!((account.person, account.main, account.made_at), (person, GuestKey(1), NOW));
    assert_eq!(
        (account.name.as_deref(), account.logins.as_slice()),
        (Some("미나"), &[mina.clone()][..])
    );
    assert_eq!(account.others, [], "the guest of the account is not another one too");
    assert!(catalogue.likes(person, concert).await.unwrap());
    // A provider that says no name leaves the one that is known.
    let again = catalogue.log_in(&mina, None, None, NOW.after(1)).await.unwrap();
    assert!(!again.is_new);
    assert_eq!(again.account, account);
    assert_eq!(catalogue.accounts().await.unwrap(), [account]);
    // Nobody is an account without a guest.
    assert!(catalogue.log_in(&login("noa"), None, None, NOW).await.is_err());
}

pub(crate) async fn l2_a_guest_of_another_browser_becomes_one_of_the_account(given: Given) {
    let catalogue = given.open().await;
    let venue = venue(&catalogue, "큰물결홀", "서울", "Asia/Seoul").await;
    let new: Vec<_> = (0..=LIKES_MAX).map(|_| concert("겨울", venue, NOW)).collect();
    let concerts = catalogue.add_concerts(&new).await.unwrap();
    under_way(&catalogue).await;
    let account = log_in(&catalogue, "mina", 1).await;
    let other = catalogue.take_in(GuestKey(2), NOW).await.unwrap();
    for (person, concert) in [(account, 0), (account, 1), (other, 1), (other, 2)] {
        let at = NOW.after(i64::try_from(concert).unwrap());
        catalogue.like(person, concerts[concert].id, at).await.unwrap();
    }
    catalogue.grant(other, NOW).await.unwrap();
    catalogue.apply(SALE, LogSeq(4), &[booked(1, 2, &[10])]).await.unwrap();
    assert_eq!(log_in(&catalogue, "mina", 2).await, account);
    let all_of = &catalogue.accounts().await.unwrap()[0];
    assert_eq!((all_of.main, all_of.others.as_slice()), (GuestKey(1), &[GuestKey(2)][..]));
    let likes = catalogue.favourites(account, &all()).await.unwrap();
    assert_eq!(likes.rows.len(), 3);
    assert_eq!(catalogue.bookings(account, &all()).await.unwrap().rows.len(), 1);
    assert!(catalogue.is_administrator(account).await.unwrap());
    for guest in [1, 2] {
        assert_eq!(catalogue.person(GuestKey(guest)).await.unwrap(), Some(account));
    }
    // A booking of the other guest that is told later is the account's too.
    catalogue.apply(SALE, LogSeq(5), &[booked(2, 2, &[11])]).await.unwrap();
    assert_eq!(catalogue.bookings(account, &all()).await.unwrap().rows.len(), 2);
    // Two who like as many as they may like the newest together. A guest of an account is no other's.
    let third = catalogue.take_in(GuestKey(3), NOW).await.unwrap();
    let fill = format!(
        "INSERT INTO favourites (person, concert, liked_at_ms)
         SELECT {third}, id, {} FROM concerts ORDER BY id DESC LIMIT {}",
        NOW.after(9).0,
        LIKES_MAX - 1
    );
    given.beside().await.run(&fill).await.unwrap();
    let later = catalogue.log_in(&login("mina"), None, Some(GuestKey(3)), NOW.after(9)).await;
    assert_eq!(later.unwrap().account.others, [GuestKey(3), GuestKey(2)], "the latest first");
    assert!(!catalogue.likes(account, concerts[0].id).await.unwrap());
    let refused = catalogue.log_in(&login("noa"), None, Some(GuestKey(2)), NOW).await;
    assert!(refused.is_err());
    log_in(&catalogue, "noa", 4).await;
    let refused = catalogue.log_in(&login("noa"), None, Some(GuestKey(1)), NOW).await;
    assert!(refused.is_err());
}

pub(crate) async fn l3_a_login_belongs_to_one_account_however_many_come_at_once(given: Given) {
    let catalogue = given.open().await;
    let log_ins: Vec<_> = (1..9)
        .map(|guest| {
            let catalogue = catalogue.clone();
            tokio::spawn(async move {
                catalogue.log_in(&login("mina"), None, Some(GuestKey(guest)), NOW).await
            })
        })
        .collect();
    let mut new_count = 0;
    for log_in in log_ins {
        new_count += u32::from(log_in.await.unwrap().is_ok_and(|came| came.is_new));
    }
    assert_eq!(new_count, 1);
    assert_eq!(catalogue.accounts().await.unwrap().len(), 1);
    let beside = given.beside().await;
    // Neither does the database give it to another one.
    let other = log_in(&catalogue, "noa", 99).await;
    let second = format!(
        "INSERT INTO logins SELECT issuer, subject, {other} FROM logins WHERE subject = 'mina'"
    );
    beside.refuses(&second).await;
    beside.refuses("INSERT INTO logins VALUES ('', 'x', (SELECT person FROM accounts))").await;
}

pub(crate) async fn l4_sessions_are_kept_by_hash_and_end_alone_or_together(given: Given) {
    let catalogue = given.open().await;
    let account = log_in(&catalogue, "mina", 1).await;
    let session =
        |byte: u8| Session { id: SessionHash([byte; 32]), account, made_at: NOW, seen_at: NOW };
    for byte in 1..=3 {
        catalogue.begin_session(&session(byte)).await.unwrap();
    }
    assert!(catalogue.begin_session(&session(1)).await.is_err());
    let nobody = Session { account: PersonId(4711), ..session(9) };
    assert!(catalogue.begin_session(&nobody).await.is_err());
    catalogue.see_session(SessionHash([2; 32]), NOW.after(5)).await.unwrap();
    catalogue.see_session(SessionHash([2; 32]), NOW.after(4)).await.unwrap();
    catalogue.end_session(SessionHash([1; 32])).await.unwrap();
    let mut kept = catalogue.sessions().await.unwrap();
    kept.sort_by_key(|session| session.id.0);
    assert_eq!(kept, [Session { seen_at: NOW.after(5), ..session(2) }, session(3)]);
    catalogue.end_sessions(account).await.unwrap();
    assert_eq!(catalogue.sessions().await.unwrap(), []);
}

pub(crate) async fn l5_a_deleted_person_leaves_bookings_that_name_nobody(given: Given) {
    let catalogue = given.open().await;
    under_way(&catalogue).await;
    let account = log_in(&catalogue, "mina", 1).await;
    log_in(&catalogue, "mina", 2).await;
    catalogue.apply(SALE, LogSeq(4), &[booked(1, 2, &[10])]).await.unwrap();
    let id = SessionHash([1; 32]);
    let session = Session { id, account, made_at: NOW, seen_at: NOW };
    catalogue.begin_session(&session).await.unwrap();
    for _ in 0..2 {
        catalogue.forget(Some(account), &[GuestKey(1)]).await.unwrap();
    }
    assert_eq!(catalogue.accounts().await.unwrap(), []);
    assert_eq!(catalogue.sessions().await.unwrap(), []);
    let beside = given.beside().await;
    for table in ["people", "guests", "logins", "favourites"] {
        let count = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}");
        assert_eq!(beside.read(&count).await, "0", "{table}");
    }
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM bookings WHERE person IS NULL";
    assert_eq!(beside.read(count).await, "1");
    // What is told once more, as after a rebuild, makes nobody of those who were forgotten.
    beside.run("DELETE FROM booking_seats").await.unwrap();
    beside.run("DELETE FROM bookings").await.unwrap();
    catalogue.apply(SALE, LogSeq(5), &[booked(1, 2, &[10])]).await.unwrap();
    assert_eq!(beside.read(count).await, "1");
    assert_eq!(catalogue.person(GuestKey(2)).await.unwrap(), None);
    assert!(catalogue.take_in(GuestKey(2), NOW).await.is_err());
    // The same login makes another account.
    assert_ne!(log_in(&catalogue, "mina", 5).await, account);
}
