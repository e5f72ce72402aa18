//! One invitation: the account with one address.

use crate::runtime::{self, Error, Policy, Response};

use super::api::operations::{CUSTOMERS_USERINVITATIONS_CANCEL, CUSTOMERS_USERINVITATIONS_SEND};
use super::{Operation, UserInvitation, UserInvitationName, api};

/// The invitation of the account with one address.
#[derive(Clone, Debug)]
pub struct Invitation {
    api: api::Client,
    name: UserInvitationName,
}

/// What became of a mail that was to be sent once.
#[derive(Debug)]
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
        let name = &self.name;
        let answer = self
            .api
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
        let sent = self.api.customers_userinvitations_send(&self.name).await?;
        succeeded(sent, &CUSTOMERS_USERINVITATIONS_SEND)
    }

    /// Withdraws the invitation. Possible until the person has accepted or declined.
    ///
    /// # Errors
    ///
    /// Those of a call. An operation that failed is an error too: [`Error::is_operation`].
    pub async fn cancel(&self) -> Result<Response<Operation>, Error> {
        let cancelled = self
            .api
            .customers_userinvitations_cancel(&self.name)
            .await?;
        succeeded(cancelled, &CUSTOMERS_USERINVITATIONS_CANCEL)
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
            // After a timeout the server may still be at it.
            (Some(_), Some(_)) if !error.is_timeout() => SendOutcome::NotSent(error),
            _ => SendOutcome::Unknown(error),
        }
    }

    /// How many mails were sent, where that can be read.
    async fn mails_sent(&self) -> Option<i64> {
        let invitation = self.get().await.ok()?;
        Some(invitation.mails_sent_count.unwrap_or(0))
    }
}

/// The operation, if it did not fail. An answer with status 200 can hold an error; whether the work
/// has ended stays as the API says it, or does not say it.
fn succeeded(
    answer: Response<Operation>,
    operation: &'static runtime::Operation,
) -> Result<Response<Operation>, Error> {
    match &answer.error {
        None => Ok(answer),
        Some(status) => Err(Error::operation_failed(
            operation,
            status.code,
            status.message.clone(),
        )),
    }
}
