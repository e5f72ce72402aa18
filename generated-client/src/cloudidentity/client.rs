//! The client, and the customer whose accounts it is about.

use crate::EmailAddress;
use crate::runtime::{self, Api, Builder, ConnectionReuse, Error, Parameters, RetryPolicy};

use super::{CustomerName, Invitation, Invitations, UserInvitationName, api, scope};

/// A client of the User Invitation API.
///
/// ```
/// use generated_client::cloudidentity::Client;
/// use generated_client::runtime::Error;
///
/// # fn main() -> Result<(), Error> {
/// let client = Client::builder().token("an access token").build()?;
/// assert_eq!(client.customer("C01234567")?.name().to_string(), "customers/C01234567");
/// # Ok(())
/// # }
/// ```
///
/// It is cheap to clone: clones share their connections, their
/// limits and their budget for retries.
#[derive(Clone, Debug)]
pub struct Client {
    api: api::Client,
}

impl Api for Client {
    const BASE_URL: Option<&'static str> = <api::Client as Api>::BASE_URL;
    // Administrators allow exactly these: they must not change with the operations that are generated.
    const SCOPES: &'static [&'static str] = &[scope::FULL];
    const PRESET: &'static [(&'static str, &'static str)] = <api::Client as Api>::PRESET;
    const OPERATIONS: &'static [&'static runtime::Operation] = <api::Client as Api>::OPERATIONS;

    fn from_runtime(runtime: runtime::Client) -> Self {
        // A request that sends an email is never sent on a connection that may be closed already.
        let runtime = runtime.with_connection_reuse(ConnectionReuse::Never);
        Self {
            api: api::Client::from_runtime(runtime),
        }
    }

    fn runtime(&self) -> &runtime::Client {
        self.api.runtime()
    }
}

impl Client {
    /// Starts to build a client.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// The customer with this id or name: `C01234567` or `customers/C01234567`. The Admin console shows
    /// it under Account, Account settings.
    ///
    /// # Errors
    ///
    /// An id that cannot stand in a URL; `my_customer`, which other APIs of Google take and this one
    /// does not.
    pub fn customer(&self, id: impl AsRef<str>) -> Result<Customer, Error> {
        let id = id.as_ref().trim();
        let name = match id.contains('/') {
            true => id.parse()?,
            false => CustomerName::new(id)?,
        };
        if name.customer() == "my_customer" {
            let what = "this API does not take `my_customer`: name the customer by its id, such as \
                        `C01234567`, which the Admin console shows under Account, Account settings";
            return Err(Error::invalid_argument(what));
        }
        Ok(Customer {
            api: self.api.clone(),
            name,
        })
    }

    /// The invitation with this name: of one that was listed, see [`UserInvitation::resource_name`].
    ///
    /// [`UserInvitation::resource_name`]: super::UserInvitation::resource_name
    pub fn invitation(&self, name: UserInvitationName) -> Invitation {
        Invitation::new(self.api.clone(), name)
    }

    /// A client that sends these parameters with every call, besides those that this one sends.
    ///
    /// With a mask in `fields`, a call whose response would mislead without what the mask leaves out is
    /// refused before it is sent: `error` of what `send` and `cancel` return, `isInvitableUser`, the
    /// `nextPageToken` of a list.
    ///
    /// # Errors
    ///
    /// A value that the API does not take.
    pub fn with_parameters(&self, parameters: Parameters) -> Result<Self, Error> {
        let api = self.api.with_parameters(parameters)?;
        Ok(Self { api })
    }

    /// A client with this retry policy.
    #[must_use]
    pub fn with_retry_policy(&self, policy: RetryPolicy) -> Self {
        Self {
            api: self.api.with_retry_policy(policy),
        }
    }

    /// The generated client, which has every method of the API under its own name.
    pub fn api(&self) -> &api::Client {
        &self.api
    }
}

/// A customer: a Google Workspace or Cloud Identity account, and the domains that it has verified.
///
/// ```
/// use generated_client::cloudidentity::Client;
///
/// # fn main() -> Result<(), generated_client::runtime::Error> {
/// let client = Client::builder().token("an access token").build()?;
/// let customer = client.customer("C01234567")?;
/// let ada = customer.invitation("Ada Lovelace <ada@example.com>")?;
/// assert_eq!(ada.name().email(), "ada@example.com");
/// assert!(customer.invitation("ada").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Customer {
    api: api::Client,
    name: CustomerName,
}

impl Customer {
    /// The customer's name, `customers/{customer}`.
    pub fn name(&self) -> &CustomerName {
        &self.name
    }

    /// The customer's invitations, to be listed.
    pub fn invitations(&self) -> Invitations {
        Invitations::new(&self.api, &self.name)
    }

    /// The invitation of the account with this address, which is read as an
    /// [`EmailAddress`](crate::EmailAddress): without blanks, or with the person's name before it. The
    /// name of an invitation of this customer will do, too. Nothing is called yet, and there need not be
    /// such an invitation.
    ///
    /// # Errors
    ///
    /// What is no address; the name of another customer's invitation.
    pub fn invitation(&self, email: impl AsRef<str>) -> Result<Invitation, Error> {
        let email = email.as_ref();
        let name = match email.starts_with("customers/") {
            true => email.parse()?,
            false => {
                let email: EmailAddress = email.parse()?;
                UserInvitationName::new(self.name.customer(), email)?
            }
        };
        if name.customer() != self.name.customer() {
            let what = "the invitation is another customer's";
            return Err(Error::invalid_argument(what));
        }
        Ok(Invitation::new(self.api.clone(), name))
    }
}
