//! Cookies: those of guests, of browsers that are logged in, and of log-ins under way.
//!
//! None has a prefix `__Host-` in its name: it would need https, which a phone in the same network does without, and guests of
//! a server that moves behind https would lose their races.

use axum::http::header::{CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};

/// Whether the client came by https, as far as the server or its proxy knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsSecure(pub(super) bool);

/// The cookie of a guest.
pub(super) const GUEST: Cookie =
    Cookie { name: "tingting_guest", path: "/", age_s: 400 * 24 * 60 * 60 };
/// The cookie of a browser that is logged in. The server ends a session that it has not seen for a while by itself.
pub(super) const SESSION: Cookie =
    Cookie { name: "tingting_session", path: "/", age_s: 400 * 24 * 60 * 60 };
/// The cookie of a log-in under way.
pub(super) const LOG_IN: Cookie = Cookie { name: "tingting_login", path: "/login", age_s: 10 * 60 };

/// What a cookie is called, where it is sent, and for how long a browser keeps it: 400 days at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cookie {
    name: &'static str,
    path: &'static str,
    age_s: u32,
}

impl Cookie {
    /// The value that a request brings, if it brings one.
    pub(super) fn of(self, headers: &HeaderMap) -> Option<&str> {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).map(str::trim);
        pairs.find_map(|pair| pair.strip_prefix(self.name)?.strip_prefix('='))
    }

    /// Gives a browser the cookie. No cache may keep the answer, since the cookie is for one person.
    pub(super) fn set(self, value: &str, secure: IsSecure, headers: &mut HeaderMap) {
        self.write(value, self.age_s, secure, headers);
    }

    /// Takes the cookie from a browser.
    pub(super) fn clear(self, secure: IsSecure, headers: &mut HeaderMap) {
        self.write("", 0, secure, headers);
    }

    fn write(
        self,
        value: &str,
        age_s: u32,
        IsSecure(is_secure): IsSecure,
        headers: &mut HeaderMap,
    ) {
        let Self { name, path, .. } = self;
        let secure = if is_secure { "; Secure" } else { "" };
        let cookie =
            format!("{name}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite=Lax{secure}");
        let cookie = HeaderValue::from_str(&cookie).expect("letters, digits and signs of ASCII");
        headers.append(SET_COOKIE, cookie);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
