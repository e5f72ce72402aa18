//! What happens to a request: which method it calls, which fault it meets with, who calls, what is
//! answered.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, HeaderMap};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde_json::Value;

use super::confluent;
use super::credentials::{Access, BadToken, OAuthError, scope, sign_jwt, token};
use super::error::ApiError;
use super::faults::{Fault, distort, replies};
use super::invitations;
use super::locked;
use super::mask::Mask;
use super::query::Query;
use super::reply;
use super::request;
use super::route::{Method, Route};
use super::shared::Shared;

/// The fake as a service. Its paths are not for a router to match: see [`Route`].
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(answer).with_state(shared)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if confluent::owns(parts.uri.path()) {
        return confluent::answer(shared, parts, body).await;
    }
    let route = match Route::find(&request::meant_method(&parts), parts.uri.path()) {
        Ok(route) => route,
        Err(error) => {
            // What nobody reads would reset the connection before the answer is read.
            let _ = request::body(&parts, body, shared.patience).await;
            let (reply, text) = reply::error(&error, false, true);
            return reply.map(|_| Body::from(text));
        }
    };
    let fault = meet(&shared, route.method, &parts);
    if fault == Some(Fault::ResetBefore) {
        return reply::Broken::reset();
    }
    let body = request::body(&parts, body, shared.patience).await;
    if let Some(fault) = &fault {
        // A date that a client compares with its own clock.
        let now = shared.clock.unmoved();
        let instead = replies::instead(fault, &parts.uri, &shared.elsewhere, now);
        if let Some(instead) = instead {
            return instead;
        }
    }
    let call = Call {
        shared: &shared,
        route: &route,
        parts: &parts,
        fault: fault.as_ref(),
    };
    let (reply, text) = call.answer(body);
    match &fault {
        Some(fault) => distort::reply(fault, reply, &text),
        None => reply.map(|_| Body::from(text)),
    }
}

/// Counts the request, and says what goes wrong with it.
pub(super) fn meet(shared: &Shared, method: Method, parts: &Parts) -> Option<Fault> {
    let query = parts.uri.query().unwrap_or_default();
    let has_page_token = query
        .split('&')
        .any(|pair| pair.starts_with("pageToken=") || pair.starts_with("page_token="));
    let fault = locked(&shared.plan).next(method, has_page_token);
    let mut counters = locked(&shared.counters);
    counters.request(method);
    if fault.is_some() {
        counters.fault(method);
    }
    fault
}

/// A request that is carried out.
struct Call<'a> {
    shared: &'a Shared,
    route: &'a Route,
    parts: &'a Parts,
    fault: Option<&'a Fault>,
}

impl Call<'_> {
    /// The answer: its head, and its text.
    fn answer(&self, body: Result<Vec<u8>, ApiError>) -> (Response<Body>, String) {
        let query = match &body {
            Ok(body) => request::query(self.parts, body).and_then(Query::parse),
            Err(_) => Ok(Query::default()),
        };
        let (legacy, pretty) = match &query {
            Ok(query) => (query.wants_legacy_errors(), query.is_pretty()),
            Err(_) => (false, true),
        };
        let done = match (body, query) {
            (Ok(body), Ok(query)) if self.route.method == Method::Token => {
                return self.token(&body, query.is_pretty());
            }
            (Ok(body), Ok(query)) => self.call(&body, &query),
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        match done {
            Ok(value) => (reply::json(StatusCode::OK), reply::text(&value, pretty)),
            Err(error) => reply::error(&error, legacy, pretty),
        }
    }

    fn token(&self, body: &[u8], pretty: bool) -> (Response<Body>, String) {
        let done = match request::form(self.parts, body) {
            Some(form) => token(&self.shared.credentials, &form, &self.shared.clock),
            None => Err(OAuthError::invalid_request("The body is no form.")),
        };
        let (status, value) = match done {
            Ok(mut value) => {
                self.distort(&Query::default(), &mut value);
                (StatusCode::OK, value)
            }
            Err(error) => (error.status, error.body()),
        };
        (reply::json(status), reply::text(&value, pretty))
    }

    /// Who calls, what they want, whether they may, and what comes of it.
    fn call(&self, body: &[u8], query: &Query) -> Result<Value, ApiError> {
        let access = self.access(query)?;
        query.check(self.route.method)?;
        let mask = match query.get("fields") {
            None => None,
            Some(fields) => {
                let mask = Mask::parse(fields, &invitations::shape(self.route.method));
                Some(mask.map_err(|why| ApiError::invalid("fields", why))?)
            }
        };
        let mut answer = match self.route.method {
            Method::SignJwt => sign_jwt(&self.shared.credentials, &access, self.route, body)?,
            _ => {
                self.check_access(&access)?;
                locked(&self.shared.quota).take(self.shared.clock.now())?;
                if matches!(self.route.method, Method::Send | Method::Cancel) {
                    request::check_empty_object(self.parts, body)?;
                }
                let endless = self.fault == Some(&Fault::EndlessList);
                invitations::carry_out(self.shared, self.route, query, endless)?
            }
        };
        self.distort(query, &mut answer);
        Ok(match mask {
            Some(mask) => mask.apply(answer),
            None => answer,
        })
    }

    fn distort(&self, query: &Query, answer: &mut Value) {
        if let Some(fault) = self.fault {
            distort::answer(fault, query, answer);
        }
    }

    /// What the caller's token is good for.
    fn access(&self, query: &Query) -> Result<Access, ApiError> {
        let token = match bearer(&self.parts.headers)? {
            Some(token) => token,
            None => query.token().ok_or_else(|| {
                ApiError::unauthenticated("CREDENTIALS_MISSING", "The request has no token.")
            })?,
        };
        let now = self.shared.clock.now();
        let found = self.shared.credentials.access(token, now);
        found.map_err(|bad| match bad {
            BadToken::Unknown => {
                ApiError::unauthenticated("ACCESS_TOKEN_INVALID", "The token is not known.")
            }
            BadToken::Expired => {
                ApiError::unauthenticated("ACCESS_TOKEN_EXPIRED", "The token has expired.")
            }
        })
    }

    /// Scope, role and customer.
    fn check_access(&self, access: &Access) -> Result<(), ApiError> {
        let wanted: &[&str] = match self.route.method {
            Method::Send | Method::Cancel => &[scope::USER_INVITATIONS],
            _ => &[scope::USER_INVITATIONS, scope::USER_INVITATIONS_READONLY],
        };
        if !wanted.iter().any(|scope| access.scopes.contains(*scope)) {
            return Err(ApiError::scope_insufficient(wanted));
        }
        let credentials = &self.shared.credentials;
        let subject = access.subject.as_deref();
        if !subject.is_some_and(|subject| credentials.is_administrator(subject)) {
            let why = "The caller is no administrator; does the token name a subject?";
            return Err(ApiError::forbidden("NOT_AN_ADMINISTRATOR", why));
        }
        let customer = &self.route.parent;
        let is_id = |id: &str| id.starts_with('C') && id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_id(customer) {
            return Err(ApiError::invalid(
                "name",
                "the customer is not `C` and an ID",
            ));
        }
        match *customer == self.shared.customer {
            true => Ok(()),
            false => Err(ApiError::forbidden(
                "OTHER_CUSTOMER",
                "The caller is no administrator of this customer.",
            )),
        }
    }
}

/// The token in the header, if there is one.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("Bearer")
            .then_some(token.trim())
    });
    match token {
        Some(token) => Ok(Some(token)),
        None => Err(ApiError::unauthenticated(
            "ACCESS_TOKEN_TYPE_UNSUPPORTED",
            "The Authorization header has no bearer token.",
        )),
    }
}
