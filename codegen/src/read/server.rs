//! Where an API is.
//!
//! A client calls a server that everybody reaches: one of `https` that is not on this machine. A spec
//! that names none (no server, a path only, `http://localhost:8080`) says at most which path the API has
//! there. Then the manifest or the command line names the server, or else whoever builds the client.

use openapiv3::Server;
use url::{Host, Url};

use super::node::Node;
use crate::manifest::Entry;
use crate::path_template::PathTemplate;
use crate::{NoteKind, Problem};

/// What a URL says of where the API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A server that everybody reaches, and the path of the API there.
    Public(String),
    /// A path on a server that has to be named.
    Path(String),
}

/// What is wrong with a URL, and what to do.
pub(super) type Wrong = (&'static str, &'static str);

/// What the URL of a spec says; it may be relative.
pub(super) fn place(text: &str) -> Result<Place, Wrong> {
    if text.contains(is_stray) {
        return Err((
            "the URL of a server has a blank, a control character or a backslash in it",
            "write the URL alone",
        ));
    }
    // Where a spec stands in the web is not known: a relative URL is one below any host.
    let base = Url::parse("https://relative.invalid/").map_err(|_| NO_URL)?;
    let url = base.join(&filled(text)).map_err(|_| NO_URL)?;
    check(&url)?;
    if text.contains(['{', '}']) {
        return Ok(Place::Path(path_of_template(text)));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let is_relative = url.host() == base.host();
    Ok(
        match url.scheme() == "https" && !is_relative && !is_here(&url) {
            true => Place::Public(without_slash(&url)),
            false => Place::Path(path),
        },
    )
}

/// Whether a character is in no URL of a server: what parses a URL drops or changes it.
fn is_stray(c: char) -> bool {
    c.is_control() || c.is_whitespace() || c == '\\'
}

/// A URL with something in the place of each variable: a digit can be a host, a port or a part of a path.
fn filled(template: &str) -> String {
    PathTemplate::parse(template).fill(|_| "1".to_owned())
}

/// The path of a URL whose host, or something else of it, is left open; nothing where that is in the path.
fn path_of_template(text: &str) -> String {
    let behind_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = behind_scheme.split_once('/').map_or("", |(_, path)| path);
    match path.contains(['{', '}']) {
        true => String::new(),
        false => match place(&format!("/{path}")) {
            Ok(Place::Path(path)) => path,
            _ => String::new(),
        },
    }
}

const NO_URL: Wrong = (
    "this is not the URL of a server",
    "write a URL such as `https://api.example.com/v1`",
);

/// Whatever a URL has that no server has.
fn check(url: &Url) -> Result<(), Wrong> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err((
            "the URL of a server is neither `https` nor `http`",
            "write the URL by which the API is called",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err((
            "the URL of a server has credentials in it",
            "remove what is in front of the `@`: who calls is said when a client is built",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err((
            "the URL of a server has a query or a fragment",
            "remove it: every path of the API comes behind the URL",
        ));
    }
    Ok(())
}

/// The server that a manifest or a command line names.
pub(crate) fn stated(entry: &Entry<String>) -> Result<Url, Problem> {
    let wrong = |(what, help)| entry.problem(what, help);
    if entry.value.contains(is_stray) {
        return Err(wrong(NO_URL));
    }
    let url = Url::parse(&entry.value).map_err(|_| wrong(NO_URL))?;
    check(&url).map_err(wrong)?;
    if url.scheme() != "https" && !is_loopback(&url) {
        return Err(entry.problem(
            "the API would be called without TLS",
            "write a URL of `https`, or one of this machine: credentials go there",
        ));
    }
    Ok(url)
}

/// The server of a client: what is stated, or else what the spec says. What is stated is the whole base URL, as it
/// is where a client is built: the path of the spec's server is no part of it.
pub(super) fn choose(root: &Node, said: Option<Place>, stated: Option<Url>) -> Option<Server> {
    if let (Some(stated), Some(said)) = (&stated, &said) {
        note_path(root, said, stated);
    }
    let url = match (stated, said) {
        (Some(stated), _) => without_slash(&stated),
        (None, Some(Place::Public(url))) => url,
        (None, Some(Place::Path(path))) if !path.is_empty() => path,
        (None, _) => return None,
    };
    Some(Server {
        url,
        ..Server::default()
    })
}

/// Notes that the server of a spec has a path, and the one that is stated has none.
fn note_path(root: &Node, said: &Place, stated: &Url) {
    let url = match said {
        Place::Path(path) => format!("https://relative.invalid{path}"),
        Place::Public(url) => url.clone(),
    };
    let path = Url::parse(&url).map_or_else(|_| String::new(), |url| url.path().to_owned());
    if matches!(stated.path(), "" | "/") && path != "/" && !path.is_empty() {
        let what = format!(
            "the server that is stated has no path, and that of the spec has `{path}`: calls go without it"
        );
        root.note(NoteKind::Server, what);
    }
}

/// The URL of a path on the host of a server.
pub(super) fn below(server: &str, path: &str) -> Option<String> {
    let mut url = Url::parse(server).ok()?;
    url.set_path(path);
    Some(without_slash(&url))
}

fn without_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

/// Whether a URL leads to the machine that reads it, or to every address of it.
fn is_here(url: &Url) -> bool {
    is_loopback(url)
        || match url.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            Some(Host::Ipv4(address)) => address.is_unspecified(),
            Some(Host::Ipv6(address)) => address.to_canonical().is_unspecified(),
            None => false,
        }
}

/// Whether credentials may be sent to a URL without TLS, as far as the host goes.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}
