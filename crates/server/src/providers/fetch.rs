//! The server's own requests, to providers: over TLS, with a limit of time and length, and without following anybody elsewhere.

use std::io;
use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::{Request, Response, Uri};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::AsyncHttpClient;

use crate::limits::{PROVIDER_BYTES_MAX, PROVIDER_WITHIN};

type Https = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Sends requests to providers.
#[derive(Debug, Default)]
pub(super) struct Fetch {
    /// Made for the first request: reading the machine's roots of trust takes a moment.
    client: OnceLock<Https>,
}

/// Why a provider gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("the machine has no roots of trust for TLS")]
    Roots(#[source] io::Error),
    #[error("an address is neither https nor on this machine")]
    Unsafe,
    #[error("the provider does not answer")]
    Request(#[from] hyper_util::client::legacy::Error),
    #[error("the provider's answer breaks off or is too long")]
    Body(#[source] axum::BoxError),
    #[error("the provider takes too long")]
    Late,
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = BoxFuture<'c, Result<Response<Vec<u8>>, FetchError>>;

    fn call(&'c self, request: Request<Vec<u8>>) -> Self::Future {
        self.send(request).boxed()
    }
}

impl Fetch {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        if !is_safe_uri(request.uri()) {
            return Err(FetchError::Unsafe);
        }
        let client = self.client()?;
        let request = request.map(|body| Full::new(Bytes::from(body)));
        let answer = async {
            let (head, body) = client.request(request).await?.into_parts();
            let body = Limited::new(body, PROVIDER_BYTES_MAX).collect().await;
            let body = body.map_err(FetchError::Body)?.to_bytes().to_vec();
            Ok(Response::from_parts(head, body))
        };
        tokio::time::timeout(PROVIDER_WITHIN, answer).await.map_err(|_| FetchError::Late)?
    }

    fn client(&self) -> Result<&Https, FetchError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let tls = HttpsConnectorBuilder::new().with_native_roots().map_err(FetchError::Roots)?;
        let connector = tls.https_or_http().enable_http1().build();
        Ok(self.client.get_or_init(|| Client::builder(TokioExecutor::new()).build(connector)))
    }
}

/// Whether nobody on the way can read or change what is sent to an address.
pub(super) fn is_safe(address: &str) -> bool {
    address.parse().is_ok_and(|uri| is_safe_uri(&uri))
}

fn is_safe_uri(uri: &Uri) -> bool {
    let is_here = || matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => is_here(),
        Some(_) | None => false,
    }
}
