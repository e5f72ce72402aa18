//! Token requests: how credentials are fetched.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Url};
use tracing::debug;

use super::Authorization;
use crate::attempt::{RawResponse, Reading, attempt};
use crate::backoff_policy::{Backoff, BackoffPolicy};
use crate::clock::Clock;
use crate::connect_timeout::with_connect_timeout;
use crate::error::Execution;
use crate::hints::retry_after;
use crate::http_clients::{Connection, HttpClients};
use crate::{Error, JsonObject, JsonValue, url};

/// The timeout of one attempt.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The timeout of a refresh ahead of the expiry.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(3);
/// The most attempts of a token request.
const ATTEMPTS: usize = 4;
const BACKOFF: BackoffPolicy = BackoffPolicy {
    initial: Duration::from_millis(250),
    max: Duration::from_secs(5),
};
/// The most that is read of a response.
const MAX_BODY: usize = 1 << 20;

/// The HTTP client that [`Credentials`](super::Credentials) are fetched with: it has the connections and
/// the clock of the client, and the deadline of the call.
#[derive(Clone, Copy)]
pub struct TokenClient<'a> {
    pub(crate) http: &'a HttpClients,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) deadline: Instant,
    pub(crate) scopes: &'a [String],
    pub(crate) attempts: usize,
}

impl<'a> TokenClient<'a> {
    pub(crate) fn new(http: &'a HttpClients, clock: &'a dyn Clock, deadline: Instant) -> Self {
        Self {
            http,
            clock,
            deadline,
            scopes: &[],
            attempts: ATTEMPTS,
        }
    }

    /// The scopes of the client.
    pub fn scopes(&self) -> &[String] {
        self.scopes
    }

    /// The time of the client's clock.
    pub fn now(&self) -> SystemTime {
        self.clock.calendar()
    }

    /// Posts a form to a URL that is `https`, or on this machine. Transient failures are retried.
    ///
    /// # Errors
    ///
    /// Authentication errors: see [`Error::is_authentication`].
    pub async fn post_form(&self, url: &str, form: &[(&str, &str)]) -> Result<JsonObject, Error> {
        self.post_form_as(url, None, form).await
    }

    /// Posts a form with these credentials.
    pub(crate) async fn post_form_as(
        &self,
        url: &str,
        caller: Option<&Authorization>,
        form: &[(&str, &str)],
    ) -> Result<JsonObject, Error> {
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let mut request = self.request(url, body)?;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        if let Some(caller) = caller {
            caller.apply(&mut request);
        }
        self.send(request).await
    }

    /// Posts JSON with these credentials.
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
        request.headers_mut().insert(CONTENT_TYPE, json);
        caller.apply(&mut request);
        self.send(request).await
    }

    /// The same, with other scopes.
    pub(crate) fn with_scopes(self, scopes: &'a [String]) -> Self {
        Self { scopes, ..self }
    }

    /// The same for a refresh while the token is still valid: one attempt with a short timeout.
    pub(crate) fn for_refresh(self) -> Self {
        let soon = self.clock.now().checked_add(REFRESH_TIMEOUT);
        Self {
            attempts: 1,
            deadline: soon.map_or(self.deadline, |soon| soon.min(self.deadline)),
            ..self
        }
    }

    /// Waits for a future until the deadline.
    pub(crate) async fn until_deadline<F: IntoFuture>(
        &self,
        future: F,
    ) -> Result<<F::IntoFuture as Future>::Output, Error> {
        let left = self.deadline.saturating_duration_since(self.clock.now());
        let outcome = tokio::time::timeout(left, future).await;
        outcome.map_err(|_| Error::authentication("it took longer than the call may take"))
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
            // It is sent once an hour: an idle connection would be old.
            let fresh = Connection::Fresh;
            let attempt = attempt(
                self.http,
                fresh,
                &request,
                (None, None),
                TIMEOUT.into(),
                Reading::Whole(MAX_BODY),
            );
            let left = self.deadline.saturating_duration_since(self.clock.now());
            let (attempted, _) = with_connect_timeout(left, attempt).await;
            let error = match attempted.and_then(object) {
                Ok(object) => return Ok(object),
                Err(error) => error,
            };
            let wait = match attempts_left {
                0 => None,
                _ => self.backoff(&error, &mut backoff),
            };
            let status = error.http_status().map(|status| status.as_u16());
            let wait_ms = wait.map(|wait| wait.as_millis() as u64);
            debug!(
                http.response.status_code = status,
                error.r#type = error.class(),
                wait_ms,
                "token request"
            );
            match wait {
                Some(wait) => self.clock.sleep(wait).await,
                None => return Err(error.into_authentication()),
            }
        }
    }

    /// How long to wait before a failed request is sent again; nothing where it is not.
    fn backoff(&self, error: &Error, backoff: &mut Backoff) -> Option<Duration> {
        let passing = matches!(
            error.execution(),
            Execution::NotExecuted | Execution::Unknown
        );
        let wait = passing.then(|| {
            let hint = retry_after(error, self.now()).unwrap_or_default();
            backoff.next_wait().max(hint)
        });
        let left = self.deadline.saturating_duration_since(self.clock.now());
        wait.filter(|wait| *wait < left)
    }
}

/// A token request holds credentials, too.
fn checked(text: &str) -> Result<Url, Error> {
    match Url::parse(text) {
        Ok(url) if url::is_safe(&url) => Ok(url),
        _ => Err(Error::authentication(
            "the URL of a token request is neither `https` nor on this machine",
        )),
    }
}

fn object(response: RawResponse) -> Result<JsonObject, Error> {
    match serde_json::from_slice(&response.body) {
        Ok(object) => Ok(object),
        Err(_) => {
            let what = "it is not a JSON object";
            Err(Error::decode(
                response.status,
                response.headers,
                response.body,
                what,
            ))
        }
    }
}

impl fmt::Debug for TokenClient<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenClient")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
