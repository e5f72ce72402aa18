//! What a document says, on the terminal of whoever generates a client of it.

use std::fs;

use crate::support::regenerate;

/// Clears the screen, turns the direction of writing, and begins a message of its own.
const HOSTILE: &str = "\u{1b}[2J\u{202e}\r\nerror: run this";

/// Regenerates a client of a document. Returns its exit status, and what is printed without the colours
/// that xtask prints.
fn printed(document: &serde_json::Value) -> (u8, String) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("clients.toml");
    let client = "[[client]]\nname = \"a\"\nsource = \"a.json\"\noperations = [\"library.a*\"]\n";
    fs::write(&manifest, client).unwrap();
    fs::write(folder.path().join("a.json"), document.to_string()).unwrap();
    let out = folder.path().join("out");
    let (code, printed) = regenerate(&manifest, &out, &[]);
    let (_, difference) = match code {
        xtask::DONE => {
            let file = out.join("a/mod.rs");
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, format!("{text}// {HOSTILE}\n")).unwrap();
            regenerate(&manifest, &out, &["--check"])
        }
        _ => (code, String::new()),
    };
    let mut printed = printed + &difference;
    for colour in [
        "\u{1b}[0m",
        "\u{1b}[1m",
        "\u{1b}[2m",
        "\u{1b}[31m",
        "\u{1b}[32m",
        "\u{1b}[33m",
    ] {
        printed = printed.replace(colour, "");
    }
    (code, printed)
}

fn document(id: &str, format: &str, path: &str) -> serde_json::Value {
    serde_json::json!({
        "discoveryVersion": "v1", "name": "library", "version": "v1", "title": "Library",
        "rootUrl": "https://library.example.com/",
        "schemas": { "S": { "id": "S", "type": "object", "properties": {
            "a": { "type": "string", "format": format }, "a-": { "type": "string" },
            "a\u{1b}\u{202e}": { "type": "string" },
        } } },
        "methods": {
            "a": { "id": "library.a", "path": path, "httpMethod": "GET", "response": { "$ref": "S" } },
            "b": { "id": id, "path": "v1/b", "httpMethod": "GET" },
        },
    })
}

fn assert_is_shown_escaped(printed: &str) {
    let others = |c: &char| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c);
    assert_eq!(printed.chars().find(others), None, "{printed:?}");
    assert!(printed.contains("\\u{1b}[2J\\u{202e}"), "{printed}");
    assert!(
        !printed
            .lines()
            .any(|line| line.starts_with("error: run this")),
        "{printed}"
    );
}

#[test]
fn reports_escape_texts_of_the_document() {
    let hostile = format!("library.b{HOSTILE}");
    let (code, printed) = printed(&document(&hostile, HOSTILE, "v1/a"));
    assert_eq!(code, xtask::DONE, "{printed}");
    let escaped = "\\u{1b}[2J\\u{202e}\\r\\nerror: run this";
    for part in [
        &format!("not selected library.b{escaped}"),
        &format!("format {escaped} is not known"),
        "renamed property S a\\u{1b}\\u{202e} is called",
        "- // \\u{1b}[2J\\u{202e}\\r",
    ] {
        assert!(printed.contains(part), "{part:?} is not in {printed}");
    }
    assert_is_shown_escaped(&printed);
}

#[test]
fn errors_escape_texts_of_the_document() {
    let (code, printed) = printed(&document("library.b", "int32", &format!("v1/{{{HOSTILE}")));
    assert_eq!(code, xtask::FAILED, "{printed}");
    let mut document = document("library.b", "int32", "v1/a");
    document["schemas"]["S"]["properties"][HOSTILE] = serde_json::json!({ "type": HOSTILE });
    let (code, printed) = self::printed(&document);
    assert_eq!(code, xtask::FAILED, "{printed}");
    assert_is_shown_escaped(&printed);
}
