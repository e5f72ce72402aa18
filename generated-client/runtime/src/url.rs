//! Where credentials may be sent.

use std::net::IpAddr;

use reqwest::Url;

use super::Error;

/// A base URL, if credentials may be sent there.
pub(super) fn checked_base(text: &str) -> Result<Url, Error> {
    let refused = |what| Err(Error::invalid_argument(format!("the base URL {what}")));
    let Ok(url) = Url::parse(text) else {
        return refused("is not a URL");
    };
    if !is_encrypted_or_here(&url) {
        return refused("is neither `https` nor on this machine");
    }
    if has_credentials(&url) {
        return refused("has credentials in it");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refused("has a query or a fragment");
    }
    Ok(url)
}

/// The URL of a server, out of a template with variables in braces.
///
/// ```
/// use generated_client_runtime::server_url;
///
/// let url = server_url("https://{region}.example.com/v1", &[("region", "eu-1")])?;
/// assert_eq!(url, "https://eu-1.example.com/v1");
/// assert!(server_url("https://{region}.example.com", &[("region", "evil.org/")]).is_err());
/// # Ok::<(), generated_client_runtime::Error>(())
/// ```
///
/// # Errors
///
/// A value that is empty, or has other characters than letters, digits, `-`, `.` and `_`.
pub fn server_url(template: &str, values: &[(&str, &str)]) -> Result<String, Error> {
    let mut url = template.to_owned();
    for (name, value) in values {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if value.is_empty() || !value.chars().all(is_allowed) {
            let what = format!("the variable `{name}` of the server's URL has no such value");
            return Err(Error::invalid_argument(what));
        }
        url = url.replace(&format!("{{{name}}}"), value);
    }
    Ok(url)
}

/// Whether credentials may be sent to a URL.
pub(crate) fn is_safe(url: &Url) -> bool {
    is_encrypted_or_here(url) && !has_credentials(url)
}

fn is_encrypted_or_here(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether a URL is on this machine, by its host alone.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    matches!(host, "localhost" | "localhost.")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
}
