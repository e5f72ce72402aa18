//! The examples of documents go through the types, and come out equal.
//!
//! Those that contradict their document are counted apart. So are those that come out without what a type does not
//! tell from what is absent: an optional property that is null, or an optional list or map that is empty; and
//! without properties that no schema has.

use std::collections::{BTreeMap, BTreeSet};

use crate::clients::{CHOSEN, Harness, OWN, PUBLIC};
use serde_json::Value;
use tests::values::Through;
use wire_openapi::reading::examples::{Example, Target};
use wire_openapi::reading::judge::{Judge, properties};
use wire_openapi::reading::{Document, bare, members, same};

use crate::read;

#[test]
fn examples_of_our_documents_round_trip() {
    compare(OWN, 25);
}

#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public specs: see tests/corpus/README.md"
)]
fn examples_of_public_documents_round_trip() {
    compare(PUBLIC, 900);
}

/// What became of examples.
#[derive(Default, Debug)]
struct Counts {
    equal: usize,
    /// Equal but for what a type does not tell from what is absent.
    absent: usize,
    /// Equal but for properties that no schema has.
    unknown: usize,
    /// The example is none of its schema.
    contradicts: usize,
    /// The schema has no type of its own, or no operation reaches it.
    no_type: usize,
    differs: usize,
}

/// Compares, and checks that no less examples come out equal than do today.
fn compare(harnesses: &'static [Harness], least: usize) {
    let (mut wrong, mut all) = (Vec::new(), Counts::default());
    for (harness, document) in read(harnesses) {
        let mut counts = Counts::default();
        let of_document = mistakes(harness, &document, &mut counts);
        println!("{}: {counts:?}", harness.document);
        wrong.extend(
            of_document
                .into_iter()
                .map(|it| format!("{}: {it}", harness.document)),
        );
        all.equal += counts.equal;
        all.absent += counts.absent;
        all.unknown += counts.unknown;
        all.contradicts += counts.contradicts;
        all.no_type += counts.no_type;
        all.differs += counts.differs;
    }
    println!("examples: {all:?}");
    assert!(CHOSEN || all.equal >= least, "{all:?}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

fn mistakes(harness: &Harness, document: &Document, counts: &mut Counts) -> Vec<String> {
    let operations = document.operations();
    let types: BTreeMap<&str, Through> = harness.types.iter().copied().collect();
    let reached = document.reached();
    let mut wrong = Vec::new();
    for example in document.all_examples(&operations) {
        let Some(through) = through_of(&example, harness, document, (&types, &reached)) else {
            counts.no_type += 1;
            continue;
        };
        let judge = Judge {
            document,
            partial: example.partial,
        };
        if !judge.conforms(&example.schema, &example.value) {
            counts.contradicts += 1;
            continue;
        }
        let out = through(&example.value.to_string());
        let out = out.map(|it| serde_json::from_str::<Value>(&it).unwrap());
        let differences = match &out {
            Ok(out) => {
                let mut found = BTreeSet::new();
                let partial = example.partial;
                let out = if partial {
                    &without_empty(out, &example.value)
                } else {
                    out
                };
                differences(document, &example.schema, &example.value, out, &mut found);
                found
            }
            Err(_) => BTreeSet::from([Difference::Other]),
        };
        match differences.last() {
            None => counts.equal += 1,
            Some(Difference::Absent) => counts.absent += 1,
            Some(Difference::Unknown) => counts.unknown += 1,
            Some(Difference::Other) => {
                counts.differs += 1;
                wrong.push(format!("{}\n  {}\n  {out:?}", example.place, example.value));
            }
        }
    }
    wrong
}

/// The type that an example goes through.
fn through_of(
    example: &Example,
    harness: &Harness,
    document: &Document,
    known: (&BTreeMap<&str, Through>, &BTreeSet<String>),
) -> Option<Through> {
    let method = |target: &String| {
        let mut methods = harness.methods.iter();
        methods.find(|it| it.target == target)
    };
    match &example.target {
        Target::Schema(name) => type_of(name, document, known),
        Target::Body(target) => method(target)?.body,
        Target::Response(target) => method(target)?.response,
    }
}

/// The type of a schema: the one of its name, or the only one that is written in another way and is no other
/// schema's.
fn type_of(
    name: &str,
    document: &Document,
    (types, reached): (&BTreeMap<&str, Through>, &BTreeSet<String>),
) -> Option<Through> {
    let mut named = document.schemas().filter(|(it, _)| bare(it) == bare(name));
    let is_only = named.next().is_some() && named.next().is_none();
    // The type of a schema that no operation reaches is another one.
    let is_only = is_only && reached.contains(name);
    let mut alike = types.iter().filter(|(it, _)| bare(it) == bare(name));
    match (alike.next(), alike.next()) {
        (Some((_, through)), None) if is_only => Some(*through),
        _ => None,
    }
}

/// How two values differ, from the least to what is a mistake.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    Absent,
    Unknown,
    Other,
}

fn differences(
    document: &Document,
    schema: &Value,
    given: &Value,
    out: &Value,
    found: &mut BTreeSet<Difference>,
) {
    if same(given, out) {
        return;
    }
    match (given, out) {
        (Value::Object(_), Value::Object(_)) => {
            let known = properties(document, schema);
            let values = &document.flat(schema);
            let others = values.get("additionalProperties").unwrap_or(&Value::Null);
            for (name, value) in members(given) {
                match (out.get(name), known.get(name)) {
                    (Some(out), property) => {
                        let schema = property.unwrap_or(others);
                        differences(document, schema, value, out, found);
                    }
                    (None, Some(_)) if is_nothing(value) => {
                        found.insert(Difference::Absent);
                    }
                    (None, None) if !others.is_object() => {
                        found.insert(Difference::Unknown);
                    }
                    (None, _) => {
                        found.insert(Difference::Other);
                    }
                }
            }
            if members(out).any(|(name, _)| given.get(name).is_none()) {
                found.insert(Difference::Other);
            }
        }
        (Value::Array(list), Value::Array(out)) if list.len() == out.len() => {
            let flat = document.flat(schema);
            let item = item_of(document, &flat);
            for (given, out) in list.iter().zip(out) {
                differences(document, &item, given, out, found);
            }
        }
        // A time, or bytes, in another form.
        (Value::String(one), Value::String(other)) if canonical(one) == canonical(other) => {}
        _ => {
            found.insert(Difference::Other);
        }
    }
}

/// The schema of a list's items: its own, or that of a member that is a list.
fn item_of(document: &Document, flat: &serde_json::Map<String, Value>) -> Value {
    if let Some(item) = flat.get("items") {
        return item.clone();
    }
    let members = document.alternatives(flat);
    let items = members
        .iter()
        .filter_map(|it| document.flat(it).get("items").cloned());
    let all: Vec<Value> = items.collect();
    serde_json::json!({ "anyOf": all })
}

/// A value without the empty lists and maps that are required, where only a part of it was given.
fn without_empty(out: &Value, given: &Value) -> Value {
    match (out, given) {
        (Value::Object(_), Value::Object(_)) => {
            let kept = members(out)
                .filter(|(name, value)| given.get(name.as_str()).is_some() || !is_nothing(value));
            let kept = kept.map(|(name, value)| (name.clone(), without_empty(value, &given[name])));
            Value::Object(kept.collect())
        }
        (Value::Array(items), Value::Array(given)) if items.len() == given.len() => {
            let pairs = items.iter().zip(given);
            pairs
                .map(|(out, given)| without_empty(out, given))
                .collect()
        }
        (out, _) => out.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// A time without zeros at the end of its fraction, in UTC as `Z`; bytes without what fills the end.
fn canonical(text: &str) -> String {
    let mut text = text
        .replace("+00:00", "Z")
        .replace(' ', "T")
        .replace('z', "Z");
    if let Some((time, zone)) = text.split_once('.') {
        let digits = zone.trim_start_matches(|c: char| c.is_ascii_digit());
        let fraction = &zone[..zone.len() - digits.len()];
        let fraction = fraction.trim_end_matches('0');
        text = match fraction {
            "" => format!("{time}{digits}"),
            fraction => format!("{time}.{fraction}{digits}"),
        };
    }
    text.trim_end_matches('=')
        .replace('-', "+")
        .replace('_', "/")
}
