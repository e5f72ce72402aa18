//! Confluent Cloud's [IAM v2 invitations][reference]: who is invited to join an organization.
//!
//! ```
//! use generated_client::{auth::Authorization, confluent::Client};
//! use generated_client_fake::FakeServer;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let fake = FakeServer::start().await?;
//! let (id, secret) = fake.confluent().key();
//! let key = Authorization::basic(&id, secret)?;
//! let client = Client::builder().base_url(fake.base_url()).credentials(key).build()?;
//!
//! let invitation = client.invite("ada@example.com").send().await?.into_body();
//! client.invitation(invitation.id.unwrap_or_default())?.delete().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client`] is where to begin. What it is built on is in [`api`], the generated client.
//!
//! # Who calls
//!
//! | by what | |
//! |---|---|
//! | a Cloud API key | [`Authorization::basic`](crate::auth::Authorization::basic), with its id and its secret |
//! | a token of an identity provider | [`sts`], which exchanges it for one of Confluent's |
//! | the credentials of the environment | [`from_env`] |
//!
//! # What it does to people
//!
//! [`Client::invite`] sends an email and creates a user, who has no permission before role bindings are created for
//! them. It is never repeated on a guess. [`Invitation::delete`] takes an invitation back, and deactivates
//! that user if the invitation was not accepted yet.
//!
//! [reference]: https://docs.confluent.io/cloud/current/api.html#tag/Invitations-(iamv2)

mod client;
mod credentials;
mod invitation;
mod invitations;

#[rustfmt::skip]
#[path = "../generated/confluent/mod.rs"]
pub mod api;

pub use api::types::{
    Error as Fault, Failure, IamV2Invitation as InvitationData,
    IamV2InvitationAuthType as AuthType, IamV2InvitationStatus as Status, ResponseHeaders,
};
pub use client::Client;
pub use credentials::{from_env, sts};
pub use invitation::{Invitation, Invite};
pub use invitations::Invitations;
