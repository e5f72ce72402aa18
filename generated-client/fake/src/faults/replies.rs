//! The replies of faults that come instead of the call.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{Response, StatusCode, Uri};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Fault, Hint, RateReason, Redirect};
use crate::clock::{delta, later};
use crate::error::ApiError;
use crate::reply::{self, Broken};

/// What a proxy says whose server is gone.
const PAGE: &str = "<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)</title>\n\
                    <p><b>502.</b> The server has a hiccup. Try again in half a minute.\n";

/// The reply, if the fault comes instead of the call.
pub(crate) fn instead(
    fault: &Fault,
    uri: &Uri,
    elsewhere: &str,
    now: DateTime<Utc>,
) -> Option<Response<Body>> {
    let error = match fault {
        Fault::TooManyRequests(hint) => hinted(too_many(), *hint, now),
        Fault::Unavailable(hint) => hinted(unavailable(), *hint, now),
        Fault::RateLimited(reason) => rate_limited(*reason),
        Fault::ApiDisabled => ApiError::forbidden("SERVICE_DISABLED", "The API is not enabled.")
            .limit("accessNotConfigured"),
        Fault::Internal => ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "Internal error encountered.",
        ),
        Fault::BadGateway => return Some(page()),
        Fault::Redirect(how) => return Some(redirect(*how, uri, elsewhere)),
        Fault::ResetBefore => return Some(Broken::reset()),
        _ => return None,
    };
    let (reply, text) = reply::error(&error, false, true);
    Some(reply.map(|_| Body::from(text)))
}

fn too_many() -> ApiError {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "RESOURCE_EXHAUSTED",
        "There were too many requests.",
    )
}

fn unavailable() -> ApiError {
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "UNAVAILABLE",
        "The service is not available at present.",
    )
}

fn hinted(error: ApiError, hint: Hint, now: DateTime<Utc>) -> ApiError {
    match hint {
        Hint::Nothing => error,
        Hint::Seconds(seconds) => error.header(RETRY_AFTER, seconds.to_string()),
        Hint::Date(wait) => {
            let date = later(now, delta(wait)).format("%a, %d %b %Y %H:%M:%S GMT");
            error.header(RETRY_AFTER, date.to_string())
        }
        Hint::RetryInfo(wait) => error.detail(json!({
            "@type": "type.googleapis.com/google.rpc.RetryInfo",
            "retryDelay": seconds(wait),
        })),
    }
}

/// A duration as JSON has it: seconds and an `s`, with as many digits as needed.
fn seconds(wait: Duration) -> String {
    match wait.subsec_nanos() {
        0 => format!("{}s", wait.as_secs()),
        nanos => format!("{}.{nanos:09}s", wait.as_secs()),
    }
}

fn rate_limited(reason: RateReason) -> ApiError {
    let (legacy, reason) = match reason {
        RateReason::RateLimit => ("rateLimitExceeded", "RATE_LIMIT_EXCEEDED"),
        RateReason::UserRateLimit => ("userRateLimitExceeded", "USER_RATE_LIMIT_EXCEEDED"),
        RateReason::Quota => ("quotaExceeded", "QUOTA_EXCEEDED"),
        RateReason::DailyLimit => ("dailyLimitExceeded", "DAILY_LIMIT_EXCEEDED"),
    };
    ApiError::forbidden(reason, "A limit is exceeded.").limit(legacy)
}

fn page() -> Response<Body> {
    let mut reply = Response::new(Body::from(PAGE));
    *reply.status_mut() = StatusCode::BAD_GATEWAY;
    reply::set_header(&mut reply, CONTENT_TYPE, "text/html; charset=UTF-8");
    reply
}

/// To the same path and query, elsewhere.
fn redirect(how: Redirect, uri: &Uri, elsewhere: &str) -> Response<Body> {
    let mut reply = Response::new(Body::empty());
    *reply.status_mut() = match how {
        Redirect::Temporary => StatusCode::TEMPORARY_REDIRECT,
        Redirect::Found => StatusCode::FOUND,
    };
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    reply::set_header(&mut reply, LOCATION, &format!("{elsewhere}{path}"));
    reply
}
