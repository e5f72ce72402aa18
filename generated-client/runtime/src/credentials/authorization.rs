//! What is added to a request so that it is authorized.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use crate::path::push_query;
use crate::{Error, Secret, cookies};

/// The authorization of a request: a header, a query parameter or a cookie, or several of these.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    parts: Vec<Part>,
    pub(crate) expires_in: Option<Duration>,
    pub(crate) quota_project: Option<HeaderValue>,
}

#[derive(Clone, PartialEq, Eq)]
enum Part {
    Header(HeaderName, HeaderValue),
    Query(String, Secret),
    Cookie(String, Secret),
}

impl Authorization {
    /// `Authorization: Bearer …`, with an access token of OAuth 2.0.
    ///
    /// # Errors
    ///
    /// A token that cannot stand in a header.
    pub fn bearer(token: impl Into<Secret>) -> Result<Self, Error> {
        Self::header(AUTHORIZATION, format!("Bearer {}", token.into().expose()))
    }

    /// `x-goog-api-key: …`. It identifies a project, and not a caller. It is never a part of
    /// the URL.
    ///
    /// Source: <https://cloud.google.com/docs/authentication/api-keys-use>.
    ///
    /// # Errors
    ///
    /// A key that cannot stand in a header.
    pub fn api_key(key: impl Into<Secret>) -> Result<Self, Error> {
        Self::header(HeaderName::from_static("x-goog-api-key"), key)
    }

    /// `Authorization: Basic …`, with an id and a secret.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc7617>.
    ///
    /// # Errors
    ///
    /// An id with a colon in it, at which the secret would begin.
    pub fn basic(id: &str, secret: impl Into<Secret>) -> Result<Self, Error> {
        if id.contains(':') {
            return Err(Error::invalid_argument("the id has a colon in it"));
        }
        let pair = BASE64_STANDARD.encode(format!("{id}:{}", secret.into().expose()));
        Self::header(AUTHORIZATION, format!("Basic {pair}"))
    }

    /// Any header.
    ///
    /// # Errors
    ///
    /// A value that cannot stand in a header.
    pub fn header(header: HeaderName, value: impl Into<Secret>) -> Result<Self, Error> {
        let mut value = HeaderValue::try_from(value.into().expose())
            .map_err(|_| Error::invalid_argument("the credential cannot stand in a header"))?;
        value.set_sensitive(true);
        Ok(Self::of(Part::Header(header, value)))
    }

    /// A header of this name.
    ///
    /// # Errors
    ///
    /// A name that no header can have, or a value that cannot stand in a header.
    pub fn header_named(name: &str, value: impl Into<Secret>) -> Result<Self, Error> {
        let header = HeaderName::try_from(name)
            .map_err(|_| Error::invalid_argument("no header can have this name"))?;
        Self::header(header, value)
    }

    /// A parameter of the query. Prefer a header where the API takes one: URLs are in the logs of servers and
    /// proxies.
    pub fn query(name: impl Into<String>, value: impl Into<Secret>) -> Self {
        Self::of(Part::Query(name.into(), value.into()))
    }

    /// A cookie.
    ///
    /// # Errors
    ///
    /// A name or a value that no cookie can have.
    pub fn cookie(name: &str, value: impl Into<Secret>) -> Result<Self, Error> {
        let value = value.into();
        if name.is_empty() || name.contains('=') || !cookies::is_value(name) {
            return Err(Error::invalid_argument("no cookie can have this name"));
        }
        if !cookies::is_value(value.expose()) {
            return Err(Error::invalid_argument(
                "the credential cannot stand in a cookie",
            ));
        }
        Ok(Self::of(Part::Cookie(name.to_owned(), value)))
    }

    fn of(part: Part) -> Self {
        Self {
            parts: vec![part],
            expires_in: None,
            quota_project: None,
        }
    }

    /// This authorization and another one, for an API that needs both. It expires when the first of them does.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self.expires_in = match (self.expires_in, other.expires_in) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.quota_project = self.quota_project.or(other.quota_project);
        self
    }

    /// It expires this long after the fetch began; never unless set.
    #[must_use]
    pub fn expires_in(mut self, life: Duration) -> Self {
        self.expires_in = Some(life);
        self
    }

    /// The quota project, where the credentials name one. It is sent as `x-goog-user-project`, unless it
    /// is not a valid header value.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/set-quota-project>.
    #[must_use]
    pub fn quota_project(mut self, project: &str) -> Self {
        self.quota_project = HeaderValue::try_from(project).ok();
        self
    }

    /// Whether requests look the same with another authorization.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.parts == other.parts
    }

    /// Sets the authorization in a request, in the place of an earlier one.
    pub(crate) fn apply(&self, request: &mut reqwest::Request) {
        for part in &self.parts {
            match part {
                Part::Header(name, value) => {
                    request.headers_mut().insert(name.clone(), value.clone());
                }
                Part::Query(name, value) => set_query(request.url_mut(), name, value.expose()),
                Part::Cookie(name, value) => set_cookie(request, name, value.expose()),
            }
        }
    }
}

fn set_query(url: &mut reqwest::Url, name: &str, value: &str) {
    let mut pair = String::new();
    push_query(&mut pair, name, value);
    let pair = pair.trim_start_matches('?');
    let start = pair.split_inclusive('=').next().unwrap_or_default();
    let others = url.query().unwrap_or_default().split('&');
    let others = others.filter(|other| !other.is_empty() && !other.starts_with(start));
    let query: Vec<&str> = others.chain([pair]).collect();
    let query = query.join("&");
    url.set_query(Some(&query));
}

fn set_cookie(request: &mut reqwest::Request, name: &str, value: &str) {
    let known = request.headers().get(COOKIE);
    let known = known.and_then(|known| known.to_str().ok());
    let cookies = cookies::with(known.unwrap_or_default(), name, value);
    // Both parts were checked.
    if let Ok(mut cookies) = HeaderValue::try_from(cookies) {
        cookies.set_sensitive(true);
        request.headers_mut().insert(COOKIE, cookies);
    }
}

/// Without the credentials.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts.iter().map(|part| match part {
            Part::Header(name, _) => format!("header {name}"),
            Part::Query(name, _) => format!("query {name}"),
            Part::Cookie(name, _) => format!("cookie {name}"),
        });
        f.debug_struct("Authorization")
            .field("parts", &parts.collect::<Vec<_>>())
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}
