//! Everything that the connections share, and which API a request is for.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;

use super::cloudidentity::CloudIdentity;
use super::confluent::{self, ConfluentCloud};
use super::faults::Layer;

/// The fake's state: the layer of faults, and the APIs behind it, which know nothing of each other.
#[derive(Debug)]
pub(crate) struct Shared {
    pub layer: Layer,
    pub cloudidentity: CloudIdentity,
    pub confluent: ConfluentCloud,
}

/// The fake as a service. Its paths are not for a router to match: they are split before they are decoded.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(respond).with_state(shared)
}

async fn respond(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let layer = &shared.layer;
    match confluent::owns(parts.uri.path()) {
        true => layer.respond(&shared.confluent, parts, body).await,
        false => layer.respond(&shared.cloudidentity, parts, body).await,
    }
}

/// Where redirects lead: every request is counted, and the response is 404.
pub(crate) fn redirected_router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(move || async move {
        shared.layer.count_redirected();
        "{}"
    })
}
