//! Why there was no response: errors say so, in words that show no host and no address.

use std::io;

use generated_client::cloudidentity::Client;
use generated_client::runtime::{Builder, Error};
use reqwest::Proxy;
use reqwest::dns::{Name, Resolve, Resolving};
use tests::recorder::{Recorder, ResponseTemplate};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpSocket};

use super::{builder, invitation};
use crate::reliability::ADA;
use crate::reliability::transport::{authority, serve, trusting};

/// A resolver that says what the system's says.
struct Says(&'static str);

impl Resolve for Says {
    fn resolve(&self, _: Name) -> Resolving {
        let text = format!("failed to lookup address information: {}", self.0);
        Box::pin(async move { Err(io::Error::other(text).into()) })
    }
}

/// What a call of this client ends in, and how many attempts there were.
async fn outcome(builder: Builder<Client>) -> (Error, u32) {
    let error = invitation(&builder.build().unwrap())
        .send()
        .await
        .unwrap_err();
    let attempts = error.attempts();
    (error, attempts)
}

/// The report of an error shows these causes, and nothing private.
fn check(error: &Error, expected: &[&str], private: &str) {
    let report = format!("{error:?}");
    let causes: Vec<_> = report
        .lines()
        .filter_map(|line| line.trim().strip_prefix("caused by: "))
        .collect();
    assert_eq!(causes, expected, "{report}");
    for private in [private, ADA, "://", "127.0.0.1", "localhost", "ya29"] {
        assert!(!report.contains(private), "{private}: {report}");
    }
}

#[tokio::test]
async fn unresolved_hosts_differ_from_hosts_that_do_not_exist() {
    for (says, cause, attempts) in [
        (
            "Name or service not known",
            "there is no host of this name (DNS)",
            1,
        ),
        (
            "Temporary failure in name resolution",
            "the host's name could not be looked up (DNS)",
            5,
        ),
    ] {
        let client = builder("https://api.corp.example")
            .http(move |http| http.dns_resolver(std::sync::Arc::new(Says(says))));
        let (error, made) = outcome(client).await;
        check(&error, &[cause], "corp.example");
        assert_eq!(made, attempts, "{says}");
        assert!(error.is_connect() && !error.is_outcome_unknown());
        assert_eq!(error.is_retryable(), attempts > 1);
        assert_eq!(
            error.to_string().contains("check the host of the base URL"),
            attempts == 1
        );
    }
}

#[tokio::test]
async fn refused_connections_are_reported_and_retried() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let (error, attempts) = outcome(builder(&url)).await;
    let port = socket.local_addr().unwrap().port().to_string();
    check(&error, &["connection refused (os error 111)"], &port);
    assert_eq!(attempts, 5);
}

#[tokio::test]
async fn proxies_that_require_credentials_are_reported_and_not_retried() {
    let proxy = Recorder::start([ResponseTemplate::new(407, "")])
        .await
        .unwrap();
    let url = proxy.base_url().to_owned();
    let client =
        builder("https://api.corp.example").http(move |http| http.proxy(Proxy::all(&url).unwrap()));
    let (error, attempts) = outcome(client).await;
    check(
        &error,
        &["the proxy asks for credentials (407)"],
        "corp.example",
    );
    assert_eq!((attempts, proxy.take().len()), (1, 1));
    assert!(error.to_string().contains("in its URL"), "{error}");
}

#[tokio::test]
async fn untrusted_certificates_are_reported_and_not_retried() {
    let (ours, theirs) = (authority(), authority());
    let url = serve(&ours, false).await;
    let (error, attempts) = outcome(builder(&url).http(trusting(&theirs))).await;
    let untrusted =
        "the server's certificate is signed by an authority that this machine does not trust";
    check(&error, &[untrusted], "rcgen");
    assert_eq!(attempts, 1);
    // The certificate is for `localhost` alone.
    let elsewhere = url.replace("localhost", "127.0.0.1");
    let (error, attempts) = outcome(builder(&elsewhere).http(trusting(&ours))).await;
    check(
        &error,
        &["the server's certificate is for another host"],
        "rcgen",
    );
    assert_eq!(attempts, 1);
}

#[tokio::test]
async fn servers_without_tls_are_reported() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let url = server.base_url().replace("http://", "https://");
    let (error, _) = outcome(builder(&url)).await;
    check(&error, &["the server does not speak TLS"], "corrupt");
}

#[tokio::test]
async fn closed_connections_are_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let read = connection.read(&mut [0; 4096]).await.unwrap();
            assert!(read > 0);
        }
    });
    let (error, attempts) = outcome(builder(&url)).await;
    let closed = "the server closed the connection before the response was complete";
    check(&error, &[closed], "hyper");
    assert_eq!(attempts, 1);
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn server_messages_are_printed_only_by_request() {
    let body = r#"{"error": {"code": 400, "status": "INVALID_ARGUMENT",
        "message": "Invalid customer my_customer of ada@example.com\u001b[31m", "details": [
        {"@type": "type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations": [{"field": "name", "description": "is no id"}]},
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "BAD", "metadata": {"a": "b"}}]}}"#;
    for (body, expected) in [
        (
            body,
            "INVALID_ARGUMENT: Invalid customer my_customer of ada@example.com\\u{1b}[31m; \
             name: is no id; BAD (a=b)",
        ),
        ("<html>\u{202e}no", "<html>\\u{202e}no"),
        ("", ""),
    ] {
        let response = ResponseTemplate::new(400, body).header("x-request-id", "r-7");
        let server = Recorder::start([response]).await.unwrap();
        let (error, _) = outcome(builder(server.base_url())).await;
        let report = error.report().to_string();
        assert!(
            !report.contains("my_customer") && !report.contains("html"),
            "{report}"
        );
        assert!(report.ends_with("\n  request id: r-7"), "{report}");
        let full = error.report().with_server_message().to_string();
        let server = full.strip_prefix(&report).unwrap();
        let wanted = match expected {
            "" => String::new(),
            expected => format!("\n  server: {expected}"),
        };
        assert_eq!(server, wanted);
    }
}
