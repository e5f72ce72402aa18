//! Runs that end in their middle, and outcomes that are not known.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{Account, FakeServer, Fault, Hint, Method};
use insta::assert_snapshot;

use crate::sandbox::{NOW, Sandbox, runtime};

const EVERYONE: &[&str] = &[
    "invite",
    "--state",
    "not-yet-sent",
    "--yes",
    "--max-people",
    "9999",
];
const QUARTER: i64 = 15 * 60;

fn started(runtime: &tokio::runtime::Runtime, accounts: usize) -> FakeServer {
    let mut fake =
        FakeServer::builder().starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()));
    for number in 0..accounts {
        fake = fake.account(format!("user{number:04}@example.com"));
    }
    runtime.block_on(fake.start()).unwrap()
}

/// Lets time pass, for the fake and for the program.
fn pass(fake: &FakeServer, sandbox: &mut Sandbox, passed: &mut i64, seconds: i64) {
    *passed += seconds;
    fake.advance(Duration::from_secs(seconds.unsigned_abs()));
    sandbox.set("UNMANAGED_CLOCK", &(NOW + *passed).to_string());
}

#[test]
fn a_lost_response_is_settled_by_the_counter() {
    let runtime = runtime();
    let fake = started(&runtime, 2);
    let mut sandbox = Sandbox::of(&fake);
    let mut passed = 0;
    // Both, because it is not said whose request comes first.
    fake.inject(Fault::ResetAfter.on(Method::Send).nth(1));
    fake.inject(Fault::FailedOperation.on(Method::Send).nth(2));
    let mut text = sandbox.session(&[EVERYONE, &["resume"]]);
    assert_eq!(fake.all_emails_sent(), 2);
    pass(&fake, &mut sandbox, &mut passed, QUARTER);
    text.push_str(&sandbox.session(&[&["resume"], &["report"], &["resume"]]));
    assert_eq!(fake.all_emails_sent(), 2);
    assert_snapshot!(text);
}

#[test]
fn an_email_is_presumed_not_sent_after_two_reads_and_sent_again_on_demand() {
    let runtime = runtime();
    let fake = started(&runtime, 3);
    let mut sandbox = Sandbox::of(&fake);
    let mut passed = 0;
    fake.inject(Fault::Unavailable(Hint::Nothing).on(Method::Send).nth(2));
    let mut text = sandbox.session(&[EVERYONE]);
    for _ in 0..2 {
        pass(&fake, &mut sandbox, &mut passed, QUARTER);
        text.push_str(&sandbox.session(&[&["resume"]]));
    }
    assert_eq!(fake.all_emails_sent(), 2);
    text.push_str(&sandbox.session(&[EVERYONE, &["resume", "1", "--retry-presumed"]]));
    assert_eq!(fake.all_emails_sent(), 3);
    assert_snapshot!(text);
}

#[test]
fn an_account_that_is_too_new_is_settled_after_two_days() {
    let runtime = runtime();
    let fake = started(&runtime, 1);
    let mut sandbox = Sandbox::of(&fake);
    let mut passed = 0;
    fake.add(Account::new("new@example.com").age(Duration::from_secs(60)));
    fake.inject(Fault::ResetAfter.on(Method::Send).first(1));
    let args = [
        "invite",
        "new@example.com",
        "--check-unlisted",
        "--yes",
        "--max-people",
        "1",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 6, "{ran}");
    pass(&fake, &mut sandbox, &mut passed, QUARTER);
    assert_eq!(sandbox.run(&["resume"]).code, 6);
    // Meanwhile nobody mails them again.
    let again = sandbox.run(&args);
    assert!(
        again.stderr.contains("an earlier email may have been sent"),
        "{again}"
    );
    pass(&fake, &mut sandbox, &mut passed, 50 * 3_600);
    assert_eq!(sandbox.run(&["resume"]).code, 0);
    let report = sandbox.run(&["report", "-o", "csv"]).stdout;
    assert!(
        report.contains("new@example.com,sent,no_counter_before"),
        "{report}"
    );
    assert_eq!(fake.all_emails_sent(), 1);
}

#[cfg(unix)]
fn signal(child: &std::process::Child, name: &str) {
    let killed = std::process::Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
}

#[cfg(unix)]
#[test]
fn signals_stop_a_run_after_the_calls_in_flight() {
    for name in ["-INT", "-TERM"] {
        let runtime = runtime();
        let fake = started(&runtime, 100);
        let sandbox = Sandbox::of(&fake);
        let mut args = EVERYONE.to_vec();
        args.extend(["--rate", "100/s"]);
        let child = sandbox.spawn(&args);
        let began = std::time::Instant::now();
        while fake.all_emails_sent() < 10 {
            assert!(began.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(5));
        }
        signal(&child, name);
        let ran = sandbox.ended(child);
        assert_eq!(ran.code, 130, "{ran}");
        assert!(ran.stderr.contains("`unmanaged resume 1` goes on"), "{ran}");
        let sent = fake.all_emails_sent();
        let counts = sandbox.run(&["runs", "-o", "json"]).stdout;
        assert!(counts.contains(&format!("\"sent\":{sent},")), "{counts}");
        assert!(counts.contains("\"unknown\":0"), "{counts}");
        assert_eq!(sandbox.run(&["resume"]).code, 0);
        assert_eq!(fake.all_emails_sent(), 100);
        assert_eq!(fake.requests(Method::Send), 100);
    }
}

#[cfg(unix)]
#[test]
fn two_runs_on_one_journal_are_refused() {
    let runtime = runtime();
    let fake = started(&runtime, 60);
    let sandbox = Sandbox::of(&fake);
    let mut args = EVERYONE.to_vec();
    args.extend(["--rate", "20/s"]);
    let first = sandbox.spawn(&args);
    let began = std::time::Instant::now();
    while fake.all_emails_sent() == 0 {
        assert!(began.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(5));
    }
    for args in [
        EVERYONE,
        &["resume"],
        &["forget", "a@example.com"],
        &["purge", "--older-than", "1d"],
    ] {
        let second = sandbox.run(args);
        assert_eq!(second.code, 5, "{args:?} {second}");
        assert!(
            second.stderr.contains("another run holds this journal"),
            "{second}"
        );
    }
    // Reading goes on.
    assert_eq!(sandbox.run(&["runs"]).code, 0);
    assert_eq!(sandbox.run(&["list"]).code, 0);
    signal(&first, "-INT");
    assert_eq!(sandbox.ended(first).code, 130);
}

/// The shell limits how large a file may grow: SQLite gets an error of the disk in the middle of a run.
#[cfg(unix)]
#[test]
fn a_full_disk_stops_a_run_and_loses_nothing() {
    let runtime = runtime();
    let fake = started(&runtime, 300);
    let mut sandbox = Sandbox::of(&fake);
    let mut passed = 0;
    let program = env!("CARGO_BIN_EXE_unmanaged");
    let script = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";
    let (mut codes, mut blocks, mut has_run, mut in_the_middle) = (Vec::new(), 200, false, 0);
    while ![Some(&0), Some(&1)].contains(&codes.last()) {
        assert!(codes.len() < 60, "{codes:?}");
        let limit = blocks.to_string();
        let command = sandbox.command(&[]);
        let mut args = vec![program];
        match has_run {
            false => args.extend(EVERYONE),
            true => args.push("resume"),
        }
        // The same variables and folder, by a shell.
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", script, &limit]).args(&args);
        shell.env_clear();
        shell.current_dir(command.get_current_dir().unwrap());
        shell.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        shell.env("PATH", "/usr/bin:/bin");
        let output = shell.stdin(std::process::Stdio::null()).output().unwrap();
        let code = output.status.code().unwrap_or(-1);
        // Outcomes that could not be recorded are unknown until the next reads: then some are presumed not sent.
        assert!([0, 1, 6, 78].contains(&code), "{output:?}");
        codes.push(if code == 6 { 78 } else { code });
        in_the_middle += usize::from((1..300).contains(&fake.all_emails_sent()));
        blocks += 300;
        has_run = sandbox.run(&["runs", "-o", "csv"]).stdout.lines().count() > 1;
        pass(&fake, &mut sandbox, &mut passed, QUARTER);
    }
    println!("exit codes {codes:?}, {in_the_middle} times in the middle");
    assert!(in_the_middle > 0, "{codes:?}");
    for number in 0..300 {
        let address = format!("user{number:04}@example.com");
        assert!(fake.emails_sent(&address) <= 1, "{address}");
    }
    let report = sandbox.run(&["report", "-o", "csv"]).stdout;
    for line in report.lines().skip(1) {
        let address = line.split(',').next().unwrap();
        let sent = u64::from(line.contains(",sent,"));
        assert_eq!(fake.emails_sent(address), sent, "{line} {codes:?}");
    }
}
