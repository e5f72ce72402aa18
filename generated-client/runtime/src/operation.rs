//! What is known of an operation, as data.

use http::Method;

use super::Encoding;

/// What is known of an operation before it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    id: &'static str,
    method: &'static Method,
    template: &'static str,
    scopes: &'static [&'static str],
    idempotent: bool,
    credentials: &'static [CredentialKind],
    headers: &'static [(&'static str, &'static str)],
    data_wrapper: bool,
    required: &'static [&'static str],
    query: &'static [(&'static str, &'static str)],
    server: Option<&'static str>,
    required_parts: &'static [&'static str],
    encodings: &'static [(&'static str, Encoding)],
}

/// A kind of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// A key in a header of its own, in the query or in a cookie.
    ApiKey,
    /// An id and a secret, in `Authorization`.
    Basic,
    /// A token, in `Authorization`.
    Bearer,
}

macro_rules! constructors {
    ($($name:ident: $method:ident,)*) => {$(
        #[doc = concat!(
            "An operation that is called by ", stringify!($method), " under a path with \
             placeholders, such as `/v1/customers/{customer}`."
        )]
        pub const fn $name(id: &'static str, template: &'static str) -> Self {
            Self::new(id, &Method::$method, template)
        }
    )*};
}

impl Operation {
    constructors! {
        delete: DELETE,
        get: GET,
        head: HEAD,
        options: OPTIONS,
        patch: PATCH,
        post: POST,
        put: PUT,
        trace: TRACE,
    }

    const fn new(id: &'static str, method: &'static Method, template: &'static str) -> Self {
        Self {
            id,
            method,
            template,
            scopes: &[],
            idempotent: false,
            credentials: &[],
            headers: &[],
            data_wrapper: false,
            required: &[],
            query: &[],
            server: None,
            required_parts: &[],
            encodings: &[],
        }
    }

    /// Says that the operation may be repeated without doing more than it does once.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Says which OAuth 2.0 scopes allow the operation. Any one of them is enough.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Says which query parameters every call of the operation has, with their only values.
    #[must_use]
    pub const fn query(mut self, parameters: &'static [(&'static str, &'static str)]) -> Self {
        self.query = parameters;
        self
    }

    /// The query parameters that every call of the operation has, with their values.
    pub const fn fixed_query(&self) -> &'static [(&'static str, &'static str)] {
        self.query
    }

    /// Says that the operation is on a server of its own, unless the base URL of the client was set.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// The server of the operation; `None` where it is the server of the API.
    pub const fn own_server(&self) -> Option<&'static str> {
        self.server
    }

    /// Says of which kinds of credentials the operation needs one.
    #[must_use]
    pub const fn credentials(mut self, kinds: &'static [CredentialKind]) -> Self {
        self.credentials = kinds;
        self
    }

    /// Says that messages travel inside of an object, as its member `data`.
    #[must_use]
    pub const fn data_wrapper(mut self) -> Self {
        self.data_wrapper = true;
        self
    }

    /// Whether messages travel inside of an object, as its member `data`.
    pub const fn has_data_wrapper(&self) -> bool {
        self.data_wrapper
    }

    /// Says which headers every call of the operation has, with their only values.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The headers that every call of the operation has, with their values.
    pub const fn fixed_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }

    /// Whether every call of the operation has this header, with its only value.
    pub(super) fn has_fixed(&self, header: &http::HeaderName) -> bool {
        self.headers.iter().any(|(name, _)| name == header)
    }

    /// Says which parameters of the query have to be set before the operation is called.
    #[must_use]
    pub const fn required(mut self, parameters: &'static [&'static str]) -> Self {
        self.required = parameters;
        self
    }

    /// The parameters of the query that have to be set, where setters set them.
    pub const fn required_parameters(&self) -> &'static [&'static str] {
        self.required
    }

    /// Says which parts of the body have to be set before the operation is called.
    #[must_use]
    pub const fn required_parts(mut self, parts: &'static [&'static str]) -> Self {
        self.required_parts = parts;
        self
    }

    /// The parts of the body that have to be set, where setters set them.
    pub(super) const fn parts_to_set(&self) -> &'static [&'static str] {
        self.required_parts
    }

    /// Says how properties of the body are written that are not written as their types are by default.
    #[must_use]
    pub const fn encodings(mut self, encodings: &'static [(&'static str, Encoding)]) -> Self {
        self.encodings = encodings;
        self
    }

    /// How properties of the body are written that are not written as their types are by default.
    pub(super) const fn stated_encodings(&self) -> &'static [(&'static str, Encoding)] {
        self.encodings
    }

    /// Whether a response may have any media type.
    pub(super) fn takes_any(&self) -> bool {
        let accept = self.headers.iter().find(|(name, _)| *name == "accept");
        accept.is_some_and(|(_, kinds)| kinds.contains('*'))
    }

    /// The kinds of credentials of which the operation needs one; none where the spec does not
    /// say so.
    pub const fn needed_credentials(&self) -> &'static [CredentialKind] {
        self.credentials
    }

    /// The operation's id, as the API's spec writes it.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub const fn method(&self) -> &'static Method {
        self.method
    }

    /// The path below the base URL, with placeholders in braces.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// The OAuth 2.0 scopes of which any one is enough; none where the spec states none.
    pub const fn allowed_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Whether the operation may be repeated without doing more than it does once.
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }
}
