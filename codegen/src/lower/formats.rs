//! The formats of strings that have a type of their own.

use openapiv3::{StringFormat, VariantOrUnknownOrEmpty};
use serde_json::Value;

/// The format of an argument that is the name of a resource; the name of its type follows.
pub(crate) const RESOURCE_NAME: &str = "resource-name:";

/// The formats, and what progenitor is to print for them. What is in `wire` is a stand-in: the types
/// that it stands for are read and written by the runtime, and the emitter puts them in its place.
pub(crate) const FORMATS: &[(&str, &str)] = &[
    ("byte", "wire::Bytes"),
    ("date", "runtime::Date"),
    ("date-time", "runtime::DateTime"),
    ("google-datetime", "runtime::DateTime"),
    ("google-duration", "wire::Duration"),
    ("google-fieldmask", "runtime::FieldMask"),
    ("int64", "wire::I64"),
    ("password", "runtime::Secret"),
    ("uint64", "wire::U64"),
];

/// The format that stands for a number: the runtime reads and writes it, as JSON has no `NaN`.
pub(super) const NUMBER: &str = "a number";

/// What progenitor is to print for it.
const NUMBER_TYPE: &str = "wire::F64";

/// The format that stands for bytes that are sent as they are, or for a stream of them.
pub(super) const UPLOAD: &str = "an upload";

/// The format that stands for parts that are put together by hand.
pub(super) const MULTIPART: &str = "parts";

/// The formats that stand for a type that is no value of a document, and what progenitor is to print for
/// them.
pub(crate) const STAND_INS: &[(&str, &str)] = &[
    (NUMBER, NUMBER_TYPE),
    (UPLOAD, "runtime::Upload"),
    (MULTIPART, "runtime::Multipart"),
];

/// A format, if it has a type of its own. With any other, a string is text.
pub(super) fn with_type(
    format: &VariantOrUnknownOrEmpty<StringFormat>,
) -> VariantOrUnknownOrEmpty<StringFormat> {
    match has_type(format) {
        true => format.clone(),
        false => VariantOrUnknownOrEmpty::Empty,
    }
}

/// Whether a format has a type of its own.
pub(crate) fn has_type(format: &VariantOrUnknownOrEmpty<StringFormat>) -> bool {
    let Ok(Value::String(name)) = serde_json::to_value(format) else {
        return false;
    };
    FORMATS.iter().any(|(known, _)| *known == name)
}
