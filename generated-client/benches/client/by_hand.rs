//! The same work by hand: what a careful programmer writes who needs these three calls only, and
//! nothing of what the client does besides.

use chrono::{DateTime, FixedOffset};
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::work::run;

/// A client with a base URL and a token.
pub struct Client {
    http: reqwest::Client,
    base_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    user_invitations: Vec<Invitation>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Invitation {
    name: String,
    mails_sent_count: String,
    state: String,
    update_time: DateTime<FixedOffset>,
}

#[derive(Deserialize)]
struct Operation {
    done: bool,
}

impl Client {
    pub fn new(base_url: &str, http: reqwest::ClientBuilder) -> Self {
        let http = http.build();
        Self {
            http: http.expect("a client is built"),
            base_url: format!("{base_url}/v1/customers/C00000000/userinvitations"),
        }
    }

    pub fn gets(&self, count: usize) {
        run(async {
            for _ in 0..count {
                let url = format!("{}/writer@altostrat.com", self.base_url);
                let read: Invitation = receive(self.http.get(url)).await;
                assert!(used(&read));
            }
        });
    }

    pub fn items(&self) {
        run(async {
            let (mut token, mut count) = (String::new(), 0);
            loop {
                let url = format!("{}?pageSize=200&pageToken={token}", self.base_url);
                let page: Page = receive(self.http.get(url)).await;
                count += page
                    .user_invitations
                    .iter()
                    .filter(|each| used(each))
                    .count();
                match page.next_page_token {
                    Some(next) => token = next,
                    None => break,
                }
            }
            assert_eq!(count, super::server::INVITATIONS);
        });
    }

    pub fn sends(&self, count: usize, in_flight: usize) {
        run(async {
            let sends = stream::iter(0..count).map(|number| async move {
                let url = format!("{}/user{number}@altostrat.com:send", self.base_url);
                let request = self
                    .http
                    .post(url)
                    .header("content-type", "application/json");
                let operation: Operation = receive(request.body("{}")).await;
                operation.done
            });
            let done: Vec<bool> = sends.buffer_unordered(in_flight).collect().await;
            assert!(done.into_iter().all(|done| done));
        });
    }
}

/// Sends a request, and reads the response.
async fn receive<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> T {
    let response = request.bearer_auth("token").send().await;
    let response = response.expect("the server responds");
    assert!(response.status().is_success());
    let body = response.bytes().await.expect("the body is read");
    serde_json::from_slice(&body).expect("the body is JSON")
}

/// Reads the number, as the client does, and looks at everything else.
fn used(invitation: &Invitation) -> bool {
    let count: i64 = invitation.mails_sent_count.parse().expect("it is a number");
    count >= 0
        && !invitation.name.is_empty()
        && !invitation.state.is_empty()
        && invitation.update_time.timestamp() > 0
}
