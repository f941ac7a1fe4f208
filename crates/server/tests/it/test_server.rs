//! A server for one test, and people who use it.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::Ipv4Addr;
use std::ops::Deref;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use journal::{Log, SaleId, SqliteStore};
use practice::{Header, Practice};
use protocol::{Commanded, FromServer, Outcome, Race, RaceState, RaceView, You};
use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, StatusCode};
use scenario::{Course, Recipe};
use serde_json::{Value, json};
use server::{
    Capacity, ConnectionLimits, DatabaseUrl, Front, MetricsAt, Options, Patience, ProviderOptions,
    RequestRates, Retention, Server, ServerError, Timetable,
};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::library;
use crate::open_id::{AbsentProvider, OpenIdProvider};

/// The longest wait of a test. Chosen: nothing takes as long, even on a busy machine.
const BOUND: Duration = Duration::from_mins(1);
/// The time between two looks at a value that a test waits for.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// A server in a temporary folder.
pub(crate) struct TestServer {
    folder: TempDir,
    server: Option<Server>,
    patience: Patience,
    pub(crate) retention: Retention,
    pub(crate) capacity: Capacity,
    pub(crate) connections: ConnectionLimits,
    pub(crate) rates: RequestRates,
    pub(crate) front: Front,
    pub(crate) open_races: Option<Timetable>,
    pub(crate) database: Option<DatabaseUrl>,
    pub(crate) demo: bool,
    pub(crate) providers: Vec<ProviderOptions>,
    provider: Option<OpenIdProvider>,
    /// How far the server's clock is ahead of the machine's. More at each start lets time pass in between.
    pub(crate) clock_ahead: Duration,
    shared: Client,
}

/// A person with a browser.
pub(crate) struct Fan {
    base: String,
    http: Client,
    /// Cookies by name, as a browser keeps them.
    cookies: Mutex<BTreeMap<String, String>>,
    keys: AtomicU64,
}

/// A race as the server last told it: the part that never changes, and the state.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) id: String,
    pub(crate) race: Race,
    pub(crate) state: RaceState,
}

impl Deref for Seen {
    type Target = RaceState;

    fn deref(&self) -> &RaceState {
        &self.state
    }
}

impl From<RaceView> for Seen {
    fn from(RaceView { race, state }: RaceView) -> Self {
        Self { id: race.id.clone(), race, state }
    }
}

/// An accepted command.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) outcome: Outcome,
    pub(crate) race: Seen,
}

impl Done {
    /// The answer to a command in `race`.
    pub(crate) fn of(race: &Seen, answer: &Answer) -> Self {
        let Commanded { outcome, state } = answer.json();
        Self { outcome, race: Seen { state, ..race.clone() } }
    }
}

/// The answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestServer {
    pub(crate) async fn open() -> Self {
        Self::open_with(patient()).await
    }

    pub(crate) async fn open_with(patience: Patience) -> Self {
        let mut server = Self::closed(patience);
        server.start().await;
        server
    }

    /// A server with its catalogue in a database, or in a file if there is none.
    pub(crate) async fn open_in(database: Option<DatabaseUrl>) -> Self {
        let mut server = Self { database, ..Self::closed(patient()) };
        server.start().await;
        server
    }

    /// A server with a provider, by which [`Fan::log_in`] logs people in.
    pub(crate) async fn open_with_log_in() -> Self {
        Self::open_with_log_in_behind(Front::default()).await
    }

    /// The same behind a proxy.
    pub(crate) async fn open_with_log_in_behind(front: Front) -> Self {
        Self { front, ..Self::closed(patient()) }.start_with_log_in().await
    }

    /// The same with its catalogue in a database.
    pub(crate) async fn open_with_log_in_and(database: DatabaseUrl) -> Self {
        Self { database: Some(database), ..Self::closed(patient()) }.start_with_log_in().await
    }

    async fn start_with_log_in(mut self) -> Self {
        let provider = OpenIdProvider::start();
        self.providers = vec![provider.options()];
        self.provider = Some(provider);
        self.start().await;
        self
    }

    /// A server with a second provider, `other`.
    pub(crate) async fn open_with_two_providers() -> (Self, OpenIdProvider) {
        let (first, second) = (OpenIdProvider::start(), OpenIdProvider::start());
        let other = ProviderOptions { id: "other".to_owned(), ..second.options() };
        let providers = vec![first.options(), other];
        let mut server = Self { providers, ..Self::closed(patient()) };
        server.provider = Some(first);
        server.start().await;
        (server, second)
    }

    /// A server whose provider is still to come.
    pub(crate) async fn open_before(provider: &AbsentProvider) -> Self {
        let mut server = Self { providers: vec![provider.options()], ..Self::closed(patient()) };
        server.start().await;
        server
    }

    /// The provider of a server that has one.
    pub(crate) fn provider(&self) -> &OpenIdProvider {
        self.provider.as_ref().unwrap()
    }

    /// A server that invents concerts.
    pub(crate) async fn open_with_demo() -> Self {
        let mut server = Self { demo: true, ..Self::closed(patient()) };
        server.start().await;
        server
    }

    /// A server that has not started.
    fn closed(patience: Patience) -> Self {
        let folder = tempfile::tempdir().unwrap();
        library::fill(&folder.path().join("library"));
        Self {
            folder,
            server: None,
            patience,
            retention: Retention { keep: Duration::from_hours(24), settle: Duration::ZERO },
            capacity: Capacity::default(),
            connections: ConnectionLimits::default(),
            rates: RequestRates::default(),
            front: Front::default(),
            open_races: None,
            database: None,
            demo: false,
            providers: Vec::new(),
            provider: None,
            clock_ahead: Duration::ZERO,
            shared: Client::new(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A race from the journal, before anything happened in it.
    pub(crate) fn race_before_all(&self, id: &str) -> Practice {
        let copy = tempfile::tempdir().unwrap();
        copy_files(&self.folder().join("data"), copy.path());
        let mut store = SqliteStore::open(&copy.path().join("journal.sqlite")).unwrap();
        let sale = SaleId(u64::from_str_radix(id, 16).unwrap());
        let (header, recipe) =
            Header::decode_whole(&Log::header_of(&mut store, sale).unwrap()).unwrap();
        let course = Course::new(Recipe::from_json(&recipe).unwrap()).unwrap();
        Practice::new(course.scenario, header.fair, header.ends_at).unwrap()
    }

    fn options(&self) -> Options {
        Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: self.folder.path().join("data"),
            library: Some(self.folder.path().join("library")),
            shards: 2,
            patience: self.patience,
            retention: self.retention,
            capacity: self.capacity,
            connections: self.connections,
            rates: self.rates,
            front: self.front.clone(),
            open_races: self.open_races.clone(),
            database: self.database.clone(),
            demo: self.demo,
            clock_ahead: self.clock_ahead,
            providers: self.providers.clone(),
            metrics: Some(MetricsAt { address: "127.0.0.1:0".parse().unwrap(), is_required: true }),
        }
    }

    pub(crate) async fn start(&mut self) {
        self.server = Some(Server::start(self.options()).await.unwrap());
    }

    /// Starts the server, which may refuse to.
    pub(crate) async fn try_start(&mut self) -> Result<(), ServerError> {
        self.server = Some(Server::start(self.options()).await?);
        Ok(())
    }

    /// Starts another server on the same folder beside this one, which may be refused.
    pub(crate) async fn start_beside(&self) -> Result<Server, ServerError> {
        Server::start(self.options()).await
    }

    pub(crate) async fn stop(&mut self) {
        self.server.take().unwrap().stop().await.unwrap();
    }

    /// Stops the server and starts it again when its clock shows so much more.
    pub(crate) async fn be_away_for(&mut self, time: Duration) {
        self.stop().await;
        self.clock_ahead += time;
        self.start().await;
    }

    /// Starts a server on the files as they are, as after the process was killed, when its clock shows so much more.
    pub(crate) async fn be_killed_and_away_for(&mut self, time: Duration) {
        let folder = tempfile::tempdir().unwrap();
        copy_files(&self.folder.path().join("data"), &folder.path().join("data"));
        library::fill(&folder.path().join("library"));
        self.stop().await;
        self.folder = folder;
        self.clock_ahead += time;
        self.start().await;
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.server.as_ref().unwrap().address())
    }

    /// What the server has counted.
    pub(crate) async fn metrics(&self) -> String {
        let address = self.server.as_ref().unwrap().metrics_address().unwrap();
        let answer = Client::new().get(format!("http://{address}/metrics")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    }

    /// A new person who shares the connections of the other people of this kind.
    pub(crate) fn fan_of_client(&self) -> Fan {
        Fan { http: self.shared.clone(), ..self.fan() }
    }

    /// A new person at another address of this machine.
    pub(crate) fn fan_at(&self, address: Ipv4Addr) -> Fan {
        let http = Client::builder().local_address(Some(address.into())).build().unwrap();
        Fan { http, ..self.fan() }
    }

    /// A new person, without a cookie.
    pub(crate) fn fan(&self) -> Fan {
        Fan {
            base: self.base(),
            http: browser(),
            cookies: Mutex::default(),
            keys: AtomicU64::default(),
        }
    }
}

impl Fan {
    /// The same browser at another address, as after a restart.
    pub(crate) fn moved(self, server: &TestServer) -> Self {
        Self { base: server.base(), ..self }
    }

    /// The same browser in another window, at the address that the server has now.
    pub(crate) fn clone_at(&self, server: &TestServer) -> Self {
        let cookies = Mutex::new(self.cookies.lock().unwrap().clone());
        let keys = AtomicU64::new(1_000_000);
        Self { base: server.base(), http: browser(), cookies, keys }
    }

    pub(crate) fn key(&self) -> String {
        format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    /// The header with all cookies, if there are any.
    fn cookie(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// A cookie, by its name.
    pub(crate) fn cookie_named(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the browser, as somebody can who has been at it.
    pub(crate) fn plant(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// The guest that the server takes this browser for.
    pub(crate) fn guest(&self) -> String {
        self.cookie_named("tingting_guest").unwrap()
    }

    /// Keeps or drops a cookie as the server says.
    fn keep(&self, set: &str) {
        let (pair, about) = set.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if about.contains("Max-Age=0;") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Logs in as the person of this name, by the server's first provider.
    pub(crate) async fn log_in(&self, name: &str) {
        let answer = self.come_back(name).await;
        assert_eq!(answer.location(), "/", "the log-in succeeds");
    }

    /// Goes to the provider as the person of this name and comes back. The answer is that to coming back.
    pub(crate) async fn come_back(&self, name: &str) -> Answer {
        let back = self.go_to_provider("/", name).await;
        self.get(&back).await
    }

    /// Goes to the provider as the person of this name. Returns the path with which the provider sends the browser back.
    pub(crate) async fn go_to_provider(&self, to: &str, name: &str) -> String {
        let there = self.get(&format!("/login/test?to={to}")).await;
        self.come_from_provider(&there, name).await
    }

    /// The same, where the browser was sent to the provider by an answer.
    pub(crate) async fn come_from_provider(&self, there: &Answer, name: &str) -> String {
        let back = send_back(&format!("{}&as={name}", there.location())).await;
        let (_, path) = back.split_once("/login/").expect("the provider sends the browser back");
        format!("/login/{path}")
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = self.cookie() {
            request = request.header(COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let response = tokio::time::timeout(BOUND, request.send()).await.unwrap().unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.send(Method::POST, path, headers, Some(body.to_string().into_bytes())).await
    }

    /// Begins a race.
    pub(crate) async fn begin(&self, new: Value) -> Seen {
        let answer = self.post("/api/races", &[], &new).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json::<RaceView>().into()
    }

    pub(crate) async fn race(&self, id: &str) -> Seen {
        let answer = self.get(&format!("/api/races/{id}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json::<RaceView>().into()
    }

    /// Waits until the race meets a condition.
    pub(crate) async fn race_when(&self, id: &str, is: impl Fn(&Seen) -> bool) -> Seen {
        until(|| async {
            let race = self.race(id).await;
            is(&race).then_some(race)
        })
        .await
    }

    /// Sends a command under a new key, with the pass of `race`.
    pub(crate) async fn act(&self, race: &Seen, path: &str, body: Value) -> Answer {
        let key = self.key();
        self.act_with_key(race, path, &key, body).await
    }

    pub(crate) async fn act_with_key(
        &self,
        race: &Seen,
        path: &str,
        key: &str,
        body: Value,
    ) -> Answer {
        let pass = pass(race);
        let headers = [("idempotency-key", key), ("pass", pass.as_str())];
        self.post(&format!("/api/races/{}/{path}", race.id), &headers, &body).await
    }

    /// Sends a command that the server must accept.
    pub(crate) async fn done(&self, race: &Seen, path: &str, body: Value) -> Done {
        let answer = self.act(race, path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        Done::of(race, &answer)
    }

    /// Sends marks that the server must keep.
    pub(crate) async fn done_marks(&self, race: &Seen, marks: Value) {
        let answer = self.act(race, "marks", marks).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    /// Begins a race, waits for the opening and presses the button.
    pub(crate) async fn press(&self, new: Value) -> Seen {
        let race = self.begin(new).await;
        self.race_when(&race.id, |race| race.stage == protocol::Stage::Open).await;
        self.done(&race, "enter", json!({})).await.race
    }

    /// Presses the button and waits for the admission.
    pub(crate) async fn go_in(&self, new: Value) -> Seen {
        let race = self.press(new).await;
        self.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await
    }

    pub(crate) async fn live(&self, id: &str) -> Live {
        self.try_live(id).await.expect("the race takes one more connection")
    }

    /// A live connection; `None` if the race has as many as it may have.
    pub(crate) async fn try_live(&self, id: &str) -> Option<Live> {
        self.try_live_at(&format!("/api/races/{id}/live")).await
    }

    /// The live connection at a path; `None` if there are as many as there may be.
    pub(crate) async fn try_live_at(&self, path: &str) -> Option<Live> {
        match connect_async(self.upgrade_at(path)).await {
            Ok((socket, _)) => Some(Live { socket }),
            Err(Error::Http(response)) if response.status() == 429 => None,
            Err(error) => panic!("{error}"),
        }
    }

    /// The status of the answer when a page of `origin` asks for a live connection.
    pub(crate) async fn knock(&self, id: &str, origin: Option<&str>) -> u16 {
        let mut request = self.upgrade(id);
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((_, response)) => response.status().as_u16(),
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{error}"),
        }
    }

    fn upgrade(&self, id: &str) -> Request {
        self.upgrade_at(&format!("/api/races/{id}/live"))
    }

    pub(crate) fn upgrade_at(&self, path: &str) -> Request {
        let address = self.base.replace("http://", "ws://");
        let url = format!("{address}{path}");
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("cookie", self.cookie().unwrap().parse().unwrap());
        request
    }
}

/// A browser that shows where it is sent instead of going there.
fn browser() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Answer {
    /// Where the answer sends the browser.
    pub(crate) fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers["location"].to_str().unwrap().to_owned()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The problem's code. Checks first that the problem is complete.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.text());
        let problem: protocol::Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert_eq!(problem.kind, format!("/problems/{}", problem.code));
        assert!(
            !problem.hint.is_empty() && !problem.detail.is_empty() && !problem.title.is_empty()
        );
        problem.code.to_string()
    }
}

/// Copies the files of a folder, also those that somebody has open.
pub(crate) fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The pass of the person if they are inside, else an empty text.
pub(crate) fn pass(race: &Seen) -> String {
    match &race.you {
        You::Inside { pass, .. } => pass.clone(),
        You::Away { .. }
        | You::Pooled
        | You::Waiting { .. }
        | You::Booked { .. }
        | You::Gone { .. } => String::new(),
    }
}

/// A live connection.
pub(crate) struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// A message of a live connection.
#[derive(Debug)]
pub(crate) enum Heard {
    Said(FromServer),
    Seats(Vec<u8>),
    Closed,
}

impl Live {
    pub(crate) async fn hear(&mut self) -> Heard {
        use futures_util::StreamExt;
        loop {
            match tokio::time::timeout(BOUND, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Said(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Binary(bytes))) => return Heard::Seats(bytes.to_vec()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Heard::Closed,
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
            }
        }
    }

    /// Hears until a text with this word in it comes. Returns whether one came before the connection closed.
    pub(crate) async fn hear_text(&mut self, word: &str) -> bool {
        use futures_util::StreamExt;
        within_bound(async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) if text.contains(word) => return true,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
                    Some(Ok(_)) => {}
                }
            }
        })
        .await
    }

    /// Hears until the server closes the connection. Returns the code and the words that it gives.
    pub(crate) async fn until_closed(&mut self) -> Option<(u16, String)> {
        use futures_util::StreamExt;
        // All of it within the bound: a connection that never ends may go on telling something.
        within_bound(async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Close(frame))) => {
                        return frame.map(|frame| (frame.code.into(), frame.reason.to_string()));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                }
            }
        })
        .await
    }

    pub(crate) async fn say(&mut self, text: &str) {
        assert!(self.try_say(text).await, "the connection is closed");
    }

    /// Sends a message. Returns whether the connection took it.
    pub(crate) async fn try_say(&mut self, text: &str) -> bool {
        use futures_util::SinkExt;
        self.socket.send(Message::text(text)).await.is_ok()
    }

    /// Sends pings as fast as it can until the server closes the connection. Returns how many.
    pub(crate) async fn flood(mut self) -> usize {
        use futures_util::SinkExt;
        let mut count = 0;
        while within_bound(self.socket.send(Message::Ping(vec![0; 8].into()))).await.is_ok() {
            count += 1;
        }
        count
    }

    /// Sends parts of a message that never ends until the server closes the connection.
    pub(crate) async fn flood_in_parts(mut self) {
        use futures_util::SinkExt;
        use tokio_tungstenite::tungstenite::protocol::frame::Frame;
        use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
        let mut code = OpCode::Data(Data::Text);
        loop {
            let part = Message::Frame(Frame::message(Vec::new(), code, false));
            if within_bound(self.socket.send(part)).await.is_err() {
                return;
            }
            code = OpCode::Data(Data::Continue);
        }
    }

    /// Pings again and again, hears everything, and returns only if the server closes the connection.
    pub(crate) async fn keep_talking(&mut self) {
        let mut pings = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                _ = pings.tick() => self.say(r#"{"type":"ping","echo":0}"#).await,
                heard = self.hear() => if matches!(heard, Heard::Closed) { return },
            }
        }
    }

    /// The next seat frame.
    pub(crate) async fn seats(&mut self) -> Vec<u8> {
        loop {
            match self.hear().await {
                Heard::Seats(bytes) => return bytes,
                Heard::Said(_) => {}
                Heard::Closed => panic!("the connection closed before it sent seats"),
            }
        }
    }

    /// Hears until the counts are those of a moment, in race time, that meets a condition.
    pub(crate) async fn counts_when(&mut self, is: impl Fn(f64) -> bool) {
        loop {
            match self.hear().await {
                Heard::Said(FromServer::Counts { now_ms, .. }) if is(now_ms) => return,
                Heard::Said(_) | Heard::Seats(_) => {}
                Heard::Closed => panic!("the connection closed before it sent such counts"),
            }
        }
    }

    /// The next state that meets a condition.
    pub(crate) async fn state_when(&mut self, is: impl Fn(&RaceState) -> bool) -> RaceState {
        loop {
            match self.hear().await {
                Heard::Said(FromServer::State(state)) if is(&state) => return *state,
                Heard::Said(_) | Heard::Seats(_) => {}
                Heard::Closed => panic!("the connection closed before it sent such a state"),
            }
        }
    }
}

/// The result of something that must not take longer than a test may wait.
pub(crate) async fn within_bound<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(BOUND, work).await.expect("it ends in time")
}

/// The patience of a server that waits longer for everybody than a test lasts.
pub(crate) fn patient() -> Patience {
    let hour = Duration::from_hours(1);
    Patience { lost_after: hour, unload_after: hour, silent_after: hour }
}

/// Looks for a value again and again until it is there.
pub(crate) async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let look = async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            looks.tick().await;
            if let Some(value) = look().await {
                return value;
            }
        }
    };
    tokio::time::timeout(BOUND, look).await.expect("the value comes in time")
}

/// Opens a provider's page, and returns the address to which it sends the browser back.
pub(crate) async fn send_back(page: &str) -> String {
    let back = within_bound(browser().get(page).send()).await.unwrap();
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    back.headers()["location"].to_str().unwrap().to_owned()
}
