//! Every fault of the fake: a command ends with a documented code, and the journal says what happened.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{FakeServer, Rule};

use crate::sandbox::{NOW, Sandbox, runtime};

const FAULTS: [&str; 21] = [
    "too-many-requests",
    "unavailable",
    "rate-limited",
    "user-rate-limited",
    "quota-exceeded",
    "daily-limit",
    "api-disabled",
    "internal",
    "bad-gateway",
    "redirect",
    "redirect-302",
    "reset-before",
    "reset-after",
    "reset-in-response",
    "empty-body",
    "cut-off-json",
    "endless-body",
    "compressed-bomb",
    "unknown-enum",
    "unknown-field",
    "failed-operation",
];

fn started(runtime: &tokio::runtime::Runtime, fault: &str) -> FakeServer {
    let mut fake = FakeServer::builder()
        .starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()))
        .fault(fault.parse::<Rule>().unwrap());
    for number in 0..3 {
        fake = fake.account(format!("user{number}@example.com"));
    }
    runtime.block_on(fake.start()).unwrap()
}

#[test]
fn every_fault_of_an_email_is_settled_as_the_fake_knows_it() {
    let runtime = runtime();
    let mut endings = String::new();
    for fault in FAULTS {
        let fake = started(&runtime, &format!("send:{fault}@2"));
        let mut sandbox = Sandbox::of(&fake);
        let args = [
            "invite",
            "--state",
            "not-yet-sent",
            "--yes",
            "--max-people",
            "3",
        ];
        let mut codes = vec![sandbox.run(&args).code];
        for round in 1..=3 {
            fake.advance(Duration::from_secs(1_000));
            sandbox.set("UNMANAGED_CLOCK", &(NOW + 1_000 * round).to_string());
            codes.push(sandbox.run(&["resume"]).code);
        }
        let report = sandbox.run(&["report", "-o", "csv"]).stdout;
        for line in report.lines().skip(1) {
            let address = line.split(',').next().unwrap();
            let is_sent = u64::from(line.starts_with(&format!("{address},sent,")));
            assert_eq!(fake.emails_sent(address), is_sent, "{fault}: {line}");
            assert!(!line.contains(",unknown,"), "{fault}: {line}");
        }
        assert_eq!(report.lines().count(), 4, "{fault}: {report}");
        endings.push_str(&format!("{fault}: {codes:?}\n"));
    }
    insta::assert_snapshot!(endings);
}

#[test]
fn every_fault_of_a_list_ends_the_command_or_is_overcome() {
    let runtime = runtime();
    let mut endings = String::new();
    for fault in FAULTS
        .iter()
        .chain(&["endless-list", "repeated-page-token"])
    {
        let when = if *fault == "endless-list" {
            "100%"
        } else {
            "1"
        };
        let fake = started(&runtime, &format!("list:{fault}@{when}"));
        let sandbox = Sandbox::of(&fake);
        let ran = sandbox.run(&["list", "-o", "csv"]);
        // All accounts, or an error.
        match ran.code {
            0 => assert_eq!(ran.stdout.lines().count(), 4, "{fault}: {ran}"),
            _ => assert!(ran.stderr.contains("error: "), "{fault}: {ran}"),
        }
        endings.push_str(&format!("{fault}: {}\n", ran.code));
    }
    insta::assert_snapshot!(endings);
}
