//! A plain HTTP client over a connection that it keeps, from an address of the caller's choice.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::Anything;
pub(crate) use crate::answer::{Answer, text};

/// The longest that anybody waits for an answer: longer than the server lets a request take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
pub(crate) struct Line {
    stream: TcpStream,
    host: SocketAddr,
}

/// A visitor as the server knows one: the header of the cookie.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) cookie: String,
}

/// A race of a visitor, who may be inside.
#[derive(Clone)]
pub(crate) struct InRace {
    pub(crate) visitor: Visitor,
    pub(crate) path: String,
    pub(crate) pass: String,
}

/// Connects from one of this machine's own addresses.
pub(crate) async fn connect(from: Ipv4Addr, host: SocketAddr) -> Result<TcpStream, Anything> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((from, 0)))?;
    let stream = timeout(PATIENCE, socket.connect(host)).await??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

impl Line {
    pub(crate) async fn open(from: Ipv4Addr, host: SocketAddr) -> Result<Self, Anything> {
        Ok(Self { stream: connect(from, host).await?, host })
    }

    /// Sends a request and reads the answer. Each of `headers` ends with a line end.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<Answer, Anything> {
        self.say(method, path, headers, body).await?;
        timeout(PATIENCE, self.hear()).await?
    }

    /// Sends a request.
    pub(crate) async fn say(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<(), Anything> {
        let (host, len) = (self.host, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-type: application/json\r\n\
             content-length: {len}\r\n\r\n{body}"
        );
        Ok(self.stream.write_all(request.as_bytes()).await?)
    }

    /// Begins a race of a new visitor.
    pub(crate) async fn begin(&mut self, new: &str) -> Result<InRace, Anything> {
        self.begin_as(Visitor { cookie: String::new() }, new).await
    }

    /// Begins a race.
    pub(crate) async fn begin_as(
        &mut self,
        visitor: Visitor,
        new: &str,
    ) -> Result<InRace, Anything> {
        let begun = self.ask("POST", "/api/races", &visitor.cookie, new).await?;
        let id = text(&begun.body, "id")?;
        let is_new = visitor.cookie.is_empty();
        let cookie = if is_new { format!("cookie: {}\r\n", begun.cookie) } else { visitor.cookie };
        let path = format!("/api/races/{id}");
        Ok(InRace { visitor: Visitor { cookie }, path, pass: String::new() })
    }

    /// Presses the button again and again until the person is inside.
    pub(crate) async fn go_in(&mut self, race: &mut InRace) -> Result<(), Anything> {
        for press in 0.. {
            let seen = self.ask("GET", &race.path, &race.visitor.cookie, "").await?;
            if let Ok(pass) = text(&seen.body, "pass") {
                race.pass = pass;
                break;
            }
            if seen.body.contains("\"stage\":\"open\"") {
                self.act(race, "enter", &format!("enter{press}"), "{}").await?;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Sends a command under a key.
    pub(crate) async fn act(
        &mut self,
        race: &InRace,
        verb: &str,
        key: &str,
        body: &str,
    ) -> Result<Answer, Anything> {
        let InRace { visitor: Visitor { cookie }, path, pass } = race;
        let headers = format!("{cookie}pass: {pass}\r\nidempotency-key: {key}\r\n");
        self.ask("POST", &format!("{path}/{verb}"), &headers, body).await
    }

    async fn hear(&mut self) -> Result<Answer, Anything> {
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        loop {
            if let Some(answer) = Answer::read(&bytes)? {
                return Ok(answer);
            }
            match self.stream.read(&mut chunk).await? {
                0 => return Err("the server hung up".into()),
                count => bytes.extend_from_slice(&chunk[..count]),
            }
        }
    }
}
