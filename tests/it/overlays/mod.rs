//! Overlays: corrections of a vendor's document, and sentences of one's own.

mod sentences;

use codegen::{Client, Source};

const SPEC: &str = r##"
openapi: 3.0.3
info: { title: Library, version: "1" }
servers: [{ url: "https://library.example" }]
paths:
  /books/{id}:
    get:
      operationId: books.get
      description: The vendor's sentence.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: draft, in: query, schema: { type: string } }
        - { name: filter, in: query, schema: { type: string } }
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } } }
components:
  schemas:
    Book:
      type: object
      properties:
        state: { type: string, enum: [SHELVED, LENT] }
        author: { $ref: "#/components/schemas/Author" }
    Author: { type: object, properties: { name: { type: string, description: The vendor's. } } }
"##;

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: Ours, version: '1' }}\nactions:\n{actions}")
}

fn generate(client: &Client) -> Result<String, String> {
    let (name, text) = ("library.yaml", SPEC);
    let generated =
        codegen::generate(client, &Source { name, text }).map_err(|wrong| wrong.to_string())?;
    Ok(generated.files.into_iter().map(|file| file.text).collect())
}

fn overlaid(actions: &str) -> Result<String, String> {
    let client = Client::new("library", "library.yaml", &["**"]);
    generate(&client.overlay("overlays/library.yaml", &overlay(actions)))
}

#[test]
fn actions_update_and_remove_what_their_targets_lead_to() {
    let code = overlaid(
        "
  - target: $..[?@.operationId=='books.get'].parameters[?@.name=='filter']
    update: { description: Which ones., required: true }
  - target: $.paths['/books/{id}'].get
    update: { description: Ours. }
  - target: $..[?@.operationId=='books.get'].parameters[?@.name=='draft']
    remove: true
  - target: $.components.schemas.Book.properties.state
    update: { x-codegen-enum-descriptions: { LENT: Nobody has it here. } }
  - target: $.components.schemas.Book.properties.author
    update: { description: Who wrote it. }
",
    )
    .unwrap();
    assert!(
        code.contains("pub fn get(&self, id: &str, filter: &str)"),
        "{code}"
    );
    for present in [
        "/// Ours.",
        "/// Nobody has it here.\n    Lent,",
        "/// Who wrote it.",
        "author: Option<Author>",
    ] {
        assert!(code.contains(present), "{present}: {code}");
    }
    assert!(
        !code.contains("draft") && !code.contains("The vendor's sentence"),
        "{code}"
    );
}

#[test]
fn an_action_that_cannot_be_applied_is_an_error_that_names_it() {
    for (actions, said) in [
        (
            "  - { target: \"$.components.schemas.Nothing\", remove: true }",
            "`$.components.schemas.Nothing` matches nothing",
        ),
        (
            "  - { target: \"$.info\", update: { title: A } }\n  - { target: \"$..[?@.operationId=='gone']\", remove: true }",
            "overlays/library.yaml:#/actions/1: `$..[?@.operationId=='gone']` matches nothing",
        ),
        (
            "  - { target: \"books.get\", remove: true }",
            "is not a JSONPath",
        ),
        ("  - { target: \"$.info\" }", "neither updates nor removes"),
        (
            "  - { target: \"$.info\", update: { title: A } }\n  - { target: \"$.paths\", update: { /all: 1 } }",
            "#/actions/1: what the action on `$.paths` makes of the document is not OpenAPI",
        ),
        (
            "  - { target: \"$\", remove: true }",
            "the whole document, which cannot be removed",
        ),
        (
            "  - { target: \"$.info\", updaet: { title: A } }",
            "has `updaet`, which means nothing",
        ),
        ("  - { update: {} }", "this is not an overlay"),
    ] {
        let wrong = overlaid(actions).unwrap_err();
        assert!(
            wrong.contains(said) && wrong.contains("help: "),
            "{said}: {wrong}"
        );
    }
    let client = Client::new("library", "library.yaml", &["**"]);
    for text in [
        "overlay: 2.0.0",
        "a: [",
        "[]",
        "overlay: 1.0.0\nactions: {}",
        "",
    ] {
        assert!(
            generate(&client.clone().overlay("ours.yaml", text)).is_err(),
            "{text}"
        );
    }
}

#[test]
fn every_action_that_cannot_be_applied_and_every_entry_that_matches_nothing_is_told_at_once() {
    let client = Client::new("library", "library.yaml", &["books.*", "shelves.*"]);
    let one = overlay("  - { target: \"$.components.schemas.Map\", remove: true }");
    let other = overlay("  - { target: \"$.components.schemas.Globe\", remove: true }");
    let client = client
        .overlay("one.yaml", &one)
        .overlay("other.yaml", &other);
    let wrong = generate(&client).unwrap_err();
    for said in [
        "one.yaml:#/actions/0",
        "other.yaml:#/actions/0",
        "`shelves.*` matches no",
    ] {
        assert!(wrong.contains(said), "{said}: {wrong}");
    }
}

#[test]
fn targets_have_the_functions_of_jsonpath() {
    let code = overlaid(
        "
  - target: $..parameters[?match(@.name, 'd.*') && length(@.name) == 5]
    remove: true
  - target: $..parameters[?search(@.name, 'ilt')]
    update: { required: true }
",
    )
    .unwrap();
    assert!(
        code.contains("filter: &str") && !code.contains("draft"),
        "{code}"
    );
}

#[test]
fn an_overlay_keeps_what_a_vendor_removed() {
    let code = overlaid(
        "
  - target: $.paths
    update:
      /shelves:
        get:
          operationId: shelves.list
          tags: [shelves]
          deprecated: true
          responses: { '204': { description: Done. } }
",
    )
    .unwrap();
    assert!(
        code.contains("#[deprecated]") && code.contains("ShelvesList"),
        "{code}"
    );
}
