//! The colours of the watch view. Seats also differ by shape: see `dots`.

use ratatui::style::Color;
use sale::SeatState;

/// A colour for each meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    /// Grape purple: free seats and the name TingTing.
    pub(crate) grape: Color,
    /// Text on grape.
    pub(crate) on_grape: Color,
    /// Held seats.
    pub(crate) held: Color,
    /// Paid seats.
    pub(crate) paid: Color,
    /// Important text.
    pub(crate) text: Color,
    /// Less important text.
    pub(crate) quiet: Color,
    /// Frames and the stage.
    pub(crate) line: Color,
    /// News about the person in the race.
    pub(crate) you: Color,
}

impl Palette {
    /// For terminals with millions of colours, and for pictures.
    pub(crate) const FULL: Self = Self {
        grape: Color::Rgb(0xb0, 0x7c, 0xff),
        on_grape: Color::Rgb(0x17, 0x0f, 0x24),
        held: Color::Rgb(0xff, 0xd1, 0x66),
        paid: Color::Rgb(0x73, 0x68, 0x8c),
        text: Color::Rgb(0xec, 0xe6, 0xf8),
        quiet: Color::Rgb(0xa1, 0x97, 0xb8),
        line: Color::Rgb(0x4a, 0x40, 0x61),
        you: Color::Rgb(0x6e, 0xe7, 0xb7),
    };

    /// For terminals with 256 colours: the nearest ones.
    pub(crate) const INDEXED: Self = Self {
        grape: Color::Indexed(141),
        on_grape: Color::Indexed(233),
        held: Color::Indexed(221),
        paid: Color::Indexed(60),
        text: Color::Indexed(255),
        quiet: Color::Indexed(247),
        line: Color::Indexed(240),
        you: Color::Indexed(85),
    };

    /// No colours.
    pub(crate) const NONE: Self = Self {
        grape: Color::Reset,
        on_grape: Color::Reset,
        held: Color::Reset,
        paid: Color::Reset,
        text: Color::Reset,
        quiet: Color::Reset,
        line: Color::Reset,
        you: Color::Reset,
    };

    /// The palette that suits the terminal, according to the environment.
    pub(crate) fn of_environment() -> Self {
        let variable = |name| std::env::var(name).unwrap_or_default();
        let has_millions = ["truecolor", "24bit"].contains(&variable("COLORTERM").as_str());
        match (variable("NO_COLOR").is_empty(), has_millions) {
            (false, _) => Self::NONE,
            (true, true) => Self::FULL,
            (true, false) => Self::INDEXED,
        }
    }

    /// The colour of seats in a state.
    pub(crate) fn seat(&self, state: SeatState) -> Color {
        match state {
            SeatState::Free => self.grape,
            SeatState::Held => self.held,
            SeatState::Sold => self.paid,
        }
    }
}
