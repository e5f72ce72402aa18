//! A server that records every request as it came, and responds in a fixed order.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The path and the query, nothing decoded.
    pub target: String,
    /// The headers, sorted; without `host`, which holds the port.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The body as it came, also where it is no text.
    pub bytes: Vec<u8>,
}

impl Received {
    /// The path, nothing decoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query, nothing decoded.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A response of the server.
#[derive(Clone, Debug)]
pub struct ResponseTemplate {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body.
    pub body: String,
}

impl ResponseTemplate {
    /// 200, with this body.
    pub fn ok(body: impl Into<String>) -> Self {
        Self::new(200, body)
    }

    /// This status, with this body.
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// The same, with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

#[derive(Clone)]
struct Shared {
    responses: Arc<Mutex<Vec<ResponseTemplate>>>,
    received: Arc<Mutex<Vec<Received>>>,
}

/// A server on a free port of this machine. It stops when it is dropped.
pub struct Recorder {
    base_url: String,
    shared: Shared,
    serving: JoinHandle<io::Result<()>>,
}

impl Recorder {
    /// Starts a server that gives these responses one after the other, and the last one from then on.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub async fn start(responses: impl IntoIterator<Item = ResponseTemplate>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let mut responses: Vec<ResponseTemplate> = responses.into_iter().collect();
        responses.reverse();
        let shared = Shared {
            responses: Arc::new(Mutex::new(responses)),
            received: Arc::default(),
        };
        let app = Router::new().fallback(record).with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self {
            base_url,
            shared,
            serving,
        })
    }

    /// Where the server is.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Every request so far. They are forgotten after that.
    pub fn take(&self) -> Vec<Received> {
        let mut received = self.shared.received.lock();
        std::mem::take(received.as_mut().unwrap_or_else(|error| error.get_mut()))
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn record(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20)
        .await
        .unwrap_or_default();
    let received = Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: headers(&parts.headers),
        body: text(&body),
        bytes: body.to_vec(),
    };
    shared
        .received
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(received);
    respond(&shared)
}

fn respond(shared: &Shared) -> Response {
    let mut responses = shared
        .responses
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let template = if responses.len() > 1 {
        responses.pop()
    } else {
        responses.last().cloned()
    };
    let Some(template) = template else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let mut response = Response::builder().status(template.status);
    for (name, value) in template.headers {
        response = response.header(name, value);
    }
    let response = response.body(template.body.into());
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut headers: Vec<_> = headers
        .iter()
        .filter(|(name, _)| name.as_str() != "host")
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect();
    headers.sort();
    headers
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
