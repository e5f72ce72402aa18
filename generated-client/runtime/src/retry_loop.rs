//! The retry loop: sends the request of a call until an attempt succeeds or the call fails.

mod authorization;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tracing::{Instrument, Span, debug, field};

use super::attempt::{Limits, RawResponse, Reading, attempt};
use super::error::Error;
use super::hints::retry_after;
use super::observe::Attempt;
use super::rate_limiter::{Permit, RateLimitEvent};
use super::request_body::RequestBody;
use super::response::CallResponse;
use super::retry_state::{Decision, RetryState};
use super::{Authorization, Client, Operation};
use authorization::{authorize, reauthenticate};

/// Sends a request until an attempt succeeds, or a failure is not retried.
pub(super) async fn retry_loop(
    client: &Client,
    operation: &'static Operation,
    request: reqwest::Request,
    body: RequestBody,
    reading: Reading,
) -> Result<CallResponse, Error> {
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
    // It is large, and would be copied as a whole into what enters the span.
    let attempts = pin!(attempts(client, operation, (request, body), reading, &span));
    let response = attempts.instrument(span.clone()).await?;
    Ok(CallResponse {
        span: span.clone(),
        ..response
    })
}

async fn attempts(
    client: &Client,
    operation: &'static Operation,
    (mut request, body): (reqwest::Request, RequestBody),
    reading: Reading,
    span: &Span,
) -> Result<CallResponse, Error> {
    let mut state = RetryState::new(client, operation);
    let mut throttled = None;
    loop {
        let (caller, permit) = match admit(client, &mut request, &mut state).await {
            Ok(admitted) => admitted,
            Err(error) => return Err(unsent(error, throttled, &state, span)),
        };
        let outcome = send(client, &mut state, (&request, &body), reading).await;
        let closed = return_permit(client, operation, permit, &outcome);
        let error = match outcome {
            Ok(raw) => {
                state.succeeded();
                report(client, operation, &state, span, Ok(raw.status), None);
                return Ok(CallResponse::new(raw, state.trace()));
            }
            Err(error) => error,
        };
        state.body_is_spent |= body.is_spent();
        let decision = match reauthenticate(client, &mut state, &error, caller).await {
            true if !state.body_is_spent => Decision::Retry(Duration::ZERO),
            _ => state.decide(&error, closed),
        };
        let wait = match decision {
            Decision::Retry(wait) | Decision::Queue(wait) => Some(wait),
            Decision::Fail => None,
        };
        report(client, operation, &state, span, Err(&error), wait);
        match decision {
            Decision::Retry(wait) => client.shared.clock.sleep(wait).await,
            Decision::Queue(_) => throttled = Some(error),
            Decision::Fail => return failed(error, &state),
        }
    }
}

/// Sends a request once.
async fn send(
    client: &Client,
    state: &mut RetryState<'_>,
    (request, body): (&reqwest::Request, &RequestBody),
    reading: Reading,
) -> Result<RawResponse, Error> {
    let limits = Limits {
        timeout: state.begin(),
        deadline: state.stated_deadline(),
    };
    let connection = client.connection(state.operation(), state.number());
    attempt(
        &client.shared.http,
        connection,
        request,
        body.of_attempt(),
        limits,
        reading,
    )
    .await
}

/// What a call returns after the last failure: it can show that an earlier attempt succeeded.
fn failed(error: Error, state: &RetryState) -> Result<CallResponse, Error> {
    let error = error.with(state.trace());
    match state.shows_earlier_success(&error) {
        true => CallResponse::of_earlier_attempt(error),
        false => Err(error),
    }
}

/// Waits until the rate limiter admits an attempt, with credentials that are valid then.
async fn admit(
    client: &Client,
    request: &mut reqwest::Request,
    state: &mut RetryState<'_>,
) -> Result<(Option<Arc<Authorization>>, Permit), Error> {
    let operation = state.operation();
    let caller = authorize(client, request, state.deadline()).await?;
    let began = client.shared.clock.now();
    let mut was_queued = false;
    let queued = |ahead| {
        was_queued = true;
        client.tell(operation, RateLimitEvent::Queued { ahead });
    };
    let clock = client.shared.clock.as_ref();
    let admitted = client
        .shared
        .limiter
        .admit(clock, state.admission(), queued);
    let admitted = admitted.await;
    let permit = admitted.map_err(|late| state.not_admitted(late))?;
    if !was_queued {
        return Ok((caller, permit));
    }
    let wait = clock.now().saturating_duration_since(began);
    state.was_queued(wait);
    // A sleep can take longer than requested.
    if state.is_over() {
        return Err(state.not_admitted(
            client
                .shared
                .limiter
                .too_late(clock.now(), state.admission().ticket),
        ));
    }
    client.tell(operation, RateLimitEvent::Waited { wait });
    // The token may have expired in the queue.
    let caller = authorize(client, request, state.deadline()).await?;
    Ok((caller, permit))
}

/// Returns the permit of an attempt to the rate limiter. Returns for how long it is closed, where the
/// attempt was throttled and may be retried.
fn return_permit(
    client: &Client,
    operation: &'static Operation,
    permit: Permit,
    outcome: &Result<RawResponse, Error>,
) -> Option<Duration> {
    let headers = match outcome {
        Ok(response) => Some(&response.headers),
        Err(error) => error.headers(),
    };
    // Where there is no response, nothing is known of the quota.
    let headers = headers?;
    client
        .shared
        .limiter
        .read_headers(headers, client.shared.clock.as_ref());
    let error = outcome.as_ref().err();
    let Some(error) = error.filter(|error| error.is_throttled()) else {
        if permit.not_throttled() {
            client.tell(operation, RateLimitEvent::Opened);
        }
        return None;
    };
    if error.is_quota_exhausted() {
        return None;
    }
    let hint = retry_after(error, client.shared.clock.calendar());
    let (wait, closes) = permit.throttled(client.shared.clock.now(), hint);
    if closes {
        client.tell(operation, RateLimitEvent::Closed { wait });
    }
    Some(wait)
}

/// The error of a call whose next attempt was not sent.
fn unsent(error: Error, throttled: Option<Error>, state: &RetryState, span: &Span) -> Error {
    let error = match throttled {
        // The response to the last attempt says more.
        Some(throttled) if error.is_throttled() => throttled,
        _ => error,
    };
    span.record("error.type", error.class());
    error.with(state.trace())
}

/// Records how an attempt ended, and tells the observer.
fn report(
    client: &Client,
    operation: &'static Operation,
    state: &RetryState,
    span: &Span,
    outcome: Result<StatusCode, &Error>,
    wait: Option<Duration>,
) {
    let status = outcome.map_or_else(Error::http_status, Some);
    let reason = outcome.err().map(Error::class);
    span.record("http.request.resend_count", state.number() - 1);
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    // A call that is retried has not failed yet.
    if let (Some(reason), None) = (reason, wait) {
        span.record("error.type", reason);
    }
    debug!(
        attempt = state.number(),
        http.response.status_code = status.map(|status| status.as_u16()),
        error.r#type = reason,
        wait_ms = wait.map(|wait| wait.as_millis() as u64),
        "attempt",
    );
    if let Some(observer) = &client.shared.observer {
        observer.attempt(&Attempt {
            operation,
            number: state.number(),
            status,
            throttled: outcome.err().is_some_and(Error::is_throttled),
            wait,
        });
    }
}
