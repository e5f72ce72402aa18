//! Counters of requests. Emails are counted where they are sent.

use std::collections::BTreeMap;

use super::method::Method;

/// How often each method was called, and how often something went wrong on request.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    requests: BTreeMap<Method, u64>,
    faults: BTreeMap<Method, u64>,
}

impl Counters {
    pub(crate) fn request(&mut self, method: Method) {
        *self.requests.entry(method).or_default() += 1;
    }

    pub(crate) fn fault(&mut self, method: Method) {
        *self.faults.entry(method).or_default() += 1;
    }

    pub(crate) fn requests(&self, method: Method) -> u64 {
        self.requests.get(&method).copied().unwrap_or_default()
    }

    pub(crate) fn faults(&self, method: Method) -> u64 {
        self.faults.get(&method).copied().unwrap_or_default()
    }
}
