//! A call: its URL, headers and body are built from data, and its response is decoded.

mod build;

use std::fmt;

use http::header::COOKIE;
use http::{HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::attempt::Reading;
use super::cookies;
use super::decode::read;
use super::error::InvalidArgument;
use super::field_mask::{FIELDS, check_mask};
use super::media::Transfer;
use super::parameters::Pairs;
use super::path::Path;
use super::query_style::joined;
use super::request_body::CallBody;
use super::response::CallResponse;
use super::resumable;
use super::retry_loop::retry_loop;
use super::wire::{In, Wire};
use super::{Client, Error, JsonValue, Operation, PathValue, QueryStyle, Response, RetryPolicy};

/// The headers that the client sets itself, or that belong to the connection.
const OWN_HEADERS: [&str; 14] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The builder of a call.
///
/// An invalid argument is an error when the call is sent.
#[derive(Clone)]
#[must_use = "nothing is called before `send`"]
pub struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    path: Path,
    query: Pairs,
    /// The names of the parameters that were set, with something or an empty list.
    given: Vec<&'static str>,
    headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Option<CallBody>,
    /// How media travels with the call.
    pub(super) transfer: Option<Transfer>,
    refused: Option<InvalidArgument>,
}

/// Without values, which may be personal data.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id())
            .finish_non_exhaustive()
    }
}

impl Call {
    pub(super) fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: Path::new(operation.template()),
            query: Pairs::default(),
            given: Vec::new(),
            headers: Vec::new(),
            body: None,
            transfer: None,
            refused: None,
        }
    }

    /// Expands the next variable of the path template; several if the value is a resource name.
    pub fn path(mut self, value: impl PathValue) -> Self {
        if let Some(expanded) = value.expanded() {
            let pushed = self.path.push_expanded(expanded);
            return self.note(pushed);
        }
        let mut refused = None;
        value.each_part(&mut |part| {
            if let Err(error) = self.path.push(part) {
                refused.get_or_insert(error);
            }
        });
        self.note(refused.map_or(Ok(()), Err))
    }

    /// Sets a query parameter. `limit` is the maximum length of its value, in characters.
    pub fn query(
        mut self,
        name: &'static str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Self {
        self.given(name);
        let set = self.query.set(name, value, limit);
        self.note(set)
    }

    /// Sets a query parameter that is a list or an object.
    pub fn styled(mut self, name: &'static str, style: QueryStyle, value: &impl Serialize) -> Self {
        self.given(name);
        let set = self.query.set_styled(name, style, value);
        self.note(set)
    }

    /// Notes that a parameter was set.
    fn given(&mut self, name: &'static str) {
        if self.operation.required_parameters().contains(&name) {
            self.given.push(name);
        }
    }

    /// Sets a cookie.
    pub fn cookie(mut self, name: &'static str, value: &impl Serialize) -> Self {
        let added = match serde_json::to_value(value) {
            Ok(JsonValue::Null) => Ok(()),
            Ok(value) if value.is_array() || value.is_object() => {
                let text = cookies::escaped(&joined(value, ","));
                self.push_cookie(name, &text)
            }
            Ok(value) => self.push_cookie(name, &joined(value, ",")),
            Err(_) => Err(InvalidArgument::new(format!(
                "`{name}` has no form in a cookie"
            ))),
        };
        self.note(added)
    }

    fn push_cookie(&mut self, name: &str, value: &str) -> Result<(), InvalidArgument> {
        if !cookies::is_value(value) {
            let what = format!("the cookie `{name}` has a character that no cookie may have");
            return Err(InvalidArgument::new(what));
        }
        let known = self.headers.iter().find(|(known, _)| *known == COOKIE);
        let known = known.and_then(|(_, value)| value.to_str().ok());
        let cookies = cookies::with(known.unwrap_or_default(), name, value);
        self.push_header("cookie", cookies)
    }

    /// Sets a header.
    pub fn header(mut self, name: &'static str, value: &impl Serialize) -> Self {
        let added = match serde_json::to_value(value) {
            Ok(JsonValue::Null) => Ok(()),
            Ok(value) => self.push_header(name, joined(value, ",")),
            Err(_) => Err(InvalidArgument::new(format!(
                "`{name}` has no form in a header"
            ))),
        };
        self.note(added)
    }

    fn push_header(&mut self, name: &str, text: String) -> Result<(), InvalidArgument> {
        let refused = || InvalidArgument::new(format!("`{name}` cannot stand in a header"));
        let header = HeaderName::try_from(name).map_err(|_| refused())?;
        let value = HeaderValue::try_from(text).map_err(|_| refused())?;
        self.headers.retain(|(known, _)| *known != header);
        self.headers.push((header, value));
        Ok(())
    }

    /// Sets a header that is not in the API's spec. One that the client sets itself cannot be set.
    pub fn extra_header(mut self, name: &str, value: String) -> Self {
        let own = |known: &&&str| known.eq_ignore_ascii_case(name);
        let set = match OWN_HEADERS.iter().find(own) {
            Some(own) => Err(InvalidArgument::new(format!(
                "the client sets the header `{own}` itself"
            ))),
            None => self.push_header(name, value),
        };
        self.note(set)
    }

    /// Sets the retry policy of this call, in place of the client's.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.client = self.client.with_retry_policy(policy);
        self
    }

    /// The value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let shared = || self.client.shared.parameters.get(name);
        self.query.get(name).or_else(shared)
    }

    /// Sends the call, and decodes the body of the response.
    ///
    /// # Errors
    ///
    /// See the predicates of [`Error`]: an invalid argument, no response, a status that is not one of
    /// success, or a response that is not as the API's spec describes it.
    pub async fn send<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let operation = self.operation;
        read(self.execute().await?, operation)
    }

    /// Sends the call, and decodes a body whose values have a wire format of their own.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn send_wire<T: Wire>(self) -> Result<Response<T>, Error> {
        Ok(self.send::<In<T>>().await?.map(In::into_inner))
    }

    /// Sends the call, whose response may have no body, and decodes it as
    /// [`send_wire`](Self::send_wire) does.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn send_optional_wire<T: Wire>(self) -> Result<Response<Option<T>>, Error> {
        let response = self.send_optional::<In<T>>().await?;
        Ok(response.map(|body| body.map(In::into_inner)))
    }

    /// Sends the call, whose response may have no body.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn send_optional<T: DeserializeOwned>(self) -> Result<Response<Option<T>>, Error> {
        let operation = self.operation;
        let response = self.execute().await?;
        if response.raw.body.is_empty() {
            return Ok(Response::new(response, operation, None));
        }
        Ok(read::<T>(response, operation)?.map(Some))
    }

    /// Sends the call, whose response has no documented body.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) but the last.
    pub async fn send_and_discard(self) -> Result<Response<()>, Error> {
        let operation = self.operation;
        Ok(Response::new(self.execute().await?, operation, ()))
    }

    /// Checks that the response has a property: a field mask could leave it out, and a list would end
    /// early.
    pub(super) fn returns(&self, property: &str) -> Result<(), Error> {
        check_mask(self.parameter(FIELDS), self.operation, property)
    }

    /// What the URL begins with: the client's base URL, or that of the operation's own server.
    pub(super) fn base_url(&self) -> &str {
        own_server(&self.client, self.operation).unwrap_or(self.client.base_url())
    }

    pub(super) fn note(mut self, outcome: Result<(), impl Into<InvalidArgument>>) -> Self {
        if let (Err(refused), None) = (outcome, &self.refused) {
            self.refused = Some(refused.into());
        }
        self
    }

    /// Sends the call. Its response is one of success, and not decoded yet.
    pub(super) async fn execute(self) -> Result<CallResponse, Error> {
        let max_body = self.client.shared.max_body;
        self.execute_and_read(Reading::Whole(max_body)).await
    }

    pub(super) async fn execute_and_read(
        mut self,
        reading: Reading,
    ) -> Result<CallResponse, Error> {
        if let Some(Transfer::Resumable(media)) = self.transfer.take_if(|it| it.is_resumable()) {
            return Box::pin(resumable::send(self, media)).await;
        }
        let (client, operation) = (self.client.clone(), self.operation);
        let (request, body) = self.request().map_err(|error| error.of(operation.id()))?;
        retry_loop(&client, operation, request, body, reading).await
    }
}

/// The server of an operation that has its own, unless the client has a base URL that was set.
fn own_server(client: &Client, operation: &Operation) -> Option<&'static str> {
    let own = operation.own_server();
    own.filter(|_| !client.shared.has_own_base_url)
}
