//! Hostile connections, and people who are served beside them (rules A33 and A34).

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::Client;
use server::ConnectionLimits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::test_server::{TestServer, until};

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
        read_within: LONG,
        ..ConnectionLimits::default()
    }
}

/// Waits until the server ends the connection, and returns what it sent before.
async fn to_the_end(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is cut off ends with an error instead of the end of the stream.
    let _cut = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a33_an_address_with_its_share_of_connections_leaves_the_rest_to_others() {
    let limits = ConnectionLimits { all: 24, from_one_address: 8, ..patient() };
    let (server, address) = server(limits).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"G").await.unwrap();
        held.push(stream);
    }
    until(|| async { server.metrics().await.contains("tingting_connections 8").then_some(()) })
        .await;
    for _ in 0..40 {
        let refused = TcpStream::connect(address).await.unwrap();
        assert_eq!(to_the_end(refused).await, "");
    }
    let other = Client::builder().local_address(Some(NEIGHBOUR.into())).build().unwrap();
    let answer = other.get(format!("http://{address}/healthz")).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "ok\n");
    held.clear();
    until(|| async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = b"GET /healthz HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n";
        // The server may close the connection before it is written to.
        let _closed = stream.write_all(request).await;
        to_the_end(stream).await.ends_with("ok\n").then_some(())
    })
    .await;
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
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let said = to_the_end(stream).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{head:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_connection_that_asks_nothing_more_ends() {
    let (_server, address) = server(ConnectionLimits { head_within: BRIEF, ..patient() }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: t\r\n\r\n").await.unwrap();
    assert!(to_the_end(stream).await.ends_with("ok\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a_body_that_does_not_come_ends_the_request_whatever_the_headers_say() {
    let (_server, address) = server(ConnectionLimits { answer_within: BRIEF, ..patient() }).await;
    for header in ["x-none: 1", "upgrade: anything\r\nconnection: upgrade", "expect: 100-continue"]
    {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /api/races HTTP/1.1\r\nhost: t\r\n{header}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let said = to_the_end(stream).await;
        assert!(said.contains("\"timed-out\""), "{header}: {said}");
    }
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
    until(|| async { server.metrics().await.contains("tingting_connections 0").then_some(()) })
        .await;
    drop(stream);
}
