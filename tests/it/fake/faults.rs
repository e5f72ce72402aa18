//! What each fault looks like to a client, and what it leaves behind.

use std::error::Error as _;
use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;
use generated_client_fake::{Fault, Hint, RateReason, Redirect};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::{LIST, call, one_of_each, request};

/// Sends an invitation to somebody who has none yet, and reads the reply's head.
async fn send(fault: Fault) -> (u16, HeaderMap, String, u64) {
    let fake = one_of_each().fault(fault).start().await.unwrap();
    let path = format!("{LIST}/new@example.com:send");
    let reply = request(&fake, "POST", &path).send().await.unwrap();
    let status = reply.status().as_u16();
    let headers = reply.headers().clone();
    let text = reply.text().await.unwrap();
    (status, headers, text, fake.all_emails_sent())
}

#[tokio::test]
async fn faults_before_execution_send_no_email() {
    let wait = Duration::from_secs(7);
    let cases = [
        (
            Fault::TooManyRequests(Hint::Nothing),
            429,
            "RESOURCE_EXHAUSTED",
            None,
        ),
        (
            Fault::TooManyRequests(Hint::Seconds(7)),
            429,
            "RESOURCE_EXHAUSTED",
            Some("7"),
        ),
        (
            Fault::TooManyRequests(Hint::RetryInfo(wait)),
            429,
            "RESOURCE_EXHAUSTED",
            None,
        ),
        (Fault::Unavailable(Hint::Nothing), 503, "UNAVAILABLE", None),
        (
            Fault::Unavailable(Hint::Seconds(7)),
            503,
            "UNAVAILABLE",
            Some("7"),
        ),
        (
            Fault::Unavailable(Hint::Date(wait)),
            503,
            "UNAVAILABLE",
            Some("Thu, 01 Jan 2026 12:00:07 GMT"),
        ),
        (
            Fault::RateLimited(RateReason::RateLimit),
            403,
            "rateLimitExceeded",
            None,
        ),
        (
            Fault::RateLimited(RateReason::UserRateLimit),
            403,
            "userRateLimitExceeded",
            None,
        ),
        (
            Fault::RateLimited(RateReason::Quota),
            403,
            "quotaExceeded",
            None,
        ),
        (
            Fault::RateLimited(RateReason::DailyLimit),
            403,
            "dailyLimitExceeded",
            None,
        ),
        (Fault::ApiDisabled, 403, "accessNotConfigured", None),
        (Fault::Internal, 500, "INTERNAL", None),
    ];
    for (fault, expected, word, retry_after) in cases {
        let (status, headers, text, mails) = send(fault.clone()).await;
        assert_eq!((status, mails), (expected, 0), "{fault:?}");
        let body: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body["error"]["code"], expected, "{fault:?}");
        let words = [
            &body["error"]["status"],
            &body["error"]["errors"][0]["reason"],
        ];
        assert!(words.contains(&&json!(word)), "{fault:?}: {text}");
        let header = headers
            .get("retry-after")
            .map(|value| value.to_str().unwrap());
        assert_eq!(header, retry_after, "{fault:?}");
        let waits = matches!(fault, Fault::TooManyRequests(Hint::RetryInfo(_)));
        assert_eq!(
            body["error"]["details"][0]["retryDelay"] == "7s",
            waits,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_proxys_page_is_html() {
    let (status, headers, text, mails) = send(Fault::BadGateway).await;
    assert_eq!((status, mails), (502, 0));
    assert_eq!(headers["content-type"], "text/html; charset=UTF-8");
    assert!(text.starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn redirects_lead_to_another_origin_that_counts_requests() {
    for (how, expected) in [(Redirect::Temporary, 307), (Redirect::Found, 302)] {
        let fake = one_of_each()
            .fault(Fault::Redirect(how))
            .start()
            .await
            .unwrap();
        let path = format!("{LIST}/new@example.com:send?quotaUser=x");
        let reply = request(&fake, "POST", &path).send().await.unwrap();
        assert_eq!(reply.status(), expected);
        let location = reply.headers()["location"].to_str().unwrap().to_owned();
        assert!(location.starts_with("http://127.0.0.1:") && location.ends_with(&path));
        assert!(!location.starts_with(fake.base_url()), "another origin");
        assert_eq!((fake.redirected_requests(), fake.all_emails_sent()), (0, 0));
        super::http()
            .post(location)
            .body("{}")
            .send()
            .await
            .unwrap();
        assert_eq!((fake.redirected_requests(), fake.all_emails_sent()), (1, 0));
    }
}

#[tokio::test]
async fn reset_faults_reset_the_connection_before_or_after_execution() {
    let cases = [
        (Fault::ResetBefore, 0),
        (Fault::ResetAfter, 1),
        (Fault::ResetInResponse, 1),
    ];
    for (fault, mails) in cases {
        let fake = one_of_each().fault(fault.clone()).start().await.unwrap();
        let path = format!("{LIST}/new@example.com:send");
        let sent = request(&fake, "POST", &path).send().await;
        let error = match sent {
            Ok(reply) => {
                assert_eq!(fault, Fault::ResetInResponse, "a response");
                assert_eq!(reply.status(), 200);
                reply.bytes().await.expect_err("the response has no end")
            }
            Err(error) => error,
        };
        let mut cause = error.source();
        let mut causes = String::new();
        while let Some(error) = cause {
            causes = format!("{causes}: {error}");
            cause = error.source();
        }
        assert!(causes.to_lowercase().contains("reset"), "{fault:?}{causes}");
        assert_eq!(fake.all_emails_sent(), mails, "{fault:?}");
    }
}

#[tokio::test]
async fn distorted_responses_follow_the_email() {
    let (status, _, text, mails) = send(Fault::EmptyBody).await;
    assert_eq!((status, text.as_str(), mails), (200, "", 1));
    let (status, _, text, mails) = send(Fault::CutOffJson).await;
    assert_eq!((status, mails), (200, 1));
    assert!(text.starts_with('{'));
    let cut = serde_json::from_str::<Value>(&text).expect_err("no end");
    assert!(cut.is_eof());
    let (status, _, text, mails) = send(Fault::FailedOperation).await;
    assert_eq!((status, mails), (200, 1));
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&body["done"], &body["error"]["code"]),
        (&json!(true), &json!(13))
    );
}

#[tokio::test]
async fn slow_bodies_arrive_in_pieces_and_complete() {
    let fault = Fault::SlowBody(Duration::from_millis(2));
    let fake = one_of_each().fault(fault).start().await.unwrap();
    let mut reply = request(&fake, "GET", LIST).send().await.unwrap();
    let length = reply.content_length();
    let mut pieces = Vec::new();
    while let Some(piece) = reply.chunk().await.unwrap() {
        pieces.push(piece);
    }
    assert!(pieces.len() > 3, "{} pieces", pieces.len());
    let body = pieces.concat();
    assert_eq!(length, Some(body.len() as u64));
    let body: Value = serde_json::from_slice(&body).unwrap();
    fake.clear_faults();
    assert_eq!(call(&fake, "GET", LIST).await.1, body);
}

#[tokio::test]
async fn an_endless_body_outlasts_every_limit() {
    let fake = one_of_each()
        .fault(Fault::EndlessBody)
        .start()
        .await
        .unwrap();
    let mut reply = request(&fake, "GET", LIST).send().await.unwrap();
    assert_eq!(reply.content_length(), None);
    let mut read = 0;
    while read < 32 << 20 {
        read += reply.chunk().await.unwrap().expect("more").len();
    }
}

#[tokio::test]
async fn a_bomb_is_small_until_it_is_unpacked() {
    let fake = one_of_each()
        .fault(Fault::CompressedBomb)
        .start()
        .await
        .unwrap();
    let reply = request(&fake, "GET", LIST).send().await.unwrap();
    assert_eq!(reply.headers()["content-encoding"], "gzip");
    let packed = reply.bytes().await.unwrap();
    assert!(packed.len() < 2 << 20, "{} bytes", packed.len());
    let promised = packed.last_chunk::<4>().copied().map(u32::from_le_bytes);
    assert_eq!(promised, Some(1 << 30));
    // The whole takes a while; its first part says enough.
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed[..])
        .take(16 << 20)
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked.len(), 16 << 20);
}
