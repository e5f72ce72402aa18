//! Bodies in parts: `multipart/form-data`.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc7578.html>; names are escaped as browsers do it,
//! <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>.

use std::fmt::{self, Write as _};
use std::hash::{BuildHasher as _, RandomState};

use serde::Serialize;

use super::error::InvalidArgument;
use super::request_body::Piece;
use super::value::to_text;
use super::{Bytes, Encoding, JsonValue, Upload};

/// A body in parts, put together by hand: for an operation whose spec does not say which parts there are.
///
/// ```
/// use generated_client_runtime::{Multipart, Upload};
///
/// let photo = Upload::from(vec![0x89, 0x50]).file_name("photo.png").content_type("image/png");
/// let body = Multipart::new().text("title", "Shelf").file("photo", photo);
/// ```
#[derive(Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    refused: Option<InvalidArgument>,
}

#[derive(Clone)]
struct Part {
    name: String,
    is_file: bool,
    content: Upload,
}

/// Without the content, which may be personal data.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart").finish_non_exhaustive()
    }
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.push(name.into(), false, Upload::from(text.into()));
        self
    }

    /// Adds a part that is JSON.
    #[must_use]
    pub fn json(mut self, name: impl Into<String>, value: &impl Serialize) -> Self {
        let name = name.into();
        match serde_json::to_vec(value) {
            Ok(text) => self.push(
                name,
                false,
                Upload::from(text).content_type("application/json"),
            ),
            Err(_) => {
                let what = format!("the part `{}` has no form in JSON", escape(&name));
                self.refused.get_or_insert(InvalidArgument::new(what));
            }
        }
        self
    }

    /// Adds a part that is a file. Without a file name, it has the name of the part.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, content: impl Into<Upload>) -> Self {
        self.push(name.into(), true, content.into());
        self
    }

    pub(super) fn push(&mut self, name: String, is_file: bool, content: Upload) {
        self.parts.push(Part {
            name,
            is_file,
            content,
        });
    }

    /// Adds a value as its type is written: a list as several parts, or as one in a style that is stated, an
    /// object as JSON, anything else as text.
    pub(super) fn push_value(&mut self, name: &str, value: JsonValue, encoding: Option<Encoding>) {
        let is_json = encoding.is_some_and(Encoding::is_json);
        let kind = match encoding {
            Some(Encoding::ContentType(kind)) => Some(kind),
            _ => None,
        };
        if let (JsonValue::Array(_), Some(Encoding::Style(style))) = (&value, encoding) {
            for (name, text) in style.pairs(name, value) {
                self.push(name, false, Upload::from(text));
            }
            return;
        }
        let (text, kind) = match value {
            JsonValue::Null => return,
            JsonValue::Array(items) if !is_json => {
                for item in items {
                    self.push_value(name, item, encoding);
                }
                return;
            }
            value if is_json => (value.to_string(), kind),
            value @ (JsonValue::Array(_) | JsonValue::Object(_)) => {
                (value.to_string(), kind.or(Some("application/json")))
            }
            value => (to_text(value), kind),
        };
        let mut content = Upload::from(text);
        content.content_type = kind.map(str::to_owned);
        self.push(name.to_owned(), false, content);
    }

    /// Removes the parts of this name: others take their place.
    pub(super) fn remove(&mut self, name: &str) {
        self.parts.retain(|part| part.name != name);
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.name == name)
    }

    /// The media type of the body, and its pieces.
    ///
    /// # Errors
    ///
    /// A part that has no form, or a content type that is none.
    pub(super) fn write(self) -> Result<(String, Vec<Piece>), InvalidArgument> {
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        let boundary = boundary();
        let mut pieces = Vec::new();
        for part in self.parts {
            let head = part.head(&boundary)?;
            pieces.push(Piece::Bytes(Bytes::from(head)));
            pieces.push(part.content.content.into());
            pieces.push(Piece::Bytes(Bytes::from_static(b"\r\n")));
        }
        pieces.push(Piece::Bytes(Bytes::from(format!("--{boundary}--\r\n"))));
        Ok((format!("multipart/form-data; boundary={boundary}"), pieces))
    }
}

/// The media type and the pieces of a message in JSON and media, as Google's APIs take them together:
/// `multipart/related`.
pub(super) fn related(
    message: Bytes,
    media: Upload,
) -> Result<(String, Vec<Piece>), InvalidArgument> {
    let boundary = boundary();
    let kind = media.content_type.as_deref().map(checked).transpose()?;
    let kind = kind.unwrap_or("application/octet-stream");
    let head = format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n");
    let between = format!("\r\n--{boundary}\r\nContent-Type: {kind}\r\n\r\n");
    let pieces = vec![
        Piece::Bytes(head.into()),
        Piece::Bytes(message),
        Piece::Bytes(between.into()),
        media.content.into(),
        Piece::Bytes(format!("\r\n--{boundary}--\r\n").into()),
    ];
    Ok((format!("multipart/related; boundary={boundary}"), pieces))
}

impl Part {
    /// What stands before the content.
    fn head(&self, boundary: &str) -> Result<String, InvalidArgument> {
        let name = escape(&self.name);
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let file_name = self.content.file_name.as_ref();
        if let Some(file_name) = file_name.or(self.is_file.then_some(&self.name)) {
            let _ = write!(head, "; filename=\"{}\"", escape(file_name));
        }
        head.push_str("\r\n");
        let kind = self.content.content_type.as_deref();
        if let Some(kind) = kind.or(self.is_file.then_some("application/octet-stream")) {
            let _ = write!(head, "Content-Type: {}\r\n", checked(kind)?);
        }
        head.push_str("\r\n");
        Ok(head)
    }
}

/// A content type, if it can stand in a header.
fn checked(kind: &str) -> Result<&str, InvalidArgument> {
    let is_shown = |c: char| c == ' ' || c.is_ascii_graphic();
    match kind.contains('/') && kind.chars().all(is_shown) {
        true => Ok(kind),
        false => Err(InvalidArgument::new(
            "a content type of a part is not valid",
        )),
    }
}

/// A name as it stands between quotation marks: nothing in it ends them, or the line.
fn escape(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '"' | '\u{0}'..='\u{1f}' | '\u{7f}' => {
                let _ = write!(escaped, "%{:02X}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// What stands between the parts, and in none of them: 128 bits that cannot be foreseen, as the keys of
/// the standard library's hash maps come from the operating system.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0);
    format!("{:016x}{:016x}", random(), random())
}
