//! What a document says of a request, read without the generator's help: its own expansion of `path`,
//! where the generated client goes by `flatPath`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;
use wire::document::{path_value, query_values, template, text};

/// Everything but what RFC 3986 calls unreserved, and `@`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// A request, as far as documents speak of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub verb: String,
    pub path: String,
    /// The parameters of the query, decoded and sorted.
    pub query: Vec<(String, String)>,
    pub version: Option<String>,
    pub body: String,
    pub length: Option<String>,
    /// The type of the body.
    pub content: Option<String>,
}

/// What a document says of a method's request with the made-up arguments.
pub fn request(document: &Value, method: &Value) -> Request {
    let verb = text(&method["httpMethod"]).to_owned();
    let wrapped = document["features"]
        .as_array()
        .is_some_and(|it| it.contains(&"dataWrapper".into()));
    let body = if wrapped && method["request"].is_object() {
        r#"{"data":{}}"#
    } else if method["request"].is_object() {
        "{}"
    } else {
        ""
    };
    let has_length = matches!(verb.as_str(), "PATCH" | "POST" | "PUT") || !body.is_empty();
    Request {
        path: format!("/{}{}", text(&document["servicePath"]), path(method)),
        query: query(method),
        version: method["apiVersion"].as_str().map(str::to_owned),
        length: has_length.then(|| body.len().to_string()),
        content: (!body.is_empty()).then(|| "application/json".to_owned()),
        body: body.to_owned(),
        verb,
    }
}

/// The base of every URL, as clients have it: without a slash at its end.
pub fn base_url(document: &Value) -> String {
    let url = format!(
        "{}{}",
        text(&document["rootUrl"]),
        text(&document["servicePath"])
    );
    url.trim_end_matches('/').to_owned()
}

fn path(method: &Value) -> String {
    let (placeholders, end) = template(text(&method["path"]));
    let mut path = String::new();
    for (before, placeholder) in placeholders {
        path += before;
        // One value only stands there as it is.
        let value = path_value(method, placeholder).unwrap_or_else(|only| only);
        let escape = |text: &str| utf8_percent_encode(text, VALUE).to_string();
        path += &match placeholder.plus {
            true => value.split('/').map(escape).collect::<Vec<_>>().join("/"),
            false => escape(&value),
        };
    }
    path + end
}

fn query(method: &Value) -> Vec<(String, String)> {
    let parameters = method["parameters"].as_object().into_iter().flatten();
    let in_query = parameters.filter(|(_, it)| it["location"] == "query");
    let mut pairs: Vec<(String, String)> = in_query
        .flat_map(|(name, it)| {
            query_values(name, it)
                .into_iter()
                .map(|v| (name.clone(), v))
        })
        .collect();
    pairs.sort();
    pairs
}

/// The pairs of a query, decoded and sorted.
pub fn decoded(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    pairs.sort();
    pairs
}
