//! Confluent Cloud's invitations, on the same port: routes, credentials and responses. Its faults are
//! those of the layer that is around the other API, too.
//!
//! Source: <https://docs.confluent.io/cloud/current/api.html#tag/Invitations-(iamv2)>. Where that says
//! nothing, the choice is ours: see the page of the fake.

mod call;
mod credentials;
mod handle;
mod organization;
mod response;

use std::sync::{Arc, Mutex};

use axum::http;
use axum::http::request::Parts;

use crate::clock::Clock;
use crate::error::ApiError;
use crate::faults::{Api, Call, Fault, Reply, distort};
use crate::locked;
use crate::method::Method;
use crate::query::{Query, decoded};
pub use handle::Confluent;
pub(crate) use organization::Organization;
use response::{ConfluentResponse, failure};

/// What every path of invitations begins with.
const INVITATIONS: &str = "/iam/v2/invitations";

/// Whether a path is one of Confluent's.
pub(crate) fn owns(path: &str) -> bool {
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

/// The state of the API.
#[derive(Debug)]
pub(crate) struct ConfluentCloud {
    pub clock: Arc<Clock>,
    pub organization: Mutex<Organization>,
}

impl Api for ConfluentCloud {
    /// The id of an invitation, or nothing.
    type Route = String;

    fn route(&self, parts: &Parts) -> Result<(Method, String), Box<Reply>> {
        route(&parts.method, parts.uri.path()).ok_or_else(|| {
            let response = failure(404, "not_found", "There is no such path.");
            Box::new(self.reply(response, None, &Query::default()))
        })
    }

    fn instead(&self, fault: &Fault) -> Option<Reply> {
        match fault {
            Fault::TooManyRequests(hint) => {
                Some(self.reply(ConfluentResponse::too_many(*hint), None, &Query::default()))
            }
            _ => None,
        }
    }

    fn respond(&self, call: &Call<'_, String>, body: Result<Vec<u8>, ApiError>) -> Reply {
        let query = Query::parse(call.parts.uri.query().unwrap_or_default());
        let response = match (&query, body) {
            (Ok(query), Ok(body)) => self.carry_out(call, query, &body),
            _ => failure(400, "bad_request", "The request cannot be read."),
        };
        self.reply(response, call.fault, &query.unwrap_or_default())
    }
}

impl ConfluentCloud {
    /// The reply: what every one has, and what a fault makes of its body.
    fn reply(
        &self,
        mut response: ConfluentResponse,
        fault: Option<&Fault>,
        query: &Query,
    ) -> Reply {
        if let (Some(fault), Some(body)) = (fault, &mut response.body) {
            distort::distort(fault, query, body);
        }
        response.reply(&mut locked(&self.organization), self.clock.now())
    }
}
