//! Labels that count: `A, B … Z, AA`, and `201, 202`.

#[cfg(test)]
mod tests;

/// The label `steps` after `first`: numbers count up, capital letters go on with `AA` after `Z`.
/// `None` if `first` is neither or the count leaves the range.
pub(super) fn label_after(first: &str, steps: u32) -> Option<String> {
    if first.bytes().all(|byte| byte.is_ascii_digit()) {
        let start: u32 = first.parse().ok()?;
        return Some(start.checked_add(steps)?.to_string());
    }
    letters(letters_index(first)?.checked_add(steps)?)
}

/// `A` is 0, `Z` is 25, `AA` is 26.
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
