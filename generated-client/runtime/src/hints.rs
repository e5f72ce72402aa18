//! Retry hints of a server: `Retry-After`, `RetryInfo` and resets of rate limits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::Error;
use super::google::GoogleError;
use super::headers::header;

/// From this number on, a reset is a Unix timestamp, and not a number of seconds from now: the
/// specifications differ, and no rate limit lasts that long.
const CALENDAR: u64 = 1_000_000_000;

/// How long the response to a failed attempt asks to wait: `Retry-After` or Google's `RetryInfo`, the
/// longer of them; on a response that throttles, the reset of a rate limit where neither is there.
pub(super) fn retry_after(error: &Error, now: SystemTime) -> Option<Duration> {
    let headers = error.headers()?;
    let header = headers.get(RETRY_AFTER);
    let header = header.and_then(|value| seconds_or_date(value.to_str().ok()?, now));
    let hint = header.max(error.google().and_then(GoogleError::retry_delay));
    hint.or_else(|| reset(headers, now).filter(|_| error.is_throttled()))
}

/// When a rate limit is reset: `RateLimit-Reset` and `X-RateLimit-Reset`, in seconds from now or since
/// 1970; the `t` of a `RateLimit` header.
///
/// Source: <https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>.
pub(super) fn reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let resets = ["ratelimit-reset", "x-ratelimit-reset"].map(|name| header::<u64>(headers, name));
    let seconds = resets.into_iter().flatten().max();
    let seconds = seconds.or_else(|| structured_reset(headers))?;
    if seconds < CALENDAR {
        return Some(Duration::from_secs(seconds));
    }
    let since_1970 = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(Duration::from_secs(seconds).saturating_sub(since_1970))
}

/// The longest `t=` of a `RateLimit` header, such as `"default";r=0;t=30`.
fn structured_reset(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get("ratelimit")?.to_str().ok()?;
    let parameters = value.split([';', ',']).map(str::trim);
    parameters
        .filter_map(|it| it.strip_prefix("t=")?.parse().ok())
        .max()
}

/// The value of `Retry-After`: seconds, or a date of HTTP.
fn seconds_or_date(value: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value.trim()).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
