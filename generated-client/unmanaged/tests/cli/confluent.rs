//! Confluent Cloud: the same plan and the same journal, as far as its API goes.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{FakeServer, Fault, Method};
use insta::assert_snapshot;

use crate::sandbox::{NOW, Sandbox, runtime};

#[test]
fn invitations_of_confluent_are_listed_sent_settled_and_cancelled() {
    let runtime = runtime();
    let fake =
        FakeServer::builder().starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()));
    let fake = runtime.block_on(fake.start()).unwrap();
    fake.confluent().invite("ada@example.com");
    fake.inject(Fault::ResetAfter.on(Method::ConfluentCreate).nth(1));
    let mut sandbox = Sandbox::new();
    let (id, secret) = fake.confluent().key();
    sandbox.set("UNMANAGED_SERVER", fake.base_url());
    sandbox.set("CONFLUENT_CLOUD_API_KEY", &id);
    sandbox.set("CONFLUENT_CLOUD_API_SECRET", &secret);
    let of = |args: &[&'static str]| [args, &["--service", "confluent"]].concat();
    let invite = of(&[
        "invite",
        "ada@example.com",
        "bob@example.com",
        "--yes",
        "--max-people",
        "1",
    ]);
    let mut text = sandbox.session(&[
        &of(&["auth", "login", "--environment"]),
        &of(&["list", "-o", "csv"]),
        &invite,
        &invite,
    ]);
    sandbox.set("UNMANAGED_CLOCK", &(NOW + 900).to_string());
    text.push_str(&sandbox.session(&[
        &["resume"],
        &["report"],
        &["cancel", "bob@example.com", "--yes", "--max-people", "1"],
        &["remind"],
        &["check", "ada@example.com"],
        &["invite", "--state", "sent", "--dry-run"],
    ]));
    for (address, emails) in [("ada", 1), ("bob", 1)] {
        let address = format!("{address}@example.com");
        assert_eq!(fake.confluent().emails_sent(&address), emails, "{address}");
    }
    assert_snapshot!(text);
}
