//! Which request meets with which fault.

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom as _;

use super::Fault;
use crate::method::Method;
use crate::random::{Purpose, stream};

/// A fault, and the requests that it is for: by default, every one.
///
/// A rule counts the requests that it could be for from the moment it is injected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(crate) fault: Fault,
    pub(crate) on: Option<Method>,
    pub(crate) when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum When {
    Always,
    Nth(u64),
    First(u64),
    Percent(u8),
}

impl From<Fault> for Rule {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            on: None,
            when: When::Always,
        }
    }
}

impl Rule {
    /// Only for one method.
    #[must_use]
    pub fn on(mut self, method: Method) -> Self {
        self.on = Some(method);
        self
    }

    /// Only for the n-th request, counted from one.
    #[must_use]
    pub fn nth(mut self, n: u64) -> Self {
        self.when = When::Nth(n);
        self
    }

    /// For the first n requests.
    #[must_use]
    pub fn first(mut self, n: u64) -> Self {
        self.when = When::First(n);
        self
    }

    /// For exactly so many of every hundred requests; the seed says which. More than a hundred is a
    /// hundred.
    #[must_use]
    pub fn percent(mut self, percent: u8) -> Self {
        self.when = When::Percent(percent.min(100));
        self
    }
}

/// The rules, in the order in which they were injected.
///
/// One request meets with one fault. Where two rules are for the same request, the one that was
/// injected first has it, and the other one gets the next request that it could be for.
#[derive(Debug)]
pub(crate) struct Plan {
    seed: u64,
    injected: u64,
    rules: Vec<Progress>,
}

#[derive(Debug)]
struct Progress {
    rule: Rule,
    random: ChaCha8Rng,
    seen: u64,
    /// How many requests it was for and did not get.
    due: u64,
    /// Which of the present hundred requests it is for.
    hundred: Vec<bool>,
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            injected: 0,
            rules: Vec::new(),
        }
    }

    pub(crate) fn inject(&mut self, rule: Rule) {
        let random = stream(self.seed, Purpose::Faults, self.injected);
        self.injected += 1;
        self.rules.push(Progress {
            rule,
            random,
            seen: 0,
            due: 0,
            hundred: Vec::new(),
        });
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that the next request meets with.
    pub(crate) fn next(&mut self, method: Method, has_page_token: bool) -> Option<Fault> {
        let mut met = None;
        for progress in &mut self.rules {
            let rule = &progress.rule;
            if rule.on.is_some_and(|on| on != method)
                || !rule.fault.concerns(method, has_page_token)
            {
                continue;
            }
            progress.due += u64::from(progress.is_for_the_next());
            if met.is_none() && progress.due > 0 {
                progress.due -= 1;
                met = Some(progress.rule.fault.clone());
            }
        }
        met
    }
}

impl Progress {
    fn is_for_the_next(&mut self) -> bool {
        self.seen += 1;
        match self.rule.when {
            When::Always => true,
            When::Nth(n) => self.seen == n,
            When::First(n) => self.seen <= n,
            When::Percent(percent) => {
                if self.hundred.is_empty() {
                    self.hundred = (0..100).map(|n| n < percent).collect();
                    self.hundred.shuffle(&mut self.random);
                }
                self.hundred.pop().unwrap_or_default()
            }
        }
    }
}
