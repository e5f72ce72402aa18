//! Schemas of JSON Schema 2020-12, as OpenAPI 3.1 has them, as schemas of OpenAPI 3.0.
//!
//! Documents of 3.0 and 2.0 borrow from it, too, so they go the same way; only what means another thing
//! there (what stands beside a `$ref`) is left alone.

mod nulls;
mod objects;
mod references;
mod types;
mod values;

use serde_json::{Map, Value};

use super::Version;
use super::kinds::{Kind, each_child};
use super::origins::{At, Table};

/// What says nothing of the values that a client reads or sends, or nothing that a type can say.
const DROPPED: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "contains",
    "contentSchema",
    "definitions",
    "dependentRequired",
    "maxContains",
    "minContains",
    "propertyNames",
    "unevaluatedItems",
];

/// Converts every schema of a document.
pub(super) fn convert(document: &mut Value, version: Version, table: &mut Table) {
    Schemas { version, table }.visit(Kind::Document, document, &At::ROOT);
}

struct Schemas<'t> {
    version: Version,
    table: &'t mut Table,
}

impl Schemas<'_> {
    /// Converts a part of a document, and then what is below it: so every place is known at once.
    fn visit(&mut self, kind: Kind, value: &mut Value, at: &At) {
        if kind == Kind::Schema {
            match value {
                // Every value is allowed.
                Value::Bool(_) => *value = Value::Object(Map::new()),
                Value::Object(schema) => self.schema(schema, at),
                _ => {}
            }
        }
        each_child(kind, value, at, &mut |kind, below, at| {
            self.visit(kind, below, at);
        });
    }

    fn schema(&mut self, schema: &mut Map<String, Value>, at: &At) {
        references::recursive(schema, at);
        nulls::out_of_unions(schema, at, self.table);
        values::convert(schema);
        objects::without_impossible_properties(schema);
        objects::pattern_properties(schema, at, self.table);
        objects::tuples(schema, at, self.table);
        types::convert(schema, at, self.table);
        if self.version == Version::V3_1 {
            references::siblings(schema, at, self.table);
        }
        for key in DROPPED {
            schema.remove(*key);
        }
    }
}
