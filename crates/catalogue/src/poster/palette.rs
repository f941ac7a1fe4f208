//! Colours that go together. Ink on ground is easy to read in each of them.

use sale::random::Stream;

/// The colours of one picture.
pub(super) struct Palette {
    pub(super) ground: &'static str,
    pub(super) ink: &'static str,
    /// From the quietest to the loudest.
    pub(super) tones: [&'static str; 4],
}

const fn palette(ground: &'static str, ink: &'static str, tones: [&'static str; 4]) -> Palette {
    Palette { ground, ink, tones }
}

const PALETTES: [Palette; 14] = [
    palette("#15122b", "#fff4e0", ["#2b2657", "#5b3fa6", "#e85d75", "#ffc15e"]),
    palette("#0e2433", "#f4fbff", ["#17435c", "#1f7a8c", "#7fd1c7", "#ffe08a"]),
    palette("#f6e7d0", "#2a1a1f", ["#e9c9a3", "#e08e6d", "#b23a48", "#3d405b"]),
    palette("#f2eee6", "#16324f", ["#d5dbe0", "#8fb8de", "#2a628f", "#f4a259"]),
    palette("#2a0f1c", "#ffe9ef", ["#571c36", "#a72b55", "#f26a7e", "#ffd0b5"]),
    palette("#10291f", "#f3fae6", ["#1f4d39", "#3f8f5f", "#b7d968", "#ffd166"]),
    palette("#fbe5ea", "#3b1030", ["#f4c2cf", "#e880a4", "#9b2f7f", "#5a1a70"]),
    palette("#1b1b1e", "#fafafa", ["#34343a", "#6d6a75", "#ff6b35", "#f7c59f"]),
    palette("#e4f0ea", "#12332b", ["#b9d8ca", "#68b39a", "#1f7a68", "#f2784b"]),
    palette("#241a4d", "#f3eeff", ["#3d2f80", "#6f5bd3", "#b79cff", "#8ef0e0"]),
    palette("#fdf0c8", "#3a2405", ["#f8dc8b", "#f4a836", "#d9622b", "#8c2f39"]),
    palette("#0b1d3a", "#eef4ff", ["#173463", "#2f5fb3", "#74a8ff", "#ff8fa3"]),
    palette("#ede7f6", "#2c1b4b", ["#d3c4ea", "#a78bd4", "#6a3fa0", "#ef7b5a"]),
    palette("#301413", "#fff1e6", ["#5c2320", "#a63c2e", "#e8793a", "#ffd08a"]),
];

impl Palette {
    pub(super) fn drawn(draw: Stream) -> &'static Self {
        let at = usize::try_from(draw.below(0, PALETTES.len() as u64)).unwrap_or(0);
        &PALETTES[at % PALETTES.len()]
    }
}
