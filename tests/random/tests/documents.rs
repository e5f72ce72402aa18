//! What became of the random documents. That what is generated of them compiles has been seen before
//! this runs.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use std::fs;
use std::path::PathBuf;

use random_documents::{CALLS, OUTCOMES};
use serde_json::Value;
use tests::recorder::{Recorder, ResponseTemplate};

/// What documents are made of, as JSON writes it: each occurs in one of them at least.
const KINDS: &[&str] = &[
    r#""type": "array""#,
    r#""type": "boolean""#,
    r#""type": "integer""#,
    r#""type": "number""#,
    r#""type": "object""#,
    r#""type": "string""#,
    r#""$ref""#,
    r#""additionalProperties": false"#,
    r#""additionalProperties": true"#,
    r#""additionalProperties": {"#,
    r#""a kind""#,
    r#""a value""#,
    r#""anyOf""#,
    r#""application/octet-stream""#,
    r#""application/x-www-form-urlencoded""#,
    r#""deepObject""#,
    r#""explode": false"#,
    r#""format": "binary""#,
    r#""image/*""#,
    r#""label""#,
    r#""matrix""#,
    r#""multipart/form-data""#,
    r#""oneOf""#,
    r#""pipeDelimited""#,
    r#""text/csv""#,
    r#""text/plain""#,
    r#""allOf""#,
    r#""application/json; charset=utf-8""#,
    r#""application/merge-patch+json""#,
    r#""default": {"#,
    r#""delete""#,
    r#""deprecated": true"#,
    r#""enum""#,
    r#""format": "byte""#,
    r#""format": "int64""#,
    r#""format": "resource-name:Foo""#,
    r#""headers""#,
    r#""in": "header""#,
    r#""in": "path""#,
    r#""in": "query""#,
    r#""items": {}"#,
    r#""nextPageToken""#,
    r#""nullable": true"#,
    r#""patch""#,
    r#""properties": {}"#,
    r#""readOnly": true"#,
    r#""requestBody""#,
    r#""required": ["#,
    r#""schema": {}"#,
    r#""security""#,
];

fn refusals() -> impl Iterator<Item = &'static (u64, &'static str)> {
    OUTCOMES.iter().filter(|(_, refusal)| !refusal.is_empty())
}

#[test]
fn nine_documents_of_ten_are_accepted() {
    let (all, refused) = (OUTCOMES.len(), refusals().count());
    assert!(all >= 100, "there are {all} documents");
    assert!(refused * 10 <= all, "{refused} of {all} are refused");
}

#[test]
fn refusals_say_where_what_and_what_to_do() {
    for (number, refusal) in refusals() {
        assert!(
            refusal.starts_with("document.json:#/") && refusal.contains("\n  help: "),
            "document {number}: {refusal}"
        );
    }
}

#[test]
fn the_documents_have_every_kind_of_schema() {
    let folder = PathBuf::from(env!("OUT_DIR")).join("documents");
    let texts = OUTCOMES.iter().map(|(number, _)| {
        let path = folder.join(format!("d{number}/document.json"));
        fs::read_to_string(path).unwrap()
    });
    let all = texts.collect::<String>();
    let missing: Vec<_> = KINDS.iter().filter(|kind| !all.contains(**kind)).collect();
    assert!(missing.is_empty(), "no document has {missing:?}");
}

#[tokio::test]
async fn request_bodies_conform_to_their_document() {
    assert!(CALLS.len() >= 40, "there are {} calls", CALLS.len());
    let recorder = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let base: &'static str = recorder.base_url().to_owned().leak();
    let mut wrong = Vec::new();
    for call in CALLS {
        // Responses are of another form than the one that is returned to all.
        let outcome = (call.call)(base).await;
        let received = recorder.take();
        let bodies: Vec<Value> = received
            .iter()
            .map(|request| serde_json::from_str(&request.body).unwrap_or_default())
            .collect();
        let expected: Value = serde_json::from_str(call.body).unwrap();
        if bodies != [expected] {
            let (document, operation) = (call.document, call.operation);
            wrong.push(format!(
                "document {document}, {operation:?}: {outcome:?}\n sent {bodies:?}\n not  {}",
                call.body
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
