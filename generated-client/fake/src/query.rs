//! The parameters of a request: those that every Google API has, and the method's own.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::error::ApiError;
use super::method::Method;

/// The parameters that only `list` has.
const OF_LIST: [&str; 4] = ["filter", "orderBy", "pageSize", "pageToken"];

/// The longest `quotaUser`, in characters.
const LONGEST_QUOTA_USER: usize = 40;

/// A request's parameters, by the names that the reference gives them.
#[derive(Debug, Default)]
pub(crate) struct Query {
    values: BTreeMap<String, String>,
}

impl Query {
    /// Reads a query string. What is not percent-encoded UTF-8, or there twice, is an error.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        let mut values = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let plain = |text: &str| decoded(&text.replace('+', " "));
            let (Some(name), Some(value)) = (plain(name), plain(value)) else {
                return Err(ApiError::invalid(
                    "query",
                    "it is not percent-encoded UTF-8",
                ));
            };
            let name = documented(&name).to_owned();
            if values.insert(name, value).is_some() {
                return Err(ApiError::invalid("query", "a parameter is there twice"));
            }
        }
        Ok(Self { values })
    }

    /// The names of all parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The texts of an object.
    pub(crate) fn of(fields: &serde_json::Map<String, serde_json::Value>) -> Self {
        let text = |(name, value): (&String, &serde_json::Value)| {
            Some((name.clone(), value.as_str()?.to_owned()))
        };
        Self {
            values: fields.iter().filter_map(text).collect(),
        }
    }

    /// A parameter; an empty one is as good as none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name)?;
        (!value.is_empty()).then_some(value.as_str())
    }

    /// Whether responses are indented, which is the default.
    pub(crate) fn is_pretty(&self) -> bool {
        self.get("prettyPrint") != Some("false")
    }

    /// Whether errors are wanted in the older form too.
    pub(crate) fn wants_legacy_errors(&self) -> bool {
        self.get("$.xgafv") == Some("1")
    }

    /// A token that came in the query.
    pub(crate) fn token(&self) -> Option<&str> {
        self.get("access_token").or_else(|| self.get("oauth_token"))
    }

    /// Refuses what the API does not know, and what this fake does not do.
    pub(crate) fn check(&self, method: Method) -> Result<(), ApiError> {
        self.values
            .iter()
            .try_for_each(|(name, value)| match name.as_str() {
                "access_token" | "oauth_token" | "key" | "fields" => Ok(()),
                "$.xgafv" => one_of(name, value, &["", "1", "2"]),
                "alt" => match value.as_str() {
                    "media" | "proto" => Err(not_done(name, "replies are JSON here")),
                    _ => one_of(name, value, &["", "json"]),
                },
                "prettyPrint" => one_of(name, value, &["", "true", "false"]),
                "quotaUser" if value.chars().count() > LONGEST_QUOTA_USER => {
                    Err(ApiError::invalid(name, "it is longer than 40 characters"))
                }
                "quotaUser" => Ok(()),
                "callback" => Err(not_done(name, "replies are no scripts here")),
                "uploadType" | "upload_protocol" => Err(not_done(name, "there is no upload")),
                name if method == Method::List && OF_LIST.contains(&name) => Ok(()),
                name => Err(ApiError::invalid(name, "there is no such parameter")),
            })
    }
}

/// Google takes a parameter's name in either spelling.
fn documented(name: &str) -> &str {
    match name {
        "order_by" => "orderBy",
        "page_size" => "pageSize",
        "page_token" => "pageToken",
        "pretty_print" => "prettyPrint",
        "quota_user" => "quotaUser",
        "xgafv" | "$xgafv" => "$.xgafv",
        name => name,
    }
}

fn one_of(name: &str, value: &str, allowed: &[&str]) -> Result<(), ApiError> {
    match allowed.contains(&value) {
        true => Ok(()),
        false => Err(ApiError::invalid(name, "there is no such value")),
    }
}

fn not_done(name: &str, why: &str) -> ApiError {
    ApiError::invalid(name, format!("the fake does not do this: {why}"))
}

/// Decodes strictly: a `%` that no two hexadecimal digits follow is an error.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let escapes_are_whole = text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let text = percent_decode_str(text).decode_utf8().ok()?;
    escapes_are_whole.then(|| text.into_owned())
}
