//! Arguments of every format: what they are in a path, and in a query.

use futures_util::TryStreamExt as _;
use generated_client::runtime::{Bytes, Date, DateTime, Duration, FieldMask};
use tests::fixtures::argument_formats::Client;
use tests::recorder::Recorder;

use crate::fixtures::{recorder, request, requests};

/// An argument of each format, in the order of the fixture.
struct Arguments {
    bytes: Bytes,
    day: Date,
    instant: DateTime,
    span: Duration,
    mask: FieldMask,
    float: f64,
}

fn arguments() -> Arguments {
    Arguments {
        bytes: Bytes::from_static(&[0xfb, 0xff, 0xfe, 0xff]),
        day: "2026-11-25".parse().unwrap(),
        instant: "2026-11-25T10:00:00.5+05:30".parse().unwrap(),
        span: Duration::milliseconds(-1500),
        mask: FieldMask::from("name,size.x"),
        float: f64::NEG_INFINITY,
    }
}

async fn client(responses: &[&str]) -> (Recorder, Client) {
    let server = recorder(responses).await;
    let client = Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    (server, client)
}

#[tokio::test]
async fn values_of_every_format_are_sent_in_paths() {
    let (server, client) = client(&["{}"]).await;
    let of = arguments();
    client
        .shelves()
        .in_path(
            &of.bytes,
            &of.day,
            &of.instant,
            &of.span,
            &of.mask,
            i64::MIN,
            u64::MAX,
            of.float,
            true,
            -7,
        )
        .send()
        .await
        .unwrap();
    let target = "/v1/-__-_w%3D%3D/2026-11-25/2026-11-25T10%3A00%3A00.500%2B05%3A30/-1.500s/name%2Csize.x/\
                  -9223372036854775808/18446744073709551615/-Infinity/true/-7";
    assert_eq!(requests(&server), [request("GET", target, "")]);
}

#[tokio::test]
async fn values_of_every_format_are_sent_in_queries() {
    let (server, client) = client(&["{}"]).await;
    let of = arguments();
    client
        .shelves()
        .in_query()
        .bytes(of.bytes.clone())
        .day(of.day)
        .float(of.float)
        .instant(of.instant)
        .long(i64::MIN)
        .mask(of.mask.clone())
        .span(of.span)
        .ulong(u64::MAX)
        .yes(true)
        .send()
        .await
        .unwrap();
    let query = "bytes=%2B%2F%2F%2B%2Fw%3D%3D&day=2026-11-25&float=-Infinity\
                 &instant=2026-11-25T10%3A00%3A00.500%2B05%3A30&long=-9223372036854775808\
                 &mask=name%2Csize.x&span=-1.500s&ulong=18446744073709551615&yes=true";
    assert_eq!(
        requests(&server),
        [request("GET", &format!("/v1/one?{query}"), "")]
    );
    client
        .shelves()
        .several()
        .bytes([of.bytes.clone(), of.bytes])
        .day([of.day])
        .float([of.float, 0.1])
        .instant([of.instant])
        .long([1, 2])
        .mask([of.mask])
        .span([of.span, of.span])
        .ulong([])
        .yes([true, false])
        .send()
        .await
        .unwrap();
    let query = "bytes=%2B%2F%2F%2B%2Fw%3D%3D&bytes=%2B%2F%2F%2B%2Fw%3D%3D&day=2026-11-25&float=-Infinity\
                 &float=0.1&instant=2026-11-25T10%3A00%3A00.500%2B05%3A30&long=1&long=2\
                 &mask=name%2Csize.x&span=-1.500s&span=-1.500s&yes=true&yes=false";
    assert_eq!(
        requests(&server),
        [request("GET", &format!("/v1/several?{query}"), "")]
    );
}

#[tokio::test]
async fn page_tokens_of_format_bytes_are_returned_unchanged() {
    // Base64 without its padding, in the alphabet of URLs: no reading and writing keeps it.
    let first = r#"{"shelves":[{"name":"a"}],"nextPageToken":"-_8"}"#;
    let (server, client) = client(&[first, r#"{"shelves":[{"name":"b"}]}"#]).await;
    let pages = client.shelves().list();
    let shelves: Vec<_> = pages.items().try_collect().await.unwrap();
    assert_eq!(shelves.len(), 2);
    let targets = ["/v1/shelves", "/v1/shelves?pageToken=-_8"];
    assert_eq!(
        requests(&server),
        targets.map(|target| request("GET", target, ""))
    );
}
