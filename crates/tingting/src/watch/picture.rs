//! A buffer of characters as an SVG picture. Dots, blocks and frames are drawn as shapes, so that a
//! picture looks the same whatever fonts there are; words are text, to be read aloud and searched.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use ratatui::text::Span as Run;

use crate::dots;

/// Width and height of a character.
const CELL: (f32, f32) = (9.0, 18.0);

/// Room around the characters.
const MARGIN: f32 = 14.0;

const GROUND: &str = "#17101f";
const DEFAULT_TEXT: &str = "#ece6f8";

const FONTS: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', \
                     'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans Mono CJK KR', monospace";

/// A picture with a title and a description for people who cannot see it.
pub(crate) fn svg(buffer: &Buffer, title: &str, description: &str) -> String {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let width = columns * CELL.0 + 2.0 * MARGIN;
    let height = rows * CELL.1 + 2.0 * MARGIN;
    let mut shapes = Shapes::default();
    for row in 0..buffer.area.height {
        shapes.row(buffer, row);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{GROUND}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" \
         font-size=\"15\">\n{}</g>\n</svg>\n",
        escaped(title),
        escaped(description),
        shapes.finish(),
    )
}

/// The parts of a picture. Paths are grouped by colour, so that each colour is written once.
#[derive(Default)]
struct Shapes {
    grounds: String,
    /// Path data of filled blocks.
    blocks: BTreeMap<String, String>,
    /// Path data of frames.
    frames: BTreeMap<String, String>,
    /// Path data of dots: lines of no length with round ends.
    dots: BTreeMap<String, String>,
    small_dots: BTreeMap<String, String>,
    words: String,
}

impl Shapes {
    fn row(&mut self, buffer: &Buffer, row: u16) {
        let mut column = 0;
        let mut word: Option<Word> = None;
        while column < buffer.area.width {
            let cell = &buffer[(buffer.area.x + column, buffer.area.y + row)];
            let wide = u16::try_from(Run::raw(cell.symbol()).width()).unwrap_or(1).max(1);
            let (x, y) = (f32::from(column) * CELL.0, f32::from(row) * CELL.1);
            self.ground(cell, x, y, wide);
            if cell.symbol() == " " || self.shape(cell, x, y) {
                self.flush(word.take(), y);
            } else {
                let fits = word.as_ref().is_some_and(|word| word.takes(cell, wide));
                if !fits {
                    self.flush(word.take(), y);
                }
                word.get_or_insert_with(|| Word::at(x, cell)).add(cell, wide);
            }
            column += wide;
        }
        self.flush(word, f32::from(row) * CELL.1);
    }

    fn ground(&mut self, cell: &Cell, x: f32, y: f32, wide: u16) {
        if let Some(color) = hex(cell.bg) {
            let width = f32::from(wide) * CELL.0;
            let height = CELL.1;
            // Slightly wider than a cell, so that no gap shows between neighbours.
            let _infallible = writeln!(
                self.grounds,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{height}\" fill=\"{color}\"/>",
                width + 0.3
            );
        }
    }

    /// Draws the character if it is a shape, and returns whether it is one.
    fn shape(&mut self, cell: &Cell, x: f32, y: f32) -> bool {
        let mut signs = cell.symbol().chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return false };
        let color = hex(cell.fg).unwrap_or_else(|| DEFAULT_TEXT.to_owned());
        let (w, h) = CELL;
        let (x1, y1) = (x + w / 2.0, y + h / 2.0);
        let (right, bottom) = (x + w, y + h);
        let path = |paths: &mut BTreeMap<String, String>, data: String| {
            paths.entry(color.clone()).or_default().push_str(&data);
        };
        match sign {
            '█' => path(&mut self.blocks, format!("M{x} {y}h{w}v{h}h-{w}z")),
            '▀' => path(&mut self.blocks, format!("M{x} {y}h{w}v{}h-{w}z", h / 2.0)),
            '▄' => path(&mut self.blocks, format!("M{x} {y1}h{w}v{}h-{w}z", h / 2.0)),
            '▆' => path(&mut self.blocks, format!("M{x} {}h{w}v{}h-{w}z", y + h / 4.0, h / 2.0)),
            '·' => path(&mut self.small_dots, format!("M{x1} {y1}h0")),
            '─' => path(&mut self.frames, format!("M{x} {y1}h{w}")),
            '│' => path(&mut self.frames, format!("M{x1} {y}v{h}")),
            '╭' => path(&mut self.frames, format!("M{x1} {bottom}Q{x1} {y1} {right} {y1}")),
            '╮' => path(&mut self.frames, format!("M{x} {y1}Q{x1} {y1} {x1} {bottom}")),
            '╰' => path(&mut self.frames, format!("M{x1} {y}Q{x1} {y1} {right} {y1}")),
            '╯' => path(&mut self.frames, format!("M{x1} {y}Q{x1} {y1} {x} {y1}")),
            '\u{2800}'..='\u{28ff}' => path(&mut self.dots, braille_path(sign, x, y)),
            _ => return false,
        }
        true
    }

    fn flush(&mut self, word: Option<Word>, y: f32) {
        let Some(Word { x, text, cells, color, is_bold }) = word else { return };
        let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
        let (letters, y) = (text.chars().count(), y + 13.5);
        // The positions are explicit, so that columns line up in every font.
        let place = if usize::from(cells) == letters {
            let length = f32::from(cells) * CELL.0;
            format!("x=\"{x}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            let wide = (0..cells).step_by(2).map(|cell| x + f32::from(cell) * CELL.0 + 1.5);
            let places: Vec<String> = wide.map(|x| x.to_string()).collect();
            format!("x=\"{}\"", places.join(" "))
        };
        let _infallible = writeln!(
            self.words,
            "<text {place} y=\"{y}\" fill=\"{color}\"{weight}>{}</text>",
            escaped(&text)
        );
    }

    fn finish(self) -> String {
        let mut all = self.grounds;
        let mut add = |paths: BTreeMap<String, String>, attributes: &dyn Fn(&str) -> String| {
            for (color, data) in paths {
                let _infallible = writeln!(all, "<path {} d=\"{data}\"/>", attributes(&color));
            }
        };
        add(self.blocks, &|color| format!("fill=\"{color}\" shape-rendering=\"crispEdges\""));
        add(self.frames, &|color| format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"1.2\""));
        let round = |color: &str, width: f32| {
            format!("stroke=\"{color}\" stroke-width=\"{width}\" stroke-linecap=\"round\"")
        };
        add(self.dots, &|color| round(color, 3.6));
        add(self.small_dots, &|color| round(color, 1.8));
        all.push_str(&self.words);
        all
    }
}

/// Neighbouring characters with the same colour and weight.
struct Word {
    x: f32,
    text: String,
    cells: u16,
    color: String,
    is_bold: bool,
}

impl Word {
    fn at(x: f32, cell: &Cell) -> Self {
        let (color, is_bold) = look(cell);
        Self { x, text: String::new(), cells: 0, color, is_bold }
    }

    /// Whether the word can take this character. Wide and narrow characters go into different words, since the
    /// ratio of their widths depends on the font.
    fn takes(&self, cell: &Cell, wide: u16) -> bool {
        let count = u16::try_from(self.text.chars().count()).unwrap_or(u16::MAX);
        look(cell) == (self.color.clone(), self.is_bold) && self.cells == count * wide
    }

    fn add(&mut self, cell: &Cell, wide: u16) {
        self.text.push_str(cell.symbol());
        self.cells += wide;
    }
}

fn look(cell: &Cell) -> (String, bool) {
    let color = hex(cell.fg).unwrap_or_else(|| DEFAULT_TEXT.to_owned());
    (color, cell.modifier.contains(Modifier::BOLD))
}

/// Path data of the dots of a braille character whose cell begins at `x` and `y`.
fn braille_path(character: char, x: f32, y: f32) -> String {
    let mut data = String::new();
    for (row, down) in dots::lit(character).iter().zip([2.25, 6.75, 11.25, 15.75]) {
        for (is_lit, along) in row.iter().zip([2.25, 6.75]) {
            if *is_lit {
                let _infallible = write!(data, "M{} {}h0", x + along, y + down);
            }
        }
    }
    data
}

/// `#rrggbb`; `None` for the terminal's own colours, which a picture does not have.
fn hex(color: Color) -> Option<String> {
    let Color::Rgb(red, green, blue) = color else { return None };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
