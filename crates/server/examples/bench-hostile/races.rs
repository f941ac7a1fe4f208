//! The races that attackers ask for.

/// A race that asks for letters before it shows the map.
pub(crate) const LETTERS: &str = r#"{"scenario":"letters"}"#;
/// A race of the largest hall with a large crowd, which opens at once.
pub(crate) const CROWDED: &str = r#"{"scenario":"crowded"}"#;
/// The race that costs most among all that a visitor may ask for.
pub(crate) const LARGEST: &str = r#"{"scenario":"stadium-mega","rivals":1000000}"#;
