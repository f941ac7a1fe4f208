//! Posters of concerts and pictures of performers, drawn from a seed as SVG. They are never stored.
//!
//! A picture is a function of its seed and its words, and refers to nothing outside of itself.

mod palette;
mod portrait;
mod scene;
mod svg;
mod title;

use sale::random::Stream;

use palette::Palette;
pub use portrait::portrait;
use svg::{begin, escaped, put};

/// What a picture is drawn for; part of the seed, so that equal numbers give different pictures.
const POSTER: u64 = 0x0070_6f73_7465_7200;

const WIDTH: u32 = 300;
const HEIGHT: u32 = 420;
/// Where words begin, and how far from the edge they end.
const MARGIN: u32 = 24;

/// The poster of a concert: 300 by 420.
pub fn poster(seed: u64, title: &str, venue: &str) -> String {
    let draw = Stream::new(seed, POSTER, 0);
    let palette = Palette::drawn(draw);
    let mut svg = begin(WIDTH, HEIGHT, palette.ground);
    scene::draw(&mut svg, draw, palette);
    words(&mut svg, draw, palette, title, venue);
    svg.push_str("</svg>");
    svg
}

/// The title at the top or at the bottom, on a veil of the ground's colour, and the venue at the foot.
fn words(svg: &mut String, draw: Stream, palette: &Palette, title: &str, venue: &str) {
    let title = title::Title::set(title, WIDTH - 2 * MARGIN);
    let is_high = scene::leaves_room_above(draw);
    let top = if is_high { 34 } else { HEIGHT - 62 - title.height() };
    veil(svg, palette, is_high, top, title.height());
    put(
        svg,
        format_args!("<g fill=\"{}\" font-family=\"sans-serif\" font-weight=\"800\">", palette.ink),
    );
    for (y, line) in title.lines() {
        put(
            svg,
            format_args!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{}\" letter-spacing=\"-1\">{}</text>",
                top + y,
                title.size(),
                escaped(line)
            ),
        );
    }
    let (rule, foot) = (HEIGHT - 44, HEIGHT - 23);
    put(
        svg,
        format_args!(
            "<path d=\"M{MARGIN} {rule}H{}\" stroke=\"{}\" stroke-width=\"1.5\"/>\
             <text x=\"{MARGIN}\" y=\"{foot}\" font-size=\"14\" font-weight=\"600\">{}</text></g>",
            WIDTH - MARGIN,
            palette.ink,
            escaped(venue)
        ),
    );
}

/// Words are read on any drawing: where they stand, the ground shows through it.
fn veil(svg: &mut String, palette: &Palette, is_high: bool, top: u32, height: u32) {
    let (from, to) = if is_high { (1, 0) } else { (0, 1) };
    let ground = palette.ground;
    put(
        svg,
        format_args!(
            "<defs><linearGradient id=\"v\" x2=\"0\" y2=\"1\">\
             <stop offset=\".02\" stop-color=\"{ground}\" stop-opacity=\"{from}\"/>\
             <stop offset=\".34\" stop-color=\"{ground}\" stop-opacity=\".86\"/>\
             <stop offset=\".66\" stop-color=\"{ground}\" stop-opacity=\".86\"/>\
             <stop offset=\".98\" stop-color=\"{ground}\" stop-opacity=\"{to}\"/></linearGradient></defs>"
        ),
    );
    let (y, high) = if is_high {
        (0, top + height + 46)
    } else {
        let y = top.saturating_sub(64);
        (y, HEIGHT - y)
    };
    put(
        svg,
        format_args!("<rect y=\"{y}\" width=\"{WIDTH}\" height=\"{high}\" fill=\"url(#v)\"/>"),
    );
    if is_high {
        let foot = HEIGHT - 44;
        put(
            svg,
            format_args!("<rect y=\"{foot}\" width=\"{WIDTH}\" height=\"44\" fill=\"{ground}\"/>"),
        );
    }
}

#[cfg(test)]
mod tests;
