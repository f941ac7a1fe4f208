//! What a poster shows behind its words.

use sale::random::Stream;

use super::palette::Palette;
use super::svg::put;

/// Which drawing; those from here on leave their upper part to the words.
const HIGH_FROM: u64 = 4;
const SCENES: u64 = 8;

const fn which(draw: Stream) -> u64 {
    draw.below(1, SCENES)
}

pub(super) fn leaves_room_above(draw: Stream) -> bool {
    which(draw) >= HIGH_FROM
}

pub(super) fn draw(svg: &mut String, draw: Stream, palette: &Palette) {
    match which(draw) {
        0 => sun(svg, draw, palette),
        1 => arcs(svg, draw, palette),
        2 => tiles(svg, draw, palette),
        3 => grapes(svg, draw, palette),
        4 => stage(svg, draw, palette),
        5 => bars(svg, draw, palette),
        6 => waves(svg, draw, palette),
        _ => night(svg, draw, palette),
    }
}

fn circle(svg: &mut String, (x, y): (u64, u64), radius: u64, fill: &str) {
    put(svg, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>"));
}

/// A large sun cut by bands, over a sea.
fn sun(svg: &mut String, draw: Stream, palette: &Palette) {
    let [quiet, middle, loud, bright] = palette.tones;
    let (x, y) = (100 + draw.below(2, 100), 130 + draw.below(3, 24));
    put(svg, format_args!("<path d=\"M0 0H300V{}H0z\" fill=\"{quiet}\"/>", y + 62));
    circle(svg, (x, y), 104, loud);
    circle(svg, (x, y), 72, bright);
    for band in 0..5 {
        let (top, height) = (y + 20 + 18 * band, 4 + 3 * band);
        let fill = if top < y + 58 { quiet } else { middle };
        put(svg, format_args!("<path d=\"M0 {top}h300v{height}H0z\" fill=\"{fill}\"/>"));
    }
}

/// Arcs of all tones around one corner.
fn arcs(svg: &mut String, draw: Stream, palette: &Palette) {
    let (x, y) = match draw.below(2, 3) {
        0 => (0, 0),
        1 => (300, 0),
        _ => (150, 0),
    };
    let width = 26 + draw.below(3, 12);
    for ring in (0..7).rev() {
        let turn = usize::try_from(ring + draw.below(4, 4)).unwrap_or(0);
        let fill = if ring % 2 == 1 { palette.ground } else { palette.tones[turn / 2 % 4] };
        circle(svg, (x, y), width * (ring + 2), fill);
    }
}

/// Quarter circles in squares, each turned by chance.
fn tiles(svg: &mut String, draw: Stream, palette: &Palette) {
    for tile in 0..16 {
        let (x, y) = (75 * (tile % 4), 75 * (tile / 4));
        let tone = |at: u64| palette.tones[usize::try_from(draw.below(at, 4)).unwrap_or(0) % 4];
        put(
            svg,
            format_args!(
                "<path d=\"M{x} {y}h75v75h-75z\" fill=\"{}\" fill-opacity=\".35\"/>",
                tone(10 + tile)
            ),
        );
        let (left, top, right, foot) = (x, y, x + 75, y + 75);
        let path = match draw.below(30 + tile, 5) {
            0 => format!("M{left} {top}h75a75 75 0 0 1-75 75z"),
            1 => format!("M{right} {top}v75a75 75 0 0 1-75-75z"),
            2 => format!("M{right} {foot}h-75a75 75 0 0 1 75-75z"),
            3 => format!("M{left} {foot}v-75a75 75 0 0 1 75 75z"),
            _ => format!("M{} {top}a37.500 37.500 0 0 1 0 75a37.500 37.500 0 0 1 0-75z", x + 37),
        };
        put(svg, format_args!("<path d=\"{path}\" fill=\"{}\"/>", tone(50 + tile)));
    }
}

/// Round seats as in a hall, some of them lit.
fn grapes(svg: &mut String, draw: Stream, palette: &Palette) {
    let [quiet, middle, loud, bright] = palette.tones;
    for row in 0..8_u64 {
        for seat in 0..8_u64 {
            let at = 8 * row + seat;
            let fill = match draw.below(10 + at, 9) {
                0 => bright,
                1 | 2 => loud,
                3..=5 => middle,
                _ => quiet,
            };
            circle(svg, (42 * seat + 21 * (row % 2), 20 + 38 * row), 16, fill);
        }
    }
}

/// A stage with its lights, and the heads of those who look on.
fn stage(svg: &mut String, draw: Stream, palette: &Palette) {
    let [quiet, middle, loud, bright] = palette.tones;
    for beam in 0..4 {
        let foot = 20 + 70 * beam + draw.below(10 + beam, 60);
        let head = 45 + 70 * beam;
        let fill = if beam % 2 == 0 { bright } else { loud };
        put(
            svg,
            format_args!(
                "<path d=\"M{head} 196L{} 340H{}z\" fill=\"{fill}\" fill-opacity=\".42\"/>",
                foot.saturating_sub(46),
                foot + 46
            ),
        );
        circle(svg, (head, 198), 7, bright);
    }
    put(
        svg,
        format_args!("<ellipse cx=\"150\" cy=\"332\" rx=\"170\" ry=\"26\" fill=\"{middle}\"/>"),
    );
    for head in 0..9 {
        let (x, y) = (36 * head + draw.below(30 + head, 10), 346 + draw.below(50 + head, 14));
        circle(svg, (x, y), 17, quiet);
        put(
            svg,
            format_args!(
                "<path d=\"M{} 420v-30a24 24 0 0 1 48 0v30z\" fill=\"{quiet}\"/>",
                x.saturating_sub(24)
            ),
        );
    }
}

/// Bars as of sound, high and low.
fn bars(svg: &mut String, draw: Stream, palette: &Palette) {
    for bar in 0..11 {
        let high = 50 + draw.below(10 + bar, 120);
        let tone = usize::try_from(draw.below(30 + bar, 3)).unwrap_or(0) + 1;
        let (x, y) = (14 + 25 * bar, 376 - high);
        put(
            svg,
            format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"17\" height=\"{}\" rx=\"8.500\" fill=\"{}\"/>",
                high + 20,
                palette.tones[tone % 4]
            ),
        );
    }
}

/// Bands that swing, one over the other.
fn waves(svg: &mut String, draw: Stream, palette: &Palette) {
    for (wave, tone) in (0_u64..).zip(palette.tones) {
        let (y, bend) = (190 + 52 * wave, 40 + draw.below(10 + wave, 60));
        let shift = draw.below(20 + wave, 150);
        put(
            svg,
            format_args!(
                "<path d=\"M-{shift} {y}q75-{bend} 150 0t150 0t150 0V420H-{shift}z\" fill=\"{tone}\"/>"
            ),
        );
    }
}

/// A moon, stars and hills.
fn night(svg: &mut String, draw: Stream, palette: &Palette) {
    let [quiet, middle, loud, bright] = palette.tones;
    for star in 0..34 {
        let at = (draw.below(10 + star, 300), draw.below(60 + star, 330));
        circle(svg, at, 1 + draw.below(110 + star, 2), bright);
    }
    let (x, y) = (70 + draw.below(2, 160), 236 + draw.below(3, 24));
    circle(svg, (x, y), 44, bright);
    circle(svg, (x + 17, y - 11), 38, palette.ground);
    for (hill, fill) in [(0_u64, loud), (1, middle), (2, quiet)] {
        let (top, bend) = (292 + 32 * hill, 50 + draw.below(150 + hill, 60));
        let shift = draw.below(160 + hill, 140);
        put(
            svg,
            format_args!(
                "<path d=\"M-{shift} {top}q80-{bend} 160 0t160 0t160 0V420H-{shift}z\" fill=\"{fill}\"/>"
            ),
        );
    }
}
