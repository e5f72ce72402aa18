//! The details of an error: what programs can read.

use std::collections::BTreeMap;

use crate::value::{Duration, JsonObject, duration_from_text};

/// A detail of an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

impl Detail {
    /// Adds what it says to a line.
    pub(super) fn describe(&self, to: &mut String) {
        let all: Vec<String> = match self {
            Self::ErrorInfo(info) => {
                let pairs = info
                    .metadata
                    .iter()
                    .map(|(key, value)| format!("{key}={value}"));
                let pairs = pairs.collect::<Vec<_>>().join(", ");
                vec![format!("{} ({pairs})", info.reason).replace(" ()", "")]
            }
            Self::RetryInfo(_) | Self::Other(_) => Vec::new(),
            Self::QuotaFailure(quota) => {
                let violations = quota.violations.iter();
                violations
                    .map(|it| format!("{} {}", it.subject, it.description))
                    .collect()
            }
            Self::BadRequest(bad) => {
                let violations = bad.field_violations.iter();
                violations
                    .map(|it| format!("{}: {}", it.field, it.description))
                    .collect()
            }
            Self::Help(help) => {
                let links = help.links.iter();
                links
                    .map(|it| format!("{}: {}", it.description, it.url))
                    .collect()
            }
        };
        for text in all {
            to.push_str("; ");
            to.push_str(&text);
        }
    }
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
pub(super) fn text(object: &JsonObject, name: &str) -> Option<String> {
    match object.get(name) {
        Some(value) => value.as_str().map(str::to_owned),
        None => Some(String::new()),
    }
}

/// A property that is a list of objects, and empty where it is absent.
pub(super) fn each<T>(
    object: &JsonObject,
    name: &str,
    read: fn(&JsonObject) -> Option<T>,
) -> Option<Vec<T>> {
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RetryInfo {
    /// How long to wait at least.
    pub retry_delay: Option<Duration>,
}

/// Which quota was exceeded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct QuotaFailure {
    /// Each of the quotas.
    pub violations: Vec<QuotaViolation>,
}

/// A quota that was exceeded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BadRequest {
    /// Each of the fields.
    pub field_violations: Vec<FieldViolation>,
}

/// A field that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Help {
    /// Each of the places.
    pub links: Vec<HelpLink>,
}

/// A place to read more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
