//! Who calls, and what is said where that does not work.

use std::net::TcpListener;
use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{FakeServer, Fault, scope};
use insta::assert_snapshot;

use crate::sandbox::{NOW, Sandbox, runtime};

const READ_ONLY: &str = scope::USER_INVITATIONS_READONLY;

fn started(runtime: &tokio::runtime::Runtime) -> FakeServer {
    let fake = FakeServer::builder()
        .starts_at(UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs()))
        .invitations(450);
    runtime.block_on(fake.start()).unwrap()
}

/// A sandbox without a profile, and a key in it.
fn with_key(fake: &FakeServer) -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("UNMANAGED_SERVER", fake.base_url());
    let key = fake.service_account_key().unwrap();
    sandbox.write("key.json", key.as_bytes());
    // GAM's file is a key with a setting more.
    let gam = key.replacen('{', "{\"key_type\": \"default\",", 1);
    sandbox.write("oauth2service.json", gam.as_bytes());
    sandbox.write("user.json", fake.authorized_user().as_bytes());
    sandbox
}

const LOGIN: &[&str] = &[
    "auth",
    "login",
    "--key",
    "key.json",
    "--subject",
    "admin@example.com",
    "--customer",
    "C0fake123",
];

#[test]
fn a_profile_holds_the_path_of_a_key_and_is_checked() {
    let runtime = runtime();
    // The key is signed by the clock of the system.
    let fake = FakeServer::builder().invitations(450);
    let fake = runtime.block_on(fake.start()).unwrap();
    let sandbox = with_key(&fake);
    let gam: &[&str] = &[
        "auth",
        "login",
        "--key",
        "oauth2service.json",
        "--subject",
        "admin@example.com",
        "--customer",
        "C0fake123",
        "--profile",
        "work",
    ];
    let text = sandbox.session(&[
        LOGIN,
        gam,
        &["auth", "check", "-o", "json"],
        &["auth", "check", "--profile", "nobody"],
    ]);
    assert_snapshot!(text);
    let profile = std::fs::read_to_string(sandbox.path("config/work.json")).unwrap();
    assert!(profile.contains("oauth2service.json") && !profile.contains("PRIVATE"));
    let own = sandbox.run(&[
        "auth",
        "login",
        "--user",
        "user.json",
        "--customer",
        "C0fake123",
        "--profile",
        "own",
    ]);
    assert_eq!(own.code, 0, "{own}");
    assert_eq!(sandbox.run(&["list", "--profile", "own"]).code, 0);
}

#[test]
fn a_missing_scope_is_named() {
    let runtime = runtime();
    let fake = runtime.block_on(FakeServer::start()).unwrap();
    let sandbox = with_key(&fake);
    fake.delegate([READ_ONLY]);
    let narrow = sandbox.run(LOGIN);
    fake.delegate(Vec::<String>::new());
    let none = sandbox.run(&["auth", "check"]);
    assert_snapshot!(format!("{narrow}\n{none}"));
}

#[test]
fn an_api_that_is_not_enabled_is_named() {
    let runtime = runtime();
    let fake = started(&runtime);
    fake.inject(Fault::ApiDisabled);
    let sandbox = Sandbox::of(&fake);
    assert_snapshot!(sandbox.session(&[&["auth", "check"], &["list"]]));
}

#[test]
fn without_credentials_every_command_says_what_to_do() {
    let mut sandbox = Sandbox::new();
    let profile = r#"{"service": "google", "customer": "C01234567"}"#;
    sandbox.write("broken.json", b"{");
    let nothing = sandbox.session(&[
        &["list"],
        &["stats"],
        &["runs"],
        &["list", "--customer", "C01234567"],
        &["list", "--customer", "my_customer"],
        &["list", "--service", "confluent"],
        &["auth", "login", "--environment"],
        &[
            "auth",
            "login",
            "--key",
            "none.json",
            "--customer",
            "C01234567",
            "--subject",
            "a@example.com",
        ],
        &[
            "auth",
            "login",
            "--key",
            "broken.json",
            "--customer",
            "C01234567",
        ],
        &[
            "auth",
            "login",
            "--key",
            "broken.json",
            "--customer",
            "C01234567",
            "--subject",
            "a@example.com",
        ],
    ]);
    sandbox.write("config/default.json", profile.as_bytes());
    sandbox.set("GOOGLE_APPLICATION_CREDENTIALS", "none.json");
    let missing = sandbox.session(&[&["list"]]);
    sandbox.write("config/default.json", b"{\"customer\": 7}");
    let damaged = sandbox.session(&[&["list"]]);
    sandbox.set("UNMANAGED_SERVER", "https://example.com");
    let foreign = sandbox.session(&[&["list", "--customer", "C1"]]);
    assert_snapshot!(format!("{nothing}{missing}{damaged}{foreign}"));
}

#[test]
fn an_expired_sign_in_and_a_dead_network_are_told_apart() {
    let runtime = runtime();
    let fake = started(&runtime);
    let mut sandbox = Sandbox::of(&fake);
    let expired = fake.authorized_user().replace("1//fake-", "1//other-");
    sandbox.write("user.json", expired.as_bytes());
    let expired = sandbox.session(&[&["list"]]);
    // A port that nothing listens on.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    sandbox.write("user.json", fake.authorized_user().as_bytes());
    sandbox.set("UNMANAGED_SERVER", &format!("http://{port}"));
    let dead = sandbox.run(&["list"]);
    assert_eq!(dead.code, 75, "{dead}");
    assert!(dead.stderr.contains("try again later"), "{dead}");
    assert_snapshot!(expired);
}

#[cfg(unix)]
#[test]
fn profiles_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let runtime = runtime();
    let fake = started(&runtime);
    let sandbox = with_key(&fake);
    sandbox.run(LOGIN);
    let mode = |name: &str| {
        let path = sandbox.path(name);
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(
        (mode("config"), mode("config/default.json")),
        (0o700, 0o600)
    );
}
