//! What a name may look like: names of files, and names that files give to other programs.

/// What [`is_name`] asks for, in words that complete "must be …".
pub(crate) const NAME_FORM: &str = "lower case letters, digits and hyphens, at most 64";

/// Whether `name` consists of 1 to 64 lower case letters, digits and hyphens. A file of that name
/// lies in its folder and nowhere else.
pub(crate) fn is_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.len() <= 64 && name.bytes().all(is_plain)
}
