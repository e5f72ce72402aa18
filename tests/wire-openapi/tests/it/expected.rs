//! What a document says of a request, read without the generator's help.

use crate::styles::{base64, form, in_path, in_query, simple, sorted, split, written};
use serde_json::{Value, json};
use wire_openapi::reading::operation::{Media, Operation, Parameter};
use wire_openapi::reading::sample::Way;
use wire_openapi::reading::security::{Kind, secret};
use wire_openapi::reading::{Document, members, same};

/// Headers that are no parameters.
const NO_PARAMETERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "content-length",
    "content-type",
];

/// A request, as far as documents speak of it.
#[derive(Debug, Default, PartialEq)]
pub struct Request {
    pub verb: String,
    /// The segments of the path, decoded.
    pub path: Vec<String>,
    /// The parameters of the query, decoded and sorted.
    pub query: Vec<(String, Value)>,
    pub headers: Vec<(String, String)>,
    pub cookies: Vec<String>,
    /// The media type of the body.
    pub content: Option<String>,
    pub body: Body,
}

#[derive(Debug, Default)]
pub enum Body {
    #[default]
    Nothing,
    Json(Value),
    /// The fields of a form, decoded and sorted.
    Form(Vec<(String, Value)>),
    /// Parts, sorted: their names, media types and contents.
    Parts(Vec<(String, String, Value)>),
    Text(String),
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Json(one), Self::Json(other)) => same(one, other),
            (Self::Form(one), Self::Form(other)) => one == other,
            (Self::Parts(one), Self::Parts(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            _ => false,
        }
    }
}

/// What is sent as text or bytes.
pub const UPLOADED: &str = "v0 &=ü+%/";

/// What a document says of the request of an operation with the made-up values.
pub fn request(document: &Document, operation: &Operation, in_parts: bool) -> Request {
    let expected = Expected {
        document,
        operation,
        in_parts,
    };
    let (content, body) = expected.body();
    Request {
        verb: operation.verb.clone(),
        path: expected.path(),
        query: expected.query(),
        headers: expected.headers(),
        cookies: expected.cookies(),
        content,
        body,
    }
}

struct Expected<'a> {
    document: &'a Document,
    operation: &'a Operation,
    in_parts: bool,
}

impl Expected<'_> {
    fn value(&self, of: &Parameter) -> Value {
        self.document
            .parameter_value(&of.place, &of.name, &of.schema)
    }

    fn of_place(&self, place: &'static str) -> impl Iterator<Item = &Parameter> {
        let all = self.operation.parameters.iter();
        all.filter(move |it| it.place == place)
    }

    fn path(&self) -> Vec<String> {
        let (path, _) = split(&self.operation.path);
        let mut segments = Vec::new();
        for segment in path.split('/').skip(1) {
            let mut segment = segment.to_owned();
            for parameter in self.of_place("path") {
                let placeholder = format!("{{{}}}", parameter.name);
                if segment.contains(&placeholder) {
                    let value = match parameter.json {
                        true => self.value(parameter).to_string(),
                        false => in_path(parameter, &self.value(parameter)),
                    };
                    segment = segment.replace(&placeholder, &value);
                }
            }
            segments.push(segment);
        }
        segments
    }

    fn query(&self) -> Vec<(String, Value)> {
        let (_, own) = split(&self.operation.path);
        let mut pairs = super::requests::decoded(own);
        for parameter in self.of_place("query") {
            pairs.extend(in_query(parameter, self.value(parameter)));
        }
        pairs.extend(self.keys("query").map(|(name, key)| (name, key.into())));
        sorted(pairs)
    }

    /// The headers that are parameters. Three are none, whatever a document says, and two are the connection's.
    fn headers(&self) -> Vec<(String, String)> {
        let parameters = self.of_place("header");
        let headers = parameters.map(|it| {
            let value = match it.json {
                true => self.value(it).to_string(),
                false => simple(&self.value(it), it.explode),
            };
            (it.name.to_lowercase(), value)
        });
        let mut headers: Vec<_> = headers
            .filter(|(name, _)| !NO_PARAMETERS.contains(&name.as_str()))
            .collect();
        for scheme in &self.operation.credentials {
            match &scheme.kind {
                Kind::Key(place, name) if place == "header" => {
                    headers.push((name.to_lowercase(), secret(scheme)));
                }
                Kind::Key(..) => {}
                Kind::Basic => {
                    let pair = format!("id:{}", secret(scheme));
                    headers.push((
                        "authorization".to_owned(),
                        format!("Basic {}", base64(&pair)),
                    ));
                }
                Kind::Bearer | Kind::Token => {
                    headers.push((
                        "authorization".to_owned(),
                        format!("Bearer {}", secret(scheme)),
                    ));
                }
            }
        }
        headers.sort();
        headers
    }

    /// The keys in the query or in cookies.
    fn keys(&self, wanted: &'static str) -> impl Iterator<Item = (String, String)> {
        let schemes = self.operation.credentials.iter();
        schemes.filter_map(move |scheme| match &scheme.kind {
            Kind::Key(place, name) if place == wanted => Some((name.clone(), secret(scheme))),
            _ => None,
        })
    }

    fn cookies(&self) -> Vec<String> {
        let mut cookies = Vec::new();
        for parameter in self.of_place("cookie") {
            // A list stands in one cookie, with its commas escaped; an object has no form there, and no setter.
            let value = match self.value(parameter) {
                Value::Object(_) => continue,
                Value::Array(items) => {
                    let items: Vec<_> = items.iter().map(written).collect();
                    items.join("%2C")
                }
                value => written(&value),
            };
            cookies.push(format!("{}={value}", parameter.name));
        }
        cookies.extend(
            self.keys("cookie")
                .map(|(name, key)| format!("{name}={key}")),
        );
        cookies.sort();
        cookies
    }

    fn body(&self) -> (Option<String>, Body) {
        let media = match self.in_parts {
            true => self.operation.parts(),
            false => self.operation.body(),
        };
        let Some(media) = media else {
            return (None, Body::Nothing);
        };
        let kind = match media.essence().as_str() {
            "*/*" | "application/*" if media.is_json() => "application/json".to_owned(),
            "application/*+json" => "application/json".to_owned(),
            "*/*" | "application/*" => "application/octet-stream".to_owned(),
            "image/*" => "image/png".to_owned(),
            kind => kind.to_owned(),
        };
        let value = self.document.body_value(&media.schema, Way::Sent);
        let value = value.unwrap_or_default();
        let body = match kind.as_str() {
            _ if self.is_binary(&media.schema) => Body::Text(UPLOADED.to_owned()),
            _ if media.is_json() => Body::Json(value),
            "application/x-www-form-urlencoded" => Body::Form(form(media, &value)),
            "multipart/form-data" => Body::Parts(self.parts(media, &value)),
            _ => Body::Text(UPLOADED.to_owned()),
        };
        (Some(kind), body)
    }

    fn is_binary(&self, schema: &Value) -> bool {
        let flat = self.document.flat(schema);
        let encoding = flat.get("contentEncoding");
        let is_raw = encoding.is_none() && flat.contains_key("contentMediaType");
        // It is no encoding by RFC 2045, but says that there is none.
        is_raw || encoding == Some(&json!("binary")) || flat.get("format") == Some(&json!("binary"))
    }

    /// Whether a part is a file, or a list of them; of a union, one member is enough.
    fn is_file(&self, schema: &Value) -> bool {
        let flat = self.document.flat(schema);
        let members = self.document.alternatives(&flat);
        self.is_binary(schema)
            || flat.get("items").is_some_and(|it| self.is_binary(it))
            || members.iter().any(|it| self.is_file(it))
    }

    fn parts(&self, media: &Media, value: &Value) -> Vec<(String, String, Value)> {
        let flat = self.document.flat(&media.schema);
        let mut parts = Vec::new();
        for (name, value) in members(value) {
            let schema = flat.get("properties").map(|it| &it[name]);
            let is_file = schema.is_some_and(|it| self.is_file(it));
            let stated = media.encoding[name]["contentType"].as_str();
            let of_value = match value {
                _ if is_file => "application/octet-stream",
                Value::Object(_) => "application/json",
                _ => "",
            };
            let kind = stated
                .filter(|it| !it.contains([',', '*']))
                .unwrap_or(of_value);
            let is_one = media.encoding[name]["explode"] == false;
            let values = match value {
                Value::Array(_) if is_one => vec![simple(value, false).into()],
                Value::Array(items) if !kind.ends_with("json") => items.clone(),
                value => vec![value.clone()],
            };
            for value in values {
                let kind = match (&value, kind) {
                    (Value::Object(_) | Value::Array(_), "") => "application/json",
                    (_, kind) => kind,
                };
                let value = match kind.ends_with("json") {
                    true => value,
                    false => Value::String(written(&value)),
                };
                parts.push((name.clone(), kind.to_owned(), value));
            }
        }
        parts.sort_by_key(|it| format!("{it:?}"));
        parts
    }
}
