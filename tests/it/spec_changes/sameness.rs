//! Where nothing changed, nothing is reported.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::diff::{Report, diff};
use serde_json::Value;

use super::{api, files, pairs};
use crate::determinism::shuffled;
use crate::support::{read, workspace};

#[test]
fn the_order_of_keys_is_no_change() {
    for name in pairs() {
        let [_, file] = files(&name);
        let text = fs::read_to_string(&file).unwrap();
        let document: Value = serde_saphyr::from_str(&text).unwrap();
        for seed in 1..=3 {
            let shuffled = shuffled(&document, &mut { seed });
            nothing(&name, &compare(&file, &text, &shuffled));
        }
    }
}

#[test]
fn the_order_of_lists_of_names_is_no_change() {
    for name in pairs() {
        let [_, file] = files(&name);
        if file.ends_with(".json") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let mut document: Value = serde_saphyr::from_str(&text).unwrap();
        reverse(&mut document);
        nothing(&name, &compare(&file, &text, &document.to_string()));
    }
}

#[test]
fn other_sentences_are_counted_and_are_no_change() {
    let text = read("spec/confluent-iam.v2.yaml");
    let mut document: Value = serde_saphyr::from_str(&text).unwrap();
    let count = rewrite(&mut document);
    assert!(count > 20, "{count}");
    let report = compare("spec/confluent-iam.v2.yaml", &text, &document.to_string());
    nothing("confluent", &report);
    assert!(report.words > 20, "{}", report.words);
}

#[test]
fn the_same_facts_written_in_another_way_are_no_change() {
    let spec = |properties: &str, required: &str| {
        let text = fs::read_to_string(&files("property-default")[0]).unwrap();
        let mut document: Value = serde_saphyr::from_str(&text).unwrap();
        let properties: Value = serde_saphyr::from_str(properties).unwrap();
        document["components"]["schemas"] = serde_json::json!({ "Book": {
            "type": "object", "properties": properties, "required": serde_json::from_str::<Value>(required).unwrap(),
        }, "Author": { "type": "object", "properties": { "name": { "type": "string" } } } });
        document.to_string()
    };
    let author = "$ref: '#/components/schemas/Author'";
    for (old, new) in [
        (
            "pages: { type: integer, default: 1 }".to_owned(),
            "pages: { type: integer, default: 1.0 }".to_owned(),
        ),
        (
            "name: { type: string }".to_owned(),
            "name: { type: string, minLength: 0 }".to_owned(),
        ),
        (
            "name: { type: string }".to_owned(),
            "name: { type: string, nullable: false, default: null }".to_owned(),
        ),
        (
            format!("by: {{ {author} }}"),
            format!("by: {{ allOf: [{{ {author} }}], description: Who. }}"),
        ),
    ] {
        nothing(
            &new,
            &compare("api.json", &spec(&old, "[]"), &spec(&new, "[]")),
        );
        nothing(
            &new,
            &compare("api.json", &spec(&new, "[]"), &spec(&old, "[]")),
        );
    }
}

#[test]
fn the_neutral_document_of_a_spec_has_its_facts() {
    for file in ["spec/cloudidentity.v1.json", "spec/confluent-iam.v2.yaml"] {
        let path = workspace().join(file).display().to_string();
        let (code, neutral) = super::command::run(&["neutral", &path]);
        assert_eq!(code, xtask::DONE, "{neutral}");
        let text = read(file);
        let (one, other) = (
            api(Path::new(file), &text, "**"),
            api(Path::new("neutral.json"), &neutral, "**"),
        );
        nothing(file, &diff(&one, &other).unwrap());
    }
}

#[test]
fn a_spec_compared_with_itself_has_no_change() {
    let mut count = 0;
    for folder in [
        "spec",
        "tests/fixtures/accepted",
        "tests/corpus/discovery",
        "tests/corpus/openapi",
    ] {
        count += in_folder(&workspace().join(folder));
    }
    assert!(count > 40, "{count}");
}

#[test]
#[cfg_attr(
    not(public_discovery),
    ignore = "needs the public specs of Google: see tests/corpus/README.md"
)]
fn a_public_spec_of_google_compared_with_itself_has_no_change() {
    let folder = option_env!("PUBLIC_SPECS_FOLDER").unwrap_or_default();
    assert!(in_folder(&Path::new(folder).join("discovery")) > 20);
}

#[test]
#[cfg_attr(
    not(public_openapi),
    ignore = "needs the public OpenAPI documents: see tests/corpus/README.md"
)]
fn a_public_openapi_document_compared_with_itself_has_no_change() {
    let folder = option_env!("PUBLIC_SPECS_FOLDER").unwrap_or_default();
    assert!(in_folder(&Path::new(folder).join("openapi")) > 20);
}

#[test]
fn the_neutral_document_of_a_client_says_what_its_spec_says() {
    for (client, spec) in [
        ("cloudidentity", "cloudidentity.v1.json"),
        ("confluent", "confluent-iam.v2.yaml"),
    ] {
        let neutral = format!("generated-client/src/generated/{client}/openapi.json");
        let spec = workspace().join("spec").join(spec).display().to_string();
        let neutral = workspace().join(neutral).display().to_string();
        let arguments = [
            "diff",
            &neutral,
            &spec,
            "--client",
            client,
            "--fail-on",
            "any",
        ];
        let (code, printed) = super::command::run(&arguments);
        assert_eq!(code, xtask::DONE, "{printed}");
        assert!(printed.contains("no change"), "{printed}");
    }
}

/// Compares every spec of a folder with itself. Returns how many there are.
/// The most bytes of a document that is compared: beyond it, an unoptimized reader of YAML takes seconds.
const LONGEST: u64 = 500_000;

fn in_folder(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let end = path
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default();
        let is_long = path.metadata().unwrap().len() > LONGEST;
        if is_long || !matches!(end, "json" | "yaml" | "yml") {
            continue;
        }
        let Some((one, other)) = twice(&path) else {
            continue;
        };
        let report = diff(&one, &other).unwrap();
        nothing(&path.display().to_string(), &report);
        assert_eq!(report.words, 0, "{}", path.display());
        count += 1;
    }
    count
}

/// A spec, read twice; nothing where it cannot be read, which other tests look at.
fn twice(path: &PathBuf) -> Option<(codegen::diff::Api, codegen::diff::Api)> {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name()?.to_str()?;
    let client = codegen::Client::new("client", name, &["**"]).lenient();
    let source = codegen::Source { name, text: &text };
    let read = || codegen::diff::Api::read(&client, &source, &codegen::Files::default()).ok();
    Some((read()?, read()?))
}

fn compare(file: &str, old: &str, new: &str) -> Report {
    let path = Path::new(file);
    diff(&api(path, old, "**"), &api(path, new, "**")).unwrap()
}

fn nothing(name: &str, report: &Report) {
    assert!(report.has_equal_facts(), "{name}: {:#?}", report.changes);
}

/// Reverses the lists whose order says nothing.
fn reverse(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if let ("enum" | "parameters" | "required", Value::Array(items)) =
                    (key.as_str(), &mut *value)
                {
                    items.reverse();
                }
                reverse(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}

/// Writes other sentences. Returns how many.
fn rewrite(value: &mut Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter_mut()
            .map(|(key, value)| match (key.as_str(), &mut *value) {
                ("description", Value::String(text)) => {
                    *text = "Something else.".to_owned();
                    1
                }
                _ => rewrite(value),
            })
            .sum(),
        Value::Array(items) => items.iter_mut().map(rewrite).sum(),
        _ => 0,
    }
}
