//! Answers as they come over a plain connection.

use crate::Anything;

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The cookie that the answer sets; empty if it sets none.
    pub(crate) cookie: String,
    pub(crate) body: String,
}

impl Answer {
    /// The answer in the bytes that came so far; `None` until it is whole.
    pub(crate) fn read(bytes: &[u8]) -> Result<Option<Self>, Anything> {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let len: usize = header(&head, "content-length").parse().unwrap_or(0);
        if bytes.len() < end + 4 + len {
            return Ok(None);
        }
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        let cookie = header(&head, "set-cookie").split(';').next().unwrap_or_default();
        let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
        Ok(Some(Self { status, cookie: cookie.to_owned(), body }))
    }
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}

/// The first text under a key: enough for keys that stand nowhere else before.
pub(crate) fn text(body: &str, key: &str) -> Result<String, Anything> {
    let (_, rest) = body.split_once(&format!("\"{key}\":\"")).ok_or_else(|| body.to_owned())?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
