//! Addresses of email as people write them, made into what APIs take.

use std::fmt;
use std::str::FromStr;

use crate::runtime::Error;

/// An address of email: `ada@example.com`.
///
/// It is read from what stands in a spreadsheet, too. Blanks, a byte order mark and `mailto:` are left
/// out, `Ada Lovelace <ada@example.com>` is her address, and the domain is in lower case. Anything else
/// is refused; an API would say of it that such a person cannot be invited.
///
/// ```
/// use generated_client::EmailAddress;
///
/// let cell = "\u{feff}Ada Lovelace <ada@Example.com> ";
/// assert_eq!(cell.parse::<EmailAddress>()?.as_str(), "ada@example.com");
/// assert!("ada@example.com; bob@example.com".parse::<EmailAddress>().is_err());
/// # Ok::<(), generated_client::InvalidEmailAddress>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

/// A text that is not an email address, and why. It does not hold the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InvalidEmailAddress(String);

impl EmailAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = trimmed(text);
        if text.is_empty() {
            return Err(InvalidEmailAddress("it is empty".to_owned()));
        }
        // `<ada@example.com>` alone is no display name with an address.
        let bare = text.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
        let options = email_address::Options::default()
            .with_required_tld()
            .with_display_text()
            .without_domain_literal();
        let parsed = email_address::EmailAddress::parse_with_options(bare.unwrap_or(text), options);
        let parsed = parsed.map_err(|error| {
            let why = error.to_string();
            InvalidEmailAddress(match text.matches('@').count() {
                0 | 1 => why.trim_end_matches('.').to_lowercase(),
                _ => "it has more than one `@`; one address is wanted".to_owned(),
            })
        })?;
        let (local, domain) = (parsed.local_part(), parsed.domain());
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }
}

/// A text without what a spreadsheet or a browser leaves around it.
fn trimmed(text: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    };
    let text = text.trim_matches(around);
    let scheme = text
        .get(..7)
        .filter(|it| it.eq_ignore_ascii_case("mailto:"));
    scheme.map_or(text, |scheme| text[scheme.len()..].trim_matches(around))
}

impl TryFrom<&str> for EmailAddress {
    type Error = InvalidEmailAddress;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmailAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl AsRef<str> for EmailAddress {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The address of a person stays out of it.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailAddress").finish_non_exhaustive()
    }
}

impl fmt::Display for InvalidEmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an email address: {}", self.0)
    }
}

impl std::error::Error for InvalidEmailAddress {}

impl From<InvalidEmailAddress> for Error {
    fn from(refused: InvalidEmailAddress) -> Self {
        Self::invalid_argument(refused.to_string())
    }
}
