//! Lists whose next page begins behind the last item of this one: the cursor is the id of that item, and a flag says
//! whether there are more.

use heck::ToSnakeCase as _;
use openapiv3::{ObjectType, OpenAPI, Operation, ParameterData, Schema, SchemaKind, Type};

use super::counted_pages::MORE;
use super::derive_paging::only;
use super::page_facts::{Fact, Kind, is_text, objects_of};
use super::paging_shapes::is_cursor;
use crate::extensions::Paging;
use crate::operations::{parameter_schema, query_parameters};

/// Parameters that take the id of the item before the page, in snake case.
const BEHIND: &[&str] = &[
    "after_id",
    "start_after",
    "starting_after",
    "starting_after_id",
];

/// What can be something else, such as a time: its description has to speak of an id.
const IN_DOUBT: &str = "after";

/// The property of a response that holds the id of its last item, in snake case.
const LAST: &str = "last_id";

/// The property that is the id of an item.
const ID: &str = "id";

/// The form in which an operation is paged whose items are in the property `items`; nothing where it is none of
/// these.
pub(super) fn of(
    document: &OpenAPI,
    operation: &Operation,
    facts: &[Fact],
    (response, items): (&ObjectType, &str),
) -> Option<Paging> {
    let parameters = query_parameters(document, operation);
    let parameter = only(parameters.filter(|it| is_cursor(it) && takes_an_id(it)))?;
    let is_flag = |fact: &&Fact| fact.kind == Kind::Flag && MORE.contains(&fact.name.as_str());
    let more = only(facts.iter().filter(is_flag))?;
    let is_last = |fact: &&Fact| fact.name == LAST && matches!(fact.kind, Kind::Text { .. });
    let last = only(facts.iter().filter(is_last)).map(|fact| fact.path.clone());
    let next = last.or_else(|| id_of_items(document, response, items))?;
    Some(Paging {
        token: parameter.name.clone(),
        next,
        more: more.path.clone(),
        ..Paging::default()
    })
}

fn takes_an_id(parameter: &ParameterData) -> bool {
    let name = parameter.name.to_snake_case();
    let schema = parameter_schema(parameter);
    let of_schema = schema.as_item().map(|it| &it.schema_data.description);
    let mut texts = of_schema.into_iter().chain([&parameter.description]);
    let mut is_said = || texts.any(|it| it.as_deref().is_some_and(speaks_of_an_id));
    BEHIND.contains(&name.as_str()) || (name == IN_DOUBT && is_said())
}

/// Whether a text has the word "id" in it.
fn speaks_of_an_id(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case(ID))
}

/// The place of the id of the last item, where every item has one.
fn id_of_items(document: &OpenAPI, response: &ObjectType, items: &str) -> Option<String> {
    let objects = objects(document, property(response, items));
    let has_id = |object: &&ObjectType| {
        let is_required = object.required.iter().any(|name| name == ID);
        is_required && object.properties.get(ID).is_some_and(is_text)
    };
    (!objects.is_empty() && objects.iter().all(has_id)).then(|| place(items, ID))
}

/// The place of a property of the last item of a list, which is the response itself where it has no name.
pub(super) fn place(items: &str, property: &str) -> String {
    format!("{items}[].{property}")
}

/// What each item of a list is.
pub(super) fn objects<'a>(document: &'a OpenAPI, list: Option<&'a Schema>) -> Vec<&'a ObjectType> {
    match list.map(|list| &list.schema_kind) {
        Some(SchemaKind::Type(Type::Array(list))) => {
            let items = list.items.iter();
            items
                .flat_map(|items| objects_of(document, items))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The schema of a property, where it is written there.
pub(super) fn property<'a>(object: &'a ObjectType, name: &str) -> Option<&'a Schema> {
    Some(object.properties.get(name)?.as_item()?)
}
