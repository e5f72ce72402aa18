//! How long it takes from the text of a description to formatted Rust: this generator beside plain
//! progenitor and prettyplease, which are given the same API as the neutral document that this
//! generator makes of it.
//!
//! Both run in turn, so that a machine that slows down slows both. What counts is the ratio of the
//! medians; there is no harness that prints it.

#![allow(clippy::expect_used)] // A benchmark that cannot run says so by panicking.

use std::hint::black_box;
use std::time::{Duration, Instant};

use codegen::{Client, Manifest, Source};
use syn::visit_mut::VisitMut;

const ROUNDS: usize = 40;

fn main() {
    // `cargo test --benches` runs it too, to see that it runs at all.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        ROUNDS
    } else {
        1
    };
    let manifest = include_str!("../../spec/clients.toml");
    let manifest = Manifest::parse(&Source {
        name: "clients.toml",
        text: manifest,
    });
    let client = manifest.expect("the manifest is read").clients.remove(0);
    let text = include_str!("../../spec/cloudidentity.v1.json");
    let neutral = ours(&client, text).0;
    let plain_lines = lines(&plain(&neutral));
    let our_lines: usize = ours(&client, text).1.iter().map(|code| lines(code)).sum();

    let (mut our_times, mut plain_times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        our_times.push(time(|| ours(&client, text)));
        plain_times.push(time(|| plain(&neutral)));
    }
    let (our_time, plain_time) = (median(our_times), median(plain_times));
    println!("userinvitations, {rounds} rounds     median      lines of code");
    println!("codegen                      {our_time:>10.2?} {our_lines:>10}");
    println!("progenitor + prettyplease    {plain_time:>10.2?} {plain_lines:>10}");
    let ratio = our_time.as_secs_f64() / plain_time.as_secs_f64();
    println!("ratio of the times           {ratio:>10.2}");
}

/// The neutral document, and the code of all files.
fn ours(client: &Client, text: &str) -> (String, Vec<String>) {
    let source = Source {
        name: "cloudidentity.v1.json",
        text,
    };
    let generated = codegen::generate(client, &source).expect("the client is generated");
    let (mut neutral, mut code) = (String::new(), Vec::new());
    for file in generated.files {
        if file.path == "openapi.json" {
            neutral = file.text;
        } else {
            code.push(file.text);
        }
    }
    (neutral, code)
}

fn plain(neutral: &str) -> String {
    let document = serde_json::from_str(neutral).expect("the neutral document is OpenAPI");
    let tokens = progenitor::Generator::default()
        .generate_tokens(&document)
        .expect("progenitor takes the neutral document");
    prettyplease::unparse(&syn::parse2(tokens).expect("progenitor prints Rust"))
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The lines of a file without its comments and blanks.
fn lines(code: &str) -> usize {
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
