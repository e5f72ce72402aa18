//! The front page of a crate's documentation.

use codegen::OutputFile;

/// How a client authenticates; `CRATE` stands for the crate, `USE` and `CREDENTIALS` for what it needs.
const AUTHENTICATION: &str = "\
//!
//! # Authenticate
//!
//! ```no_run
//! use CRATE::USE;
//!
//! # fn example() -> Result<(), CRATE::runtime::Error> {
//! let client = Client::builder().CREDENTIALS.build()?;
//! # Ok(())
//! # }
//! ```
//!
//! [`auth`] has a type for each kind of credentials: [`Authorization`](auth::Authorization) holds an API key or a
//! name and a password, [`ClientCredentials`](auth::ClientCredentials) those of an OAuth 2.0 client,
//! [`TokenExchange`](auth::TokenExchange) exchanges tokens, [`from_env`](auth::from_env) finds those of Google in
//! the environment, [`from_fn`](auth::from_fn) calls a function of yours.
//! [`Builder::token`](runtime::Builder::token) takes an access token. What a client shares with all others is in
//! [`runtime`].
";

/// The root of a crate, with a section on authentication at the end of its documentation. `files` are those of the
/// client.
pub(super) fn with_authentication(root: &str, name: &str, files: &[OutputFile]) -> String {
    let (uses, credentials) = credentials(files);
    let section = AUTHENTICATION
        .replace("CRATE", &name.replace('-', "_"))
        .replace("USE", uses)
        .replace("CREDENTIALS", &credentials);
    let is_page = |line: &str| {
        let comment = line.starts_with("//") && !line.starts_with("///");
        comment || line.trim().is_empty()
    };
    let head = root.split_inclusive('\n').take_while(|line| is_page(line));
    let end = head.map(str::len).sum();
    let (page, code) = root.split_at(end);
    format!("{}\n{section}\n{code}", page.trim_end())
}

/// What a client of these files is told to authenticate with, and what is imported for that: the first function of
/// its module `credentials`, those of the environment for an API of Google, or else an access token.
fn credentials(files: &[OutputFile]) -> (&'static str, String) {
    let text = |path: &str| files.iter().find(|file| file.path == path);
    let function = text("credentials.rs").and_then(|file| {
        let (_, function) = file.text.split_once("pub fn ")?;
        let (signature, _) = function.split_once(" {")?;
        signature.split_once('(')
    });
    if let Some((name, signature)) = function {
        let arguments = match signature.contains("secret:") {
            true => "\"an id\", \"a secret\"",
            false => "\"a key\"",
        };
        let checked = if signature.contains("-> Result<") {
            "?"
        } else {
            ""
        };
        let made = format!("credentials(credentials::{name}({arguments}){checked})");
        return ("{Client, credentials}", made);
    }
    let is_googles = text("client.rs").is_some_and(|file| file.text.contains(".googleapis.com"));
    match is_googles {
        true => (
            "{Client, auth::from_env}",
            "credentials(from_env(None)?)".to_owned(),
        ),
        false => ("Client", "token(\"an access token\")".to_owned()),
    }
}
