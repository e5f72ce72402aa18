//! Responses that are too long: an error, and no more memory than the client allows.

use generated_client::runtime::RetryPolicy;
use generated_client_fake::{Fault, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, VirtualClock, builder, four_accounts, invitation};
use crate::support::holding;

#[tokio::test]
async fn responses_are_read_up_to_the_limit_only() {
    const MOST: usize = 100;
    for (length, expected) in [(MOST - 1, "ok"), (MOST, "ok"), (MOST + 1, "decode")] {
        let body = format!("{{{}}}", " ".repeat(length - 2));
        let server = Recorder::start([ResponseTemplate::ok(body)]).await.unwrap();
        let client = generated_client::cloudidentity::Client::builder()
            .base_url(server.base_url())
            .max_body(MOST)
            .build()
            .unwrap();
        let outcome = client.customer("C1").unwrap().invitation(ADA).unwrap();
        let outcome = outcome.get().await;
        assert_eq!(super::told(&outcome), expected, "{length}");
        if let Err(error) = outcome {
            assert!(error.to_string().contains("longer than 100 bytes"));
            assert_eq!(
                error.raw_body().map(|it| it.len()),
                Some(0),
                "nothing is kept"
            );
            assert_eq!((error.attempts(), server.take().len()), (1, 1));
        }
    }
}

/// The most memory that this process has had, in kilobytes; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn endless_responses_keep_memory_bounded() {
    for (method, expected) in [
        (Method::Get, "decode"),
        (Method::Send, "decode, outcome unknown"),
    ] {
        let fake = four_accounts()
            .fault(Fault::EndlessBody)
            .start()
            .await
            .unwrap();
        // With the limit that a client has if nobody says anything: 32 MiB.
        let client = builder(&fake).build().unwrap();
        let ada = invitation(&fake, &client, ADA);
        let before = peak();
        let error = match method {
            Method::Get => ada.get().await.unwrap_err(),
            _ => ada.send().await.unwrap_err(),
        };
        assert_eq!(holding(&error), expected);
        assert_eq!(error.http_status().map(|it| it.as_u16()), Some(200));
        assert_eq!(fake.requests(method), 1);
        if let (Some(before), Some(after)) = (before, peak()) {
            // The limit, and what doubling a buffer takes, and what other tests do meanwhile.
            assert!(after - before < 256 << 10, "{before} kB became {after} kB");
        }
    }
}

/// A gigabyte that is a megabyte on the way: with feature `gzip` it is unpacked up to the limit, and
/// without it, which is what `no_gzip` stands for here, it is no JSON and stays a megabyte.
#[tokio::test]
async fn decompression_bombs_keep_memory_bounded() {
    let packed = |http| http;
    let plain = reqwest::ClientBuilder::no_gzip;
    type SetUp = fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder;
    let http: [(SetUp, _, _); 2] = [
        (packed, "longer than 33554432 bytes", Some("gzip")),
        (plain, "it is not JSON", None),
    ];
    for (http, what, encoding) in http {
        let fake = four_accounts()
            .fault(Fault::CompressedBomb)
            .start()
            .await
            .unwrap();
        let once = || builder(&fake).retry_policy(RetryPolicy::once());
        let client = once().http(http).build().unwrap();
        let before = peak();
        let error = invitation(&fake, &client, ADA).get().await.unwrap_err();
        assert_eq!(holding(&error), "decode");
        assert!(error.to_string().contains(what), "{error}");
        let kept = error.raw_body().map_or(0, |it| it.len());
        assert!(kept < 2 << 20, "{kept} bytes");
        if let (Some(before), Some(after)) = (before, peak()) {
            assert!(after - before < 256 << 10, "{before} kB became {after} kB");
        }

        let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
        let client = once().base_url(server.base_url()).http(http);
        let client = client.build().unwrap();
        invitation(&fake, &client, ADA).get().await.unwrap();
        let request = server.take().remove(0);
        assert_eq!(request.header("accept-encoding"), encoding);
    }
}

#[tokio::test]
async fn errors_with_an_unreadable_body_keep_their_status() {
    for (status, expected) in [
        (404, "not found"),
        (429, "throttled"),
        (403, "permission denied"),
        (503, "server error, unavailable, outcome unknown"),
    ] {
        let server = Recorder::start([ResponseTemplate::new(status, " ".repeat(2_000))])
            .await
            .unwrap();
        let client = generated_client::cloudidentity::Client::builder()
            .base_url(server.base_url())
            .max_body(1_000)
            .clock(VirtualClock::default())
            .retry_policy(RetryPolicy::once())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        assert_eq!(holding(&ada.send().await.unwrap_err()), expected);
        assert_eq!(server.take().len(), 1, "{status}");
    }
}
