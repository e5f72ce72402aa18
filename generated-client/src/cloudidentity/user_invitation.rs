//! From an invitation as the API returns it to its name.

use std::hash::{Hash, Hasher};

use super::{UserInvitation, UserInvitationName};
use crate::runtime::InvalidName;

impl UserInvitation {
    /// Its name, taken apart: [`Client::invitation`](super::Client::invitation) makes a handle of it.
    ///
    /// ```
    /// use generated_client::cloudidentity::UserInvitation;
    ///
    /// let mut listed = UserInvitation::default();
    /// listed.name = Some("customers/C01234567/userinvitations/ada@example.com".into());
    /// assert_eq!(listed.resource_name()?.email(), "ada@example.com");
    /// # Ok::<(), generated_client::runtime::InvalidName>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It has no name, or one of another form: a mask over the response has left it out.
    pub fn resource_name(&self) -> Result<UserInvitationName, InvalidName> {
        self.name.as_deref().unwrap_or_default().parse()
    }
}

/// All of its fields are.
impl Eq for UserInvitation {}

impl Hash for UserInvitation {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // Destructured, so that a new field is not forgotten.
        let Self {
            mails_sent_count,
            name,
            state,
            update_time,
        } = self;
        (mails_sent_count, name, state, update_time).hash(hasher);
    }
}

impl TryFrom<&UserInvitation> for UserInvitationName {
    type Error = InvalidName;

    fn try_from(invitation: &UserInvitation) -> Result<Self, Self::Error> {
        invitation.resource_name()
    }
}
