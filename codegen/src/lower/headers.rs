//! The headers that responses have, as one type for all of them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Header, OpenAPI, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type};

use super::schemas::Types;
use crate::model::{HeaderField, ResponseHeaders};
use crate::names::{snake, unique};
use crate::operations::operations;

/// The headers of all responses; nothing where none is described. Which of them a response has depends
/// on the operation and its status.
pub(super) fn of_responses(document: &OpenAPI, types: &mut Types) -> Option<ResponseHeaders> {
    let mut found: BTreeMap<String, (&str, &Header)> = BTreeMap::new();
    for each in operations(document) {
        let responses = &each.operation.responses;
        let responses = responses.responses.values().chain(&responses.default);
        for response in responses.filter_map(ReferenceOr::as_item) {
            for (name, header) in &response.headers {
                if let ReferenceOr::Item(header) = header {
                    let key = name.to_ascii_lowercase();
                    found.entry(key).or_insert((name.as_str(), header));
                }
            }
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut taken = BTreeSet::new();
    let fields = found.into_values().map(|(wire, header)| HeaderField {
        name: unique(snake(wire), &mut taken),
        wire: wire.to_owned(),
        kind: kind(header),
        doc: header.description.clone().unwrap_or_default(),
    });
    Some(ResponseHeaders {
        name: types.reserve("ResponseHeaders"),
        fields: fields.collect(),
    })
}

fn kind(header: &Header) -> &'static str {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &header.format else {
        return "String";
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(_)) => "i64",
        SchemaKind::Type(Type::Number(_)) => "f64",
        SchemaKind::Type(Type::Boolean(_)) => "bool",
        _ => "String",
    }
}
