//! Confluent Cloud's invitations, on the same port: what a request calls, who calls, and what is
//! answered. Its faults are those of the other API.
//!
//! Source: <https://docs.confluent.io/cloud/current/api.html#tag/Invitations-(iamv2)>. Where that says
//! nothing, the choice is ours: see the page of the fake.

mod answer;
mod handle;
mod list;
mod login;
mod world;

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{self, Response};

use super::faults::{Fault, distort, replies};
use super::query::Query;
use super::reply;
use super::request;
use super::route::{Method, decoded};
use super::service::meet;
use super::shared::Shared;
use answer::{Answer, failure};
pub use handle::Confluent;
pub(super) use world::ConfluentWorld;

/// What every path of invitations begins with.
const INVITATIONS: &str = "/iam/v2/invitations";

/// Whether a path is one of Confluent's.
pub(super) fn owns(path: &str) -> bool {
    path.starts_with("/iam/") || path.starts_with("/sts/")
}

/// Which operation a request calls, and the id in its path.
fn route(http: &http::Method, path: &str) -> Option<(Method, String)> {
    if path == "/sts/v1/oauth2/token" {
        return (http == http::Method::POST).then(|| (Method::ConfluentToken, String::new()));
    }
    let rest = path.strip_prefix(INVITATIONS)?;
    let id = decoded(rest.strip_prefix('/').unwrap_or(rest))?;
    let method = match (http.as_str(), rest.is_empty()) {
        ("GET", true) => Method::ConfluentList,
        ("POST", true) => Method::ConfluentCreate,
        ("GET", false) if !id.is_empty() && !id.contains('/') => Method::ConfluentGet,
        ("DELETE", false) if !id.is_empty() && !id.contains('/') => Method::ConfluentDelete,
        _ => return None,
    };
    Some((method, id))
}

/// Answers a request, and lets happen to it what was asked for.
pub(super) async fn answer(shared: Arc<Shared>, parts: Parts, body: Body) -> Response<Body> {
    let Some((method, id)) = route(&parts.method, parts.uri.path()) else {
        let _ = request::body(&parts, body, shared.patience).await;
        return finish(
            &shared,
            None,
            &Query::default(),
            failure(404, "not_found", "There is no such path."),
        );
    };
    let fault = meet(&shared, method, &parts);
    if fault == Some(Fault::ResetBefore) {
        return reply::Broken::reset();
    }
    let body = request::body(&parts, body, shared.patience).await;
    if let Some(Fault::TooManyRequests(hint)) = fault {
        return finish(&shared, None, &Query::default(), Answer::too_many(hint));
    }
    if let Some(fault) = &fault {
        let now = shared.clock.unmoved();
        if let Some(instead) = replies::instead(fault, &parts.uri, &shared.elsewhere, now) {
            return instead;
        }
    }
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let answer = match (&query, body) {
        (Ok(query), Ok(body)) => {
            shared.call_confluent(&parts, method, &id, query, &body, fault.as_ref())
        }
        _ => failure(400, "bad_request", "The request cannot be read."),
    };
    finish(&shared, fault.as_ref(), &query.unwrap_or_default(), answer)
}

/// The reply: what every one has, and what a fault makes of it.
fn finish(
    shared: &Shared,
    fault: Option<&Fault>,
    query: &Query,
    mut answer: Answer,
) -> Response<Body> {
    if let (Some(fault), Some(body)) = (fault, &mut answer.body) {
        distort::answer(fault, query, body);
    }
    let (reply, text) = answer.reply(shared);
    match fault {
        Some(fault) => distort::reply(fault, reply, &text),
        None => reply.map(|_| Body::from(text)),
    }
}
