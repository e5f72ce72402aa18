//! References to files beside a document.

use std::fs;
use std::path::Path;

use codegen::{Client, Files, Source};

use crate::support::generate;

/// A document, with `schema` as that of its only response.
fn document(schema: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://x.example'}}]\n\
         paths:\n  /s:\n    get:\n      operationId: get\n      responses:\n        '200':\n          \
         description: Done.\n          content: {{application/json: {{schema: {schema}}}}}\n{more}"
    )
}

/// What is generated from a document and the files beside it; what is wrong instead.
fn generated(document: &str, files: &[(&str, &str)]) -> Result<String, String> {
    let client = Client::new("client", "a.yaml", &["**"]);
    let source = Source {
        name: "spec/a.yaml",
        text: document,
    };
    let mut beside = Files::default();
    files
        .iter()
        .for_each(|(path, text)| beside.insert(*path, *text));
    match codegen::generate_with_files(&client, &source, &beside) {
        Ok(generated) => Ok(format!("{:#?}", generated.files)),
        Err(problems) => Err(problems.to_string()),
    }
}

const PET: &str = "{type: object, properties: {name: {type: string}, owner: {$ref: '#/components/schemas/Owner'}}}";
const OWNER: &str = "{type: object, properties: {name: {type: string}}}";

#[test]
fn files_beside_a_document_are_a_part_of_it() {
    let components = format!("components: {{schemas: {{Pet: {PET}, Owner: {OWNER}}}}}\n");
    let expected = generated(
        &document("{$ref: '#/components/schemas/Pet'}", &components),
        &[],
    )
    .unwrap();
    let pet = |owner: &str| PET.replace("#/components/schemas/Owner", owner);
    let definitions = |pet: &str| format!("definitions: {{Pet: {pet}, Owner: {OWNER}}}");
    let json = serde_json::to_string(&serde_saphyr::from_str::<serde_json::Value>(OWNER).unwrap())
        .unwrap();
    let alias =
        "components: {schemas: {Pet: {$ref: schemas/animal.yaml}, Owner: {$ref: ./owner.json}}}\n";
    let index = "components: {schemas: {$ref: schemas/index.yaml}}\n";
    let rows: Vec<(String, Vec<(&str, String)>)> = vec![
        // One file of several schemas, which refer to each other within it.
        (
            document("{$ref: 'all.yaml#/definitions/Pet'}", ""),
            vec![("all.yaml", definitions(&pet("#/definitions/Owner")))],
        ),
        // A file for each schema, in a folder; the paths begin in the folder of the file that has them.
        (
            document("{$ref: ./schemas/Pet.yaml}", ""),
            vec![
                ("schemas/Pet.yaml", pet("../Owner.json")),
                ("Owner.json", json.clone()),
            ],
        ),
        // A component that is nothing but a reference gives its name.
        (
            document("{$ref: '#/components/schemas/Pet'}", alias),
            vec![
                ("schemas/animal.yaml", pet("../owner.json")),
                ("owner.json", json.clone()),
            ],
        ),
        // All schemas are in another file, and lead back to the document.
        (
            document("{$ref: '#/components/schemas/Pet'}", index),
            vec![(
                "schemas/index.yaml",
                format!(
                    "Pet: {}\nOwner: {OWNER}\n",
                    pet("../a.yaml#/components/schemas/Owner")
                ),
            )],
        ),
    ];
    for (document, files) in rows {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        assert_eq!(
            generated(&document, &files).as_ref(),
            Ok(&expected),
            "{document}\n{files:#?}"
        );
    }
}

#[test]
fn whole_operations_can_be_in_files() {
    let expected = document("{type: string}", "");
    let item = expected.split("  /s:\n").nth(1).unwrap();
    let (head, _) = expected.split_once("paths:\n").unwrap();
    let document = format!("{head}paths: {{$ref: paths/index.yaml}}\n");
    let index = "/s: {$ref: s.yaml}\n";
    let expected = generated(&expected, &[]);
    let found = generated(
        &document,
        &[("paths/index.yaml", index), ("paths/s.yaml", item)],
    );
    assert!(expected.is_ok());
    assert_eq!(found, expected);
}

#[test]
fn references_to_files_that_are_not_there_are_problems() {
    let place = "#/paths/~1s/get/responses/200/content/application~1json/schema/$ref";
    let rows = [
        ("b.yaml", "is in a file that is not there"),
        ("b.yaml#/Pet", "is in a file that is not there"),
        ("../b.yaml", "is outside of the folder of the document"),
        ("/b.yaml", "is outside of the folder of the document"),
        ("x/../../b.yaml", "is outside of the folder of the document"),
        (
            "https://x.example/b.yaml",
            "is on the web, from where nothing is read",
        ),
        ("c.yaml#/Pet", "is not in that file"),
        (
            "#/components/schemas/B/properties/c",
            "is not in the document",
        ),
    ];
    for (reference, what) in rows {
        let document = document(&format!("{{$ref: '{reference}'}}"), "");
        let problem = generated(&document, &[("c.yaml", "{}")]).unwrap_err();
        let expected = format!("spec/a.yaml:{place}: `{reference}` {what}\n  help: ");
        assert!(problem.starts_with(&expected), "{problem}");
    }
}

#[test]
fn problems_name_the_file() {
    let document = document("{$ref: 'schemas/all.yaml#/Pet'}", "");
    let wrong = "Pet: {type: array, items: {$ref: '#/Owner'}}\n";
    let problem = generated(&document, &[("schemas/all.yaml", wrong)]).unwrap_err();
    let expected =
        "spec/schemas/all.yaml:#/Pet/items/$ref: `schemas/all.yaml#/Owner` is not in that file";
    assert!(problem.starts_with(expected), "{problem}");
    let problem = generated(&document, &[("schemas/all.yaml", "Pet: {\n")]).unwrap_err();
    assert!(
        problem.starts_with("spec/schemas/all.yaml:1:6: this YAML cannot be read"),
        "{problem}"
    );
}

/// Writes a document and files beside it into a folder; returns what the task prints.
fn run(folder: &Path, schema: &str) -> (u8, String) {
    let spec = folder.join("spec/a.yaml");
    fs::write(&spec, document(schema, "")).unwrap();
    generate(&spec, &folder.join("out"), &["--name", "client"])
}

#[test]
fn the_task_reads_files_inside_of_the_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("spec/schemas")).unwrap();
    fs::write(folder.join("outside.yaml"), OWNER).unwrap();
    fs::write(folder.join("spec/schemas/Owner.yaml"), OWNER).unwrap();
    fs::write(
        folder.join("spec/schemas/Pets.yaml"),
        "{type: array, items: {$ref: Owner.yaml}}",
    )
    .unwrap();
    let (code, printed) = run(folder, "{$ref: schemas/Pets.yaml}");
    assert_eq!(code, 0, "{printed}");
    let types = fs::read_to_string(folder.join("out/src/types.rs")).unwrap();
    assert!(types.contains("pub struct Owner"), "{types}");
    let (code, printed) = run(folder, "{$ref: ../outside.yaml}");
    assert!(
        code != 0 && printed.contains("is outside of the folder"),
        "{printed}"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("outside.yaml"), folder.join("spec/link.yaml"))
            .unwrap();
        std::os::unix::fs::symlink(folder.join("spec/schemas"), folder.join("spec/within"))
            .unwrap();
        let (code, printed) = run(folder, "{$ref: link.yaml}");
        assert!(
            code != 0 && printed.contains("is in a file that is not there"),
            "{printed}"
        );
        let (code, printed) = run(folder, "{$ref: within/Owner.yaml}");
        assert_eq!(code, 0, "{printed}");
    }
    // A folder is no file.
    fs::create_dir(folder.join("spec/folder.yaml")).unwrap();
    let (code, printed) = run(folder, "{$ref: folder.yaml}");
    assert!(
        code != 0 && printed.contains("is in a file that is not there"),
        "{printed}"
    );
}
