//! What a person sees: on terminals of 80 and of 140 columns, with and without colours.

use std::fs::File;
use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::sandbox::Sandbox;

/// Runs the program with standard output on a terminal of so many columns.
fn on_a_terminal(sandbox: &Sandbox, columns: u16, args: &[&str], no_colour: bool) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let size = Winsize {
        ws_row: 40,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&terminal, size).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let side = File::options()
        .read(true)
        .write(true)
        .open(name.to_str().unwrap())
        .unwrap();
    let mut command = sandbox.command(args);
    command.env("TERM", "xterm-256color").stdin(Stdio::null());
    if no_colour {
        command.env("NO_COLOR", "1");
    }
    let mut child = command.stdout(side).stderr(Stdio::null()).spawn().unwrap();
    // The side of the program is closed with it, so that reading ends.
    drop(command);
    let mut bytes = Vec::new();
    let mut terminal = File::from(terminal);
    // Linux says that the other side is closed by an error.
    let _ = terminal.read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success());
    let text = String::from_utf8(bytes).unwrap();
    text.replace('\r', "").replace('\u{1b}', "␛")
}

#[test]
fn tables_are_as_wide_as_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.run(&[
        "--fake",
        "invite",
        "ada@example.com",
        "--yes",
        "--max-people",
        "1",
    ]);
    let mut text = String::new();
    for columns in [80, 140] {
        for args in [
            &["--fake", "list", "--limit", "3"][..],
            &["--fake", "stats"],
            &["--fake", "show", "ada@example.com"],
            &["--fake", "report"],
        ] {
            let seen = on_a_terminal(&sandbox, columns, args, true);
            let widest = seen.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(usize::from(columns)), "{columns}\n{seen}");
            text.push_str(&format!("{columns} columns: {}\n{seen}\n", args.join(" ")));
        }
    }
    assert_snapshot!(text);
}

#[test]
fn a_short_list_says_how_many_there_are() {
    let sandbox = Sandbox::new();
    let seen = on_a_terminal(&sandbox, 80, &["--fake", "list"], true);
    assert!(
        seen.ends_with("20 of 3,311; --limit 0 shows all\n"),
        "{seen}"
    );
    let seen = on_a_terminal(&sandbox, 80, &["--fake", "list", "--limit", "0"], true);
    assert!(seen.ends_with("3,311 accounts\n"));
}

#[test]
fn colours_are_there_on_a_terminal_and_off_with_no_color() {
    let sandbox = Sandbox::new();
    let args = ["--fake", "list", "--limit", "2"];
    let coloured = on_a_terminal(&sandbox, 80, &args, false);
    assert!(coloured.contains("␛["), "{coloured}");
    assert!(!on_a_terminal(&sandbox, 80, &args, true).contains('␛'));
    assert!(!sandbox.run(&args).stdout.contains('\u{1b}'));
}
