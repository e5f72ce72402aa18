//! What a person sees: on terminals of 80 and of 140 columns, with and without colours.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Stdio};

use generated_client_fake::{FakeServer, Fault, Hint, Method};
use insta::assert_snapshot;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::sandbox::{Sandbox, runtime};

/// A terminal of so many columns: the side of the person, and that of the program.
fn terminal(columns: u16) -> (File, File) {
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
    let mut side = File::options();
    let side = side.read(true).write(true).open(name.to_str().unwrap());
    (File::from(terminal), side.unwrap())
}

/// What the program writes until it ends. `says` is what the person types once the text has this.
fn seen(mut child: Child, terminal: &mut File, says: Option<(&str, &str)>) -> (i32, String) {
    let (mut bytes, mut some) = (Vec::new(), [0; 4_096]);
    let mut says = says;
    // Linux says that the other side is closed by an error.
    while let Ok(count) = terminal.read(&mut some) {
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(&some[..count]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((_, answer)) = says.filter(|(question, _)| text.contains(question)) {
            terminal.write_all(answer.as_bytes()).unwrap();
            says = None;
        }
    }
    let code = child.wait().unwrap().code().unwrap_or(-1);
    let text = String::from_utf8(bytes).unwrap();
    (code, text.replace('\r', "").replace('\u{1b}', "␛"))
}

/// Runs the program with standard output on a terminal of so many columns.
fn on_a_terminal(sandbox: &Sandbox, columns: u16, args: &[&str], no_colour: bool) -> String {
    let (mut person, side) = terminal(columns);
    let mut command = sandbox.command(args);
    command.env("TERM", "xterm-256color").stdin(Stdio::null());
    if no_colour {
        command.env("NO_COLOR", "1");
    }
    let child = command.stdout(side).stderr(Stdio::null()).spawn().unwrap();
    // The side of the program is closed with it, so that reading ends.
    drop(command);
    let (code, text) = seen(child, &mut person, None);
    assert_eq!(code, 0, "{text}");
    text
}

/// Runs the program with everything on a terminal.
fn by_a_person(sandbox: &Sandbox, args: &[&str], says: Option<(&str, &str)>) -> (i32, String) {
    let (mut person, side) = terminal(100);
    let mut command = sandbox.command(args);
    command.env("TERM", "xterm-256color").env("NO_COLOR", "1");
    command
        .stdin(side.try_clone().unwrap())
        .stdout(side.try_clone().unwrap())
        .stderr(side);
    let child = command.spawn().unwrap();
    drop(command);
    seen(child, &mut person, says)
}

#[test]
fn nothing_is_sent_before_a_person_agrees() {
    for (answer, code, emails) in [
        ("n", 130, 0),
        ("y", 0, 1),
        ("\u{1b}", 130, 0),
        ("\r", 130, 0),
    ] {
        let runtime = runtime();
        let fake = FakeServer::builder().account("ada@example.com").start();
        let fake = runtime.block_on(fake).unwrap();
        let sandbox = Sandbox::of(&fake);
        let args = ["invite", "--state", "not-yet-sent"];
        let says = Some(("Send 1 email? [y/N]", answer));
        let (ended, text) = by_a_person(&sandbox, &args, says);
        assert_eq!(
            (ended, fake.all_emails_sent()),
            (code, emails),
            "{answer:?} {text}"
        );
    }
}

#[test]
fn a_person_sees_progress_and_what_is_waited_for() {
    let runtime = runtime();
    let mut builder = FakeServer::builder().fault(
        Fault::TooManyRequests(Hint::Seconds(2))
            .on(Method::Send)
            .nth(3),
    );
    for number in 0..5 {
        builder = builder.account(format!("user{number}@example.com"));
    }
    let fake = runtime.block_on(builder.start()).unwrap();
    let sandbox = Sandbox::of(&fake);
    let args = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "5",
    ];
    let (code, text) = by_a_person(&sandbox, &args, None);
    assert_eq!(code, 0, "{text}");
    for part in ["/5", "/min", " left", "waiting for quota since 20"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Without a person, and on demand, there is none.
    let mut quiet = args.to_vec();
    quiet.push("-q");
    assert!(!by_a_person(&sandbox, &quiet, None).1.contains("/min"));
    assert!(!sandbox.run(&args).stderr.contains("/min"));
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
