//! No key, token or password stands in a file of the project: whoever has the source would have what it opens.

use super::{
    lines::numbered,
    tree::{Fault, Tree},
};

/// The end of the line with which a private key begins.
const KEY: &str = "PRIVATE KEY-----";

/// How the tokens of some services begin, and how many letters and digits follow at least.
const TOKENS: [(&str, usize); 6] = [
    (concat!("AK", "IA"), 16),
    (concat!("AI", "za"), 35),
    (concat!("gh", "p_"), 36),
    (concat!("github_", "pat_"), 22),
    (concat!("sk_", "live_"), 16),
    (concat!("xox", "b-"), 10),
];

/// What secrets are called where they are set.
const NAMES: [&str; 4] = ["client_secret", "password", "api_key", "app_key"];

/// A text that is set and is at least as long may be a secret; a shorter one is an example.
const SECRET_CHARS_MIN: usize = 8;

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts() {
        for (line, content) in numbered(text) {
            if begins_key(content) || has_token(content) || sets_secret(content) {
                let message = "this looks like a secret: keep it in a file that only its owner reads, and change it";
                faults.push(file.fault(line, message.to_owned()));
            }
        }
    }
    faults
}

/// A key goes on in the next line, or behind a line end that is written as `\n`.
fn begins_key(line: &str) -> bool {
    line.match_indices(KEY).any(|(at, _)| {
        let rest = &line[at + KEY.len()..];
        let rest = rest.strip_prefix("\\n").unwrap_or(rest).trim_start();
        line[..at].contains("BEGIN") && rest.chars().next().is_none_or(is_of_secret)
    })
}

fn has_token(line: &str) -> bool {
    TOKENS.iter().any(|(prefix, count)| {
        line.match_indices(prefix).any(|(at, _)| secret_chars(&line[at + prefix.len()..]) >= *count)
    })
}

/// A name, an equals sign or a colon, and a text in quotes that may be a secret.
fn sets_secret(line: &str) -> bool {
    NAMES.iter().any(|name| {
        line.match_indices(name).any(|(at, _)| {
            let rest = line[at + name.len()..].trim_start_matches('"').trim_start();
            let value = rest.strip_prefix(['=', ':']).map(str::trim_start);
            let Some(value) = value.and_then(|value| value.strip_prefix(['"', '\''])) else {
                return false;
            };
            let count = secret_chars(value);
            count >= SECRET_CHARS_MIN && value[count..].starts_with(['"', '\''])
        })
    })
}

/// How many characters at the beginning may be of a secret. They have one byte each.
fn secret_chars(text: &str) -> usize {
    text.chars().take_while(|&c| is_of_secret(c)).count()
}

fn is_of_secret(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/=_-".contains(c)
}
