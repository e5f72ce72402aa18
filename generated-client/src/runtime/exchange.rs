//! A request and its answer, over as many attempts as it takes.

use http::{HeaderMap, StatusCode};
use tracing::{Instrument, Span, debug, field};

use super::error::{Error, Trace};
use super::observe::Attempt;
use super::retry::Attempts;
use super::{Bytes, Client, Operation};

/// The most that is read of a body, unless the client says something else: 32 MiB.
pub(super) const MAX_BODY: usize = 32 << 20;

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
    request: reqwest::Request,
    span: &Span,
) -> Result<Answer, Error> {
    let mut attempts = Attempts::new(client, operation);
    loop {
        let place = client.gate.enter(client.clock.as_ref(), attempts.end());
        let Ok(place) = place.await else {
            // Nothing is sent that nobody would wait for.
            span.record("error.type", "timeout");
            return Err(Error::too_late().with(attempts.trace()));
        };
        let timeout = attempts.begin();
        let outcome = attempt(client, &request, timeout).await;
        drop(place);
        let error = match outcome {
            Ok(answer) => {
                client.budget().deposit();
                client.gate.recover();
                report(client, operation, &attempts, span, Ok(answer.status), None);
                let trace = attempts.trace();
                return Ok(Answer { trace, ..answer });
            }
            Err(error) => error,
        };
        if error.is_throttled() {
            client.gate.slow_down();
        }
        let wait = attempts.wait_after(&error);
        report(client, operation, &attempts, span, Err(&error), wait);
        match wait {
            Some(wait) => client.clock.sleep(wait).await,
            None if attempts.is_done_already(&error) => return Ok(error.into_done()),
            None => return Err(error.with(attempts.trace())),
        }
    }
}

/// One attempt.
async fn attempt(
    client: &Client,
    request: &reqwest::Request,
    timeout: std::time::Duration,
) -> Result<Answer, Error> {
    // Every body is bytes, which can be sent again.
    let Some(mut request) = request.try_clone() else {
        return Err(Error::invalid_argument("the body cannot be sent twice"));
    };
    *request.timeout_mut() = Some(timeout);
    let sent = client.http.execute(request).await;
    let mut response = sent.map_err(Error::transport)?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = read(response, client.max_body).await;
    if !status.is_success() {
        // What the server decided is known, also where its words are not to be had.
        let body = body.ok().flatten().unwrap_or_default();
        return Err(Error::status(status, headers, body));
    }
    match body? {
        Some(body) => Ok(Answer {
            status,
            headers,
            body,
            trace: Trace::default(),
            span: Span::none(),
        }),
        None => {
            let what = format!("it is longer than {} bytes", client.max_body);
            Err(Error::decode(status, headers, Bytes::new(), what))
        }
    }
}

/// Reads a body; nothing if it is too long.
async fn read(mut response: reqwest::Response, most: usize) -> Result<Option<Bytes>, Error> {
    let mut body = bytes::BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::transport)? {
        if body.len() + chunk.len() > most {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body.freeze()))
}

/// Tells whoever listens how an attempt ended.
fn report(
    client: &Client,
    operation: &'static Operation,
    attempts: &Attempts,
    span: &Span,
    outcome: Result<StatusCode, &Error>,
    wait: Option<std::time::Duration>,
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
