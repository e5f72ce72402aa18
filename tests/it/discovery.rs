//! What single Discovery documents have and most do not.

use generated_client::runtime::{JsonValue, LongRunning as _};
use serde_json::json;
use tests::fixtures::{api_version, data_wrapper, long_running, media, numbers, other_answers};
use tests::fixtures::{no_types, partial, unknown_formats};

use crate::fixtures::{recorder, request, requests};

#[tokio::test]
async fn methods_send_their_api_version() {
    let server = recorder(&["{}"]).await;
    let client = api_version::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    client.shelves().get("s").send().await.unwrap();
    client.shelves().list().send().await.unwrap();
    let received = server.take();
    let versions = received
        .iter()
        .map(|each| each.header("x-goog-api-version"))
        .collect::<Vec<_>>();
    assert_eq!(versions, [Some("2026-11-01"), None]);
}

#[tokio::test]
async fn clients_ask_for_json_unless_told_otherwise() {
    use generated_client::runtime::Parameters;
    use other_answers::requests::StandardParameters as _;
    let server = recorder(&["{}"]).await;
    let client = other_answers::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    client.shelves().get("s").send().await.unwrap();
    let parameters = Parameters::new().user_ip("127.0.0.1");
    let with_ip = client.with_parameters(parameters.clone()).unwrap();
    with_ip.shelves().get("s").send().await.unwrap();
    client.shelves().list().alt("csv").send().await.unwrap();
    assert_eq!(
        requests(&server),
        [
            request("GET", "/v1/shelves/s?alt=json", ""),
            request("GET", "/v1/shelves/s?userIp=127.0.0.1&alt=json", ""),
            request("GET", "/v1/shelves?alt=csv", ""),
        ]
    );
}

#[tokio::test]
async fn a_failed_operation_is_an_error() {
    let failed = r#"{"done":true,"error":{"code":7,"message":"secret","details":[{"@type":"t"}]}}"#;
    let server = recorder(&[r#"{"name":"j/1"}"#, failed]).await;
    let client = long_running::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let running = client
        .shelves()
        .clean()
        .send()
        .await
        .unwrap()
        .succeeded()
        .unwrap();
    assert_eq!(running.body().is_done(), None);
    let failed = client.shelves().clean().send().await.unwrap();
    assert_eq!(
        (failed.body().is_done(), failed.status().as_u16()),
        (Some(true), 200)
    );
    let error = failed.succeeded().unwrap_err();
    assert!(error.is_operation());
    assert_eq!(error.google().and_then(|status| status.code), Some(7));
    assert_eq!(error.operation(), Some("library.shelves.clean"));
    assert!(!error.to_string().contains("secret"), "{error}");
    // Another message of that name is none.
    let other: JsonValue = json!({ "name": "n", "done": "yes", "error": "e" });
    crate::round_trips::unchanged::<long_running::types::Operation>(&other);
}

#[tokio::test]
async fn a_message_inside_of_a_data_wrapper_is_read() {
    use data_wrapper::types::Shelf;
    let responses = [
        r#"{"data":{"name":"n"}}"#,
        r#"{"name":"bare"}"#,
        r#"{"data":7}"#,
    ];
    let server = recorder(&responses).await;
    let client = data_wrapper::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let mut shelf = Shelf::default();
    shelf.name = Some("s".to_owned());
    let created = client.shelves().create(&shelf).send().await.unwrap();
    assert_eq!(created.body().name.as_deref(), Some("n"));
    let bare = client.shelves().clear().send().await.unwrap();
    assert_eq!(bare.body().name.as_deref(), Some("bare"));
    let wrong = client.shelves().clear().send().await.unwrap_err();
    assert!(wrong.is_decode(), "{wrong}");
    assert_eq!(
        requests(&server),
        [
            request("POST", "/v1/shelves", r#"{"data":{"name":"s"}}"#),
            request("POST", "/v1/shelves:clear", r#"{"data":{}}"#),
            request("POST", "/v1/shelves:clear", r#"{"data":{}}"#),
        ]
    );
}

#[tokio::test]
async fn methods_with_media_send_their_json() {
    let server = recorder(&["{}"]).await;
    let client = media::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    client
        .shelves()
        .upload(&Default::default())
        .send()
        .await
        .unwrap();
    client.shelves().download("s").send().await.unwrap();
    assert_eq!(
        requests(&server),
        [
            request("POST", "/v1/shelves", "{}"),
            request("GET", "/v1/shelves/s", ""),
        ]
    );
}

#[test]
fn a_cleared_field_differs_from_an_absent_one() {
    use crate::round_trips::unchanged;
    use partial::types::{Shelf, UpdateBoardRequest, Whole};
    let cleared = json!({
        "board": { "holes": [] }, "counts": [], "inline": { "parts": [] }, "labels": {}, "tags": [],
    });
    unchanged::<Shelf>(&cleared);
    unchanged::<Shelf>(&json!({ "board": {}, "inline": {} }));
    unchanged::<UpdateBoardRequest>(&json!({ "board": { "marks": [] }, "updateMask": "marks" }));
    unchanged::<Whole>(&json!({ "parts": ["a"] }));
}

#[test]
fn numbers_without_a_json_form_are_read() {
    use crate::round_trips::unchanged;
    use numbers::types::Shelf;
    for number in [
        json!("NaN"),
        json!("Infinity"),
        json!("-Infinity"),
        json!(0.1),
        json!(1.797_693_134_862_315_7e308),
        json!(5e-324),
        json!(-2.5),
    ] {
        unchanged::<Shelf>(&json!({
            "double": number, "float": number, "plain": number, "list": [number, 0.25],
            "map": { "a": number }, "below": { "double": number },
        }));
    }
    let whole: Shelf = serde_json::from_value(json!({ "double": 3, "float": -3 })).unwrap();
    assert_eq!((whole.double, whole.float), (Some(3.0), Some(-3.0)));
    for wrong in [json!("3"), json!("nan"), json!("inf"), json!(true)] {
        serde_json::from_value::<Shelf>(json!({ "double": wrong })).unwrap_err();
    }
}

#[tokio::test]
async fn numbers_without_a_json_form_are_sent() {
    let server = recorder(&["{}"]).await;
    let client = numbers::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let get = client.shelves().get().ratio(f64::NAN);
    get.ratios([0.5, f64::INFINITY]).send().await.unwrap();
    let target = "/v1/shelves?ratio=NaN&ratios=0.5&ratios=Infinity";
    assert_eq!(requests(&server), [request("GET", target, "")]);
}

#[test]
fn unknown_formats_keep_their_values() {
    crate::round_trips::unchanged::<unknown_formats::types::Shelf>(&json!({
        "text": "red", "whole": 7, "number": 0.5, "yes": true, "list": ["red"], "map": { "a": 7 },
        "any": { "a": [1, null] }, "message": { "@type": "t", "n": 1 },
    }));
}

#[tokio::test]
async fn a_document_without_types_has_callable_methods() {
    let server = recorder(&[""]).await;
    let client = no_types::Client::builder().base_url(server.base_url());
    client
        .build()
        .unwrap()
        .shelves()
        .clean("s")
        .send()
        .await
        .unwrap();
    assert_eq!(
        requests(&server),
        [request("POST", "/v1/shelves/s:clean", "")]
    );
}
