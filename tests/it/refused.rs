//! Every mistake that a maintainer can make: what the message says, and that nothing is written.

use std::fs;

use crate::support::{regenerate, workspace};

#[test]
fn refusals_equal_their_snapshots() {
    let folder = workspace().join("tests/fixtures/refused");
    let mut fixtures: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    fixtures.sort_by_key(fs::DirEntry::file_name);
    assert!(fixtures.len() > 40, "the fixtures were not found");
    let mut messages = String::new();
    for fixture in fixtures {
        let out = tempfile::tempdir().unwrap();
        let name = fixture.file_name().into_string().unwrap();
        let manifest = fixture.path().join("clients.toml");
        let (code, message) = regenerate(&manifest, out.path(), &[]);
        assert_eq!(code, xtask::FAILED, "{name} is not refused: {message}");
        assert_eq!(
            fs::read_dir(out.path()).unwrap().count(),
            0,
            "{name} leaves something behind"
        );
        assert!(
            message.contains("\n  help: "),
            "{name} does not say what to do: {message}"
        );
        messages.push_str(&format!("{name}\n{}\n", plain(&message)));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("refused", messages);
    });
}

/// The message without colours.
fn plain(message: &str) -> String {
    let mut plain = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}
