//! Names that people give themselves in a room: what may be in them, and how equal ones are told apart.
//!
//! A name is shown on other people's screens. So it has nothing in it that cannot be seen, that changes the direction of
//! the text around it, or that piles up over other lines.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// The characters of a name at most.
pub(crate) const NAME_CHARS_MAX: usize = 20;

/// The bytes of a name as it is sent: enough for characters that the normal form puts together.
const NAME_BYTES_MAX: usize = 400;

/// Marks on one character at most. Vietnamese and Thai put two on one; more would reach into other lines.
const MARKS_MAX: usize = 3;

/// Asks for the coloured form of the sign before it. Keyboards of phones add it, and the sign is the same without.
const COLOURED: char = '\u{fe0f}';

/// A letter without a dot: it is blank, although its category is that of a sign.
const BLANK_BRAILLE: char = '\u{2800}';

/// A text cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameInvalid;

/// The name that a text stands for: in the normal form NFC, without spaces around it, with single spaces inside.
///
/// # Errors
///
/// When the text is empty or too long, or has a character that cannot be seen.
pub(crate) fn name_of(text: &str) -> Result<String, NameInvalid> {
    if text.len() > NAME_BYTES_MAX {
        return Err(NameInvalid);
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut name = String::with_capacity(composed.len());
    let (mut chars, mut marks) = (0, 0);
    let mut space_is_due = false;
    for letter in composed.chars().filter(|letter| *letter != COLOURED) {
        match kind_of(letter) {
            Kind::Hidden => return Err(NameInvalid),
            Kind::Space => {
                space_is_due = !name.is_empty();
                continue;
            }
            Kind::Mark if marks == MARKS_MAX || name.is_empty() || space_is_due => {
                return Err(NameInvalid);
            }
            Kind::Mark => marks += 1,
            Kind::Seen => marks = 0,
        }
        if std::mem::take(&mut space_is_due) {
            name.push(' ');
            chars += 1;
        }
        name.push(letter);
        chars += 1;
    }
    if (1..=NAME_CHARS_MAX).contains(&chars) { Ok(name) } else { Err(NameInvalid) }
}

/// The form in which names are compared: two that look the same but for width and case have the same one.
pub(super) fn key_of(name: &str) -> String {
    let compatible = ComposingNormalizerBorrowed::new_nfkc();
    // Upper case first: it makes `ß` and `SS` equal, as the case folding of Unicode does.
    let folded = compatible.normalize(name).to_uppercase().to_lowercase();
    compatible.normalize(&folded).into_owned()
}

/// The name, with the first number from 2 that makes it different from all that are taken. A long name loses its last
/// characters, so that with its number it is a name like any other.
pub(super) fn distinct(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(&key_of(name)) {
        return name.to_owned();
    }
    let numbered = (2u32..).map(|number| with_number(name, number));
    let mut free = numbered.filter(|name| !is_taken(&key_of(name)));
    free.next().expect("fewer names are taken than there are numbers")
}

fn with_number(name: &str, number: u32) -> String {
    let ending = format!(" {number}");
    let kept: String = name.chars().take(NAME_CHARS_MAX - ending.len()).collect();
    format!("{}{ending}", kept.trim_end())
}

/// How a character of a name counts.
enum Kind {
    Seen,
    Mark,
    Space,
    Hidden,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of categories is not ours")]
fn kind_of(letter: char) -> Kind {
    let is_ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter);
    if is_ignorable || letter == BLANK_BRAILLE {
        return Kind::Hidden;
    }
    match CodePointMapData::<GeneralCategory>::new().get(letter) {
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate
        | GeneralCategory::Unassigned
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Kind::Hidden,
        GeneralCategory::SpaceSeparator => Kind::Space,
        GeneralCategory::NonspacingMark
        | GeneralCategory::SpacingMark
        | GeneralCategory::EnclosingMark => Kind::Mark,
        _ => Kind::Seen,
    }
}

#[cfg(test)]
mod tests;
