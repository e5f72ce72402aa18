//! Credentials that are found where Google's own libraries look.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use generated_client::auth::FromEnv;
use generated_client::cloudidentity::Client;
use generated_client::runtime::Error;
use generated_client_fake::FakeServer;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::builder;
use crate::reliability::capture::captured;
use crate::reliability::{ADA, four_accounts, invitation};

/// Variables, and the folder that they name files in.
struct Machine {
    folder: TempDir,
    set: Vec<(&'static str, OsString)>,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            set: Vec::new(),
        }
    }

    /// Writes a file for its owner alone, and names it, or a folder above it.
    fn with(mut self, variable: &'static str, above: usize, path: &str, text: &str) -> Self {
        let file = self.folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        mode(&file, 0o600);
        let named = file.ancestors().nth(above).unwrap();
        self.set.push((variable, named.into()));
        self
    }

    fn look(&self, subject: Option<&str>) -> Result<FromEnv, Error> {
        let set = |name: &str| self.set.iter().find(|(known, _)| *known == name);
        FromEnv::look(|name| set(name).map(|(_, value)| value.clone()), subject)
    }
}

#[cfg(unix)]
fn mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn mode(_file: &Path, _mode: u32) {}

const FILE: &str = "application_default_credentials.json";

/// What `gcloud auth application-default login --impersonate-service-account` writes down.
fn impersonated(fake: &FakeServer) -> String {
    let source: Value = serde_json::from_str(&fake.authorized_user()).unwrap();
    let account = fake.service_account();
    let url = format!(
        "{}/v1/projects/-/serviceAccounts/{account}:generateAccessToken",
        fake.base_url()
    );
    json!({
        "type": "impersonated_service_account",
        "service_account_impersonation_url": url,
        "delegates": [],
        "source_credentials": source,
    })
    .to_string()
}

async fn get(fake: &FakeServer, found: FromEnv) -> Result<(), Error> {
    let client: Client = builder(fake).credentials(found).build()?;
    invitation(fake, &client, ADA).get().await.map(drop)
}

#[tokio::test]
async fn every_kind_of_credentials_file_is_read() {
    let fake = four_accounts().start().await.unwrap();
    let administrator = fake.administrator();
    let subject = Some(administrator.as_str());
    for (text, subject) in [
        (fake.service_account_key().unwrap(), subject),
        (fake.authorized_user(), None),
        (impersonated(&fake), subject),
    ] {
        for machine in [
            Machine::new().with("GOOGLE_APPLICATION_CREDENTIALS", 0, "key.json", &text),
            Machine::new().with("CLOUDSDK_CONFIG", 1, FILE, &text),
            Machine::new().with("APPDATA", 2, &format!("gcloud/{FILE}"), &text),
            Machine::new().with("HOME", 3, &format!(".config/gcloud/{FILE}"), &text),
        ] {
            let found = machine.look(subject).unwrap();
            get(&fake, found)
                .await
                .unwrap_or_else(|error| panic!("{:?}: {error}", machine.set));
        }
    }
}

#[tokio::test]
async fn credentials_are_searched_in_the_documented_order() {
    let fake = four_accounts().start().await.unwrap();
    let user = fake.authorized_user();
    let file = |folder: &str| format!("{folder}/{FILE}");
    let machine = Machine::new()
        .with("HOME", 3, &file("home/.config/gcloud"), "broken")
        .with("APPDATA", 2, &file("data/gcloud"), "broken")
        .with("CLOUDSDK_CONFIG", 1, &file("config"), &user);
    get(&fake, machine.look(None).unwrap()).await.unwrap();
    let machine = machine.with("GOOGLE_APPLICATION_CREDENTIALS", 0, "broken.json", "broken");
    // It is named: what comes after it does not count any more.
    assert!(machine.look(None).unwrap_err().is_authentication());
}

#[test]
fn missing_credentials_name_every_place_that_was_searched() {
    let nowhere = Machine::new();
    let error = nowhere.look(None).unwrap_err().to_string();
    for said in [
        "GOOGLE_APPLICATION_CREDENTIALS",
        "CLOUDSDK_CONFIG",
        "HOME",
        "metadata server",
    ] {
        assert!(error.contains(said), "{error}");
    }
    let mut empty = Machine::new();
    let home = empty.folder.path().to_owned();
    empty.set = vec![
        ("HOME", home.into()),
        ("GOOGLE_APPLICATION_CREDENTIALS", "".into()),
    ];
    let error = empty.look(None).unwrap_err().to_string();
    for said in [
        "GOOGLE_APPLICATION_CREDENTIALS is not set",
        FILE,
        "google-auth",
    ] {
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn credentials_that_cannot_delegate_are_refused() {
    let user = json!({ "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r" });
    let mut other = json!({ "type": "impersonated_service_account", "service_account_impersonation_url": "https://x.example/v2", "source_credentials": user });
    for (text, subject, said) in [
        (
            user.to_string(),
            Some("admin@example.com"),
            "leave the subject out",
        ),
        (other.to_string(), None, "needs a subject"),
        (other.to_string(), Some("admin@example.com"), "another form"),
        (
            json!({ "type": "external_account" }).to_string(),
            None,
            "google-auth",
        ),
        (json!({}).to_string(), None, "google-auth"),
        (
            other["source_credentials"].take().to_string(),
            Some("x@y.z"),
            "leave the subject out",
        ),
        (other.to_string(), Some("x@y.z"), "source_credentials"),
    ] {
        let machine = Machine::new().with("GOOGLE_APPLICATION_CREDENTIALS", 0, "c.json", &text);
        let error = machine.look(subject).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
        assert!(!error.contains('@'), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_a_warning() {
    for (bits, warnings) in [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1), (0o666, 1)] {
        let (path, capture) = captured(async |_| {
            let machine =
                Machine::new().with("GOOGLE_APPLICATION_CREDENTIALS", 0, "hidden.json", "{}");
            mode(&machine.folder.path().join("hidden.json"), bits);
            machine.look(None).unwrap_err();
            machine.folder.path().to_owned()
        });
        let told = capture.events("generated_client");
        assert_eq!(told.len(), warnings, "{bits:o}: {told:?}");
        let text = capture.text();
        assert!(
            !text.contains("hidden") && !text.contains(path.to_str().unwrap()),
            "{text}"
        );
    }
}
