//! Korean letters: syllables come decomposed into conjoining letters, and go as the letters that a keyboard types.

const FIRST: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
const LAST: u32 = 0x11A8;

const FIRSTS: [&str; 19] = [
    "ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ",
];

/// Vowels that are typed with two keys are two letters, so that a half typed word is found.
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ",
    "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];

const LASTS: [&str; 27] = [
    "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ",
    "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// The letters of a decomposed word. What is not Korean stays as it is.
pub(super) fn letters(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    for c in word.chars() {
        match typed(c) {
            Some(typed) => letters.push_str(typed),
            None => letters.push(c),
        }
    }
    letters
}

/// The initial consonants of the syllables of a decomposed word, as conjoining letters. So they are never mistaken for
/// the letters of a word.
pub(super) fn initials(word: &str) -> String {
    word.chars().filter(|c| index(*c, FIRST, FIRSTS.len()).is_some()).collect()
}

/// Whether a decomposed word is made of nothing but Korean consonants.
pub(super) fn is_consonants(word: &str) -> bool {
    word.chars().all(|c| consonants(c).is_some())
}

/// What [`initials`] keeps for a word of consonants that somebody typed. A keyboard joins some of them: ㄳ is ㄱㅅ.
pub(super) fn typed_initials(word: &str) -> String {
    let typed: String = word.chars().filter_map(consonants).collect();
    typed.chars().filter_map(first).collect()
}

fn typed(c: char) -> Option<&'static str> {
    consonants(c).or_else(|| index(c, VOWEL, VOWELS.len()).map(|index| VOWELS[index]))
}

fn consonants(c: char) -> Option<&'static str> {
    match c {
        // The normal form makes two joined consonants of the keyboard into initials that no syllable has.
        '\u{1121}' => return Some("ㅂㅅ"),
        '\u{111A}' => return Some("ㄹㅎ"),
        _ => {}
    }
    let first = index(c, FIRST, FIRSTS.len()).map(|index| FIRSTS[index]);
    first.or_else(|| index(c, LAST, LASTS.len()).map(|index| LASTS[index]))
}

/// The conjoining letter for one that was typed.
fn first(typed: char) -> Option<char> {
    let index = FIRSTS.iter().position(|letter| letter.starts_with(typed))?;
    char::from_u32(FIRST + u32::try_from(index).ok()?)
}

fn index(c: char, start: u32, count: usize) -> Option<usize> {
    let index = u32::from(c).checked_sub(start)? as usize;
    (index < count).then_some(index)
}
