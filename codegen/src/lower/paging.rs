//! Finds the types and fields behind what the document says of an operation's paging.

use openapiv3::{Operation, ReferenceOr, Schema};

use super::schemas::Types;
use crate::extensions::{Extension, Paging, TokenLocation};
use crate::model::PageFields;
use crate::schemas::sole_reference;

/// The types and fields through which an operation is paged; nothing where it is not. `response` is the
/// schema of what it returns.
pub(super) fn fields(
    operation: &Operation,
    response: Option<&ReferenceOr<Schema>>,
    types: &Types,
) -> Option<PageFields> {
    let paging = Paging::get(&operation.extensions)?;
    // A page that may be `null` is none.
    let response = response.filter(|it| !it.as_item().is_some_and(|it| it.schema_data.nullable));
    let response = sole_reference(response?)?;
    let (mut within, mut holder) = (Vec::new(), response.to_owned());
    let (objects, next) = paging.next.rsplit_once('.').unwrap_or(("", &paging.next));
    for wire in objects.split('.').filter(|wire| !wire.is_empty()) {
        let name = field(types, &holder, wire)?;
        holder = types.type_of_field(&holder, &name)?;
        within.push(name);
    }
    Some(PageFields {
        token: paging.token.clone(),
        response: response.to_owned(),
        in_body: paging.location == TokenLocation::Body,
        next: field(types, &holder, next)?,
        within,
        next_wire: paging.next.clone(),
        in_url: paging.next_is_url.then(|| paging.token.clone()),
        items: field(types, response, &paging.items)?,
    })
}

/// The field of a type that is called `wire` in JSON.
fn field(types: &Types, name: &str, wire: &str) -> Option<String> {
    let fields = &types.facts(name)?.fields;
    let (field, _) = fields.iter().find(|(_, field)| field.wire == wire)?;
    Some(field.clone())
}
