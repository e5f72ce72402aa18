//! Google's [Cloud Identity User Invitation API][reference]: the unmanaged accounts on a customer's
//! domains, and the invitations that ask their owners to bring them under management.
//!
//! [reference]: https://cloud.google.com/identity/docs/reference/rest/v1/customers.userinvitations

#[rustfmt::skip]
#[path = "../generated/cloudidentity/mod.rs"]
mod generated;

pub use generated::{Client, names, operations, types};
