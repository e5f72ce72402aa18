//! Which values may be `null`.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind};

use crate::schemas::{destinations, is_any, sole_reference};

/// The schemas of a document that may be `null`.
pub(super) struct Nullable(BTreeSet<String>);

impl Nullable {
    /// Those that say so, or lead to one that does.
    pub fn new(document: &OpenAPI) -> Self {
        let Some(components) = &document.components else {
            return Self(BTreeSet::new());
        };
        let schemas = &components.schemas;
        let says_so = |name: &str| schemas.get(name).is_some_and(says_so);
        let ends = destinations(schemas).unwrap_or_default();
        let found = ends
            .iter()
            .filter(|(name, end)| says_so(name) || says_so(end));
        Self(found.map(|(name, _)| (*name).to_owned()).collect())
    }

    /// Whether a value of this schema may be `null`.
    pub fn has(&self, schema: &ReferenceOr<Schema>) -> bool {
        says_so(schema) || sole_reference(schema).is_some_and(|name| self.0.contains(name))
    }
}

fn says_so(schema: &ReferenceOr<Schema>) -> bool {
    let schema = schema.as_item();
    schema.is_some_and(|schema| schema.schema_data.nullable)
}

/// A lowered schema whose values may be `null` besides.
pub(super) fn or_null(schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let mut schema = match schema {
        ReferenceOr::Item(schema) => schema,
        reference => Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AllOf {
                all_of: vec![reference],
            },
        },
    };
    // Anything may be `null` already.
    schema.schema_data.nullable = !is_any(&schema);
    ReferenceOr::Item(schema)
}
