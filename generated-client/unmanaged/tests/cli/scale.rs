//! Time and memory, for many people. Linux says how much memory a process had at most.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use generated_client_fake::FakeServer;

use crate::sandbox::{Sandbox, runtime};

/// At most so much memory, in KiB: 60 MiB.
const MEMORY: u64 = 60 * 1_024;

/// Waits until a process ends, or for so long. Returns the time and its memory at most, in KiB.
fn watched(mut child: Child, longest: Duration) -> (Duration, u64) {
    let (began, mut most) = (Instant::now(), 0);
    let path = format!("/proc/{}/status", child.id());
    while child.try_wait().unwrap().is_none() && began.elapsed() < longest {
        let status = std::fs::read_to_string(&path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most = most.max(size.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = began.elapsed();
    let _ = child.kill();
    child.wait().unwrap();
    (took, most)
}

fn started(people: usize) -> (tokio::runtime::Runtime, FakeServer, Sandbox) {
    let runtime = runtime();
    let mut fake = FakeServer::builder();
    for number in 0..people {
        fake = fake.account(format!("user{number:05}@example.com"));
    }
    let fake = runtime.block_on(fake.start()).unwrap();
    let mut sandbox = Sandbox::of(&fake);
    sandbox.set("UNMANAGED_CLOCK", "+0");
    (runtime, fake, sandbox)
}

fn quietly(sandbox: &Sandbox, args: &[&str], longest: Duration) -> (Duration, u64) {
    let mut command = sandbox.command(args);
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    watched(child, longest)
}

#[cfg(target_os = "linux")]
#[test]
fn many_people_take_little_memory() {
    let (_runtime, fake, sandbox) = started(4_000);
    let minute = Duration::from_secs(60);
    let invite = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "4000",
    ];
    let (_, list) = quietly(&sandbox, &["list"], minute);
    let (_, run) = quietly(&sandbox, &invite, Duration::from_secs(4));
    assert!(fake.all_emails_sent() > 0);
    assert!(list > 0 && list < MEMORY, "list: {list} KiB");
    assert!(run > 0 && run < MEMORY, "run: {run} KiB");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "measures: run it by `cargo test -p unmanaged --release -- --ignored fifty_thousand_people`"]
fn fifty_thousand_people_are_listed_within_a_second() {
    let (_runtime, fake, sandbox) = started(50_000);
    let minutes = Duration::from_secs(300);
    let mut fastest = Duration::MAX;
    for form in ["table", "json", "ndjson", "csv", "table", "csv"] {
        let (took, memory) = quietly(&sandbox, &["list", "-o", form], minutes);
        println!("list -o {form}: {took:?}, {memory} KiB");
        assert!(memory < MEMORY, "{form}: {memory} KiB");
        fastest = fastest.min(took);
    }
    let plan = ["invite", "--state", "not-yet-sent", "--dry-run"];
    let (took, memory) = quietly(&sandbox, &plan, minutes);
    println!("invite --dry-run: {took:?}, {memory} KiB");
    assert!(memory < MEMORY, "plan: {memory} KiB");
    let run = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "50000",
    ];
    let (took, memory) = quietly(&sandbox, &run, Duration::from_secs(30));
    let sent = fake.all_emails_sent();
    println!("invite: {sent} emails in {took:?}, {memory} KiB");
    assert!(memory < MEMORY, "run: {memory} KiB");
    assert!(fastest < Duration::from_secs(1), "{fastest:?}");
}
