//! YAML that is written in a way that many parsers read.

use codegen::{Client, Source};

/// A document with two descriptions, the lines of which are written as YAML has it.
fn document(first: &str, second: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://x.example'}}]\n\
         paths:\n  /s:\n    get:\n      operationId: get\n      description: {first}\n      \
         responses: {{'200': {{description: Done.}}}}\n  /t:\n    get:\n      operationId: other\n      \
         description: {second}\n      responses: {{'200': {{description: Done.}}}}\n"
    )
}

fn generated(text: &str) -> Result<String, String> {
    let client = Client::new("client", "a.yaml", &["**"]);
    let source = Source {
        name: "a.yaml",
        text,
    };
    match codegen::generate(&client, &source) {
        Ok(generated) => Ok(format!("{:#?}", generated.files)),
        Err(problems) => Err(problems.to_string()),
    }
}

#[test]
fn lines_of_quoted_text_may_begin_anywhere() {
    let rows = [
        ("\"One\ntwo: \\\" 'three'\"", "\"One two: \\\" 'three'\""),
        (
            "'One\n  - it''s two\n\n  three'",
            "\"One - it's two\\nthree\"",
        ),
        ("\"One\\\n two\"", "\"Onetwo\""),
        ("'One\n#two'", "'One #two'"),
    ];
    for (broken, whole) in rows {
        let expected = generated(&document(whole, "Other."));
        assert!(expected.is_ok(), "{whole}: {expected:?}");
        assert_eq!(generated(&document(broken, "Other.")), expected, "{broken}");
        let expected = generated(&document(whole, whole));
        assert_eq!(generated(&document(broken, broken)), expected, "{broken}");
    }
}

#[test]
fn quoted_text_without_an_end_is_a_problem() {
    let problem = generated(&document("\"One\ntwo", "\"One\ntwo")).unwrap_err();
    assert!(problem.starts_with("a.yaml:"), "{problem}");
    assert!(problem.contains("this YAML cannot be read"), "{problem}");
}

#[test]
fn plain_words_are_text() {
    for word in [
        "yes",
        "No",
        "on",
        "2020-01-01",
        "12:30:45",
        "1.2.3",
        "*/*x",
        "-.inf",
    ] {
        let word = match word.starts_with('*') {
            true => format!("'{word}'"),
            false => word.to_owned(),
        };
        let quoted = format!("'{}'", word.trim_matches('\''));
        let plain = generated(&document(&word, "Other."));
        assert_eq!(plain, generated(&document(&quoted, "Other.")), "{word}");
    }
}
