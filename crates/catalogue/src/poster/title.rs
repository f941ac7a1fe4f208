//! The title of a poster, in as few and as large lines as fit.

/// Sizes of letters, in the picture's pixels, the largest first, and how many lines of each there may be.
const SIZES: [(u32, usize); 4] = [(44, 3), (38, 4), (32, 5), (26, 6)];

/// Lines of a title that is too long even for the smallest letters. The page beside it says the whole.
const LINES_MAX: usize = 6;

/// A title as it is set.
pub(super) struct Title {
    size: u32,
    lines: Vec<String>,
}

impl Title {
    /// Sets a title in lines of at most this width.
    pub(super) fn set(title: &str, width: u32) -> Self {
        let fitting = SIZES.iter().find_map(|&(size, most)| {
            let lines = lines(title, width, size)?;
            (lines.len() <= most).then_some(Self { size, lines })
        });
        fitting.unwrap_or_else(|| {
            let (size, _) = SIZES[SIZES.len() - 1];
            let mut lines = broken(title, width, size);
            lines.truncate(LINES_MAX);
            Self { size, lines }
        })
    }

    pub(super) const fn size(&self) -> u32 {
        self.size
    }

    pub(super) fn height(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(0) * self.step()
    }

    /// The lines with the heights of their feet below the title's top.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let step = self.step();
        (1_u32..).zip(&self.lines).map(move |(line, text)| (line * step - step / 5, text.as_str()))
    }

    const fn step(&self) -> u32 {
        self.size * 23 / 20
    }
}

/// A text in lines that break at spaces; `None` if a word is wider than a line.
fn lines(text: &str, width: u32, size: u32) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if width_of(word, size) > width {
            return None;
        }
        match lines.last_mut() {
            Some(line)
                if width_of(line, size) + width_of(" ", size) + width_of(word, size) <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(lines)
}

/// A text in lines that break anywhere.
fn broken(text: &str, width: u32, size: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = width + 1;
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let wide = width_of_char(c, size);
        if used + wide > width {
            lines.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

fn width_of(text: &str, size: u32) -> u32 {
    text.chars().map(|c| width_of_char(c, size)).sum()
}

/// About as wide as common bold faces have it, and rather more: a picture cannot measure its letters.
const fn width_of_char(c: char, size: u32) -> u32 {
    let percent = match c {
        ' ' => 28,
        'i' | 'l' | 'j' | '.' | ',' | '\'' | '!' | '|' | 'I' => 32,
        'm' | 'w' | 'M' | 'W' | '@' => 92,
        'A'..='Z' => 72,
        c if c.is_ascii() => 60,
        _ => 96,
    };
    size * percent / 100
}

#[cfg(test)]
mod tests;
