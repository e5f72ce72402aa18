//! Operations that cannot be generated: they are left out and told, or refused where that is asked for.

use std::collections::BTreeSet;
use std::fs;

use codegen::{Client, Manifest, Source};
use serde_json::Value;

use crate::support::{generate, regenerate, workspace};

const SPEC: &str = "openapi: 3.0.3
info: {title: Things, version: v1}
servers: [{url: 'https://things.example.com'}]
paths:
  /things:
    get:
      operationId: list
      responses: {'204': {description: Nothing.}}
    put:
      operationId: replace
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Broken'}}}}
  /../things:
    get:
      operationId: climb
      responses: {'204': {description: Nothing.}}
components:
  schemas:
    Broken: {type: object, properties: {a: {$ref: '#/components/schemas/Absent'}, b: {$ref: '#/components/schemas/Absent2'}}}
    Unreached: {type: object, properties: {a: {$ref: '#/components/schemas/Absent'}}}
";

fn source() -> Source<'static> {
    Source {
        name: "things.yaml",
        text: SPEC,
    }
}

fn manifest(leave_out: &str) -> String {
    format!("[[client]]\nname = 'things'\nsource = 'things.yaml'\noperations = ['*']\n{leave_out}")
}

/// Generates with a manifest. Returns the operations that there are, or what is wrong.
fn by_manifest(leave_out: &str) -> Result<Vec<String>, String> {
    let text = manifest(leave_out);
    let manifest = Manifest::parse(&Source {
        name: "clients.toml",
        text: &text,
    })
    .unwrap();
    let generated = codegen::generate(&manifest.clients[0], &source());
    generated
        .map(|it| it.summary.operations)
        .map_err(|it| it.to_string())
}

#[test]
fn what_cannot_be_generated_is_left_out_with_every_reason() {
    let client = Client::new("things", "things.yaml", &["*"]);
    let generated = codegen::generate(&client, &source()).unwrap();
    assert_eq!(generated.summary.operations, ["list"]);
    let left_out = generated.summary.left_out.iter();
    let left_out = left_out.map(|it| (it.operation.as_str(), it.problems.len()));
    assert_eq!(left_out.collect::<Vec<_>>(), [("climb", 1), ("replace", 2)]);
    let root = generated
        .files
        .iter()
        .find(|it| it.path == "mod.rs")
        .unwrap();
    for text in [
        "* `climb`: ",
        "* `replace`: ",
        "#/components/schemas/Broken/properties/b",
    ] {
        assert!(root.text.contains(text), "{text} is not in {}", root.text);
    }
}

#[test]
fn optional_parameter_with_a_broken_schema_is_left_out_and_told() {
    let broken = "{$ref: '#/components/schemas/Broken'}";
    let read = |schema: &str, required: bool| {
        let parameter = format!("{{name: filter, in: query, required: {required}, {schema}}}");
        let text = format!("operationId: list\n      parameters: [{parameter}]");
        let text = SPEC.replace("operationId: list", &text);
        let client = Client::new("things", "things.yaml", &["list"]);
        let name = "things.yaml";
        codegen::generate(&client, &Source { name, text: &text })
    };
    for schema in [
        format!("schema: {{type: array, items: {broken}}}"),
        format!("schema: {{type: object, properties: {{thing: {broken}}}}}, style: deepObject"),
        format!("content: {{application/json: {{schema: {broken}}}}}"),
    ] {
        let generated = read(&schema, false).unwrap();
        assert_eq!(generated.summary.operations, ["list"], "{schema}");
        let notes = generated.summary.notes.iter();
        let notes = notes.filter(|it| it.what.ends_with("the parameter `filter` cannot be set"));
        let places: BTreeSet<_> = notes.map(|it| it.about.clone()).collect();
        let property = |name: &str| format!("#/components/schemas/Broken/properties/{name}");
        assert_eq!(places, BTreeSet::from(["a", "b"].map(property)), "{schema}");
        assert!(read(&schema, true).is_err(), "{schema}");
    }
}

#[test]
fn a_manifest_lists_every_operation_that_is_left_out() {
    let wrong = by_manifest("").unwrap_err();
    for text in ["Absent`", "Absent2`", "no path below"] {
        assert!(wrong.contains(text), "{text} is not in {wrong}");
    }
    let wrong = by_manifest("leave-out = ['climb']").unwrap_err();
    assert!(!wrong.contains("no path below"), "{wrong}");
    let left = by_manifest("leave-out = ['climb', 'replace']");
    assert_eq!(left.unwrap(), ["list"]);
    let stale = by_manifest("leave-out = ['climb', 'list', 'replace']");
    assert!(
        stale
            .unwrap_err()
            .contains("no selected operation `list` has to be left out")
    );
}

#[test]
fn a_selection_of_what_can_be_generated_leaves_nothing_out() {
    let client = Client::new("things", "things.yaml", &["list"]).strict();
    let generated = codegen::generate(&client, &source()).unwrap();
    assert!(generated.summary.left_out.is_empty());
}

#[test]
fn a_client_without_operations_is_refused() {
    let client = Client::new("things", "things.yaml", &["climb", "replace"]);
    let wrong = codegen::generate(&client, &source())
        .unwrap_err()
        .to_string();
    assert!(
        wrong.contains("no path below") && wrong.contains("Absent2`"),
        "{wrong}"
    );
}

#[test]
fn the_command_tells_what_is_left_out_or_fails_if_it_is_strict() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("things.yaml");
    fs::write(&spec, SPEC).unwrap();
    let out = folder.path().join("out");
    let (code, printed) = generate(&spec, &out, &["--strict"]);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert!(!out.exists());
    let (code, printed) = generate(&spec, &out, &["--json"]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed["operations"][0], "list");
    assert_eq!(printed["left_out"][0]["operation"], "climb");
    assert_eq!(
        printed["left_out"][1]["problems"][1]["place"],
        "#/components/schemas/Broken/properties/b"
    );
    let (code, printed) = generate(&spec, &out, &[]);
    assert_eq!(code, xtask::DONE, "{printed}");
    assert!(
        printed.contains("2 operations cannot be generated"),
        "{printed}"
    );
}

#[test]
fn slips_of_documents_are_read_and_noted() {
    let folder = workspace().join("tests/fixtures/corrected");
    let mut fixtures: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    fixtures.sort_by_key(fs::DirEntry::file_name);
    assert!(fixtures.len() > 10, "the fixtures were not found");
    let mut printed = String::new();
    for fixture in fixtures {
        let out = tempfile::tempdir().unwrap();
        let name = fixture.file_name().into_string().unwrap();
        let (code, message) = regenerate(&fixture.path().join("clients.toml"), out.path(), &[]);
        assert_eq!(code, xtask::DONE, "{name}: {message}");
        let notes: Vec<_> = message
            .lines()
            .filter(|line| line.contains(" #/"))
            .collect();
        assert!(!notes.is_empty(), "{name} is not noted: {message}");
        printed += &format!("{name}\n{}\n", notes.join("\n"));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("corrected", printed);
    });
}
