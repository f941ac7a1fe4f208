//! The form of names: of files, and of the words and skins that a style file names.

/// Says what [`is_name`] asks for.
pub(crate) const NOT_A_NAME: &str = "must be 1 to 64 lower case letters, digits and hyphens";

/// Whether `name` consists of 1 to 64 lower case letters, digits and hyphens. A file of that name
/// lies in its folder and nowhere else.
pub(crate) fn is_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.len() <= 64 && name.bytes().all(is_plain)
}
