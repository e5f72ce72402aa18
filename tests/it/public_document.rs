//! Our own document against the public one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{generate_from, public_spec, read};

const OURS: &str = "spec/cloudidentity.v1.json";
const OVERLAY: &str = "spec/overlays/cloudidentity.yaml";
const PUBLIC: &str = "discovery/cloudidentity.v1.json";

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn our_document_equals_the_public_one_except_for_its_sentences() {
    let (ours, public) = documents();
    for pointer in [
        "/id",
        "/name",
        "/version",
        "/revision",
        "/rootUrl",
        "/servicePath",
        "/discoveryVersion",
        "/parameters",
        "/resources/customers/resources/userinvitations",
    ] {
        assert!(ours.pointer(pointer).is_some(), "{pointer} is missing");
        assert_eq!(
            ours.pointer(pointer).map(without_prose),
            public.pointer(pointer).map(without_prose),
            "{pointer}"
        );
    }
    for (name, schema) in ours["schemas"].as_object().unwrap() {
        assert_eq!(
            without_prose(schema),
            without_prose(&public["schemas"][name]),
            "{name}"
        );
    }
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn our_document_has_every_schema_its_methods_reach() {
    let (ours, public) = documents();
    let methods = "/resources/customers/resources/userinvitations";
    let mut reached = BTreeSet::new();
    references(public.pointer(methods).unwrap(), &public, &mut reached);
    let present: BTreeSet<String> = ours["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(present, reached);
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn our_document_shares_no_sentence_with_the_public_one() {
    let (ours, public) = documents();
    let overlay: Value = serde_saphyr::from_str(&read(OVERLAY)).unwrap();
    let (mut own, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    sentences(&ours, &mut own);
    sentences(&overlay, &mut own);
    sentences(&public, &mut theirs);
    assert!(
        own.len() > 50 && theirs.len() > own.len(),
        "no sentences were found"
    );
    let borrowed: Vec<&String> = own.intersection(&theirs).collect();
    assert!(borrowed.is_empty(), "{borrowed:?}");
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn both_documents_generate_the_same_code() {
    let public = public_spec(PUBLIC);
    let ours = generate_from("spec", "cloudidentity", &read(OURS));
    let theirs = generate_from("spec", "cloudidentity", &public);
    assert_eq!(theirs.summary.operations, ours.summary.operations);
    assert_eq!(theirs.summary.operations_left_out.len(), 65);
    for (ours, theirs) in ours.files.iter().zip(&theirs.files) {
        assert_eq!(ours.path, theirs.path);
        if ours.path.ends_with(".rs") {
            assert_eq!(without_comments(&ours.text), without_comments(&theirs.text));
        }
    }
}

fn documents() -> (Value, Value) {
    let parse = |text: &str| serde_json::from_str(text).unwrap();
    (parse(&read(OURS)), parse(&public_spec(PUBLIC)))
}

/// The facts of a document: all of it but what is written for people.
fn without_prose(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(key, value)| !is_prose(key, value))
            .map(|(key, value)| (key.clone(), without_prose(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_prose).collect(),
        scalar => scalar.clone(),
    }
}

fn is_prose(key: &str, value: &Value) -> bool {
    (key == "description" && value.is_string()) || key == "enumDescriptions"
}

/// Every sentence that is written for people.
fn sentences(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if is_prose(key, value) {
                    let texts = value
                        .as_array()
                        .map_or(vec![value], |all| all.iter().collect());
                    let texts = texts.into_iter().filter_map(Value::as_str);
                    let split = texts.flat_map(|text| text.split(['.', '\n', ';', ':']));
                    // A word or two is nobody's sentence.
                    let long = split
                        .map(str::trim)
                        .filter(|text| text.split(' ').count() > 3);
                    found.extend(long.map(str::to_owned));
                } else {
                    sentences(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| sentences(item, found)),
        _ => {}
    }
}

/// The names of all schemas that a value refers to, directly or through others.
fn references(value: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Value::as_str)
                && found.insert(name.to_owned())
            {
                references(&document["schemas"][name], document, found);
            }
            members
                .values()
                .for_each(|value| references(value, document, found));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| references(item, document, found)),
        _ => {}
    }
}

fn without_comments(code: &str) -> Vec<&str> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect()
}
