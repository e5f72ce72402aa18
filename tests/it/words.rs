//! One thing has one word: the one that the HTTP, OpenAPI, OAuth and Rust documentation uses.

use std::ffi::OsStr;
use std::fs;

use crate::support::{everything, workspace};

/// Words that have stood in this project, with the term that is used instead.
const WORDS: &[(&str, &str)] = &[
    ("anew", "again"),
    ("as_told", "the rate limit, as the server states it"),
    ("comes round", "reference cycle"),
    ("first_wait", "initial backoff"),
    ("heed", "apply, respect"),
    ("log in", "authenticate; of people, sign in"),
    ("logged in", "authenticated"),
    ("longest_wait", "maximum backoff"),
    ("mend", "correct"),
    ("patience", "retry policy"),
    ("patient", "retry policy"),
    ("remedy", "help"),
    ("strays", "redirected requests"),
    ("trouble", "error, warning"),
];

/// Words that are used nowhere but in the sources of the generator, with what is said instead.
const PUBLIC_WORDS: &[(&str, &str)] = &[
    ("a description", "a spec"),
    ("answer", "response, respond"),
    ("answered", "responded; of a user, accepted or declined"),
    ("answers", "responses, responds"),
    ("anybody", "any client, any user"),
    ("descriptions", "specs"),
    ("everybody", "every user, public"),
    ("log in as", "authenticate as"),
    ("mail", "email"),
    ("mailed", "sent"),
    ("mails", "emails; sends an email"),
    ("nobody", "no user, no client, nothing"),
    ("somebody", "a user, a client"),
    ("the description", "the spec"),
    ("unpack", "decompress"),
    ("unpacks", "decompresses"),
    ("whatever", "all, any, regardless of"),
    ("whoever", "the client, the user, the reader"),
];

/// Where the words are looked for.
const FOLDERS: &[&str] = &["codegen/src", "docs", "generated-client", "xtask/src"];

/// Pages that stand alone.
const PAGES: &[&str] = &[
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
];

/// Where public words are looked for.
const PUBLIC_FOLDERS: &[&str] = &[
    "docs",
    "generated-client/benches",
    "generated-client/docs",
    "generated-client/examples",
    "generated-client/fake",
    "generated-client/runtime",
    "generated-client/src/cloudidentity",
    "generated-client/src/confluent",
    "spec",
    "xtask/src",
];

/// Keys of the manifest and of neutral documents.
const KEYS: &[&str] = &[
    "`descriptions`",
    "`descriptions =",
    "x-codegen-enum-descriptions",
];

#[test]
fn sources_use_one_word_for_one_thing() {
    check(FOLDERS, PAGES, WORDS);
}

#[test]
fn public_texts_use_one_word_for_one_thing() {
    check(PUBLIC_FOLDERS, &[], PUBLIC_WORDS);
}

/// Checks that no source, page or spec below these folders has one of these words.
fn check(folders: &[&str], pages: &[&str], words: &[(&str, &str)]) {
    let (mut wrong, mut files) = (Vec::new(), 0);
    let folders = folders.iter().map(|folder| workspace().join(folder));
    let pages = pages.iter().map(|page| workspace().join(page));
    let pages = pages.map(|path| (path.clone(), fs::read(path).unwrap()));
    for (path, text) in folders.flat_map(|folder| everything(&folder)).chain(pages) {
        let extension = path.extension().and_then(OsStr::to_str);
        if !matches!(extension, Some("json" | "md" | "rs" | "yaml")) {
            continue;
        }
        files += 1;
        let mut text = String::from_utf8(text).unwrap().to_lowercase();
        for key in KEYS {
            text = text.replace(key, "");
        }
        for (number, line) in text.lines().enumerate() {
            let found = words.iter().filter(|(word, _)| has_word(line, word));
            wrong.extend(found.map(|(word, term)| {
                format!("{}:{}: `{word}`: {term}", path.display(), number + 1)
            }));
        }
    }
    assert!(files > 100, "{files} files were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a word stands in a line, and is no part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    line.match_indices(word).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + word.len()..]);
        ends(before.chars().next_back()) && ends(after.chars().next())
    })
}
