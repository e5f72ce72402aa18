//! Uploads and downloads in the protocols of Google's APIs.

use std::time::Duration;

use generated_client::runtime::{ResumableUpload, RetryPolicy, Upload};
use tests::fixtures::media::{Client, types::Shelf};
use tests::recorder::{Recorder, ResponseTemplate};

use super::upload_server::{Fault, UploadServer};

const MIB: usize = 1 << 20;

async fn recorder(response: ResponseTemplate) -> (Recorder, Client) {
    let recorder = Recorder::start([response]).await.unwrap();
    let client = Client::builder().base_url(recorder.base_url());
    (recorder, client.build().unwrap())
}

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    shelf.name = Some("Poems".to_owned());
    shelf
}

#[tokio::test]
async fn a_message_and_media_travel_in_one_request() {
    let (recorder, client) = recorder(ResponseTemplate::ok(r#"{"name":"Poems"}"#)).await;
    let media = Upload::from("%PDF").content_type("application/pdf");
    let sent = client
        .shelves()
        .upload(&shelf())
        .upload(media)
        .await
        .unwrap();
    assert_eq!(sent.body().name.as_deref(), Some("Poems"));
    let received = recorder.take().remove(0);
    assert_eq!(received.target, "/upload/v1/shelves?uploadType=multipart");
    let kind = received.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/related; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Type: application/json\r\n\r\n{{\"name\":\"Poems\"}}\r\n\
         --{boundary}\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--{boundary}--\r\n"
    );
    assert_eq!(received.body, expected);
}

#[tokio::test]
async fn media_without_a_message_is_the_body() {
    let (recorder, client) = recorder(ResponseTemplate::ok("{}")).await;
    let request = client.shelves().put("a b").upload2("setter");
    request.upload("text").await.unwrap();
    let received = recorder.take().remove(0);
    let path = "/upload/v1/shelves/a%20b?upload=setter&uploadType=media";
    assert_eq!(received.target, path);
    assert_eq!(
        received.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(received.body, "text");
    // Uploads stand in front of the path that the base URL has.
    let below = Client::builder().base_url(format!("{}/library", recorder.base_url()));
    let request = below.build().unwrap().shelves().put("s");
    request.upload("text").await.unwrap();
    let path = "/upload/library/v1/shelves/s?uploadType=media";
    assert_eq!(recorder.take().remove(0).target, path);
}

#[tokio::test]
async fn media_is_downloaded_as_a_whole_or_in_ranges() {
    let (whole, client) = recorder(ResponseTemplate::ok("0123456789")).await;
    let download = client.shelves().download("s").download().await.unwrap();
    assert_eq!(download.into_body().text(10).await.unwrap(), "0123456789");
    let received = whole.take().remove(0);
    assert_eq!(received.target, "/v1/shelves/s?alt=media");
    assert_eq!(received.header("accept"), Some("*/*"));
    // A server that ignores the range.
    let error = client.shelves().download("s").download_range(2..5).await;
    assert!(error.unwrap_err().is_decode());
    let empty = client.shelves().download("s").download_range(5..5).await;
    assert!(empty.unwrap_err().is_invalid_argument());

    let part = ResponseTemplate::new(206, "234").header("content-range", "bytes 2-4/10");
    let (ranges, client) = recorder(part).await;
    for (wanted, is_right) in [
        ("bytes=2-4", true),
        ("bytes=2-", true),
        ("bytes=0-4", false),
    ] {
        let request = client.shelves().download("s");
        let outcome = match wanted {
            "bytes=2-4" => request.download_range(2..=4).await,
            "bytes=2-" => request.download_range(2..).await,
            _ => request.download_range(..5).await,
        };
        assert_eq!(outcome.is_ok(), is_right, "{wanted}");
        assert_eq!(ranges.take().remove(0).header("range"), Some(wanted));
    }
}

/// A client that waits a moment between attempts.
fn client(server: &UploadServer) -> Client {
    let policy = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
    let client = Client::builder().base_url(server.url()).token("secret");
    client.build().unwrap().with_retry_policy(policy)
}

fn media(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index / 251) as u8).collect()
}

#[tokio::test]
async fn a_resumable_upload_goes_on_after_each_failure() {
    for (length, faults) in [
        (0, &[][..]),
        (1, &[Fault::Status(503)]),
        (20 * MIB, &[]),
        (
            20 * MIB,
            &[
                Fault::Cut(3 * MIB),
                Fault::Status(500),
                Fault::Cut(0),
                Fault::Keep(MIB),
            ],
        ),
        (
            8 * MIB,
            &[Fault::Cut(8 * MIB), Fault::Status(429), Fault::Forget],
        ),
        (
            16 * MIB,
            &[Fault::Done(503), Fault::Status(502), Fault::Done(500)],
        ),
    ] {
        let server = UploadServer::start(faults).await;
        let upload = ResumableUpload::from(media(length)).content_type("image/png");
        let request = client(&server).shelves().upload(&shelf());
        let sent = request.upload_resumable(upload).await;
        let sent = sent.unwrap_or_else(|error| panic!("{length} {faults:?}: {error:?}"));
        assert_eq!(sent.body().name.as_deref(), Some("uploaded"));
        let state = server.state();
        assert_eq!(state.message, r#"{"name":"Poems"}"#);
        assert_eq!(state.announced, ("image/png".to_owned(), length as u64));
        assert!(
            state.kept == media(length),
            "{length} {faults:?}: other bytes arrived"
        );
        assert!(state.all_authorized && state.faults.is_empty());
    }
}

#[tokio::test]
async fn a_resumable_upload_ends_where_nothing_arrives() {
    let server = UploadServer::start(&[Fault::Status(503); 9]).await;
    let request = client(&server).shelves().upload(&shelf());
    let error = request.upload_resumable(vec![1, 2, 3]).await.unwrap_err();
    assert!(error.is_server_error());
    // The first attempt and four more: that is the policy.
    assert_eq!(server.state().faults.len(), 9 - 5);
    let server = UploadServer::start(&[Fault::Status(404)]).await;
    let request = client(&server).shelves().upload(&shelf());
    let error = request.upload_resumable(vec![1, 2, 3]).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn media_is_sent_to_no_other_server() {
    for location in [
        "http://127.0.0.1:1/upload",
        "https://other.example.com/",
        "none",
    ] {
        let response = match location {
            "none" => ResponseTemplate::ok(""),
            location => ResponseTemplate::ok("").header("location", location),
        };
        let (recorder, client) = recorder(response).await;
        let request = client.shelves().upload(&shelf());
        let error = request.upload_resumable(vec![1]).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_eq!(recorder.take().len(), 1);
    }
}
