//! A service account that signs with its own key.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::json;

use super::assertion::{Claims, Sign, Signed};
use super::file::{self, Fields, refused};
use super::oauth::TOKEN_URL;
use crate::{Credentials, Error, Fetch, Secret, TokenClient};

/// A service account with a key file, on behalf of an administrator: domain-wide delegation.
///
/// ```no_run
/// use generated_client_runtime::auth::ServiceAccount;
///
/// let account = ServiceAccount::from_file("key.json")?.subject("admin@example.com");
/// # Ok::<_, generated_client_runtime::Error>(())
/// ```
///
/// Source: <https://developers.google.com/identity/protocols/oauth2/service-account>.
#[derive(Clone)]
pub struct ServiceAccount {
    email: String,
    key_id: Option<String>,
    key: Arc<KeyPair>,
    token_url: String,
    subject: Option<String>,
}

impl ServiceAccount {
    /// Reads a key file. If others can read it too, that is told as a warning.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and what [`from_json`](Self::from_json) returns.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::from_json(&file::read(path.as_ref())?)
    }

    /// Reads the text of a key file: JSON of type `service_account`, with a key in PKCS#8 or PKCS#1.
    ///
    /// # Errors
    ///
    /// Text that is something else, a field that is missing, a key that is none.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let fields = Fields::parse(text)?;
        fields.check_kind("service_account")?;
        let pem = fields.secret("private_key")?;
        let key = key(pem.expose()).ok_or_else(|| {
            refused(
                "`private_key` is no RSA key in PEM: take the key file again as it was given out",
            )
        })?;
        Ok(Self {
            email: fields.text("client_email")?,
            key_id: fields.optional("private_key_id").map(str::to_owned),
            key: Arc::new(key),
            token_url: fields.optional("token_uri").unwrap_or(TOKEN_URL).to_owned(),
            subject: None,
        })
    }

    /// Acts on behalf of this user, an administrator. Without one, the account acts for itself, which
    /// the User Invitation API does not allow.
    #[must_use]
    pub fn subject(mut self, email: impl Into<String>) -> Self {
        self.subject = Some(email.into());
        self
    }

    /// Sets another token endpoint than the key file's: `https`, or on this machine.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }

    /// Signs claims: a JWT by RS256.
    fn jwt(&self, claims: &str) -> Result<Secret, Error> {
        let mut header = json!({ "alg": "RS256", "typ": "JWT" });
        if let Some(id) = &self.key_id {
            header["kid"] = id.as_str().into();
        }
        let encoded = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
        let header = encoded(header.to_string().as_bytes());
        let signed = format!("{header}.{}", encoded(claims.as_bytes()));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .map_err(|_| Error::authentication("the key does not sign"))?;
        Ok(format!("{signed}.{}", encoded(&signature)).into())
    }
}

impl Sign for ServiceAccount {
    fn sign<'a>(&'a self, _client: &'a TokenClient<'a>, claims: String) -> Signed<'a> {
        Box::pin(std::future::ready(self.jwt(&claims)))
    }
}

impl Credentials for ServiceAccount {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        Box::pin(async move {
            let claims = Claims {
                account: &self.email,
                subject: self.subject.as_deref(),
                token_url: &self.token_url,
            };
            claims.exchange(client, self).await
        })
    }
}

/// Neither key nor addresses.
impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("delegated", &self.subject.is_some())
            .finish_non_exhaustive()
    }
}

fn key(pem: &str) -> Option<KeyPair> {
    match PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()? {
        PrivateKeyDer::Pkcs8(der) => KeyPair::from_pkcs8(der.secret_pkcs8_der()).ok(),
        PrivateKeyDer::Pkcs1(der) => KeyPair::from_der(der.secret_pkcs1_der()).ok(),
        _ => None,
    }
}
