//! Labels that follow one another: `A, B … Z, AA`, and `201, 202`.

#[cfg(test)]
mod tests;

/// The label `steps` after `first`. After `Z` comes `AA`. `None` if `first` is neither a number nor
/// one to three capital letters, or if there is no such label.
pub(super) fn label_after(first: &str, steps: u32) -> Option<String> {
    if first.bytes().all(|byte| byte.is_ascii_digit()) {
        let start: u32 = first.parse().ok()?;
        return Some(start.checked_add(steps)?.to_string());
    }
    letters(letters_index(first)?.checked_add(steps)?)
}

/// The number of a label of letters: 0 for `A`, 25 for `Z`, 26 for `AA`.
fn letters_index(label: &str) -> Option<u32> {
    let is_label = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_uppercase());
    if !is_label {
        return None;
    }
    Some(label.bytes().fold(0, |value, byte| value * 26 + u32::from(byte - b'A') + 1) - 1)
}

fn letters(index: u32) -> Option<String> {
    let mut left = index.checked_add(1)?;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).ok()?));
        left /= 26;
    }
    Some(letters.iter().rev().collect())
}
