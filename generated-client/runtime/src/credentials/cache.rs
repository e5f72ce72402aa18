//! The cache of credentials, for all calls of a client.
//!
//! Calls that wait share one fetch, and there is no background task: the call that holds the lock
//! fetches, and if it is dropped, the next one does.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Authorization, Credentials, TokenClient};
use crate::Error;

/// How long before its expiry a token is refreshed; a quarter of its lifetime if that is less.
const AHEAD: Duration = Duration::from_secs(240);
/// How long after a refresh that failed the next attempt is made, while the token is still valid.
const PAUSE: Duration = Duration::from_secs(10);

/// Credentials, and the authorization that was fetched last.
pub(crate) struct Cache {
    credentials: Arc<dyn Credentials>,
    scopes: Vec<String>,
    known: Mutex<Known>,
    /// Held by the call that fetches.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    held: Option<Held>,
    /// How many fetches have ended.
    fetches: u64,
    /// The error of the last one, for the calls that waited for it.
    failure: Option<Error>,
}

#[derive(Clone)]
struct Held {
    authorization: Arc<Authorization>,
    refresh: Option<Instant>,
    ends: Option<Instant>,
}

impl Cache {
    pub fn new(credentials: Arc<dyn Credentials>, scopes: Vec<String>) -> Self {
        Self {
            credentials,
            scopes,
            known: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// The authorization of a request that is sent now.
    pub async fn get(&self, client: &TokenClient<'_>) -> Result<Arc<Authorization>, Error> {
        let now = client.clock.now();
        let seen = self.known().fetches;
        let Some(held) = self.held(now) else {
            return self.wait(client, seen).await;
        };
        if held.is_fresh(now) {
            return Ok(held.authorization);
        }
        // It is still valid. One call refreshes it, and the others go on.
        if let Ok(_fetching) = self.fetching.try_lock()
            && self.fetch(&client.for_refresh()).await.is_err()
        {
            self.pause(now);
        }
        Ok(self.held(now).unwrap_or(held).authorization)
    }

    /// Drops the authorization that a server rejected, unless it was replaced already.
    pub fn rejected(&self, authorization: &Arc<Authorization>) {
        let mut known = self.known();
        let same = |held: &Held| Arc::ptr_eq(&held.authorization, authorization);
        if known.held.as_ref().is_some_and(same) {
            known.held = None;
        }
    }

    /// Waits for the fetch of another call, and fetches where there was none.
    async fn wait(&self, client: &TokenClient<'_>, seen: u64) -> Result<Arc<Authorization>, Error> {
        let fetching = client.until_deadline(self.fetching.lock()).await?;
        if let Some(held) = self.held(client.clock.now()) {
            return Ok(held.authorization);
        }
        if let Some(fetched) = self.fetched_since(seen) {
            return fetched;
        }
        let outcome = self.fetch(client).await;
        drop(fetching);
        outcome
    }

    /// The result of the last fetch, if it ended after so many of them. A call that waited for it uses it,
    /// even if it has expired since: another fetch would do no better.
    fn fetched_since(&self, seen: u64) -> Option<Result<Arc<Authorization>, Error>> {
        let known = self.known();
        let held = known.held.as_ref().map(|held| held.authorization.clone());
        let last = known.failure.clone().map(Err).or(held.map(Ok));
        last.filter(|_| known.fetches != seen)
    }

    /// Fetches. A fetch that exceeds the deadline of this call is no result for the others.
    async fn fetch(&self, client: &TokenClient<'_>) -> Result<Arc<Authorization>, Error> {
        let began = client.clock.now();
        let client = client.with_scopes(&self.scopes);
        let outcome = client
            .until_deadline(self.credentials.fetch(&client))
            .await?;
        let mut known = self.known();
        known.fetches += 1;
        match outcome {
            Ok(authorization) => {
                let held = Held::new(authorization, began);
                known.failure = None;
                known.held = Some(held.clone());
                Ok(held.authorization)
            }
            Err(error) => {
                known.failure = Some(error.clone());
                Err(error)
            }
        }
    }

    /// The authorization that is valid now.
    fn held(&self, now: Instant) -> Option<Held> {
        let known = self.known();
        known.held.clone().filter(|held| held.is_valid(now))
    }

    /// Delays the next refresh.
    fn pause(&self, now: Instant) {
        if let Some(held) = &mut self.known().held {
            held.refresh = now.checked_add(PAUSE);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn new(authorization: Authorization, began: Instant) -> Self {
        let life = authorization.expires_in;
        let after = |span: Duration| began.checked_add(span);
        Self {
            authorization: Arc::new(authorization),
            refresh: life.and_then(|life| after(life - AHEAD.min(life / 4))),
            ends: life.and_then(after),
        }
    }

    fn is_fresh(&self, now: Instant) -> bool {
        self.refresh.is_none_or(|refresh| now < refresh)
    }

    fn is_valid(&self, now: Instant) -> bool {
        self.ends.is_none_or(|ends| now < ends)
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
