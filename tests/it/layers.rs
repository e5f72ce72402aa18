//! What the modules of the runtime may import.

use std::fs;

use crate::support::workspace;

#[test]
fn errors_import_nothing_that_stands_above_them() {
    let below = [
        "crate::google",
        "crate::headers",
        "crate::text",
        "crate::value",
    ];
    let source = workspace().join("generated-client/runtime/src");
    let mut imports = 0;
    for folder in ["error", "google"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            for (line, _) in code.match_indices("crate::") {
                let found = &code[line..];
                imports += 1;
                let known = below.iter().any(|it| found.starts_with(it));
                assert!(known, "{}: {:.40}", path.display(), found);
            }
            // In the folder itself `super` is the folder, in its root the runtime.
            let is_root = path.ends_with("mod.rs");
            assert!(!is_root || !code.contains("super::"), "{}", path.display());
        }
    }
    assert!(imports > 5, "{imports} imports");
}
