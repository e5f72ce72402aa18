//! What can be seen of a value from outside: its type in JSON, and the properties of an object.

use openapiv3::{AdditionalProperties, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::unions::members;
use crate::extensions::{Extension, Values};
use crate::schemas::{is_map, target, wrapped_reference};

/// How many references are followed.
const MOST: usize = 128;

/// What the values of a schema look like.
pub(super) struct Shape<'a> {
    document: &'a OpenAPI,
    /// The type in JSON, as the runtime calls it; `any` where there are several.
    pub kind: &'static str,
    /// The name of the schema, where it has one.
    pub name: Option<&'a str>,
    /// The schema itself.
    pub schema: Option<&'a Schema>,
    /// The items of a list that has no name.
    pub item: Option<Box<Shape<'a>>>,
}

/// What the values of a schema look like.
pub(super) fn of<'a>(document: &'a OpenAPI, schema: &'a ReferenceOr<Schema>) -> Shape<'a> {
    match schema {
        ReferenceOr::Item(schema) => of_schema(document, None, Some(schema), MOST),
        ReferenceOr::Reference { reference } => of_name(document, target(reference), MOST),
    }
}

fn of_boxed<'a>(
    document: &'a OpenAPI,
    schema: &'a ReferenceOr<Box<Schema>>,
    left: usize,
) -> Shape<'a> {
    match schema {
        ReferenceOr::Item(schema) => of_schema(document, None, Some(schema), left),
        ReferenceOr::Reference { reference } => of_name(document, target(reference), left),
    }
}

/// What a schema that has a name looks like. One that only refers to another has the other's name.
fn of_name<'a>(document: &'a OpenAPI, name: &'a str, left: usize) -> Shape<'a> {
    let schemas = document.components.as_ref().map(|all| &all.schemas);
    match schemas.and_then(|all| all.get(name)) {
        Some(ReferenceOr::Reference { reference }) if left > 0 => {
            of_name(document, target(reference), left - 1)
        }
        Some(ReferenceOr::Item(schema)) => of_schema(document, Some(name), Some(schema), left),
        _ => of_schema(document, None, None, left),
    }
}

fn of_schema<'a>(
    document: &'a OpenAPI,
    name: Option<&'a str>,
    schema: Option<&'a Schema>,
    left: usize,
) -> Shape<'a> {
    let mut shape = Shape {
        document,
        kind: "any",
        name,
        schema,
        item: None,
    };
    let Some(schema) = schema.filter(|_| left > 0) else {
        return shape;
    };
    if let Some(name) = wrapped_reference(schema) {
        return of_name(document, name, left - 1);
    }
    shape.kind = match &schema.schema_kind {
        SchemaKind::Type(Type::String(_)) => "string",
        SchemaKind::Type(Type::Integer(_)) => "integer",
        SchemaKind::Type(Type::Number(_)) => "number",
        SchemaKind::Type(Type::Boolean(_)) => "boolean",
        SchemaKind::Type(Type::Array(_)) => "array",
        SchemaKind::Type(Type::Object(_)) => "object",
        _ => "any",
    };
    if let (SchemaKind::Type(Type::Array(array)), None) = (&schema.schema_kind, name) {
        let items = array.items.as_ref();
        shape.item = items.map(|items| Box::new(of_boxed(document, items, left - 1)));
    }
    shape
}

impl<'a> Shape<'a> {
    fn object(&self) -> Option<&'a ObjectType> {
        match &self.schema?.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// Whether the type is a struct.
    pub fn is_struct(&self) -> bool {
        self.object().is_some_and(|object| !is_map(object))
    }

    /// Whether it is a union.
    pub fn is_union(&self) -> bool {
        self.schema
            .is_some_and(|schema| !members(schema).is_empty())
    }

    /// Whether the type is a map whose values have a type.
    pub fn is_typed_map(&self) -> bool {
        let values = self
            .object()
            .and_then(|object| object.additional_properties.as_ref());
        matches!(values, Some(AdditionalProperties::Schema(_)))
    }

    /// Whether an object has any properties besides.
    pub fn is_open(&self) -> bool {
        let object = self.object();
        object.is_some_and(|object| object.additional_properties.is_some())
    }

    /// The properties of an object, in the order of the alphabet.
    pub fn properties(&self) -> Vec<&'a str> {
        let properties = self
            .object()
            .into_iter()
            .flat_map(|object| object.properties.keys());
        let mut properties: Vec<&str> = properties.map(String::as_str).collect();
        properties.sort_unstable();
        properties
    }

    /// The properties that have to be there, in the order of the alphabet.
    pub fn required(&self) -> Vec<&'a str> {
        let object = self.object();
        let required = object.iter().flat_map(|object| &object.required);
        required
            .map(String::as_str)
            .filter(|name| object.is_some_and(|object| object.properties.contains_key(*name)))
            .collect()
    }

    /// The values that a property may have, where they are listed.
    pub fn values(&self, name: &str) -> Vec<Value> {
        let property = self.object().and_then(|object| object.properties.get(name));
        let stated = property.and_then(|it| Values::get(&it.as_item()?.schema_data.extensions));
        if let Some(Values(values)) = stated {
            return values;
        }
        let shape = property.map(|property| of_boxed(self.document, property, MOST));
        let Some(schema) = shape.and_then(|shape| shape.schema) else {
            return Vec::new();
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                let values = string.enumeration.iter().flatten();
                values.map(|text| Value::String(text.clone())).collect()
            }
            SchemaKind::Type(Type::Integer(integer)) => {
                let values = integer.enumeration.iter().flatten();
                values.map(|integer| Value::from(*integer)).collect()
            }
            SchemaKind::Type(Type::Boolean(boolean)) => {
                let values = boolean.enumeration.iter().flatten();
                values.map(|boolean| Value::Bool(*boolean)).collect()
            }
            _ => Vec::new(),
        }
    }
}
