//! OpenAPI's schemas.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, ObjectType, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::numbers::{integer, number};
use super::{all_of, enums, only, references, unions};
use crate::read::bounds::count;
use crate::read::convert::WITHIN;
use crate::read::node::Node;
use crate::schemas::{boxed, reference_to, wrap_reference};
use crate::{NoteKind, Problem};

/// What a schema may say. Bounds are documentation: what breaks them is the server's to refuse.
const KNOWN: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Reads a schema, and the schemas inside it. `root` is the document, where references lead. A schema that
/// cannot be read is any JSON value here, and a reason to leave out what reaches it.
pub(super) fn read(root: &Node, node: &Node) -> ReferenceOr<Schema> {
    let read = node.or_leave_out(read_strictly(root, node));
    read.unwrap_or_else(any)
}

/// A schema of any JSON value.
pub(super) fn any() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    })
}

fn read_strictly(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    only(node, KNOWN)?;
    if node.get(WITHIN).is_some() {
        let what = "the reference leads to something else than a schema: the schema in it is taken";
        node.note(NoteKind::Corrected, what);
    }
    if let Some(name) = references::name(node, "schemas")? {
        references::resolve(root, node, "schemas")?;
        if let Some(compositions) = root.compositions() {
            compositions.check_end(name)?;
        }
        return Ok(wrap_reference(name, data(node)?));
    }
    if let Some(union) = unions::read(root, node)? {
        return Ok(union);
    }
    if node.get("allOf").is_some() || unions::is_beside(node)? {
        return all_of::read(root, node);
    }
    Ok(ReferenceOr::Item(Schema {
        schema_data: data(node)?,
        schema_kind: kind(root, node)?,
    }))
}

/// Reads the schema of a parameter or a header. What is referred to stands in its place; an enum or an object
/// stays a reference, so that all that share it have one type.
pub(super) fn of_parameter(root: &Node, node: &Node) -> Result<ReferenceOr<Schema>, Problem> {
    let target = references::resolve(root, node, "schemas")?;
    let read = read(root, &target);
    let has_type_of_its_own = match read.as_item().map(|it| &it.schema_kind) {
        Some(SchemaKind::Type(Type::String(string))) => !string.enumeration.is_empty(),
        Some(SchemaKind::Type(Type::Boolean(_) | Type::Integer(_) | Type::Number(_))) => false,
        Some(SchemaKind::Type(Type::Array(_)) | SchemaKind::Any(_)) => false,
        _ => true,
    };
    match references::name(node, "schemas")? {
        Some(name) if has_type_of_its_own => Ok(reference_to(name)),
        _ => Ok(read),
    }
}

/// What the schema itself says of its type.
pub(super) fn kind(root: &Node, node: &Node) -> Result<SchemaKind, Problem> {
    let implied = || {
        let member = |key: &str| node.get(key).is_some();
        match (
            member("properties") || member("additionalProperties"),
            member("items"),
        ) {
            (true, _) => Some("object"),
            (_, true) => Some("array"),
            _ => type_of_values(node),
        }
    };
    let Some(name) = node.text_of("type")?.or_else(implied) else {
        return Ok(SchemaKind::Any(AnySchema::default()));
    };
    Ok(SchemaKind::Type(match name {
        "array" => Type::Array(ArrayType {
            items: Some(boxed(items(root, node))),
            min_items: count(node, "minItems")?,
            max_items: count(node, "maxItems")?,
            unique_items: node.lenient_flag("uniqueItems"),
        }),
        "boolean" => Type::Boolean(BooleanType {
            enumeration: enums::booleans(node)?,
        }),
        "integer" => Type::Integer(integer(node)?),
        "number" => Type::Number(number(node)?),
        "object" => Type::Object(object(root, node)?),
        "string" => Type::String(string(node)?),
        // Every value that is there is none of it.
        "null" => return Ok(SchemaKind::Any(AnySchema::default())),
        other => {
            let what = format!("the type `{other}` is none of OpenAPI: any JSON value is taken");
            node.note(NoteKind::AnyValue, what);
            return Ok(SchemaKind::Any(AnySchema::default()));
        }
    }))
}

/// The schema of the items of a list.
fn items(root: &Node, node: &Node) -> ReferenceOr<Schema> {
    match node.get("items") {
        Some(items) => read(root, &items),
        None => {
            node.note(
                NoteKind::Corrected,
                "a list without `items`: each is any JSON value",
            );
            any()
        }
    }
}

/// The type of the values of an enum that states none; nothing where they have several.
fn type_of_values(node: &Node) -> Option<&'static str> {
    match unions::stated(node).ok()?? {
        unions::Kind::Boolean => Some("boolean"),
        unions::Kind::Integer => Some("integer"),
        unions::Kind::Number => Some("number"),
        unions::Kind::String => Some("string"),
        _ => None,
    }
}

fn string(node: &Node) -> Result<StringType, Problem> {
    Ok(StringType {
        format: node.format()?,
        enumeration: enums::texts(node)?,
        min_length: count(node, "minLength")?,
        max_length: count(node, "maxLength")?,
        pattern: node.remark_of("pattern").map(str::to_owned),
    })
}

fn object(root: &Node, node: &Node) -> Result<ObjectType, Problem> {
    let mut object = ObjectType {
        required: required(node)?,
        min_properties: count(node, "minProperties")?,
        max_properties: count(node, "maxProperties")?,
        ..ObjectType::default()
    };
    for (name, property) in node.members_of("properties")? {
        let schema = boxed(read(root, &property));
        object.properties.insert(name.to_owned(), schema);
    }
    let stated = node.get("additionalProperties");
    let any_others = stated.filter(|it| it.value() != &Value::Bool(false));
    object.additional_properties = match values_of_map(root, node) {
        Some(values) => Some(values),
        // The document says that there are others, of any kind.
        None if any_others.is_some() && !object.properties.is_empty() => Some(any_values()),
        None if node
            .get("additionalProperties")
            .is_some_and(|it| it.value() == &Value::Bool(false)) =>
        {
            None
        }
        // Fields that are not described are dropped where others are.
        None if !object.properties.is_empty() => None,
        None => Some(AdditionalProperties::Any(true)),
    };
    Ok(object)
}

/// Values of any kind.
fn any_values() -> AdditionalProperties {
    let any = SchemaKind::Any(AnySchema::default());
    AdditionalProperties::Schema(Box::new(ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: any,
    })))
}

/// What a schema may have that says nothing of its values.
const REMARKS: &[&str] = &["deprecated", "description", "example", "title"];

/// The schema of all properties that an object may have besides; nothing where it says nothing of them.
pub(super) fn values_of_map(root: &Node, node: &Node) -> Option<AdditionalProperties> {
    let values = node.get("additionalProperties");
    let is_remark = |key: &str| REMARKS.contains(&key) || key.starts_with("x-");
    let says_something = |it: &Node| {
        let keys = it.value().as_object().into_iter().flatten();
        keys.map(|(key, _)| key.as_str()).any(|key| !is_remark(key))
    };
    let schema = read(root, &values.filter(says_something)?);
    Some(AdditionalProperties::Schema(Box::new(schema)))
}

/// The properties that have to be there, in one order whatever the document's.
pub(super) fn required(node: &Node) -> Result<Vec<String>, Problem> {
    let Some(required) = node.get("required") else {
        return Ok(Vec::new());
    };
    if !required.value().is_array() {
        let what = "this is no list of properties: it is ignored";
        required.note(NoteKind::Corrected, what);
        return Ok(Vec::new());
    }
    let names = node.texts_of("required")?;
    let mut names: Vec<_> = names.into_iter().map(str::to_owned).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// What a schema says besides its type.
pub(super) fn data(node: &Node) -> Result<SchemaData, Problem> {
    let text = node.remark_of("description").or(node.remark_of("title"));
    Ok(SchemaData {
        description: text.map(str::to_owned),
        nullable: node.lenient_flag("nullable") || enums::may_be_null(node)?,
        read_only: node.lenient_flag("readOnly"),
        write_only: node.lenient_flag("writeOnly"),
        deprecated: node.lenient_flag("deprecated"),
        default: node.get("default").map(|default| default.value().clone()),
        ..SchemaData::default()
    })
}
