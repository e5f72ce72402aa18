//! A run that is killed at random moments, and resumed each time: nobody gets two emails, nobody is forgotten, and
//! the report adds up.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use generated_client_fake::{Account, FakeServer, Fault, Hint, Method};

use crate::sandbox::{Sandbox, runtime};

/// How large the proof is.
struct Scale {
    people: usize,
    kills: usize,
    quota_per_minute: usize,
    /// How long a process lives, at most.
    longest_life: Duration,
}

#[test]
fn a_run_that_is_killed_again_and_again_sends_each_email_once() {
    prove(&Scale {
        people: 260,
        kills: 6,
        quota_per_minute: 60_000,
        longest_life: Duration::from_millis(300),
    });
}

/// The form of the documentation, in blocks: `KILL_PEOPLE`, `KILL_KILLS` and `KILL_SECONDS` say how large.
#[test]
#[ignore = "takes long: run it by `cargo test -p unmanaged --release -- --ignored kill`"]
fn a_run_of_fifty_thousand_people_survives_thirty_kills() {
    let number = |name: &str, usual: usize| {
        let set = std::env::var(name).ok();
        set.and_then(|it| it.parse().ok()).unwrap_or(usual)
    };
    prove(&Scale {
        people: number("KILL_PEOPLE", 50_000),
        kills: number("KILL_KILLS", 30),
        // Sixty times what Google is known to allow.
        quota_per_minute: number("KILL_QUOTA", 3_600),
        longest_life: Duration::from_secs(u64::try_from(number("KILL_SECONDS", 50)).unwrap()),
    });
}

fn prove(scale: &Scale) {
    let runtime = runtime();
    let fake = organization(&runtime, scale);
    let mut sandbox = Sandbox::of(&fake);
    // Both clocks go on, because the quota is one of a minute.
    let mut passed = 0;
    sandbox.set("UNMANAGED_CLOCK", "+0");
    let most = scale.people.to_string();
    let invite = [
        "invite",
        "--state",
        "not-yet-sent",
        "--from-csv",
        "people.csv",
        "--check-unlisted",
        "--yes",
        "--max-people",
        &most,
        "-q",
    ];
    // A file, because the list lacks those who are too new.
    let everyone = fake.addresses().join("\n");
    sandbox.write("people.csv", everyone.as_bytes());
    let mut random = 20_260_921_u64;
    let mut report = Vec::new();
    let mut ended = None;
    for round in 0..1_000 {
        let args: &[&str] = if round == 0 {
            &invite
        } else {
            &["resume", "-q"]
        };
        let child = sandbox.spawn(args);
        let life = match round {
            // The plan has to be recorded first.
            0 => None,
            _ if round > scale.kills => None,
            _ => Some(scale.longest_life),
        };
        let code = match (round, life) {
            (0, _) => kill_after_some_emails(&sandbox, child, &fake),
            (_, Some(life)) => kill_at_random(&sandbox, child, life, &mut random),
            _ => sandbox.ended(child).code,
        };
        report.push(code);
        pass(&fake, &mut sandbox, &mut passed, 16 * 60);
        if round > scale.kills && [0, 1, 6].contains(&code) {
            ended = Some(round);
            break;
        }
    }
    let ended = ended.unwrap_or_else(|| panic!("it did not end: {report:?}"));
    println!(
        "{} people, {ended} rounds, exit codes {report:?}",
        scale.people
    );
    let before = verify(&sandbox, &fake, scale);
    println!("before two days: {before:?}");
    // Two days later only what the fake cannot tell is left.
    pass(&fake, &mut sandbox, &mut passed, 50 * 3_600);
    fake.clear_faults();
    for _ in 0..3 {
        sandbox.run(&["resume", "-q", "--settle-only"]);
        pass(&fake, &mut sandbox, &mut passed, 16 * 60);
    }
    let after = verify(&sandbox, &fake, scale);
    println!("after two days: {after:?}");
    assert_eq!(after.get("unknown"), None, "{after:?}");
    assert_eq!(after.get("sending"), None, "{after:?}");
}

/// Lets time pass, for the fake and for the program.
fn pass(fake: &FakeServer, sandbox: &mut Sandbox, passed: &mut u64, seconds: u64) {
    *passed += seconds;
    fake.advance(Duration::from_secs(seconds));
    sandbox.set("UNMANAGED_CLOCK", &format!("+{passed}"));
}

/// People who were never invited, some of them too new to be listed, with faults and a quota.
fn organization(runtime: &tokio::runtime::Runtime, scale: &Scale) -> FakeServer {
    let mut fake = FakeServer::builder()
        .seed(7)
        .quota_per_minute(scale.quota_per_minute)
        .token_lifetime(Duration::from_secs(100 * 24 * 3_600));
    for number in 0..scale.people {
        let address = format!("user{number:05}@example.com");
        let mut account = Account::new(address);
        if number % 500 == 13 {
            account = account.age(Duration::from_secs(3_600));
        }
        fake = fake.account(account);
    }
    // One request in ten meets with a fault.
    for (fault, percent) in [
        (Fault::ResetBefore, 2),
        (Fault::ResetAfter, 2),
        (Fault::ResetInResponse, 1),
        (Fault::Unavailable(Hint::Nothing), 1),
        (Fault::Internal, 1),
        (Fault::FailedOperation, 1),
        (Fault::CutOffJson, 1),
        (Fault::TooManyRequests(Hint::Nothing), 1),
    ] {
        fake = fake.fault(fault.on(Method::Send).percent(percent));
    }
    runtime.block_on(fake.start()).unwrap()
}

fn kill_after_some_emails(
    sandbox: &Sandbox,
    mut child: std::process::Child,
    fake: &FakeServer,
) -> i32 {
    let began = Instant::now();
    drop(child.stdin.take());
    while fake.all_emails_sent() < 3 {
        if let Some(status) = child.try_wait().unwrap() {
            let ran = sandbox.ended(child);
            panic!("it ended by itself: {status} {ran}");
        }
        assert!(began.elapsed() < Duration::from_secs(120));
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    sandbox.ended(child).code
}

fn kill_at_random(
    sandbox: &Sandbox,
    mut child: std::process::Child,
    longest: Duration,
    random: &mut u64,
) -> i32 {
    *random = random
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    let part = u32::try_from(*random >> 40).unwrap() % 1_000;
    let until = Instant::now() + longest * part / 1_000;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return sandbox.ended(child).code;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    sandbox.ended(child).code
}

/// Compares the report with what the fake knows, and counts its states.
fn verify(sandbox: &Sandbox, fake: &FakeServer, scale: &Scale) -> BTreeMap<String, usize> {
    let ran = sandbox.run(&["report", "1", "-o", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut counts = BTreeMap::new();
    for line in ran.stdout.lines().skip(1) {
        let cells: Vec<_> = line.split(',').collect();
        let (address, state, reason) = (cells[0], cells[1], cells[2]);
        let emails = fake.emails_sent(address);
        match state {
            "sent" => assert_eq!(emails, 1, "{line}"),
            "not sent" | "skipped" | "planned" => assert_eq!(emails, 0, "{line}"),
            _ => assert!(emails <= 1, "{line}"),
        }
        assert_ne!((state, reason), ("skipped", "changed"), "{line}");
        *counts.entry(state.to_owned()).or_insert(0) += 1;
    }
    let all: usize = counts.values().sum();
    assert_eq!(all, scale.people, "{counts:?}");
    let sent = fake.all_emails_sent();
    assert!(sent <= u64::try_from(scale.people).unwrap());
    counts
}
