//! `cargo xtask fake`, as it is run.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};

use serde_json::Value;

fn arguments(arguments: &[&str]) -> Vec<OsString> {
    ["xtask", "fake"]
        .iter()
        .chain(arguments)
        .map(Into::into)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_line_is_the_base_url_and_the_key_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.json");
    std::fs::write(&path, "an older file, which others may read").unwrap();
    let (reader, mut writer) = std::io::pipe().unwrap();
    let key_file = path.to_str().unwrap().to_owned();
    // It serves until the process ends, and the process is this test's.
    std::thread::spawn(move || {
        let rules = ["--fault", "list:unavailable@2", "--seed", "7"];
        let given =
            arguments(&[&["--invitations", "3", "--key-file", &key_file], &rules[..]].concat());
        xtask::run(given, &mut writer, &mut std::io::sink());
    });
    let mut line = String::new();
    BufReader::new(reader).read_line(&mut line).unwrap();
    let base = line.trim_end();
    assert!(base.starts_with("http://127.0.0.1:"), "{line}");
    let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(file["token_uri"], format!("{base}/token"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    for expected in [401, 503, 401] {
        let url = format!("{base}{}", super::LIST);
        assert_eq!(
            super::http().get(url).send().await.unwrap().status(),
            expected
        );
    }
}

#[test]
fn invalid_options_are_refused_at_once() {
    let cases: [(&[&str], u8, &str); 5] = [
        (&["--addr", "0.0.0.0:0"], xtask::FAILED, "loopback"),
        (
            &["--key-file", "/nowhere/at/all/key.json"],
            xtask::FAILED,
            "error",
        ),
        (&["--addr", "nowhere"], xtask::USAGE, "--addr"),
        (&["--fault", "flood"], xtask::USAGE, "compressed-bomb"),
        (&["--invitations=-1"], xtask::USAGE, "--invitations"),
    ];
    for (given, code, word) in cases {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(
            xtask::run(arguments(given), &mut out, &mut err),
            code,
            "{given:?}"
        );
        let err = String::from_utf8(err).unwrap();
        assert!(err.contains(word), "{given:?}: {err}");
        assert!(out.is_empty(), "{given:?}");
    }
}
