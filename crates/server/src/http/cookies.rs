//! Cookies: those of guests, of browsers that are logged in, and of log-ins under way. Rules L7 and L31.
//!
//! Behind https each has the prefix `__Host-` in its name. A browser takes such a cookie from this very host by https alone, and
//! sends one of the name. So neither another host of the domain nor somebody on the way by http can plant one. Without https, as
//! for a phone in the same network, browsers refuse the prefix, and the name is plain.
//!
//! A guest who has a cookie of the plain name keeps what there is when a server moves behind https. A session is not taken over:
//! whoever planted one would have logged somebody else in as themselves, and logging in again costs little.

use axum::http::header::{CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};

use crate::accounts::Present;

/// Whether the client came by https, as far as the server or its proxy knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsSecure(pub(super) bool);

/// Who is logged in at the browser of a request, as its session's cookie says.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtBrowser(pub(super) Option<Present>);

/// The cookie of a guest.
pub(super) const GUEST: Cookie = Cookie {
    plain_name: "tingting_guest",
    host_name: "__Host-tingting_guest",
    path: "/",
    age_s: 400 * 24 * 60 * 60,
};
/// The cookie of a browser that is logged in. The server ends a session that it has not seen for a while by itself.
pub(super) const SESSION: Cookie = Cookie {
    plain_name: "tingting_session",
    host_name: "__Host-tingting_session",
    path: "/",
    age_s: 400 * 24 * 60 * 60,
};
/// The cookie of a log-in under way.
pub(super) const LOG_IN: Cookie = Cookie {
    plain_name: "tingting_login",
    host_name: "__Host-tingting_login",
    path: "/login",
    age_s: 10 * 60,
};

/// What a cookie is called, where it is sent, and for how long a browser keeps it: 400 days at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cookie {
    plain_name: &'static str,
    /// Its name behind https.
    host_name: &'static str,
    /// Where it is sent under its plain name. Under the other it is sent everywhere: browsers want that.
    path: &'static str,
    age_s: u32,
}

impl Cookie {
    /// The value that a request brings, if it brings one. Of two of the name somebody may have planted either, so neither counts.
    pub(super) fn of(self, secure: IsSecure, headers: &HeaderMap) -> Option<&str> {
        only(self.name(secure), headers)
    }

    /// The value that a request by https brings under the plain name, which the cookie had before the server was behind https.
    pub(super) fn of_before_https(self, secure: IsSecure, headers: &HeaderMap) -> Option<&str> {
        let IsSecure(is_secure) = secure;
        let has_none = is_secure && all(self.host_name, headers).next().is_none();
        has_none.then(|| only(self.plain_name, headers)).flatten()
    }

    /// Gives a browser the cookie. No cache may keep the answer, since the cookie is for one person.
    pub(super) fn set(self, value: &str, secure: IsSecure, headers: &mut HeaderMap) {
        self.write(value, self.age_s, secure, headers);
    }

    /// Takes the cookie from a browser.
    pub(super) fn clear(self, secure: IsSecure, headers: &mut HeaderMap) {
        self.write("", 0, secure, headers);
    }

    fn name(self, IsSecure(is_secure): IsSecure) -> &'static str {
        if is_secure { self.host_name } else { self.plain_name }
    }

    fn write(self, value: &str, age_s: u32, secure: IsSecure, headers: &mut HeaderMap) {
        let name = self.name(secure);
        let IsSecure(is_secure) = secure;
        let (path, secure) = if is_secure { ("/", "; Secure") } else { (self.path, "") };
        let cookie =
            format!("{name}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite=Lax{secure}");
        let cookie = HeaderValue::from_str(&cookie).expect("letters, digits and signs of ASCII");
        headers.append(SET_COOKIE, cookie);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The value of the one cookie with this name; `None` if there are several.
fn only<'a>(name: &'static str, headers: &'a HeaderMap) -> Option<&'a str> {
    let mut values = all(name, headers);
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

fn all<'a>(name: &'static str, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).map(str::trim);
    pairs.filter_map(move |pair| pair.strip_prefix(name)?.strip_prefix('='))
}
