//! Endpoints that are down, slow or wrong, and clocks that are.

use std::time::{Duration, Instant, SystemTime};

use generated_client::cloudidentity::Client;
use generated_client::runtime::{Clock, RetryPolicy, Sleep, SystemClock};
use generated_client_fake::{FakeServer, Fault, Hint, Method};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{base, builder, keyless, service_account};
use crate::reliability::{ADA, SECOND, VirtualClock, four_accounts, invitation};

#[tokio::test]
async fn a_token_endpoint_that_recovers_is_retried() {
    let fake = four_accounts().start().await.unwrap();
    for fault in [
        Fault::Internal,
        Fault::BadGateway,
        Fault::Unavailable(Hint::Seconds(2)),
        Fault::TooManyRequests(Hint::Seconds(2)),
        Fault::ResetBefore,
        Fault::ResetAfter,
        Fault::ResetInResponse,
    ] {
        for method in [Method::Token, Method::SignJwt] {
            let before = fake.requests(method);
            fake.inject(fault.clone().on(method).nth(1));
            let clock = VirtualClock::default();
            let client = builder(&fake).credentials(keyless(&fake, base(&fake)));
            let client = client.clock(clock.clone()).build().unwrap();
            // With one attempt for the call: a login has rules of its own.
            let ada = invitation(&fake, &client, ADA).with_retry_policy(RetryPolicy::once());
            ada.get().await.unwrap();
            assert_eq!(fake.requests(method) - before, 2, "{fault:?} on {method:?}");
            let hinted = matches!(fault, Fault::Unavailable(_) | Fault::TooManyRequests(_));
            assert_eq!(clock.passed() >= 2 * SECOND, hinted, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_token_endpoint_that_stays_down_ends_the_retries() {
    let fake = four_accounts().start().await.unwrap();
    let account = service_account(&fake);
    for (response, requests, said) in [
        (
            ResponseTemplate::new(500, "<html>"),
            4,
            "the server responded with 500",
        ),
        (
            ResponseTemplate::new(404, "<html>"),
            1,
            "the server responded with 404",
        ),
        (
            ResponseTemplate::new(302, "").header("location", "https://x.example"),
            1,
            "302",
        ),
        (ResponseTemplate::ok("hidden"), 1, "not a JSON object"),
        (ResponseTemplate::ok("[]"), 1, "not a JSON object"),
        (ResponseTemplate::ok("{}"), 1, "has no bearer token"),
        (
            ResponseTemplate::ok(r#"{"access_token": ""}"#),
            1,
            "has no bearer token",
        ),
        (
            ResponseTemplate::ok(r#"{"access_token": 7}"#),
            1,
            "has no bearer token",
        ),
        (
            ResponseTemplate::ok(r#"{"access_token": "a\nb"}"#),
            1,
            "has no bearer token",
        ),
        (
            ResponseTemplate::ok(r#"{"access_token": "hidden", "token_type": "mac"}"#),
            1,
            "has no bearer token",
        ),
        (
            ResponseTemplate::ok(" ".repeat((1 << 20) + 1)),
            1,
            "longer than 1048576 bytes",
        ),
        (
            ResponseTemplate::new(400, r#"{"error": "hidden"}"#),
            1,
            "400",
        ),
        (
            ResponseTemplate::new(400, r#"{"error": {"code": 400}}"#),
            1,
            "400",
        ),
    ] {
        let server = Recorder::start([response]).await.unwrap();
        let client = builder(&fake).credentials(account.clone().token_url(server.base_url()));
        let client = client.build().unwrap();
        let error = invitation(&fake, &client, ADA).send().await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(
            error.is_authentication() && !error.is_outcome_unknown(),
            "{text}"
        );
        assert!(text.contains(said) && !text.contains("hidden"), "{text}");
        assert_eq!(server.take().len(), requests, "{text}");
    }
    // Nobody is there.
    let client = builder(&fake).credentials(account.token_url("http://127.0.0.1:1"));
    let client = client.build().unwrap();
    let error = invitation(&fake, &client, ADA).send().await.unwrap_err();
    assert!(
        error.to_string().contains("could not be reached"),
        "{error}"
    );
    assert_eq!(
        (fake.requests(Method::Send), fake.all_emails_sent()),
        (0, 0)
    );
}

#[tokio::test]
async fn a_slow_token_endpoint_ends_at_the_deadline_of_the_call() {
    let fake = four_accounts().start().await.unwrap();
    fake.inject(Fault::SlowBody(60 * SECOND).on(Method::Token));
    let client = builder(&fake).credentials(service_account(&fake));
    let client = client.clock(SystemClock).build().unwrap();
    let hurried = RetryPolicy::default().timeout(SECOND / 5);
    let ada = invitation(&fake, &client, ADA).with_retry_policy(hurried);
    let error = ada.get().await.unwrap_err();
    assert!(
        error.is_authentication() && error.to_string().contains("longer than the call may take"),
        "{error}"
    );
    assert_eq!(fake.requests(Method::Get), 0);
}

#[tokio::test]
async fn token_lifetimes_may_be_text_or_absent() {
    let fake = four_accounts().start().await.unwrap();
    for life in [r#", "expires_in": "1000""#, r#", "expires_in": 1000"#, ""] {
        let token = ResponseTemplate::ok(format!(r#"{{"access_token": "t"{life}}}"#));
        let server = Recorder::start([token]).await.unwrap();
        let clock = VirtualClock::default();
        let client = Client::builder()
            .base_url(server.base_url())
            .credentials(service_account(&fake).token_url(server.base_url()))
            .clock(clock.clone())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.get().await.unwrap();
        clock.pass(759 * SECOND);
        ada.get().await.unwrap();
        assert_eq!(server.take().len(), 3, "{life}: one token");
    }
}

/// A clock that is wrong by some minutes.
#[derive(Clone, Copy, Debug)]
struct Wrong {
    ahead: Duration,
    behind: Duration,
}

impl Clock for Wrong {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn calendar(&self) -> SystemTime {
        SystemTime::now() + self.ahead - self.behind
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        SystemClock.sleep(duration)
    }
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_by_the_server_date() {
    let minutes = |count: u32| count * 60 * SECOND;
    // The fake lets a minute ahead pass, and claims that are good for an hour.
    for (ahead, behind, requests) in [(0, 0, 1), (5, 0, 2), (0, 5, 1), (0, 65, 2), (600, 0, 2)] {
        let fake = FakeServer::builder().account(ADA).start().await.unwrap();
        let clock = Wrong {
            ahead: minutes(ahead),
            behind: minutes(behind),
        };
        for client in [
            builder(&fake).credentials(service_account(&fake)),
            builder(&fake).credentials(keyless(&fake, base(&fake))),
        ] {
            let before = fake.requests(Method::Token);
            let client = client.clock(clock).build().unwrap();
            let ada = invitation(&fake, &client, ADA);
            ada.is_invitable()
                .await
                .unwrap_or_else(|error| panic!("{clock:?}: {error}"));
            assert_eq!(fake.requests(Method::Token) - before, requests, "{clock:?}");
        }
    }
}
