//! The invitations of an organization, and the rules that they follow.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng as _;
use rand::rngs::ChaCha8Rng;
use serde_json::{Value, json};

use crate::clock::later;

/// How long an invitation can be accepted.
const LIFE: TimeDelta = TimeDelta::days(7);
/// How long a deletion takes.
const GOING: TimeDelta = TimeDelta::seconds(1);

/// Everything about Confluent Cloud.
pub(crate) struct Organization {
    random: ChaCha8Rng,
    pub base_url: String,
    pub key: (String, String),
    pub subject_token: String,
    /// Tokens, and until when they are good.
    pub tokens: BTreeMap<String, DateTime<Utc>>,
    pub invitations: BTreeMap<String, Invitation>,
    pub emails_sent: BTreeMap<String, u64>,
    /// How many invitations the organization may have.
    pub quota: usize,
    limit: Limit,
}

/// How many requests a window may hold.
struct Limit {
    requests: u64,
    window: TimeDelta,
    began: Option<DateTime<Utc>>,
    used: u64,
}

/// One invitation.
pub(crate) struct Invitation {
    pub email: String,
    pub auth_type: String,
    pub created: DateTime<Utc>,
    pub accepted: Option<DateTime<Utc>>,
    pub gone: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Organization {
    /// Without key and tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Organization")
            .field("invitations", &self.invitations.len())
            .finish_non_exhaustive()
    }
}

impl Organization {
    pub fn new(mut random: ChaCha8Rng, base_url: &str) -> Self {
        let mut text = |prefix: &str| format!("{prefix}{:016x}", random.next_u64());
        let key = (text("FAKE"), text("fake-secret-"));
        let subject_token = text("fake-subject-");
        Self {
            random,
            base_url: base_url.to_owned(),
            key,
            subject_token,
            tokens: BTreeMap::new(),
            invitations: BTreeMap::new(),
            emails_sent: BTreeMap::new(),
            quota: usize::MAX,
            limit: Limit {
                requests: 1_000_000,
                window: TimeDelta::seconds(60),
                began: None,
                used: 0,
            },
        }
    }

    /// Text that is not guessed by accident.
    pub fn text(&mut self, prefix: &str) -> String {
        format!("{prefix}{:016x}", self.random.next_u64())
    }

    pub fn request_id(&mut self) -> String {
        self.text("fake-request-")
    }

    pub fn set_limit(&mut self, requests: u64, window: TimeDelta) {
        self.limit = Limit {
            requests,
            window,
            began: None,
            used: 0,
        };
    }

    /// Counts a request. Returns whether the window holds it.
    pub fn count(&mut self, now: DateTime<Utc>) -> bool {
        self.roll(now);
        let fits = self.limit.used < self.limit.requests;
        self.limit.used += u64::from(fits);
        fits
    }

    /// How many requests a window holds, how many are left, and in how many seconds the next one begins.
    pub fn limits(&mut self, now: DateTime<Utc>) -> (u64, u64, i64) {
        self.roll(now);
        let Limit {
            requests,
            window,
            began,
            used,
        } = &self.limit;
        let end = later(began.unwrap_or(now), *window);
        let left = (end - now).num_milliseconds().max(0);
        (
            *requests,
            requests.saturating_sub(*used),
            (left + 999) / 1000,
        )
    }

    fn roll(&mut self, now: DateTime<Utc>) {
        let limit = &mut self.limit;
        let over = |began: DateTime<Utc>| now >= later(began, limit.window);
        if limit.began.is_none_or(over) {
            limit.began = Some(now);
            limit.used = 0;
        }
    }

    /// Invites an address. Returns the id.
    pub fn invite(&mut self, email: &str, auth_type: &str, now: DateTime<Utc>) -> String {
        let id = self.text("i-");
        *self.emails_sent.entry(email.to_owned()).or_default() += 1;
        let invitation = Invitation {
            email: email.to_owned(),
            auth_type: auth_type.to_owned(),
            created: now,
            accepted: None,
            gone: None,
        };
        self.invitations.insert(id.clone(), invitation);
        id
    }

    /// Those that are there: what is being deleted is, for a moment.
    pub fn present(&self, now: DateTime<Utc>) -> impl Iterator<Item = (&String, &Invitation)> {
        let there = move |it: &Invitation| it.gone.is_none_or(|gone| now < later(gone, GOING));
        self.invitations.iter().filter(move |(_, it)| there(it))
    }

    /// An invitation, as the API shows it.
    pub fn show(&self, id: &str, invitation: &Invitation, now: DateTime<Utc>) -> Value {
        let text = |time: DateTime<Utc>| time.format("%F %T%:z").to_string();
        let user = |id: &str| {
            json!({
                "id": id,
                "related": format!("{}/iam/v2/users/{id}", self.base_url),
                "resource_name": format!("crn://confluent.cloud/user={id}"),
            })
        };
        json!({
            "api_version": "iam/v2",
            "kind": "Invitation",
            "id": id,
            "metadata": {
                "self": self.url(id),
                "resource_name": format!("crn://confluent.cloud/organization=fake/invitation={id}"),
                "created_at": text(invitation.created),
            },
            "email": invitation.email,
            "auth_type": invitation.auth_type,
            "status": invitation.status(now),
            "accepted_at": invitation.accepted.map(text),
            "expires_at": text(later(invitation.created, LIFE)),
            "user": user(&id.replacen("i-", "u-", 1)),
            "creator": user("u-fake"),
        })
    }

    /// Where an invitation is.
    pub fn url(&self, id: &str) -> String {
        format!("{}{}/{id}", self.base_url, super::INVITATIONS)
    }
}

impl Invitation {
    /// How far it has come.
    pub fn status(&self, now: DateTime<Utc>) -> &'static str {
        match self {
            Self { gone: Some(_), .. } => "INVITE_STATUS_DEACTIVATED",
            Self {
                accepted: Some(_), ..
            } => "INVITE_STATUS_ACCEPTED",
            _ if now >= later(self.created, LIFE) => "INVITE_STATUS_EXPIRED",
            _ => "INVITE_STATUS_SENT",
        }
    }
}
