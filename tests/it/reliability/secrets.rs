//! What nobody gets to see: tokens, keys, addresses. And what everybody should: what happened.

use std::error::Error as _;
use std::fmt::Debug;

use futures_util::StreamExt as _;
use generated_client::cloudidentity::{
    Client, Filter, Parameters, SendOutcome, StandardParameters as _,
};
use generated_client::runtime::{Error, RetryPolicy, Secret};
use generated_client_fake::Fault;
use tests::recorder::ResponseTemplate;

use super::capture::captured;
use super::{SECOND, VirtualClock};

const PERSON: &str = "hidden.person@example.com";
const KEY: &str = "AIza-a-key-to-hide";
const TOKEN: &str = "ya29.a-token-to-hide";

/// What must be nowhere. The fake's token is one more.
const SECRETS: [&str; 5] = ["hidden", "person@", KEY, TOKEN, "to-hide"];

/// What must not be told either: the parts of a URL.
const OF_THE_URL: [&str; 5] = [
    "C0fake123",
    "not_yet_sent",
    "secret",
    "example.com",
    "pageSize",
];

/// All that is shown of something.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}\n")
}

/// All that an error prints, and all that its sources print.
fn printed(error: &Error) -> String {
    let mut text = format!("{error}\n{error:#}\n{}", shown(error));
    let mut source = error.source();
    while let Some(next) = source {
        text.push_str(&format!("{next}\n{next:?}\n{next:#?}\n"));
        source = next.source();
    }
    text
}

fn parameters() -> Parameters {
    Parameters::new().key(KEY).quota_user("secret user")
}

/// Calls everything there is, and returns all that it shows.
async fn run(base_url: &str, token: String, policy: RetryPolicy) -> String {
    let builder = Client::builder()
        .base_url(base_url)
        .token(token)
        .parameters(parameters())
        .retry_policy(policy)
        .clock(VirtualClock::default())
        .max_body(1 << 20);
    let mut text = shown(&builder);
    let client = builder.build().unwrap();
    let customer = client.customer("C0fake123").unwrap();
    let person = customer.invitation(PERSON).unwrap();
    let list = customer
        .invitations()
        .page_size(1)
        .max_pages(3)
        .filter(Filter::from("state=='not_yet_sent'||state=='invited'"));
    let mut pages = list.clone().pages();
    let mut items = list.clone().items();
    text += &(shown(&client) + &shown(client.api()) + &shown(&customer) + &shown(&person));
    text += &(shown(&list) + &shown(&pages) + &shown(&items));
    let mut errors = Vec::new();
    errors.extend(person.is_invitable().await.err());
    errors.extend(person.get().await.err());
    errors.extend(person.send().await.err());
    errors.extend(person.cancel().await.err());
    while let Some(item) = items.next().await {
        errors.extend(item.err());
    }
    while let Some(page) = pages.next().await {
        errors.extend(page.err());
    }
    text += &(shown(&pages) + &shown(&items));
    let outcome = person.send_once().await;
    text += &shown(&outcome);
    match outcome {
        SendOutcome::NotSent(error) => errors.push(error),
        SendOutcome::Unknown(unsettled) => errors.push(unsettled.error),
        _ => {}
    }
    errors.iter().for_each(|error| text += &printed(error));
    text
}

fn search(text: &str, what: &str, token: Option<&str>) {
    for secret in SECRETS.into_iter().chain(token) {
        absent(text, secret, what);
    }
}

fn search_for_urls(text: &str, what: &str) {
    for part in OF_THE_URL {
        absent(text, part, what);
    }
}

/// Says where something is that should not be anywhere.
fn absent(text: &str, secret: &str, what: &str) {
    let line = text.lines().find(|line| line.contains(secret));
    assert_eq!(line, None, "{what}: {secret}");
}

#[test]
fn faults_show_no_secret() {
    let mut faults: Vec<_> = super::faults::all().into_iter().map(Some).collect();
    faults.push(None);
    for fault in faults {
        let slow = matches!(&fault, Some(Fault::SlowBody(pause)) if *pause > SECOND);
        let policy = match slow {
            true => RetryPolicy::default()
                .attempts(2)
                .attempt_timeout(SECOND / 5),
            false => RetryPolicy::default().attempts(2),
        };
        let ((text, token), capture) = captured(async |servers| {
            let fake = servers.fake(PERSON, fault.clone()).await;
            let token = fake.token();
            (run(fake.base_url(), token.clone(), policy).await, token)
        });
        let what = format!("{fault:?}");
        assert!(text.contains("[redacted]") || text.len() > 1_000, "{what}");
        search(&text, &what, Some(&token));
        search(&capture.text(), &what, Some(&token));
        search_for_urls(&capture.text(), &what);
        assert!(capture.spans("call").len() > 5, "{what}");
        assert!(capture.events("").len() > 5, "{what}");
    }
}

#[test]
fn server_messages_and_connect_errors_show_no_secret() {
    let error = format!(
        r#"{{"error": {{"code": 403, "message": "{PERSON} {TOKEN}", "status": "{PERSON}", "errors": [{{"reason": "{KEY}", "message": "{PERSON}"}}]}}}}"#
    );
    for response in [
        Some(ResponseTemplate::new(403, error)),
        Some(ResponseTemplate::ok(format!("{{\"name\": \"{PERSON}"))),
        Some(ResponseTemplate::ok(format!(
            "{{\"name\": [\"{PERSON}\"]}}"
        ))),
        Some(ResponseTemplate::ok(format!(
            "{{\"nextPageToken\": \"{KEY}\", \"name\": \"{PERSON}\"}}"
        ))),
        Some(ResponseTemplate::ok(format!(
            "{{\"error\": {{\"code\": 13, \"message\": \"{PERSON}\"}}}}"
        ))),
        Some(
            ResponseTemplate::new(302, PERSON)
                .header("location", "http://127.0.0.1:9/hidden.person@x"),
        ),
        None,
    ] {
        let what = format!("{response:?}");
        let (text, capture) = captured(async |servers| {
            let policy = RetryPolicy::default().attempts(2);
            match response {
                Some(response) => {
                    let server = servers.recorder(response).await;
                    run(server.base_url(), TOKEN.to_owned(), policy).await
                }
                None => {
                    let socket = tokio::net::TcpSocket::new_v4().unwrap();
                    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
                    let url = format!("http://{}", socket.local_addr().unwrap());
                    run(&url, TOKEN.to_owned(), policy).await
                }
            }
        });
        search(&text, &what, None);
        search(&capture.text(), &what, None);
        search_for_urls(&capture.text(), &what);
    }
}

#[test]
fn errors_before_sending_show_no_secret() {
    let mut text = shown(&parameters()) + &shown(&Secret::from(TOKEN));
    let client = Client::builder().build().unwrap();
    let refused = |outcome: Result<Client, Error>| printed(&outcome.unwrap_err());
    text += &refused(Client::builder().token(format!("{TOKEN}\n")).build());
    text += &refused(
        Client::builder()
            .base_url(format!("ftp://{PERSON}/{KEY}"))
            .build(),
    );
    text += &refused(
        Client::builder()
            .base_url(format!("https://{TOKEN}:{KEY}@x.example"))
            .build(),
    );
    text += &refused(
        Client::builder()
            .base_url(format!("https://x.example?key={KEY}"))
            .build(),
    );
    text += &refused(Client::builder().user_agent(&format!("{PERSON}\n")).build());
    let customer = client.customer("C1").unwrap();
    text += &printed(&client.customer(format!("{TOKEN}/x")).unwrap_err());
    text += &printed(&customer.invitation(format!("{PERSON}/x")).unwrap_err());
    search(&text, "before", None);
}
