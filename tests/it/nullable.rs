//! Properties that are absent, `null` or a value, in what is sent.

use generated_client::runtime::Nullable;
use serde_json::{Value, json};
use tests::fixtures::openapi_patches::{Client, types};
use tests::recorder::{Recorder, ResponseTemplate};

async fn server() -> (Recorder, Client) {
    let recorder = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = Client::builder().base_url(recorder.base_url());
    (recorder, client.build().unwrap())
}

fn body(recorder: &Recorder) -> Value {
    serde_json::from_str(&recorder.take().remove(0).body).unwrap()
}

#[tokio::test]
async fn a_property_of_a_patch_is_absent_null_or_a_value() {
    let (recorder, client) = server().await;
    let mut animal = types::Animal::new("Ida");
    client.patch_animal("1", &animal).send().await.unwrap();
    assert_eq!(body(&recorder), json!({ "name": "Ida" }));
    animal.nickname = Nullable::Null;
    animal.age = Nullable::Null;
    animal.born = Nullable::Null;
    animal.picture = Nullable::Null;
    animal.tags = Nullable::Null;
    animal.cage = Nullable::Null;
    animal.colour = Nullable::Null;
    client.patch_animal("1", &animal).send().await.unwrap();
    let nulls = json!({
        "name": "Ida", "nickname": null, "age": null, "born": null, "picture": null, "tags": null,
        "cage": null, "colour": null,
    });
    assert_eq!(body(&recorder), nulls);
    let values = json!({
        "name": "Ida", "nickname": "I", "age": 9_007_199_254_740_993_i64,
        "born": "2001-02-03T04:05:06Z", "picture": "AQI=", "tags": ["a"], "cage": { "size": null },
        "colour": "red", "seen": "now", "note": "n",
    });
    for whole in [nulls, values] {
        let read: types::Animal = serde_json::from_value(whole.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), whole);
    }
}

#[tokio::test]
async fn a_required_property_can_be_sent_as_null() {
    let (recorder, client) = server().await;
    let owner = types::Owner::new(Nullable::Null, "Ida");
    client.put_owner("1", &owner).send().await.unwrap();
    assert_eq!(body(&recorder), json!({ "mail": null, "name": "Ida" }));
    let owner = types::Owner::new("ida@example.com", "Ida");
    client.put_owner("1", &owner).send().await.unwrap();
    assert_eq!(body(&recorder)["mail"], "ida@example.com");
}

#[test]
fn what_is_only_read_stays_optional() {
    let visit: types::Visit = serde_json::from_value(json!({ "who": null })).unwrap();
    assert_eq!((visit.who, visit.when), (None::<String>, None::<String>));
    let owner = types::Owner::default();
    assert!(owner.mail.is_absent());
    assert_eq!(owner.phone, None::<String>);
    assert_eq!(types::Animal::default().seen, None::<String>);
    let cage = types::Cage::default();
    assert!(cage.size.is_absent());
}

#[tokio::test]
async fn a_request_sends_null_for_any_property() {
    let (recorder, client) = server().await;
    let request = client.patch_animal("1", &types::Animal::new("Ida"));
    request
        .with_null("note")
        .with_null("colour")
        .send()
        .await
        .unwrap();
    assert_eq!(
        body(&recorder),
        json!({ "name": "Ida", "note": null, "colour": null })
    );
    let refused = client
        .get_visit()
        .with_null("who")
        .send()
        .await
        .unwrap_err();
    assert!(refused.is_invalid_argument(), "{refused}");
}
