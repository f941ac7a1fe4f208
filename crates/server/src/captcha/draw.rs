//! Draws the letters turned, bent and crossed by lines, yet easy to read for a person.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel coordinates are small, and checked before they are used as an index"
)]

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use sale::random::Stream;

/// Capital letters of `DejaVu` Sans Bold: see `assets/README.md`.
const FONT: &[u8] = include_bytes!("../../assets/letters.ttf");

const WIDTH: usize = 280;
const HEIGHT: usize = 96;
/// The height of the letters in pixels, which leaves white above and below them.
const LETTER_HEIGHT: f32 = 56.0;
/// Names the purpose of the random numbers: "draw" in ASCII.
const DRAW: u64 = 0x6472_6177;
const LINES: u64 = 4;
const DOTS: u64 = 220;

/// One grey value for each pixel; 255 is white.
struct Sheet {
    grey: Vec<u8>,
}

/// The letters as a PNG image. `noise` decides how they are distorted.
pub(super) fn draw(letters: &str, noise: u64) -> Vec<u8> {
    let draws = Stream::new(noise, DRAW, 0);
    let mut sheet = Sheet { grey: vec![255; WIDTH * HEIGHT] };
    let count = letters.chars().count().max(1);
    let room = WIDTH as f32 / (count as f32 + 0.4);
    for (at, letter) in letters.chars().enumerate() {
        let draws = Stream::new(noise, DRAW, 1 + at as u64);
        let middle = (room * (at as f32 + 0.7), HEIGHT as f32 / 2.0);
        sheet.letter(letter, middle, draws);
    }
    let mut sheet = sheet.waved(draws);
    for line in 0..LINES {
        sheet.line(Stream::new(noise, DRAW, 100 + line));
    }
    for dot in 0..DOTS {
        let draws = Stream::new(noise, DRAW, 1000 + dot);
        sheet.darken(
            draws.below(0, WIDTH as u64) as i64,
            draws.below(1, HEIGHT as u64) as i64,
            130,
        );
    }
    sheet.png()
}

/// A random number from `low` to `high`.
fn between(draws: Stream, position: u64, low: f32, high: f32) -> f32 {
    low + (high - low) * draws.unit(position) as f32
}

impl Sheet {
    fn darken(&mut self, x: i64, y: i64, by: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x < WIDTH && y < HEIGHT {
            let grey = &mut self.grey[y * WIDTH + x];
            *grey = grey.saturating_sub(by);
        }
    }

    /// One letter around `middle`, a little turned and moved.
    fn letter(&mut self, letter: char, middle: (f32, f32), draws: Stream) {
        let font = FontRef::try_from_slice(FONT).expect("the font that comes with the program");
        let scale = PxScale::from(LETTER_HEIGHT * between(draws, 0, 0.9, 1.15));
        let glyph: Glyph = font.glyph_id(letter).with_scale_and_position(scale, point(0.0, 0.0));
        let advance = font.as_scaled(scale).h_advance(glyph.id);
        let Some(outline) = font.outline_glyph(glyph) else { return };
        let (sin, cos) = between(draws, 1, -0.3, 0.3).sin_cos();
        let (right, down) = (between(draws, 2, -4.0, 4.0), between(draws, 3, -8.0, 8.0));
        let bounds = outline.px_bounds();
        let (half_x, half_y) = (advance / 2.0, bounds.height() / 2.0);
        outline.draw(|x, y, coverage| {
            // Four dabs for each pixel leave no holes when the letter is turned.
            for (dx, dy) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)] {
                let (x, y) = (x as f32 + dx + bounds.min.x - half_x, y as f32 + dy - half_y);
                let at_x = middle.0 + right + x * cos - y * sin;
                let at_y = middle.1 + down + x * sin + y * cos;
                self.darken(at_x.round() as i64, at_y.round() as i64, (coverage * 120.0) as u8);
            }
        });
    }

    /// The whole sheet bent along two waves.
    fn waved(&self, draws: Stream) -> Self {
        let wave = |at: u64| {
            let (length, phase) =
                (between(draws, at, 60.0, 110.0), between(draws, at + 1, 0.0, 6.3));
            let height = between(draws, at + 2, 2.0, 4.5);
            move |along: f32| height * (along / length * std::f32::consts::TAU + phase).sin()
        };
        let (down, right) = (wave(10), wave(20));
        let pixel = |at: usize| {
            let (x, y) = ((at % WIDTH) as f32, (at / WIDTH) as f32);
            let (from_x, from_y) = ((x + right(y)).round(), (y + down(x)).round());
            let is_on = from_x >= 0.0 && from_y >= 0.0;
            let is_on = is_on && (from_x as usize) < WIDTH && (from_y as usize) < HEIGHT;
            if is_on { self.grey[from_y as usize * WIDTH + from_x as usize] } else { 255 }
        };
        Self { grey: (0..WIDTH * HEIGHT).map(pixel).collect() }
    }

    /// A thin wavy line from edge to edge.
    fn line(&mut self, draws: Stream) {
        let (from, to) = (between(draws, 0, 8.0, 88.0), between(draws, 1, 8.0, 88.0));
        let (height, length) = (between(draws, 2, 3.0, 10.0), between(draws, 3, 40.0, 120.0));
        for x in 0..WIDTH {
            let along = x as f32 / WIDTH as f32;
            let wave = height * (x as f32 / length * std::f32::consts::TAU).sin();
            let y = from + (to - from) * along + wave;
            self.darken(x as i64, y.floor() as i64, 110);
            self.darken(x as i64, y.floor() as i64 + 1, 70);
        }
    }

    fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().expect("memory takes every write");
        writer.write_image_data(&self.grey).expect("as many bytes as the size says");
        writer.finish().expect("memory takes every write");
        bytes
    }
}

#[cfg(test)]
mod tests;
