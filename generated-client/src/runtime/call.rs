//! One call: a URL and a body from data, then the answer.

use bytes::BytesMut;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Url;
use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserializer, Serialize};

use super::parameters::{Pairs, Parameters};
use super::path::{Path, push_query};
use super::{Bytes, Client, Error, Operation, PathValue, Response};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The most that is read of a body: 32 MiB.
const MAX_BODY: usize = 32 << 20;

/// A call that is being put together.
///
/// What cannot be sent is noticed while it is put together, and reported when it would be sent.
#[derive(Debug)]
#[must_use = "nothing is called before `send`"]
pub struct Call<'a> {
    client: &'a Client,
    operation: &'static Operation,
    path: Path,
    query: Pairs,
    body: Option<Vec<u8>>,
    refused: Option<Error>,
}

impl<'a> Call<'a> {
    pub(super) fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: Path::new(operation.template()),
            query: Pairs::default(),
            body: None,
            refused: None,
        }
    }

    /// Puts a value into the next placeholder of the path; several if it is the name of a resource.
    pub fn path(mut self, value: impl PathValue) -> Self {
        let mut refused = None;
        value.each_part(&mut |part| {
            if let Err(error) = self.path.push(part) {
                refused.get_or_insert(error);
            }
        });
        self.note(refused.map_or(Ok(()), Err))
    }

    /// Adds a parameter to the query.
    pub fn query(mut self, name: &'static str, value: &impl Serialize) -> Self {
        let added = match serde_json::to_value(value) {
            Ok(value) => self.query.push(name, &value, None).map_err(Error::from),
            Err(_) => Err(Error::invalid_argument(format!(
                "`{name}` has no form in a query"
            ))),
        };
        self.note(added)
    }

    /// Adds to the query whatever is set of a method's options.
    pub fn options(mut self, options: &impl Parameters) -> Self {
        let added = self.query.extend(options);
        self.note(added)
    }

    /// Sends a value as the body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        let written = serde_json::to_vec(body)
            .map(|text| self.body = Some(text))
            .map_err(|_| Error::invalid_argument("the body has no form in JSON"));
        self.note(written)
    }

    /// Sends a message without fields as the body.
    pub fn empty_message(mut self) -> Self {
        self.body = Some(b"{}".to_vec());
        self
    }

    /// Sends the call, and reads what the response holds.
    ///
    /// # Errors
    ///
    /// See the predicates of [`Error`]: an argument that cannot be sent, a server that does not
    /// answer, an answer that is no success, or one that has another form than the API's
    /// description says.
    pub async fn send<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let id = self.operation.id();
        let (status, headers, body) = self.answer().await.map_err(|error| error.of(id))?;
        match decode(&body) {
            Ok(value) => Ok(Response::new(status, headers, value)),
            Err(error) => {
                let what = what_is_wrong(&body, &error);
                Err(Error::decode(status, headers, body, what).of(id))
            }
        }
    }

    /// Sends the call, whose response holds nothing that the API describes.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) but the last.
    pub async fn send_and_discard(self) -> Result<Response<()>, Error> {
        let id = self.operation.id();
        let (status, headers, _) = self.answer().await.map_err(|error| error.of(id))?;
        Ok(Response::new(status, headers, ()))
    }

    fn note(mut self, outcome: Result<(), impl Into<Error>>) -> Self {
        if let (Err(error), None) = (outcome, &self.refused) {
            self.refused = Some(error.into());
        }
        self
    }

    /// The answer, if it is one of success.
    async fn answer(self) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        let request = self.request()?;
        let mut response = request.send().await.map_err(Error::transport)?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        match read(response).await? {
            Some(body) if status.is_success() => Ok((status, headers, body)),
            Some(body) => Err(Error::status(status, headers, body)),
            None => {
                let what = format!("it is longer than {MAX_BODY} bytes");
                Err(Error::decode(status, headers, Bytes::new(), what))
            }
        }
    }

    fn request(self) -> Result<reqwest::RequestBuilder, Error> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        let client = self.client;
        let mut query = String::new();
        for (name, value) in self.query.or(&client.parameters).iter() {
            push_query(&mut query, name, value);
        }
        let url = url(&client.base_url, &self.path.finish(), &query)?;
        let method = self.operation.method().clone();
        let has_body = matches!(method, Method::PATCH | Method::POST | Method::PUT);
        let mut request = client.http.request(method, url).header(ACCEPT, JSON);
        if let Some(authorization) = &client.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        Ok(match self.body {
            Some(body) => request.header(CONTENT_TYPE, JSON).body(body),
            // Google answers 411 where there is no length.
            None if has_body => request.header(CONTENT_LENGTH, 0),
            None => request,
        })
    }
}

/// The URL of a call. Parsing it must not have changed the path that was asked for.
fn url(base: &str, path: &str, query: &str) -> Result<Url, Error> {
    let changed = || Error::invalid_argument("the values of the path make another path");
    let mut url = Url::parse(&format!("{base}{path}")).map_err(|_| changed())?;
    if !url.path().ends_with(path) || url.query().is_some() || url.fragment().is_some() {
        return Err(changed());
    }
    url.set_query(query.strip_prefix('?'));
    Ok(url)
}

/// Reads a body; nothing if it is too long.
async fn read(mut response: reqwest::Response) -> Result<Option<Bytes>, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::transport)? {
        if body.len() + chunk.len() > MAX_BODY {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body.freeze()))
}

/// What a body holds.
fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let value = T::deserialize(Strict(&mut from))?;
    from.end()?;
    Ok(value)
}

/// Reads a struct from an object only. Left alone, a struct could be read from an array too, which
/// would take any list for a resource.
struct Strict<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Where a body is not as it should be. What serde would say holds values, which may be anyone's
/// address.
fn what_is_wrong(body: &[u8], error: &serde_json::Error) -> String {
    let place = format!("at line {}, column {}", error.line(), error.column());
    if body.is_empty() {
        "it is empty".to_owned()
    } else if error.is_data() {
        format!("it has another form than the API describes, {place}")
    } else {
        format!("it is not JSON, {place}")
    }
}
