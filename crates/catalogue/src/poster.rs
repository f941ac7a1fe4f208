//! Posters of concerts and pictures of performers, drawn from a seed as SVG. They are never stored.
//!
//! A picture is a function of its seed and its words, and refers to nothing outside of itself.

use std::fmt::Write as _;

use sale::random::Stream;

/// What a picture is drawn for; part of the seed, so that equal numbers give different pictures.
const POSTER: u64 = 0x0070_6f73_7465_7200;
const PORTRAIT: u64 = 0x706f_7274_7261_6974;

/// Characters in a line of a poster's title.
const LINE_CHARS: usize = 9;
/// Lines of a poster's title. The page beside it says the whole.
const LINES_MAX: usize = 4;

/// The poster of a concert: 300 by 420.
pub fn poster(seed: u64, title: &str, venue: &str) -> String {
    let draw = Stream::new(seed, POSTER, 0);
    let hue = draw.below(0, 360);
    let mut svg = begin(300, 420, hue, (hue + 40 + draw.below(1, 120)) % 360);
    match draw.below(2, 4) {
        0 => rings(&mut svg, draw),
        1 => beams(&mut svg, draw),
        2 => hills(&mut svg, draw),
        _ => dots(&mut svg, draw),
    }
    let lines = lines(title);
    let top = 392 - 34 * lines.len();
    svg.push_str("<g fill=\"#fff\" font-family=\"sans-serif\">");
    for (line, text) in lines.iter().enumerate() {
        let y = top + 34 * line;
        put(
            &mut svg,
            format_args!(
                "<text x=\"22\" y=\"{y}\" font-size=\"29\" font-weight=\"700\">{}</text>",
                escaped(text)
            ),
        );
    }
    put(
        &mut svg,
        format_args!(
            "<text x=\"22\" y=\"396\" font-size=\"13\">{}</text></g></svg>",
            escaped(venue)
        ),
    );
    svg
}

/// The picture of a performer: 200 by 200, a face without features.
pub fn portrait(seed: u64, name: &str) -> String {
    let draw = Stream::new(seed, PORTRAIT, 0);
    let hue = draw.below(0, 360);
    let mut svg = begin(200, 200, hue, (hue + 60 + draw.below(1, 120)) % 360);
    let (skin, hair) = (22 + draw.below(2, 18), draw.below(3, 360));
    let (light, width) = (58 + draw.below(4, 26), 58 + draw.below(5, 16));
    let top = 40 + draw.below(6, 18);
    put(
        &mut svg,
        format_args!(
            "<circle cx=\"100\" cy=\"{}\" r=\"{width}\" fill=\"hsl({hair} 40% 24%)\"/>",
            top + 46
        ),
    );
    put(
        &mut svg,
        format_args!(
            "<ellipse cx=\"100\" cy=\"98\" rx=\"38\" ry=\"46\" fill=\"hsl({skin} 45% {light}%)\"/>"
        ),
    );
    put(
        &mut svg,
        format_args!(
            "<path d=\"M30 200a70 52 0 0 1 140 0z\" fill=\"hsl({} 55% 45%)\"/>",
            (hair + 150) % 360
        ),
    );
    put(&mut svg, format_args!("<title>{}</title></svg>", escaped(name)));
    svg
}

fn begin(width: u32, height: u32, hue: u64, other: u64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><defs>\
         <linearGradient id=\"g\" x2=\"1\" y2=\"1\"><stop stop-color=\"hsl({hue} 62% 42%)\"/>\
         <stop offset=\"1\" stop-color=\"hsl({other} 66% 22%)\"/></linearGradient></defs>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"url(#g)\"/>"
    )
}

fn rings(svg: &mut String, draw: Stream) {
    let (x, y) = (60 + draw.below(10, 180), 90 + draw.below(11, 120));
    for ring in 0..6 {
        let (radius, width) = (24 + 26 * ring, 3 + draw.below(12 + ring, 8));
        put(
            svg,
            format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"#fff\" stroke-opacity=\".3\" stroke-width=\"{width}\"/>"
            ),
        );
    }
}

fn beams(svg: &mut String, draw: Stream) {
    for beam in 0..7 {
        let (x, spread) = (draw.below(10 + beam, 300), 14 + draw.below(20 + beam, 40));
        let (left, right) = (x.saturating_sub(spread), x + spread);
        put(
            svg,
            format_args!(
                "<path d=\"M150 -20L{left} 420H{right}z\" fill=\"#fff\" fill-opacity=\".1\"/>"
            ),
        );
    }
}

fn hills(svg: &mut String, draw: Stream) {
    put(
        svg,
        format_args!(
            "<circle cx=\"{}\" cy=\"110\" r=\"44\" fill=\"#fff\" fill-opacity=\".75\"/>",
            70 + draw.below(9, 160)
        ),
    );
    for hill in 0..4 {
        let (y, bend) = (190 + 46 * hill, 60 + draw.below(10 + hill, 120));
        put(
            svg,
            format_args!(
                "<path d=\"M0 {y}q75 -{bend} 150 0t150 0V420H0z\" fill=\"#000\" fill-opacity=\".17\"/>"
            ),
        );
    }
}

fn dots(svg: &mut String, draw: Stream) {
    for dot in 0..40 {
        let (x, y) = (draw.below(10 + dot, 300), draw.below(60 + dot, 300));
        put(
            svg,
            format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"#fff\" fill-opacity=\".35\"/>",
                2 + draw.below(110 + dot, 9)
            ),
        );
    }
}

/// A title in lines, broken at spaces where a word fits into a line.
fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let room = LINE_CHARS
            .saturating_sub(lines.last().map_or(LINE_CHARS, |line| line.chars().count() + 1));
        match lines.last_mut() {
            Some(line) if word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let letters: Vec<char> = word.chars().collect();
                lines.extend(letters.chunks(LINE_CHARS * 2 - 2).map(|part| part.iter().collect()));
            }
        }
    }
    lines.truncate(LINES_MAX);
    lines
}

/// A text as it may stand in XML. Characters that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn put(svg: &mut String, text: std::fmt::Arguments<'_>) {
    svg.write_fmt(text).expect("a string takes all text");
}

#[cfg(test)]
mod tests;
