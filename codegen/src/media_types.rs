//! Media types, and in which form the client sends and reads what they stand for.

use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, StringFormat, Type};
use openapiv3::{StringType, VariantOrUnknownOrEmpty};

use crate::schemas::string;

/// The media type that every call sends and takes, unless its document states another one.
pub(crate) const JSON: &str = "application/json";

/// The media type of parts.
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// In which form a body is sent or read, from the one that is preferred to the one that always fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    Json,
    Multipart,
    UrlEncoded,
    Text,
    Bytes,
}

impl Form {
    /// The form of an entry of a `content`. A media range is JSON by that name already, where it is.
    pub fn of(kind: &str, media: &MediaType) -> Self {
        let schema = media.schema.as_ref().and_then(ReferenceOr::as_item);
        let (binary, text) = (
            schema.is_some_and(is_binary_string),
            schema.is_some_and(is_string),
        );
        match essence(kind).as_str() {
            _ if binary => Self::Bytes,
            "multipart/form-data" | "application/x-www-form-urlencoded" if text => Self::Text,
            "multipart/form-data" => Self::Multipart,
            "application/x-www-form-urlencoded" => Self::UrlEncoded,
            kind if is_json(kind) => Self::Json,
            "*/*" | "application/*" if text => Self::Text,
            kind if is_text(kind) => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// The schema that says of a body of text or bytes all that counts; nothing for other forms, whose own
    /// schema counts.
    pub fn schema(self) -> Option<Schema> {
        let format = match self {
            Self::Text => VariantOrUnknownOrEmpty::Empty,
            Self::Bytes => VariantOrUnknownOrEmpty::Item(StringFormat::Binary),
            Self::Json | Self::Multipart | Self::UrlEncoded => return None,
        };
        Some(string(StringType {
            format,
            ..StringType::default()
        }))
    }
}

/// A media type without its parameters. It may be written in capitals.
pub(crate) fn essence(kind: &str) -> String {
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// A media type as it goes into a header: without parameters that are only about its text, which is always
/// UTF-8. Nothing where it is none.
pub(crate) fn for_header(kind: &str) -> Option<String> {
    let mut shown = essence(kind);
    let is_token = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(is_part)
    };
    let (first, second) = shown.split_once('/')?;
    if !is_token(first) || !is_token(second) {
        return None;
    }
    for parameter in kind.split(';').skip(1) {
        let (name, value) = parameter.trim().split_once('=')?;
        let name = name.trim().to_ascii_lowercase();
        let value = value.trim();
        let is_shown = is_token(&name) && is_token(value.trim_matches('"'));
        if is_shown && !matches!(name.as_str(), "boundary" | "charset" | "q") {
            shown.push_str(&format!("; {name}={value}"));
        }
    }
    Some(shown)
}

/// Whether a media type without parameters is JSON, by its own word.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, JSON | "text/json" | "application/x-json")
        || essence.ends_with("+json")
        || essence.starts_with("application/x-amz-json-")
}

/// Whether a media type without parameters stands for text that is read as a whole. A stream of events or of
/// records has no end that is known.
fn is_text(essence: &str) -> bool {
    const TEXT: &[&str] = &[
        "application/csv",
        "application/graphql",
        "application/javascript",
        "application/jwt",
        "application/sdp",
        "application/sql",
        "application/toml",
        "application/xml",
        "application/x-yaml",
        "application/yaml",
    ];
    let is_text = essence.starts_with("text/") && essence != "text/event-stream";
    is_text || TEXT.contains(&essence) || essence.ends_with("+xml") || essence.ends_with("+yaml")
}

fn is_string(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::String(_)))
}

/// Whether a schema is of bytes as they are.
pub(crate) fn is_binary_string(schema: &Schema) -> bool {
    matches!(
        &schema.schema_kind,
        SchemaKind::Type(Type::String(StringType {
            format: VariantOrUnknownOrEmpty::Item(StringFormat::Binary),
            ..
        }))
    )
}
