//! The providers of the configuration file: what is wrong with them is said, and their secrets are not.

use std::fmt::Write as _;

use crate::serve::Served;
use crate::tingting::TestFolder;

/// Stands wherever a secret may stand. No output may have it.
const SECRET: &str = "hunter2-c2VjcmV0";

const ID: &str = "id = \"school\"\n";
const NAME: &str = "name = \"학교\"\n";
const ISSUER: &str = "issuer = \"https://id.school.example\"\n";
const CLIENT: &str = "client_id = \"tingting\"\n";

/// A provider of these lines.
fn provider(lines: &[&str]) -> String {
    format!("[[providers]]\n{}", lines.concat())
}

/// A whole provider with these lines more.
fn with(line: &str) -> String {
    provider(&[ID, NAME, ISSUER, CLIENT, line, "\n"])
}

/// Starts the program with a configuration that it refuses, and checks that it ends with exit code 1, says why, gives a
/// hint, and shows no secret.
fn check(config: &str, says: &str, hint: &str) {
    let folder = TestFolder::new();
    folder.put("serve.toml", config);
    // A file where the folder should be, so that a server that takes the configuration ends too.
    folder.put("data", "");
    folder.put("empty.secret", " \n");
    folder.put("long.secret", "x".repeat(5_000));
    folder.put("lines.secret", format!("{SECRET}\n{SECRET}\n"));
    let said = folder.run(&[
        "serve",
        "--data",
        "data",
        "--listen",
        "127.0.0.1:0",
        "--config",
        "serve.toml",
    ]);
    assert_eq!(said.code, Some(1), "{config}: {said:?}");
    assert!(said.stderr.contains(says), "{config}: {}", said.stderr);
    assert!(said.stderr.contains(&format!("\nhint: {hint}")), "{config}: {}", said.stderr);
    assert!(!format!("{said:?}").contains(SECRET), "{config}: {said:?}");
}

#[test]
fn l24_no_error_in_the_file_shows_a_secret() {
    let keys = "keys: listen, data";
    for (line, says) in [
        // Each of these stands in the line of a secret, or is one.
        ("client_secret = SECRET", "line 6, column 17: string values must be quoted"),
        ("client_secret = \"SECRET", "line 6, column 34: invalid basic string"),
        ("client_secret = \"SECRET\" x", "line 6, column 36: unexpected key or value"),
        ("client_secret = \"SECRET\\q\"", "line 6, column 35: missing escaped value"),
        ("client_secret \"SECRET\"", "line 6, column 15: key with no value"),
        ("client_secret = [\"SECRET\"]", "invalid type: sequence, expected a string"),
        ("client_secret = { it = \"SECRET\" }", "invalid type: map, expected a string"),
        ("client_secret = \"x\"\nclient_secret = \"SECRET\"", "line 7, column 1: duplicate key"),
        ("client_secert = \"SECRET\"", "line 6, column 1: unknown field `client_secert`"),
    ] {
        check(&with(&line.replace("SECRET", SECRET)), says, keys);
    }
    for (config, says) in [
        ("providers = \"SECRET\"", "invalid type: string, expected a sequence"),
        ("providers = [\"SECRET\"]", "invalid type: string, expected a table [[providers]]"),
        ("keep_days = \"SECRET\"", "line 1, column 13: invalid type: string, expected a nonzero"),
        ("log = \"SECRET\"", "unknown variant, expected one of `warn`, `info`, `debug`"),
        ("listen = \"SECRET\"", "line 1, column 10: invalid socket address syntax"),
        ("trusted_proxies = [\"SECRET\"]", "line 1, column 19: invalid IP address syntax"),
        ("hosts = [\"SECRET/\"]", "line 1, column 9: a name such as `tingting.example` is needed"),
        (
            "database = [\"postgres://me:SECRET@db/shows\"]",
            "invalid type: sequence, expected a string",
        ),
        ("SECRET", "key with no value"),
    ] {
        check(&config.replace("SECRET", SECRET), says, keys);
    }
}

#[test]
fn l24_a_provider_that_cannot_be_used_is_refused_with_what_to_do() {
    let unfit = "error: the provider `school` is unfit";
    let secret = &format!("client_secret = \"{SECRET}\"\n");
    let unknown = "keys: listen, data";
    // What is missing or unknown.
    for (lines, says) in [
        ([NAME, ISSUER, CLIENT], "missing field `id`"),
        ([ID, ISSUER, CLIENT], "missing field `name`"),
        ([ID, NAME, CLIENT], "missing field `issuer`"),
        ([ID, NAME, ISSUER], "missing field `client_id`"),
    ] {
        check(&provider(&[&lines.concat(), secret]), says, unknown);
    }
    check(&with(&format!("{secret}scopes = []")), "unknown field `scopes`", unknown);
    // Values that no server can use.
    let id_hint = "its id must be 1 to 32 lower-case letters, digits and hyphens";
    for id in ["", "School", "a/b", "학교", &"a".repeat(33)] {
        let config = provider(&[&format!("id = \"{id}\"\n"), NAME, ISSUER, CLIENT, secret]);
        check(&config, &format!("error: the provider `{id}` is unfit"), id_hint);
    }
    for name in ["", " ", "두\\n줄", &"가".repeat(41)] {
        let config = provider(&[ID, &format!("name = \"{name}\"\n"), ISSUER, CLIENT, secret]);
        check(&config, unfit, "its name must have 1 to 40 characters");
    }
    for issuer in ["", "id.school.example", "http://id.school.example", "ftp://id", "https://"] {
        let config = provider(&[ID, NAME, &format!("issuer = \"{issuer}\"\n"), CLIENT, secret]);
        check(&config, unfit, "its issuer must be an https address, or http on this machine");
    }
    for client in ["", " ", &"c".repeat(501)] {
        let config = provider(&[ID, NAME, ISSUER, &format!("client_id = \"{client}\"\n"), secret]);
        check(&config, unfit, "its client_id must have 1 to 500 characters");
    }
    let one_line = "its secret must be one line of 1 to 4,000 characters";
    for line in [
        "client_secret = \"\"",
        "client_secret = \"\"\"\nhunter2-c2VjcmV0\nhunter2-c2VjcmV0\"\"\"",
        "client_secret_file = \"empty.secret\"",
        "client_secret_file = \"lines.secret\"",
    ] {
        check(&with(line), unfit, one_line);
    }
}

#[test]
fn l24_secrets_and_providers_are_refused_that_are_too_many_or_not_there() {
    let two = format!("client_secret = \"{SECRET}\"\nclient_secret_file = \"lines.secret\"");
    let hint = "name client_secret or client_secret_file, not both";
    check(&with(&two), "error: the provider `school` has two secrets", hint);
    let away = "client_secret_file = \"away.secret\"";
    check(&with(away), "error: cannot open away.secret", "check the path of the file");
    let folder = "client_secret_file = \".\"";
    check(&with(folder), "error: . is a directory", "name a file in it");
    let long = "client_secret_file = \"long.secret\"";
    let hint = "no secret needs as much: is it one?";
    check(&with(long), "error: long.secret is longer than 4 KiB", hint);
    let twice = with("") + &with("");
    check(&twice, "error: there are two providers `school`", "give each an id of its own");
    let mut nine = String::new();
    for number in 0..9 {
        write!(nine, "{}", with("").replace("school", &format!("school-{number}"))).unwrap();
    }
    check(&nine, "error: there are too many providers", "a server has 8 at most");
}

#[test]
fn l24_a_server_with_good_providers_starts_and_names_them_without_their_secrets() {
    let folder = TestFolder::new();
    folder.put("school.secret", format!("  {SECRET}\n"));
    let second = with(&format!("client_secret = \"{SECRET}\"")).replace("school", "club");
    let third = with("").replace("id.school.example", "localhost:1").replace("school", "open");
    let config = with("client_secret_file = \"school.secret\"") + &second + &third;
    folder.put("serve.toml", config);
    let served = Served::start(&folder, &["--config", "serve.toml"]);
    let me = served.ask("GET", "/api/me", "", "", &serde_json::Value::Null).body;
    let ids: Vec<_> = me["providers"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ["school", "club", "open"]);
    assert!(!me.to_string().contains(SECRET), "{me}");
}
