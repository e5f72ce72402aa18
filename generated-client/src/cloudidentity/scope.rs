//! What a client may be allowed to do. An administrator allows exactly one of the two sets.
//!
//! Source: <https://cloud.google.com/identity/docs/reference/rest/v1/customers.userinvitations>, on the
//! page of each method.

/// Everything. The default scope of a client.
pub const FULL: &str = "https://www.googleapis.com/auth/cloud-identity.userinvitations";

/// Reading: a client that is built with this scope alone refuses to send and to cancel.
pub const READ_ONLY: &str =
    "https://www.googleapis.com/auth/cloud-identity.userinvitations.readonly";
