//! Who may call: access tokens, and what the three ways to get one need to know.
//!
//! Knows neither HTTP nor accounts. Its tokens are no secrets: they come from the seed.

mod assertion;
mod error;
mod grant;
mod key;
mod sign_jwt;
mod token;

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, RngExt as _};

pub(crate) use error::OAuthError;
pub use grant::{Grant, scope};
pub(crate) use key::ServiceAccount;
pub(crate) use sign_jwt::sign_jwt;
pub(crate) use token::token;

use crate::clock::{delta, later};
use crate::locked;
use crate::random::{Purpose, stream};
use grant::Subject;

/// From how many tokens on those are forgotten that have expired.
const MANY: usize = 10_000;

/// What a token is good for.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// On whose behalf; `None` for a service account of its own accord.
    pub subject: Option<String>,
    pub scopes: BTreeSet<String>,
    /// `None`: never.
    expires: Option<DateTime<Utc>>,
}

impl Access {
    fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BadToken {
    Unknown,
    Expired,
}

/// Everything about logging in.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub service_account: ServiceAccount,
    /// Where clients get their tokens.
    pub token_uri: String,
    /// The client of an administrator's own credentials.
    authorized_user: AuthorizedUser,
    state: Mutex<Changing>,
}

/// What an `authorized_user` file says.
#[derive(Debug)]
struct AuthorizedUser {
    client_id: String,
    client_secret: String,
    refresh_token: String,
}

struct Changing {
    random: ChaCha8Rng,
    tokens: HashMap<String, Access>,
    /// Administrators. A token without a subject is for the first of them.
    administrators: Vec<String>,
    /// What the service account's client may ask for on behalf of a user.
    delegated: BTreeSet<String>,
    /// How long the token endpoint's tokens live.
    life: Duration,
}

impl std::fmt::Debug for Changing {
    /// Without the tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changing")
            .field("life", &self.life)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    pub(crate) fn new(
        seed: u64,
        base_url: &str,
        administrators: Vec<String>,
        delegated: BTreeSet<String>,
        life: Duration,
    ) -> Self {
        let mut random = stream(seed, Purpose::ServiceAccount, 0);
        let service_account = ServiceAccount::new(&mut random);
        let client: u64 = random.random_range(100_000_000_000..1_000_000_000_000);
        let authorized_user = AuthorizedUser {
            client_id: format!("{client}-fake.apps.googleusercontent.com"),
            client_secret: text(&mut random, "fake-secret-"),
            refresh_token: text(&mut random, "1//fake-"),
        };
        Self {
            service_account,
            token_uri: format!("{base_url}/token"),
            authorized_user,
            state: Mutex::new(Changing {
                random: stream(seed, Purpose::Tokens, 0),
                tokens: HashMap::new(),
                administrators,
                delegated,
                life,
            }),
        }
    }

    pub(crate) fn administrator(&self) -> String {
        let state = locked(&self.state);
        state.administrators.first().cloned().unwrap_or_default()
    }

    pub(crate) fn is_administrator(&self, subject: &str) -> bool {
        locked(&self.state)
            .administrators
            .iter()
            .any(|administrator| administrator.eq_ignore_ascii_case(subject))
    }

    pub(crate) fn delegate(&self, scopes: BTreeSet<String>) {
        locked(&self.state).delegated = scopes;
    }

    pub(crate) fn set_life(&self, life: Duration) {
        locked(&self.state).life = life;
    }

    pub(crate) fn lifetime(&self) -> Duration {
        locked(&self.state).life
    }

    /// Makes a token.
    pub(crate) fn issue(&self, grant: &Grant, now: DateTime<Utc>) -> String {
        let subject = match &grant.subject {
            Subject::Administrator => Some(self.administrator()),
            Subject::Named(subject) => Some(subject.clone()),
            Subject::None => None,
        };
        let access = Access {
            subject,
            scopes: grant.scopes.clone(),
            expires: (grant.life != Duration::MAX).then(|| later(now, delta(grant.life))),
        };
        let mut state = locked(&self.state);
        let token = text(&mut state.random, "ya29.fake-");
        if state.tokens.len() >= MANY {
            state.tokens.retain(|_, access| access.is_good(now));
        }
        state.tokens.insert(token.clone(), access);
        token
    }

    pub(crate) fn revoke(&self, token: &str) {
        locked(&self.state).tokens.remove(token);
    }

    /// What a token is good for.
    pub(crate) fn access(&self, token: &str, now: DateTime<Utc>) -> Result<Access, BadToken> {
        let state = locked(&self.state);
        let access = state.tokens.get(token).ok_or(BadToken::Unknown)?;
        match access.is_good(now) {
            true => Ok(access.clone()),
            false => Err(BadToken::Expired),
        }
    }

    fn may_delegate(&self, scopes: &BTreeSet<String>) -> bool {
        scopes.is_subset(&locked(&self.state).delegated)
    }

    /// The file of an administrator's own credentials.
    pub(crate) fn authorized_user(&self) -> String {
        let user = &self.authorized_user;
        let file = serde_json::json!({
            "type": "authorized_user",
            "client_id": user.client_id,
            "client_secret": user.client_secret,
            "refresh_token": user.refresh_token,
            "token_uri": self.token_uri,
            "universe_domain": "googleapis.com",
        });
        format!("{file:#}\n")
    }
}

/// Text that is not guessed by accident.
fn text(random: &mut ChaCha8Rng, prefix: &str) -> String {
    let mut bytes = [0; 24];
    random.fill_bytes(&mut bytes);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}
