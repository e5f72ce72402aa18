//! One thing has one word: the one that the HTTP, OpenAPI, OAuth and Rust documentation uses.

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

/// Where the words are looked for.
const FOLDERS: &[&str] = &["codegen/src", "generated-client", "xtask/src"];

#[test]
fn sources_use_one_word_for_one_thing() {
    let (mut wrong, mut files) = (Vec::new(), 0);
    for folder in FOLDERS {
        for (path, text) in everything(&workspace().join(folder)) {
            if !path.extension().is_some_and(|it| it == "rs" || it == "md") {
                continue;
            }
            files += 1;
            let text = String::from_utf8(text).unwrap().to_lowercase();
            for (number, line) in text.lines().enumerate() {
                let found = WORDS.iter().filter(|(word, _)| has_word(line, word));
                wrong.extend(found.map(|(word, term)| {
                    format!("{}:{}: `{word}`: {term}", path.display(), number + 1)
                }));
            }
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
