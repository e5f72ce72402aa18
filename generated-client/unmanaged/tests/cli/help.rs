//! What the program says of itself, and of command lines that it does not take.

use std::time::Instant;

use insta::assert_snapshot;
use unmanaged::exit::Exit;

use crate::sandbox::Sandbox;

const COMMANDS: [&str; 16] = [
    "auth",
    "list",
    "stats",
    "show",
    "check",
    "invite",
    "remind",
    "cancel",
    "runs",
    "resume",
    "report",
    "forget",
    "purge",
    "sql",
    "completion",
    "man",
];

#[test]
fn the_help_names_every_command_and_every_exit_code() {
    let help = Sandbox::new().run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in COMMANDS {
        assert!(
            help.stdout.contains(&format!("\n  {command} ")),
            "{command}"
        );
    }
    for exit in Exit::ALL {
        assert!(help.stdout.contains(exit.meaning()), "{exit:?}");
    }
    assert_snapshot!(help);
}

#[test]
fn every_command_has_a_help_of_its_own() {
    let sandbox = Sandbox::new();
    let mut text = String::new();
    for command in COMMANDS {
        let help = sandbox.run(&[command, "-h"]);
        assert_eq!(help.code, 0, "{command}");
        // The options of every command are in the snapshot of the whole.
        let own = help
            .stdout
            .split("Options of every command")
            .next()
            .unwrap();
        text.push_str(own);
        text.push_str("\n----\n");
    }
    assert_snapshot!(text);
}

#[test]
fn command_lines_that_are_not_taken_say_why_and_exit_with_two() {
    let lines: &[&[&str]] = &[
        &[],
        &["lst"],
        &["list", "--stat", "invited"],
        &["list", "--state", "inviited"],
        &["list", "--updated-before", "14"],
        &["list", "--rate", "fast"],
        &["list", "--rate", "0/min"],
        &["list", "-o", "xml"],
        &["--fake", "--profile", "work", "list"],
        &["--fake", "invite"],
        &["--fake", "invite", "--yes", "--state", "not-yet-sent"],
        &["--fake", "invite", "--state", "not-yet-sent"],
        &["--fake", "invite", "ada", "--dry-run"],
        &["--fake", "invite", "--column", "mail", "--dry-run"],
        &["--fake", "remind", "--older-than", "6d", "--dry-run"],
        &["--fake", "remind", "--max-mails", "4", "--dry-run"],
        &["--fake", "cancel"],
        &["--fake", "check"],
        &["--fake", "purge"],
        &["--fake", "sql", "SELECT"],
        &["--fake", "auth", "login", "--environment"],
    ];
    let sandbox = Sandbox::new();
    for line in lines {
        assert_eq!(sandbox.run(line).code, 2, "{line:?}");
    }
    assert_snapshot!(sandbox.session(lines));
}

#[test]
fn the_version_is_there_at_once() {
    let sandbox = Sandbox::new();
    let fastest = (0..5)
        .map(|_| {
            let began = Instant::now();
            assert_eq!(sandbox.run(&["--version"]).stdout, "unmanaged 0.1.0\n");
            began.elapsed()
        })
        .min()
        .unwrap();
    assert!(fastest.as_millis() < 30, "{fastest:?}");
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = sandbox.run(&["completion", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        for command in COMMANDS {
            assert!(ran.stdout.contains(command), "{shell}: {command}");
        }
    }
    let man = sandbox.run(&["man"]);
    assert!(man.stdout.contains(".TH unmanaged 1"), "{man}");
    assert!(
        COMMANDS
            .iter()
            .all(|it| man.stdout.contains(&format!("unmanaged\\-{it}")))
    );
}
