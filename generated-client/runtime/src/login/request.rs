//! How credentials are fetched: requests to whoever gives them out, with rules of their own.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Url};
use tracing::debug;

use super::Authorization;
use crate::attempt::{RawResponse, attempt};
use crate::backoff_policy::BackoffPolicy;
use crate::clock::Clock;
use crate::connect_timeout::with_connect_timeout;
use crate::error::Carried;
use crate::hints::retry_after;
use crate::http_clients::{Connection, HttpClients};
use crate::{Error, JsonObject, JsonValue, url};

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long somebody waits for what is not needed yet.
const IN_PASSING: Duration = Duration::from_secs(3);
/// How often one is made.
const ATTEMPTS: usize = 4;
const BACKOFF: BackoffPolicy = BackoffPolicy {
    initial: Duration::from_millis(250),
    max: Duration::from_secs(5),
};
/// The most that is read of an response.
const MAX_BODY: usize = 1 << 20;

/// What credentials are fetched with: the client's own connection and clock, within the time that its
/// call has left.
#[derive(Clone, Copy)]
pub struct Login<'a> {
    pub(crate) http: &'a HttpClients,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) end: Instant,
    pub(crate) scopes: &'a [String],
    pub(crate) attempts: usize,
}

impl<'a> Login<'a> {
    pub(crate) fn new(http: &'a HttpClients, clock: &'a dyn Clock, end: Instant) -> Self {
        Self {
            http,
            clock,
            end,
            scopes: &[],
            attempts: ATTEMPTS,
        }
    }

    /// The scopes of the client.
    pub fn scopes(&self) -> &[String] {
        self.scopes
    }

    /// What time it is.
    pub fn now(&self) -> SystemTime {
        self.clock.calendar()
    }

    /// Posts a form to a URL that is `https`, or on this machine. What may help if it is repeated is
    /// repeated a few times.
    ///
    /// # Errors
    ///
    /// Those of a login: see [`Error::is_login`].
    pub async fn post_form(&self, url: &str, form: &[(&str, &str)]) -> Result<JsonObject, Error> {
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let mut request = self.request(url, body)?;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        self.send(request).await
    }

    /// Posts JSON in somebody's name.
    ///
    /// # Errors
    ///
    /// Those of [`post_form`](Self::post_form).
    pub async fn post_json(
        &self,
        url: &str,
        caller: &Authorization,
        body: &JsonValue,
    ) -> Result<JsonObject, Error> {
        let mut request = self.request(url, body.to_string())?;
        let json = HeaderValue::from_static("application/json");
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, json);
        headers.insert(caller.header.clone(), caller.value.clone());
        self.send(request).await
    }

    /// The same, with other scopes.
    pub(crate) fn with_scopes(self, scopes: &'a [String]) -> Self {
        Self { scopes, ..self }
    }

    /// The same for somebody who can do without: it takes a few seconds at most, and nothing is repeated.
    pub(crate) fn in_passing(self) -> Self {
        let soon = self.clock.now().checked_add(IN_PASSING);
        Self {
            attempts: 1,
            end: soon.map_or(self.end, |soon| soon.min(self.end)),
            ..self
        }
    }

    /// Waits for something, for as long as the call has.
    pub(crate) async fn in_time<F: IntoFuture>(
        &self,
        what: F,
    ) -> Result<<F::IntoFuture as Future>::Output, Error> {
        let left = self.end.saturating_duration_since(self.clock.now());
        let outcome = tokio::time::timeout(left, what).await;
        outcome.map_err(|_| Error::login("it took longer than the call may take"))
    }

    fn request(&self, url: &str, body: String) -> Result<reqwest::Request, Error> {
        let url = checked(url)?;
        let mut request = reqwest::Request::new(Method::POST, url);
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    async fn send(&self, request: reqwest::Request) -> Result<JsonObject, Error> {
        let mut backoff = BACKOFF.start();
        let mut attempts_left = self.attempts;
        loop {
            attempts_left -= 1;
            // It is sent once an hour: a connection that was kept since then is old.
            let fresh = Connection::Fresh;
            let attempt = attempt(self.http, fresh, &request, TIMEOUT, MAX_BODY);
            let left = self.end.saturating_duration_since(self.clock.now());
            let (attempted, _) = with_connect_timeout(left, attempt).await;
            let error = match attempted.and_then(object) {
                Ok(object) => return Ok(object),
                Err(error) => error,
            };
            let passing = matches!(error.carried(), Carried::NotYet | Carried::Perhaps);
            let wait = (passing && attempts_left > 0).then(|| {
                let hint = retry_after(&error, self.now()).unwrap_or_default();
                backoff.next_wait().max(hint)
            });
            let left = self.end.saturating_duration_since(self.clock.now());
            let wait = wait.filter(|wait| *wait < left);
            let status = error.http_status().map(|status| status.as_u16());
            let wait_ms = wait.map(|wait| wait.as_millis() as u64);
            debug!(
                http.response.status_code = status,
                error.r#type = error.class(),
                wait_ms,
                "login"
            );
            match wait {
                Some(wait) => self.clock.sleep(wait).await,
                None => return Err(error.into_login()),
            }
        }
    }
}

/// What is sent there is worth as much as what it is sent for.
fn checked(text: &str) -> Result<Url, Error> {
    match Url::parse(text) {
        Ok(url) if url::is_safe(&url) => Ok(url),
        _ => Err(Error::login("a URL is neither `https` nor on this machine")),
    }
}

fn object(response: RawResponse) -> Result<JsonObject, Error> {
    match serde_json::from_slice(&response.body) {
        Ok(object) => Ok(object),
        Err(_) => {
            let what = "it is no JSON object";
            Err(Error::decode(
                response.status,
                response.headers,
                response.body,
                what,
            ))
        }
    }
}

impl fmt::Debug for Login<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
