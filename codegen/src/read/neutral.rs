//! Our own neutral document, `openapi.json`: what OpenAPI has no word for is taken over from it.
//!
//! It is read as any OpenAPI document first, with every check. The extensions are then added where they stand.

use openapiv3::OpenAPI;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::node::Node;
use crate::Problem;
use crate::extensions::*;
use crate::names::pascal;

/// Whether a document was written here.
pub(in crate::read) fn is_neutral(root: &Node) -> bool {
    root.get("x-generated").is_some()
}

/// Adds the extensions of a document of ours to what was read of it.
pub(super) fn add_extensions(root: &Node, document: &mut OpenAPI) -> Result<(), Problem> {
    let mut read = serde_json::to_value(&*document).map_err(Problem::internal)?;
    add(root, &mut read)?;
    *document = serde_json::from_value(read).map_err(Problem::internal)?;
    Ok(())
}

/// Adds those of an object or array, and of what is in it, where both have it.
fn add(from: &Node, to: &mut Value) -> Result<(), Problem> {
    match to {
        Value::Object(members) => add_to_object(from, members),
        Value::Array(items) => {
            let own = from.items().unwrap_or_default();
            for (index, item) in items.iter_mut().enumerate() {
                let is_same = |own: &&Node| is_same_parameter(own.value(), item);
                let same = own.iter().find(is_same).or(own.get(index));
                same.map_or(Ok(()), |own| add(own, item))?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether two values are the same parameter: reading sorts them.
fn is_same_parameter(one: &Value, other: &Value) -> bool {
    let key = |value: &Value| Some((value.get("in")?.clone(), value.get("name")?.clone()));
    key(one).is_some_and(|one| key(other) == Some(one))
}

fn add_to_object(from: &Node, to: &mut Map<String, Value>) -> Result<(), Problem> {
    // What else reading concludes, this document says itself.
    to.retain(|key, _| {
        let is_own = key == "additionalProperties" || key.starts_with(PREFIX);
        !is_own || from.get(key).is_some()
    });
    for (key, own) in from.members().unwrap_or_default() {
        if key == EnumDescriptions::KEY
            && let Some(listed) = by_position(own.value(), from)
        {
            to.insert(key.to_owned(), listed);
        } else if let Some((_, is_valid)) = CARRIED.iter().find(|(carried, _)| *carried == key) {
            if !is_valid(own.value()) {
                return Err(own.problem(
                    format!("this is not what `{key}` may be"),
                    "generate the document again: it is not written by hand",
                ));
            }
            to.insert(key.to_owned(), own.value().clone());
        } else if let Some(member) = to.get_mut(key) {
            add(&own, member)?;
        }
    }
    Ok(())
}

/// The sentences of the values of an enum, where they stand by value: as overlays see them.
fn by_position(docs: &Value, schema: &Node) -> Option<Value> {
    let docs = docs.as_object()?;
    let values = schema.get("enum")?;
    let doc = |value: &Value| docs.get(value.as_str()?)?.as_str();
    let values = values.value().as_array()?.iter();
    Some(
        values
            .map(|value| Value::from(doc(value).unwrap_or_default()))
            .collect(),
    )
}

/// Whether a value is one that an extension may have.
type Check = fn(&Value) -> bool;

/// The extensions that are taken over. Passes find the others again.
const CARRIED: [(&str, Check); 17] = [
    (AllowSlashes::KEY, has_form::<AllowSlashes>),
    (CredentialKinds::KEY, has_form::<CredentialKinds>),
    (DataWrapper::KEY, has_form::<DataWrapper>),
    (EnumDeprecated::KEY, has_form::<EnumDeprecated>),
    (EnumDescriptions::KEY, has_form::<EnumDescriptions>),
    (LeftOutOperations::KEY, has_form::<LeftOutOperations>),
    (Media::KEY, has_form::<Media>),
    (OtherMediaTypes::KEY, has_form::<OtherMediaTypes>),
    (Paging::KEY, has_form::<Paging>),
    (Preset::KEY, has_form::<Preset>),
    (ResourceNames::KEY, are_resource_names),
    (Revision::KEY, has_form::<Revision>),
    (Scopes::KEY, has_form::<Scopes>),
    (StandardParameter::KEY, has_form::<StandardParameter>),
    (Tags::KEY, has_form::<Tags>),
    (UnknownFormat::KEY, has_form::<UnknownFormat>),
    (Values::KEY, has_form::<Values>),
];

fn has_form<T: Extension>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// The types of resource names are printed as they are called.
fn are_resource_names(value: &Value) -> bool {
    ResourceNames::deserialize(value).is_ok_and(|names| {
        names
            .0
            .iter()
            .all(|it| it.type_name.is_empty() || pascal(&it.type_name) == it.type_name)
    })
}
