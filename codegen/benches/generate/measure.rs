//! What is measured: this generator, and plain progenitor and prettyplease on the same API.

use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use codegen::{Client, Source};
use syn::visit_mut::VisitMut;

/// What was made of a description: the neutral document, and the code.
pub struct Made {
    pub neutral: String,
    pub code: Vec<String>,
}

/// Runs this generator.
pub fn ours(client: &Client, text: &str) -> Made {
    let source = Source {
        name: &client.source,
        text,
    };
    let generated = codegen::generate(client, &source).expect("the client is generated");
    let mut made = Made {
        neutral: String::new(),
        code: Vec::new(),
    };
    for file in generated.files {
        if file.path == "openapi.json" {
            made.neutral = file.text;
        } else {
            made.code.push(file.text);
        }
    }
    made
}

/// Runs progenitor on a neutral document; nothing where it gives up.
pub fn plain(neutral: &str) -> Option<String> {
    let document = serde_json::from_str(neutral).expect("the neutral document is OpenAPI");
    let tokens = panic::catch_unwind(AssertUnwindSafe(|| {
        progenitor::Generator::default().generate_tokens(&document)
    }));
    let file = syn::parse2(tokens.ok()?.ok()?).ok()?;
    Some(prettyplease::unparse(&file))
}

/// How long something takes, and what comes of it.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = black_box(work());
    (start.elapsed(), made)
}

/// The lines of a file without its comments and blanks.
pub fn lines(code: &str) -> usize {
    let mut file = syn::parse_file(code).expect("what is printed is Rust");
    WithoutComments.visit_file_mut(&mut file);
    let code = prettyplease::unparse(&file);
    code.lines().filter(|line| !line.trim().is_empty()).count()
}

struct WithoutComments;

impl VisitMut for WithoutComments {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}
