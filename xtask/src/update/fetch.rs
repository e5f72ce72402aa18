//! Reads a published document: over https with the system's certificates, or from a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use codegen::{Diagnostics, Problem};
use reqwest::redirect::Policy;

use crate::generate;

/// How long a document may be.
const MOST_BYTES: usize = 64 << 20;
/// How long it may take to read it.
const LIMIT: Duration = Duration::from_secs(60);
/// How many redirects are followed.
const REDIRECTS: usize = 4;

/// Limits on what is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub bytes: usize,
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MOST_BYTES,
            time: LIMIT,
        }
    }
}

/// The text of a document at a URL, or in a file.
pub(crate) fn read(place: &str, limits: Limits) -> Result<String, Diagnostics> {
    let Some((scheme, _)) = place.split_once("://") else {
        return Ok(of_file(Path::new(place), limits)?);
    };
    if scheme != "https" && !is_local(place) {
        let help = "name a URL of `https`, or a file";
        return Err(wrong(place, "it is not read over an open connection", help).into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| wrong(place, &error.to_string(), "run it again"))?;
    let text = runtime.block_on(async {
        let whole = tokio::time::timeout(limits.time, fetch(place, limits));
        whole.await.unwrap_or_else(|_| Err(too_slow(place, limits)))
    })?;
    let bytes = String::from_utf8(text);
    let text =
        bytes.map_err(|_| wrong(place, "it is not text of UTF-8", "is it the right URL?"))?;
    match text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
    {
        true => Err(wrong(
            place,
            "it is a web page, and no spec",
            "name the document itself",
        )
        .into()),
        false => Ok(text),
    }
}

/// The text of a document in a file.
fn of_file(path: &Path, limits: Limits) -> Result<String, Problem> {
    let name = generate::display_name(path);
    let file = File::open(path).map_err(|error| {
        let what = format!("the file cannot be read: {error}");
        wrong(&name, &what, "name a document that exists")
    })?;
    let mut text = Vec::new();
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    file.take(most.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|error| {
            let what = format!("the file cannot be read: {error}");
            wrong(&name, &what, "make it readable, or name another")
        })?;
    if text.len() > limits.bytes {
        return Err(too_long(&name, limits));
    }
    String::from_utf8(text)
        .map_err(|_| wrong(&name, "it is not text of UTF-8", "is it the right file?"))
}

fn too_long(place: &str, limits: Limits) -> Problem {
    let what = format!("it is longer than {} bytes", limits.bytes);
    wrong(place, &what, "name the document itself")
}

/// Whether a URL is one of this machine, which needs no encryption.
fn is_local(place: &str) -> bool {
    let host = reqwest::Url::parse(place).ok();
    let host = host.as_ref().filter(|url| url.scheme() == "http");
    matches!(
        host.and_then(|url| url.host_str()),
        Some("127.0.0.1" | "localhost" | "[::1]")
    )
}

async fn fetch(place: &str, limits: Limits) -> Result<Vec<u8>, Problem> {
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(redirects())
        .build()
        .map_err(|error| cannot(place, &error))?;
    let mut response = client
        .get(place)
        .send()
        .await
        .map_err(|error| cannot(place, &error))?;
    let status = response.status();
    if !status.is_success() {
        let what = format!("the server responds with {status}");
        return Err(wrong(place, &what, "correct the URL, or try again later"));
    }
    let length = response.content_length();
    let mut text = Vec::new();
    while let Some(part) = response
        .chunk()
        .await
        .map_err(|error| cannot(place, &error))?
    {
        if text.len() + part.len() > limits.bytes {
            return Err(too_long(place, limits));
        }
        text.extend_from_slice(&part);
    }
    match length {
        Some(length) if length != text.len() as u64 => {
            Err(wrong(place, "the document is cut off", "try again"))
        }
        _ => Ok(text),
    }
}

/// Which redirects are followed: a few, and none to an open connection.
fn redirects() -> Policy {
    Policy::custom(|attempt| {
        let is_open = attempt.url().scheme() != "https" && !is_local(attempt.url().as_str());
        let was_secure = attempt.previous().iter().any(|url| url.scheme() == "https");
        match attempt.previous().len() {
            count if count > REDIRECTS => attempt.error("too many redirects"),
            _ if is_open || was_secure && attempt.url().scheme() != "https" => {
                attempt.error("a redirect to an open connection")
            }
            _ => attempt.follow(),
        }
    })
}

fn cannot(place: &str, error: &reqwest::Error) -> Problem {
    let mut what = "it cannot be read".to_owned();
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(cause) = source {
        what = format!("it cannot be read: {cause}");
        source = cause.source();
    }
    wrong(
        place,
        &what,
        "check the URL and the network, or name a file with `--from`",
    )
}

fn too_slow(place: &str, limits: Limits) -> Problem {
    let what = format!(
        "the server takes longer than {} s",
        limits.time.as_secs_f32()
    );
    wrong(
        place,
        &what,
        "try again later, or name a file with `--from`",
    )
}

fn wrong(place: &str, what: &str, help: &str) -> Problem {
    Problem::new(place, "", what, help)
}
