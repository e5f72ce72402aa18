//! What was fetched, for all calls of a client.
//!
//! There is one fetch, however many callers wait for it, and no task of its own: whoever holds the lock
//! fetches, and if that caller is dropped, the next one in line does.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Authorization, Credentials, Login};
use crate::Error;

/// The longest that a new one is fetched before the old one ends; a quarter of its life if that is
/// less.
const AHEAD: Duration = Duration::from_secs(240);
/// How long after a refresh that failed the next one is tried, while the old one is still good.
const PAUSE: Duration = Duration::from_secs(10);

/// Credentials, and what they fetched last.
pub(crate) struct Cache {
    credentials: Arc<dyn Credentials>,
    scopes: Vec<String>,
    known: Mutex<Known>,
    /// Held by whoever fetches.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    held: Option<Held>,
    /// How many fetches have ended.
    fetches: u64,
    /// How the last one failed, for those who waited for it.
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

    /// What a request is authorized by now.
    pub async fn get(&self, login: &Login<'_>) -> Result<Arc<Authorization>, Error> {
        let now = login.clock.now();
        let seen = self.known().fetches;
        let Some(held) = self.held(now) else {
            return self.wait(login, seen).await;
        };
        if held.is_fresh(now) {
            return Ok(held.authorization);
        }
        // It is still good. One caller looks for a new one, and the others go on.
        if let Ok(_fetching) = self.fetching.try_lock()
            && self.fetch(&login.in_passing()).await.is_err()
        {
            self.pause(now);
        }
        Ok(self.held(now).unwrap_or(held).authorization)
    }

    /// Forgets what a server refused, unless it was replaced already.
    pub fn refused(&self, authorization: &Arc<Authorization>) {
        let mut known = self.known();
        let same = |held: &Held| Arc::ptr_eq(&held.authorization, authorization);
        if known.held.as_ref().is_some_and(same) {
            known.held = None;
        }
    }

    /// Waits until nobody fetches, and fetches where that has brought nothing.
    async fn wait(&self, login: &Login<'_>, seen: u64) -> Result<Arc<Authorization>, Error> {
        let fetching = login.in_time(self.fetching.lock()).await?;
        if let Some(held) = self.held(login.clock.now()) {
            return Ok(held.authorization);
        }
        if let Some(fetched) = self.fetched_since(seen) {
            return fetched;
        }
        let outcome = self.fetch(login).await;
        drop(fetching);
        outcome
    }

    /// How the last fetch ended, if that was after so many of them. Whoever waited for it uses what it
    /// brought, also if that lives no longer than the fetch took: another one would bring no better.
    fn fetched_since(&self, seen: u64) -> Option<Result<Arc<Authorization>, Error>> {
        let known = self.known();
        let held = known.held.as_ref().map(|held| held.authorization.clone());
        let last = known.failure.clone().map(Err).or(held.map(Ok));
        last.filter(|_| known.fetches != seen)
    }

    /// Fetches. A fetch that outlasts this caller's patience says nothing to the others.
    async fn fetch(&self, login: &Login<'_>) -> Result<Arc<Authorization>, Error> {
        let began = login.clock.now();
        let login = login.with_scopes(&self.scopes);
        let outcome = login.in_time(self.credentials.fetch(&login)).await?;
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

    /// What is good now.
    fn held(&self, now: Instant) -> Option<Held> {
        let known = self.known();
        known.held.clone().filter(|held| held.is_good(now))
    }

    /// Lets some time pass before the next refresh.
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
        let life = authorization.lives_for;
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

    fn is_good(&self, now: Instant) -> bool {
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
