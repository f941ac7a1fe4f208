//! A small OpenID provider on this machine, which can also misbehave.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use openidconnect::PrivateSigningKey as _;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpSocket};

// Of the server from outside in its own tests, and of the module around this one in those of the module.
use super::{ProviderOptions, Secret};

const CLIENT: &str = "tingting";
pub(crate) const SECRET: &str = "a secret of the test & its provider";

/// What the provider does otherwise than it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Its tokens name another issuer.
    Issuer,
    /// Its tokens are for another client.
    Audience,
    /// Its tokens are for another log-in.
    Nonce,
    /// Its tokens have ended.
    Expired,
    /// It signs with a key that it does not publish.
    UnknownKey,
    /// It signs with the key of before.
    OldKey,
    /// It signs nothing.
    Unsigned,
    /// It signs with the secret that both know.
    SharedSecret,
    /// It takes each code as often as it comes.
    CodesAgain,
    /// It says that the person said no.
    Denied,
    /// It gives no token.
    NoToken,
    /// It is not there.
    Away,
}

/// The provider.
#[derive(Debug)]
pub(crate) struct OpenIdProvider {
    issuer: String,
    state: Shared,
}

type Shared = Arc<Mutex<Known>>;

#[derive(Debug, Default)]
struct Known {
    issuer: String,
    fault: Option<Fault>,
    /// Which of its keys it uses.
    key: u8,
    /// What was asked for with each code.
    codes: HashMap<String, HashMap<String, String>>,
    /// How many codes it gave.
    given: usize,
    /// How many codes it gave tokens for.
    tokens: usize,
    /// How often it was asked for a token.
    asked: usize,
    /// How often it said what it is.
    described: usize,
}

/// A provider whose address is known and that answers nobody yet.
#[derive(Debug)]
pub(crate) struct AbsentProvider {
    socket: TcpSocket,
    provider: OpenIdProvider,
}

impl AbsentProvider {
    /// Nobody else gets the address, and whoever connects to it is refused.
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let issuer = format!("http://{}", socket.local_addr().unwrap());
        let known = Known { issuer: issuer.clone(), key: 1, ..Known::default() };
        Self { socket, provider: OpenIdProvider { issuer, state: Arc::new(Mutex::new(known)) } }
    }

    pub(crate) fn options(&self) -> ProviderOptions {
        self.provider.options()
    }

    /// It is there from now on.
    pub(crate) fn arrive(self) -> OpenIdProvider {
        self.provider.serve(self.socket.listen(64).unwrap());
        self.provider
    }
}

impl OpenIdProvider {
    pub(crate) fn start() -> Self {
        AbsentProvider::new().arrive()
    }

    fn serve(&self, listener: TcpListener) {
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(Arc::clone(&self.state));
        tokio::spawn(async move { axum::serve(listener, routes).await });
    }

    pub(crate) fn options(&self) -> ProviderOptions {
        ProviderOptions {
            id: "test".to_owned(),
            name: "시험".to_owned(),
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(Secret::new(SECRET.to_owned())),
        }
    }

    pub(crate) fn misbehave(&self, fault: Option<Fault>) {
        self.state.lock().unwrap().fault = fault;
    }

    /// Signs with another key from now on, and publishes that one alone.
    pub(crate) fn change_key(&self) {
        self.state.lock().unwrap().key += 1;
    }

    /// How many codes it gave tokens for.
    pub(crate) fn tokens(&self) -> usize {
        self.state.lock().unwrap().tokens
    }

    /// How often it was asked for a token.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    /// How often it said what it is.
    pub(crate) fn described(&self) -> usize {
        self.state.lock().unwrap().described
    }
}

async fn describe(State(state): State<Shared>) -> Response {
    let mut known = state.lock().unwrap();
    known.described += 1;
    if known.fault == Some(Fault::Away) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let issuer = &known.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize?kind=test"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile"],
    }))
    .into_response()
}

async fn keys(State(state): State<Shared>) -> Json<Value> {
    let number = state.lock().unwrap().key;
    Json(json!({ "keys": [key(number).as_verification_key()] }))
}

/// The person is whom the test names.
async fn authorize(
    State(state): State<Shared>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    assert_eq!((asked["client_id"].as_str(), asked["response_type"].as_str()), (CLIENT, "code"));
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
    let mut known = state.lock().unwrap();
    known.given += 1;
    let code = format!("code-{}", known.given);
    let redirect = &asked["redirect_uri"];
    let came = match known.fault {
        Some(Fault::Denied) => "error=access_denied".to_owned(),
        _ => format!("code={code}"),
    };
    let location = format!("{redirect}?{came}&state={}", asked["state"]);
    known.codes.insert(code, asked);
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

async fn token(State(state): State<Shared>, headers: HeaderMap, sent: String) -> Response {
    // A form has the form of a query.
    let uri = format!("/?{sent}").parse().unwrap();
    let Query(sent) = Query::<HashMap<String, String>>::try_from_uri(&uri).unwrap();
    let mut known = state.lock().unwrap();
    known.asked += 1;
    let refused =
        || (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    let asked = match known.fault {
        Some(Fault::CodesAgain) => known.codes.get(&sent["code"]).cloned(),
        _ => known.codes.remove(&sent["code"]),
    };
    let Some(asked) = asked else { return refused() };
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(&sent["code_verifier"]));
    let secret = SECRET.replace(' ', "+").replace('&', "%26");
    let basic = format!("Basic {}", BASE64.encode(format!("{CLIENT}:{secret}").as_bytes()));
    let is_right = headers[AUTHORIZATION] == basic.as_str()
        && asked["code_challenge"] == challenge
        && asked["redirect_uri"] == sent["redirect_uri"];
    if !is_right {
        return refused();
    }
    known.tokens += 1;
    let mut answer = json!({"access_token": "unused", "token_type": "Bearer"});
    if known.fault != Some(Fault::NoToken) {
        answer["id_token"] = json!(id_token(&known, &asked));
    }
    Json(answer).into_response()
}

fn id_token(known: &Known, asked: &HashMap<String, String>) -> String {
    let is = |fault: Fault| known.fault == Some(fault);
    #[expect(clippy::disallowed_methods, reason = "a provider has a clock of its own")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let hour = Duration::from_hours(1).as_secs();
    let now = now.as_secs();
    let ends_at = if is(Fault::Expired) { now - hour } else { now + hour };
    let claims = json!({
        "iss": if is(Fault::Issuer) { "https://evil.example" } else { known.issuer.as_str() },
        "aud": if is(Fault::Audience) { "another" } else { CLIENT },
        "sub": asked["as"],
        "nickname": asked["as"],
        "iat": now - 2 * hour,
        "exp": ends_at,
        "nonce": if is(Fault::Nonce) { "of another log-in" } else { asked["nonce"].as_str() },
    });
    let number = match known.fault {
        Some(Fault::UnknownKey) => 99,
        Some(Fault::OldKey) => known.key - 1,
        _ => known.key,
    };
    let algorithm = match known.fault {
        Some(Fault::Unsigned) => "none",
        Some(Fault::SharedSecret) => "HS256",
        _ => "EdDSA",
    };
    let head = json!({"alg": algorithm, "kid": format!("key-{number}")});
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&head), part(&claims));
    let signature = match known.fault {
        Some(Fault::Unsigned) => Vec::new(),
        Some(Fault::SharedSecret) => hmac(signed.as_bytes()),
        _ => key(number).sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap(),
    };
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}

fn hmac(message: &[u8]) -> Vec<u8> {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// A key of the provider, the same for the same number.
fn key(number: u8) -> CoreEdDsaPrivateSigningKey {
    // The frame of RFC 8410 around 32 bytes.
    let mut bytes = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    bytes.extend([number; 32]);
    let text = BASE64.encode(&bytes);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    let id = openidconnect::JsonWebKeyId::new(format!("key-{number}"));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).unwrap()
}
