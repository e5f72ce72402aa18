//! Conversion of what others publish to OpenAPI 3.0, before it is read: OpenAPI 3.1, what documents of 3.0
//! borrow from it, Swagger 2.0, and references to what is no component.
//!
//! Every step is a function from one JSON value to another. What a step does not know stays as it is, so
//! that the reader can say what is wrong with it; [`Origins`] says where in the author's document that is.

mod bundle;
mod document;
mod documents;
mod kinds;
mod origins;
mod schema;
mod swagger;
mod unresolved;

use serde_json::Value;

pub(super) use bundle::WITHIN;
pub(super) use documents::{Documents, files_named_in};
pub(super) use origins::Origins;
use origins::Table;

use crate::Problem;

/// A document of OpenAPI 3.0, and where its parts stood.
pub(super) struct Converted {
    /// The document.
    pub value: Value,
    /// Where its parts stood.
    pub origins: Origins,
}

/// Converts a document.
///
/// # Errors
///
/// A file that the document refers to cannot be parsed.
pub(super) fn convert(documents: Documents) -> Result<Converted, Problem> {
    let version = Version::of(&documents.document);
    let (mut value, brought_in) = bundle::bundle(&documents, version)?;
    let (mut of_swagger, mut schemas) = (Table::default(), Table::default());
    if version == Version::V2 {
        value = swagger::convert(value, &mut of_swagger);
    }
    schema::convert(&mut value, version, &mut schemas);
    document::convert(&mut value, version);
    let origins = Origins {
        version,
        documents,
        steps: vec![brought_in, of_swagger, schemas],
    };
    Ok(Converted { value, origins })
}

/// The version of a document, as far as it makes a difference here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0, or one that is not known.
    V3_0,
    /// OpenAPI 3.1 and what comes after it: schemas are those of JSON Schema.
    V3_1,
}

impl Version {
    fn of(document: &Value) -> Self {
        let text = |key: &str| match document.get(key) {
            Some(Value::String(text)) => text.clone(),
            // YAML without quotes.
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        if document.get("openapi").is_none() && matches!(text("swagger").as_str(), "2" | "2.0") {
            return Self::V2;
        }
        let text = text("openapi");
        let is_later = ["3.1", "3.2"]
            .iter()
            .any(|known| text == *known || text.starts_with(&format!("{known}.")));
        match is_later {
            true => Self::V3_1,
            false => Self::V3_0,
        }
    }
}

/// How much may be put where it is referred to in one step, all together: a quarter of a million values, or
/// 16 MiB of texts. A reference behind that stays as it is.
const MOST_COPIED: usize = 16 << 20;

/// How much a value is: what its values take, and the bytes of its texts.
fn weight(value: &Value) -> usize {
    const OF_VALUE: usize = 64;
    match value {
        Value::Object(members) => {
            let weights = members.iter().map(|(key, value)| key.len() + weight(value));
            OF_VALUE + weights.sum::<usize>()
        }
        Value::Array(items) => OF_VALUE + items.iter().map(weight).sum::<usize>(),
        Value::String(text) => OF_VALUE + text.len(),
        _ => OF_VALUE,
    }
}
