//! Tests: From whom a request comes, and for which host.

use axum::http::header::HeaderName;

use super::*;

fn front() -> Front {
    let proxies = ["10.0.0.0/8", "127.0.0.1", "fd00::/8"];
    let trusted_proxies = proxies.map(|proxy| proxy.parse().unwrap()).to_vec();
    Front { trusted_proxies, hosts: vec![] }
}

/// The origin of a request with these headers, as in `1.2.3.4 https`.
fn told(peer: &str, headers: &[(&'static str, &str)]) -> String {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), value.parse().unwrap());
    }
    let Origin { ip, is_secure } = front().origin(peer.parse().unwrap(), &map);
    format!("{ip} {}", if is_secure { "https" } else { "http" })
}

#[test]
fn a35_only_a_trusted_proxy_tells_who_sent_a_request() {
    let for_ = |value| ("x-forwarded-for", value);
    let proto = |value| ("x-forwarded-proto", value);
    let forwarded = |value| ("forwarded", value);
    for (peer, headers, expected) in [
        (
            "9.9.9.9",
            &[for_("1.2.3.4"), proto("https"), forwarded("for=1.2.3.4;proto=https")][..],
            "9.9.9.9 http",
        ),
        ("10.1.1.1", &[], "10.1.1.1 http"),
        ("10.1.1.1", &[for_("1.2.3.4"), proto("https")], "1.2.3.4 https"),
        ("::ffff:10.1.1.1", &[for_("1.2.3.4")], "1.2.3.4 http"),
        // A person wrote the first entry, the proxy the last one.
        ("10.1.1.1", &[for_("6.6.6.6, 1.2.3.4")], "1.2.3.4 http"),
        ("10.1.1.1", &[for_("6.6.6.6"), for_("1.2.3.4")], "1.2.3.4 http"),
        ("10.1.1.1", &[for_("6.6.6.6, 1.2.3.4, 10.2.2.2, 127.0.0.1")], "1.2.3.4 http"),
        ("10.1.1.1", &[for_("10.9.9.9, 10.2.2.2")], "10.9.9.9 http"),
        // What names nobody hides everything before it.
        ("10.1.1.1", &[for_("6.6.6.6, nobody")], "10.1.1.1 http"),
        ("10.1.1.1", &[for_("6.6.6.6, unknown, 10.2.2.2")], "10.2.2.2 http"),
        ("10.1.1.1", &[for_("")], "10.1.1.1 http"),
        ("10.1.1.1", &[for_("6.6.6.6,")], "10.1.1.1 http"),
        ("10.1.1.1", &[for_("1.2.3.4:5678")], "1.2.3.4 http"),
        ("10.1.1.1", &[for_("[2001:db8::1]:5678")], "2001:db8::1 http"),
        ("10.1.1.1", &[for_("2001:db8::1")], "2001:db8::1 http"),
        ("fd00::1", &[for_("[2001:db8::1]")], "2001:db8::1 http"),
        ("10.1.1.1", &[for_("::ffff:1.2.3.4")], "1.2.3.4 http"),
        ("10.1.1.1", &[proto("http, https")], "10.1.1.1 https"),
        ("10.1.1.1", &[proto("https, http")], "10.1.1.1 http"),
        ("10.1.1.1", &[proto("HTTPS")], "10.1.1.1 https"),
        ("10.1.1.1", &[forwarded("for=1.2.3.4;proto=https;by=10.1.1.1")], "1.2.3.4 https"),
        ("10.1.1.1", &[forwarded("For=\"[2001:db8::1]:47\" ; Proto=https")], "2001:db8::1 https"),
        (
            "10.1.1.1",
            &[forwarded("for=6.6.6.6;proto=https, for=1.2.3.4;proto=http")],
            "1.2.3.4 http",
        ),
        (
            "10.1.1.1",
            &[forwarded("for=1.2.3.4;proto=https, for=10.2.2.2;proto=http")],
            "1.2.3.4 https",
        ),
        ("10.1.1.1", &[forwarded("for=_hidden;proto=https")], "10.1.1.1 https"),
        ("10.1.1.1", &[forwarded("nonsense;;=")], "10.1.1.1 http"),
        // Many proxies pass `Forwarded` on as they got it.
        ("10.1.1.1", &[for_("1.2.3.4"), forwarded("for=6.6.6.6;proto=https")], "1.2.3.4 http"),
    ] {
        assert_eq!(told(peer, headers), expected, "{peer} {headers:?}");
    }
}

#[test]
fn a36_a_request_for_another_host_is_refused() {
    let hosts = ["TingTing.example", "192.168.0.7", "[fd00::7]"];
    let front = Front { hosts: hosts.map(|host| host.parse().unwrap()).to_vec(), ..front() };
    let ask = |uri: &str, hosts: &[&str]| {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        front.check_host(&request.body(()).unwrap())
    };
    for host in [
        "tingting.example",
        "TINGTING.EXAMPLE:8080",
        "tingting.example.",
        "192.168.0.7:80",
        "[fd00::7]:80",
    ] {
        assert_eq!(ask("/", &[host]), Ok(()), "{host}");
    }
    for host in [
        "evil.example",
        "",
        "tingting.example@evil.example",
        "x.tingting.example",
        "a b",
        "[fd00::8]",
    ] {
        assert_eq!(ask("/", &[host]), Err(ApiError::Misdirected), "{host}");
    }
    assert_eq!(ask("/", &[]), Err(ApiError::Misdirected));
    assert_eq!(ask("http://tingting.example/", &[]), Ok(()));
    assert_eq!(ask("/", &["tingting.example", "evil.example"]), Err(ApiError::HostInvalid));
}

#[test]
fn a36_a_name_of_a_host_has_no_scheme_and_no_port() {
    for wrong in ["", "http://a.example", "a.example:80", "a b", "a/b", "u@a.example"] {
        assert!(wrong.parse::<HostName>().is_err(), "{wrong}");
    }
    for wrong in ["", "10.0.0.0/33", "proxy.example", "10.0.0.0/8/8"] {
        assert!(wrong.parse::<TrustedProxy>().is_err(), "{wrong}");
    }
}
