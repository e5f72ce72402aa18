//! The front page of a crate's documentation.

/// How a client authenticates; `CRATE` stands for the crate.
const AUTHENTICATION: &str = "\
//!
//! # Authenticate
//!
//! ```no_run
//! use CRATE::{Client, auth::from_env};
//!
//! # fn example() -> Result<(), CRATE::runtime::Error> {
//! let client = Client::builder().credentials(from_env(None)?).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! [`auth`] has a type for each kind of credentials: [`from_env`](auth::from_env) finds those of Google in the
//! environment, [`Authorization`](auth::Authorization) holds an API key or a name and a password,
//! [`TokenExchange`](auth::TokenExchange) exchanges tokens, [`from_fn`](auth::from_fn) calls a function of
//! yours. [`Builder::token`](runtime::Builder::token) takes an access token. What a client shares with all
//! others is in [`runtime`].
";

/// The root of a crate, with a section on authentication at the end of its documentation.
pub(super) fn with_authentication(root: &str, name: &str) -> String {
    let section = AUTHENTICATION.replace("CRATE", &name.replace('-', "_"));
    let is_page = |line: &str| {
        let comment = line.starts_with("//") && !line.starts_with("///");
        comment || line.trim().is_empty()
    };
    let head = root.split_inclusive('\n').take_while(|line| is_page(line));
    let end = head.map(str::len).sum();
    let (page, code) = root.split_at(end);
    format!("{}\n{section}\n{code}", page.trim_end())
}
