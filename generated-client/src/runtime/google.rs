//! The errors of Google's APIs, which no description has a schema for.
//!
//! Their form: <https://google.aip.dev/193>, and for the older part
//! <https://cloud.google.com/apis/design/errors>.

use std::collections::BTreeMap;
use std::fmt;

use super::value::{Duration, JsonObject, duration_from_text};

/// What a Google API says went wrong.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct GoogleError {
    /// The status of HTTP, once more.
    pub code: Option<i32>,
    /// What went wrong, in words. It may name people and resources: it does not belong in a log.
    pub message: String,
    /// The canonical code, such as `NOT_FOUND`.
    pub status: String,
    /// What programs can read.
    pub details: Vec<Detail>,
    /// The same in the form of older APIs.
    pub errors: Vec<LegacyError>,
}

impl GoogleError {
    /// Reads the envelope of an error; nothing if the body is something else.
    pub(super) fn from_body(body: &[u8]) -> Option<Self> {
        let envelope: JsonObject = serde_json::from_slice(body).ok()?;
        let error = envelope.get("error")?.as_object()?;
        let code = error.get("code").map(|code| code.as_i64()?.try_into().ok());
        Some(Self {
            code: code.unwrap_or_default(),
            message: text(error, "message")?,
            status: text(error, "status")?,
            details: each(error, "details", |it| Some(it.clone().into()))?,
            errors: each(error, "errors", |it| {
                Some(LegacyError {
                    domain: text(it, "domain")?,
                    reason: text(it, "reason")?,
                    message: text(it, "message")?,
                })
            })?,
        })
    }

    /// Why the call failed, in one word: of the details if they have one, else of the older form.
    pub fn reason(&self) -> Option<&str> {
        let details = self.details.iter().find_map(|detail| match detail {
            Detail::ErrorInfo(info) => Some(info.reason.as_str()),
            _ => None,
        });
        details.or_else(|| self.errors.first().map(|error| error.reason.as_str()))
    }

    /// Whether any reason, in the form of either time, is one of these. The newer form writes
    /// `RATE_LIMIT_EXCEEDED` where the older one has `rateLimitExceeded`; an error can have both.
    pub(super) fn has_reason(&self, wanted: &[&str]) -> bool {
        let details = self.details.iter().filter_map(|detail| match detail {
            Detail::ErrorInfo(info) => Some(&info.reason),
            _ => None,
        });
        let same = |reason: &str| {
            let reason = reason.replace('_', "");
            wanted.iter().any(|it| reason.eq_ignore_ascii_case(it))
        };
        details
            .chain(self.errors.iter().map(|error| &error.reason))
            .any(|reason| same(reason))
    }

    /// Whether the quota that was exceeded is one of a day, or of nothing: no wait outlasts it.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/troubleshoot>, and the reasons of
    /// <https://developers.google.com/drive/api/guides/handle-errors>.
    pub(super) fn is_quota_for_long(&self) -> bool {
        let info = self.details.iter().find_map(|detail| match detail {
            Detail::ErrorInfo(info) => Some(&info.metadata),
            _ => None,
        });
        let quota = |name: &str| info?.get(name).map(|value| value.trim());
        self.has_reason(&["dailyLimitExceeded"])
            || quota("quota_limit_value") == Some("0")
            || quota("quota_unit").is_some_and(|unit| unit.starts_with("1/d/"))
    }

    /// How long to wait before the next attempt, where the details say so.
    pub(super) fn retry_delay(&self) -> Option<std::time::Duration> {
        self.details.iter().find_map(|detail| match detail {
            Detail::RetryInfo(info) => info.retry_delay?.to_std().ok(),
            _ => None,
        })
    }
}

/// The words of the server stay out of it.
impl fmt::Debug for GoogleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoogleError")
            .field("code", &self.code)
            .field("details", &self.details.len())
            .finish_non_exhaustive()
    }
}

/// An error in the form of older APIs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LegacyError {
    /// What the reason belongs to, such as `usageLimits`.
    pub domain: String,
    /// Why the call failed, such as `rateLimitExceeded`.
    pub reason: String,
    /// What went wrong, in words.
    pub message: String,
}

/// A detail of an error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// Why the call failed, for programs to branch on.
    ErrorInfo(ErrorInfo),
    /// When to try again.
    RetryInfo(RetryInfo),
    /// Which quota was exceeded.
    QuotaFailure(QuotaFailure),
    /// What is wrong with the request.
    BadRequest(BadRequest),
    /// Where to read more.
    Help(Help),
    /// A detail of another type, as it came. Its `@type` says which.
    Other(JsonObject),
}

impl From<JsonObject> for Detail {
    fn from(object: JsonObject) -> Self {
        known(&object).unwrap_or(Self::Other(object))
    }
}

/// The detail as one of the known types; nothing if it is of another or does not have its form.
fn known(it: &JsonObject) -> Option<Detail> {
    let (_, name) = it.get("@type")?.as_str()?.rsplit_once("google.rpc.")?;
    Some(match name {
        "ErrorInfo" => Detail::ErrorInfo(ErrorInfo {
            reason: text(it, "reason")?,
            domain: text(it, "domain")?,
            metadata: metadata(it)?,
        }),
        "RetryInfo" => Detail::RetryInfo(RetryInfo {
            retry_delay: match text(it, "retryDelay")?.as_str() {
                "" => None,
                delay => Some(duration_from_text(delay)?),
            },
        }),
        "QuotaFailure" => Detail::QuotaFailure(QuotaFailure {
            violations: each(it, "violations", QuotaViolation::read)?,
        }),
        "BadRequest" => Detail::BadRequest(BadRequest {
            field_violations: each(it, "fieldViolations", FieldViolation::read)?,
        }),
        "Help" => Detail::Help(Help {
            links: each(it, "links", HelpLink::read)?,
        }),
        _ => return None,
    })
}

// These forms are read by hand: derived, they were a quarter of what this crate compiled to.

/// A property that is text, and empty where it is absent; nothing if it is something else.
fn text(object: &JsonObject, name: &str) -> Option<String> {
    match object.get(name) {
        Some(value) => value.as_str().map(str::to_owned),
        None => Some(String::new()),
    }
}

/// A property that is a list of objects, and empty where it is absent.
fn each<T>(object: &JsonObject, name: &str, read: fn(&JsonObject) -> Option<T>) -> Option<Vec<T>> {
    let items = match object.get(name) {
        Some(value) => value.as_array()?.as_slice(),
        None => &[],
    };
    // Loops, because each chain of adapters would be compiled once more for every type.
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        all.push(read(item.as_object()?)?);
    }
    Some(all)
}

/// What an `ErrorInfo` says besides.
fn metadata(object: &JsonObject) -> Option<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    if let Some(value) = object.get("metadata") {
        for (key, value) in value.as_object()? {
            all.insert(key.clone(), value.as_str()?.to_owned());
        }
    }
    Some(all)
}

/// Why a call failed, for programs to branch on.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorInfo {
    /// The reason, unique within the domain.
    pub reason: String,
    /// What the reason belongs to, usually the name of a service.
    pub domain: String,
    /// More about it.
    pub metadata: BTreeMap<String, String>,
}

/// When to try again.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RetryInfo {
    /// How long to wait at least.
    pub retry_delay: Option<Duration>,
}

/// Which quota was exceeded.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct QuotaFailure {
    /// Each of the quotas.
    pub violations: Vec<QuotaViolation>,
}

/// A quota that was exceeded.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct QuotaViolation {
    /// Whose quota it is, such as a project.
    pub subject: String,
    /// How it was exceeded.
    pub description: String,
}

impl QuotaViolation {
    fn read(it: &JsonObject) -> Option<Self> {
        Some(Self {
            subject: text(it, "subject")?,
            description: text(it, "description")?,
        })
    }
}

/// What is wrong with a request.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BadRequest {
    /// Each of the fields.
    pub field_violations: Vec<FieldViolation>,
}

/// A field that is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FieldViolation {
    /// The path of the field.
    pub field: String,
    /// What is wrong with it.
    pub description: String,
}

impl FieldViolation {
    fn read(it: &JsonObject) -> Option<Self> {
        Some(Self {
            field: text(it, "field")?,
            description: text(it, "description")?,
        })
    }
}

/// Where to read more.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Help {
    /// Each of the places.
    pub links: Vec<HelpLink>,
}

/// A place to read more.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct HelpLink {
    /// What is to be read there.
    pub description: String,
    /// Where it is.
    pub url: String,
}

impl HelpLink {
    fn read(it: &JsonObject) -> Option<Self> {
        Some(Self {
            description: text(it, "description")?,
            url: text(it, "url")?,
        })
    }
}
