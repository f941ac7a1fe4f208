//! What a search compares: the letters of a text, in a form in which both databases can look for any three of them.
//!
//! Both indexes keep groups of three characters. Two Korean syllables are two characters, so their letters are kept
//! instead: 겨울 is ㄱㅕㅇㅜㄹ. The kept text of `겨울 바다` has three parts, with spaces between them:
//!
//! - the letters of all words without the spaces: `ㄱㅕㅇㅜㄹㅂㅏㄷㅏ`, since people leave spaces out;
//! - the initial consonants (초성), in characters of their own: `ᄀᄋᄇᄃ`;
//! - for each word, a mark and its first two letters and initials. So one or two letters find beginnings of words.
//!
//! Nothing here knows a database.

mod hangul;

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use crate::limits::SEARCH_WORDS_MAX;

/// Stands before the beginning of a word. A letter, because one of the indexes skips everything else. It is no
/// longer used in Korean, and [`words`] drops it from what people write.
const MARK: char = 'ㆍ';

/// How many characters both indexes look for at once.
const GROUP: usize = 3;

/// What the databases keep of texts that are searched together, such as the names of all performers.
pub(crate) fn kept<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<String> = texts.into_iter().map(kept_one).collect();
    parts.join(" ")
}

fn kept_one(text: &str) -> String {
    let words = words(text);
    let letters: String = words.iter().map(|word| hangul::letters(word)).collect();
    let initials: Vec<String> = words.iter().map(|word| hangul::initials(word)).collect();
    let mut kept = letters;
    kept.push(' ');
    kept.extend(initials.iter().map(String::as_str));
    for (word, initials) in words.iter().zip(&initials) {
        push_beginning(&mut kept, &hangul::letters(word));
        push_beginning(&mut kept, initials);
    }
    kept
}

fn push_beginning(kept: &mut String, letters: &str) {
    if !letters.is_empty() {
        kept.extend([' ', MARK, MARK]);
        kept.extend(letters.chars().take(GROUP - 1));
    }
}

/// What to look for in a kept text: one pattern for each word of a search, all of which must be there. Each has three
/// characters or more, and only letters and digits. `None` if there is nothing to look for, or too much.
pub(crate) fn patterns(search: &str) -> Option<Vec<String>> {
    let words = words(search);
    if words.is_empty() || words.len() > SEARCH_WORDS_MAX {
        return None;
    }
    Some(words.iter().map(|word| pattern(word)).collect())
}

fn pattern(word: &str) -> String {
    let letters = if hangul::is_consonants(word) {
        hangul::typed_initials(word)
    } else {
        hangul::letters(word)
    };
    let missing = GROUP.saturating_sub(letters.chars().count());
    std::iter::repeat_n(MARK, missing).chain(letters.chars()).collect()
}

/// A text that is compared as a whole, such as the name of a city: its letters between two marks.
pub(crate) fn whole(text: &str) -> String {
    let letters: String = words(text).iter().map(|word| hangul::letters(word)).collect();
    format!("{MARK}{MARK}{letters}{MARK}{MARK}")
}

/// The words of a text, in decomposed characters: without marks above letters, in small letters, kana as hiragana.
fn words(text: &str) -> Vec<String> {
    let normal: Cow<'_, str> = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_mark = |c: &char| category.get(*c) == GeneralCategory::NonspacingMark;
    let plain: String = normal
        .chars()
        .filter(|c| !is_mark(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { hiragana(c) } else { ' ' })
        .filter(|c| *c != MARK && *c != MARK_DECOMPOSED)
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// What the normal form makes of [`MARK`].
const MARK_DECOMPOSED: char = '\u{119E}';

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests;
