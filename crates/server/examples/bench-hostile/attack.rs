//! The attacks: each is what one visitor does from one address, without a pause, until the process is killed.
//!
//! An attacker takes any answer. Whatever the server refuses or closes, the attacker tries again.

mod limits;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::Anything;
use crate::innocent::CALM;
use crate::races::{CROWDED, LARGEST, LETTERS};
use crate::wire::{InRace, Line, Visitor, connect};

/// The attacker's address. Innocent people come from others.
const FROM: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Connections of an attacker who sends requests.
const LINES: usize = 60;
/// Connections that are opened and left.
const HALF_OPEN: usize = 10_000;
/// Bytes of a method that nobody knows.
const METHOD_BYTES: usize = 20_000;
/// Guests for whom one attacker begins races.
const GUESTS: usize = 64;
/// Reports that are held open.
const HELD: usize = 30;
/// Pings that are sent before the attacker looks at what came back.
const PINGS: usize = 1_000;
/// Between two tries of an attacker who was turned away.
const AGAIN: Duration = Duration::from_millis(20);

/// What an attacker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attack {
    /// Sends requests with long methods that nobody knows, each another one.
    Methods,
    /// Begins races with the largest hall and crowd, and does nothing in them.
    Abandoned,
    /// Opens connections and sends one byte on each.
    HalfOpen,
    /// Sends pings on one live connection.
    Pings,
    /// Begins small races for many guests.
    Filling,
    /// Asks for a costly report and hangs up, again and again.
    ReportsDropped,
    /// Asks for a costly report many times at once, and waits.
    ReportsHeld,
    /// Asks for the image of a captcha.
    Captchas,
    /// Begins costly races over many connections at once.
    Creations,
}

impl Attack {
    pub(crate) const ALL: [Self; 9] = [
        Self::Methods,
        Self::Abandoned,
        Self::HalfOpen,
        Self::Pings,
        Self::Filling,
        Self::ReportsDropped,
        Self::ReportsHeld,
        Self::Captchas,
        Self::Creations,
    ];

    /// The word of the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Methods => "methods",
            Self::Abandoned => "abandoned",
            Self::HalfOpen => "half-open",
            Self::Pings => "pings",
            Self::Filling => "filling",
            Self::ReportsDropped => "reports-dropped",
            Self::ReportsHeld => "reports-held",
            Self::Captchas => "captchas",
            Self::Creations => "creations",
        }
    }

    /// What a table calls it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Methods => "requests with unknown methods of 20 KB",
            Self::Abandoned => "100 abandoned races with a million rivals each",
            Self::HalfOpen => "10,000 connections with one byte each",
            Self::Pings => "pings without end on one live connection",
            Self::Filling => "races for 64 guests, as many as it takes",
            Self::ReportsDropped => "reports of a crowded race, asked for and dropped",
            Self::ReportsHeld => "30 reports of a crowded race at once",
            Self::Captchas => "captchas over 60 connections",
            Self::Creations => "races with a million rivals over 60 connections",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attack| attack.name() == name)
    }

    /// Attacks until the process is killed.
    pub(crate) fn go_on(self, host: SocketAddr) -> Result<(), Anything> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            loop {
                // An attacker who was turned away tries again.
                let _turned_away = self.go(host).await.is_err();
                tokio::time::sleep(AGAIN).await;
            }
        })
    }

    async fn go(self, host: SocketAddr) -> Result<(), Anything> {
        match self {
            Self::Methods => methods(host).await,
            Self::Abandoned => abandoned(host).await,
            Self::HalfOpen => half_open(host).await,
            Self::Pings => pings(host).await,
            Self::Filling => filling(host).await,
            Self::ReportsDropped => reports_dropped(host).await,
            Self::ReportsHeld => reports_held(host).await,
            Self::Captchas => captchas(host).await,
            Self::Creations => creations(host).await,
        }
    }
}

/// Sends a method of its own with each request.
async fn methods(host: SocketAddr) -> Result<(), Anything> {
    let mut line = Line::open(FROM, host).await?;
    for number in 0u64.. {
        let method = format!("{number:A>METHOD_BYTES$}");
        line.ask(&method, "/healthz", "", "").await?;
    }
    Ok(())
}

/// Begins a hundred races, each as another guest, and then waits for what the server makes of them.
async fn abandoned(host: SocketAddr) -> Result<(), Anything> {
    let mut line = Line::open(FROM, host).await?;
    for _ in 0..100 {
        // A refusal ends nothing: the attacker wants as many as can be had.
        let _begun = line.begin(LARGEST).await.is_ok();
    }
    std::future::pending().await
}

/// Opens connections and leaves them, and opens another one for each that the server closes.
async fn half_open(host: SocketAddr) -> Result<(), Anything> {
    let mut open: Vec<TcpStream> = Vec::with_capacity(HALF_OPEN);
    loop {
        open.retain(is_open);
        while open.len() < HALF_OPEN {
            let mut stream = connect(FROM, host).await?;
            stream.write_all(b"G").await?;
            open.push(stream);
            if open.len().is_multiple_of(500) {
                open.retain(is_open);
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Whether the server has not closed the connection.
fn is_open(stream: &TcpStream) -> bool {
    matches!(stream.try_read(&mut [0; 1]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}

/// Sends pings as fast as the connection takes them.
async fn pings(host: SocketAddr) -> Result<(), Anything> {
    let race = Line::open(FROM, host).await?.begin(CALM).await?;
    let mut request = format!("ws://{host}{}/live", race.path).into_client_request()?;
    let cookie = race.visitor.cookie.trim_start_matches("cookie: ").trim_end().parse()?;
    request.headers_mut().insert("cookie", cookie);
    let (socket, _) = client_async(request, connect(FROM, host).await?).await?;
    let (mut sink, mut stream) = socket.split();
    let send = async {
        loop {
            for _ in 0..PINGS {
                sink.feed(Message::text(r#"{"type":"ping","echo":0}"#)).await?;
            }
            sink.flush().await?;
        }
    };
    let hear = async {
        while let Some(heard) = stream.next().await {
            let _pong: Message = heard?;
        }
        Err::<(), Anything>("the server closed the connection".into())
    };
    tokio::select! {
        sent = send => sent,
        heard = hear => heard,
    }
}

/// Begins races for one guest after the other.
async fn filling(host: SocketAddr) -> Result<(), Anything> {
    let mut line = Line::open(FROM, host).await?;
    let mut guests = vec![Visitor { cookie: String::new() }; GUESTS];
    for at in (0..GUESTS).cycle() {
        if let Ok(race) = line.begin_as(guests[at].clone(), CALM).await {
            guests[at] = race.visitor;
        }
    }
    Ok(())
}

/// Asks for a report and hangs up before it comes.
async fn reports_dropped(host: SocketAddr) -> Result<(), Anything> {
    let race = over(host).await?;
    loop {
        let mut line = Line::open(FROM, host).await?;
        line.say("GET", &format!("{}/report", race.path), &race.visitor.cookie, "").await?;
        tokio::time::sleep(AGAIN).await;
    }
}

/// Asks for the same report many times at once.
async fn reports_held(host: SocketAddr) -> Result<(), Anything> {
    let race = over(host).await?;
    on_many(HELD, || {
        let race = race.clone();
        async move {
            let mut line = Line::open(FROM, host).await?;
            loop {
                let path = format!("{}/report", race.path);
                line.ask("GET", &path, &race.visitor.cookie, "").await?;
            }
        }
    })
    .await
}

/// A crowded race whose only person left it.
async fn over(host: SocketAddr) -> Result<InRace, Anything> {
    let mut line = Line::open(FROM, host).await?;
    let mut race = line.begin(CROWDED).await?;
    line.go_in(&mut race).await?;
    line.act(&race, "leave", "leave", "{}").await?;
    Ok(race)
}

/// Asks for the image of a captcha, over many connections.
async fn captchas(host: SocketAddr) -> Result<(), Anything> {
    let mut first = Line::open(FROM, host).await?;
    let mut race = first.begin(LETTERS).await?;
    first.go_in(&mut race).await?;
    on_many(LINES, || {
        let race = race.clone();
        async move {
            let mut line = Line::open(FROM, host).await?;
            for number in 0u64.. {
                let key = format!("renew{number}");
                line.act(&race, "captcha/renew", &key, "{}").await?;
                let path = format!("{}/captcha/{}.png", race.path, number % 32 + 1);
                line.ask("GET", &path, &race.visitor.cookie, "").await?;
            }
            Ok(())
        }
    })
    .await
}

/// Begins races over many connections at once, each as another guest.
async fn creations(host: SocketAddr) -> Result<(), Anything> {
    on_many(LINES, || async move {
        let mut line = Line::open(FROM, host).await?;
        loop {
            line.ask("POST", "/api/races", "", LARGEST).await?;
        }
    })
    .await
}

/// Does the same many times at once, and begins again whatever ends.
async fn on_many<F>(count: usize, work: impl Fn() -> F) -> Result<(), Anything>
where
    F: Future<Output = Result<(), Anything>> + Send + 'static,
{
    let mut all = JoinSet::new();
    (0..count).for_each(|_| {
        all.spawn(work());
    });
    while let Some(ended) = all.join_next().await {
        let _turned_away = ended?.is_err();
        tokio::time::sleep(AGAIN).await;
        all.spawn(work());
    }
    Ok(())
}
