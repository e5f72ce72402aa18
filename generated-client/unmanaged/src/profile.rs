//! Profiles: which customer, and whose credentials. A profile holds the path of a key, and never the key.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Failure};
use crate::folders::{private_file, private_folder};

/// A profile, as its file has it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// `google` or `confluent`.
    #[serde(default)]
    pub service: String,
    /// The customer's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The administrator for whom a service account acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Whose credentials.
    #[serde(default)]
    pub credentials: Source,
}

/// Whose credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Source {
    /// Those of the environment.
    #[default]
    Environment,
    /// A service account's key.
    Key {
        /// Where it is.
        path: PathBuf,
    },
    /// A service account, for whom the credentials of the environment sign.
    Keyless {
        /// The service account.
        account: String,
    },
    /// An administrator's own.
    User {
        /// Where they are.
        path: PathBuf,
    },
}

impl Profile {
    /// Reads a profile; `None` where there is none.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no profile.
    pub fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let profile = serde_json::from_str(&text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Failure::new(
                Exit::Setup,
                format!("{}: {place}: this is no profile", path.display()),
                "write it again with `unmanaged auth login`",
            )
        })?;
        Ok(Some(profile))
    }

    /// Writes a profile, for its owner alone to read.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let text = serde_json::to_string_pretty(self).map_err(io::Error::from)?;
        let mut file = private_file(path)?;
        file.set_len(0)?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        Ok(())
    }
}
