//! Pictures of performers: heads without features, so that they are nobody's.

use sale::random::Stream;

use super::palette::Palette;
use super::svg::{begin, escaped, put};

const PORTRAIT: u64 = 0x706f_7274_7261_6974;

const SKINS: [&str; 6] = ["#f6d7bf", "#edc3a3", "#dba582", "#c18a64", "#8f5d40", "#5f3c29"];
const HAIRS: [&str; 7] =
    ["#1d1a1f", "#3a2a25", "#6b4630", "#a8703f", "#d9b26a", "#8a8f98", "#a5486b"];

/// The picture of a performer: 200 by 200.
pub fn portrait(seed: u64, name: &str) -> String {
    let draw = Stream::new(seed, PORTRAIT, 0);
    let palette = Palette::drawn(draw);
    let [quiet, middle, loud, bright] = palette.tones;
    let pick = |at: u64, all: &[&'static str]| {
        all[usize::try_from(draw.below(at, all.len() as u64)).unwrap_or(0) % all.len()]
    };
    let (skin, hair, cloth) = (pick(1, &SKINS), pick(2, &HAIRS), pick(3, &[loud, middle, bright]));
    let mut svg = begin(200, 200, quiet);
    let (x, y) = (60 + draw.below(4, 80), 50 + draw.below(5, 40));
    put(
        &mut svg,
        format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"70\" fill=\"{}\"/>", palette.ground),
    );
    let style = draw.below(6, 6);
    put(&mut svg, format_args!("<g fill=\"{hair}\">{}</g>", behind(style)));
    put(
        &mut svg,
        format_args!(
            "<path d=\"M22 200c4-40 34-54 78-54s74 14 78 54z\" fill=\"{cloth}\"/>\
             <path d=\"M82 116h36v34a18 14 0 0 1-36 0z\" fill=\"{skin}\"/>\
             <path d=\"M82 128a20 12 0 0 0 36 0v10a20 14 0 0 1-36 0z\" fill=\"#000\" fill-opacity=\".16\"/>\
             <ellipse cx=\"100\" cy=\"92\" rx=\"34\" ry=\"42\" fill=\"{skin}\"/>"
        ),
    );
    put(&mut svg, format_args!("<g fill=\"{hair}\">{}</g>", before(style)));
    put(&mut svg, format_args!("<title>{}</title></svg>", escaped(name)));
    svg
}

/// The hair behind the head.
const fn behind(style: u64) -> &'static str {
    match style {
        0 => "<path d=\"M56 92a44 46 0 0 1 88 0v70a20 20 0 0 1-20 12H76a20 20 0 0 1-20-12z\"/>",
        1 => "<path d=\"M54 94a46 48 0 0 1 92 0v34a14 14 0 0 1-14 14H68a14 14 0 0 1-14-14z\"/>",
        2 => "<circle cx=\"100\" cy=\"36\" r=\"20\"/><path d=\"M62 92a38 46 0 0 1 76 0z\"/>",
        3 => "<path d=\"M128 60c34 6 34 60 22 104-12-6-20-30-22-60z\"/>",
        _ => "",
    }
}

/// The hair on the brow.
const fn before(style: u64) -> &'static str {
    match style {
        0 | 3 => {
            "<path d=\"M64 96c-6-34 14-54 38-54s42 20 34 54c-4-18-14-28-24-32-12 14-34 16-48 32z\"/>"
        }
        1 => "<path d=\"M62 90c-4-32 14-48 38-48s42 16 38 48c-10-4-20-6-38-6s-28 2-38 6z\"/>",
        2 => "<path d=\"M65 92c-2-30 12-48 35-48s37 18 35 48c-6-16-18-26-35-26s-29 10-35 26z\"/>",
        4 => {
            "<path d=\"M63 92c-8-34 12-54 40-54 22 0 42 14 34 52-4-10-8-14-12-22-20 6-44 2-52 0-4 8-8 14-10 24z\"/>"
        }
        _ => {
            "<path d=\"M58 82c-2-28 16-44 42-44s44 16 42 44z\"/><path d=\"M50 80h78a8 5 0 0 1 0 9H50z\"/>"
        }
    }
}
