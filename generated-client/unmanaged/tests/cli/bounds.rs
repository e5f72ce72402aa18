//! Limits on damage.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{Account, FakeServer, Fault, Hint, Method, State};

use crate::sandbox::{NOW, Sandbox, runtime};

fn started(runtime: &tokio::runtime::Runtime, accounts: usize) -> FakeServer {
    let mut fake =
        FakeServer::builder().starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()));
    for number in 0..accounts {
        fake = fake.account(format!("user{number:04}@example.com"));
    }
    runtime.block_on(fake.start()).unwrap()
}

const EVERYONE: &[&str] = &[
    "invite",
    "--state",
    "not-yet-sent",
    "--yes",
    "--max-people",
    "100",
];

#[test]
fn a_plan_of_more_people_than_allowed_sends_nothing() {
    let runtime = runtime();
    let fake = started(&runtime, 12);
    let sandbox = Sandbox::of(&fake);
    let args = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "11",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 2, "{ran}");
    assert_eq!(fake.requests(Method::Send), 0);
    assert!(sandbox.run(&["runs", "-o", "json"]).stdout.contains("[]"));
}

#[test]
fn a_dry_run_sends_nothing() {
    let runtime = runtime();
    let fake = started(&runtime, 12);
    let sandbox = Sandbox::of(&fake);
    let ran = sandbox.run(&["invite", "--state", "not-yet-sent", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(
        (fake.requests(Method::Send), fake.requests(Method::List)),
        (0, 1)
    );
    assert_eq!(
        fake.requests(Method::IsInvitableUser) + fake.requests(Method::Get),
        0
    );
}

#[test]
fn excluded_people_get_nothing_and_a_doubtful_file_stops_everything() {
    let runtime = runtime();
    let fake = started(&runtime, 3);
    let sandbox = Sandbox::of(&fake);
    sandbox.write("hold.csv", b"Mail\nUSER0001@Example.com\n");
    sandbox.write("doubtful.csv", b"Mail\nuser0002\n");
    let with = |file: &str| {
        let mut args = EVERYONE.to_vec();
        args.extend(["--exclude-from", file]);
        sandbox.run(&args).code
    };
    assert_eq!(with("doubtful.csv"), 2);
    assert_eq!(with("none.csv"), 2);
    assert_eq!(fake.all_emails_sent(), 0);
    assert_eq!(with("hold.csv"), 0);
    assert_eq!(fake.emails_sent("user0001@example.com"), 0);
    assert_eq!(fake.all_emails_sent(), 2);
}

#[test]
fn a_run_takes_one_request_a_person_and_one_a_page() {
    let runtime = runtime();
    let fake = started(&runtime, 401);
    let sandbox = Sandbox::of(&fake);
    let args = [
        "invite",
        "--state",
        "not-yet-sent",
        "--yes",
        "--max-people",
        "40",
        "--limit",
        "40",
        "-o",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.requests(Method::Send), 40);
    assert_eq!(fake.requests(Method::List), 3);
    assert_eq!(
        fake.requests(Method::Get) + fake.requests(Method::IsInvitableUser),
        0
    );
    assert_eq!(fake.all_emails_sent(), 40);
}

#[test]
fn nobody_is_mailed_twice_by_two_commands() {
    let runtime = runtime();
    let fake = started(&runtime, 5);
    let sandbox = Sandbox::of(&fake);
    assert_eq!(sandbox.run(EVERYONE).code, 0);
    let again = [
        "invite",
        "--state",
        "not-yet-sent,invited",
        "--yes",
        "--max-people",
        "100",
    ];
    assert_eq!(sandbox.run(&again).code, 0);
    assert_eq!(fake.all_emails_sent(), 5);
}

#[test]
fn a_quota_is_waited_for_and_rows_that_wait_are_planned() {
    let runtime = runtime();
    let fake = started(&runtime, 5);
    let sandbox = Sandbox::of(&fake);
    fake.inject(
        Fault::TooManyRequests(Hint::Seconds(1))
            .on(Method::Send)
            .first(2),
    );
    let ran = sandbox.run(EVERYONE);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.all_emails_sent(), 5);
}

#[test]
fn a_rate_is_an_upper_bound() {
    let runtime = runtime();
    let fake = started(&runtime, 6);
    let sandbox = Sandbox::of(&fake);
    let mut args = EVERYONE.to_vec();
    args.extend(["--rate", "5/s"]);
    let began = std::time::Instant::now();
    assert_eq!(sandbox.run(&args).code, 0);
    // One list and six emails.
    assert!(began.elapsed() >= Duration::from_millis(1_200));
    assert_eq!(fake.all_emails_sent(), 6);
}

#[test]
fn a_server_that_fails_stops_the_run_before_everyone_is_unknown() {
    let runtime = runtime();
    let fake = started(&runtime, 60);
    let sandbox = Sandbox::of(&fake);
    fake.inject(Fault::Unavailable(Hint::Nothing).on(Method::Send));
    let ran = sandbox.run(EVERYONE);
    assert_eq!(ran.code, 75, "{ran}");
    assert!(fake.requests(Method::Send) < 20, "{ran}");
    assert!(ran.stdout.contains("planned"), "{ran}");
}

#[test]
fn failures_that_would_meet_everyone_are_nobodys_outcome() {
    let runtime = runtime();
    for (fault, code) in [
        (Fault::ApiDisabled, 78),
        (
            Fault::RateLimited(generated_client_fake::RateReason::DailyLimit),
            75,
        ),
    ] {
        let fake = started(&runtime, 30);
        let sandbox = Sandbox::of(&fake);
        fake.inject(fault.on(Method::Send));
        let ran = sandbox.run(EVERYONE);
        assert_eq!(ran.code, code, "{ran}");
        let counts = sandbox.run(&["runs", "-o", "json"]).stdout;
        assert!(counts.contains("\"planned\":30"), "{counts}");
        fake.clear_faults();
        assert_eq!(sandbox.run(&["resume"]).code, 0);
        assert_eq!(fake.all_emails_sent(), 30);
    }
}

#[test]
fn people_whom_others_invited_since_the_plan_are_skipped() {
    let runtime = runtime();
    let fake = started(&runtime, 4);
    let sandbox = Sandbox::of(&fake);
    fake.inject(Fault::ApiDisabled.on(Method::Send));
    sandbox.run(EVERYONE);
    fake.clear_faults();
    fake.add(Account::new("user0001@example.com").state(State::Invited));
    fake.add(Account::new("user0002@example.com").state(State::Accepted));
    let ran = sandbox.run(&["resume"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.all_emails_sent(), 2);
    assert!(
        sandbox
            .run(&["report", "-o", "csv"])
            .stdout
            .contains("skipped,changed")
    );
}

#[test]
fn people_who_are_excluded_since_the_plan_get_nothing() {
    let runtime = runtime();
    let fake = started(&runtime, 4);
    let sandbox = Sandbox::of(&fake);
    fake.inject(Fault::ApiDisabled.on(Method::Send));
    sandbox.run(EVERYONE);
    fake.clear_faults();
    sandbox.write("hold.csv", b"user0001@example.com\n");
    let ran = sandbox.run(&["resume", "--exclude-from", "hold.csv"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.all_emails_sent(), 3);
    assert_eq!(fake.emails_sent("user0001@example.com"), 0);
}

#[test]
fn a_long_run_lists_again_and_skips_people_whom_others_invited() {
    let runtime = runtime();
    let fake = started(&runtime, 40);
    let mut sandbox = Sandbox::of(&fake);
    // Ten minutes are a second.
    sandbox.set("UNMANAGED_CLOCK", "x600");
    let mut args = EVERYONE.to_vec();
    args.extend(["--rate", "20/s"]);
    let child = sandbox.spawn(&args);
    let began = std::time::Instant::now();
    while fake.all_emails_sent() < 3 {
        assert!(began.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(5));
    }
    // Another administrator does the last ones.
    for number in 38..40 {
        fake.add(Account::new(format!("user{number:04}@example.com")).state(State::Invited));
    }
    let ran = sandbox.ended(child);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(fake.requests(Method::List) > 1);
    assert_eq!(fake.all_emails_sent(), 38);
    let report = sandbox.run(&["report", "-o", "csv"]).stdout;
    assert_eq!(report.matches("skipped,changed").count(), 2, "{report}");
}

#[test]
fn reminders_and_cancellations_go_by_the_list() {
    let runtime = runtime();
    let fake = started(&runtime, 2);
    let days = |count: u64| Duration::from_secs(count * 86_400);
    let invited = |name: &str, mails: u64, age: u64| {
        let account = Account::new(format!("{name}@example.com")).age(days(100));
        let account = account.state(State::Invited).emails_sent(mails);
        fake.add(account.unchanged_for(days(age)));
    };
    invited("old", 1, 70);
    invited("often", 3, 70);
    invited("new", 1, 3);
    let sandbox = Sandbox::of(&fake);
    let ran = sandbox.run(&["remind", "--yes", "--max-people", "9"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.all_emails_sent(), 1);
    assert_eq!(fake.emails_sent("old@example.com"), 1);
    let args = [
        "cancel",
        "--state",
        "invited",
        "--older-than",
        "60d",
        "--yes",
        "--max-people",
        "9",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(fake.state("often@example.com"), Some(State::NotYetSent));
    assert_eq!(fake.state("new@example.com"), Some(State::Invited));
    assert_eq!(fake.requests(Method::Cancel), 1);
    assert_eq!(fake.all_emails_sent(), 1);
}
