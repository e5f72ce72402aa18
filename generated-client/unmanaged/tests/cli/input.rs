//! Files of addresses: nothing is lost, nothing is guessed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use unmanaged::input::{address, read};

#[test]
fn files_of_addresses_are_read_as_people_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/input");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it != "md"))
        .collect();
    paths.sort();
    assert!(paths.len() > 20);
    let mut text = String::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let _ = writeln!(text, "{name}");
        match read(&fs::read(&path).unwrap(), None) {
            Err(unclear) => {
                let _ = writeln!(text, "  {unclear}");
            }
            Ok(input) => {
                for found in &input.addresses {
                    let _ = writeln!(text, "  {}: {}", found.line, found.address);
                }
                for malformed in &input.malformed {
                    let _ = writeln!(text, "  {}! {}", malformed.line, malformed.why);
                }
                for line in &input.duplicates {
                    let _ = writeln!(text, "  {line}= twice");
                }
            }
        }
    }
    assert_snapshot!(text);
}

#[test]
fn a_column_is_chosen_by_title_or_number() {
    let text = b"Work,Home\nada@example.com,ada@elsewhere.example\n";
    let addresses = |column: &str| {
        let input = read(text, Some(column)).unwrap();
        let all: Vec<_> = input.addresses.into_iter().map(|it| it.address).collect();
        (all, input.malformed.len())
    };
    assert_eq!(addresses("work").0, ["ada@example.com"]);
    assert_eq!(addresses("HOME").0, ["ada@elsewhere.example"]);
    // A number does not say that there is a header: its line is reported.
    assert_eq!(
        addresses("2"),
        (vec!["ada@elsewhere.example".to_owned()], 1)
    );
    for missing in ["3", "0", "Mail", "", "-1"] {
        let unclear = read(text, Some(missing)).unwrap_err();
        assert!(
            unclear.to_string().starts_with("no such column"),
            "{missing}"
        );
    }
}

/// Bytes that are no file of addresses are read without a panic, and every line is counted once.
#[test]
fn any_bytes_are_read() {
    let mut state = 7_u64;
    for round in 0..3_000 {
        let mut bytes = Vec::new();
        for _ in 0..round % 60 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let alphabet = b"a@.,;\t\"\r\n<>' \xff\xfe\xef\xbb\xbf\0=E-mail";
            bytes.push(alphabet[usize::try_from(state >> 33).unwrap() % alphabet.len()]);
        }
        if let Ok(input) = read(&bytes, None) {
            for found in input.addresses {
                assert_eq!(
                    address(&found.address).as_deref(),
                    Ok(found.address.as_str())
                );
            }
        }
        let _ = read(&bytes, Some("mail"));
    }
}
