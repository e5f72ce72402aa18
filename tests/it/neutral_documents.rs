//! The neutral document is an OpenAPI document: the client that is generated from it is the same.

use codegen::{Client, OutputFile, Source};

use crate::support::{generate_from, manifest, read};

#[test]
fn client_of_a_neutral_document_equals_the_client_it_was_written_with() {
    let mut unequal = Vec::new();
    for folder in ["spec", "tests/fixtures/accepted"] {
        for client in manifest(folder).clients {
            let text = read(&format!("{folder}/{}", client.source));
            let files = generate_from(folder, &client.name, &text).files;
            let again = again(&files);
            for (one, other) in files.iter().zip(&again) {
                if one.path != "openapi.json" && body(one) != body(other) {
                    unequal.push(format!("{} {}", client.name, one.path));
                }
            }
            assert_eq!(files.len(), again.len(), "{}", client.name);
        }
    }
    assert!(unequal.is_empty(), "{unequal:#?}");
}

/// The files that are generated from the neutral document among others.
fn again(files: &[OutputFile]) -> Vec<OutputFile> {
    let document = files.iter().find(|file| file.path == "openapi.json");
    let source = Source {
        name: "openapi.json",
        text: &document.expect("a neutral document").text,
    };
    let client = Client::new("again", source.name, &["**"]);
    let generated = codegen::generate(&client, &source);
    generated
        .unwrap_or_else(|problem| panic!("{problem}"))
        .files
}

/// The text of a file without its first line, which names the document.
fn body(file: &OutputFile) -> &str {
    file.text.split_once('\n').map_or("", |(_, body)| body)
}
