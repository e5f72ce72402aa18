//! The files in which credentials are kept.

use std::fs;
use std::io;
use std::path::Path;

use tracing::warn;

use crate::{Error, JsonObject, JsonValue, Secret};

/// Reads a file. One that others can read too gets a warning.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            refused("the file of the credentials is not UTF-8: save it as UTF-8")
        }
        kind => refused(&format!(
            "the file of the credentials cannot be read: {kind}"
        )),
    })?;
    if others_can_read(path) {
        warn!("others can read the file of the credentials: take the right from them (chmod 600)");
    }
    Ok(text)
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_path: &Path) -> bool {
    false
}

/// The fields of a file of credentials. What is said of them never holds their values.
pub(super) struct Fields(JsonObject);

impl Fields {
    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, Error> {
        // Some editors put a byte order mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let object = serde_json::from_str(text);
        object
            .map(Self)
            .map_err(|_| refused("the file of the credentials is no JSON object"))
    }

    /// Checks what kind of credentials it holds.
    pub fn check_kind(&self, kind: &str) -> Result<(), Error> {
        match self.optional("type") {
            Some(found) if found == kind => Ok(()),
            _ => Err(refused(&format!(
                "the file of the credentials is not of type `{kind}`"
            ))),
        }
    }

    /// A text that has to be there.
    pub fn text(&self, name: &str) -> Result<String, Error> {
        let found = self.optional(name).filter(|text| !text.is_empty());
        found
            .map(str::to_owned)
            .ok_or_else(|| refused(&format!("the file of the credentials has no `{name}`")))
    }

    /// A secret that has to be there.
    pub fn secret(&self, name: &str) -> Result<Secret, Error> {
        self.text(name).map(Secret::from)
    }

    /// A text that may be there.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// An object that may be there.
    pub fn object(&self, name: &str) -> Option<Self> {
        self.0.get(name)?.as_object().cloned().map(Self)
    }

    /// The texts of a list that may be there.
    pub fn list(&self, name: &str) -> Vec<String> {
        let items = self.0.get(name).and_then(JsonValue::as_array);
        let texts = items.into_iter().flatten().filter_map(JsonValue::as_str);
        texts.map(str::to_owned).collect()
    }
}

/// Credentials that cannot be made of what was given.
pub(super) fn refused(what: &str) -> Error {
    Error::authentication(what)
}
