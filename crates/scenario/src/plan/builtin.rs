//! The halls that come with the program, as specs.

/// Names of the built-in halls, the smallest first. Two are for calibration: `musical` and
/// `arena-10k` have the size of halls whose sales have been measured.
pub const BUILTIN_NAMES: [&str; 7] =
    ["theatre", "musical", "hall", "arena-10k", "arena", "dome", "stadium"];

/// The spec of a built-in hall as TOML; `None` for any other name.
pub fn builtin(name: &str) -> Option<&'static str> {
    let spec = match name {
        "theatre" => include_str!("../../../../data/plans/theatre.toml"),
        "musical" => include_str!("../../../../data/plans/musical.toml"),
        "hall" => include_str!("../../../../data/plans/hall.toml"),
        "arena-10k" => include_str!("../../../../data/plans/arena-10k.toml"),
        "arena" => include_str!("../../../../data/plans/arena.toml"),
        "dome" => include_str!("../../../../data/plans/dome.toml"),
        "stadium" => include_str!("../../../../data/plans/stadium.toml"),
        _ => return None,
    };
    Some(spec)
}
