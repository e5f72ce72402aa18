//! What stands where in a document, of OpenAPI and of Swagger 2.0: which of its parts are schemas,
//! parameters, responses. A name means nothing by itself, because a property may be called `items`.

use serde_json::Value;

use super::origins::At;

/// What a part of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
}

/// How many of a kind stand below a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    List,
    Map,
}

/// The operations of a path.
pub(super) const VERBS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

impl Kind {
    /// What stands below a key of a part of this kind; nothing where it is of no interest here.
    pub fn child(self, key: &str) -> Option<(Shape, Kind)> {
        use Shape::{List, Map, One};
        Some(match (self, key) {
            (Kind::Document, "components") => (One, Kind::Components),
            (Kind::Document, "paths") => (Map, Kind::PathItem),
            (Kind::Document, "definitions") => (Map, Kind::Schema),
            (Kind::Components, "schemas") => (Map, Kind::Schema),
            (Kind::Components, "headers") => (Map, Kind::Header),
            (Kind::Components, "requestBodies") => (Map, Kind::RequestBody),
            (Kind::Document | Kind::Components, "parameters") => (Map, Kind::Parameter),
            (Kind::Document | Kind::Components | Kind::Operation, "responses") => {
                (Map, Kind::Response)
            }
            (Kind::PathItem, verb) if VERBS.contains(&verb) => (One, Kind::Operation),
            (Kind::PathItem | Kind::Operation, "parameters") => (List, Kind::Parameter),
            (Kind::Operation, "requestBody") => (One, Kind::RequestBody),
            (Kind::Response | Kind::Encoding, "headers") => (Map, Kind::Header),
            (Kind::Parameter | Kind::Header | Kind::Response | Kind::MediaType, "schema") => {
                (One, Kind::Schema)
            }
            (Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response, "content") => {
                (Map, Kind::MediaType)
            }
            (Kind::MediaType, "encoding") => (Map, Kind::Encoding),
            (Kind::Schema, key) => (shape_in_schema(key)?, Kind::Schema),
            _ => return None,
        })
    }
}

/// How many schemas stand below a key of a schema.
fn shape_in_schema(key: &str) -> Option<Shape> {
    Some(match key {
        "additionalItems"
        | "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Shape::One,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Shape::List,
        "dependentSchemas" | "patternProperties" | "properties" => Shape::Map,
        _ => return None,
    })
}

/// Goes to every part below a part of a document.
pub(super) fn each_child(
    kind: Kind,
    value: &mut Value,
    at: &At,
    visit: &mut dyn FnMut(Kind, &mut Value, &At),
) {
    let Value::Object(object) = value else { return };
    for (key, below) in object.iter_mut() {
        let Some((shape, kind)) = kind.child(key) else {
            continue;
        };
        let at = at.child(key);
        match (shape, below) {
            (Shape::Map, Value::Object(members)) => {
                for (key, member) in members.iter_mut() {
                    visit(kind, member, &at.child(key));
                }
            }
            // A list of schemas may stand where one is expected: `items` of older drafts.
            (Shape::List | Shape::One, Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    visit(kind, item, &at.child(&index.to_string()));
                }
            }
            // Whether there may be other properties: no schema.
            (Shape::One, Value::Bool(_)) if key.ends_with("Properties") => {}
            (Shape::One, below) => visit(kind, below, &at),
            _ => {}
        }
    }
}
