//! Our own OpenAPI description against the public one.

use std::collections::BTreeSet;

use codegen::{Client, Source};
use serde_json::Value;

use crate::support::{generate_from, public_spec, read};

const PUBLIC: &str = "openapi/confluent.iam.v2.yaml";

/// The neutral document of the four operations on invitations, without any words.
fn neutral(text: &str) -> Value {
    let files = generate_from("spec", "confluent", text).files;
    let file = files
        .iter()
        .find(|file| file.path == "openapi.json")
        .unwrap();
    let mut document: Value = serde_json::from_str(&file.text).unwrap();
    without_words(&mut document);
    document["info"] = Value::Null;
    document
}

fn without_words(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, value| name != "description" || !value.is_string());
            members.values_mut().for_each(without_words);
        }
        Value::Array(items) => items.iter_mut().for_each(without_words),
        _ => {}
    }
}

/// Every sentence that describes something.
fn sentences(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(text) if name == "description" => {
                        let sentences = text.split(['.', '\n']).map(|it| it.trim().to_lowercase());
                        found.extend(sentences.filter(|it| it.split(' ').count() > 2));
                    }
                    _ => sentences(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| sentences(item, found)),
        _ => {}
    }
}

#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public spec of Confluent: see tests/corpus/README.md"
)]
fn our_spec_equals_the_public_one_except_for_its_sentences() {
    let public = public_spec(PUBLIC);
    // Only the operations on invitations: the manifest says `*`.
    let document: Value = serde_saphyr::from_str(&public).unwrap();
    let mut selected = document.clone();
    let paths = selected["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| path.starts_with("/iam/v2/invitations"));
    let (ours, theirs) = (
        neutral(&read("spec/confluent-iam.v2.yaml")),
        neutral(&selected.to_string()),
    );
    assert_eq!(ours["paths"], theirs["paths"]);
    assert_eq!(ours["components"], theirs["components"]);
    assert_eq!(ours["servers"], theirs["servers"]);

    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    let text = read("spec/confluent-iam.v2.yaml");
    sentences(&serde_saphyr::from_str::<Value>(&text).unwrap(), &mut own);
    sentences(&document, &mut others);
    assert!(
        own.len() > 50 && others.len() > own.len(),
        "no sentences were found"
    );
    let borrowed: Vec<_> = own.intersection(&others).collect();
    assert!(borrowed.is_empty(), "{borrowed:?}");
}

/// That its code compiles is shown by the build of the tests.
#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public spec of Confluent: see tests/corpus/README.md"
)]
fn every_operation_of_the_public_spec_is_generated() {
    let public = public_spec(PUBLIC);
    let client = Client::new("public", "confluent.iam.v2.yaml", &["*"]);
    let source = Source {
        name: "confluent.iam.v2.yaml",
        text: &public,
    };
    let generated = codegen::generate(&client, &source).unwrap();
    assert_eq!(generated.summary.operations.len(), 13);
    let lines: usize = generated
        .files
        .iter()
        .filter(|it| it.path.ends_with(".rs"))
        .map(|it| it.text.lines().count())
        .sum();
    assert!(lines < 1_500, "{lines}");
}

/// Every example of an error in the public description, and of a time, is read and written as it is.
#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public spec of Confluent: see tests/corpus/README.md"
)]
fn examples_of_the_public_spec_round_trip() {
    let public = public_spec(PUBLIC);
    let document: Value = serde_saphyr::from_str(&public).unwrap();
    let mut examples = Vec::new();
    collect(&document, &mut examples);
    assert!(examples.len() > 50, "{}", examples.len());
    for example in examples {
        let failure: generated_client::confluent::Failure =
            serde_json::from_value(example.clone()).unwrap();
        assert_eq!(serde_json::to_value(&failure).unwrap(), example);
    }
}

fn collect(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(members) => {
            if let Some(example) = members
                .get("example")
                .filter(|it| it.get("errors").is_some())
            {
                found.push(example.clone());
            }
            members.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
