//! `tingting generate --catalogue`, `tingting admin` and `tingting rebuild`.

use serde_json::{Value, json};

use crate::serve::Served;
use crate::tingting::TestFolder;

/// The titles of the first hundred concerts.
fn titles(server: &Served) -> Vec<String> {
    let found = server.ask("GET", "/api/concerts?order=earliest&rows=100", "", "", &Value::Null);
    let concerts = found.body["concerts"].as_array().cloned().unwrap_or_default();
    concerts.iter().map(|concert| concert["title"].to_string()).collect()
}

#[test]
fn k46_generate_fills_a_catalogue_and_goes_on_where_it_was() {
    let folder = TestFolder::new();
    let generate = |scale: &str| {
        let said = folder.run(&["generate", "--catalogue", "--data", "data", "--scale", scale]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(0), ""), "{said:?}");
        said.stderr
    };
    assert!(generate("30").contains("30 concerts are in data"));
    generate("40");
    let server = Served::start(&folder, &[]);
    // The server adds no demo to concerts that are there.
    assert_eq!(titles(&server).len(), 40);
    drop(server);
    let other = TestFolder::new();
    other.run(&["generate", "--catalogue", "--data", "data", "--scale", "demo"]);
    let server = Served::start(&other, &["--no-demo"]);
    assert!((38..=42).contains(&titles(&server).len()));
}

#[test]
fn k46_generate_needs_a_hall_or_a_catalogue_and_a_scale_that_is_one() {
    let folder = TestFolder::new();
    for arguments in [
        &["generate"][..],
        &["generate", "hall", "--catalogue"],
        &["generate", "hall", "--scale", "demo"],
        &["generate", "--catalogue", "--scale", "huge"],
        &["generate", "--catalogue", "--scale", "0"],
    ] {
        assert_eq!(folder.run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn k45_a_guest_is_granted_beside_a_server_and_without_one() {
    let folder = TestFolder::new();
    let server = Served::start(&folder, &["--no-demo"]);
    let cookie = |server: &Served| {
        let met = server.ask("GET", "/api/clock", "", "", &Value::Null);
        met.cookie().to_owned()
    };
    let (first, second) = (cookie(&server), cookie(&server));
    let make = |server: &Served, cookie: &str, name: &str| {
        let performer = json!({"name": name});
        let made = server.ask("POST", "/api/admin/performers", cookie, "", &performer);
        made.status().to_owned()
    };
    let grant = |cookie: &str| {
        let guest = cookie.split_once('=').unwrap().1;
        let said = folder.run(&["admin", "grant", guest, "--data", "data"]);
        assert_eq!(said.code, Some(0), "{said:?}");
    };
    assert_eq!(make(&server, &first, "하나"), "404");
    grant(&first);
    assert_eq!(make(&server, &first, "하나"), "201");
    let said = folder.run(&["rebuild", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    drop(server);
    grant(&second);
    let said = folder.run(&["rebuild", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let server = Served::start(&folder, &["--no-demo"]);
    assert_eq!(make(&server, &second, "둘"), "201");
    for guest in ["me@example.com", "0123"] {
        let said = folder.run(&["admin", "grant", guest, "--data", "data"]);
        assert_eq!(said.code, Some(1), "{said:?}");
    }
    let said = folder.run(&["admin", "grant", "0".repeat(32).as_str(), "--data", "nowhere"]);
    assert_eq!(said.code, Some(1), "{said:?}");
}

#[test]
fn k36_no_fault_of_a_database_shows_its_password() {
    let folder = TestFolder::new();
    folder.put("bad.toml", "database = \"mysql://me:secret@db/shows\"\n");
    let away = "postgres://me:secret@127.0.0.1:1/shows?password=secret";
    for arguments in [
        &["serve", "--data", "data", "--database", "mysql://me:secret@db/shows"][..],
        &["serve", "--data", "data", "--config", "bad.toml"],
        &["serve", "--data", "data", "--database", away, "--listen", "127.0.0.1:0"],
        &["generate", "--catalogue", "--database", away],
        &["admin", "grant", "0", "--database", "secret"],
    ] {
        let said = folder.run(arguments);
        assert_ne!(said.code, Some(0), "{arguments:?}");
        assert!(!said.stderr.contains("secret"), "{arguments:?}: {}", said.stderr);
    }
}
