//! Draws seats as dots of braille characters, 2 × 4 dots in each, and reads such characters.
//!
//! A character of free seats is solid, of held seats a chequer, of paid seats two dots, so that one can
//! tell them apart without colours.

use sale::SeatState;

/// Dots in a character, from left to right.
pub(crate) const ACROSS: usize = 2;
/// Dots in a character, from top to bottom.
pub(crate) const DOWN: usize = 4;

/// The character of each state, for a legend.
pub(crate) const MARKS: [(SeatState, char); 3] =
    [(SeatState::Free, '⣿'), (SeatState::Held, '⢕'), (SeatState::Sold, '⢂')];

/// The braille character without a dot. Unicode puts the other 255 after it.
const BLANK: u32 = 0x2800;

/// The bit that Unicode gives to each dot of a braille character, by row and column.
const BITS: [[u32; ACROSS]; DOWN] = [[0, 3], [1, 4], [2, 5], [6, 7]];

/// The character for eight dots, whose states `state_at(across, down)` gives, and the state that gives the
/// character its colour. Paid seats decide the colour only where no seat is free or held. `None` if no dot
/// has a state.
pub(crate) fn character(
    mut state_at: impl FnMut(usize, usize) -> Option<SeatState>,
) -> Option<(char, SeatState)> {
    let (mut bits, mut free, mut held, mut paid) = (0, 0, 0, 0);
    for (down, row) in BITS.iter().enumerate() {
        for (across, bit) in row.iter().enumerate() {
            let is_lit = match state_at(across, down) {
                None => false,
                Some(SeatState::Free) => {
                    free += 1;
                    true
                }
                Some(SeatState::Held) => {
                    held += 1;
                    (across + down).is_multiple_of(2)
                }
                Some(SeatState::Sold) => {
                    paid += 1;
                    (across, down) == (0, 1) || (across, down) == (1, 3)
                }
            };
            bits |= u32::from(is_lit) << bit;
        }
    }
    let state = match () {
        () if free + held + paid == 0 => return None,
        () if free > 0 && free >= held => SeatState::Free,
        () if held > 0 => SeatState::Held,
        () => SeatState::Sold,
    };
    Some((char::from_u32(BLANK + bits).expect("braille has 256 patterns"), state))
}

/// Which dots of `character` are set, by row and column. It must be one of the 256 braille characters.
pub(crate) fn lit(character: char) -> [[bool; ACROSS]; DOWN] {
    let bits = u32::from(character) - BLANK;
    BITS.map(|row| row.map(|bit| bits >> bit & 1 == 1))
}
