//! Entity tags: with one, a client asks whether the copy that it keeps is still current.

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use data_encoding::HEXLOWER;

/// A strong entity tag, in quotation marks as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Etag(String);

impl Etag {
    /// The tag of a content with this SHA-256. Eight bytes of the hash tell versions of a file apart.
    pub(super) fn of_hash(hash: &[u8; 32]) -> Self {
        Self(format!("\"{}\"", HEXLOWER.encode(&hash[..8])))
    }

    /// The tag as a header's value.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same tag as a weak one, for a content in another form.
    pub(super) fn weak(&self) -> String {
        format!("W/{}", self.0)
    }

    /// Whether the request says that the client keeps a copy with this tag.
    ///
    /// A proxy that compressed the copy may have made the tag a weak one, so a weak tag counts as well.
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        let mut lists = headers.get_all(IF_NONE_MATCH).iter();
        lists.any(|tags| tags.to_str().is_ok_and(|tags| tags.contains(&self.0)))
    }
}
