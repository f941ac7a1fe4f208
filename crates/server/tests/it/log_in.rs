//! Logging in and out, and those who try to be somebody else.

use catalogue::{Catalogue, CatalogueOptions, CursorKey, Home, Session};
use protocol::Me;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{CATALOGUE_FILE, Front};
use sha2::{Digest as _, Sha256};

use crate::identity::open_room;
use crate::open_id::{AbsentProvider, Fault};
use crate::shows::grant;
use crate::test_server::{Answer, Fan, TestServer};

async fn me(fan: &Fan) -> Me {
    let answer = fan.get("/api/me").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn name(fan: &Fan) -> Option<String> {
    me(fan).await.account.and_then(|account| account.name)
}

/// The race of a new guest.
async fn begin(fan: &Fan) -> String {
    fan.begin(json!({"scenario": "lobby"})).await.id
}

async fn can_see(fan: &Fan, race: &str) -> bool {
    let status = fan.get(&format!("/api/races/{race}")).await.status;
    assert!([StatusCode::OK, StatusCode::NOT_FOUND].contains(&status));
    status == StatusCode::OK
}

async fn post(fan: &Fan, path: &str) -> Answer {
    fan.post(path, &[], &json!({})).await
}

#[tokio::test]
async fn l6_o19_a_guest_logs_in_and_out_and_keeps_what_there_was() {
    let mut server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    let race = begin(&fan).await;
    let told = me(&fan).await;
    assert_eq!((told.account, told.points_won), (None, None));
    let providers: Vec<_> =
        told.providers.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    assert_eq!(providers, [("test", "시험")]);
    fan.log_in("mina").await;
    let known = me(&fan).await;
    // What the browser kept of the guest is another person's.
    assert_ne!(known.person, told.person);
    assert_eq!(known.person, me(&fan).await.person);
    let account = known.account.unwrap();
    assert_eq!((account.name.as_deref(), account.provider.as_str()), (Some("mina"), "test"));
    assert!(account.since_ms > 1.7e12);
    assert!(can_see(&fan, &race).await);
    let session = fan.cookie_named("tingting_session").unwrap();
    assert_eq!(post(&fan, "/api/me/log-out").await.status, StatusCode::NO_CONTENT);
    assert_eq!(fan.cookie_named("tingting_session"), None);
    assert_eq!(name(&fan).await, None);
    let next = me(&fan).await.person;
    assert!(next != known.person && next != told.person, "who comes after is somebody else");
    assert!(!can_see(&fan, &race).await, "who comes after sees nothing");
    fan.log_in("mina").await;
    assert_eq!(me(&fan).await.person, known.person);
    assert!(can_see(&fan, &race).await);
    // The session is over after a start too.
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (fan, thief) = (fan.moved(&server), server.fan());
    thief.plant("tingting_session", &session);
    assert_eq!(name(&thief).await, None);
    assert!(can_see(&fan, &race).await);
}

#[tokio::test]
async fn l7_cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    let there = fan.get("/login/test").await;
    let set = |answer: &Answer| -> Vec<String> {
        let all = answer.headers.get_all("set-cookie").iter();
        all.map(|one| one.to_str().unwrap().to_owned()).collect()
    };
    let log_in = set(&there);
    assert!(log_in.iter().any(|one| one.starts_with("tingting_login=")), "{log_in:?}");
    let back = fan.come_back("mina").await;
    let session = set(&back);
    assert!(session.iter().any(|one| one.starts_with("tingting_session=")), "{session:?}");
    for cookie in log_in.iter().chain(&session) {
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    }
    assert_eq!(back.headers["cache-control"], "no-store");
    // The cookie of the log-in has done its work, and a session is longer than anybody can guess.
    assert_eq!(fan.cookie_named("tingting_login"), None);
    let cookie = fan.cookie_named("tingting_session").unwrap();
    assert_eq!(cookie.len(), 64);
    let other = server.fan();
    other.log_in("mina").await;
    let second = other.cookie_named("tingting_session").unwrap();
    for (part, other) in cookie.as_bytes().chunks(8).zip(second.as_bytes().chunks(8)) {
        assert_ne!(part, other, "no part is the same at two browsers: {cookie}, {second}");
    }
}

#[tokio::test]
async fn l7_cookies_are_secure_behind_https() {
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let server =
        TestServer::open_with_log_in_behind(Front { trusted_proxies, hosts: vec![] }).await;
    for (proto, is_secure) in [("https", true), ("http", false)] {
        let fan = server.fan();
        let headers = [("x-forwarded-proto", proto)];
        let there = fan.send(Method::GET, "/login/test", &headers, None).await;
        let back = fan.come_from_provider(&there, "mina").await;
        let came = fan.send(Method::GET, &back, &headers, None).await;
        assert_eq!(came.location(), "/me");
        let out = fan.send(Method::POST, "/api/me/log-out", &headers, Some(b"{}".to_vec())).await;
        for answer in [&there, &came, &out] {
            for cookie in answer.headers.get_all("set-cookie") {
                let cookie = cookie.to_str().unwrap();
                assert_eq!(cookie.ends_with("; Secure"), is_secure, "{cookie}");
                assert_eq!(cookie.starts_with("__Host-tingting_"), is_secure, "{cookie}");
                // Without these two a browser takes no cookie with the prefix.
                let is_of_host = cookie.contains("; Path=/;") && !cookie.contains("Domain");
                assert!(is_of_host || !is_secure, "{cookie}");
            }
        }
        assert!(came.headers.get_all("set-cookie").iter().count() >= 2);
    }
}

#[tokio::test]
async fn l8_a_log_in_ends_in_the_browser_in_which_it_began_and_once() {
    let server = TestServer::open_with_log_in().await;
    // Somebody has a victim open the address with which the provider sent the attacker back.
    let (attacker, victim) = (server.fan(), server.fan());
    let race = begin(&victim).await;
    let back = attacker.go_to_provider("/", "eve").await;
    assert_eq!(victim.get(&back).await.location(), "/me?login=expired");
    // So too if the victim is on the way to the provider.
    victim.go_to_provider("/", "mina").await;
    assert_eq!(victim.get(&back).await.location(), "/me?login=failed");
    assert_eq!(name(&victim).await, None);
    assert!(can_see(&victim, &race).await);
    assert_eq!(server.provider().tokens(), 0, "no code was given away");
    // The same address again, with the cookie that belongs to it, and a provider that takes each code twice.
    server.provider().misbehave(Some(Fault::CodesAgain));
    let mina = server.fan();
    let back = mina.go_to_provider("/", "mina").await;
    let cookie = mina.cookie_named("tingting_login").unwrap();
    assert_eq!(mina.get(&back).await.location(), "/");
    let thief = server.fan();
    thief.plant("tingting_login", &cookie);
    assert_eq!(thief.get(&back).await.location(), "/me?login=expired");
    assert_eq!(name(&thief).await, None);
    // A state that is not the one of this log-in.
    let other = server.fan();
    let back = other.go_to_provider("/", "noa").await;
    assert_eq!(other.get(&format!("{back}x")).await.location(), "/me?login=failed");
    // A cookie that somebody wrote.
    let forged = server.fan();
    let back = forged.go_to_provider("/", "mina").await;
    let cookie = forged.cookie_named("tingting_login").unwrap();
    let (text, mac) = cookie.split_once('.').unwrap();
    let remembered = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    let remembered = String::from_utf8(remembered).unwrap();
    assert!(remembered.contains(r#""to":"/""#), "{remembered}");
    let changed = remembered.replace(r#""to":"/""#, r#""to":"/me""#);
    let text = data_encoding::BASE64URL_NOPAD.encode(changed.as_bytes());
    forged.plant("tingting_login", &format!("{text}.{mac}"));
    assert_eq!(forged.get(&back).await.location(), "/me?login=expired");
    assert_eq!(name(&forged).await, None);
}

#[tokio::test]
async fn l30_a_log_in_that_somebody_planted_ends_nowhere() {
    let server = TestServer::open_with_log_in().await;
    // The attacker begins, keeps the way back unused, and plants the cookie in the browsers of others.
    let (attacker, guest, account, newcomer) =
        (server.fan(), server.fan(), server.fan(), server.fan());
    let race = begin(&guest).await;
    account.log_in("mina").await;
    let back = attacker.go_to_provider("/", "eve").await;
    let planted = attacker.cookie_named("tingting_login").unwrap();
    for (victim, is) in [(&guest, None), (&account, Some("mina")), (&newcomer, None)] {
        victim.plant("tingting_login", &planted);
        assert_eq!(victim.get(&back).await.location(), "/me?login=expired");
        assert_eq!(name(victim).await.as_deref(), is);
    }
    assert!(can_see(&guest, &race).await);
    assert_eq!(server.provider().tokens(), 1, "that of the account alone");
    // It is still good where it began, whose browser had no guest before.
    assert_eq!(attacker.get(&back).await.location(), "/");
    assert_eq!(name(&attacker).await.as_deref(), Some("eve"));
    assert!(!can_see(&attacker, &race).await);
    // So too for an account that began and is another one by now.
    let back = account.go_to_provider("/", "mina").await;
    let planted = account.cookie_named("tingting_login").unwrap();
    account.log_in("noa").await;
    account.plant("tingting_login", &planted);
    assert_eq!(account.get(&back).await.location(), "/me?login=expired");
    assert_eq!(name(&account).await.as_deref(), Some("noa"));
}

#[tokio::test]
async fn l31_of_two_cookies_of_one_name_none_counts() {
    let server = TestServer::open_with_log_in().await;
    let (victim, attacker) = (server.fan(), server.fan());
    let race = begin(&victim).await;
    begin(&attacker).await;
    let own = victim.guest();
    for (first, second) in [(own.clone(), attacker.guest()), (attacker.guest(), own)] {
        let cookies = format!("tingting_guest={first}; tingting_guest={second}");
        let browser = server.fan();
        let seen = browser.send(Method::GET, "/api/races", &[("cookie", &cookies)], None).await;
        assert!(!seen.text().contains(&race), "{}", seen.text());
        assert!(![first, second].contains(&browser.guest()), "somebody new");
    }
    victim.log_in("mina").await;
    attacker.log_in("eve").await;
    let session = |fan: &Fan| fan.cookie_named("tingting_session").unwrap();
    for both in [[&victim, &attacker], [&attacker, &victim]] {
        let [first, second] = both.map(|fan| format!("tingting_session={}", session(fan)));
        // In one header and in two.
        let one = format!("{first}; {second}");
        for cookies in [vec![one.as_str()], vec![first.as_str(), second.as_str()]] {
            let headers: Vec<_> = cookies.into_iter().map(|cookie| ("cookie", cookie)).collect();
            let told: Me = server.fan().send(Method::GET, "/api/me", &headers, None).await.json();
            assert_eq!(told.account, None);
        }
    }
    let other = server.fan();
    let back = other.go_to_provider("/", "noa").await;
    let planted = [("cookie", "tingting_login=planted")];
    let came = other.send(Method::GET, &back, &planted, None).await;
    assert_eq!(came.location(), "/me?login=expired");
}

#[tokio::test]
async fn l31_behind_https_a_cookie_that_another_host_can_set_is_nobodys_session() {
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let server =
        TestServer::open_with_log_in_behind(Front { trusted_proxies, hosts: vec![] }).await;
    let https = [("x-forwarded-proto", "https")];
    let get = async |fan: &Fan, path: &str| fan.send(Method::GET, path, &https, None).await;
    let told = async |fan: &Fan| get(fan, "/api/me").await.json::<Me>();
    let (fan, eve) = (server.fan(), server.fan());
    for (fan, who) in [(&fan, "mina"), (&eve, "eve")] {
        let there = get(fan, "/login/test").await;
        let back = fan.come_from_provider(&there, who).await;
        assert_eq!(get(fan, &back).await.location(), "/me");
    }
    // Beside the right cookies, and where there are none.
    let planted = eve.cookie_named("__Host-tingting_session").unwrap();
    fan.plant("tingting_session", &planted);
    assert_eq!(told(&fan).await.account.unwrap().name.as_deref(), Some("mina"));
    let newcomer = server.fan();
    newcomer.plant("tingting_session", &planted);
    assert_eq!(told(&newcomer).await.account, None);
    let guest = newcomer.cookie_named("__Host-tingting_guest").unwrap();
    let attacker = server.fan();
    begin(&attacker).await;
    newcomer.plant("tingting_guest", &attacker.guest());
    let race = attacker.begin(json!({"scenario": "lobby"})).await.id;
    let seen = get(&newcomer, "/api/races").await;
    assert!(!seen.text().contains(&race), "{}", seen.text());
    assert_eq!(newcomer.cookie_named("__Host-tingting_guest").unwrap(), guest);
    // A log-in that began by http ends by http alone.
    let other = server.fan();
    let back = other.go_to_provider("/", "noa").await;
    assert_eq!(get(&other, &back).await.location(), "/me?login=expired");
}

#[tokio::test]
async fn l31_a_guest_of_before_https_keeps_what_there_was_under_the_other_name() {
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let server =
        TestServer::open_with_log_in_behind(Front { trusted_proxies, hosts: vec![] }).await;
    let https = [("x-forwarded-proto", "https")];
    let fan = server.fan();
    let race = begin(&fan).await;
    let before = fan.guest();
    let seen = fan.send(Method::GET, &format!("/api/races/{race}"), &https, None).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    assert_eq!(fan.cookie_named("__Host-tingting_guest"), Some(before));
    // It is given once.
    let again = fan.send(Method::GET, "/api/me", &https, None).await;
    assert_eq!(again.headers.get("set-cookie"), None);
    // Two of the plain name are nobody.
    let other = server.fan();
    let cookies = format!("tingting_guest={0}; tingting_guest={0}", fan.guest());
    let headers = [https[0], ("cookie", cookies.as_str())];
    let seen = other.send(Method::GET, &format!("/api/races/{race}"), &headers, None).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND, "{}", seen.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn l32_nobody_gives_the_right_to_make_concerts_away_by_logging_in() {
    let server = TestServer::open_with_log_in().await;
    let (eve, administrator) = (server.fan(), server.fan());
    eve.log_in("eve").await;
    begin(&administrator).await;
    grant(&server, &administrator).await;
    // Somebody has the administrator's browser log in to an account that exists.
    assert_eq!(administrator.come_back("eve").await.location(), "/me?login=administrator");
    let told = me(&administrator).await;
    assert_eq!((told.account, told.is_administrator), (None, true));
    assert!(!me(&eve).await.is_administrator);
    // A first log-in makes the guest the account, and another guest who may comes to it.
    administrator.log_in("hana").await;
    assert!(me(&administrator).await.is_administrator);
    let second = server.fan();
    begin(&second).await;
    grant(&server, &second).await;
    second.log_in("hana").await;
    assert!(me(&second).await.is_administrator);
}

#[tokio::test]
async fn l34_no_other_site_begins_a_log_in() {
    let server = TestServer::open_with_log_in().await;
    for site in ["cross-site", "same-site", "nonsense"] {
        let fan = server.fan();
        let from = [("sec-fetch-site", site)];
        let answer = fan.send(Method::GET, "/login/test?to=/me", &from, None).await;
        assert_eq!(answer.location(), "/me", "{site}: there one presses a button");
        assert_eq!(fan.cookie_named("tingting_login"), None);
    }
    assert_eq!(server.provider().described(), 0, "no provider was asked");
    // Pages of ours, an address that somebody typed, and browsers that do not say it.
    for from in [vec![("sec-fetch-site", "same-origin")], vec![("sec-fetch-site", "none")], vec![]]
    {
        let fan = server.fan();
        let there = fan.send(Method::GET, "/login/test?to=/", &from, None).await;
        let back = fan.come_from_provider(&there, "mina").await;
        // The provider is another site.
        let from = [("sec-fetch-site", "cross-site")];
        assert_eq!(fan.send(Method::GET, &back, &from, None).await.location(), "/");
        assert_eq!(name(&fan).await.as_deref(), Some("mina"));
    }
}

#[tokio::test]
async fn l8_no_provider_gets_a_code_that_another_one_gave() {
    let (server, other) = TestServer::open_with_two_providers().await;
    let fan = server.fan();
    let back = fan.go_to_provider("/", "mina").await;
    let crossed = back.replace("/login/test/", "/login/other/");
    assert_eq!(fan.get(&crossed).await.location(), "/me?login=failed");
    assert_eq!((other.asked(), server.provider().asked()), (0, 0), "nobody was asked for a token");
    assert_eq!(name(&fan).await, None);
}

#[tokio::test]
async fn l8_a_code_is_good_once_at_the_provider_too() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    let back = fan.go_to_provider("/", "mina").await;
    assert_eq!(fan.get(&back).await.location(), "/");
    // Another log-in of the same browser, with the code of before.
    let other = server.fan();
    let next = other.go_to_provider("/", "eve").await;
    let code = back.split('&').next().unwrap();
    let state = next.split('&').nth(1).unwrap();
    assert_eq!(other.get(&format!("{code}&{state}")).await.location(), "/me?login=failed");
    assert_eq!(name(&other).await, None);
}

/// The browsers that are logged in, as the database has them.
async fn sessions(server: &TestServer) -> Vec<Session> {
    let home = Home::File(server.folder().join("data").join(CATALOGUE_FILE));
    let options = CatalogueOptions { home, cursor_key: CursorKey([1; 32]) };
    let catalogue = Catalogue::open(options).await.unwrap();
    let sessions = catalogue.sessions().await.unwrap();
    catalogue.close().await.unwrap();
    sessions
}

#[tokio::test]
async fn l4_the_database_has_the_hash_of_a_cookie_and_not_the_cookie() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    fan.log_in("mina").await;
    let cookie = fan.cookie_named("tingting_session").unwrap();
    let secret = data_encoding::HEXLOWER.decode(cookie.as_bytes()).unwrap();
    let [session] = sessions(&server).await[..] else { panic!("one session") };
    assert_eq!(session.id.0[..], Sha256::digest(secret)[..]);
    // Who reads the database logs in nowhere.
    let thief = server.fan();
    thief.plant("tingting_session", &data_encoding::HEXLOWER.encode(&session.id.0));
    assert_eq!(name(&thief).await, None);
}

#[tokio::test]
async fn l8_an_address_with_a_code_that_is_opened_twice_makes_one_session() {
    let server = TestServer::open_with_log_in().await;
    // Even where the provider takes each code as often as it comes.
    server.provider().misbehave(Some(Fault::CodesAgain));
    let fan = server.fan();
    let race = begin(&fan).await;
    let back = fan.go_to_provider("/", "mina").await;
    let log_in = fan.cookie_named("tingting_login").unwrap();
    assert_eq!(fan.get(&back).await.location(), "/");
    let (session, before) = (fan.cookie_named("tingting_session"), sessions(&server).await);
    assert_eq!(before.len(), 1);
    for cookie in [None, Some(&log_in)] {
        if let Some(cookie) = cookie {
            fan.plant("tingting_login", cookie);
        }
        assert_eq!(fan.get(&back).await.location(), "/me?login=expired");
        assert_eq!(fan.cookie_named("tingting_session"), session);
        assert_eq!(sessions(&server).await, before);
        assert_eq!(name(&fan).await.as_deref(), Some("mina"));
        assert!(can_see(&fan, &race).await);
    }
    assert_eq!(server.provider().tokens(), 1, "the code was sent on once");
    // Two at once, as of somebody who taps twice.
    let desk = server.fan();
    let back = desk.go_to_provider("/", "noa").await;
    let again = desk.clone_at(&server);
    let (one, two) = tokio::join!(desk.get(&back), again.get(&back));
    let mut led_to = [one.location(), two.location()];
    led_to.sort_unstable();
    assert_eq!(led_to, ["/", "/me?login=expired"]);
    assert_eq!((sessions(&server).await.len(), server.provider().tokens()), (2, 2));
}

#[tokio::test]
async fn l8_a_log_in_ends_within_ten_minutes() {
    for (minutes, is_in_time) in [(9, true), (10, false)] {
        let mut server = TestServer::open_with_log_in().await;
        let fan = server.fan();
        let back = fan.go_to_provider("/", "mina").await;
        // The same server by its name, though the port is another after the start.
        let base = server.base();
        let host = [("host", base.strip_prefix("http://").unwrap())];
        server.be_away_for(std::time::Duration::from_mins(minutes)).await;
        let fan = fan.moved(&server);
        let came = fan.send(Method::GET, &back, &host, None).await;
        assert_eq!(came.location(), if is_in_time { "/" } else { "/me?login=expired" });
        assert_eq!(name(&fan).await.is_some(), is_in_time);
        assert_eq!(server.provider().tokens(), usize::from(is_in_time));
    }
}

#[tokio::test]
async fn l9_a_log_in_leads_to_a_path_of_this_site_alone() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    for (to, leads_to) in [
        ("/concerts/12", "/concerts/12"),
        ("//evil.example", "/me"),
        ("https://evil.example", "/me"),
        ("/%5Cevil.example", "/me"),
        ("javascript:alert(1)", "/me"),
        ("/%0D%0ALocation:%20https://evil.example", "/me"),
    ] {
        let back = fan.go_to_provider(to, "mina").await;
        assert_eq!(fan.get(&back).await.location(), leads_to, "{to}");
    }
    assert_eq!(fan.get("/login/nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(fan.get("/login/nobody/callback?code=1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn l10_a_token_that_is_not_for_this_log_in_logs_nobody_in() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    begin(&fan).await;
    for fault in [
        Fault::Issuer,
        Fault::Audience,
        Fault::Nonce,
        Fault::Expired,
        Fault::UnknownKey,
        Fault::OldKey,
        Fault::Unsigned,
        Fault::SharedSecret,
        Fault::NoToken,
    ] {
        server.provider().misbehave(Some(fault.clone()));
        let before = server.provider().tokens();
        let back = fan.come_back("mina").await;
        assert_eq!(back.location(), "/me?login=failed", "{fault:?}");
        assert_eq!(server.provider().tokens(), before + 1, "{fault:?}");
        assert_eq!(name(&fan).await, None, "{fault:?}");
        assert_eq!(fan.cookie_named("tingting_session"), None, "{fault:?}");
    }
    // An answer that says that it comes from another provider.
    server.provider().misbehave(None);
    let before = server.provider().asked();
    let back = fan.go_to_provider("/", "mina").await;
    let crossed = format!("{back}&iss=https://evil.example");
    assert_eq!(fan.get(&crossed).await.location(), "/me?login=failed");
    assert_eq!(server.provider().asked(), before, "the code is given to nobody");
    server.provider().misbehave(Some(Fault::Denied));
    assert_eq!(fan.come_back("mina").await.location(), "/me?login=denied");
    server.provider().misbehave(None);
    fan.log_in("mina").await;
}

#[tokio::test]
async fn l10_a_provider_that_comes_late_or_changes_its_key_is_asked_again() {
    let mut server = TestServer::open_with_log_in().await;
    server.provider().misbehave(Some(Fault::Away));
    assert_eq!(server.fan().get("/login/test").await.location(), "/me?login=failed");
    server.provider().misbehave(None);
    let fan = server.fan();
    fan.log_in("mina").await;
    // Right after it was asked, it is not asked again for a key: whoever makes such tokens could make the server ask.
    server.provider().change_key();
    assert_eq!(server.fan().come_back("noa").await.location(), "/me?login=failed");
    server.be_away_for(std::time::Duration::from_mins(1)).await;
    let (fan, noa) = (fan.moved(&server), server.fan());
    noa.log_in("noa").await;
    assert_eq!(name(&fan).await.as_deref(), Some("mina"), "a session outlives a start");
}

#[tokio::test]
async fn l10_a_server_that_starts_before_its_provider_logs_people_in_once_it_is_there() {
    let absent = AbsentProvider::new();
    let server = TestServer::open_before(&absent).await;
    let fan = server.fan();
    let race = begin(&fan).await;
    for _ in 0..2 {
        assert_eq!(fan.get("/login/test").await.location(), "/me?login=failed");
    }
    let told = me(&fan).await;
    assert_eq!((told.account, told.providers.len()), (None, 1));
    let provider = absent.arrive();
    fan.log_in("mina").await;
    assert_eq!(name(&fan).await.as_deref(), Some("mina"));
    assert!(can_see(&fan, &race).await);
    assert_eq!((provider.described(), provider.tokens()), (1, 1));
}

#[tokio::test]
async fn l11_log_out_everywhere_ends_every_browser() {
    let mut server = TestServer::open_with_log_in().await;
    let (phone, desk, other) = (server.fan(), server.fan(), server.fan());
    phone.log_in("mina").await;
    desk.log_in("mina").await;
    other.log_in("noa").await;
    let stolen = phone.cookie_named("tingting_session").unwrap();
    assert_eq!(post(&desk, "/api/me/log-out-everywhere").await.status, StatusCode::NO_CONTENT);
    for fan in [&phone, &desk] {
        assert_eq!(name(fan).await, None);
    }
    assert_eq!(name(&other).await.as_deref(), Some("noa"));
    let thief = server.fan();
    thief.plant("tingting_session", &stolen);
    assert_eq!(name(&thief).await, None);
    // For a guest both change nothing.
    let guest = server.fan();
    let race = begin(&guest).await;
    for path in ["/api/me/log-out", "/api/me/log-out-everywhere"] {
        assert_eq!(post(&guest, path).await.status, StatusCode::NO_CONTENT);
    }
    assert!(can_see(&guest, &race).await);
    // So it is after a start.
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (thief, other) = (server.fan(), other.moved(&server));
    thief.plant("tingting_session", &stolen);
    assert_eq!(name(&thief).await, None);
    assert_eq!(name(&other).await.as_deref(), Some("noa"));
}

#[tokio::test]
async fn l12_whoever_planted_a_guest_is_not_the_account() {
    let server = TestServer::open_with_log_in().await;
    // The attacker's guest is put into the victim's browser before the victim logs in.
    let (attacker, victim) = (server.fan(), server.fan());
    begin(&attacker).await;
    let planted = attacker.guest();
    victim.plant("tingting_guest", &planted);
    victim.log_in("mina").await;
    let race = begin(&victim).await;
    assert_eq!(name(&attacker).await, None);
    assert!(!can_see(&attacker, &race).await);
    assert_ne!(attacker.guest(), planted, "the attacker is somebody new");
    // So too at a later log-in, from another browser.
    let (other, desk) = (server.fan(), server.fan());
    let own = begin(&other).await;
    desk.plant("tingting_guest", &other.guest());
    desk.log_in("mina").await;
    assert!(!can_see(&other, &race).await);
    assert!(!can_see(&other, &own).await, "what was given away is gone");
    // Nor is a session that somebody made up, nor the one of before a log-in as another person.
    let session = desk.cookie_named("tingting_session").unwrap();
    desk.log_in("noa").await;
    let old = server.fan();
    old.plant("tingting_session", &session);
    assert_eq!(name(&old).await, None);
    old.plant("tingting_session", &"0".repeat(64));
    assert_eq!(name(&old).await, None);
}

#[tokio::test]
async fn l12_a_hand_over_code_of_an_account_gives_nobody_the_account() {
    let server = TestServer::open_with_log_in().await;
    let (fan, thief) = (server.fan(), server.fan());
    let race = begin(&fan).await;
    fan.log_in("mina").await;
    let offer = fan.post("/api/handover", &[], &json!({"to": "/me"})).await;
    assert_eq!(offer.status, StatusCode::OK, "{}", offer.text());
    let code: Value = offer.json();
    let claim = json!({"code": code["code"]});
    let claimed: Value = thief.post("/api/handover/claim", &[], &claim).await.json();
    assert_eq!(claimed["to"], "/me", "the page is handed over");
    assert_eq!(name(&thief).await, None);
    assert!(!can_see(&thief, &race).await);
}

#[tokio::test]
async fn l13_a_page_of_another_site_can_do_nothing() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    fan.log_in("mina").await;
    let foreign = [("origin", "https://evil.example")];
    for (method, path) in [
        (Method::POST, "/api/me/log-out"),
        (Method::POST, "/api/me/log-out-everywhere"),
        (Method::DELETE, "/api/me"),
    ] {
        let answer = fan.send(method, path, &foreign, None).await;
        assert_eq!(answer.code(), "foreign-origin", "{path}");
    }
    assert_eq!(name(&fan).await.as_deref(), Some("mina"));
}

#[tokio::test]
async fn l13_no_page_takes_anything_from_elsewhere() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    let race = begin(&fan).await;
    let room = open_room(&fan, "미나").await;
    for path in [
        "/",
        "/me",
        "/concerts/1",
        &format!("/race/{race}"),
        &format!("/room/{room}"),
        &format!("/room/{room}/watch"),
        "/room/nonsense",
        "/docs",
        "/docs/",
        "/docs/index.html",
        "/docs/swagger-initializer.js",
        "/docs/nothing",
        "/docsfoo",
        "/openapi.json",
        "/api/me",
        "/api/nothing",
        "/nothing.css",
        "/healthz",
        "/pictures/room.png",
        "/login/test",
        "/login/nobody",
    ] {
        let answer = fan.get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        let directives: Vec<&str> = policy.split("; ").collect();
        for directive in ["script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
            assert!(directives.contains(&directive), "{path}: {policy}");
        }
        for word in ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"] {
            assert!(!policy.contains(word), "{path}: {policy}");
        }
        let is_page = answer.headers.get("content-type").is_some_and(|media| {
            media.to_str().unwrap().starts_with("text/html") && answer.status == StatusCode::OK
        });
        if is_page {
            let html = answer.text();
            for inside in ["<style", " style=", "<script>", " onload="] {
                assert!(!html.contains(inside), "{path} has {inside}: {html}");
            }
        }
    }
}
