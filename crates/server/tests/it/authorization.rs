//! Who may do what to whose: the table of `docs/SECURITY.md`, tried cell by cell.
//!
//! A *yes* is the very status with which the thing is done, or the thing itself in the answer. An answer that only says that
//! the request makes no sense fails the test, whoever asked.

mod things;

use std::fmt::Write as _;

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::shows::grant;
use crate::test_server::{Answer, Fan, TestServer};
use things::{Scene, thing};

/// What comes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// It is done, or shows the thing.
    Yes,
    /// The answer is that of a thing that does not exist, or the list does not have it, or it does nothing to the thing.
    NotFound,
    /// It is refused, and says what is missing.
    No,
}

/// Who asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// The person whose it is: a guest, or an account where guests have no such thing.
    Owner,
    /// The account whose it is, at another browser.
    OwnAccount,
    /// The browser of the account whose it is, after logging out.
    LoggedOut,
    /// The browser of the person whose it was, who was deleted, with all cookies of before.
    Deleted,
    /// Another guest, in the room of the thing, or else in another room of the person whose it is.
    Member,
    /// A browser without a cookie.
    Nobody,
    /// Another guest, who has something too.
    Guest,
    /// Another account.
    Account,
    /// Another person, who may make concerts.
    Administrator,
}

const COLUMNS: [(Who, &str); 9] = [
    (Who::Owner, "the person whose it is"),
    (Who::OwnAccount, "the same person at another browser"),
    (Who::LoggedOut, "who has logged out"),
    (Who::Deleted, "who was deleted"),
    (Who::Member, "another in the room"),
    (Who::Nobody, "nobody"),
    (Who::Guest, "another guest"),
    (Who::Account, "another account"),
    (Who::Administrator, "an administrator"),
];

/// A row: what is done, with which status it is done, and who may, in the order of the columns. `y` is yes, `n` no, `-` not found.
struct Row {
    name: &'static str,
    words: &'static str,
    status: u16,
    cells: &'static str,
}

/// A test for each cell of a row.
macro_rules! each {
    ($row:ident: $($cell:ident $who:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $cell() {
            super::check(stringify!($row), &[super::Who::$who]).await;
        })*
    };
    ($row:ident) => {
        each! { $row:
            l23_owner Owner
            l23_own_account OwnAccount
            l23_logged_out LoggedOut
            l23_deleted Deleted
            l23_member Member
            l23_nobody Nobody
            l23_guest Guest
            l23_account Account
            l23_administrator Administrator
        }
    };
}

/// One test for a row whose cells wait for a race of a room to end: they wait side by side.
macro_rules! together {
    ($row:ident) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn l23_everybody() {
            super::check(stringify!($row), &super::COLUMNS.map(|(who, _)| who)).await;
        }
    };
}

macro_rules! table {
    ($($row:ident $tests:ident $words:literal $status:literal $cells:literal)*) => {
        const TABLE: &[Row] = &[
            $(Row { name: stringify!($row), words: $words, status: $status, cells: $cells },)*
        ];

        $(mod $row {
            $tests!($row);
        })*
    };
}

table! {
    see_race each "see a race" 200 "yy-------"
    act_in_race each "act in a race" 200 "yy-------"
    forward_race each "jump ahead in a race" 200 "yy-------"
    keep_marks each "add marks to a run" 200 "yy-------"
    see_seats each "see the seats of a race" 200 "yy-------"
    see_captcha each "see a captcha" 200 "yy-------"
    hear_captcha each "hear a captcha" 200 "yy-------"
    read_report each "read a report that is not shared" 200 "yy-------"
    ask_what_if each "ask what would have been in a run" 200 "yy-------"
    read_results each "read the results of a race" 200 "yy-------"
    read_record each "take the record of a race" 200 "yy-------"
    watch_race each "watch a race live" 101 "yy-------"
    watch_hall each "watch the hall of a race" 101 "yy-------"
    list_races each "find a race in one's list" 200 "yy-------"
    see_progress each "find a run in one's progress" 200 "yy-------"
    see_room each "see a room whose link one has" 200 "yyyyyyyyy"
    watch_room each "watch a room live whose link one has" 101 "yyyyyyyyy"
    see_room_results each "read the results of a room whose link one has" 200 "yyyyyyyyy"
    read_room_race_results each "read the results of a room's race whose id one has" 200 "yyyyyyyyy"
    read_room_race_record together "take the record of a room's race whose id one has" 200 "yyyyyyyyy"
    watch_room_race_hall together "watch the hall of a room's race whose id one has" 101 "yyyyyyyyy"
    read_shared_report together "read a report that a room shares" 200 "yyynyyyyy"
    read_room_report together "read a report of a room's race that is not shared" 200 "yynnnnnnn"
    enter_room_race each "see a room's race as one who is in it" 200 "yy--y----"
    set_ready each "say in a room that one is ready" 200 "yynnynnnn"
    share_report each "share one's report in a room" 200 "yynnynnnn"
    set_settings each "change the settings of a room" 200 "yynnnnnnn"
    set_door each "close the door of a room" 200 "yynnnnnnn"
    start_room each "start a room" 200 "yynnnnnnn"
    call_rematch together "call a rematch" 200 "yynnnnnnn"
    remove_member each "take somebody out of a room" 200 "yynnnnnnn"
    list_rooms each "find a room in one's list" 200 "yy--y----"
    pay each "pay for the seats that one holds in an opening" 200 "yynnnnnnn"
    see_tickets each "see a booking with its tickets" 200 "yy-------"
    see_ticket each "see what a ticket is for whose code one has" 200 "yyyyyyyyy"
    take_ticket each "let somebody in who shows a ticket" 200 "--------y"
    see_points each "find a payment among one's points" 200 "yynnnnn--"
    cancel_booking each "cancel a booking" 204 "yy-------"
    list_bookings each "find a booking in one's list" 200 "yy-------"
    list_likes each "find a favourite in one's list" 200 "yy-------"
    like_concert each "add a favourite to somebody's list" 204 "yy-------"
    unlike_concert each "take a favourite off somebody's list" 204 "yy-------"
    take_data each "find it in the data to take along" 200 "yy-------"
    claim_handover each "be the guest whose hand-over code one has" 200 "yy--yyy--"
    log_out_everywhere each "log all browsers of somebody out" 204 "yy-------"
    delete_person each "delete somebody" 204 "yy-------"
    see_concert each "see a concert" 200 "yyyyyyyyy"
    enter_opening each "enter an opening that asks for an account" 200 "nynnnnnyy"
    make_venue each "make a hall" 201 "--------y"
    make_performer each "make what is shown" 201 "--------y"
    make_concert each "make a concert" 201 "--------y"
    replace_concert each "change a concert" 200 "--------y"
    remove_concert each "remove a concert" 204 "--------y"
}

impl Row {
    fn cells(&self) -> impl Iterator<Item = May> {
        self.cells.chars().map(|cell| match cell {
            'y' => May::Yes,
            '-' => May::NotFound,
            'n' => May::No,
            cell => panic!("{}: no such cell: {cell}", self.words),
        })
    }

    fn cell_of(&self, who: Who) -> May {
        let column = COLUMNS.iter().position(|(column, _)| *column == who).unwrap();
        self.cells().nth(column).unwrap()
    }
}

/// The table as a document shows it.
fn shown() -> String {
    let mut text = String::from("| |");
    for (_, words) in COLUMNS {
        write!(text, " {words} |").unwrap();
    }
    write!(text, "\n| --- |{}\n", " --- |".repeat(COLUMNS.len())).unwrap();
    for row in TABLE {
        write!(text, "| {} |", row.words).unwrap();
        for cell in row.cells() {
            let cell = match cell {
                May::Yes => "yes",
                May::NotFound => "not found",
                May::No => "no",
            };
            write!(text, " {cell} |").unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn l23_the_table_in_the_document_is_the_one_that_is_tested() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/SECURITY.md");
    let document = std::fs::read_to_string(path).unwrap();
    let shown = shown();
    assert!(document.contains(&shown), "docs/SECURITY.md has another table than\n{shown}");
}

/// What is asked of a thing of an owner, and how to see that it was done.
pub(crate) struct Thing {
    method: Method,
    path: String,
    body: Option<Value>,
    /// What else is sent: a pass, or what asks for a live connection.
    headers: Vec<(&'static str, String)>,
    seen: Seen,
}

/// How to see that it was done.
enum Seen {
    /// By the status alone.
    Status,
    /// The answer has these words.
    InAnswer(String),
    /// What the asker then reads at a path has these words.
    ByAsker { path: String, words: String },
    /// What the owner reads at a path had these words, and has them no more.
    GoneAtOwner { path: String, words: String },
    /// What the owner reads at a path has these words.
    AtOwner { path: String, words: String },
}

/// Tries cells of a row, each with a thing of its own.
async fn check(name: &str, whos: &[Who]) {
    let row = TABLE.iter().find(|row| row.name == name).unwrap();
    let server = TestServer::open_with_log_in().await;
    let adding = Mutex::new(());
    let scenes: Vec<Scene<'_>> =
        (0..whos.len()).map(|number| Scene::new(&server, &adding, number)).collect();
    let things = join_all(scenes.iter().map(|scene| thing(scene, name))).await;
    let mut wrong = String::new();
    for (&who, (scene, thing)) in whos.iter().zip(scenes.iter().zip(things)) {
        let may = row.cell_of(who);
        let (asker, owner) = asker(scene, who).await;
        let (came, answer) = tried(&asker, &owner, &thing, row.status).await;
        if came != Ok(may) {
            let (status, text) = (answer.status, answer.text());
            writeln!(wrong, "{who:?}: {may:?} was expected, {came:?} came: {status} {text}")
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}:\n{wrong}", row.words);
}

/// Sends the request of a thing. An answer that is neither done nor refused is `Err`.
async fn tried(
    asker: &Fan,
    owner: &Fan,
    thing: &Thing,
    status: u16,
) -> (Result<May, &'static str>, Answer) {
    let has = async |fan: &Fan, path: &str, words: &str| {
        let answer = fan.get(path).await;
        answer.status == StatusCode::OK && answer.text().contains(words)
    };
    let was_there = match &thing.seen {
        Seen::GoneAtOwner { path, words } => has(owner, path, words).await,
        Seen::Status | Seen::InAnswer(_) | Seen::ByAsker { .. } | Seen::AtOwner { .. } => true,
    };
    let answer = send(asker, thing).await;
    if answer.status == StatusCode::NOT_FOUND {
        return (Ok(May::NotFound), answer);
    }
    if answer.status == StatusCode::FORBIDDEN {
        return (Ok(May::No), answer);
    }
    if answer.status.as_u16() != status {
        return (Err("another status"), answer);
    }
    let is_done = match &thing.seen {
        Seen::Status => true,
        Seen::InAnswer(words) => answer.text().contains(words),
        Seen::ByAsker { path, words } => has(asker, path, words).await,
        Seen::GoneAtOwner { path, words } => was_there && !has(owner, path, words).await,
        Seen::AtOwner { path, words } => has(owner, path, words).await,
    };
    (Ok(if is_done { May::Yes } else { May::NotFound }), answer)
}

async fn send(fan: &Fan, thing: &Thing) -> Answer {
    // The owner's browsers are one guest, whose keys of before are used.
    let mut headers = vec![("idempotency-key", "of-this-cell")];
    headers.extend(thing.headers.iter().map(|(name, value)| (*name, value.as_str())));
    let body = thing.body.as_ref().map(|body| body.to_string().into_bytes());
    fan.send(thing.method.clone(), &thing.path, &headers, body).await
}

/// The browser that asks, and one at which the owner is, if that is somebody still.
async fn asker(scene: &Scene<'_>, who: Who) -> (Fan, Fan) {
    let Scene { server, owner, .. } = scene;
    let same = |fan: &Fan| fan.clone_at(server);
    match who {
        Who::Owner => (same(owner), same(owner)),
        Who::OwnAccount => {
            scene.log_in_owner().await;
            let desk = server.fan();
            desk.log_in(&scene.called("mina")).await;
            (desk, same(owner))
        }
        Who::LoggedOut => {
            scene.log_in_owner().await;
            let desk = server.fan();
            desk.log_in(&scene.called("mina")).await;
            let out = owner.post("/api/me/log-out", &[], &json!({})).await;
            assert_eq!(out.status, StatusCode::NO_CONTENT, "{}", out.text());
            (same(owner), desk)
        }
        Who::Deleted => {
            let kept = same(owner);
            let deleted = owner.send(Method::DELETE, "/api/me", &[], None).await;
            assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text());
            (same(&kept), kept)
        }
        Who::Member => {
            let member = scene.member().await;
            (member, same(owner))
        }
        Who::Nobody => (server.fan(), same(owner)),
        Who::Guest => {
            let guest = server.fan();
            guest.begin(json!({"scenario": "lobby"})).await;
            (guest, same(owner))
        }
        Who::Account => {
            let account = server.fan();
            account.log_in(&scene.called("noa")).await;
            (account, same(owner))
        }
        Who::Administrator => {
            let administrator = server.fan();
            administrator.begin(json!({"scenario": "lobby"})).await;
            grant(server, &administrator).await;
            administrator.log_in(&scene.called("hana")).await;
            (administrator, same(owner))
        }
    }
}
