//! The fake Cloud Identity, by requests that are written here, not by our client.

mod credentials;
mod errors;
mod faults;
mod hostile;
mod listing;
mod load;
mod methods;
mod parameters;
mod plan;
mod standard;
mod state;
mod task;
mod untrue;

use std::sync::LazyLock;
use std::time::Duration;

use generated_client_fake::{Account, Builder, FakeServer, State};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The collection of the customer's invitations.
const LIST: &str = "/v1/customers/C0fake123/userinvitations";

/// A time for clocks that stand still.
const NOON: u64 = 1_767_268_800;

/// One account of each kind.
fn one_of_each() -> Builder {
    let hour = Duration::from_secs(60 * 60);
    FakeServer::builder()
        .starts_at(std::time::UNIX_EPOCH + Duration::from_secs(NOON))
        .account("new@example.com")
        .account(
            Account::new("invited@example.com")
                .state(State::Invited)
                .unchanged_for(hour),
        )
        .account(
            Account::new("accepted@example.com")
                .state(State::Accepted)
                .unchanged_for(2 * hour),
        )
        .account(
            Account::new("declined@example.com")
                .state(State::Declined)
                .unchanged_for(3 * hour),
        )
        .account(Account::new("young@example.com").age(hour))
        .account("stranger@elsewhere.example")
}

/// A client that does nothing by itself: no redirects, no proxies. It is set up once, because that can
/// mean reading every certificate of the system, and keeps no connection, because each test has a
/// runtime of its own.
fn http() -> reqwest::Client {
    static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_gzip()
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .pool_max_idle_per_host(0)
            .build()
            .unwrap()
    });
    HTTP.clone()
}

/// Makes a call with a good token. A POST has an empty object for its body.
async fn call(fake: &FakeServer, method: &str, path: &str) -> (u16, Value) {
    let reply = request(fake, method, path).send().await.unwrap();
    let status = reply.status().as_u16();
    let text = reply.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: not JSON: {text}"));
    (status, body)
}

/// A request with a good token. A POST has an empty object for its body.
fn request(fake: &FakeServer, method: &str, path: &str) -> reqwest::RequestBuilder {
    let url = format!("{}{path}", fake.base_url());
    let request = http()
        .request(method.parse().unwrap(), url)
        .bearer_auth(fake.token());
    match method {
        "POST" => request.json(&serde_json::json!({})),
        _ => request,
    }
}

/// Writes bytes, ends its side of the connection, and reads what comes.
async fn raw(fake: &FakeServer, bytes: &[u8]) -> std::io::Result<String> {
    let address = fake.base_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(bytes).await?;
    stream.shutdown().await?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

/// The status of a reply that was read as bytes; 0 where none came.
fn status(reply: &str) -> u16 {
    let status = reply.split(' ').nth(1);
    status.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Whether a value has everything that is expected, whatever else it has.
fn has(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(fields), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| fields.get(name).is_some_and(|value| has(value, expected))),
        (Value::Array(items), Value::Array(expected)) => expected
            .iter()
            .all(|expected| items.iter().any(|item| has(item, expected))),
        _ => value == expected,
    }
}
