//! What one module says about others: the modules it declares, the names it brings in, and the paths in its code.

use std::collections::BTreeSet;

use super::tokens::{Token, tokens};

/// The code of one module, without its tests.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// Modules that stand in files of their own.
    pub(super) children: Vec<&'a str>,
    /// Modules that are written out here.
    pub(super) inline: Vec<(&'a str, Self)>,
    pub(super) uses: Vec<Use<'a>>,
    pub(super) paths: Vec<Path<'a>>,
    /// The names of what is defined here.
    pub(super) defined: BTreeSet<&'a str>,
}

/// One name that a `use` brings in.
pub(super) struct Use<'a> {
    pub(super) path: Path<'a>,
    /// What it is called here; `*` for everything that the path holds.
    pub(super) name: &'a str,
    /// Whether the name is passed on.
    pub(super) is_public: bool,
}

/// A path as it is written, such as `crate::tidy::run`. One that begins with `::` has that as its first segment.
#[derive(Clone)]
pub(super) struct Path<'a> {
    pub(super) segments: Vec<&'a str>,
    pub(super) line: usize,
}

const DEFINING: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

const BEGINS_AN_ITEM: [&str; 17] = [
    "pub",
    "mod",
    "use",
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "type",
    "const",
    "static",
    "impl",
    "unsafe",
    "async",
    "extern",
    "macro_rules",
    "let",
];

impl<'a> Source<'a> {
    /// Reads the text of a file.
    pub(super) fn parse(text: &'a str) -> Self {
        Self::from_tokens(&tokens(text))
    }

    fn from_tokens(tokens: &[Token<'a>]) -> Self {
        let mut source = Self::default();
        let mut is_public = false;
        let mut at = 0;
        while at < tokens.len() {
            let was_public = std::mem::take(&mut is_public);
            match tokens[at].text {
                "#" => at = after_attribute(tokens, at),
                "pub" => {
                    is_public = true;
                    at += 1;
                    if text(tokens, at) == "(" {
                        at = after_group(tokens, at);
                    }
                }
                "mod" => at = source.read_module(tokens, at + 1),
                "use" if text(tokens, at + 1) != "<" => {
                    let end = tokens.len().min(at + position(&tokens[at..], ";"));
                    source.read_use(&tokens[at + 1..end], &[], was_public);
                    at = end;
                }
                word if DEFINING.contains(&word) => {
                    at += 1;
                    // As in `const fn`, where the name comes later.
                    if !BEGINS_AN_ITEM.contains(&text(tokens, at)) {
                        source.defined.insert(text(tokens, at));
                        at += 1;
                    }
                }
                _ => at = source.read_path(tokens, at),
            }
        }
        source
    }

    /// Reads what follows `mod`, and returns where it ends.
    fn read_module(&mut self, tokens: &[Token<'a>], at: usize) -> usize {
        let name = text(tokens, at);
        if text(tokens, at + 1) != "{" {
            self.children.push(name);
            return at + 2;
        }
        let end = after_group(tokens, at + 1);
        self.inline.push((name, Source::from_tokens(&tokens[at + 2..end.max(at + 3) - 1])));
        end
    }

    /// Reads a tree of names, `before` being the path on the way to it.
    fn read_use(&mut self, tokens: &[Token<'a>], before: &[&'a str], is_public: bool) {
        let mut segments = before.to_vec();
        let mut at = 0;
        while let Some(token) = tokens.get(at).filter(|token| token.text != "as") {
            match token.text {
                "::" if !segments.is_empty() => at += 1,
                "{" => {
                    let end = after_group(tokens, at);
                    for branch in branches(&tokens[at + 1..end - 1]) {
                        self.read_use(branch, &segments, is_public);
                    }
                    return;
                }
                word => {
                    segments.push(word);
                    at += 1;
                }
            }
        }
        let Some(line) = tokens.first().map(|token| token.line) else { return };
        if segments.len() > 1 && segments.last() == Some(&"self") {
            segments.pop();
        }
        let Some(&last) = segments.last() else { return };
        let name = if text(tokens, at) == "as" { text(tokens, at + 1) } else { last };
        if last == "*" {
            segments.pop();
        }
        self.uses.push(Use { path: Path { segments, line }, name, is_public });
    }

    /// Reads the path that begins here, if one does, and returns where to go on.
    fn read_path(&mut self, tokens: &[Token<'a>], begin: usize) -> usize {
        let before = begin.checked_sub(1).map_or("", |at| tokens[at].text);
        let is_root = tokens[begin].text == "::" && before != ">";
        let is_part = matches!(before, "." | "::");
        if is_part || !(is_root || tokens[begin].is_word()) {
            return begin + 1;
        }
        let mut segments = vec![tokens[begin].text];
        let mut at = begin + usize::from(!is_root);
        while text(tokens, at) == "::" && tokens.get(at + 1).is_some_and(Token::is_word) {
            segments.push(tokens[at + 1].text);
            at += 2;
        }
        at = at.max(begin + 1);
        self.paths.push(Path { segments, line: tokens[begin].line });
        at
    }
}

/// Where the code goes on after an attribute; after the item too, if the attribute keeps it for tests.
fn after_attribute(tokens: &[Token<'_>], at: usize) -> usize {
    let open = at + 1 + usize::from(text(tokens, at + 1) == "!");
    if text(tokens, open) != "[" {
        return at + 1;
    }
    let end = after_group(tokens, open);
    let words: Vec<&str> = tokens[open + 1..end - 1].iter().map(|token| token.text).collect();
    let is_for_tests = matches!(
        words.as_slice(),
        ["cfg", "(", "test", ")"] | ["cfg", "(", "all", "(", "test", "," | ")", ..] | ["test"]
    );
    if is_for_tests { after_item(tokens, end) } else { end }
}

/// Where the code goes on after an item, a statement, a field or a match arm.
fn after_item(tokens: &[Token<'_>], mut at: usize) -> usize {
    while text(tokens, at) == "#" {
        at = after_group(tokens, at + 1);
    }
    let is_item = BEGINS_AN_ITEM.contains(&text(tokens, at));
    while at < tokens.len() {
        match text(tokens, at) {
            ";" => return at + 1,
            "," if !is_item => return at + 1,
            "}" => return at,
            "{" => return after_group(tokens, at),
            "(" | "[" => at = after_group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// Where the code goes on after the bracket that opens here has been closed.
fn after_group(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The parts of a list with commas; a comma inside brackets separates nothing.
fn branches<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut parts = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while at < tokens.len() {
        match tokens[at].text {
            "," => {
                parts.push(&tokens[begin..at]);
                at += 1;
                begin = at;
            }
            "{" => at = after_group(tokens, at),
            _ => at += 1,
        }
    }
    parts.push(&tokens[begin..]);
    parts
}

fn position(tokens: &[Token<'_>], sign: &str) -> usize {
    tokens.iter().position(|token| token.text == sign).unwrap_or(tokens.len())
}

fn text<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text)
}
