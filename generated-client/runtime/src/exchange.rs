//! A request and its answer, over as many attempts as it takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, StatusCode};
use tracing::{Instrument, Span, debug, field};

use super::attempt::{Attempted, attempt};
use super::error::{Error, Trace};
use super::hints::retry_after;
use super::observe::Attempt;
use super::rate_limiter::{Permit, RateLimitEvent};
use super::retry::{Attempts, Next};
use super::{Authorization, Bytes, Client, Operation};

/// Which project a call counts against.
const QUOTA_PROJECT: HeaderName = HeaderName::from_static("x-goog-user-project");

/// What was answered to a call that succeeded.
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub trace: Trace,
    /// The call, for what is found out of the answer later.
    pub span: Span,
}

impl Answer {
    fn new(answer: Attempted, trace: Trace) -> Self {
        Self {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            trace,
            span: Span::none(),
        }
    }

    /// The answer of a call that an earlier attempt had already done.
    fn done_already(error: Error) -> Self {
        let (reply, trace) = error.into_parts();
        let (status, headers) = reply.unwrap_or((StatusCode::NO_CONTENT, HeaderMap::new()));
        Self {
            status,
            headers,
            body: Bytes::from_static(b"{}"),
            trace,
            span: Span::none(),
        }
    }

    /// The failure of a call whose answer does not have the form that its operation describes.
    pub fn unreadable(self, operation: &'static Operation, what: String) -> Error {
        let trace = Trace {
            outcome_unknown: !operation.method().is_safe(),
            ..self.trace
        };
        let error = Error::decode(self.status, self.headers, self.body, what).with(trace);
        self.span.record("error.type", error.class());
        self.span
            .in_scope(|| debug!(error.r#type = error.class(), "answer"));
        error
    }
}

/// Sends a request until it is answered with success, or is not worth another attempt.
pub(super) async fn exchange(
    client: &Client,
    operation: &'static Operation,
    request: reqwest::Request,
) -> Result<Answer, Error> {
    // The names are OpenTelemetry's; the template holds no value of the path.
    let span = tracing::info_span!(
        "call",
        otel.kind = "client",
        operation = operation.id(),
        http.request.method = operation.method().as_str(),
        http.request.resend_count = field::Empty,
        http.response.status_code = field::Empty,
        url.template = operation.template(),
        error.r#type = field::Empty,
    );
    let answer = attempts(client, operation, request, &span)
        .instrument(span.clone())
        .await?;
    Ok(Answer { span, ..answer })
}

async fn attempts(
    client: &Client,
    operation: &'static Operation,
    mut request: reqwest::Request,
    span: &Span,
) -> Result<Answer, Error> {
    let mut attempts = Attempts::new(client, operation);
    let mut throttled = None;
    loop {
        // Nothing is sent that nobody would wait for.
        let (caller, permit) = match admit(client, &mut request, &mut attempts).await {
            Ok(admitted) => admitted,
            // What the server said of the last attempt tells more.
            Err(error) if error.is_throttled() => {
                return Err(unsent(throttled.unwrap_or(error), &attempts, span));
            }
            Err(error) => return Err(unsent(error, &attempts, span)),
        };
        let timeout = attempts.begin();
        let connection = client.connection(operation, attempts.number());
        let outcome = attempt(&client.http, connection, &request, timeout, client.max_body).await;
        let closed = give_back(client, operation, permit, &outcome);
        let error = match outcome {
            Ok(answer) => {
                attempts.succeeded();
                report(client, operation, &attempts, span, Ok(answer.status), None);
                return Ok(Answer::new(answer, attempts.trace()));
            }
            Err(error) => error,
        };
        let next = match log_in_again(client, &mut attempts, &error, caller).await {
            true => Next::Retry(Duration::ZERO),
            false => attempts.after(&error, closed),
        };
        let wait = match next {
            Next::Retry(wait) | Next::Queue(wait) => Some(wait),
            Next::Fail => None,
        };
        report(client, operation, &attempts, span, Err(&error), wait);
        match next {
            Next::Retry(wait) => client.clock.sleep(wait).await,
            Next::Queue(_) => throttled = Some(error),
            Next::Fail if attempts.is_done_already(&error) => {
                return Ok(Answer::done_already(error));
            }
            Next::Fail => return Err(error.with(attempts.trace())),
        }
    }
}

/// Waits until the rate limiter admits an attempt, with credentials that are valid then.
async fn admit(
    client: &Client,
    request: &mut reqwest::Request,
    attempts: &mut Attempts<'_>,
) -> Result<(Option<Arc<Authorization>>, Permit), Error> {
    let operation = attempts.operation();
    let caller = authorize(client, request, attempts.end()).await?;
    let began = client.clock.now();
    let mut was_queued = false;
    let queued = |ahead| {
        was_queued = true;
        client.tell(operation, RateLimitEvent::Queued { ahead });
    };
    let clock = client.clock.as_ref();
    let admitted = client.limiter.admit(clock, attempts.admission(), queued);
    let admitted = admitted.await;
    let permit = admitted.map_err(|late| attempts.not_admitted(late))?;
    if !was_queued {
        return Ok((caller, permit));
    }
    let wait = clock.now().saturating_duration_since(began);
    attempts.was_queued(wait);
    // A wait can take longer than was asked.
    if attempts.is_over() {
        return Err(attempts.not_admitted(client.limiter.too_late(clock.now())));
    }
    client.tell(operation, RateLimitEvent::Waited { wait });
    // The token may have expired in the queue.
    let caller = authorize(client, request, attempts.end()).await?;
    Ok((caller, permit))
}

/// Tells the rate limiter how an attempt ended. Returns for how long it is closed, where the attempt was
/// throttled and may be sent again.
fn give_back(
    client: &Client,
    operation: &'static Operation,
    permit: Permit,
    outcome: &Result<Attempted, Error>,
) -> Option<Duration> {
    let headers = match outcome {
        Ok(response) => Some(&response.headers),
        Err(error) => error.headers(),
    };
    // Where there is no response, nothing is known of the quota.
    let headers = headers?;
    client.limiter.read_headers(headers, client.clock.as_ref());
    let error = outcome.as_ref().err();
    let Some(error) = error.filter(|error| error.is_throttled()) else {
        if permit.not_throttled() {
            client.tell(operation, RateLimitEvent::Opened);
        }
        return None;
    };
    if error.is_quota_for_long() {
        return None;
    }
    let hint = retry_after(error, client.clock.calendar());
    let (wait, closes) = permit.throttled(client.clock.now(), hint);
    if closes {
        client.tell(operation, RateLimitEvent::Closed { wait });
    }
    Some(wait)
}

/// Says in a request who calls, where the client knows.
async fn authorize(
    client: &Client,
    request: &mut reqwest::Request,
    end: Instant,
) -> Result<Option<Arc<Authorization>>, Error> {
    let Some(credentials) = &client.credentials else {
        return Ok(None);
    };
    let caller = credentials.get(&client.login(end)).await?;
    let headers = request.headers_mut();
    headers.insert(caller.header.clone(), caller.value.clone());
    if let Some(project) = client
        .quota_project
        .as_ref()
        .or(caller.quota_project.as_ref())
    {
        headers.insert(QUOTA_PROJECT, project.clone());
    }
    Ok(Some(caller))
}

/// Whether a caller whom the server does not know is somebody else by now. That is tried once in a
/// call: such an attempt certainly did nothing.
async fn log_in_again(
    client: &Client,
    attempts: &mut Attempts<'_>,
    error: &Error,
    caller: Option<Arc<Authorization>>,
) -> bool {
    let (Some(credentials), Some(caller)) = (&client.credentials, caller) else {
        return false;
    };
    if !error.is_unauthenticated() || !attempts.may_log_in_again() {
        return false;
    }
    credentials.refused(&caller);
    let renewed = credentials.get(&client.login(attempts.end())).await;
    renewed.is_ok_and(|renewed| renewed.value != caller.value)
}

/// The failure of a call whose next attempt was not sent.
fn unsent(error: Error, attempts: &Attempts, span: &Span) -> Error {
    span.record("error.type", error.class());
    error.with(attempts.trace())
}

/// Tells whoever listens how an attempt ended.
fn report(
    client: &Client,
    operation: &'static Operation,
    attempts: &Attempts,
    span: &Span,
    outcome: Result<StatusCode, &Error>,
    wait: Option<Duration>,
) {
    let status = outcome.map_or_else(Error::http_status, Some);
    let reason = outcome.err().map(Error::class);
    span.record("http.request.resend_count", attempts.number() - 1);
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    // A call that is tried again has not failed yet.
    if let (Some(reason), None) = (reason, wait) {
        span.record("error.type", reason);
    }
    debug!(
        attempt = attempts.number(),
        http.response.status_code = status.map(|status| status.as_u16()),
        error.r#type = reason,
        wait_ms = wait.map(|wait| wait.as_millis() as u64),
        "attempt",
    );
    if let Some(observer) = &client.observer {
        observer.attempt(&Attempt {
            operation,
            number: attempts.number(),
            status,
            throttled: outcome.err().is_some_and(Error::is_throttled),
            wait,
        });
    }
}
