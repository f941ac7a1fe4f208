//! The metrics, on a listener of their own that visitors cannot reach.

use std::future::pending;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;

use super::connection_limits::ConnectionLimits;
use super::connections::Connections;
use crate::limits::METRICS_CONNECTIONS_MAX;

/// Where the metrics are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetricsAt {
    /// The address to listen on. Port 0 takes any free port.
    pub address: SocketAddr,
    /// Whether the server must not start if it cannot listen there. Otherwise it logs a warning and
    /// serves no metrics.
    pub is_required: bool,
}

/// Serves the metrics until the task is dropped.
pub(crate) async fn serve_metrics(listener: TcpListener, handle: PrometheusHandle) {
    let routes = Router::new().route("/metrics", get(read_metrics)).with_state(handle);
    let limits = ConnectionLimits::of(METRICS_CONNECTIONS_MAX);
    Connections::new(listener, limits, "metrics").serve(routes, pending()).await;
}

async fn read_metrics(State(handle): State<PrometheusHandle>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render())
}

/// The label for a method. A client can send any word as a method, and each value of a label is kept for ever,
/// so every word beside the known ones gets the same label.
pub(super) fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
