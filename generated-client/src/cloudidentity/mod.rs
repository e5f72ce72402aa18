//! Google's [Cloud Identity User Invitation API][reference]: the unmanaged accounts on a customer's
//! domains, and the invitations that ask their owners to bring them under management.
//!
//! ```
//! use futures_util::TryStreamExt as _;
//! use generated_client::cloudidentity::Client;
//! use generated_client_fake::FakeServer;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let fake = FakeServer::builder().invitations(20).start().await?;
//! let client = Client::builder().base_url(fake.base_url()).token(fake.token()).build()?;
//! let customer = client.customer(fake.customer_id())?;
//!
//! let mut unmanaged = customer.invitations().unmanaged().items();
//! while let Some(user) = unmanaged.try_next().await? {
//!     println!("{}: {}", user.name.unwrap_or_default(), user.state.unwrap_or_default());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Client`] is where to begin. What it is built on is in [`api`], the generated client: every
//! method of the API under its own name, with every parameter.
//!
//! [reference]: https://cloud.google.com/identity/docs/reference/rest/v1/customers.userinvitations

mod client;
mod filter;
mod invitation;
mod invitations;
mod order;
pub mod scope;
mod settlement;
mod user_invitation;

#[rustfmt::skip]
#[path = "../generated/cloudidentity/mod.rs"]
pub mod api;

pub use crate::runtime::Parameters;
pub use api::names::{CustomerName, UserInvitationName};
pub use api::requests::StandardParameters;
pub use api::types::{Operation, UserInvitation, UserInvitationState as State};
pub use client::{Client, Customer};
pub use filter::Filter;
pub use invitation::{Invitation, SendOutcome};
pub use invitations::Invitations;
pub use order::{Order, OrderBy};
pub use settlement::{Observation, SETTLED_AFTER, Settlement, Unsettled, settle};
