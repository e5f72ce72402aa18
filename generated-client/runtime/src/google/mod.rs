//! The errors of Google's APIs, for which no spec has a schema.
//!
//! Their form: <https://google.aip.dev/193>, and for the older part
//! <https://cloud.google.com/apis/design/errors>.

mod details;
mod help;

use std::fmt;

pub use details::{
    BadRequest, Detail, ErrorInfo, FieldViolation, Help, HelpLink, QuotaFailure, QuotaViolation,
    RetryInfo,
};
use details::{each, text};
pub(crate) use help::{QUOTA_HELP, authentication_help, forbidden_help, unauthenticated_help};

use crate::text::shown;
use crate::value::{JsonObject, JsonValue};

/// What a Google API says went wrong.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
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
    pub(crate) fn from_body(body: &[u8]) -> Option<Self> {
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

    /// Reads a `google.rpc.Status`, which says why the work of an operation failed. Its code is one of
    /// `google.rpc.Code`.
    pub(crate) fn from_status(status: &JsonValue) -> Self {
        let code = status["code"].as_i64();
        let details = status["details"].as_array().into_iter().flatten();
        let details = details.filter_map(|detail| detail.as_object().cloned());
        Self {
            code: code.and_then(|code| code.try_into().ok()),
            message: status["message"].as_str().unwrap_or_default().to_owned(),
            details: details.map(Detail::from).collect(),
            ..Self::default()
        }
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
    fn has_reason(&self, wanted: &[&str]) -> bool {
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

    /// Whether a rate limit or a quota is exceeded.
    pub(crate) fn is_rate_limit(&self) -> bool {
        self.has_reason(&[
            "dailyLimitExceeded",
            "rateLimitExceeded",
            "userRateLimitExceeded",
            "quotaExceeded",
        ])
    }

    /// Whether its code says that something was not done: the argument, the state or the caller was wrong,
    /// or there were too many calls.
    ///
    /// Source: <https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto>.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.code, Some(3 | 5..=12 | 16))
    }

    /// Whether the quota that was exceeded is one of a day, or of nothing: no wait outlasts it.
    ///
    /// Source: <https://cloud.google.com/docs/quotas/troubleshoot>, and the reasons of
    /// <https://developers.google.com/drive/api/guides/handle-errors>.
    pub(crate) fn is_quota_exhausted(&self) -> bool {
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
    pub(crate) fn retry_delay(&self) -> Option<std::time::Duration> {
        self.details.iter().find_map(|detail| match detail {
            Detail::RetryInfo(info) => info.retry_delay?.to_std().ok(),
            _ => None,
        })
    }
}

/// The server's words: the message, and the details that programs read. They may name people and
/// resources, and do not belong in a log that others read.
///
/// Control characters are escaped, so that it can be shown on a terminal.
impl fmt::Display for GoogleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.message.clone();
        if !self.status.is_empty() {
            text = format!("{}: {text}", self.status);
        }
        for detail in &self.details {
            detail.describe(&mut text);
        }
        f.write_str(&shown(&text))
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LegacyError {
    /// What the reason belongs to, such as `usageLimits`.
    pub domain: String,
    /// Why the call failed, such as `rateLimitExceeded`.
    pub reason: String,
    /// What went wrong, in words.
    pub message: String,
}
