//! The generator on every Google Discovery document of a folder, beside plain progenitor: how long
//! each takes, and how many lines it makes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::Client;

use crate::measure::{lines, ours, plain, timed};

/// What both made, of those documents that both can take.
#[derive(Default)]
struct Totals {
    documents: usize,
    our_time: Duration,
    plain_time: Duration,
    our_lines: usize,
    plain_lines: usize,
}

/// Measures every document of a folder.
pub fn run(folder: &Path) {
    let (mut both, mut all) = (Totals::default(), Totals::default());
    let mut refused = Vec::new();
    for path in documents(folder) {
        let text = std::fs::read_to_string(&path).expect("the document is read");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let client = Client::new("client", &name, &["**"]);
        let (our_time, made) = timed(|| ours(&client, &text));
        let our_lines: usize = made.code.iter().map(|code| lines(code)).sum();
        all.documents += 1;
        all.our_time += our_time;
        all.our_lines += our_lines;
        let (plain_time, code) = timed(|| plain(&made.neutral));
        let Some(code) = code else {
            refused.push(name.into_owned());
            continue;
        };
        both.documents += 1;
        both.our_time += our_time;
        both.our_lines += our_lines;
        both.plain_time += plain_time;
        both.plain_lines += lines(&code);
    }
    report(&all, &both, &refused);
}

fn report(all: &Totals, both: &Totals, refused: &[String]) {
    println!(
        "\n{} documents          time      lines of code",
        both.documents
    );
    println!(
        "codegen             {:>10.2?} {:>10}",
        both.our_time, both.our_lines
    );
    println!(
        "progenitor          {:>10.2?} {:>10}",
        both.plain_time, both.plain_lines
    );
    let time = both.our_time.as_secs_f64() / both.plain_time.as_secs_f64();
    let lines = both.our_lines as f64 / both.plain_lines as f64;
    println!("ratio               {time:>10.2} {lines:>10.2}");
    println!(
        "codegen alone takes all {} in {:.2?}, {} lines",
        all.documents, all.our_time, all.our_lines
    );
    println!(
        "progenitor gives up on {}: {}",
        refused.len(),
        refused.join(", ")
    );
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is read");
    let paths = entries.map(|entry| entry.expect("the folder is read").path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    paths
}
