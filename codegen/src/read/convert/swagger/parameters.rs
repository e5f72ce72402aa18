//! Parameters of the path, the query and the headers: what they say of their values becomes a schema.

use serde_json::{Map, Value};

use super::{Shared, copy, schemas};
use crate::read::convert::origins::{At, Table};

/// What a parameter or a header says of its values.
const OF_VALUES: &[&str] = &[
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
    "x-nullable",
];

/// Converts a parameter, or a header.
pub(super) fn convert(mut parameter: Map<String, Value>, at: &At, table: &mut Table) -> Value {
    if parameter.contains_key("$ref") || parameter.contains_key("schema") {
        return parameter.into();
    }
    let format = parameter.remove("collectionFormat");
    let schema = take_schema(&mut parameter);
    if is_list(&schema) {
        let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
        set_style(&mut parameter, format);
    }
    parameter.insert("schema".to_owned(), schema.into());
    table.moved_within(at, &["schema"], &[]);
    parameter.into()
}

/// Takes a schema out of a parameter.
pub(super) fn take_schema(parameter: &mut Map<String, Value>) -> Map<String, Value> {
    let mut schema = Map::new();
    for key in OF_VALUES {
        schema.extend(
            parameter
                .remove(*key)
                .map(|value| ((*key).to_owned(), value)),
        );
    }
    convert_items(&mut schema);
    schema
}

/// Converts a schema, and those of its items, and of their items.
fn convert_items(schema: &mut Map<String, Value>) {
    schemas::convert_one(schema);
    schema.remove("collectionFormat");
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        convert_items(items);
    }
}

pub(super) fn is_list(schema: &Map<String, Value>) -> bool {
    schema.get("type").is_some_and(|it| it == "array")
}

/// Says how the values of a list stand in a query; elsewhere they are separated by commas.
fn set_style(parameter: &mut Map<String, Value>, format: &str) {
    let is_query = parameter.get("in").is_some_and(|place| place == "query");
    let style = match (is_query, format) {
        (true, format) => style(format),
        (false, "csv") => return,
        // The reader says that it cannot be written.
        (false, other) => other,
    };
    parameter.insert("style".to_owned(), style.into());
    parameter.insert("explode".to_owned(), (format == "multi").into());
}

/// The style of a list in a query or a form. Of another format, the reader says that it cannot be written.
pub(super) fn style(format: &str) -> &str {
    match format {
        "csv" | "multi" => "form",
        "pipes" => "pipeDelimited",
        "ssv" => "spaceDelimited",
        other => other,
    }
}

impl Shared<'_> {
    /// What a parameter is, if it is a reference what it refers to. Besides, its place where it is shared.
    pub fn resolved(&mut self, parameter: Value) -> (Value, Option<String>) {
        let name = parameter.get("$ref").and_then(Value::as_str);
        let name = name.and_then(|it| it.strip_prefix("#/parameters/"));
        let Some(name) = name.map(crate::read::convert::origins::unescaped) else {
            return (parameter, None);
        };
        let shared = self.parameters.get(&name);
        let Some(shared) = shared.filter(|it| it.as_object().is_some_and(is_sent)) else {
            let mut parameter = parameter;
            parameter["$ref"] = format!("#/components/parameters/{name}").into();
            return (parameter, None);
        };
        match copy(&mut self.left, shared) {
            Some(copy) => (copy, Some(name)),
            None => (parameter, None),
        }
    }

    /// The parameters that are components: those that are no part of a request body.
    pub fn components(&mut self) -> Map<String, Value> {
        let parameters = std::mem::take(&mut self.parameters);
        let root = At::ROOT;
        let at = root.child("components");
        let at = at.child("parameters");
        let kept = parameters
            .into_iter()
            .filter(|(_, it)| !it.as_object().is_some_and(is_sent));
        let converted = kept.map(|(name, parameter)| {
            let parameter = match parameter {
                Value::Object(object) => convert(object, &at.child(&name), self.table),
                other => other,
            };
            (name, parameter)
        });
        converted.collect()
    }
}

/// Whether a parameter is a part of the request body.
pub(super) fn is_sent(parameter: &Map<String, Value>) -> bool {
    let place = parameter.get("in").and_then(Value::as_str);
    matches!(place, Some("body" | "formData"))
}
