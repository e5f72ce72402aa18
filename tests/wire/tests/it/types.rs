//! Values of each schema come out of its type as they went in.

use std::collections::{BTreeMap, BTreeSet};

use crate::clients::{Harness, OWN, PUBLIC};
use serde_json::Value;
use tests::values::Through;
use wire::document::{bare, methods, text};

use crate::read;
use crate::samples::{COUNT, Samples};

#[test]
fn values_of_every_schema_round_trip() {
    compare_values(OWN);
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs: see tests/corpus/README.md"
)]
fn values_of_public_schemas_round_trip() {
    compare_values(PUBLIC);
}

pub fn compare_values(harnesses: &'static [Harness]) {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (harness, document) in read(harnesses) {
        let cleared = reached_by_parts(&document);
        for (name, schema, through) in typed(harness, &document) {
            seen += 1;
            let samples = Samples {
                document: &document,
                empty: cleared.contains(name),
            };
            let values = (0..COUNT).map(|index| samples.of(schema, index, 0));
            for value in values.chain(samples.of_enums(schema)) {
                match through(&value.to_string()) {
                    Ok(out) if serde_json::from_str::<Value>(&out).unwrap() == value => {}
                    other => {
                        wrong.push(format!("{} {name}: {value}\n  {other:?}", harness.document))
                    }
                }
            }
            assert_eq!(through("{}").unwrap(), "{}", "{name}: absent fields appear");
        }
    }
    assert!(seen > 0, "no schema was tried");
    let first: Vec<_> = wrong.iter().take(20).cloned().collect();
    assert!(
        wrong.is_empty(),
        "{} of {seen}:\n{}",
        wrong.len(),
        first.join("\n")
    );
}

/// The schemas that have properties and a type, with that type. A schema that no method reaches has none.
fn typed<'a>(harness: &Harness, document: &'a Value) -> Vec<(&'a str, &'a Value, Through)> {
    let types: BTreeMap<&str, Through> = harness.types.iter().copied().collect();
    let schemas = document["schemas"].as_object().into_iter().flatten();
    let with_properties = schemas.filter(|(_, it)| {
        let properties = it["properties"].as_object();
        properties.is_some_and(|properties| !properties.is_empty())
    });
    let reached = reached(document, methods(document).values().copied());
    let mut found = Vec::new();
    for (name, schema) in with_properties.filter(|(name, _)| reached.contains(name.as_str())) {
        let through = type_of(name, document, &types);
        let through = through.unwrap_or_else(|| panic!("{}: {name} has no type", harness.document));
        found.push((name.as_str(), schema, through));
    }
    found
}

/// The type of a schema: the one of its name, or one that is written in another way and is no other
/// schema's, or that has a number behind it.
fn type_of(name: &str, document: &Value, types: &BTreeMap<&str, Through>) -> Option<Through> {
    let numbered = format!("{}2", bare(name));
    let of_another = |it: &str| it != name && document["schemas"][it].is_object();
    let alike = |bare_name: &str| {
        let mut alike = types
            .iter()
            .filter(|(it, _)| bare(it) == bare_name && !of_another(it));
        alike.next().map(|(_, through)| *through)
    };
    let exact = types.get(name).copied();
    exact
        .or_else(|| alike(&bare(name)))
        .or_else(|| alike(&numbered))
}

/// What methods reach of the schemas.
fn reached<'a>(document: &'a Value, roots: impl Iterator<Item = &'a Value>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    let mut waiting: Vec<&Value> = roots
        .flat_map(|it| [&it["request"], &it["response"]])
        .collect();
    while let Some(value) = waiting.pop() {
        if let Some(name) = value["$ref"].as_str()
            && names.insert(name)
        {
            waiting.push(&document["schemas"][name]);
        }
        waiting.extend(value.as_object().into_iter().flat_map(|it| it.values()));
    }
    names
}

/// The schemas of which a part may be sent, so that what is empty has to be written: what the bodies of
/// PATCH, and of methods that take a field mask, reach.
fn reached_by_parts(document: &Value) -> BTreeSet<&str> {
    let is_mask = |it: &Value| it["format"] == "google-fieldmask";
    let has_mask = |it: &Value| it.as_object().is_some_and(|it| it.values().any(is_mask));
    let body = |method: &Value| {
        document["schemas"][text(&method["request"]["$ref"])]["properties"].clone()
    };
    let all = methods(document);
    let by_parts = all.values().filter(|method| {
        method["httpMethod"] == "PATCH"
            || has_mask(&method["parameters"])
            || has_mask(&body(method))
    });
    let requests: Vec<Value> = by_parts
        .map(|method| serde_json::json!({ "request": method["request"] }))
        .collect();
    let names = reached(document, requests.iter())
        .into_iter()
        .map(str::to_owned);
    let names: BTreeSet<String> = names.collect();
    let schemas = document["schemas"].as_object().into_iter().flatten();
    schemas
        .map(|(name, _)| name.as_str())
        .filter(|name| names.contains(*name))
        .collect()
}
