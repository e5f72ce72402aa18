//! Discovery's schemas, which are close to JSON Schema's draft 3.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};
use serde_json::Value;

use crate::Problem;
use crate::extensions::{EnumDeprecated, EnumDescriptions, Extension, UnknownFormat};
use crate::read::bounds::{self, End, Written};
use crate::read::node::Node;
use crate::schemas::{boxed, wrap_reference};

/// The types of schemas.
const TYPES: &str = "the types are any, array, boolean, integer, number, object and string";
/// The types of parameters.
const TYPES_OF_PARAMETERS: &str = "the types of parameters are boolean, integer, number, object and \
     string; one that may be given several times is `repeated` too";

/// Discovery's bounds are values that are allowed.
const MINIMUM: End = End::Minimum { exclusive: false };
const MAXIMUM: End = End::Maximum { exclusive: false };

/// Reads a schema, and the schemas inside it. `root` is the document, where references lead.
pub(super) fn read(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    if let Some(target) = node.text_of("$ref")? {
        let known = root.get("schemas").and_then(|schemas| schemas.get(target));
        if known.is_none() {
            return Err(node.problem(
                format!("`$ref` names the schema `{target}`, which is not in `#/schemas`"),
                "add the schema, or correct the name",
            ));
        }
        return Ok(wrap_reference(target, schema_data(node)?));
    }
    let kind = SchemaKind::Type(match node.require("type")?.text()? {
        "any" => {
            return Ok(ReferenceOr::Item(Schema {
                schema_data: schema_data(node)?,
                schema_kind: SchemaKind::Any(AnySchema::default()),
            }));
        }
        "array" => Type::Array(ArrayType {
            items: Some(boxed(read(root, &node.require("items")?)?)),
            min_items: None,
            max_items: None,
            unique_items: false,
        }),
        "object" => Type::Object(object(root, node)?),
        scalar => scalar_type(node, scalar, TYPES)?,
    });
    Ok(ReferenceOr::Item(Schema {
        schema_data: schema_data(node)?,
        schema_kind: kind,
    }))
}

/// Reads the schema of a parameter. Parameters are scalars; a repeated one is an array of them.
pub(super) fn of_parameter(node: &Node) -> Result<Schema, Problem> {
    let kind = SchemaKind::Type(match node.require("type")?.text()? {
        // An object has no form in a query: the caller says in text what is to stand there, as with
        // Google's own clients.
        "object" => Type::String(StringType::default()),
        scalar => scalar_type(node, scalar, TYPES_OF_PARAMETERS)?,
    });
    let mut schema = Schema {
        schema_data: SchemaData {
            description: None,
            deprecated: false,
            ..schema_data(node)?
        },
        schema_kind: kind,
    };
    if node.flag("repeated")? {
        schema = Schema {
            schema_data: SchemaData {
                default: schema.schema_data.default.take(),
                ..SchemaData::default()
            },
            schema_kind: SchemaKind::Type(Type::Array(ArrayType {
                items: Some(ReferenceOr::Item(Box::new(schema))),
                min_items: None,
                max_items: None,
                unique_items: false,
            })),
        };
    }
    Ok(schema)
}

/// The string that a parameter is, where it is one.
pub(super) fn string_of_parameter(parameter: &mut ParameterData) -> Option<&mut StringType> {
    match &mut parameter.format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::Type(Type::String(string)),
            ..
        })) => Some(string),
        _ => None,
    }
}

/// Whether a parameter chooses the form of the response, JSON being one that has to be chosen.
pub(super) fn answers_in_json_only_if_asked(parameter: &ParameterData) -> bool {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &parameter.format else {
        return false;
    };
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
        return false;
    };
    let json = Some("json".to_owned());
    let default = schema.schema_data.default.as_ref();
    string.enumeration.contains(&json) && default.is_some_and(|default| default != "json")
}

fn scalar_type(node: &Node, name: &str, types: &str) -> Result<Type, Problem> {
    Ok(match name {
        "string" => Type::String(StringType {
            format: node.format()?,
            pattern: node.text_of("pattern")?.map(str::to_owned),
            enumeration: node
                .texts_of("enum")?
                .into_iter()
                .map(|value| Some(value.to_owned()))
                .collect(),
            min_length: None,
            max_length: None,
        }),
        "integer" => Type::Integer(IntegerType {
            format: node.format()?,
            minimum: bounds::of_integer(node, MINIMUM, Written::InQuotes)?,
            maximum: bounds::of_integer(node, MAXIMUM, Written::InQuotes)?,
            ..IntegerType::default()
        }),
        "number" => Type::Number(NumberType {
            format: node.format()?,
            minimum: bounds::of_number(node, MINIMUM, Written::InQuotes)?,
            maximum: bounds::of_number(node, MAXIMUM, Written::InQuotes)?,
            ..NumberType::default()
        }),
        "boolean" => Type::Boolean(BooleanType::default()),
        other => {
            return Err(node.problem(
                format!("the type `{other}` is not one that Discovery has here"),
                types,
            ));
        }
    })
}

fn object(root: &Node, node: &Node) -> Result<ObjectType, Problem> {
    let mut object = ObjectType::default();
    for (name, property) in node.members_of("properties")? {
        let schema = boxed(read(root, &property)?);
        object.properties.insert(name.to_owned(), schema);
    }
    if let Some(values) = node.get("additionalProperties") {
        let schema = read(root, &values)?;
        object.additional_properties = Some(AdditionalProperties::Schema(Box::new(schema)));
    }
    Ok(object)
}

/// What a schema says besides its type.
fn schema_data(node: &Node) -> Result<SchemaData, Problem> {
    let mut data = SchemaData {
        description: node.text_of("description")?.map(str::to_owned),
        read_only: node.flag("readOnly")?,
        deprecated: node.flag("deprecated")?,
        default: default_value(node)?,
        ..SchemaData::default()
    };
    let descriptions = node.texts_of("enumDescriptions")?;
    if !descriptions.is_empty() {
        let descriptions = descriptions.into_iter().map(str::to_owned).collect();
        EnumDescriptions(descriptions).set(&mut data.extensions);
    }
    if let Some(format) = format_without_a_place(node)? {
        UnknownFormat(format.to_owned()).set(&mut data.extensions);
    }
    let deprecated: Vec<bool> = node
        .items_of("enumDeprecated")?
        .iter()
        .map(|item| item.value() == &Value::Bool(true))
        .collect();
    if deprecated.contains(&true) {
        EnumDeprecated(deprecated).set(&mut data.extensions);
    }
    Ok(data)
}

/// The format of a type that has none in OpenAPI. What Google calls well-known types is what the type
/// says by itself.
fn format_without_a_place<'a>(node: &Node<'a>) -> Result<Option<&'a str>, Problem> {
    let has_place = matches!(
        node.text_of("type")?,
        None | Some("integer" | "number" | "string")
    );
    let format = node.text_of("format")?.filter(|_| !has_place);
    Ok(format.filter(|format| !format.starts_with("google.protobuf.")))
}

/// Discovery writes every default as a string, whatever the type.
fn default_value(node: &Node) -> Result<Option<Value>, Problem> {
    let Some(default) = node.get("default") else {
        return Ok(None);
    };
    let Some(text) = default.value().as_str() else {
        return Ok(Some(default.value().clone()));
    };
    match node.text_of("type")? {
        Some("boolean" | "integer" | "number") => {
            serde_json::from_str(text).map(Some).map_err(|_| {
                default.problem(
                    format!("the default `{text}` is not of the type that it is the default of"),
                    "correct the default",
                )
            })
        }
        _ => Ok(Some(Value::String(text.to_owned()))),
    }
}
