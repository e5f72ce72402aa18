//! Quotas of sixty requests a minute, as servers enforce them. Times are seconds.

use std::cmp::Reverse;
use std::collections::VecDeque;

const REQUESTS: f64 = 60.0;
const MINUTE: f64 = 60.0;

/// How long a request takes, on the average.
const LATENCY: f64 = 0.165;

/// A quota.
#[derive(Clone, Debug)]
pub enum Quota {
    /// So many requests in each minute, which begin at this phase.
    Window { phase: f64, began: f64, used: f64 },
    /// So many in the last sixty seconds.
    Log { counts: bool, times: VecDeque<f64> },
    /// A bucket into which a token comes each second.
    Bucket {
        size: f64,
        empties: bool,
        tokens: f64,
        at: f64,
    },
}

impl Quota {
    /// Minutes that begin at this phase.
    pub fn window(phase: f64) -> Self {
        Self::Window {
            phase,
            began: f64::NEG_INFINITY,
            used: 0.0,
        }
    }

    /// The last sixty seconds; whether requests that are throttled count, too.
    pub fn log(counts: bool) -> Self {
        Self::Log {
            counts,
            times: VecDeque::new(),
        }
    }

    /// A full bucket of this size; whether a request that is throttled empties it.
    pub fn bucket(size: f64, empties: bool) -> Self {
        Self::Bucket {
            size,
            empties,
            tokens: size,
            at: 0.0,
        }
    }

    /// Whether a request at this time is within the quota.
    pub fn take(&mut self, now: f64) -> bool {
        let fits = self.next(now) <= now;
        match self {
            Self::Window { used, .. } => *used += 1.0,
            Self::Log { counts, times } if fits || *counts => times.push_back(now),
            Self::Log { .. } => {}
            Self::Bucket { tokens, .. } if fits => *tokens -= 1.0,
            Self::Bucket {
                tokens, empties, ..
            } if *empties => *tokens = 0.0,
            Self::Bucket { .. } => {}
        }
        fits
    }

    /// When a request would be within the quota, at this time or later.
    fn next(&mut self, now: f64) -> f64 {
        match self {
            Self::Window { phase, began, used } => {
                let current = ((now + *phase) / MINUTE).floor() * MINUTE - *phase;
                if current > *began {
                    (*began, *used) = (current, 0.0);
                }
                if *used < REQUESTS {
                    now
                } else {
                    *began + MINUTE
                }
            }
            Self::Log { times, .. } => {
                while times.front().is_some_and(|time| *time <= now - MINUTE) {
                    times.pop_front();
                }
                match times.len().checked_sub(REQUESTS as usize) {
                    None => now,
                    Some(earliest) => times[earliest] + MINUTE,
                }
            }
            Self::Bucket {
                size, tokens, at, ..
            } => {
                *tokens = (*tokens + (now - *at) * REQUESTS / MINUTE).min(*size);
                *at = now;
                // A token that is all but there is there.
                if *tokens >= 1.0 - 1e-9 {
                    now
                } else {
                    now + (1.0 - *tokens) * MINUTE / REQUESTS
                }
            }
        }
    }

    /// How long so many requests take callers who know the quota, but not what is on its way.
    pub fn best(mut self, requests: usize, callers: usize) -> f64 {
        let mut free = std::collections::BinaryHeap::from(vec![Reverse(0_u64); callers]);
        let mut end = 0.0_f64;
        for _ in 0..requests {
            let Some(Reverse(micros)) = free.pop() else {
                break;
            };
            let arrives = self.next(micros as f64 / 1e6) + LATENCY / 2.0;
            assert!(self.take(arrives), "{self:?} at {arrives}");
            end = end.max(arrives + LATENCY / 2.0);
            free.push(Reverse((end * 1e6) as u64));
        }
        end
    }
}
