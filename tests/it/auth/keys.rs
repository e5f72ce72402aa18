//! Key files that are none.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use generated_client::auth::{AuthorizedUser, ServiceAccount};
use serde_json::{Value, json};

/// An RSA key.
pub struct Key(KeyPair);

impl Key {
    pub fn new() -> Self {
        Self(KeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    fn der(&self) -> Vec<u8> {
        self.0.as_der().unwrap().as_ref().to_vec()
    }

    /// As Google hands it out.
    pub fn pkcs8(&self) -> String {
        pem("PRIVATE KEY", &self.der())
    }

    /// The older form, which PKCS#8 wraps: for this size, behind 26 bytes that say so.
    pub fn pkcs1(&self) -> String {
        pem("RSA PRIVATE KEY", &self.der()[26..])
    }

    /// The public half, by PKCS#1.
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

/// A key file with this key.
pub fn file(key: &str) -> String {
    json!({
        "type": "service_account",
        "private_key_id": "k1",
        "private_key": key,
        "client_email": "a@p.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    })
    .to_string()
}

#[test]
fn invalid_private_keys_are_refused_and_not_shown() {
    let key = Key::new();
    let (pkcs8, der) = (key.pkcs8(), key.der());
    let cut: String = pkcs8.chars().take(400).collect();
    let elliptic = rcgen::KeyPair::generate().unwrap().serialize_pem();
    for (what, key) in [
        ("nothing", ""),
        ("words", "hidden words"),
        (
            "a label only",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        ),
        (
            "no base64",
            "-----BEGIN PRIVATE KEY-----\nhidden!\n-----END PRIVATE KEY-----\n",
        ),
        ("cut off", &cut),
        ("cut off inside", &pem("PRIVATE KEY", &der[..600])),
        ("elliptic", &elliptic),
        ("a certificate", &pem("CERTIFICATE", &der)),
        ("another label", &pem("RSA PRIVATE KEY", &der)),
        ("encrypted", &pem("ENCRYPTED PRIVATE KEY", &der)),
    ] {
        let error = ServiceAccount::from_json(&file(key)).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(
            error.is_authentication() && text.contains("`private_key`"),
            "{what}: {text}"
        );
        assert!(
            !text.contains("hidden") && !text.contains("BEGIN"),
            "{what}: {text}"
        );
    }
    for key in [pkcs8, key.pkcs1()] {
        let account = ServiceAccount::from_json(&file(&key)).unwrap();
        let text = format!("{account:?} {account:#?}");
        assert!(!text.contains("a@p") && !text.contains("k1"), "{text}");
    }
}

#[test]
fn invalid_credentials_files_are_refused() {
    let whole: Value = serde_json::from_str(&file("hidden")).unwrap();
    let mut cases: Vec<(String, &str)> = ["", "hidden", "[]", "7", "{", "null"]
        .map(|text| (text.to_owned(), "no JSON object"))
        .into();
    for (field, value, said) in [
        ("type", json!("authorized_user"), "`service_account`"),
        ("type", json!(null), "`service_account`"),
        ("private_key", json!(null), "`private_key`"),
        ("private_key", json!(7), "`private_key`"),
    ] {
        let mut file = whole.clone();
        file[field] = value;
        cases.push((file.to_string(), said));
    }
    for (text, said) in cases {
        let error = ServiceAccount::from_json(&text).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains(said) && !shown.contains("hidden"),
            "{text}: {shown}"
        );
    }
    let user = json!({ "type": "authorized_user", "client_id": "c", "client_secret": "hidden", "refresh_token": "hidden" });
    for field in ["type", "client_id", "client_secret", "refresh_token"] {
        let mut file = user.clone();
        file[field] = json!("");
        let error = AuthorizedUser::from_json(&file.to_string()).unwrap_err();
        let shown = format!("{error} {error:?}");
        let named = if field == "type" {
            "`authorized_user`"
        } else {
            field
        };
        assert!(
            shown.contains(named) && !shown.contains("hidden"),
            "{shown}"
        );
    }
    let error = ServiceAccount::from_file("hidden/no-such-file").unwrap_err();
    assert!(error.to_string().contains("not found") && !error.to_string().contains("hidden"));
}
