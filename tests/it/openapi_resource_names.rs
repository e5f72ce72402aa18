//! Resource names in a document that has one placeholder for each, and standard parameters that every path repeats.

use generated_client::runtime::CredentialKind;
use tests::fixtures::openapi_resource_names::{
    Client, names, requests, requests::StandardParameters as _,
};
use tests::recorder::{Recorder, ResponseTemplate};

#[tokio::test]
async fn the_slashes_of_resource_names_are_kept() {
    let recorder = Recorder::start([ResponseTemplate::ok("")]).await.unwrap();
    let builder = Client::builder().base_url(recorder.base_url()).token("t");
    let client = builder.build().unwrap();
    let book = names::BookName::new("s 1", "b").unwrap();
    let lend = client.shelves().books().lend(&book).fields("a");
    lend.send().await.unwrap();
    let shelf = names::ShelfName::new("s").unwrap();
    client.shelves().books().list(&shelf).send().await.unwrap();
    let received = recorder.take();
    let targets: Vec<_> = received.iter().map(|it| it.target.as_str()).collect();
    let expected = [
        "/v1/shelves/s%201/books/b:lend?fields=a",
        "/v1/shelves/s/books",
    ];
    assert_eq!(targets, expected);
}

#[test]
fn two_schemes_of_one_token_are_one_credential() {
    let lend = requests::ShelvesBooksLend::OPERATION;
    assert_eq!(lend.needed_credentials(), [CredentialKind::Bearer]);
    assert_eq!(lend.allowed_scopes(), ["https://library.example.com/lend"]);
}

#[test]
fn arguments_that_the_document_does_not_have_are_refused() {
    let folder = "tests/fixtures/accepted";
    let text = crate::support::read(&format!("{folder}/openapi_resource_names.yaml"));
    let renamed = text
        .replace("{name}:lend", "{book}:lend")
        .replace("name: name,", "name: book,");
    let manifest = crate::support::manifest(folder);
    let client = manifest
        .clients
        .iter()
        .find(|it| it.name == "openapi_resource_names")
        .unwrap();
    let source = codegen::Source {
        name: "spec.yaml",
        text: &renamed,
    };
    let wrong = codegen::generate(client, &source).unwrap_err().to_string();
    assert!(
        wrong.contains("`name` is no placeholder of the path `/v1/{book}:lend`"),
        "{wrong}"
    );
}

#[test]
fn forms_that_give_two_operations_one_path_are_refused() {
    let spec = "openapi: 3.0.3
info: {title: Library, version: v1}
servers: [{url: 'https://library.example.com'}]
paths:
  /v1/{name}: {get: {operationId: whole, responses: {'204': {description: It.}}}}
  '/v1/shelves/{shelf}': {get: {operationId: parts, responses: {'204': {description: It.}}}}
";
    let entries = "[[client]]
name = 'library'
source = 'library.yaml'
operations = ['*']
[client.arguments.whole]
name = 'shelves/{shelf}'
";
    let source = |name, text| codegen::Source { name, text };
    let manifest = codegen::Manifest::parse(&source("clients.toml", entries)).unwrap();
    let spec = source("library.yaml", spec);
    let wrong = codegen::generate(&manifest.clients[0], &spec).unwrap_err();
    let wrong = wrong.to_string();
    assert!(
        wrong.contains("another operation has the same path"),
        "{wrong}"
    );
}
