//! One invitation.

use std::fmt;

use super::{AuthType, InvitationData, api};
use crate::runtime::{Error, Response, RetryPolicy};
use crate::{EmailAddress, InvalidEmailAddress};
use path::InvitationPath;

/// What a path has of an invitation: an id that can stand in it.
mod path {
    crate::runtime::resource_name!(InvitationPath, "invitations/{id}", id);
}

/// An invitation, by its id.
#[derive(Clone, Debug)]
pub struct Invitation {
    api: api::Client,
    path: InvitationPath,
}

impl Invitation {
    pub(super) fn new(api: api::Client, id: String) -> Result<Self, Error> {
        let path = InvitationPath::new(id)?;
        Ok(Self { api, path })
    }

    /// The invitation's id.
    pub fn id(&self) -> &str {
        self.path.id()
    }

    /// The same invitation, with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self {
            api: self.api.with_retry_policy(policy),
            path: self.path.clone(),
        }
    }

    /// Reads the invitation.
    ///
    /// # Errors
    ///
    /// Those of a call; [`Error::body`] as [`Failure`](super::Failure) says more.
    pub async fn get(&self) -> Result<Response<InvitationData>, Error> {
        self.api
            .invitations_iam_v2()
            .get_iam_v2_invitation(self.id())
            .send()
            .await
    }

    /// Takes the invitation back. If it was not accepted yet, its user is deactivated. It takes a moment
    /// until it is gone.
    ///
    /// # Errors
    ///
    /// Those of a call. That it is not there is an error only of the first attempt: if an earlier one may
    /// have deleted it, that is what was wanted.
    pub async fn delete(&self) -> Result<Response<()>, Error> {
        self.api
            .invitations_iam_v2()
            .delete_iam_v2_invitation(self.id())
            .send()
            .await
    }
}

/// The invitation of one address, before it is sent.
#[derive(Clone)]
#[must_use = "nothing is sent before `send`"]
pub struct Invite {
    api: api::Client,
    body: InvitationData,
    refused: Option<InvalidEmailAddress>,
}

/// It holds a person's address.
impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invite").finish_non_exhaustive()
    }
}

impl Invite {
    pub(super) fn new(api: api::Client, email: &str) -> Self {
        let email = email.parse::<EmailAddress>();
        let refused = email.as_ref().err().cloned();
        let body = InvitationData {
            email: email.ok().map(String::from),
            ..InvitationData::default()
        };
        Self { api, body, refused }
    }

    /// How the user will sign in: if unset, by single sign-on where the organization has that, and with a
    /// password otherwise.
    pub fn auth_type(mut self, kind: AuthType) -> Self {
        self.body.auth_type = Some(kind);
        self
    }

    /// Sends the invitation by email. The API creates a user, who has no permission before role bindings are
    /// created. It is repeated only where the first attempt certainly did nothing.
    ///
    /// # Errors
    ///
    /// What is no [`EmailAddress`]; those of a call. 402: the organization may have no more. 409: there
    /// is one already, see [`Client::existing`](super::Client::existing). 422: [`Error::body`] as
    /// [`Failure`](super::Failure) says which property is at fault. With
    /// [`Error::is_outcome_unknown`], they may have been invited.
    pub async fn send(&self) -> Result<Response<InvitationData>, Error> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone().into());
        }
        let invitations = self.api.invitations_iam_v2();
        invitations
            .create_iam_v2_invitation(&self.body)
            .send()
            .await
    }
}
