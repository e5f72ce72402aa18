//! A service account and its key, which is made when it is first wanted and never leaves the process
//! unless a caller writes it somewhere.

use std::io;
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use jsonwebtoken::{DecodingKey, EncodingKey};
use pem::{EncodeConfig, LineEnding, Pem};
use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;
use serde_json::json;

use crate::locked;

const PROJECT: &str = "fake-project";

/// A service account.
#[derive(Debug)]
pub(crate) struct ServiceAccount {
    pub email: String,
    pub key_id: String,
    client_id: String,
    key: Mutex<Option<Arc<Key>>>,
}

/// An RSA key in the forms that it is used in.
pub(crate) struct Key {
    pem: String,
    pub signs: EncodingKey,
    pub verifies: DecodingKey,
}

impl std::fmt::Debug for Key {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl ServiceAccount {
    pub(crate) fn new(random: &mut ChaCha8Rng) -> Self {
        let id: u64 = random.random_range(100_000_000_000_000_000..1_000_000_000_000_000_000);
        Self {
            email: format!("invitations@{PROJECT}.iam.gserviceaccount.com"),
            key_id: format!("{:040x}", random.random::<u128>()),
            client_id: format!("104{id}"),
            key: Mutex::default(),
        }
    }

    /// The key. The first call takes its time.
    pub(crate) fn key(&self) -> io::Result<Arc<Key>> {
        let mut kept = locked(&self.key);
        if let Some(key) = &*kept {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(Key::make()?);
        *kept = Some(Arc::clone(&key));
        Ok(key)
    }

    /// The file that Google hands out for a key.
    pub(crate) fn file(&self, base_url: &str) -> io::Result<String> {
        let file = json!({
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": self.key_id,
            "private_key": self.key()?.pem,
            "client_email": self.email,
            "client_id": self.client_id,
            "auth_uri": format!("{base_url}/auth"),
            "token_uri": format!("{base_url}/token"),
            "auth_provider_x509_cert_url": format!("{base_url}/certs"),
            "client_x509_cert_url": format!("{base_url}/certs/{}", self.email),
            "universe_domain": "googleapis.com",
        });
        Ok(format!("{file:#}\n"))
    }
}

impl Key {
    fn make() -> io::Result<Self> {
        // Where another crate of a program brings another provider, neither is chosen by itself. The
        // response says only that one was chosen before, which is as good.
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(io::Error::other)?;
        let der = pair.as_der().map_err(io::Error::other)?;
        let lines = EncodeConfig::new().set_line_ending(LineEnding::LF);
        let pem = pem::encode_config(&Pem::new("PRIVATE KEY", der.as_ref()), lines);
        let public = pair.public_key();
        let modulus = public.modulus();
        let exponent = public.exponent();
        Ok(Self {
            signs: EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(io::Error::other)?,
            verifies: DecodingKey::from_rsa_raw_components(
                modulus.big_endian_without_leading_zero(),
                exponent.big_endian_without_leading_zero(),
            ),
            pem,
        })
    }
}
