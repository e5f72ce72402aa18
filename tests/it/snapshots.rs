//! What the generator makes of each accepted fixture, to be read by whoever changes it.

use crate::support::{generate_from, manifest, read};

#[test]
fn generated_code_equals_its_snapshot() {
    let folder = "tests/fixtures/accepted";
    for client in manifest(folder).clients {
        let text = read(&format!("{folder}/{}", client.source));
        let files = generate_from(folder, &client.name, &text).files;
        let pages: Vec<String> = files
            .iter()
            .map(|file| format!("===== {} =====\n{}", file.path, file.text))
            .collect();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(client.name.as_str(), pages.join("\n"));
        });
    }
}
