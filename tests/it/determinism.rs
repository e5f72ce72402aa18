//! The same input gives the same bytes, whatever the order of its keys.

use serde_json::Value;

use crate::support::{generate_from, manifest, read};

#[test]
fn generated_code_does_not_depend_on_the_order_of_keys() {
    for folder in ["spec", "tests/fixtures/accepted"] {
        for client in manifest(folder).clients {
            let text = read(&format!("{folder}/{}", client.source));
            let expected = generate_from(folder, &client.name, &text).files;
            // Whatever is JSON is YAML too.
            let document: Value = serde_saphyr::from_str(&text).unwrap();
            for seed in 1..=5 {
                let shuffled = shuffled(&document, &mut { seed });
                assert_ne!(shuffled, text, "nothing was shuffled");
                let files = generate_from(folder, &client.name, &shuffled).files;
                assert_eq!(files, expected, "{} with seed {seed}", client.name);
            }
        }
    }
}

#[test]
fn equal_input_generates_equal_bytes() {
    let text = read("spec/cloudidentity.v1.json");
    let first = generate_from("spec", "cloudidentity", &text).files;
    let second = generate_from("spec", "cloudidentity", &text).files;
    assert_eq!(first, second);
}

/// The document as text, the members of every object in an order that the seed decides.
pub fn shuffled(value: &Value, seed: &mut u64) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<String> = members
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), shuffled(value, seed))
                })
                .collect();
            for last in (1..members.len()).rev() {
                *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                members.swap(last, (*seed >> 33) as usize % (last + 1));
            }
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shuffled(item, seed)).collect();
            format!("[{}]", items.join(","))
        }
        scalar => scalar.to_string(),
    }
}
