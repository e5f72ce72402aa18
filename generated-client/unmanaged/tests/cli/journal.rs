//! The journal's files, what is in them, and what is removed from them.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::FakeServer;
use unmanaged::folders::network_mount;
use unmanaged::journal::Journal;

use crate::sandbox::{NOW, Sandbox, files, journal_folder, runtime};

fn invited(runtime: &tokio::runtime::Runtime) -> (FakeServer, Sandbox) {
    let fake = FakeServer::builder()
        .starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()))
        .account("ada.lovelace@example.com")
        .account("bob.brown@example.com");
    let fake = runtime.block_on(fake.start()).unwrap();
    let sandbox = Sandbox::of(&fake);
    let args = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "9",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{ran}");
    (fake, sandbox)
}

fn is_anywhere(folder: &Path, text: &str) -> bool {
    let text = text.as_bytes();
    let mut all = files(folder).into_iter();
    all.any(|(_, bytes)| bytes.windows(text.len()).any(|it| it == text))
}

#[cfg(unix)]
#[test]
fn every_file_of_the_journal_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    let folder = sandbox.path("data/journal");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut journal = Journal::open(&folder).unwrap();
    let _lock = journal.lock().unwrap();
    let _list = unmanaged::journal::Lock::list(&folder).unwrap();
    // While it is open, the log and its index are there, too.
    let snapshot = journal.begin_snapshot().unwrap();
    journal.finish_snapshot(snapshot, NOW).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let found = files(&folder);
    assert_eq!(
        found.len(),
        5,
        "{:?}",
        found.iter().map(|it| &it.0).collect::<Vec<_>>()
    );
    for (path, _) in found {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn who_is_forgotten_is_in_no_file_and_is_not_mailed_again() {
    let runtime = runtime();
    let (fake, sandbox) = invited(&runtime);
    let folder = journal_folder(&sandbox);
    assert!(is_anywhere(&folder, "ada.lovelace"));
    let ran = sandbox.run(&["forget", "Ada.Lovelace@example.com"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(!is_anywhere(&folder, "ada.lovelace"));
    assert!(is_anywhere(&folder, "bob.brown"));
    let report = sandbox.run(&["report", "-o", "csv"]).stdout;
    assert_eq!(
        report
            .lines()
            .filter(|line| line.contains(",sent,"))
            .count(),
        2
    );
    // Long afterwards, too.
    fake.advance(Duration::from_secs(90 * 86_400));
    let mut later = sandbox;
    later.set("UNMANAGED_CLOCK", &(NOW + 90 * 86_400).to_string());
    let args = [
        "invite",
        "ada.lovelace@example.com",
        "bob.brown@example.com",
        "--dry-run",
    ];
    let plan = later.run(&args);
    assert!(
        plan.stdout.contains("1 person") && plan.stdout.contains("forgotten"),
        "{plan}"
    );
}

#[test]
fn old_runs_are_purged_and_leave_nothing() {
    let runtime = runtime();
    let (_fake, mut sandbox) = invited(&runtime);
    let folder = journal_folder(&sandbox);
    let ran = sandbox.run(&["purge", "--older-than", "1d"]);
    assert!(ran.stderr.contains("removed 0 runs"), "{ran}");
    sandbox.set("UNMANAGED_CLOCK", &(NOW + 181 * 86_400).to_string());
    let ran = sandbox.run(&["purge", "--older-than", "180d"]);
    assert!(ran.stderr.contains("removed 1 run;"), "{ran}");
    assert!(!is_anywhere(&folder, "lovelace") && !is_anywhere(&folder, "bob.brown"));
}

#[test]
fn a_redacted_report_has_no_address() {
    let runtime = runtime();
    let (_fake, sandbox) = invited(&runtime);
    for form in ["table", "json", "ndjson", "csv"] {
        let report = sandbox.run(&["report", "--redact", "-o", form]).to_string();
        assert!(
            report.contains("person-") && !report.contains('@'),
            "{report}"
        );
    }
}

/// Errors and progress hold nobody's address: they may end in a log.
#[test]
fn standard_error_has_no_address() {
    let runtime = runtime();
    let (fake, sandbox) = invited(&runtime);
    fake.inject(generated_client_fake::Fault::Internal);
    sandbox.write(
        "hr.csv",
        b"Mail\nada.lovelace@example.com\nbroken@@example.com\n",
    );
    for args in [
        &["invite", "--from-csv", "hr.csv", "--dry-run"][..],
        &["invite", "ada.lovelace@example.com", "x@@y", "--dry-run"],
        &["show", "ada.lovelace@example.com"],
        &["check", "ada.lovelace@example.com"],
        &["resume"],
        &["auth", "check"],
    ] {
        let ran = sandbox.run(args);
        for part in ["lovelace", "broken", "x@@y"] {
            assert!(!ran.stderr.contains(part), "{args:?}: {ran}");
        }
    }
}

#[test]
fn a_file_that_is_no_journal_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("data/fake/journal.sqlite", &[7; 4_096]);
    let ran = sandbox.run(&["--fake", "list"]);
    assert_eq!(ran.code, 78, "{ran}");
    assert!(
        ran.stderr.contains("the journal is damaged, or no journal"),
        "{ran}"
    );
}

#[test]
fn file_systems_of_other_machines_are_known() {
    let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                  30 22 0:40 / /home rw shared:1 - nfs4 server:/home rw\n\
                  31 30 8:2 / /home/ada/local rw - ext4 /dev/sda2 rw\n\
                  32 22 0:41 / /mnt/a\\040b rw - fuse.sshfs host: rw\n\
                  33 22 0:42 / /mnt/ntfs rw - fuseblk /dev/sdb1 rw\n\
                  34 22 0:43 / /mnt/twice rw - cifs //server/share rw\n\
                  35 34 8:3 / /mnt/twice rw - xfs /dev/sdc1 rw\n\
                  a line of another form\n";
    for (folder, kind) in [
        ("/var/lib", None),
        ("/home", Some("nfs4")),
        ("/home/ada", Some("nfs4")),
        ("/homeless", None),
        ("/home/ada/local/x", None),
        ("/mnt/a b/c", Some("fuse.sshfs")),
        ("/mnt/ntfs", None),
        ("/mnt/twice", None),
    ] {
        let found = network_mount(mounts, Path::new(folder));
        assert_eq!(found.as_deref(), kind, "{folder}");
    }
    assert_eq!(network_mount("", Path::new("/home")), None);
}

fn listed(address: &str, id: &str, mails: i64) -> unmanaged::service::Account {
    unmanaged::service::Account {
        address: address.to_owned(),
        id: id.to_owned(),
        mails,
        state: "INVITED".to_owned(),
        update_time: None,
        updated: None,
        raw: "{}".to_owned(),
    }
}

#[test]
fn an_account_that_a_list_has_twice_keeps_its_counter() {
    let sandbox = Sandbox::new();
    let mut journal = Journal::open(&sandbox.path("data/journal")).unwrap();
    let snapshot = journal.begin_snapshot().unwrap();
    let page = [listed(
        "ada@example.com",
        "customers/C1/userinvitations/ada@example.com",
        2,
    )];
    journal.write_page(snapshot, &page).unwrap();
    journal.write_page(snapshot, &page).unwrap();
    journal.finish_snapshot(snapshot, NOW).unwrap();
    let ada = journal.listed_account("ada@example.com").unwrap().unwrap();
    assert_eq!(ada.mails, 2);
}

#[test]
fn a_list_that_is_not_finished_changes_nothing() {
    let sandbox = Sandbox::new();
    let mut journal = Journal::open(&sandbox.path("data/journal")).unwrap();
    for (address, finished) in [("ada@example.com", true), ("bob@example.com", false)] {
        let snapshot = journal.begin_snapshot().unwrap();
        journal
            .write_page(snapshot, &[listed(address, address, 1)])
            .unwrap();
        if finished {
            journal.finish_snapshot(snapshot, NOW).unwrap();
        }
    }
    assert!(journal.listed_account("ada@example.com").unwrap().is_some());
    assert!(journal.listed_account("bob@example.com").unwrap().is_none());
}

#[test]
fn a_folder_is_named_from_the_root() {
    let mut sandbox = Sandbox::new();
    for name in ["UNMANAGED_DATA_DIR", "UNMANAGED_CONFIG_DIR"] {
        let before = sandbox.path("data").display().to_string();
        sandbox.set(name, "data");
        let ran = sandbox.run(&["--fake", "runs"]);
        assert_eq!(ran.code, 2, "{ran}");
        assert!(ran.stderr.contains("is no absolute path"), "{ran}");
        sandbox.set(name, &before);
    }
}

#[test]
fn addresses_are_read_from_standard_input() {
    let sandbox = Sandbox::new();
    let args = [
        "--fake",
        "invite",
        "--from-csv",
        "-",
        "--dry-run",
        "-o",
        "ndjson",
    ];
    let ran = sandbox.run_with(&args, "Ada <ada@example.com>\nbob\n");
    assert!(
        ran.stdout.contains("\"malformed\":1") && ran.stdout.contains("\"people\":1"),
        "{ran}"
    );
    let ran = sandbox.run_with(&args, "");
    assert_eq!(ran.code, 2, "{ran}");
}
