//! Sentences of one's own, and those of a vendor.

use std::fs;

use codegen::{Files, Generated, Manifest, Sentences, Source};
use serde_json::json;

use super::{SPEC, generate, overlay};
use crate::spec_changes::command;
use crate::support::{manifest, read, workspace};

#[test]
fn with_own_descriptions_no_sentence_of_the_vendor_is_left() {
    let text = "[[client]]\nname = \"library\"\nsource = \"library.yaml\"\noperations = [\"**\"]\n\
        descriptions = \"own\"\n";
    let own = Manifest::parse(&Source {
        name: "clients.toml",
        text,
    })
    .unwrap()
    .clients
    .remove(0);
    let code = generate(&own).unwrap();
    assert!(!code.contains("The vendor's"), "{code}");
    let words = overlay(
        "  - { target: \"$.components.schemas.Author.properties.name\", update: { description: Ours. } }",
    );
    let code = generate(&own.overlay("ours.yaml", &words)).unwrap();
    assert!(code.contains("/// Ours."), "{code}");
}

#[test]
fn the_sentences_of_a_document_are_an_overlay_that_puts_them_there() {
    for client in manifest("spec").clients {
        let text = read(&format!("spec/{}", client.source));
        let source = Source {
            name: &client.source,
            text: &text,
        };
        let overlays = client
            .overlays
            .iter()
            .map(|name| (name, read(&format!("spec/{name}"))));
        let overlaid = overlays.fold(client.clone(), |client, (name, text)| {
            client.overlay(name, &text)
        });
        let expected = codegen::generate(&overlaid, &source).unwrap();
        let document = codegen::neutral(
            &overlaid.clone().of_everything(),
            &source,
            &Files::default(),
        )
        .unwrap();
        let words = codegen::sentences(&document, Sentences::All).unwrap();
        let mut own = client.clone();
        own.own_words = true;
        let own = codegen::generate(&own.overlay("words.yaml", &words), &source).unwrap();
        let code = |generated: Generated| {
            let files = generated
                .files
                .into_iter()
                .filter(|file| file.path.ends_with(".rs"));
            files.map(|file| file.text).collect::<String>()
        };
        assert_eq!(code(expected), code(own), "{}", client.name);
    }
}

#[test]
fn the_neutral_document_and_what_lacks_a_sentence_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("library.yaml");
    fs::write(&spec, SPEC).unwrap();
    let spec = spec.display().to_string();
    let (code, printed) = command::run(&["neutral", &spec]);
    assert_eq!(code, xtask::DONE, "{printed}");
    let document: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        document["paths"]["/books/{id}"]["get"]["operationId"],
        "books.get"
    );
    let (code, missing) = command::run(&["neutral", &spec, "--words", "missing"]);
    assert_eq!(code, xtask::DONE, "{missing}");
    let missing: serde_json::Value = serde_saphyr::from_str(&missing).unwrap();
    let actions = missing["actions"].as_array().unwrap();
    let state = actions
        .iter()
        .find(|it| it["target"].as_str().unwrap().ends_with("['state']"))
        .unwrap();
    assert_eq!(
        state["update"]["x-codegen-enum-descriptions"],
        json!({ "SHELVED": "", "LENT": "" })
    );
    assert!(
        actions
            .iter()
            .all(|it| !it["target"].as_str().unwrap().ends_with("=='books.get']"))
    );
    assert!(workspace().join("spec").exists());
}

#[test]
fn the_sentences_of_a_published_document_change_nothing_of_a_client_with_its_own() {
    let text = read("spec/cloudidentity.v1.json");
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let methods = "/resources/customers/resources/userinvitations/methods";
    let mut count = 0;
    for method in document
        .pointer_mut(methods)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        method["description"] = "The vendor's sentence.".into();
        count += 1;
    }
    for schema in document["schemas"].as_object_mut().unwrap().values_mut() {
        schema["description"] = "The vendor's sentence.".into();
        for property in schema["properties"].as_object_mut().into_iter().flatten() {
            property.1["description"] = "The vendor's sentence.".into();
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
    let client = manifest("spec").clients.remove(0);
    let words = read(&format!("spec/{}", client.overlays[0]));
    let client = client.overlay("overlays/cloudidentity.yaml", &words);
    let text = document.to_string();
    let source = Source {
        name: "spec/cloudidentity.v1.json",
        text: &text,
    };
    let generated = codegen::generate(&client, &source).unwrap();
    for file in generated.files {
        let checked_in = read(&format!(
            "generated-client/src/generated/cloudidentity/{}",
            file.path
        ));
        assert_eq!(file.text, checked_in, "{}", file.path);
    }
}
