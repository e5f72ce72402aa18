//! A call of the API: who calls, whether they may, and what the reply is.

use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderMap};
use axum::http::request::Parts;
use serde_json::Value;

use super::mask::Mask;
use super::route::Route;
use super::{CloudIdentity, invitations};
use crate::error::ApiError;
use crate::faults::{self, Api, Fault, Reply, distort};
use crate::locked;
use crate::method::Method;
use crate::oauth::{Access, BadToken, OAuthError, scope, sign_jwt, token};
use crate::query::Query;
use crate::reply;
use crate::request;

impl Api for CloudIdentity {
    type Route = Route;

    fn route(&self, parts: &Parts) -> Result<(Method, Route), Box<Reply>> {
        let route = Route::find(&request::meant_method(parts), parts.uri.path());
        route
            .map(|route| (route.method, route))
            .map_err(|error| Box::new(reply::error(&error, false, true)))
    }

    fn respond(&self, call: &faults::Call<'_, Route>, body: Result<Vec<u8>, ApiError>) -> Reply {
        let call = Call {
            api: self,
            route: &call.route,
            parts: call.parts,
            fault: call.fault,
        };
        call.respond(body)
    }
}

/// A request that is carried out.
struct Call<'a> {
    api: &'a CloudIdentity,
    route: &'a Route,
    parts: &'a Parts,
    fault: Option<&'a Fault>,
}

impl Call<'_> {
    /// The response: its head, and its text.
    fn respond(&self, body: Result<Vec<u8>, ApiError>) -> Reply {
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

    fn token(&self, body: &[u8], pretty: bool) -> Reply {
        let done = match request::form(self.parts, body) {
            Some(form) => token(&self.api.credentials, &form, &self.api.clock),
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
        let mut response = match self.route.method {
            Method::SignJwt => {
                let Route { parent, id, .. } = self.route;
                sign_jwt(&self.api.credentials, &access, parent, id, body)?
            }
            _ => {
                self.check_access(&access)?;
                locked(&self.api.quota).take(self.api.clock.now())?;
                if matches!(self.route.method, Method::Send | Method::Cancel) {
                    request::check_empty_object(self.parts, body)?;
                }
                let endless = self.fault == Some(&Fault::EndlessList);
                invitations::carry_out(self.api, self.route, query, endless)?
            }
        };
        self.distort(query, &mut response);
        Ok(match mask {
            Some(mask) => mask.apply(response),
            None => response,
        })
    }

    fn distort(&self, query: &Query, response: &mut Value) {
        if let Some(fault) = self.fault {
            distort::distort(fault, query, response);
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
        let now = self.api.clock.now();
        let found = self.api.credentials.access(token, now);
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
        let credentials = &self.api.credentials;
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
        match *customer == self.api.customer {
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
