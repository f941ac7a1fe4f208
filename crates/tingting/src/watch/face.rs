//! The digits of the big clock, three rows high.

/// The height of a digit in rows.
pub(super) const HEIGHT: u16 = 3;

/// The three rows of a text of digits, `:`, `.` and `-`. Any other character is a gap.
pub(super) fn rows(text: &str) -> [String; 3] {
    let mut rows = [String::new(), String::new(), String::new()];
    for sign in text.chars() {
        for (row, part) in rows.iter_mut().zip(glyph(sign)) {
            row.push_str(part);
            row.push(' ');
        }
    }
    rows
}

fn glyph(sign: char) -> [&'static str; 3] {
    match sign {
        '0' => ["█▀▀█", "█  █", "█▄▄█"],
        '1' => [" ▄█ ", "  █ ", " ▄█▄"],
        '2' => ["▀▀▀█", "█▀▀▀", "█▄▄▄"],
        '3' => ["▀▀▀█", " ▀▀█", "▄▄▄█"],
        '4' => ["█  █", "▀▀▀█", "   █"],
        '5' => ["█▀▀▀", "▀▀▀█", "▄▄▄█"],
        '6' => ["█▀▀▀", "█▀▀█", "█▄▄█"],
        '7' => ["▀▀▀█", "  ▄▀", "  █ "],
        '8' => ["█▀▀█", "█▀▀█", "█▄▄█"],
        '9' => ["█▀▀█", "▀▀▀█", "▄▄▄█"],
        ':' => ["▄", "▄", " "],
        '.' => [" ", " ", "▄"],
        '-' => ["    ", "▀▀▀▀", "    "],
        _ => [" ", " ", " "],
    }
}
