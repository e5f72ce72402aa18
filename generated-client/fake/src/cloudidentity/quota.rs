//! A quota of requests a minute, as Google enforces it for a project.

use std::collections::VecDeque;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::error::ApiError;

/// How many requests the last minute may have had.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    per_minute: Option<usize>,
    /// When they came.
    times: VecDeque<DateTime<Utc>>,
}

impl Quota {
    /// Any number where it is `None`.
    pub(crate) fn set(&mut self, per_minute: Option<usize>) {
        self.per_minute = per_minute;
        self.times.clear();
    }

    /// Counts a request.
    ///
    /// # Errors
    ///
    /// The minute has had as many as it may. Such a request does not count.
    pub(crate) fn take(&mut self, now: DateTime<Utc>) -> Result<(), ApiError> {
        let Some(per_minute) = self.per_minute else {
            return Ok(());
        };
        let minute = TimeDelta::minutes(1);
        while self.times.front().is_some_and(|time| now - *time >= minute) {
            self.times.pop_front();
        }
        if self.times.len() >= per_minute {
            return Err(exceeded(per_minute));
        }
        self.times.push_back(now);
        Ok(())
    }
}

/// What Google says then. There is no hint of when to come again.
///
/// Source: <https://cloud.google.com/docs/quotas/troubleshoot>.
fn exceeded(per_minute: usize) -> ApiError {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.",
    )
    .detail(json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "cloudidentity.googleapis.com",
            "quota_limit_value": per_minute.to_string(),
            "quota_unit": "1/min/{project}",
        },
    }))
}
