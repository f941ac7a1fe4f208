//! Rust source cut into words and signs. Comments and the insides of literals are dropped.

/// A word or a sign, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// From 1.
    pub(super) line: usize,
}

impl Token<'_> {
    /// Whether this is a name or a keyword.
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(is_word_char)
    }
}

/// Cuts a source text. A literal becomes the token `""`, a lifetime the token `'`, and `::` is one sign.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, token) = next(rest, first);
        if let Some(text) = token {
            found.push(Token { text, line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// The length of what the text begins with, and the token it makes, if it makes one.
fn next(text: &str, first: char) -> (usize, Option<&str>) {
    if first.is_whitespace() {
        return (first.len_utf8(), None);
    }
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), None);
    }
    if text.starts_with("/*") {
        return (block_comment(text), None);
    }
    if let Some(length) = string(text) {
        return (length, Some("\"\""));
    }
    if first == '\'' {
        return quote(text);
    }
    if let Some(name) = text.strip_prefix("r#") {
        let length = word(name);
        return (2 + length, Some(&name[..length]));
    }
    let length = match word(text) {
        0 if text.starts_with("::") => 2,
        0 => first.len_utf8(),
        length => length,
    };
    (length, Some(&text[..length]))
}

/// The length of a comment that may hold further comments.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a string of any kind, or nothing if the text begins with something else.
fn string(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let rest = text.strip_prefix(prefix);
        rest.is_some_and(|rest| {
            let rest = if prefix.ends_with('r') { rest.trim_start_matches('#') } else { rest };
            rest.starts_with('"')
        })
    })?;
    let body = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let close = format!("\"{}", "#".repeat(hashes));
        let open = prefix.len() + hashes + 1;
        let end = text[open..].find(&close).map(|at| open + at + close.len());
        return Some(end.unwrap_or(text.len()));
    }
    Some(prefix.len() + 1 + until_unescaped(&body[1..], '"'))
}

/// A character in quotes, or a lifetime.
fn quote(text: &str) -> (usize, Option<&str>) {
    let inside = &text[1..];
    let after_one = inside.chars().next().map_or(0, char::len_utf8);
    let is_character = inside.starts_with('\\') || inside[after_one..].starts_with('\'');
    if is_character {
        (1 + until_unescaped(inside, '\''), Some("\"\""))
    } else {
        (1 + word(inside), Some("'"))
    }
}

/// The length up to and with the first `close` that no backslash stands before.
fn until_unescaped(text: &str, close: char) -> usize {
    let mut is_escaped = false;
    for (at, char) in text.char_indices() {
        if char == close && !is_escaped {
            return at + char.len_utf8();
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    text.len()
}

/// The length of the name, keyword or number that the text begins with.
fn word(text: &str) -> usize {
    text.find(|char| !is_word_char(char)).unwrap_or(text.len())
}

fn is_word_char(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}
