//! One invitation: the account with one address.

use std::fmt;
use std::time::Duration;

use crate::runtime::{Api as _, Clock, Error, Response, RetryPolicy};

use super::api::requests::{
    CustomersUserinvitationsCancel as Cancel,
    CustomersUserinvitationsIsInvitableUser as IsInvitableUser,
    CustomersUserinvitationsSend as Send,
};
use super::api::resources::CustomersUserinvitations;
use super::settlement::settle;
use super::{
    Observation, Operation, Settlement, StandardParameters, Unsettled, UserInvitation,
    UserInvitationName, api,
};

/// How long [`Invitation::send_once_within`] waits at least before it sends again.
const PAUSE: Duration = Duration::from_secs(5);

/// The invitation of the account with one address.
///
/// ```
/// use generated_client::cloudidentity::{Client, State};
/// use generated_client_fake::FakeServer;
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fake = FakeServer::builder().account("ada@example.com").start().await?;
/// let client = Client::builder().base_url(fake.base_url()).token(fake.token()).build()?;
/// let ada = client.customer(fake.customer_id())?.invitation("ada@example.com")?;
///
/// ada.send().await?;
/// assert_eq!(ada.get().await?.body().state, Some(State::Invited));
/// ada.cancel().await?;
/// # Ok(())
/// # }
/// ```
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

/// What became of an email that was to be sent once.
#[derive(Clone)]
#[non_exhaustive]
pub enum SendOutcome {
    /// The email was sent. The operation is what the API returned; it is absent where the response was
    /// lost and the counter told instead.
    Sent(Option<Box<Operation>>),
    /// The email was not sent and will not be, for this reason: the API refused it, or no connection
    /// came about. Sending again sends no second email.
    NotSent(Error),
    /// The server may have sent the email, or may send it yet. [`Invitation::settle`] tells later.
    Unknown(Box<Unsettled>),
}

/// The operation holds the invitation, with a person's address.
impl fmt::Debug for SendOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sent(_) => f.debug_tuple("Sent").finish_non_exhaustive(),
            Self::NotSent(error) => f.debug_tuple("NotSent").field(error).finish(),
            Self::Unknown(unsettled) => f.debug_tuple("Unknown").field(unsettled).finish(),
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

    /// The same invitation, with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self {
            api: self.api.with_retry_policy(policy),
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
            .returns(&IsInvitableUser::OPERATION, "isInvitableUser")?;
        let request = self.resource().is_invitable_user(name);
        let response = request.send().await?;
        // The API leaves out what is false.
        Ok(response.body().is_invitable_user.unwrap_or(false))
    }

    /// Reads the invitation.
    ///
    /// # Errors
    ///
    /// Those of a call. In the first 48 hours of an account, [`Error::is_not_found`] does not mean
    /// that it cannot be invited.
    pub async fn get(&self) -> Result<Response<UserInvitation>, Error> {
        self.resource().get(&self.name).send().await
    }

    /// Sends the email of the invitation, and creates the invitation where there is none. Every call sends
    /// another email, so it is repeated only where the first attempt certainly did nothing.
    ///
    /// # Errors
    ///
    /// Those of a call. With [`Error::is_outcome_unknown`], the email may have been sent; see
    /// [`send_once`](Self::send_once). An operation that failed is an error too:
    /// [`Error::is_operation`].
    pub async fn send(&self) -> Result<Response<Operation>, Error> {
        self.api.runtime().returns(&Send::OPERATION, "error")?;
        let sent = self.resource().send(&self.name).send().await?;
        sent.succeeded()
    }

    /// Withdraws the invitation. Possible until the person has accepted or declined.
    ///
    /// # Errors
    ///
    /// Those of a call. An operation that failed is an error too: [`Error::is_operation`].
    pub async fn cancel(&self) -> Result<Response<Operation>, Error> {
        self.api.runtime().returns(&Cancel::OPERATION, "error")?;
        let cancelled = self.resource().cancel(&self.name).send().await?;
        cancelled.succeeded()
    }

    /// Sends the email of the invitation, and finds out whether that succeeded where the response does not tell: it
    /// reads the counter of emails before and after. It never sends a second time after an attempt that
    /// may have been executed.
    ///
    /// The counter cannot be read in the first 48 hours of an account, and another program that
    /// invites the same person at the same moment moves it too. Where it cannot be read before, the email
    /// is sent all the same; read it yourself with [`observe`](Self::observe) to rule that out. A counter
    /// that has not moved proves nothing at once: a server can finish after its connection broke. So the
    /// outcome is [`SendOutcome::Unknown`] then, and [`settle`](Self::settle) tells later.
    pub async fn send_once(&self) -> SendOutcome {
        let before = self.observe().await.ok();
        let error = match self.send().await {
            Ok(sent) => return SendOutcome::Sent(Some(Box::new(sent.into_body()))),
            Err(error) if !error.is_outcome_unknown() => return SendOutcome::NotSent(error),
            Err(error) => error,
        };
        let unsettled = Unsettled::new(error, before, self.clock().calendar());
        match self.settle(&unsettled).await {
            Ok(Settlement::Sent) => SendOutcome::Sent(None),
            _ => SendOutcome::Unknown(Box::new(unsettled)),
        }
    }

    /// [`send_once`](Self::send_once), and where nothing was executed, again and again for so long:
    /// while the server cannot be reached, or throttles. What never passes by itself, such as a host
    /// that does not exist, ends it at once ([`Error::is_retryable`]).
    pub async fn send_once_within(&self, time: Duration) -> SendOutcome {
        let clock = self.clock();
        let end = clock.now().checked_add(time);
        loop {
            let outcome = self.send_once().await;
            let wait = match &outcome {
                SendOutcome::NotSent(error) if error.is_retryable() => {
                    error.retry_after().unwrap_or_default().max(PAUSE)
                }
                _ => return outcome,
            };
            let again = clock.now().checked_add(wait);
            if end.is_some_and(|end| again.is_none_or(|again| again >= end)) {
                return outcome;
            }
            clock.sleep(wait).await;
        }
    }

    /// Whether an email went out after all, by the table of [`settle`].
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). That the invitation is not there is none: then the settlement is
    /// [`Settlement::Unknown`].
    pub async fn settle(&self, unsettled: &Unsettled) -> Result<Settlement, Error> {
        let after = match self.observe().await {
            Ok(after) => Some(after),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        let now = self.clock().calendar();
        let before = unsettled.before.as_ref();
        Ok(settle(before, after.as_ref(), unsettled.ended_at, now))
    }

    /// Reads the counter of emails and the state, to [`settle`] a send later.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub async fn observe(&self) -> Result<Observation, Error> {
        // A mask of the caller's could leave the counter out, which would read as no email at all.
        let request = self.resource().get(&self.name);
        let request = request.fields("name,mailsSentCount,state");
        let invitation = request.send().await?;
        Ok(Observation::from(invitation.body()))
    }

    fn resource(&self) -> CustomersUserinvitations {
        self.api.customers().userinvitations()
    }

    fn clock(&self) -> &dyn Clock {
        self.api.runtime().clock()
    }
}
