//! One invitation: the account with one address.

use std::fmt;

use http::StatusCode;

use crate::runtime::{Api as _, Error, Policy, Response};

use super::api::operations::{
    CUSTOMERS_USERINVITATIONS_CANCEL as CANCEL,
    CUSTOMERS_USERINVITATIONS_IS_INVITABLE_USER as IS_INVITABLE_USER,
    CUSTOMERS_USERINVITATIONS_SEND as SEND,
};
use super::{Operation, StandardParameters, UserInvitation, UserInvitationName, api};

/// The invitation of the account with one address.
#[derive(Clone)]
pub struct Invitation {
    api: api::Client,
    name: UserInvitationName,
}

/// The name holds a person's address.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation").finish_non_exhaustive()
    }
}

/// What became of a mail that was to be sent once.
#[non_exhaustive]
pub enum SendOutcome {
    /// The mail was sent. The operation is what the API answered; it is absent where the answer was
    /// lost and the counter told instead.
    Sent(Option<Box<Operation>>),
    /// The mail was not sent, for this reason: the API refused it, or the connection failed and the
    /// counter of mails has not moved.
    NotSent(Error),
    /// Nobody can tell whether the mail was sent. Sending again may mail the person twice.
    Unknown(Error),
}

/// The operation holds the invitation, with a person's address.
impl fmt::Debug for SendOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sent(_) => f.debug_tuple("Sent").finish_non_exhaustive(),
            Self::NotSent(error) => f.debug_tuple("NotSent").field(error).finish(),
            Self::Unknown(error) => f.debug_tuple("Unknown").field(error).finish(),
        }
    }
}

impl Invitation {
    pub(super) fn new(api: api::Client, name: UserInvitationName) -> Self {
        Self { api, name }
    }

    /// The invitation's name, `customers/{customer}/userinvitations/{email}`.
    pub fn name(&self) -> &UserInvitationName {
        &self.name
    }

    /// The same invitation, with calls that are as patient as this policy says.
    #[must_use]
    pub fn with_policy(&self, policy: Policy) -> Self {
        Self {
            api: self.api.with_policy(policy),
            name: self.name.clone(),
        }
    }

    /// Whether the account can be invited: the address is the primary address of a consumer account,
    /// on a domain that the customer has verified.
    ///
    /// # Errors
    ///
    /// Those of a call; see [`Error`].
    pub async fn is_invitable(&self) -> Result<bool, Error> {
        let (api, name) = (&self.api, &self.name);
        api.runtime()
            .returns(&IS_INVITABLE_USER, "isInvitableUser")?;
        let answer = api
            .customers_userinvitations_is_invitable_user(name)
            .await?;
        // The API leaves out what is false.
        Ok(answer.is_invitable_user.unwrap_or(false))
    }

    /// Reads the invitation.
    ///
    /// # Errors
    ///
    /// Those of a call. In the first 48 hours of an account, [`Error::is_not_found`] does not mean
    /// that it cannot be invited.
    pub async fn get(&self) -> Result<Response<UserInvitation>, Error> {
        self.api.customers_userinvitations_get(&self.name).await
    }

    /// Mails the invitation, and creates it where there is none. Every call mails the person once
    /// more, so it is repeated only where the first attempt certainly did nothing.
    ///
    /// # Errors
    ///
    /// Those of a call. With [`Error::is_outcome_unknown`], the mail may have been sent; see
    /// [`send_once`](Self::send_once). An operation that failed is an error too:
    /// [`Error::is_operation`].
    pub async fn send(&self) -> Result<Response<Operation>, Error> {
        self.api.runtime().returns(&SEND, "error")?;
        let sent = self.api.customers_userinvitations_send(&self.name).await?;
        sent.succeeded()
    }

    /// Withdraws the invitation. Possible until the person has accepted or declined.
    ///
    /// # Errors
    ///
    /// Those of a call. An operation that failed is an error too: [`Error::is_operation`].
    pub async fn cancel(&self) -> Result<Response<Operation>, Error> {
        let (api, name) = (&self.api, &self.name);
        api.runtime().returns(&CANCEL, "error")?;
        let cancelled = api.customers_userinvitations_cancel(name).await?;
        cancelled.succeeded()
    }

    /// Mails the invitation, and finds out whether that succeeded where the answer does not tell: it
    /// reads the counter of mails before and after. It never sends a second time.
    ///
    /// The counter cannot be read in the first 48 hours of an account, and another program that
    /// mails the same person at the same moment moves it too.
    pub async fn send_once(&self) -> SendOutcome {
        let before = self.mails_sent().await;
        let error = match self.send().await {
            Ok(sent) => return SendOutcome::Sent(Some(Box::new(sent.into_body()))),
            Err(error) if !error.is_outcome_unknown() => return SendOutcome::NotSent(error),
            Err(error) => error,
        };
        match (before, self.mails_sent().await) {
            (Some(before), Some(after)) if after > before => SendOutcome::Sent(None),
            (Some(_), Some(_)) if !is_late(&error) => SendOutcome::NotSent(error),
            _ => SendOutcome::Unknown(error),
        }
    }

    /// How many mails were sent, where that can be read.
    async fn mails_sent(&self) -> Option<i64> {
        // A mask of the caller's could leave the counter out, which would read as no mail at all.
        let whole = StandardParameters {
            fields: Some("name,mailsSentCount".into()),
            ..Default::default()
        };
        let api = self.api.with_parameters(&whole).ok()?;
        let invitation = api.customers_userinvitations_get(&self.name).await.ok()?;
        Some(invitation.mails_sent_count.unwrap_or(0))
    }
}

/// Whether time ran out, here or on the way. Then the server may still be at it.
fn is_late(error: &Error) -> bool {
    let late = [StatusCode::REQUEST_TIMEOUT, StatusCode::GATEWAY_TIMEOUT];
    error.is_timeout() || error.http_status().is_some_and(|it| late.contains(&it))
}
