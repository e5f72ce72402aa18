//! What is found in the hidden folder of a write, whoever put it there.

use std::fs;

use super::Project;
use crate::support::everything;

#[test]
fn an_unfinished_write_reaches_no_file_outside_of_its_folder() {
    let project = Project::new();
    let outside = project.folder.path().join("outside.rs");
    fs::write(&outside, "mine").unwrap();
    let (staging, hidden) = (
        project.out().join(".xtask-write"),
        project.out().join(".mine"),
    );
    for path in [
        "../outside.rs",
        outside.to_str().unwrap(),
        "same/../../outside.rs",
        ".mine",
        "",
    ] {
        fs::create_dir_all(&staging).unwrap();
        let entry = format!("{{\"path\":{path:?},\"before\":true,\"after\":true}}");
        fs::write(
            staging.join("journal"),
            format!("{{\"about\":\"\",\"files\":[{entry}]}}"),
        )
        .unwrap();
        fs::write(staging.join("new-0"), "theirs").unwrap();
        let (code, said) = project.run("new");
        assert!(
            code == xtask::FAILED && said.contains("remove the folder"),
            "{path}: {said}"
        );
        assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
        assert!(!hidden.exists());
        fs::remove_dir_all(&staging).unwrap();
    }
}

/// Whatever is found in the hidden folder, be it part of a repository that somebody else wrote.
#[cfg(unix)]
#[test]
fn links_in_the_hidden_folder_are_not_followed() {
    let project = Project::new();
    let outside = project.folder.path().join("outside.rs");
    let staging = project.out().join(".xtask-write");
    for link in [
        "lock",
        "journal",
        "journal.part",
        "new-0",
        "new-1",
        "old-0",
        "undo",
        "",
    ] {
        project.make_old();
        fs::write(&outside, "mine").unwrap();
        if !link.is_empty() {
            fs::create_dir_all(&staging).unwrap();
        }
        if link == "new-1" {
            let entry = r#"{"path":"x","before":true,"after":true},{"path":"same/x.rs","before":false,"after":true}"#;
            fs::write(
                staging.join("journal"),
                format!(r#"{{"about":"","files":[{entry}]}}"#),
            )
            .unwrap();
        }
        let target = if link.is_empty() {
            project.folder.path().join("elsewhere")
        } else {
            outside.clone()
        };
        if link.is_empty() {
            fs::create_dir_all(&target).unwrap();
            std::os::unix::fs::symlink(&target, &staging).unwrap();
        } else {
            std::os::unix::fs::symlink(&target, staging.join(link)).unwrap();
        }
        let said = project.run("new").1;
        assert_eq!(
            fs::read_to_string(&outside).unwrap(),
            "mine",
            "{link}: {said}"
        );
        assert!(!project.out().join("same/x.rs").exists(), "{link}: {said}");
        if link.is_empty() {
            assert_eq!(everything(&target).len(), 0, "{said}");
            fs::remove_file(&staging).unwrap();
        }
        let _ = fs::remove_dir_all(&staging);
        assert_eq!(project.run("new").0, xtask::DONE, "{link}");
    }
}

/// Opening a named pipe to read it waits for a writer.
#[cfg(unix)]
#[test]
fn a_journal_that_is_not_a_file_is_refused() {
    for name in ["journal", "undo", "lock"] {
        let project = Project::new();
        let staging = project.out().join(".xtask-write");
        fs::create_dir_all(&staging).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(staging.join(name))
            .status();
        assert!(made.unwrap().success());
        let (code, said) = project.run("new");
        assert!(
            code == xtask::FAILED && said.contains("no task wrote"),
            "{name}: {said}"
        );
    }
}

#[test]
fn an_unfinished_write_overwrites_no_file_created_since() {
    let project = Project::new();
    project.interrupt();
    let mine = project.out().join("added/mod.rs");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "// mine\n").unwrap();
    let (code, said) = project.run("new");
    assert!(
        code == xtask::FAILED && said.contains("added/mod.rs"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&mine).unwrap(), "// mine\n");
    fs::remove_file(&mine).unwrap();
    project.assert_the_next_run_makes_it_whole("moved away");
}

#[test]
fn a_foreign_folder_of_the_same_name_is_kept() {
    let project = Project::new();
    let staging = project.out().join(".xtask-write");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("lock"), "mine\n").unwrap();
    let (code, said) = project.run("new");
    assert!(
        code == xtask::FAILED && said.contains("move it away"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(staging.join("lock")).unwrap(), "mine\n");
    fs::remove_file(staging.join("lock")).unwrap();
    fs::write(staging.join("notes"), "mine\n").unwrap();
    assert_eq!(project.run("new").0, xtask::DONE);
    assert_eq!(fs::read_to_string(staging.join("notes")).unwrap(), "mine\n");
}
