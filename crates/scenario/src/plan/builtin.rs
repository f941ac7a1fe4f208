//! The specs of the halls that come with the program.

/// Names of the built-in halls, the smallest first. Two of them, `musical` and `arena-10k`, are for
/// calibration: they are as large as halls whose sales were measured.
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
