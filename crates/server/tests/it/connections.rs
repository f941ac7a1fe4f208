//! Hostile connections, and people who are served beside them (rules A33, A34 and A39).

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde_json::json;
use server::ConnectionLimits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::test_server::{TestServer, until, within_bound};

/// Short enough for a test to wait for.
const BRIEF: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_hours(1);
/// Another address of this machine.
const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

async fn server(limits: ConnectionLimits) -> (TestServer, SocketAddr) {
    let mut server = TestServer::open().await;
    server.stop().await;
    server.connections = limits;
    server.start().await;
    let address = server.base().strip_prefix("http://").unwrap().parse().unwrap();
    (server, address)
}

fn patient() -> ConnectionLimits {
    ConnectionLimits {
        head_within: LONG,
        answer_within: LONG,
        sent_within: LONG,
        read_within: LONG,
        new_burst: 1_000_000,
        new_per_s: 1_000_000,
        ..ConnectionLimits::default()
    }
}

/// Few enough connections for a test to use up.
fn few() -> ConnectionLimits {
    ConnectionLimits { all: 24, from_one_address: 8, ..patient() }
}

/// Waits until the server ends the connection, and returns what it sent before.
async fn to_the_end(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is cut off ends with an error instead of the end of the stream.
    let _cut = within_bound(stream.read_to_end(&mut bytes)).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Connects from the machine's own address with this number, and sends something.
async fn send_from(number: u8, address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, number), 0))).unwrap();
    let mut stream = within_bound(socket.connect(address)).await.unwrap();
    // The server may close the connection before it is written to.
    let _closed = within_bound(stream.write_all(bytes)).await;
    stream
}

/// A request that the server goes on reading.
const NEVER_WHOLE: &[u8] = b"POST /api/races HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
const WHOLE: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n";

/// Whether somebody with this number is answered on a new connection.
async fn is_served(number: u8, address: SocketAddr) -> bool {
    to_the_end(send_from(number, address, WHOLE).await).await.ends_with("ok\n")
}

async fn has_connections(server: &TestServer, count: usize) {
    let words = format!("tingting_connections{{listener=\"people\"}} {count}\n");
    until(|| async { server.metrics().await.contains(&words).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a33_a_waiting_connection_gives_way_to_a_further_one_of_its_address() {
    let (server, address) = server(few()).await;
    let mut held = Vec::new();
    for _ in 0..100 {
        held.push(send_from(1, address, b"G").await);
    }
    has_connections(&server, 8).await;
    assert!(is_served(2, address).await, "somebody at another address is answered");
    assert!(is_served(1, address).await, "somebody behind the same address is answered");
    assert_eq!(to_the_end(held.remove(0)).await, "", "the one that waited longest gave way");
}

#[tokio::test(flavor = "multi_thread")]
async fn a33_an_address_with_its_share_of_busy_connections_leaves_the_rest_to_others() {
    let (server, address) = server(few()).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(send_from(1, address, NEVER_WHOLE).await);
    }
    // One whose head the server has not read yet still waits, and gives way to the next.
    within_bound(async {
        while is_served(1, address).await {
            held.push(send_from(1, address, NEVER_WHOLE).await);
        }
    })
    .await;
    assert!(is_served(2, address).await);
    has_connections(&server, 8).await;
    held.clear();
    until(|| async { is_served(1, address).await.then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a33_many_addresses_that_fill_all_places_leave_one_to_each_who_has_fewer() {
    let (server, address) = server(few()).await;
    for attack in [b"G".as_slice(), NEVER_WHOLE] {
        let mut held = Vec::new();
        for round in 0..40 {
            held.push(send_from(3 + round % 5, address, attack).await);
        }
        has_connections(&server, 24).await;
        for innocent in [8, 9, 10] {
            until(|| async { is_served(innocent, address).await.then_some(()) }).await;
        }
        drop(held);
        has_connections(&server, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a33_a_race_goes_on_beside_ten_thousand_connections_of_one_byte() {
    let limits = ConnectionLimits { all: 200, from_one_address: 100, ..patient() };
    let (server, address) = server(limits).await;
    let fan = server.fan_at(NEIGHBOUR);
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let flood = async {
        let mut held = VecDeque::new();
        for _ in 0..10_000 {
            held.push_back(send_from(1, address, b"G").await);
            if held.len() > 400 {
                held.pop_front();
            }
        }
    };
    let play = async {
        for seat in 0..20 {
            fan.done(&race, "hold", json!({"seats": [seat]})).await;
            fan.done(&race, "release", json!({"seats": [seat]})).await;
        }
    };
    tokio::join!(flood, play);
}

#[tokio::test(flavor = "multi_thread")]
async fn a39_an_address_that_opens_connections_too_fast_is_turned_away_and_others_are_not() {
    let limits = ConnectionLimits { new_burst: 5, new_per_s: 1, ..patient() };
    let (server, address) = server(limits).await;
    let mut held = Vec::new();
    for _ in 0..40 {
        held.push(send_from(1, address, b"G").await);
    }
    let last = held.pop().unwrap();
    assert_eq!(to_the_end(last).await, "", "the last one is closed without an answer");
    assert!(is_served(2, address).await, "somebody at another address is answered");
    // After a while the address may open another one.
    until(|| async { is_served(1, address).await.then_some(()) }).await;
    drop(held);
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_connection_that_sends_no_whole_head_ends() {
    let (_server, address) = server(ConnectionLimits { head_within: BRIEF, ..patient() }).await;
    for head in [
        "",
        "G",
        "GET /healthz HTTP/1.1\r\nhost: t\r\n",
        "GET / HTTP/1.1\r\nupgrade: websocket\r\n",
    ] {
        let said = to_the_end(send_from(1, address, head.as_bytes()).await).await;
        assert_eq!(said, "", "{head:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_bytes_that_trickle_make_a_head_no_longer_lived() {
    let (_server, address) = server(ConnectionLimits { head_within: BRIEF, ..patient() }).await;
    let mut stream = send_from(1, address, b"GET / HTTP/1.1\r\nx: ").await;
    until(async || within_bound(stream.write_all(b"a")).await.is_err().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_connection_that_asks_nothing_more_ends() {
    let (_server, address) = server(ConnectionLimits { head_within: BRIEF, ..patient() }).await;
    let stream = send_from(1, address, b"GET /healthz HTTP/1.1\r\nhost: t\r\n\r\n").await;
    assert!(to_the_end(stream).await.ends_with("ok\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_bytes_that_are_no_request_end_the_connection() {
    let (server, address) = server(patient()).await;
    let long = format!("GET / HTTP/1.1\r\nhost: t\r\nx: {}", "x".repeat(1 << 20));
    let many = format!("GET / HTTP/1.1\r\nhost: t\r\n{}\r\n", "x: y\r\n".repeat(500));
    let path = format!("GET /{} HTTP/1.1\r\nhost: t\r\n\r\n", "x".repeat(1 << 20));
    for (bytes, status) in [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(), "400"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "none"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "400"),
        (b"GET / HTTP/1.1\r\nhost : t\r\n\r\n", "400"),
        (long.as_bytes(), "431"),
        (many.as_bytes(), "431"),
        (path.as_bytes(), "431"),
    ] {
        let said = to_the_end(send_from(1, address, bytes).await).await;
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
        // A system may drop the answer if the server has not read all that was sent.
        assert!(
            said.is_empty() || said.starts_with(&format!("HTTP/1.1 {status}")),
            "{start:?}: {said}"
        );
    }
    has_connections(&server, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_body_without_end_ends_the_connection() {
    let (server, address) = server(patient()).await;
    let head = b"POST /api/races HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut stream = send_from(1, address, head).await;
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    until(async || within_bound(stream.write_all(chunk.as_bytes())).await.is_err().then_some(()))
        .await;
    has_connections(&server, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_requests_sent_ahead_are_answered_one_after_the_other() {
    let (server, address) = server(patient()).await;
    let ahead = b"GET /healthz HTTP/1.1\r\nhost: t\r\n\r\n".repeat(300);
    let said = to_the_end(send_from(1, address, &[&ahead, WHOLE].concat()).await).await;
    assert_eq!(said.matches("HTTP/1.1 200").count(), 301);
    has_connections(&server, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_body_that_does_not_come_ends_the_request_whatever_the_headers_say() {
    let (_server, address) = server(ConnectionLimits { answer_within: BRIEF, ..patient() }).await;
    for header in ["x-none: 1", "upgrade: anything\r\nconnection: upgrade", "expect: 100-continue"]
    {
        let head = format!(
            "POST /api/races HTTP/1.1\r\nhost: t\r\n{header}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
        );
        let said = to_the_end(send_from(1, address, head.as_bytes()).await).await;
        assert!(said.contains("\"timed-out\""), "{header}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_body_that_trickles_ends_the_request() {
    let (_server, address) = server(ConnectionLimits { answer_within: BRIEF, ..patient() }).await;
    let mut stream = send_from(1, address, NEVER_WHOLE).await;
    until(async || within_bound(stream.write_all(b" ")).await.is_err().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_an_answer_that_is_read_too_slowly_ends() {
    let limits = ConnectionLimits {
        head_within: BRIEF,
        answer_within: BRIEF,
        sent_within: BRIEF,
        ..patient()
    };
    let (server, address) = server(limits).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = within_bound(socket.connect(address)).await.unwrap();
    let request = b"GET /openapi.json HTTP/1.1\r\nhost: t\r\n\r\n".repeat(200);
    let _unread = tokio::time::timeout(BRIEF, stream.write_all(&request)).await;
    let mut few = [0; 16];
    until(async || {
        let _read = tokio::time::timeout(BRIEF, stream.read(&mut few)).await;
        let words = "tingting_connections{listener=\"people\"} 0\n";
        server.metrics().await.contains(words).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_client_that_does_not_read_is_let_go() {
    let (server, address) = server(ConnectionLimits { read_within: BRIEF, ..patient() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = b"GET /openapi.json HTTP/1.1\r\nhost: t\r\n\r\n".repeat(200);
    // The server stops reading when its answers are not read, so not all of this may be sent.
    let _unread = tokio::time::timeout(BRIEF, stream.write_all(&request)).await;
    has_connections(&server, 0).await;
    drop(stream);
}

/// Set in the process that has few files.
const FEW_FILES: &str = "TINGTING_TEST_HAS_FEW_FILES";

#[cfg(unix)]
#[test]
fn a33_a_server_without_files_says_so_once_and_serves_when_some_are_free() {
    let test = "connections::a33_a_server_without_files_says_so_once_and_serves_when_some_are_free";
    if std::env::var_os(FEW_FILES).is_some() {
        server::log_to_stderr(server::LogLevel::Warn, server::LogForm::Text);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(use_up_files());
    }
    // The limit holds for a whole process, so the test runs again in a process of its own.
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 100; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(FEW_FILES, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("the system refuses connections").count(), 1, "{said}");
}

/// Holds files until the system refuses connections to the server.
async fn use_up_files() {
    let (_server, address) = server(patient()).await;
    let files = || std::iter::from_fn(|| std::fs::File::open("/dev/null").ok());
    let mut waiting = Vec::new();
    // Each file that ends gives the server a place, which the next one here takes again.
    for _ in 0..3 {
        let socket = TcpSocket::new_v4().unwrap();
        let held: Vec<_> = files().collect();
        waiting.push(within_bound(socket.connect(address)).await.unwrap());
        let refused = tokio::time::timeout(BRIEF, waiting.last_mut().unwrap().readable()).await;
        assert!(refused.is_err() || !held.is_empty());
        drop(held);
    }
    // Some of those that waited may have ended to make room for others.
    assert!(is_served(1, address).await);
}
