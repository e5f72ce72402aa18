//! Text of a document in comments: rustdoc shows it, and does nothing else with it.

mod rustdoc;

use codegen::{Client, OutputFile, Source};
use serde_json::{Value, json};

use rustdoc::{comments, harm};

use crate::support::read;

/// Texts that each try to be something else than a comment.
const HOSTILE: &[&str] = &[
    // Tildes around nothing.
    "~~![](x)~~\npanic!();",
    "~~[](x)~~ should_panic\npanic!();",
    "* ~![](x)~\n  panic!();",
    "> ~~![](x)~~ rust\n> panic!();",
    "```\n````\n```rust\npanic!()\n```\n",
    "~~~\n```\n~~~~\n\n~~~rust\npanic!()\n~~~\n",
    "    panic!()\n\n\tpanic!()",
    "* a\n\n      panic!()\n\n  ```\n  panic!()\n  ```",
    "> ```\n> panic!()\n\n>     panic!()",
    "999999999. a\n1. b\n\n                panic!()",
    "* * *\n      panic!()",
    "`a\n```rust\npanic!()\n```\n`",
    "```ignore,rust,should_panic\npanic!()\n```",
    "a\r```\rpanic!()\r```\r",
    "a\u{2028}```\u{2028}panic!()\u{2028}```",
    "a*/ panic!(); /*\n//! ```\n/// ```\n#[doc = \"```\"]\n#![doc = \"```\"]",
    "[a]: https://example.com/\n[`Client`] [Client] [a][Client] [a](Client) [b]: c",
    "| a | `b |\n|---|----|\n| <b> | ```\n| panic!() |",
    "[^1] [^1]:     panic!()\n\n[^1]: ```\n    panic!()",
    "<script>alert(1)</script> <!-- ``` --> <img src=x onerror=alert(1)> ![a](https://example.com/a.png)",
    "<div>\n\n```\npanic!()\n```\n\n</div>\n\n<pre>\n    panic!()",
    "&#96;&#96;&#96;&#10;panic!()&#10;&#x202e;&rlm;&lt;b&gt; http://a&#x202e;",
    "\u{202e}a\u{2066}b\u{200f}c\u{1b}[31md\u{7}e\u{85}f\u{feff}",
];

/// Pieces of Markdown, and of what it stands in.
const PIECES: &[&str] = &[
    "~~![](x)~~",
    "![](x)",
    "\n",
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "\r",
    "\u{2028}",
    "`",
    "``",
    "```",
    "````",
    "```rust\n",
    "~~~",
    "~~",
    "> ",
    "* ",
    "*",
    "**",
    "***",
    "_",
    "__",
    "- ",
    "---",
    "+ ",
    "1. ",
    "2) ",
    "999999999. ",
    "# ",
    "===",
    "|",
    "| a | b |\n",
    "|---|---|\n",
    ":-:",
    "[",
    "](",
    ")",
    "[a]",
    "[a](b)",
    "[a](https://x.com)",
    "![",
    "[a]: b\n",
    "[^a]",
    "[^a]: ",
    "[x] ",
    "<",
    "<b>",
    "<!--",
    "-->",
    "<?",
    "<https://x.com/a>",
    "<a@b.com>",
    "<pre>\n",
    "https://x.com/a_b*c",
    "http://-x",
    "&lt;",
    "&#x202e;",
    "&#10;",
    "&#32;",
    "&#96;",
    "&lrm;",
    "&",
    "#x202e;",
    "\\",
    "\\\n",
    "\\`",
    "\\<",
    "!",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{fdd0}",
    "a",
    "panic!()",
    "é",
    "*/",
    "/*",
    "///",
    "#[doc]",
    "{",
    "}",
    "^",
    ":",
];

/// A text by chance.
fn text(random: &mut fastrand::Rng) -> String {
    let pieces = 1..random.usize(2..30);
    pieces
        .map(|_| PIECES[random.usize(..PIECES.len())])
        .collect()
}

fn generate(name: &str, document: &Value) -> Option<Vec<OutputFile>> {
    let client = Client::new("client", name, &["**"]);
    let text = document.to_string();
    let generated = codegen::generate(&client, &Source { name, text: &text });
    generated.ok().map(|generated| generated.files)
}

/// Checks every line and every comment of every file. Returns how many comments there are.
fn check(files: &[OutputFile], of: &str) -> usize {
    let code = files.iter().filter(|file| file.path.ends_with(".rs"));
    for line in code.clone().flat_map(|file| file.text.lines()) {
        // The compiler refuses what changes the direction of text.
        assert_eq!(line, codegen::escape_control(line), "of {of:?}");
    }
    let comments: Vec<String> = code.flat_map(comments).collect();
    for comment in &comments {
        let harm = harm(comment, |name| {
            let own = ["super::types::", "super::Client", "super::resources::"];
            own.iter().any(|own| name.starts_with(own))
        });
        assert_eq!(harm, None, "of {of:?} rustdoc reads\n{comment}");
    }
    comments.len()
}

#[test]
fn descriptions_are_shown_as_plain_documentation() {
    let mut random = fastrand::Rng::with_seed(10);
    let chance = (0..2_000).map(|_| text(&mut random));
    let texts: Vec<String> = HOSTILE
        .iter()
        .map(|text| text.to_string())
        .chain(chance)
        .collect();
    let property = |(number, text): (usize, &String)| {
        let property = json!({ "type": "string", "description": text });
        (format!("p{number}"), property)
    };
    let properties: serde_json::Map<_, _> = texts.iter().enumerate().map(property).collect();
    let document = json!({
        "discoveryVersion": "v1", "name": "a", "version": "v1", "rootUrl": "https://a.example.com/",
        "schemas": { "A": { "id": "A", "type": "object", "properties": properties } },
        "methods": { "get": {
            "id": "a.get", "path": "v1/a", "httpMethod": "GET", "response": { "$ref": "A" },
        } },
    });
    let files = generate("a.json", &document).unwrap();
    assert!(check(&files, "texts by chance") > texts.len());
}

/// Puts a text into each place of a value that a text can stand in, one after the other: behind what is
/// there, so that what has to begin in one way still does.
fn each_place(value: &Value, put: &mut dyn FnMut(Value), more: &str) {
    match value {
        Value::String(text) => put(format!("{text}{more}").into()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let with = |changed: Value| {
                    let mut items = items.clone();
                    items[index] = changed;
                    put(items.into());
                };
                each_place(item, &mut { with }, more);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let mut renamed = members.clone();
                renamed.remove(key);
                renamed.insert(format!("{key}{more}"), member.clone());
                put(renamed.into());
                let with = |changed: Value| {
                    let mut members = members.clone();
                    members.insert(key.clone(), changed);
                    put(members.into());
                };
                each_place(member, &mut { with }, more);
            }
        }
        _ => {}
    }
}

/// Documents in which text stands in every place that the readers know.
fn documents() -> [Value; 2] {
    let of = |path: &str| serde_json::from_str(&read(path)).unwrap();
    [
        of("tests/fixtures/doc_comments/discovery.json"),
        of("tests/fixtures/doc_comments/openapi.json"),
    ]
}

#[test]
fn every_text_of_a_document_is_shown_as_plain_documentation() {
    let (mut taken, mut refused) = (0, 0);
    for document in documents() {
        let files = generate("a.json", &document).unwrap();
        assert!(check(&files, "the document") > 10);
        for more in [
            "\n```rust\npanic!()\n```\n",
            "`<b>` [`Client`] \u{202e}\u{1b}",
        ] {
            let mut put = |changed: Value| match generate("a.json", &changed) {
                Some(files) => {
                    check(&files, &changed.to_string());
                    taken += 1;
                }
                None => refused += 1,
            };
            each_place(&document, &mut put, more);
        }
    }
    assert!(taken > 150, "{taken} places were taken, {refused} refused");
}

#[test]
fn the_file_name_stays_in_the_generated_header() {
    for name in [
        "a\n```\nb.json",
        "a\rfn main() {}.json",
        "a\u{2028}\u{202e}\u{1b}[31m.json",
    ] {
        let files = generate(name, &documents()[0]).unwrap();
        check(&files, name);
        let head = files[0].text.lines().next().unwrap();
        assert!(
            !head.contains(rustdoc::changes_what_surrounds_it),
            "{head:?}"
        );
    }
}
