//! The types of values that JSON has no type for.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant with its offset from UTC, to the nanosecond. On the wire it is text by RFC 3339, with
/// no, three, six or nine digits of a second, and `Z` for UTC.
pub type DateTime = chrono::DateTime<chrono::FixedOffset>;

/// A day of the calendar. On the wire it is text: `2026-11-22`.
pub type Date = chrono::NaiveDate;

/// A span of time, to the nanosecond; it may be negative. On the wire it is text in seconds, with
/// no, three, six or nine digits of a second: `1.500s`. It is chrono's, and not the `std::time::Duration` of a
/// [`RetryPolicy`](crate::RetryPolicy): `to_std` and `from_std` convert.
pub type Duration = TimeDelta;

/// Bytes. On the wire they are base64, with padding; in a path of the alphabet that has no slash.
pub type Bytes = bytes::Bytes;

/// An object of any form.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;

/// A value of any form.
pub type JsonValue = serde_json::Value;

/// A list of fields. On the wire it is text: `displayName,labels.env`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldMask(Vec<String>);

impl FieldMask {
    /// The paths of the fields.
    pub fn paths(&self) -> &[String] {
        &self.0
    }
}

impl<T: Into<String>> FromIterator<T> for FieldMask {
    fn from_iter<I: IntoIterator<Item = T>>(paths: I) -> Self {
        Self(paths.into_iter().map(Into::into).collect())
    }
}

impl From<&str> for FieldMask {
    fn from(text: &str) -> Self {
        text.split(',').filter(|path| !path.is_empty()).collect()
    }
}

impl From<String> for FieldMask {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl FromStr for FieldMask {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl fmt::Display for FieldMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

impl Serialize for FieldMask {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldMask {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(String::deserialize(from)?.as_str().into())
    }
}

/// A value as it stands in a URL or a header: text without quotation marks, anything else as in JSON.
pub(super) fn to_text(value: JsonValue) -> String {
    match value {
        JsonValue::String(text) => text,
        other => other.to_string(),
    }
}

/// A duration as text: seconds, and as many groups of three digits as it takes.
pub(super) fn duration_to_text(duration: Duration) -> String {
    let sign = if duration < TimeDelta::zero() {
        "-"
    } else {
        ""
    };
    let seconds = duration.num_seconds().unsigned_abs();
    let nanos = duration.subsec_nanos().unsigned_abs();
    match nanos {
        0 => format!("{sign}{seconds}s"),
        _ if nanos.is_multiple_of(1_000_000) => {
            format!("{sign}{seconds}.{:03}s", nanos / 1_000_000)
        }
        _ if nanos.is_multiple_of(1_000) => format!("{sign}{seconds}.{:06}s", nanos / 1_000),
        _ => format!("{sign}{seconds}.{nanos:09}s"),
    }
}

/// The duration that a text stands for.
pub(super) fn duration_from_text(text: &str) -> Option<Duration> {
    let number = text.strip_suffix('s')?;
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (seconds, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(seconds) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let nanos: u32 = format!("{fraction:0<9}").parse().ok()?;
    let duration = TimeDelta::new(seconds.parse().ok()?, nanos)?;
    Some(if negative { -duration } else { duration })
}
