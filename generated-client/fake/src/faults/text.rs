//! Rules as text, for command lines: `send:reset-after@2`, `list:unavailable-seconds@10%`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::plan::{Rule, When};
use super::{Fault, Hint, RateReason, Redirect};
use crate::method::Method;

/// What a hint says if text asks for one.
const SECONDS: u32 = 1;
const WAIT: Duration = Duration::from_secs(1);
/// The pause of a slow body if text asks for one.
const PAUSE: Duration = Duration::from_millis(100);

/// Every fault by its name.
const NAMED: [(&str, Fault); 32] = [
    ("too-many-requests", Fault::TooManyRequests(Hint::Nothing)),
    (
        "too-many-requests-seconds",
        Fault::TooManyRequests(Hint::Seconds(SECONDS)),
    ),
    (
        "too-many-requests-date",
        Fault::TooManyRequests(Hint::Date(WAIT)),
    ),
    (
        "too-many-requests-retry-info",
        Fault::TooManyRequests(Hint::RetryInfo(WAIT)),
    ),
    ("unavailable", Fault::Unavailable(Hint::Nothing)),
    (
        "unavailable-seconds",
        Fault::Unavailable(Hint::Seconds(SECONDS)),
    ),
    ("unavailable-date", Fault::Unavailable(Hint::Date(WAIT))),
    (
        "unavailable-retry-info",
        Fault::Unavailable(Hint::RetryInfo(WAIT)),
    ),
    ("rate-limited", Fault::RateLimited(RateReason::RateLimit)),
    (
        "user-rate-limited",
        Fault::RateLimited(RateReason::UserRateLimit),
    ),
    ("quota-exceeded", Fault::RateLimited(RateReason::Quota)),
    ("daily-limit", Fault::RateLimited(RateReason::DailyLimit)),
    ("api-disabled", Fault::ApiDisabled),
    ("internal", Fault::Internal),
    ("bad-gateway", Fault::BadGateway),
    ("redirect", Fault::Redirect(Redirect::Temporary)),
    ("redirect-302", Fault::Redirect(Redirect::Found)),
    ("reset-before", Fault::ResetBefore),
    ("reset-after", Fault::ResetAfter),
    ("reset-in-response", Fault::ResetInResponse),
    ("empty-body", Fault::EmptyBody),
    ("cut-off-json", Fault::CutOffJson),
    ("slow-body", Fault::SlowBody(PAUSE)),
    ("endless-body", Fault::EndlessBody),
    ("compressed-bomb", Fault::CompressedBomb),
    ("unknown-enum", Fault::UnknownEnumValue),
    ("unknown-field", Fault::UnknownField),
    ("failed-operation", Fault::FailedOperation),
    ("repeated-page-token", Fault::RepeatedPageToken),
    ("endless-list", Fault::EndlessList),
    ("foreign-next", Fault::ForeignNext),
    ("foreign-location", Fault::ForeignLocation),
];

/// Text that is no rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = NAMED.into_iter().map(|(name, _)| name).collect();
        let methods = Method::ALL.iter().map(|method| method.as_str());
        let methods = methods.collect::<Vec<_>>().join(", ");
        write!(
            f,
            "{}: a rule is [METHOD:]FAULT[@WHEN], where WHEN is N (the n-th request), first-N or \
             P% (of every hundred); methods: {methods}; faults: {}",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownFault {}

/// Reads `[METHOD:]FAULT[@WHEN]`; the names of the faults are in the documentation of [`Fault`].
impl FromStr for Rule {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = |what: &str| UnknownFault(format!("`{what}` is not known"));
        let (rest, when) = match text.split_once('@') {
            Some((rest, when)) => (rest, read_when(when).ok_or_else(|| unknown(when))?),
            None => (text, When::Always),
        };
        let (on, name) = match rest.split_once(':') {
            Some((method, name)) => {
                let on = Method::ALL.iter().copied().find(|m| m.as_str() == method);
                (Some(on.ok_or_else(|| unknown(method))?), name)
            }
            None => (None, rest),
        };
        let fault = NAMED.into_iter().find(|(known, _)| *known == name);
        let (_, fault) = fault.ok_or_else(|| unknown(name))?;
        Ok(Self { fault, on, when })
    }
}

fn read_when(text: &str) -> Option<When> {
    if let Some(percent) = text.strip_suffix('%') {
        let percent = percent.parse().ok()?;
        return (percent <= 100).then_some(When::Percent(percent));
    }
    match text.strip_prefix("first-") {
        Some(n) => n.parse().ok().map(When::First),
        None => text.parse().ok().filter(|n| *n > 0).map(When::Nth),
    }
}
