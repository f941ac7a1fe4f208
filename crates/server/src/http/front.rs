//! What stands in front of the server: the proxies whose word it takes, and the names under which it is reached.
//!
//! A proxy tells in headers who sent a request, and anybody can send such headers. They count only on a connection that
//! comes from a trusted proxy itself.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Request};
use ipnet::IpNet;
use serde::Deserialize;

use crate::problem::ApiError;

const X_FORWARDED_FOR: &str = "x-forwarded-for";
const X_FORWARDED_PROTO: &str = "x-forwarded-proto";
const FORWARDED: &str = "forwarded";

/// What stands in front of the server.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The proxies that are believed when they tell from whom a request comes.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// The names of the server. A request for another name is refused. Empty: the server answers to every name.
    pub hosts: Vec<HostName>,
}

/// An address, or all addresses of a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TrustedProxy(IpNet);

impl FromStr for TrustedProxy {
    type Err = ipnet::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<IpAddr>()
            .map_or_else(|_| text.parse(), |ip| Ok(IpNet::from(ip.to_canonical())))
            .map(Self)
    }
}

impl TryFrom<String> for TrustedProxy {
    type Error = ipnet::AddrParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for TrustedProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name or address of a server, without a port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct HostName(String);

/// A text is no name of a host.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a name such as `tingting.example` is needed, without a scheme and without a port")]
pub struct HostNameInvalid;

impl FromStr for HostName {
    type Err = HostNameInvalid;

    fn from_str(text: &str) -> Result<Self, HostNameInvalid> {
        let authority: Authority = text.parse().map_err(|_| HostNameInvalid)?;
        let is_whole = authority.host() == text && !text.is_empty();
        if is_whole { Ok(Self(name_of(text))) } else { Err(HostNameInvalid) }
    }
}

impl TryFrom<String> for HostName {
    type Error = HostNameInvalid;

    fn try_from(text: String) -> Result<Self, HostNameInvalid> {
        text.parse()
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// From where a request comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// The address of the person's machine, as far as trusted proxies know it.
    pub(super) ip: IpAddr,
    /// Whether a trusted proxy says that it came by https.
    pub(super) is_secure: bool,
}

impl Front {
    /// Logs what is in force.
    pub(crate) fn log(&self) {
        let list = |words: Vec<String>| words.join(" ");
        let proxies = list(self.trusted_proxies.iter().map(ToString::to_string).collect());
        let hosts = list(self.hosts.iter().map(ToString::to_string).collect());
        tracing::info!(
            trusted_proxies = proxies,
            hosts,
            "empty: no proxy is trusted, every name is served"
        );
    }

    pub(super) fn trusts(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.trusted_proxies.iter().any(|TrustedProxy(network)| network.contains(&ip))
    }

    /// From where a request comes that `peer` sent.
    ///
    /// `X-Forwarded-For` counts before `Forwarded`, which many proxies pass on as they got it.
    pub(super) fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> Origin {
        if !self.trusts(peer) {
            return Origin { ip: peer, is_secure: false };
        }
        let hops = hops(headers);
        let (mut ip, mut scheme) = (peer, None);
        for hop in hops.iter().rev() {
            // Who wrote this entry is trusted. Where it names nobody, its writer is the nearest that is known.
            scheme = hop.scheme.or(scheme);
            let Some(before) = hop.ip else { break };
            ip = before;
            if !self.trusts(before) {
                break;
            }
        }
        let scheme = values(headers, X_FORWARDED_PROTO).last().or(scheme);
        Origin { ip, is_secure: scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https")) }
    }

    /// Refuses a request for a host that is not this one, or for several.
    pub(super) fn check_host<B>(&self, request: &Request<B>) -> Result<(), ApiError> {
        if request.headers().get_all(HOST).iter().count() > 1 {
            return Err(ApiError::HostInvalid);
        }
        if self.hosts.is_empty() {
            return Ok(());
        }
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        let host: Option<Authority> = match host {
            Some(host) => host.parse().ok(),
            None => request.uri().authority().cloned(),
        };
        let name = host.map(|host| name_of(host.host()));
        let is_ours = name.is_some_and(|name| self.hosts.iter().any(|host| host.0 == name));
        if is_ours { Ok(()) } else { Err(ApiError::Misdirected) }
    }
}

/// One entry of what proxies write: from whom they got a request, and how.
#[derive(Debug)]
struct Hop<'a> {
    ip: Option<IpAddr>,
    scheme: Option<&'a str>,
}

fn hops(headers: &HeaderMap) -> Vec<Hop<'_>> {
    if headers.contains_key(X_FORWARDED_FOR) {
        let entries = values(headers, X_FORWARDED_FOR);
        return entries.map(|entry| Hop { ip: address(entry), scheme: None }).collect();
    }
    let hop = |element| Hop {
        ip: parameter(element, "for").and_then(address),
        scheme: parameter(element, "proto"),
    };
    values(headers, FORWARDED).map(hop).collect()
}

/// The entries of a header that is a list, over all lines in which it comes. A line that is no text has one entry that
/// is empty.
fn values<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// The value of a parameter in an element of `Forwarded`.
fn parameter<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"'))
}

/// The address in an entry, which may have a port. A proxy may also write a word, which is no address.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim_matches('"');
    let bare = entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']')).unwrap_or(entry);
    let with_port = || entry.parse::<SocketAddr>().map(|address| address.ip());
    bare.parse().or_else(|_| with_port()).ok().map(|ip: IpAddr| ip.to_canonical())
}

/// A host's name in the form in which names are compared.
fn name_of(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
