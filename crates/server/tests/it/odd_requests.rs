//! Requests that no browser sends. Each answer of the API is a problem with a code (rule A38).

use std::net::SocketAddr;

use protocol::Problem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::test_server::{TestServer, within_bound};

/// The answer to one request: its status, its head and its body.
async fn ask(address: SocketAddr, head: &str) -> (u16, String, String) {
    let mut stream = within_bound(TcpStream::connect(address)).await.unwrap();
    let request = format!("{head}connection: close\r\n\r\n");
    within_bound(stream.write_all(request.as_bytes())).await.unwrap();
    let mut bytes = Vec::new();
    within_bound(stream.read_to_end(&mut bytes)).await.unwrap();
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).unwrap_or_default().parse().unwrap_or_default();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

/// Checks that the answer is a problem of this status with this code.
async fn is_problem(address: SocketAddr, head: &str, status: u16, code: &str) {
    let (found, about, body) = ask(address, head).await;
    assert_eq!(found, status, "{head}: {body}");
    assert!(about.contains("content-type: application/problem+json"), "{head}: {about}");
    let problem: Problem = serde_json::from_str(&body).unwrap_or_else(|e| panic!("{head}: {e}"));
    assert_eq!((problem.status, problem.code.to_string().as_str()), (status, code), "{head}");
}

fn address(server: &TestServer) -> SocketAddr {
    server.base().strip_prefix("http://").unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_a_path_that_is_no_text_leads_nowhere() {
    let server = TestServer::open().await;
    let long = "a".repeat(20_000);
    for (path, code) in [
        ("/api/races/%ff", "no-such-race"),
        ("/api/races/%00", "no-such-race"),
        ("/api/races/%", "no-such-race"),
        ("/api/races/%2e%2e%2f%2e%2e", "no-such-race"),
        ("/api/races/%ed%a0%80/seats", "no-such-race"),
        ("/api/races/%ff/captcha/1.png", "no-such-race"),
        ("/api/races/0000000000000000/captcha/%ff", "no-such-race"),
        ("/api/races/0000000000000000/captcha/%00.png", "no-such-captcha"),
        ("/api/plans/%ff", "not-found"),
        ("/api/plans/%00", "no-such-plan"),
        ("/api/plans/1-%F0%9F%92%A9", "no-such-plan"),
        ("/api/%ff", "not-found"),
        ("/api/../../etc/passwd", "not-found"),
        ("/api//", "not-found"),
        ("/api", "not-found"),
        (&format!("/api/races/{long}"), "no-such-race"),
        (&format!("/api/plans/{long}"), "no-such-plan"),
        (&format!("/api/races?{long}"), ""),
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nhost: t\r\n");
        if code.is_empty() {
            assert_eq!(ask(address(&server), &head).await.0, 200);
        } else {
            is_problem(address(&server), &head, 404, code).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_every_method_that_an_address_does_not_take_is_named_with_those_it_takes() {
    let server = TestServer::open().await;
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE", "get"] {
        for (path, allowed) in [("/api/clock", "get,head"), ("/api/races", "get,head,post")] {
            let head = format!("{method} {path} HTTP/1.1\r\nhost: t\r\n");
            is_problem(address(&server), &head, 405, "method-not-allowed").await;
            let (_, about, _) = ask(address(&server), &head).await;
            let line = about.lines().find_map(|line| line.strip_prefix("allow: ")).unwrap();
            let mut takes: Vec<&str> = line.split(',').map(str::trim).collect();
            takes.sort_unstable();
            assert_eq!(takes.join(","), allowed, "{method} {path}");
        }
    }
    for target in ["OPTIONS * HTTP/1.1", "CONNECT t:80 HTTP/1.1", "CONNECT /api/clock HTTP/1.1"] {
        let head = format!("{target}\r\nhost: t\r\n");
        let (status, _, _) = ask(address(&server), &head).await;
        assert!([400, 405].contains(&status), "{target}: {status}");
    }
    let (status, _, body) =
        ask(address(&server), "HEAD /api/nothing HTTP/1.1\r\nhost: t\r\n").await;
    assert_eq!((status, body.as_str()), (404, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_odd_heads_are_answered_like_others() {
    let server = TestServer::open().await;
    let address = address(&server);
    for odd in [
        "accept: nonsense",
        "accept: application/xml;q=0",
        "range: bytes=9-1",
        "range: nonsense",
        "if-none-match: \"",
        "if-none-match: *",
        "if-modified-since: yesterday",
        "accept-language: \u{ff}",
        "accept-encoding: zstd;q=nonsense",
        "cookie: tingting_guest=; tingting_guest=zz; =;;;",
        "te: trailers",
        "expect: nonsense",
        "x-request-id: a b",
    ] {
        let head = format!("GET /api/clock HTTP/1.1\r\nhost: t\r\n{odd}\r\n");
        assert_eq!(ask(address, &head).await.0, 200, "{odd}");
    }
    let absolute = "GET http://t/api/clock HTTP/1.1\r\nhost: t\r\n";
    assert_eq!(ask(address, absolute).await.0, 200);
    is_problem(address, "GET http://t/api/x HTTP/1.1\r\nhost: t\r\n", 404, "not-found").await;
    is_problem(address, "GET /api/clock HTTP/1.1\r\nhost: t\r\nhost: u\r\n", 400, "host-invalid")
        .await;
    // The library answers these by itself, without a body: what it read is no request.
    for broken in [
        "GET /api/clock HTTP/1.1\r\nhost: t\r\ncontent-length: 1\r\ncontent-length: 2\r\n",
        "POST /api/races HTTP/1.1\r\nhost: t\r\ncontent-length: -1\r\n",
        "POST /api/races HTTP/1.1\r\nhost: t\r\ncontent-length: 99999999999999999999\r\n",
        "GET /api clock HTTP/1.1\r\nhost: t\r\n",
        "GET /api/clock HTTP/9.9\r\nhost: t\r\n",
        "GET /api/clock#fragment HTTP/1.1\r\nhost: t\r\n x: folded\r\n",
    ] {
        assert_eq!(ask(address, broken).await.0, 400, "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_a_body_that_is_not_wanted_or_not_whole_is_refused_or_ignored() {
    let server = TestServer::open().await;
    let address = address(&server);
    let post = "POST /api/races HTTP/1.1\r\nhost: t\r\n";
    is_problem(address, post, 415, "media-type").await;
    is_problem(
        address,
        &format!("{post}content-type: application/json\r\n"),
        400,
        "json-malformed",
    )
    .await;
    let enter =
        "POST /api/races/0000000000000000/enter HTTP/1.1\r\nhost: t\r\nidempotency-key: k\r\n";
    is_problem(address, enter, 404, "no-such-race").await;
}
