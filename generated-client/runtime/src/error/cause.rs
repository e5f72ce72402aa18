//! Why there was no response, in fixed words: the libraries below print addresses, host names and what
//! the server wrote.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::io;

/// One link of the chain of causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    what: Cow<'static, str>,
    /// What to do, where the failure never passes by itself.
    help: Option<&'static str>,
    source: Option<Box<Cause>>,
}

impl Cause {
    fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: what.into(),
            help: None,
            source: None,
        }
    }

    fn with_help(what: &'static str, help: &'static str) -> Self {
        Self {
            help: Some(help),
            ..Self::new(what)
        }
    }

    /// The causes of an error of the HTTP client, as far as they are known and can be shown.
    pub fn of(error: &(dyn StdError + 'static)) -> Option<Box<Self>> {
        let rest = || error.source().and_then(Self::of);
        let known = known(error);
        match known {
            Some(mut cause) => {
                // An I/O error that wraps another one shows that one already.
                cause.source = rest().filter(|source| source.what != cause.what);
                Some(Box::new(cause))
            }
            None => rest(),
        }
    }

    /// What to do, where another attempt would fail the same way.
    pub fn help(&self) -> Option<&'static str> {
        let source = self.source.as_deref();
        self.help.or_else(|| source.and_then(Self::help))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// What an error says, in words that hold nothing private; nothing where that is not known.
fn known(error: &(dyn StdError + 'static)) -> Option<Cause> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return Some(of_io(error));
    }
    if let Some(cause) = of_tls(error) {
        return Some(cause);
    }
    let text = error.to_string();
    let known = KNOWN.iter().find(|(known, _)| *known == text);
    known.map(|(_, cause)| cause())
}

/// Makes a cause.
type Known = fn() -> Cause;

/// What the HTTP client's own errors print, as far as there is nothing private in it.
const KNOWN: &[(&str, Known)] = &[
    ("tunnel error: proxy authorization required", || {
        Cause::with_help(
            "the proxy asks for credentials (407)",
            "put the proxy's user and password in its URL, or set it up in `Builder::http`",
        )
    }),
    ("tunnel error: unsuccessful", || {
        Cause::new("the proxy refused to connect to the server")
    }),
    ("tunnel error: unexpected end of file", || {
        Cause::new("the proxy closed the connection")
    }),
    ("invalid URL, scheme is not http", || {
        Cause::with_help(
            "this build has no TLS",
            "enable the feature `rustls`, or set up TLS in `Builder::http`",
        )
    }),
    ("connection closed before message completed", || {
        Cause::new("the server closed the connection before the response was complete")
    }),
    ("end of file before message length reached", || {
        Cause::new("the server closed the connection within the body")
    }),
    ("operation timed out", || Cause::new("time ran out")),
    (BODY_FAILED, || Cause::new(BODY_FAILED)),
    ("operation was canceled", || {
        Cause::new("the connection was closed before the request was sent")
    }),
    ("invalid HTTP version parsed", || Cause::new(NOT_HTTP)),
    ("invalid HTTP status-code parsed", || Cause::new(NOT_HTTP)),
    ("invalid HTTP header parsed", || Cause::new(NOT_HTTP)),
];

/// What the stream of a request body says where it fails.
pub(crate) const BODY_FAILED: &str = "the stream of the request body failed, or has another length";

const NOT_HTTP: &str = "the server does not speak HTTP";

/// What `getaddrinfo` says where a name does not exist, on Linux, macOS and Windows.
const NO_SUCH_HOST: &[&str] = &[
    "Name or service not known",
    "No address associated with hostname",
    "nodename nor servname provided, or not known",
    "No such host is known.",
];

fn of_io(error: &io::Error) -> Cause {
    if let Some(inner) = error.get_ref() {
        if let Some(cause) = known(inner) {
            return cause;
        }
        let text = inner.to_string();
        if text.starts_with("failed to lookup address information") {
            return match NO_SUCH_HOST.iter().any(|known| text.ends_with(known)) {
                true => Cause::with_help(
                    "there is no host of this name (DNS)",
                    "check the host of the base URL and the machine's DNS",
                ),
                false => Cause::new("the host's name could not be looked up (DNS)"),
            };
        }
    }
    match error.raw_os_error() {
        Some(code) => Cause::new(format!("{} (os error {code})", error.kind())),
        None => Cause::new(error.kind().to_string()),
    }
}

#[cfg(feature = "rustls")]
fn of_tls(error: &(dyn StdError + 'static)) -> Option<Cause> {
    use rustls::Error;

    match error.downcast_ref::<Error>()? {
        Error::InvalidCertificate(certificate) => Some(of_certificate(certificate)),
        Error::InvalidMessage(_) => Some(Cause::new("the server does not speak TLS")),
        Error::AlertReceived(alert) => Some(Cause::new(format!(
            "the server ended the TLS handshake ({alert:?})"
        ))),
        _ => Some(Cause::new("the TLS handshake failed")),
    }
}

#[cfg(feature = "rustls")]
fn of_certificate(error: &rustls::CertificateError) -> Cause {
    use rustls::CertificateError;

    match error {
        // An authority of the same name with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => Cause::with_help(
            "the server's certificate is signed by an authority that this machine does not trust",
            "add the authority to the system's certificates, or set it up in `Builder::http`",
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Cause::with_help(
            "the server's certificate has expired",
            "check this machine's clock, or have the certificate renewed",
        ),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Cause::with_help(
                "the server's certificate is not valid yet",
                "check this machine's clock",
            )
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Cause::with_help(
                "the server's certificate is for another host",
                "check the host of the base URL",
            )
        }
        CertificateError::Revoked => Cause::with_help(
            "the server's certificate is revoked",
            "check the host of the base URL",
        ),
        _ => Cause::with_help(
            "the server's certificate is not valid",
            "check the host of the base URL",
        ),
    }
}

#[cfg(not(feature = "rustls"))]
fn of_tls(_: &(dyn StdError + 'static)) -> Option<Cause> {
    None
}
