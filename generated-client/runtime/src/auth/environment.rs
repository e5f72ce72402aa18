//! The credentials of the environment, looked for in the order of Google's own libraries.
//!
//! Source: <https://cloud.google.com/docs/authentication/application-default-credentials>.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(feature = "service-account")]
use super::ServiceAccount;
use super::file::{self, Fields, refused};
use super::{AuthorizedUser, Keyless};
use crate::{Credentials, Error, Fetch, TokenClient};

/// The variable that names a file.
const VARIABLE: &str = "GOOGLE_APPLICATION_CREDENTIALS";
/// What the file is called that `gcloud` writes.
const FILE: &str = "application_default_credentials.json";

/// Credentials that were found in the environment. See [`from_env`].
#[derive(Clone)]
pub struct FromEnv(Arc<dyn Credentials>);

/// The credentials that this machine is set up for, on behalf of `subject` where they are a service
/// account's.
///
/// It looks where Google's own libraries do, and takes the first that is there:
///
/// 1. the file that `GOOGLE_APPLICATION_CREDENTIALS` names;
/// 2. the file that `gcloud auth application-default login` writes;
/// 3. with feature `google-auth`, the metadata server.
///
/// A file of type `service_account` needs feature `service-account`, which is on by default. One of
/// type `authorized_user` is an administrator's own, and takes no subject. One of type
/// `impersonated_service_account` needs a subject, and no key. Everything else that Google has, such as
/// `external_account`, needs feature `google-auth`.
///
/// # Errors
///
/// Nothing was found: the error says where it was looked for. A file that cannot be read or is
/// something else.
pub fn from_env(subject: Option<&str>) -> Result<FromEnv, Error> {
    FromEnv::look(|name| env::var_os(name), subject)
}

impl FromEnv {
    /// The same, with variables that need not be those of this process.
    ///
    /// # Errors
    ///
    /// Those of [`from_env`].
    pub fn look(
        variable: impl Fn(&str) -> Option<OsString>,
        subject: Option<&str>,
    ) -> Result<Self, Error> {
        let set = |name: &str| {
            variable(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        if let Some(path) = set(VARIABLE) {
            return Self::from_file(&path, subject);
        }
        let folder = set("CLOUDSDK_CONFIG")
            .or_else(|| set("APPDATA").map(|it| it.join("gcloud")))
            .or_else(|| set("HOME").map(|it| it.join(".config/gcloud")));
        let found = folder.as_ref().map(|folder| folder.join(FILE));
        match found.filter(|path| path.is_file()) {
            Some(path) => Self::from_file(&path, subject),
            None => elsewhere(folder.is_some(), subject),
        }
    }

    fn from_file(path: &Path, subject: Option<&str>) -> Result<Self, Error> {
        let text = file::read(path)?;
        let fields = Fields::parse(&text)?;
        let kind = fields.optional("type").unwrap_or_default();
        let found: Arc<dyn Credentials> = match (kind, subject) {
            #[cfg(feature = "service-account")]
            ("service_account", Some(subject)) => {
                Arc::new(ServiceAccount::from_json(&text)?.subject(subject))
            }
            #[cfg(feature = "service-account")]
            ("service_account", None) => Arc::new(ServiceAccount::from_json(&text)?),
            ("authorized_user", None) => Arc::new(AuthorizedUser::from_fields(&fields)?),
            ("authorized_user", Some(_)) => {
                return Err(refused(
                    "these credentials are a user's own, who cannot impersonate a subject: leave the \
                     subject out, or authenticate with `--impersonate-service-account`",
                ));
            }
            ("impersonated_service_account", Some(subject)) => {
                Arc::new(impersonated(&fields, subject)?)
            }
            _ => return other(subject),
        };
        Ok(Self(found))
    }
}

/// The file of an impersonated service account, as `gcloud` writes it.
fn impersonated(fields: &Fields, subject: &str) -> Result<Keyless, Error> {
    let source = fields.object("source_credentials");
    let source = source.ok_or_else(|| refused("the file has no `source_credentials`"))?;
    let url = fields.text("service_account_impersonation_url")?;
    let parts = url
        .split_once("/v1/projects/-/serviceAccounts/")
        .and_then(|(iam, rest)| Some((iam, rest.split_once(':')?.0)));
    let Some((iam, account)) = parts else {
        return Err(refused(
            "`service_account_impersonation_url` has another form",
        ));
    };
    let base = AuthorizedUser::from_fields(&source)?;
    let token_url = source.optional("token_uri").map(str::to_owned);
    let keyless = Keyless::new(base, account, subject)
        .delegates(fields.list("delegates"))
        .iam_url(iam);
    Ok(match token_url {
        Some(url) => keyless.token_url(url),
        None => keyless,
    })
}

/// Files of other types, for Google's own library, which finds them by itself.
#[cfg(feature = "google-auth")]
fn other(subject: Option<&str>) -> Result<FromEnv, Error> {
    match subject {
        None => Ok(FromEnv(Arc::new(super::GoogleAuth::new()))),
        Some(_) => Err(refused(
            "these credentials cannot impersonate a subject: make `GoogleAuth` the base of \
             `Keyless`, with a service account that can",
        )),
    }
}

#[cfg(not(feature = "google-auth"))]
fn other(_subject: Option<&str>) -> Result<FromEnv, Error> {
    Err(refused(
        "the file of the credentials is of a type that needs a subject (a service account that is \
         impersonated) or another feature of this crate (`service-account`; `google-auth` for all \
         others)",
    ))
}

/// No file at all: the metadata server, which Google's own library asks.
#[cfg(feature = "google-auth")]
fn elsewhere(_has_folder: bool, subject: Option<&str>) -> Result<FromEnv, Error> {
    other(subject)
}

#[cfg(not(feature = "google-auth"))]
fn elsewhere(has_folder: bool, _subject: Option<&str>) -> Result<FromEnv, Error> {
    let file = match has_folder {
        true => "there is no application_default_credentials.json in gcloud's folder",
        false => "none of CLOUDSDK_CONFIG, APPDATA and HOME is set, to find gcloud's folder",
    };
    Err(refused(&format!(
        "no credentials were found: {VARIABLE} is not set; {file}; the metadata server is used only \
         with feature `google-auth`. Set {VARIABLE} to a key file, or run `gcloud auth \
         application-default login`"
    )))
}

impl Credentials for FromEnv {
    fn fetch<'a>(&'a self, client: &'a TokenClient<'a>) -> Fetch<'a> {
        self.0.fetch(client)
    }
}

impl fmt::Debug for FromEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FromEnv").field(&self.0).finish()
    }
}
