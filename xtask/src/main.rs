//! The project's own commands, so that one language builds, checks and measures it.

fn main() {}
