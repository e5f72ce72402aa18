//! The command lines of the documentation, with what they print.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

#[test]
fn accounts_are_listed_counted_shown_and_checked() {
    let sandbox = Sandbox::new();
    let hr = "Name;Mail\r\nAda;ada@example.com\r\nNew;new@example.com\r\nEve;eve@example.net\r\nBob;bob\r\n";
    sandbox.write("hr.csv", hr.as_bytes());
    let fake: &[&[&str]] = &[
        &["--fake", "list", "--limit", "3"],
        &[
            "--fake",
            "list",
            "--state",
            "invited",
            "--domain",
            "example.org",
            "--limit",
            "2",
        ],
        &[
            "--fake",
            "list",
            "--state",
            "not-yet-sent,invited",
            "--updated-before",
            "89d",
            "--limit",
            "2",
        ],
        &["--fake", "list", "--limit", "2", "-o", "json"],
        &["--fake", "list", "--limit", "2", "-o", "ndjson"],
        &["--fake", "list", "--limit", "2", "-o", "csv"],
        &["--fake", "list", "--domain", "example.net"],
        &["--fake", "list", "--domain", "example.net", "-o", "json"],
        &["--fake", "stats"],
        &["--fake", "stats", "-o", "json"],
        &["--fake", "show", "Ada Lovelace <ADA@Example.com>"],
        &["--fake", "show", "ada@example.com", "-o", "json"],
        &["--fake", "show", "new@example.com"],
        &["--fake", "check", "ada@example.com", "new@example.com"],
        &[
            "--fake",
            "check",
            "--from-csv",
            "hr.csv",
            "--column",
            "mail",
        ],
        &[
            "--fake",
            "check",
            "--from-csv",
            "hr.csv",
            "--column",
            "email",
        ],
    ];
    assert_snapshot!(sandbox.session(fake));
}

#[test]
fn people_are_invited_reminded_and_cancelled_by_a_plan() {
    let sandbox = Sandbox::new();
    sandbox.write("hold.csv", b"email\nada@example.com\n");
    let lines: &[&[&str]] = &[
        &["--fake", "invite", "--state", "not-yet-sent", "--dry-run"],
        &[
            "--fake",
            "invite",
            "--state",
            "not-yet-sent",
            "--dry-run",
            "--rate",
            "500/min",
            "-o",
            "json",
        ],
        &[
            "--fake",
            "invite",
            "ada@example.com",
            "--exclude-from",
            "hold.csv",
            "--dry-run",
            "-o",
            "ndjson",
        ],
        &[
            "--fake",
            "invite",
            "ada@example.com",
            "eve@example.net",
            "new@example.com",
            "--dry-run",
        ],
        &[
            "--fake",
            "invite",
            "ada@example.com",
            "new@example.com",
            "--check-unlisted",
            "--dry-run",
            "-o",
            "csv",
        ],
        &[
            "--fake",
            "invite",
            "ada@example.com",
            "ADA@example.com",
            "--yes",
            "--max-people",
            "1",
        ],
        &["--fake", "invite", "ada@example.com", "--dry-run"],
        &[
            "--fake",
            "invite",
            "--state",
            "not-yet-sent",
            "--yes",
            "--max-people",
            "5",
        ],
        &[
            "--fake",
            "remind",
            "--older-than",
            "60d",
            "--max-mails",
            "2",
            "--limit",
            "2",
            "--yes",
            "--max-people",
            "9",
            "-o",
            "json",
        ],
        &[
            "--fake",
            "cancel",
            "--state",
            "invited",
            "--older-than",
            "60d",
            "--limit",
            "1",
            "--dry-run",
        ],
        &[
            "--fake",
            "cancel",
            "ada@example.com",
            "--yes",
            "--max-people",
            "1",
        ],
        &["--fake", "show", "ada@example.com"],
        &["--fake", "runs"],
        &["--fake", "resume"],
        &["--fake", "report", "1"],
        &["--fake", "report", "1", "--redact", "-o", "json"],
        &["--fake", "report", "3", "-o", "csv"],
        &["--fake", "report", "9"],
    ];
    let text = sandbox.session(lines);
    // The key of the pseudonyms is another one in each journal.
    let start = text.find("person-").expect("a pseudonym");
    let pseudonym = &text[start..start + "person-".len() + 12];
    assert_snapshot!(text.replace(pseudonym, "person-…"));
}

#[test]
fn the_journal_is_queried_by_select_alone() {
    let sandbox = Sandbox::new();
    sandbox.run(&[
        "--fake",
        "invite",
        "ada@example.com",
        "--yes",
        "--max-people",
        "1",
    ]);
    let stackql = "SELECT name, mailsSentCount, state, updateTime\n\
                   FROM google.cloudidentity.userinvitations\n\
                   WHERE customersId = 'C0fake123' -- required\n\
                   AND userinvitationsId = 'ada@example.com' -- required;";
    let lines: &[&[&str]] = &[
        &[
            "--fake",
            "sql",
            "SELECT state, count(*) FROM userinvitations GROUP BY state",
        ],
        &["--fake", "sql", stackql],
        &["--fake", "list", "--limit", "1"],
        &["--fake", "sql", stackql, "-o", "json"],
        &["--fake", "sql", "SELECT * FROM runs", "-o", "ndjson"],
        &[
            "--fake",
            "sql",
            "SELECT * FROM sends WHERE state = 'sent'",
            "-o",
            "csv",
        ],
        &[
            "--fake",
            "sql",
            "WITH s AS (SELECT state FROM sends) SELECT count(*) AS n FROM s",
        ],
        &["--fake", "sql", "DELETE FROM sends"],
        &["--fake", "sql", "SELECT value FROM meta WHERE name = 'key'"],
        &["--fake", "sql", "SELECT * FROM forgotten"],
        &["--fake", "sql", "SELECT * FROM sqlite_schema"],
        &["--fake", "sql", "PRAGMA user_version = 9"],
        &["--fake", "sql", "ATTACH 'other.sqlite' AS other"],
        &["--fake", "sql", "SELECT load_extension('x')"],
        &["--fake", "sql", "SELECT 1; SELECT 2"],
        &["--fake", "sql", "SELECT nothing FROM sends"],
        &["--fake", "sql", ""],
        &[
            "--fake",
            "sql",
            "EXEC google.cloudidentity.userinvitations.send",
        ],
    ];
    assert_snapshot!(sandbox.session(lines));
}

#[test]
fn a_long_name_is_replaced_outside_of_quotation_marks() {
    let replaced = unmanaged::journal::stackql;
    assert_eq!(
        replaced("select * from GOOGLE.cloudidentity.UserInvitations u"),
        "select * from userinvitations u"
    );
    for same in [
        "SELECT 'google.cloudidentity.userinvitations'",
        "SELECT 1 -- google.cloudidentity.userinvitations",
        "SELECT 1 /* google.cloudidentity.userinvitations */",
        "SELECT \"ä google.cloudidentity.userinvitations",
        "SELECT 'é'; -- ü",
    ] {
        assert_eq!(replaced(same), same);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::new();
    for form in ["table", "json", "ndjson", "csv"] {
        let mut child = sandbox.spawn(&["--fake", "list", "-o", form]);
        drop(child.stdout.take());
        let ran = sandbox.ended(child);
        assert_eq!(ran.code, 0, "{form}: {}", ran.stderr);
        assert!(!ran.stderr.contains("error"), "{form}: {}", ran.stderr);
    }
}

#[test]
fn no_cell_of_csv_is_a_formula() {
    use unmanaged::output::harmless;
    for cell in [
        "=1+1",
        "+tag@example.com",
        "-a@example.com",
        "@SUM(A1)",
        "\t=1",
        "|calc",
        "%0",
    ] {
        let harmless = harmless(cell);
        assert_eq!(harmless, format!("'{cell}"));
    }
    assert_eq!(harmless("ada@example.com"), "ada@example.com");
    // What this program writes it reads again.
    assert_eq!(
        unmanaged::input::address("'+tag@example.com").unwrap(),
        "+tag@example.com"
    );
}
