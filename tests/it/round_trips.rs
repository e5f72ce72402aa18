//! Values go through the generated types and come out equal.

use generated_client::cloudidentity::api::types::{
    IsInvitableUserResponse, ListUserInvitationsResponse, Operation, Status, UserInvitation,
    UserInvitationState,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::fixtures::{bodies, open_enums, recursion, schema_names, values};
use tests::samples::{pick, texts};

use crate::support::read;

/// How many samples are made of each schema: more than any list of values below has.
const SAMPLES: usize = 12;

#[test]
fn values_of_our_schemas_round_trip() {
    let spec = document("spec/cloudidentity.v1.json");
    let mut seen = vec![
        check::<IsInvitableUserResponse>(&spec, "IsInvitableUserResponse"),
        check::<ListUserInvitationsResponse>(&spec, "ListUserInvitationsResponse"),
        check::<Operation>(&spec, "Operation"),
        check::<Status>(&spec, "Status"),
        check::<UserInvitation>(&spec, "UserInvitation"),
    ];
    // Messages without fields have no type: the runtime sends them.
    seen.extend(["CancelUserInvitationRequest", "SendUserInvitationRequest"]);
    seen.sort_unstable();
    let all: Vec<&String> = spec["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(seen, all, "a schema is not tried");
}

#[test]
fn values_of_the_fixtures_round_trip() {
    let fixture = |name: &str| document(&format!("tests/fixtures/accepted/{name}.json"));
    check::<open_enums::types::Lamp>(&fixture("open_enums"), "Lamp");
    check::<values::types::Values>(&fixture("values"), "Values");
    check::<recursion::types::Tree>(&fixture("recursion"), "Tree");
    check::<recursion::types::Leaf>(&fixture("recursion"), "Leaf");
    check::<schema_names::types::Root>(&fixture("schema_names"), "Root");
    check::<bodies::types::Shelf>(&fixture("bodies"), "Shelf");
}

#[test]
fn canonical_texts_are_written_unchanged() {
    for (field, texts) in [
        (
            "count",
            vec!["0", "-1", "9223372036854775807", "-9223372036854775808"],
        ),
        ("total", vec!["0", "18446744073709551615"]),
        (
            "time",
            vec![
                "2026-11-22T02:08:57Z",
                "2026-11-22T02:08:57.120Z",
                "2026-11-22T02:08:57.123456Z",
                "2026-11-22T02:08:57.123456789Z",
                "2026-11-22T02:08:57.000000001+05:30",
                "2026-11-22T02:08:57-08:00",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
            ],
        ),
        ("day", vec!["2024-02-29", "0001-01-01"]),
        (
            "span",
            vec![
                "0s",
                "1s",
                "-1s",
                "1.500s",
                "-0.500s",
                "0.000001s",
                "-3.000000001s",
                "315576000000s",
                "-315576000000s",
            ],
        ),
        ("mask", vec!["", "name", "displayName,labels.env"]),
        ("data", vec!["", "AA==", "+/+/", "aGVsbG8="]),
    ] {
        for text in texts {
            let value = json!({ field: text });
            assert_eq!(through::<values::types::Values>(&value), value);
        }
    }
}

#[test]
fn other_forms_of_a_value_are_read() {
    for (field, given, written) in [
        ("count", json!(7), "7"),
        ("count", json!(-7), "-7"),
        (
            "total",
            json!(18_446_744_073_709_551_615_u64),
            "18446744073709551615",
        ),
        (
            "time",
            json!("2026-11-22T02:08:57.5Z"),
            "2026-11-22T02:08:57.500Z",
        ),
        (
            "time",
            json!("2026-11-22t02:08:57z"),
            "2026-11-22T02:08:57Z",
        ),
        (
            "time",
            json!("2026-11-22 02:08:57+00:00"),
            "2026-11-22T02:08:57Z",
        ),
        ("span", json!("1.5s"), "1.500s"),
        ("span", json!("-0s"), "0s"),
        ("data", json!("aGVsbG8"), "aGVsbG8="),
        ("data", json!("-_-_"), "+/+/"),
    ] {
        let value = json!({ field: given });
        assert_eq!(
            through::<values::types::Values>(&value),
            json!({ field: written }),
            "{given}"
        );
    }
}

#[test]
fn invalid_values_are_refused() {
    for (field, given) in [
        ("count", json!("")),
        ("count", json!("1.5")),
        ("count", json!("9223372036854775808")),
        ("count", json!(9_223_372_036_854_775_808_u64)),
        ("count", json!(1.5)),
        ("total", json!("-1")),
        ("total", json!(-1)),
        ("time", json!("yesterday")),
        ("time", json!("2026-13-01T00:00:00Z")),
        ("span", json!("1")),
        ("span", json!("s")),
        ("span", json!(".5s")),
        ("span", json!("1.s")),
        ("span", json!("1.0000000001s")),
        ("span", json!("+1s")),
        ("span", json!("99999999999999999999s")),
        ("data", json!("!")),
        ("day", json!("2026-02-30")),
    ] {
        let value = json!({ field: given });
        assert!(
            serde_json::from_value::<values::types::Values>(value).is_err(),
            "{field}: {given}"
        );
    }
}

#[test]
fn unknown_states_are_kept() {
    let text = r#"{"state":"ON_HOLD"}"#;
    let invitation: UserInvitation = serde_json::from_str(text).unwrap();
    let state = invitation.state.clone().unwrap();
    assert_eq!(
        state,
        UserInvitationState::Unrecognized("ON_HOLD".to_owned())
    );
    assert_eq!(
        (state.as_str(), state.to_string().as_str()),
        ("ON_HOLD", "ON_HOLD")
    );
    assert_eq!(serde_json::to_string(&invitation).unwrap(), text);
}

#[test]
fn an_empty_message_differs_from_an_absent_one() {
    let operation = json!({ "done": true, "response": {} });
    assert_eq!(through::<Operation>(&operation), operation);
    assert_eq!(
        through::<Operation>(&json!({ "done": true })),
        json!({ "done": true })
    );
}

#[test]
fn new_fields_are_ignored() {
    let value = json!({ "name": "n", "somethingNew": [1, { "a": null }] });
    assert_eq!(through::<UserInvitation>(&value), json!({ "name": "n" }));
}

/// Sends samples of a schema through a type. Returns the schema's name.
fn check<T: DeserializeOwned + Serialize>(document: &Value, name: &'static str) -> &'static str {
    let schema = &document["schemas"][name];
    assert_eq!(
        through::<T>(&json!({})),
        json!({}),
        "{name}: absent fields appear"
    );
    for index in 0..SAMPLES {
        let sample = sample(document, schema, index, 0);
        assert_eq!(through::<T>(&sample), sample, "{name}");
    }
    name
}

/// Checks that a value comes out of a type as it went in.
pub fn unchanged<T: DeserializeOwned + Serialize>(value: &Value) {
    assert_eq!(through::<T>(value), *value);
}

fn through<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
    let text = value.to_string();
    let typed: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    serde_json::to_value(&typed).unwrap()
}

/// A value of a schema, made from the document alone. Different indices give different values.
fn sample(document: &Value, schema: &Value, index: usize, depth: usize) -> Value {
    let below = |schema: &Value, index| sample(document, schema, index, depth + 1);
    if let Some(name) = schema["$ref"].as_str() {
        return below(&document["schemas"][name], index);
    }
    match schema["type"].as_str().unwrap() {
        "array" => json!([
            below(&schema["items"], index),
            below(&schema["items"], index + 1)
        ]),
        "object" => {
            let values = schema.get("additionalProperties");
            let entries = values.map(|values| ("a.key-1".to_owned(), below(values, index)));
            let properties = schema["properties"].as_object().into_iter().flatten();
            let properties = properties
                .filter(|(_, property)| depth < 4 || !leads_on(property))
                .map(|(name, property)| (name.clone(), below(property, index)));
            entries.into_iter().chain(properties).collect()
        }
        "any" => json!({ "@type": "type.example.com/Thing", "list": [1, null, "x"], "n": 1.5 }),
        "boolean" => json!(index.is_multiple_of(2)),
        "integer" if schema["format"] == "uint32" => pick(&[json!(0), json!(u32::MAX)], index),
        "integer" => pick(&[json!(0), json!(i32::MIN), json!(i32::MAX)], index),
        "number" => pick(&[json!(0.5), json!(-1.0), json!(0.25)], index),
        _ => pick(&texts(schema), index),
    }
}

/// Whether a value of a schema may hold another of the same kind, for ever.
fn leads_on(schema: &Value) -> bool {
    schema.to_string().contains("$ref")
}

fn document(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}
