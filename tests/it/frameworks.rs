//! What frameworks and editors write: bounds, media types, marks in front of a text.

use codegen::{Client, Manifest, Source};
use generated_client::auth::AuthorizedUser;
use serde_json::{Value, json};
use tests::fixtures::openapi_frameworks::{Client as Frameworks, types};
use tests::recorder::{Recorder, ResponseTemplate};

/// The neutral document of a spec.
fn neutral(name: &str, text: &str) -> Result<Value, String> {
    let client = Client::new("x", name, &["**"]);
    let generated = codegen::generate(&client, &Source { name, text });
    let files = generated.map_err(|wrong| wrong.to_string())?.files;
    let document = files.iter().find(|it| it.path == "openapi.json").unwrap();
    Ok(serde_json::from_str(&document.text).unwrap())
}

/// A spec whose one schema is this.
fn openapi(property: &Value) -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "description": "", "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/A" } },
        } } },
        "parameters": [{ "name": "p", "in": "query", "schema": property }] } } },
        "components": { "schemas": { "A": { "type": "object", "properties": { "p": property } } } },
    })
}

#[test]
fn bounds_are_read_in_every_form() {
    let huge = 18_446_744_073_709_551_615_u64;
    for (kind, bound, minimum, maximum) in [
        ("integer", json!(0.0), json!(0), json!(0)),
        ("integer", json!(-1e3), json!(-1000), json!(-1000)),
        ("integer", json!(0.5), json!(1), json!(0)),
        ("integer", json!(i64::MAX), json!(i64::MAX), json!(i64::MAX)),
        (
            "integer",
            json!(-9.223_372_036_854_776e18),
            json!(i64::MIN),
            json!(i64::MIN),
        ),
        ("integer", json!(huge), Value::Null, Value::Null),
        (
            "integer",
            json!(1.844_674_407_370_955_2e19),
            Value::Null,
            Value::Null,
        ),
        ("integer", Value::Null, Value::Null, Value::Null),
        ("number", json!(0), json!(0.0), json!(0.0)),
        ("number", json!(0.5), json!(0.5), json!(0.5)),
        (
            "number",
            json!(huge),
            json!(1.844_674_407_370_955_2e19),
            json!(1.844_674_407_370_955_2e19),
        ),
    ] {
        let property = json!({ "type": kind, "minimum": bound, "maximum": bound });
        let spec = openapi(&property).to_string();
        // Whatever is JSON is YAML too.
        for name in ["spec.json", "spec.yaml", "SPEC.YAML", "SPEC.Yml"] {
            let read = neutral(name, &spec).unwrap_or_else(|wrong| panic!("{bound}: {wrong}"));
            let operation = &read["paths"]["/a"]["get"];
            for at in [
                &read["components"]["schemas"]["A"]["properties"]["p"],
                &operation["parameters"][0]["schema"],
            ] {
                assert_eq!(
                    (&at["minimum"], &at["maximum"]),
                    (&minimum, &maximum),
                    "{name}: {bound}"
                );
            }
        }
    }
    let exclusive = openapi(&json!({
        "type": "integer", "minimum": 0.5, "exclusiveMinimum": true, "maximum": 2.5, "exclusiveMaximum": true,
        "multipleOf": 2.0,
    }));
    let read = neutral("spec.json", &exclusive.to_string()).unwrap();
    let read = &read["components"]["schemas"]["A"]["properties"]["p"];
    assert_eq!(read["minimum"], 0);
    assert_eq!(
        (&read["maximum"], &read["multipleOf"]),
        (&json!(3), &json!(2))
    );
    for bound in [json!("0"), json!(true), json!([])] {
        let spec = openapi(&json!({ "type": "integer", "minimum": bound.clone() })).to_string();
        let read = neutral("spec.json", &spec).unwrap();
        let property = &read["components"]["schemas"]["A"]["properties"]["p"];
        assert_eq!(property, &json!({ "type": "integer" }), "{bound}");
    }
}

#[test]
fn bounds_of_discovery_are_read_in_every_form() {
    for (kind, bound, expected) in [
        ("integer", json!("0"), json!(0)),
        ("integer", json!("0.0"), json!(0)),
        (
            "integer",
            json!(4_294_967_295_u32),
            json!(4_294_967_295_u32),
        ),
        ("integer", json!("18446744073709551615"), Value::Null),
        ("integer", json!("1.8446744073709552e19"), Value::Null),
        ("number", json!("-90.0"), json!(-90.0)),
        (
            "number",
            json!("18446744073709551615"),
            json!(1.844_674_407_370_955_2e19),
        ),
    ] {
        let parameter = json!({ "type": kind, "location": "query", "maximum": bound });
        let spec = json!({
            "discoveryVersion": "v1", "version": "v1", "rootUrl": "https://a.example/",
            "methods": { "a": { "id": "x.a", "httpMethod": "GET", "path": "a", "parameters": { "p": parameter } } },
        });
        let read = neutral("spec.json", &spec.to_string()).unwrap();
        let read = &read["paths"]["/a"]["get"]["parameters"][0]["schema"]["maximum"];
        assert_eq!(*read, expected, "{bound}");
    }
}

#[test]
fn integers_of_any_length_are_read_from_yaml() {
    let spec = openapi(&json!({ "type": "integer" })).to_string();
    for bound in [
        "18446744073709551615",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
        "-9223372036854775809",
    ] {
        let spec = spec.replace("\"integer\"", &format!("\"integer\", \"maximum\": {bound}"));
        for name in ["spec.yaml", "spec.json"] {
            neutral(name, &spec).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        }
    }
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_spec() {
    let spec = openapi(&json!({ "type": "integer" })).to_string();
    let marked = format!("\u{feff}{spec}");
    for name in ["spec.json", "spec.yaml"] {
        assert_eq!(neutral(name, &marked), neutral(name, &spec), "{name}");
    }
    let manifest = "\u{feff}[[client]]\nname = \"x\"\nsource = \"s\"\noperations = [\"*\"]\n";
    let manifest = Manifest::parse(&Source {
        name: "clients.toml",
        text: manifest,
    });
    assert_eq!(manifest.unwrap().clients.len(), 1);
    // A key file, as every kind of credentials reads it.
    let key = r#"{"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}"#;
    for mark in ["", "\u{feff}"] {
        AuthorizedUser::from_json(&format!("{mark}{key}")).unwrap();
    }
}

#[test]
fn json_is_read_before_other_media_types() {
    let of = |kinds: &[&str], schema: Value| {
        let mut spec = openapi(&json!({ "type": "integer" }));
        let content: serde_json::Map<_, _> = kinds
            .iter()
            .map(|kind| ((*kind).to_owned(), json!({ "schema": schema })))
            .collect();
        spec["paths"]["/a"]["get"]["responses"]["200"]["content"] = content.into();
        let read = neutral("spec.json", &spec.to_string())?;
        let content = read["paths"]["/a"]["get"]["responses"]["200"]["content"].clone();
        Ok::<_, String>(content.as_object().unwrap().keys().next().unwrap().clone())
    };
    let object = json!({ "$ref": "#/components/schemas/A" });
    for (kinds, taken) in [
        (&["application/json"][..], "application/json"),
        (&["Application/JSON"], "application/json"),
        (&["application/json; charset=utf-8"], "application/json"),
        (&["APPLICATION/JSON;charset=UTF-8"], "application/json"),
        (&["*/*"], "application/json"),
        (&["application/*"], "application/json"),
        (&["text/json"], "text/json"),
        (&["application/vnd.api+JSON"], "application/vnd.api+json"),
        (
            &["*/*", "application/hal+json", "text/plain"],
            "application/hal+json",
        ),
        (
            &["application/hal+json", "application/json", "text/json"],
            "application/json",
        ),
    ] {
        assert_eq!(of(kinds, object.clone()).as_deref(), Ok(taken), "{kinds:?}");
    }
    for kind in [
        "text/plain",
        "text/*",
        "application/xml",
        "application/jsonp",
        "image/*",
    ] {
        assert_eq!(of(&[kind, "examples"], object.clone()).as_deref(), Ok(kind));
    }
    assert_eq!(
        of(&["json"], object.clone()).as_deref(),
        Ok("application/json")
    );
    // Bytes as they are.
    let bytes = json!({ "type": "string", "format": "binary" });
    assert_eq!(of(&["*/*"], bytes).as_deref(), Ok("*/*"));
}

#[tokio::test]
async fn the_media_types_of_the_spec_are_sent() {
    let server = Recorder::start([ResponseTemplate::ok(
        r#"{"books":18446744073709551615,"pages":18446744073709551615,"reaction":"-1"}"#,
    )]);
    let server = server.await.unwrap();
    let client = Frameworks::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let shelf = client.get_shelf("a").send().await.unwrap().into_body();
    assert_eq!((shelf.books, shelf.pages), (Some(u64::MAX), Some(u64::MAX)));
    assert_eq!(shelf.reaction, Some(types::ShelfReaction::Minus1));
    client.change_shelf("a", &shelf).send().await.unwrap();
    client.put_shelf("a", &shelf).send().await.unwrap();
    let [get, change, put] = server
        .take()
        .try_into()
        .unwrap_or_else(|_| panic!("three requests"));
    assert_eq!(get.header("accept"), Some("application/json"));
    let headers = |name: &str| {
        let found = change.headers.iter().filter(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(headers("content-type"), ["application/merge-patch+json"]);
    assert_eq!(headers("accept"), ["application/hal+json"]);
    assert_eq!(put.header("content-type"), Some("application/json"));
}

#[test]
fn signs_and_symbols_are_part_of_enum_value_names() {
    use types::{ShelfReaction, ShelfSort};
    for (value, text) in [
        (ShelfReaction::Plus1, "+1"),
        (ShelfReaction::Minus1, "-1"),
        (ShelfReaction::Laugh, "laugh"),
    ] {
        assert_eq!(value.as_str(), text);
    }
    for (value, text) in [
        (ShelfSort::Created, "created"),
        (ShelfSort::MinusCreated, "-created"),
        (ShelfSort::PlusCreated, "+created"),
        (ShelfSort::Star, "*"),
        (ShelfSort::GreaterEqual, ">="),
        (ShelfSort::Greater, ">"),
    ] {
        assert_eq!(value.as_str(), text);
    }
}
