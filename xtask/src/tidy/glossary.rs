//! Names in the code keep to the glossary: none holds a word that `docs/GLOSSARY.md` replaces with another.
//!
//! Only words without a second meaning are looked for. `order`, `position`, `match` and the like have one in every program.

use super::{
    tokens::{Token, tokens},
    tree::{Fault, Tree},
};

/// A word, and what the glossary says instead.
const WORDS: [(&str, &str); 4] = [
    ("bot", "rival"),
    ("game", "race"),
    ("reservation", "hold or booking"),
    ("user", "visitor, person or account"),
];

/// Names that are not ours to choose.
const FOREIGN: [&str; 1] = ["user_version"];

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts_with("rs") {
        for token in tokens(text).into_iter().filter(Token::is_word) {
            if FOREIGN.contains(&token.text) {
                continue;
            }
            if let Some((word, instead)) = replaced(token.text) {
                let message = format!("`{}`: the glossary says {instead}, not {word}", token.text);
                faults.push(file.fault(token.line, message));
            }
        }
    }
    faults
}

/// The word in a name that the glossary replaces, and what it says instead.
fn replaced(name: &str) -> Option<(&'static str, &'static str)> {
    let words = words(name);
    WORDS.into_iter().find(|(word, _)| {
        words.iter().any(|found| found == word || found.strip_suffix('s') == Some(*word))
    })
}

/// The words of `a_name`, `A_NAME` or `AName`, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for char in name.chars() {
        let begins = char == '_' || char.is_uppercase() && was_small;
        if begins {
            words.push(String::new());
        }
        was_small = char.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| char != '_') {
            word.extend(char.to_lowercase());
        }
    }
    words
}
