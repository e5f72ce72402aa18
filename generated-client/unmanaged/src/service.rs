//! The two services, as the commands see them: a list of accounts, and what can be done to one of them.

mod connect;

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use generated_client::cloudidentity::{Customer, UserInvitation};
use generated_client::confluent::{self, InvitationData};
use generated_client::runtime::{DateTime, Error, RateLimiter, RetryPolicy};
use serde_json::Value;

pub use connect::{Connection, SERVER, connect, google_client, journal_name};

/// An account of a list.
#[derive(Clone, Debug)]
pub struct Account {
    /// The address, in lower case.
    pub address: String,
    /// What the API calls it: a name, or an id.
    pub id: String,
    /// How many emails were sent; of Confluent, one for each invitation.
    pub mails: i64,
    /// The state.
    pub state: String,
    /// When it last changed, as the API writes it.
    pub update_time: Option<String>,
    /// The same, in seconds.
    pub updated: Option<i64>,
    /// The object, as the API has it.
    pub raw: String,
}

/// A service.
#[derive(Clone, Debug)]
pub enum Service {
    /// Cloud Identity.
    Google(Customer),
    /// Confluent Cloud.
    Confluent(confluent::Client),
}

/// What a page holds, and how many of its objects have no address.
pub type Listed = Result<(Vec<Account>, usize), Error>;

impl Service {
    /// Whether it is Confluent Cloud.
    pub fn is_confluent(&self) -> bool {
        matches!(self, Self::Confluent(_))
    }

    /// All accounts, page by page.
    pub fn pages(&self) -> BoxStream<'static, Listed> {
        match self {
            Self::Google(customer) => {
                let pages = customer.invitations().pages();
                let read = |page: generated_client::runtime::Response<_>| {
                    let page: generated_client::cloudidentity::api::types::ListUserInvitationsResponse =
                        page.into_body();
                    accounts(&page.user_invitations, google_account)
                };
                pages.map(move |page| page.map(read)).boxed()
            }
            Self::Confluent(client) => {
                let pages = client.invitations().pages();
                let read = |page: generated_client::runtime::Response<_>| {
                    let page: confluent::api::types::IamV2InvitationList = page.into_body();
                    accounts(&page.data, confluent_account)
                };
                pages.map(move |page| page.map(read)).boxed()
            }
        }
    }

    /// Sends one email. It is never sent twice, and does not wait for a quota: see [`RateLimiter::ready`].
    ///
    /// # Errors
    ///
    /// Those of the library.
    pub async fn send(&self, address: &str) -> Result<(), Error> {
        match self {
            Self::Google(customer) => {
                let invitation = customer.invitation(address)?;
                let invitation = invitation.with_retry_policy(prompt());
                invitation.send().await.map(drop)
            }
            Self::Confluent(client) => {
                let client = client.with_retry_policy(prompt());
                client.invite(address).send().await.map(drop)
            }
        }
    }

    /// Withdraws an invitation: by its address, or by the id that the list has of it.
    ///
    /// # Errors
    ///
    /// Those of the library.
    pub async fn cancel(&self, address: &str, id: &str) -> Result<(), Error> {
        match self {
            Self::Google(customer) => {
                let invitation = customer.invitation(address)?;
                let invitation = invitation.with_retry_policy(prompt());
                invitation.cancel().await.map(drop)
            }
            Self::Confluent(client) => {
                let client = client.with_retry_policy(prompt());
                client.invitation(id)?.delete().await.map(drop)
            }
        }
    }

    /// One account, as the API has it.
    ///
    /// # Errors
    ///
    /// Those of the library.
    pub async fn show(&self, address: &str) -> Result<Vec<Account>, Error> {
        match self {
            Self::Google(customer) => {
                let got = customer.invitation(address)?.get().await?;
                Ok(google_account(got.body()).into_iter().collect())
            }
            Self::Confluent(client) => {
                let mut pages = client.invitations().email(address).pages();
                let mut found = Vec::new();
                while let Some(page) = pages.next().await {
                    let page = page?.into_body();
                    found.extend(page.data.iter().filter_map(confluent_account));
                }
                Ok(found)
            }
        }
    }

    /// Whether an account can be invited; `None` where the API does not say.
    ///
    /// # Errors
    ///
    /// Those of the library.
    pub async fn is_invitable(&self, address: &str) -> Result<Option<bool>, Error> {
        match self {
            Self::Google(customer) => {
                let invitation = customer.invitation(address)?;
                invitation.is_invitable().await.map(Some)
            }
            Self::Confluent(_) => Ok(None),
        }
    }
}

/// Waits until a call would be sent at once.
pub async fn ready(limiter: &RateLimiter) {
    limiter.ready().await;
}

/// The policy of a call that is recorded before: what was certainly not executed is tried again, but a quota is
/// waited for before the call is recorded, and not after.
fn prompt() -> RetryPolicy {
    RetryPolicy::default()
        .attempts(3)
        .max_quota_wait(Duration::ZERO)
}

fn accounts<T>(items: &[T], read: fn(&T) -> Option<Account>) -> (Vec<Account>, usize) {
    let read: Vec<Account> = items.iter().filter_map(read).collect();
    let unreadable = items.len() - read.len();
    (read, unreadable)
}

fn google_account(invitation: &UserInvitation) -> Option<Account> {
    let name = invitation.resource_name().ok()?;
    let state = invitation.state.as_ref().map(|state| state.as_str());
    let raw = serde_json::to_value(invitation).ok()?;
    let time = raw.get("updateTime").and_then(Value::as_str);
    Some(Account {
        address: name.email().to_lowercase(),
        id: name.to_string(),
        mails: invitation.mails_sent_count.unwrap_or(0),
        state: state.unwrap_or("STATE_UNSPECIFIED").to_owned(),
        update_time: time.map(str::to_owned),
        updated: seconds(invitation.update_time),
        raw: raw.to_string(),
    })
}

fn confluent_account(invitation: &InvitationData) -> Option<Account> {
    let status = invitation.status.as_ref().map(|status| status.as_str());
    let status = status.unwrap_or("UNKNOWN");
    let created = invitation.metadata.as_ref().and_then(|it| it.created_at);
    let raw = serde_json::to_value(invitation).ok()?;
    Some(Account {
        address: invitation.email.as_ref()?.to_lowercase(),
        id: invitation.id.clone()?,
        mails: 1,
        state: status.trim_start_matches("INVITE_STATUS_").to_owned(),
        update_time: created.map(|time| time.to_rfc3339()),
        updated: seconds(created),
        raw: raw.to_string(),
    })
}

fn seconds(time: Option<DateTime>) -> Option<i64> {
    time.map(|time| time.timestamp())
}
